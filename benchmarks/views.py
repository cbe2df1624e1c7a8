"""How long an explorer takes from a choice to its HTML, beside a bare figure of matplotlib."""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Callable, Iterator

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from measure import alternate, machine, report

from mali_course.explorers import explorer, explorer_names
from mali_course.explorers.explorer_base import Explorer
from mali_course.explorers.explorer_reply import explorer_reply

BARE = "a figure with one line, made and drawn"


def bare_figure() -> float:
    """Return the seconds for the least that matplotlib can draw in the same size."""
    begin = time.perf_counter()
    figure = Figure(figsize=(5.2, 5.2), dpi=144)
    figure.add_subplot().plot([1, 2, 3])
    FigureCanvasAgg(figure).draw()
    return time.perf_counter() - begin


def choices(shown: Explorer) -> Iterator[dict[str, str]]:
    """Yield choices without end, each control moved in turn."""
    for control in itertools.cycle(shown.controls):
        for value, _ in control.options:
            yield {control.name: value}


def view_timer(name: str) -> Callable[[], float]:
    shown = explorer(name)
    following = choices(shown)

    def timed() -> float:
        chosen = next(following)
        begin = time.perf_counter()
        explorer_reply(shown, {name: [value] for name, value in chosen.items()})
        return time.perf_counter() - begin

    return timed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds
    print(f"# Views ({time.strftime('%Y-%m-%d')}; {machine()}; {rounds} rounds)\n")
    cases = {BARE: bare_figure, **{name: view_timer(name) for name in explorer_names()}}
    print(report("From a choice to the HTML of its view", alternate(cases, rounds), BARE))


if __name__ == "__main__":
    main()
