"""A class at once: a JupyterHub on this machine, whose learners run lesson 1 and answer it."""

from __future__ import annotations

import argparse
import asyncio
import importlib.metadata
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
from hub import Hub, Use, missing
from learner import Learner
from measure import machine
from run_all import LIBRARIES
from tornado.httpclient import AsyncHTTPClient

from mali_course.core.content import notebooks_folder
from mali_course.questions.bank import lesson_items
from mali_course.record.log import Event, Log
from mali_course.record.portable import open_packed

_LESSON, _NOTEBOOK = "01", "01-mali-at-a-glance.ipynb"
_PACKAGES = ("jupyterhub", "jupyterlab", "jupyter_server", "ipykernel", "tornado", "rfc3987-syntax")


@dataclass(frozen=True)
class Phase:
    """What the class did together.

    Parameters
    ----------
    name : str
    seconds : float
        Until the last learner was done.
    each : list of float
        Seconds of each learner.
    busy : float
        Seconds of processor that Hub, proxy, servers and kernels used.
    """

    name: str
    seconds: float
    each: list[float]
    busy: float

    def row(self, learners: int) -> str:
        """Return a row of the table."""
        median = statistics.median(self.each) if self.each else 0
        return (f"| {self.name} | {self.seconds:.0f} | {median:.1f} | "
                f"{max(self.each, default=0):.1f} | {self.busy:.0f} | {self.busy / learners:.1f} |")


async def together(
    name: str, hub: Hub, learners: list[Learner], do: Callable[[Learner], Awaitable[None]]
) -> Phase:
    """Let all learners do something at once; those who had an error before stand aside."""
    each: list[float] = []

    async def one(learner: Learner) -> None:
        begin = time.perf_counter()
        try:
            await do(learner)
        except Exception as error:
            # Whatever goes wrong for one learner is an error of this run, and the others go on.
            learner.errors.append(f"{name}: {type(error).__name__}: {error}")
        else:
            each.append(time.perf_counter() - begin)

    begin, busy = time.perf_counter(), hub.seconds()
    await asyncio.gather(*(one(learner) for learner in learners if not learner.errors))
    phase = Phase(name, time.perf_counter() - begin, each, hub.seconds() - busy)
    print(f"{name}: {phase.seconds:.0f} s", file=sys.stderr, flush=True)
    return phase


def found(events: Iterable[Event]) -> Counter[str]:
    """Return how often each answer, guess and draft is in a log, as a learner counts them."""
    names: Counter[str] = Counter()
    for event in events:
        state = f" {event['state']}" if event["event"] == "answer" else ""
        if event["event"] in ("answer", "guess", "draft"):
            names[f"{event['item']} {event['event']}{state}"] += 1
    return names


@dataclass(frozen=True)
class Kept:
    """How what was sent compares with what was kept.

    Parameters
    ----------
    sent, lost, twice : int
        Answers, guesses and drafts: sent; not in the log of the learner or not in the file that the
        learner handed in; more often there than sent.
    gradebook : str
        What `mali-course results` said of the files.
    """

    sent: int
    lost: int
    twice: int
    gradebook: str


def compared(hub: Hub, learners: list[Learner]) -> Kept:
    """Compare what every learner sent with the log on disk and with the file handed in."""
    lost = twice = 0
    files = hub.place / "handed-in"
    files.mkdir()
    for learner in learners:
        home = hub.homes / learner.name / ".local" / "share" / "mali-course" / "progress"
        in_log = found(Log(home).events())
        file = learner.progress_file
        in_file = found(open_packed(file).events) if file else Counter()
        lost += max((learner.sent - in_log).total(), (learner.sent - in_file).total())
        twice += max((in_log - learner.sent).total(), (in_file - learner.sent).total())
        if learner.progress_file:
            (files / f"{learner.name}.json").write_text(learner.progress_file, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mali_course", "results", str(files), "--to",
         str(hub.place / "results")],
        capture_output=True, text=True, check=False,
    )
    said = next((line for line in done.stdout.splitlines() if line.startswith("Learners")), "")
    sent = sum(learner.sent.total() for learner in learners)
    said = said.split(" Written")[0]
    return Kept(sent, lost, twice, said or done.stderr.strip()[-200:])


