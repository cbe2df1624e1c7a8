"""Run All of each notebook, and the memory of its kernel, against kernels that do less."""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from functools import partial
from pathlib import Path

import nbformat
from jupyter_client.manager import KernelManager
from measure import alternate, machine, report

from mali_course.core.content import notebooks_folder
from mali_course.core.lessons import lessons

LIBRARIES = ["import pandas", "import matplotlib.figure, matplotlib.backends.backend_agg"]


def _pss(process: int) -> float:
    """Return the proportional set size of a process in MiB (Linux)."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text()
    return (
        next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024
    )


def run(cells: list[str], memory: list[float]) -> float:
    """Return the seconds from starting a kernel until it has run all cells."""
    with tempfile.TemporaryDirectory() as home:
        manager = KernelManager(kernel_name="python3")
        begin = time.perf_counter()
        manager.start_kernel(
            stderr=subprocess.DEVNULL,
            env={
                **os.environ,
                "MALI_COURSE_HOME": home,
                "MALI_COURSE_REPORT": str(Path(home, "report.json")),
            },
        )
        client = manager.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=60)
            for cell in cells:
                reply = client.execute_interactive(cell, timeout=60, output_hook=lambda m: None)
                assert reply["content"]["status"] == "ok", reply["content"]
            seconds = time.perf_counter() - begin
            memory.append(_pss(manager.provisioner.process.pid))
            return seconds
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    cases = {"an empty notebook": ["pass"], "only imports pandas and matplotlib": LIBRARIES}
    for one in lessons():
        notebook = nbformat.read(notebooks_folder() / one.notebook, as_version=4)
        cases[one.notebook] = [c.source for c in notebook.cells if c.cell_type == "code"]
    memory: dict[str, list[float]] = {name: [] for name in cases}
    base = "only imports pandas and matplotlib"
    times = alternate({n: partial(run, cells, memory[n]) for n, cells in cases.items()}, rounds)
    print(f"# Run All ({time.strftime('%Y-%m-%d')}; {machine()}; {rounds} rounds)\n")
    print(report("From kernel start to the end of Run All", times, base))
    print()
    print(
        report("Memory of the kernel afterwards (PSS)", memory, base, unit=1).replace(
            "(ms)", "(MiB)"
        )
    )
    print("\n## Sizes\n\n| file | kB |\n| --- | ---: |")
    page = Path(__file__).resolve().parents[1] / "mali_course" / "forms" / "page"
    notebooks = sorted(notebooks_folder().glob("*.ipynb"))
    for path in [*notebooks, *sorted(page.glob("*.js")), *sorted(page.glob("*.css"))]:
        print(f"| {path.name} | {path.stat().st_size / 1000:.0f} |")


if __name__ == "__main__":
    main()
