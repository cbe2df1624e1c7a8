"""The maintainers' commands say plainly what they did, and what is wrong."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from mali_course.core.lessons import lessons
from mali_course.kit import links, notebooks


def test_every_file_names_the_address_of_pyproject() -> None:
    assert links.main(["--check"]) == 0


def test_a_changed_address_is_carried_to_every_place() -> None:
    text = "[b](https://mybinder.org/v2/gh/OWNER/REPO/HEAD?x) https://github.com/OWNER/REPO.git"
    done = links.with_repository(text, "someone/course")
    assert "gh/someone/course/HEAD" in done
    assert "github.com/someone/course.git" in done
    assert "OWNER" not in done
    link = "repo=https%3A%2F%2Fgithub.com%2FOWNER%2FREPO&urlpath=lab%2Ftree%2FREPO%2Fnotebooks"
    done = links.with_repository(link, "someone/course")
    assert "github.com%2Fsomeone%2Fcourse&" in done
    assert done.endswith("lab%2Ftree%2Fcourse%2Fnotebooks")
    other = "https://github.com/jupyterlab/jupyterlab"
    assert links.with_repository(other, "a/b") == other


def test_the_notebooks_are_in_their_normal_form() -> None:
    assert notebooks.main(["--check"]) == 0


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(notebooks, "notebooks_folder", lambda: tmp_path)
    return tmp_path


def _write(path: Path, source: str) -> None:
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell(source)]), path)


def test_a_notebook_that_was_never_run_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(folder / "new.ipynb", "1 + 1")
    assert notebooks.main(["--check", "new.ipynb"]) == 1
    said = capsys.readouterr().out
    assert "never run" in said
    assert "not in its normal form" in said


def test_running_a_notebook_again_puts_it_into_its_normal_form(folder: Path) -> None:
    _write(folder / "new.ipynb", "1 + 1")
    assert notebooks.main(["new.ipynb"]) == 0
    assert notebooks.notebook_faults(folder / "new.ipynb") == []
    first = (folder / "new.ipynb").read_bytes()
    assert notebooks.main(["new.ipynb"]) == 0
    assert (folder / "new.ipynb").read_bytes() == first


def test_a_failing_cell_leaves_the_notebook_as_it_was(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(folder / "new.ipynb", "1 / 0")
    before = (folder / "new.ipynb").read_bytes()
    assert notebooks.main(["new.ipynb"]) == 1
    assert (folder / "new.ipynb").read_bytes() == before
    assert "was not changed" in capsys.readouterr().err


def test_an_unknown_notebook_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert notebooks.main(["nothing.ipynb"]) == 1
    assert "nothing.ipynb" in capsys.readouterr().err


def test_every_lesson_has_its_notebook(root: Path) -> None:
    found = {path.name for path in (root / "notebooks").glob("*.ipynb")}
    assert found == {one.notebook for one in lessons()}