@dataclass(frozen=True)
class Run:
    """All that was measured in one run."""

    learners: list[Learner]
    phases: list[Phase]
    uses: dict[str, Use]
    dropped: float
    kept: Kept
    client: float
    ended: int
    complaints: list[str]


async def run(place: Path, count: int, think: float) -> Run:
    """Hold the class in a folder, and return what was measured."""
    AsyncHTTPClient.configure(None, max_clients=10_000)
    notebook = nbformat.read(notebooks_folder() / _NOTEBOOK, as_version=4)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    before = psutil.virtual_memory().available
    hub = Hub(place)
    phases: list[Phase] = []
    uses: dict[str, Use] = {}
    async with hub:
        learners = [
            Learner(f"l{n:03}", hub.address, hub.token, n) for n in range(1, count + 1)
        ]

        async def step(name: str, do: Callable[[Learner], Awaitable[None]]) -> None:
            phases.append(await together(name, hub, learners, do))

        async def kernel_with(learner: Learner, sources: list[str]) -> None:
            await learner.open_kernel(_NOTEBOOK)
            await learner.run(sources)

        await step("all servers up", Learner.start_server)
        uses["servers alone"] = hub.use()
        # Both kinds once, so that neither is the first to read its files from the disk.
        for sources in (LIBRARIES, cells):
            await kernel_with(learners[0], sources)
            await learners[0].close_kernel()
        await step("kernels that only import pandas and matplotlib",
                   lambda learner: kernel_with(learner, LIBRARIES))
        uses["kernels that only import"] = hub.use()
        await step("these kernels closed", Learner.close_kernel)
        await step("lesson 1: opened, all cells run", lambda learner: kernel_with(learner, cells))
        uses["lesson 1, all cells run"] = hub.use()
        await step(f"lesson 1: all items answered, about {think:g} s of thought before each",
                   lambda learner: learner.answer_all(think))
        await step("progress downloaded, notebook saved",
                   lambda learner: learner.hand_in(_NOTEBOOK))
        uses["lesson 1, all items answered"] = hub.use()
        dropped = (before - psutil.virtual_memory().available) / 2**20
        kept = compared(hub, learners)
        client = time.process_time()
        for learner in learners:
            await learner.leave()
    return Run(learners, phases, uses, dropped, kept, client, hub.left, hub.complaints())


