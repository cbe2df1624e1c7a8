"""What commands for teachers write: inside their folder only, and over nothing without leave."""

from __future__ import annotations

import sys
import types
from argparse import ArgumentParser, Namespace
from pathlib import Path

import pytest

from mali_course import cli
from mali_course.errors import CourseError
from mali_course.kit.output import write_files
from mali_course.kit.steps import steps


def test_files_are_written_with_the_folders_they_need(tmp_path: Path) -> None:
    write_files(tmp_path / "new", {"index.html": "é", "pictures/map.png": b"\x89"})
    assert (tmp_path / "new" / "index.html").read_bytes() == "é".encode()
    assert (tmp_path / "new" / "pictures" / "map.png").read_bytes() == b"\x89"


def test_existing_work_is_never_overwritten_unasked(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_text("mine")
    with pytest.raises(CourseError, match="--force"):
        write_files(tmp_path, {"a.html": "new", "b.html": "new"})
    assert (tmp_path / "b.html").read_text() == "mine"
    assert not (tmp_path / "a.html").exists()  # all or none
    write_files(tmp_path, {"a.html": "new", "b.html": "new"}, force=True)
    assert (tmp_path / "b.html").read_text() == "new"


@pytest.mark.parametrize("name", ["../out.html", "/out.html", "a/../../out.html", "", "..\\out"])
def test_nothing_is_written_outside_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="leads out"):
        write_files(tmp_path / "in", {name: "x"})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CourseError, match="Choose another folder"):
        write_files(tmp_path / "file", {"index.html": "x"})


def test_steps_show_no_bar_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(steps(range(3), "Counting")) == [0, 1, 2]
    assert capsys.readouterr() == ("", "")


def test_a_library_that_is_missing_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def arguments(parser: ArgumentParser) -> None:
        parser.add_argument("folder")

    def run(options: Namespace) -> int:
        raise ModuleNotFoundError("No module named 'tqdm'", name="tqdm")

    module = types.SimpleNamespace(arguments=arguments, run=run)
    monkeypatch.setitem(sys.modules, "made_up_command", module)  # type: ignore[arg-type]
    monkeypatch.setattr(cli, "COMMANDS", {"made": "made_up_command"})
    monkeypatch.setattr(cli, "say", lambda key, **fields: f"{key} {fields}")
    assert cli.main(["made", "somewhere"]) == 1
    assert "no_kit" in (said := capsys.readouterr().err)
    assert "tqdm" in said
