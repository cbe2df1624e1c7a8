"""One JupyterLab and one Chromium for the whole run."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from lab import Lab, Notebook
from playwright.sync_api import Browser, Playwright, sync_playwright

_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
          "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), None)


def _launch(playwright: Playwright) -> Browser:
    try:
        return playwright.chromium.launch(executable_path=_chromium(), args=_FLAGS)
    except Exception as problem:
        pytest.fail(
            "The browser tests need Chromium. Install it with your system's package manager, or "
            f"run: {sys.executable} -m playwright install chromium\n({problem})"
        )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = _launch(playwright)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab over a copy of the learner's notebooks."""
    root = Path(__file__).resolve().parents[2]
    place = tmp_path_factory.mktemp("lab")
    shutil.copytree(root / "notebooks", place / "notebooks")
    settings = place / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    # Else a window about news lies over the page.
    (settings / "notification.jupyterlab-settings").write_text(
        '{"fetchNews": "false", "checkForUpdates": false}'
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(place / "config"),
        "JUPYTER_RUNTIME_DIR": str(place / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(place / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(place / "workspaces"),
        "MALI_COURSE_HOME": str(place / "home"),
    }
    with (place / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
             f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=",
             f"--ServerApp.root_dir={place / 'notebooks'}", "--LabApp.expose_app_in_browser=True"],
            env=environment, stdout=log, stderr=subprocess.STDOUT,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(240):
                try:
                    urllib.request.urlopen(f"{address}/api/status", timeout=2)
                    break
                except OSError:
                    time.sleep(0.25)
            else:
                pytest.fail((place / "log").read_text())
            yield Lab(address, place)
        finally:
            server.terminate()
            server.wait(30)


@dataclass
class Opener:
    """Opens notebooks and closes them all at the end."""

    lab: Lab
    browser: Browser
    opened: list[Notebook] = field(default_factory=list)

    def __call__(self, name: str, *, width: int = 1280, theme: str = "") -> Notebook:
        notebook = Notebook(self.lab, self.browser, name, width=width, theme=theme)
        self.opened.append(notebook)
        return notebook


@pytest.fixture
def open_notebook(lab: Lab, browser: Browser) -> Iterator[Callable[..., Notebook]]:
    """Opens a notebook as a learner who has not answered anything yet."""
    shutil.rmtree(lab.place / "home", ignore_errors=True)
    opener = Opener(lab, browser)
    yield opener
    for notebook in opener.opened:
        notebook.close()
