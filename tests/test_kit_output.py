"""What commands for teachers write: inside their folder only, and over nothing without leave."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import types
from argparse import ArgumentParser, Namespace
from pathlib import Path

import pytest

from mali_course import cli
from mali_course.core.errors import CourseError
from mali_course.kit.output import write_files
from mali_course.kit.progress_bar import with_progress_bar
from mali_course.kit.spreadsheet import csv_text, safe_cell


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


@pytest.mark.parametrize("name", ["x" * 300, "round/in"])
def test_a_folder_that_no_computer_can_have_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "round").symlink_to(tmp_path / "round")
    with pytest.raises(CourseError, match=r"\. Choose another folder"):
        write_files(tmp_path / name, {"index.html": "x"})


@pytest.mark.parametrize("force", [False, True])
def test_a_link_inside_the_folder_leads_nowhere(tmp_path: Path, force: bool) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "data").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CourseError, match="data is a link"):
        write_files(tmp_path / "site", {"a.html": "x", "data/b.csv": "x"}, force=force)
    assert not list((tmp_path / "elsewhere").iterdir())
    assert not (tmp_path / "site" / "a.html").exists()


def test_a_link_to_nothing_is_not_replaced_unasked(tmp_path: Path) -> None:
    (tmp_path / "a.html").symlink_to(tmp_path / "gone")
    with pytest.raises(CourseError, match="--force"):
        write_files(tmp_path, {"a.html": "x"})


def test_steps_show_no_bar_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(with_progress_bar(range(3), "Counting")) == [0, 1, 2]
    assert capsys.readouterr() == ("", "")


def test_steps_show_a_bar_in_a_terminal_after_a_second(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    for _ in with_progress_bar(range(2), "Counting"):
        assert "Counting" not in capsys.readouterr().err
        time.sleep(0.6)
    said = capsys.readouterr()
    assert "Counting" in said.err
    assert "2/2" in said.err
    assert said.out == ""


def made_up_command(monkeypatch: pytest.MonkeyPatch, problem: BaseException) -> None:
    def arguments(parser: ArgumentParser) -> None:
        parser.add_argument("folder")

    def run(options: Namespace) -> int:
        raise problem

    module = types.SimpleNamespace(arguments=arguments, run=run)
    monkeypatch.setitem(sys.modules, "made_up_command", module)  # type: ignore[arg-type]
    monkeypatch.setattr(cli, "COMMANDS", {"made": "made_up_command"})
    monkeypatch.setattr(cli, "say", lambda key, **fields: f"{key} {fields}")


def test_a_library_that_is_missing_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = ModuleNotFoundError("No module named 'tqdm'", name="tqdm")
    made_up_command(monkeypatch, problem)
    assert cli.main(["made", "somewhere"]) == 1
    assert "no_kit" in (said := capsys.readouterr().err)
    assert "tqdm" in said


def test_a_command_that_is_stopped_says_so_and_is_not_taken_for_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made_up_command(monkeypatch, KeyboardInterrupt())
    assert cli.main(["made", "somewhere"]) == 130
    assert "stopped" in capsys.readouterr().err


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "mali_course", *arguments]


def test_names_that_the_console_cannot_show_stop_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "Ж é"
    done = subprocess.run(
        command("export", "csv", "--lesson", "00", "--folder", str(folder)),
        env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u0416" in done.stdout
    assert len(list(folder.iterdir())) == 3


def test_output_that_nobody_reads_any_more_is_no_fault(tmp_path: Path) -> None:
    call = command("export", "csv", "--lesson", "00", "--folder", str(tmp_path))
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        assert started.stdout
        assert started.stderr
        started.stdout.close()
        assert started.stderr.read() == b""
    assert started.returncode == 0


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1+1", "'+1+1"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("a;=cmd()", "a;'=cmd()"),
        ("|x", "'|x"),
        ("%SYS%", "'%SYS%"),
        ("\t=1", "'\t'=1"),
        ("-5 people", "'-5 people"),
        (" ＝1", "' ＝1"),
        ("\n1", "'\n1"),
        ("-5|calc", "'-5|calc"),
        ("a | -5;b", "a | '-5;b"),
    ],
)
def test_no_spreadsheet_takes_a_text_for_a_formula(text: str, safe: str) -> None:
    assert safe_cell(text) == safe


@pytest.mark.parametrize(
    "text",
    ["Mali", "-5", "12.5", "+3", "a=b", "", "“quoted”", "1 = 1", "Jean-Paul, M.", "Gao | -0.4 | 3"],
)
def test_numbers_and_other_texts_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


def test_csv_has_the_mark_that_spreadsheets_need() -> None:
    assert csv_text([["é"]]).encode()[:3] == b"\xef\xbb\xbf"
