"""What the benchmarks share: alternating runs, medians with quartiles, ratios."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Mapping

__all__ = ["alternate", "machine", "report"]


def alternate(
    cases: Mapping[str, Callable[[], float]], rounds: int, warm_up: int = 1
) -> dict[str, list[float]]:
    """Measure the cases in turn, so that a busy moment falls on all of them.

    Parameters
    ----------
    cases : mapping
        Name to a function that returns seconds.
    rounds : int
        How often each is measured, after `warm_up` rounds that do not count.
    """
    times: dict[str, list[float]] = {name: [] for name in cases}
    for number in range(rounds + warm_up):
        for name, run in cases.items():
            seconds = run()
            if number >= warm_up:
                times[name].append(seconds)
    return times


def machine() -> str:
    """Return the class of this machine, without its name."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{system}, {os.cpu_count()} cores, Python {platform.python_version()}"


def report(title: str, times: Mapping[str, list[float]], base: str, unit: float = 1e3) -> str:
    """Return a Markdown table of medians, quartiles and ratios to a base case."""
    lines = [
        f"## {title}",
        "",
        "| case | median (ms) | quartiles | ratio |",
        "| --- | ---: | ---: | ---: |",
    ]
    reference = statistics.median(times[base])
    for name, seconds in times.items():
        median = statistics.median(seconds)
        low, _, high = statistics.quantiles(seconds, n=4)
        lines.append(
            f"| {name} | {median * unit:.1f} | {low * unit:.1f} to {high * unit:.1f} "
            f"| {median / reference:.2f} |"
        )
    return "\n".join(lines)
