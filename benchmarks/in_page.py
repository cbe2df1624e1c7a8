"""Click to feedback, and change to new chart, measured in JupyterLab in a real browser."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from measure import machine, report
from nbformat import v4, write

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))
from lab import Notebook, running_browser, running_lab

_BUTTON = """
import ipywidgets
box = ipywidgets.HTML("0")
count = [0]
def more(button):
    count[0] += 1
    box.value = str(count[0])
button = ipywidgets.Button(description="Go")
button.on_click(more)
ipywidgets.VBox([button, box])
"""
# The explorer's own figure as matplotlib alone would show it: no words, no table, the same page.
_BARE = """
import io
from matplotlib.backends.backend_agg import FigureCanvasAgg
from mali_course.explorers import explorer
figure = explorer("g5").view({}).figure
FigureCanvasAgg(figure)
mark = figure.text(0, 0, "0")
picture = ipywidgets.Image(format="png")
def draw(button):
    mark.set_text(str(int(mark.get_text()) + 1))  # the page hears of changed pictures only
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=144)
    picture.value = file.getvalue()
redraw = ipywidgets.Button(description="Draw")
redraw.add_class("bare-figure")
redraw.on_click(draw)
ipywidgets.VBox([redraw, picture])
"""

# Presses, then waits in the page itself, so that no time of the test driver is counted. A form
# decodes a picture before it shows it, so a picture elsewhere counts from when it is loaded, too.
_TIMED = """async ([selector, watched, press]) => {
    const target = document.querySelector(selector), node = document.querySelector(watched);
    const begin = performance.now();
    const changed = new Promise((resolve) => {
        if (node.localName === "img") return node.addEventListener("load", resolve, {once: true});
        const observer = new MutationObserver(() => { observer.disconnect(); resolve(); });
        observer.observe(node, {childList: true, subtree: true, characterData: true});
    });
    if (press === null) target.click();
    else { target.value = press; target.dispatchEvent(new Event('change', {bubbles: true})); }
    await changed;
    return (performance.now() - begin) / 1000;
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "notebooks").mkdir()
        cells = [
            _BUTTON.strip(),
            'import mali_course as mali\nmali.ask("01-31")',
            'mali.explore("g5")',
            _BARE.strip(),
        ]
        notebook = v4.new_notebook(cells=[v4.new_code_cell(source) for source in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        write(notebook, place / "notebooks" / "bench.ipynb")
        with running_lab(place) as lab, running_browser() as browser:
            page = (opened := Notebook(lab, browser, "bench.ipynb")).page
            opened.run_all()
            question = "form.mali-form:has(.mali-question)"
            explorer = "form.mali-form:has(select[name=year])"
            page.locator(f"{question} input").first.check()
            years = page.locator(f"{explorer} select[name=year] option").evaluate_all(
                "options => options.map(o => o.value)"
            )

            def timed(selector: str, watched: str, press: str | None = None) -> float:
                seconds: float = page.evaluate(_TIMED, [selector, watched, press])
                page.wait_for_timeout(60)
                return seconds

            times: dict[str, list[float]] = {
                "an empty ipywidgets Button": [],
                "a question: click to feedback": [],
                "the bare figure of the explorer, drawn and shown": [],
                "the explorer: change to new chart": [],
            }
            for number in range(rounds + 2):
                found = (
                    timed(".jupyter-button:not(.bare-figure)", ".widget-html-content"),
                    timed(f"{question} button[value=check]", f"{question} [role=status]"),
                    timed(".bare-figure", ".widget-image"),
                    timed(
                        f"{explorer} select[name=year]",
                        f"{explorer} .mali-view",
                        years[number % len(years)],
                    ),
                )
                if number > 1:
                    for kept, seconds in zip(times.values(), found, strict=True):
                        kept.append(seconds)
    print(f"# In the page ({time.strftime('%Y-%m-%d')}; {machine()}; {rounds} rounds)\n")
    print(report("From an action to what it shows", times, "an empty ipywidgets Button"))


if __name__ == "__main__":
    main()
