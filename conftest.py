"""Every test, and every example of a docstring, has a progress folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a fresh progress folder."""
    folder = tmp_path / "home"
    monkeypatch.setenv("MALI_COURSE_HOME", str(folder))
    return folder


@pytest.fixture
def root() -> Path:
    """Return the checkout."""
    return Path(__file__).resolve().parent