def _share(values: list[float], part: float) -> float:
    """Return the value below which a part of the values lies."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)] if ordered else 0.0


def _versions() -> str:
    found_versions = []
    for name in _PACKAGES:
        try:
            found_versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            found_versions.append(f"no {name}")
    return ", ".join(found_versions)


def report(result: Run, note: str) -> str:
    """Return the figures as Markdown."""
    count = len(result.learners)
    base = result.uses["kernels that only import"]
    course = result.uses["lesson 1, all items answered"]
    imports = next(phase for phase in result.phases if "only import" in phase.name)
    lesson = next(phase for phase in result.phases if "all cells run" in phase.name)
    errors = [error for learner in result.learners for error in learner.errors]
    wrong = [line for learner in result.learners for line in learner.misjudged]
    latency = [value for learner in result.learners for value in learner.latency]
    redrawn = [value for learner in result.learners for value in learner.redrawn]
    again = sum(learner.again for learner in result.learners)
    lines = [
        f"# A class at once: {count} learners "
        f"({time.strftime('%Y-%m-%d')}; {machine()}, "
        f"{psutil.virtual_memory().total / 2**30:.0f} GiB)",
        "",
        f"{_versions()}.{f' {note}' if note else ''} "
        f"{len(lesson_items(_LESSON))} items in lesson 1. "
        "The simulated learners run on the same machine; they used "
        f"{result.client:.0f} seconds of processor, which are not counted below.",
        "",
        "| figure | value |",
        "| --- | ---: |",
        f"| answers, guesses and drafts sent | {result.kept.sent:,} |",
        f"| of these lost | {result.kept.lost} |",
        f"| kept twice | {result.kept.twice} |",
        f"| judged otherwise than the bank says | {len(wrong)} |",
        f"| errors (messages, HTTP, stderr) | {len(errors)} |",
        f"| requests that the Hub put off to later (429, 503) | {again} |",
        f"| processes that did not end by themselves | {result.ended} |",
        f"| memory per learner, server and kernel (PSS) | "
        f"{course.each('server') + course.each('kernel'):.0f} MiB |",
        f"| the same where kernels only import pandas and matplotlib | "
        f"{base.each('server') + base.each('kernel'):.0f} MiB |",
        f"| drop of the memory that the machine has available | {result.dropped:,.0f} MiB |",
        f"| the same per learner | {result.dropped / count:.0f} MiB |",
        "",
        f"`mali-course results` over the files handed in: {result.kept.gradebook}",
        "",
        "## Time",
        "",
        "| what all did at once | s until all were done | median s of a learner | slowest "
        "| processor s, all | processor s, each |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        *(phase.row(count) for phase in result.phases),
        "",
        f"Lesson 1 against kernels that only import, until all were done: "
        f"{lesson.seconds / imports.seconds:.2f} times the seconds, "
        f"{lesson.busy / imports.busy:.2f} times the seconds of processor.",
        "",
        "## From click to feedback, while all answer",
        "",
        "| what | times | median (ms) | 95 of 100 below (ms) | slowest (ms) |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, values in (("answer to an item", latency), ("explorer redrawn", redrawn)):
        lines.append(
            f"| {name} | {len(values):,} | {_share(values, 0.5) * 1e3:.0f} "
            f"| {_share(values, 0.95) * 1e3:.0f} | {max(values, default=0) * 1e3:.0f} |"
        )
    lines += [
        "",
        "## Memory (PSS, MiB)",
        "",
        "| when | a server | a kernel | both | ratio | Hub | proxy |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    reference = base.each("server") + base.each("kernel")
    for name, use in result.uses.items():
        both = use.each("server") + use.each("kernel")
        lines.append(
            f"| {name} | {use.each('server'):.0f} | {use.each('kernel'):.0f} | {both:.0f} "
            f"| {both / reference:.2f} | {use.memory['hub']:.0f} | {use.memory['proxy']:.0f} |"
        )
    logged = result.complaints if errors else []
    for title, found_lines in (
        ("Errors", errors), ("Judged otherwise", wrong), ("From the logs", logged)
    ):
        if found_lines:
            lines += ["", f"## {title}", ""]
            lines += [f"- {text} ({n} times)" for text, n in Counter(found_lines).most_common(20)]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=30)
    parser.add_argument("--think", type=float, default=3.0, metavar="SECONDS",
                        help="mean pause of a learner before each answer (default: 3)")
    parser.add_argument("--note", default="", help="a sentence for the head of the result")
    options = parser.parse_args()
    if options.learners < 1 or options.think < 0:
        parser.error("--learners must be 1 or more, --think 0 or more")
    if problem := missing():
        print(problem, file=sys.stderr)
        return 1
    # A stop from outside ends the Hub as Ctrl+C does, also where a shell has switched that off.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: os.kill(os.getpid(), signal.SIGINT))
    with tempfile.TemporaryDirectory(prefix="h-", ignore_cleanup_errors=True) as place:
        try:
            result = asyncio.run(run(Path(place), options.learners, options.think))
        except KeyboardInterrupt:
            print("Stopped; nothing is left running.", file=sys.stderr)
            return 1
    print(report(result, options.note), end="")
    failed = result.kept.lost or any(one.errors or one.misjudged for one in result.learners)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
