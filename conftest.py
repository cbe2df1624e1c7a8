"""Every test, and every example of a docstring, has a progress folder of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest


@pytest.fixture(autouse=True, scope="session")
def _no_report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hide what this computer has from fixtures that are made once for many tests."""
    place = tmp_path_factory.mktemp("nobody")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MALI_COURSE_HOME", str(place / "home"))
        patch.setenv("MALI_COURSE_REPORT", str(place / "report.json"))
        yield


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a fresh progress folder, in which there is no report."""
    folder = tmp_path / "home"
    monkeypatch.setenv("MALI_COURSE_HOME", str(folder))
    # Nor does this installation have the report, whatever somebody has brought to it.
    monkeypatch.setenv("MALI_COURSE_REPORT", str(tmp_path / "shared" / "report.json"))
    return folder


@pytest.fixture
def root() -> Path:
    """Return the checkout."""
    return Path(__file__).resolve().parent


@pytest.fixture
def made_up_report() -> Iterator[Mapping[str, str]]:
    """Have the fingerprints of made-up sentences in place of the report's; returns these."""
    from made_up_report import made_up_fingerprints

    with made_up_fingerprints() as sentences:
        yield sentences
