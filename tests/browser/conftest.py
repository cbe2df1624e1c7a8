"""One JupyterLab and one Chromium for the whole run."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lab import Lab, Notebook, running_browser, running_lab
from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with running_browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab over a copy of the learner's notebooks."""
    place = tmp_path_factory.mktemp("lab")
    shutil.copytree(Path(__file__).resolve().parents[2] / "notebooks", place / "notebooks")
    with running_lab(place) as started:
        yield started


@pytest.fixture(scope="session")
def notebook_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A Notebook 7."""
    place = tmp_path_factory.mktemp("notebook")
    (place / "notebooks").mkdir()
    with running_lab(place, "notebook") as started:
        yield started


@pytest.fixture(params=["lab", "notebook_app"])
def place(request: pytest.FixtureRequest) -> Lab:
    """JupyterLab and Notebook 7 in turn, and a learner who has not answered anything yet."""
    started: Lab = request.getfixturevalue(request.param)
    shutil.rmtree(started.place / "home", ignore_errors=True)
    return started


@pytest.fixture
def open_notebook(lab: Lab, browser: Browser) -> Iterator[Callable[..., Notebook]]:
    """Opens a notebook as a learner who has not answered anything yet."""
    shutil.rmtree(lab.place / "home", ignore_errors=True)
    opened: list[Notebook] = []

    def open_one(name: str, *, width: int = 1280) -> Notebook:
        opened.append(Notebook(lab, browser, name, width=width))
        return opened[-1]

    yield open_one
    for notebook in opened:
        notebook.close()
