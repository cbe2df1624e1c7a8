"""A PDF from a page, by a browser of this computer. It needs no network."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

__all__ = ["browser", "pdf_of"]

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


def _places() -> Iterator[Path]:
    yield from map(Path, _MAC)
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if folder := os.environ.get(variable):
            yield from (Path(folder) / name for name in _WINDOWS)


def browser() -> str | None:
    """Return the path of a browser that can print, or None.

    Examples
    --------
    >>> browser() is None or isinstance(browser(), str)
    True
    """
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    return next((str(path) for path in _places() if path.is_file()), None)


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
        page.write_text(html, encoding="utf-8")
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
        if not _finished(command, place):
            return None
        made = pdf.read_bytes() if pdf.is_file() else b""
    return made if made.startswith(b"%PDF") else None


def _finished(command: list[str], place: str) -> bool:
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
