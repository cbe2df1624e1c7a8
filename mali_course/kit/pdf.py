"""A PDF from a page, by a browser of this computer. It needs no network."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path

from mali_course.core.messages import say

__all__ = ["add_print_arguments", "find_browser", "paper_style", "pdf_of", "print_pages"]

_PAPERS = {"a4": "A4", "letter": "letter"}

# Chromium and its relatives print a page with its headings and alternative texts as a tagged PDF.
# Edge is on every Windows; libraries that print without a browser need more of the system.
_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_WINDOWS = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
_SECONDS = 120


def add_print_arguments(parser: ArgumentParser) -> None:
    """Add what a command that prints is asked: the size of the paper, and whether to print."""
    parser.add_argument(
        "--paper", choices=tuple(_PAPERS), default="a4", help=say("cli.output.paper")
    )
    parser.add_argument("--no-pdf", action="store_true", help=say("cli.output.no_pdf"))


def paper_style(paper: str) -> str:
    r"""Return the style for a size of paper, one of the choices of `add_print_arguments`.

    Examples
    --------
    >>> paper_style("a4")
    '@media print { @page { size: A4; } }\n'
    """
    return f"@media print {{ @page {{ size: {_PAPERS[paper]}; }} }}\n"


def _usual_places() -> Iterator[Path]:
    yield from map(Path, _MAC)
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if folder := os.environ.get(variable):
            yield from (Path(folder) / name for name in _WINDOWS)


def find_browser() -> str | None:
    """Return the path of a browser that can print, or None.

    Examples
    --------
    >>> find_browser() is None or isinstance(find_browser(), str)
    True
    """
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    return next((str(path) for path in _usual_places() if path.is_file()), None)


def pdf_of(html: str, program: str) -> bytes | None:
    """Return a page as a PDF, or None if the browser did not make one.

    Parameters
    ----------
    html : str
        A page that stands alone.
    program : str
        Path of the browser.
    """
    with tempfile.TemporaryDirectory(prefix="mali-pdf-", ignore_cleanup_errors=True) as place:
        page, pdf = Path(place, "page.html"), Path(place, "page.pdf")
        try:
            page.write_text(html, encoding="utf-8")
        except OSError:  # no room for it
            return None
        command = [
            program,
            "--headless=new",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--no-pdf-header-footer",
            f"--user-data-dir={Path(place, 'profile')}",
            f"--print-to-pdf={pdf}",
            page.as_uri(),
        ]
        if getattr(os, "geteuid", lambda: 1)() == 0:
            # A browser refuses to run for the administrator inside its own sandbox.
            command.insert(1, "--no-sandbox")
        if not _run_browser(command, place):
            return None
        made = pdf.read_bytes() if pdf.is_file() else b""
    return made if made.startswith(b"%PDF") else None


def print_pages(pages: Iterable[tuple[str, str]]) -> tuple[dict[str, bytes], str]:
    """Return pages as PDF files, and a sentence where that is not possible.

    Parameters
    ----------
    pages : iterable of (str, str)
        Names that end with ``.html``, and the pages.
    """
    program = find_browser()
    if program is None:
        return {}, say("cli.output.no_browser")
    made: dict[str, bytes] = {}
    for name, page in pages:
        pdf = pdf_of(page, program)
        if pdf is None:
            return made, say("cli.output.no_print", program=program)
        made[name.replace(".html", ".pdf")] = pdf
    return made, ""


def _run_browser(command: list[str], place: str) -> bool:
    """Run a browser to its end; whatever stops us stops it and all that it has started."""
    quiet = subprocess.DEVNULL
    try:
        with subprocess.Popen(
            command, stdout=quiet, stderr=quiet, cwd=place, start_new_session=True
        ) as started:
            try:
                started.wait(_SECONDS)
            except BaseException:
                if hasattr(os, "killpg"):
                    os.killpg(started.pid, signal.SIGKILL)
                else:
                    started.kill()
                raise
    except (OSError, subprocess.TimeoutExpired):
        return False
    return True
