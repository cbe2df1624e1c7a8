"""From the press on the start button of lesson 02 to its first live form, in JupyterLab."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from measure import alternate, machine, report
from start_up import kernel

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))
from lab import Notebook, running_browser, running_lab

_LESSON = "02-background-2011-2013-crisis.ipynb"
# Presses and waits in the page itself, so that no time of the test driver is counted.
_TIMED = """async () => {
    const begin = performance.now();
    document.querySelector(".mali-start").click();
    while (!document.querySelector("form.mali-form[data-replies]")) {
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return (performance.now() - begin) / 1000;
}"""
_END = """async () => {
    await window.jupyterapp.shell.currentWidget.sessionContext.shutdown();
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "notebooks").mkdir()
        with running_lab(place) as lab, running_browser() as browser:

            def press(*, kernel_runs: bool) -> float:
                notebook = Notebook(lab, browser, _LESSON)
                if not kernel_runs:
                    notebook.page.evaluate(_END)
                seconds: float = notebook.page.evaluate(_TIMED)
                notebook.page.close()
                return seconds

            base = "kernel start, import ipywidgets"
            times = alternate(
                {
                    base: partial(kernel, "import ipywidgets"),
                    "press, with the kernel that runs since the opening": partial(
                        press, kernel_runs=True
                    ),
                    "press, which also starts the kernel": partial(press, kernel_runs=False),
                },
                rounds,
            )
    print(f"# First view ({time.strftime('%Y-%m-%d')}; {machine()}; {rounds} rounds)\n")
    print(report("From the press to the first live form", times, base))


if __name__ == "__main__":
    main()
