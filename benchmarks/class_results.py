"""`mali-course results` over ten thousand progress files: seconds and memory, beside a tenth."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import machine

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from simulated_class import write_class

# Like `/usr/bin/time`: runs the command as a child and prints seconds and the child's peak memory.
_RUN = """
import resource, subprocess, sys, time
begin = time.perf_counter()
done = subprocess.run([sys.executable, "-m", "mali_course", "results", *sys.argv[1:]],
                      stdout=subprocess.PIPE, text=True)
seconds = time.perf_counter() - begin
used = resource.getrusage(resource.RUSAGE_CHILDREN)
busy = used.ru_utime + used.ru_stime
print(done.returncode, seconds, busy, used.ru_maxrss, done.stdout.splitlines()[-4:][:1])
"""


def hostile(folder: Path) -> int:
    """Add files of the worst kinds; returns how many."""
    inside = b"[]," * 1_600_000 + b"[]"
    for number in range(5):
        (folder / f"bomb-{number}.json").write_bytes(
            b'{"format": "mali-course-progress", "events": [' + inside + b"]}"
        )
        (folder / f"deep-{number}.json").write_bytes(b"[" * 4_900_000)
        with (folder / f"huge-{number}.json").open("wb") as file:
            file.truncate(10**12)
    return 15


def measured(folder: Path, files: str, size: float) -> str:
    """Run the command over a folder, and return a row of the table."""
    out = folder.parent / f"{folder.name}-results"
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(folder), "--to", str(out), "--force"],
        capture_output=True, text=True, check=True,
    )
    code, seconds, busy, peak, said = done.stdout.split(maxsplit=4)
    assert code == "0", done.stdout + done.stderr
    said = said.strip("[]'\n ").split(" Written")[0]
    return (f"| {files} | {size:.0f} | {float(seconds):.1f} | {float(busy):.1f} "
            f"| {int(peak) / 1024:.0f} | {said} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    count = parser.parse_args().files
    print(f"{machine()}\n")
    print("| files | MiB read | seconds | seconds of one core | peak MiB | what was said |")
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    with tempfile.TemporaryDirectory() as place:
        for name, number in (("a tenth", count // 10), ("all", count)):
            folder = Path(place) / name.replace(" ", "-")
            write_class(folder, number, leave_out=0.1)
            size = sum(path.stat().st_size for path in folder.iterdir()) / 2**20
            print(measured(folder, f"{number:,}", size), flush=True)
        bad = hostile(folder)
        print(measured(folder, f"{count:,} and {bad} hostile", size + bad / 3 * 9.3))


if __name__ == "__main__":
    main()
