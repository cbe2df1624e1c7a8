"""How long it takes to import the course, and from kernel start to the first question."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from functools import partial

from jupyter_client.manager import KernelManager
from measure import alternate, machine, report

ASK = "import mali_course as mali\nmali.ask('01-31')"


def process(code: str) -> float:
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - begin


def kernel(code: str) -> float:
    """Return the seconds from starting a kernel to the reply of its first cell."""
    begin = time.perf_counter()
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(stderr=subprocess.DEVNULL)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        reply = client.execute_interactive(code, timeout=60, output_hook=lambda message: None)
        assert reply["content"]["status"] == "ok", reply["content"]
        return time.perf_counter() - begin
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    print(f"# Start-up ({time.strftime('%Y-%m-%d')}; {machine()}; {rounds} rounds)\n")
    imports = alternate(
        {
            "python -c pass": partial(process, "pass"),
            "import mali_course": partial(process, "import mali_course"),
            "import ipywidgets": partial(process, "import ipywidgets"),
            "import pandas": partial(process, "import pandas"),
        },
        rounds,
    )
    print(report("A process that imports", imports, "python -c pass"))
    kernels = alternate(
        {
            "kernel start, import ipywidgets": partial(kernel, "import ipywidgets"),
            "kernel start, first question": partial(kernel, ASK),
            "kernel start, import pandas and matplotlib": partial(
                kernel, "import pandas, matplotlib.figure"
            ),
        },
        rounds,
    )
    print()
    print(report("From kernel start to", kernels, "kernel start, import ipywidgets"))


if __name__ == "__main__":
    main()
