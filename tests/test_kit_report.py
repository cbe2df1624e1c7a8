"""`mali-course report`, and the report's own sentences in what other commands make."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from nbformat import v4
from simulated_class import learners

from mali_course.cli import main
from mali_course.core.errors import CourseError
from mali_course.core.lessons import lesson, lessons
from mali_course.core.messages import say
from mali_course.core.report import sentences
from mali_course.kit import COMMANDS, notebooks, report, site
from mali_course.kit.export import export_formats
from mali_course.kit.report_sheet import report_sheet_html
from mali_course.kit.site import reference_pages
from mali_course.original.bringing import Brought
from mali_course.original.kept import (
    keep_originals,
    own_file,
    read_originals,
    shared_file,
    showing_originals,
)

WITH_REPORT = ("plan", "site", "slides", "worksheet")


@pytest.fixture
def text(tmp_path: Path, made_up_report: Mapping[str, str]) -> Path:
    """The made-up report as a file."""
    file = tmp_path / "the report.txt"
    file.write_text("\n".join(made_up_report.values()), encoding="utf-8")
    return file


@pytest.fixture
def brought(made_up_report: Mapping[str, str]) -> Mapping[str, str]:
    """Have the made-up report on this computer, for everybody and for the learner."""
    own = own_file()
    assert own
    for file in (shared_file(), own):
        keep_originals(made_up_report, file)
    return made_up_report


# What the command keeps, says and removes.


def test_a_file_is_brought_for_the_whole_installation(
    text: Path, made_up_report: Mapping[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report"]) == 0
    assert "no sentences" in capsys.readouterr().out
    assert main(["report", str(text)]) == 0
    said = capsys.readouterr().out
    assert "All 79 sentences of the report were recognised." in said
    assert str(shared_file()) in said
    assert read_originals(shared_file()) == made_up_report
    assert read_originals(own_file()) == {}
    assert main(["report"]) == 0
    said = capsys.readouterr().out
    assert "For everybody who uses this installation: 79 of 79 sentences" in said
    assert "For you only: no sentences" in said
    assert not any(sentence in said for sentence in made_up_report.values())


def test_a_file_is_brought_for_one_alone(
    text: Path, made_up_report: Mapping[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", str(text), "--mine"]) == 0
    assert "for you only" in capsys.readouterr().out
    assert read_originals(own_file()) == made_up_report
    assert not shared_file().exists()


def test_a_second_file_adds_to_the_first(
    tmp_path: Path, made_up_report: Mapping[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    for name, locators in (("a", ("1.1.1", "1.1.2")), ("b", ("1.1.2", "6.1.1"))):
        (tmp_path / name).write_text(" ".join(made_up_report[one] for one in locators))
        assert main(["report", str(tmp_path / name)]) == 0
    said = capsys.readouterr().out
    assert "2 of 79 sentences of the report were recognised" in said
    assert "3 of 79 are there now" in said
    assert set(read_originals(shared_file())) == {"1.1.1", "1.1.2", "6.1.1"}


def test_it_removes_what_it_brought_and_says_what_stays(
    brought: Mapping[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", "--remove"]) == 0
    said = capsys.readouterr().out
    assert f"The sentences in {shared_file()} were removed" in said
    assert f"Those in {own_file()} are still there" in said
    assert not shared_file().exists()
    assert main(["report", "--remove", "--mine"]) == 0
    assert "still" not in capsys.readouterr().out
    assert main(["report", "--remove"]) == 0
    assert "nothing was removed" in capsys.readouterr().out


def test_it_fetches_only_where_the_flag_says_so(
    monkeypatch: pytest.MonkeyPatch,
    text: Path,
    made_up_report: Mapping[str, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked: list[str] = []

    def fetch() -> Brought:
        asked.append("all")
        return Brought(made_up_report)

    monkeypatch.setattr(report, "fetch_report", fetch)
    for command in ([], [str(text)], ["--remove"], [str(text), "--mine"], ["--print", "--no-pdf"]):
        monkeypatch.chdir(text.parent)
        assert main(["report", *command]) == 0
    assert asked == []
    assert main(["report", "--fetch"]) == 0
    assert asked == ["all"]
    assert "Asking Congress.gov and EveryCRSReport for the report" in capsys.readouterr().out
    assert read_originals(shared_file()) == made_up_report


def test_where_nothing_can_be_fetched_it_says_to_bring_the_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fetch() -> Brought:
        raise CourseError(say("fetching.no_network"))

    monkeypatch.setattr(report, "fetch_report", fetch)
    assert main(["report", "--fetch"]) == 1
    said = capsys.readouterr().err
    assert say("fetching.no_network") in said
    assert "mali-course report FILE" in said


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["no-such-file.pdf"], "no-such-file.pdf cannot be read: No such file"),
        (["."], "cannot be read: Is a directory"),
        (["a\0b"], "cannot be read"),
        (["other.txt"], "does not seem to be the report"),
        (["empty.txt"], "."),
        (["huge.pdf"], "too large"),
        (["other.txt", "--fetch"], "not both"),
        (["--remove", "--print"], "combined only with --mine"),
        (["--print"], "has not been added"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    command: list[str],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other.txt").write_text("A text about something else. " * 20)
    (tmp_path / "empty.txt").touch()
    with (tmp_path / "huge.pdf").open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(50_000_001)
    assert main(["report", *command]) == 1
    said = capsys.readouterr().err
    assert says in said
    assert "Traceback" not in said
    assert not shared_file().exists()


@pytest.mark.skipif(os.name != "posix", reason="what the system says differs")
def test_where_the_installation_cannot_be_written_it_names_the_way_for_one_alone(
    text: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "file").touch()  # root may write into any folder, but not below a file
    monkeypatch.setenv("MALI_COURSE_REPORT", str(tmp_path / "file" / "report.json"))
    assert main(["report", str(text)]) == 1
    said = capsys.readouterr().err
    assert "Nothing was kept" in said
    assert "--mine" in said
    assert main(["report", str(text), "--mine"]) == 0
    monkeypatch.setenv("MALI_COURSE_HOME", str(tmp_path / "file"))
    assert main(["report", str(text), "--mine"]) == 1
    assert "MALI_COURSE_HOME" in capsys.readouterr().err


def test_without_a_home_there_is_no_place_for_one_alone(
    text: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(report, "own_file", lambda: None)
    assert main(["report", str(text), "--mine"]) == 1
    assert "no home folder" in capsys.readouterr().err
    assert main(["report"]) == 0
    assert "For you only" not in capsys.readouterr().out


def test_learners_bring_it_with_what_they_have(text: Path) -> None:
    """Without the libraries of teachers only the sheet is refused, in a sentence."""
    code = (
        "import sys\n"
        "for name in ('jinja2', 'mistune', 'nbformat', 'nbclient', 'genanki', 'tqdm', 'pandas'):\n"
        "    sys.modules[name] = None\n"
        "from made_up_report import made_up_fingerprints\n"
        "from mali_course.cli import main\n"
        "with made_up_fingerprints():\n"
        "    print(*(main(['report', *more]) for more in (sys.argv[1:], [], ['--print'])))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(text)],
        cwd=text.parent,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "0 0 1"
    assert "This command needs jinja2" in done.stderr


# The sheet.


def test_the_sheet_has_each_sentence_after_its_locator(
    brought: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["report", "--print", "--no-pdf"]) == 0
    page = (tmp_path / "report" / "report-with-locators.html").read_text(encoding="utf-8")
    rows = re.findall(r"<li><b>([\d.]+)</b> <span>(.*?)</span></li>", page)
    assert rows == [(one, html.escape(text)) for one, text in brought.items()]
    assert "U.S. Government, in the public domain" in page
    assert "A dash" not in page
    assert main(["report", "--print", "--no-pdf"]) == 1  # nothing is written over
    assert main(["report", "--print", "--no-pdf", "--force"]) == 0


def test_a_sentence_that_is_missing_is_a_dash_on_the_sheet(
    made_up_report: Mapping[str, str],
) -> None:
    keep_originals({one: made_up_report[one] for one in ("1.1.1", "1.1.3")}, shared_file())
    page = report_sheet_html()
    assert "<b>1.1.2</b> <span>– (" in page
    assert "77 of the report’s 79 sentences are missing" in page
    assert page.count("<li>") == 79


def test_the_sheet_is_printed_on_three_pages(brought: Mapping[str, str], tmp_path: Path) -> None:
    from pypdf import PdfReader

    for paper in ("a4", "letter"):
        folder = tmp_path / paper
        assert main(["report", "--print", "--paper", paper, "--folder", str(folder)]) == 0
        pages = PdfReader(folder / "report-with-locators.pdf").pages
        assert 2 <= len(pages) <= 3
        printed = " ".join(" ".join(page.extract_text() for page in pages).split())
        assert all(one.locator in printed for one in sentences())


# What other commands make.


def _commands(folder: Path) -> Mapping[str, list[list[str]]]:
    """Return what each command is asked in these tests."""
    handed_in = folder / "handed-in"
    handed_in.mkdir()
    for name, packed, _ in learners(2):
        (handed_in / f"{name}.json").write_text(packed, encoding="utf-8")
    to = ["--folder", str(folder / "made")]
    return {
        "export": [[name, "--lesson", "01", *to] for name in export_formats()],
        "plan": [["half-day"], ["half-day", "--session", "1"], ["half-day", "--no-pdf", *to]],
        "report": [[]],
        "results": [[str(handed_in), "--to", str(folder / "made")]],
        "site": [[str(folder / "made")]],
        "slides": [["01", *to]],
        "summary": [["--no-pdf", *to]],
        "worksheet": [["01", "--no-pdf", *to]],
    }


@pytest.fixture
def small_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the site have one lesson, and no table."""
    monkeypatch.setattr(site, "lessons", lambda: [lesson("01")])
    monkeypatch.setattr(site, "data_pages", dict)


def _letters(content: bytes) -> str:
    plain = html.unescape(re.sub(r"<[^>]*>", "", content.decode("utf-8", errors="ignore")))
    return re.sub(r"[^a-z]", "", plain.casefold())


def _held(texts: Iterable[bytes], brought: Mapping[str, str]) -> set[str]:
    """Return the locators of the sentences that some content holds."""
    letters = "\n".join(map(_letters, texts))
    return {one for one, text in brought.items() if _letters(text.encode()) in letters}


def _files(folder: Path) -> Iterable[bytes]:
    """Yield what is in each file, and in each file of an archive."""
    for path in folder.rglob("*"):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield from map(archive.read, archive.namelist())
        elif path.is_file():
            yield path.read_bytes()


@pytest.mark.usefixtures("small_site")
@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_without_the_flag_no_command_shows_a_sentence(
    command: str,
    brought: Mapping[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """On a computer that has the report."""
    for asked in _commands(tmp_path)[command]:
        assert main([command, *asked]) == 0
    said = capsys.readouterr()
    written = list(_files(tmp_path / "made"))
    assert _held([*written, said.out.encode(), said.err.encode()], brought) == set()


@pytest.mark.usefixtures("small_site")
@pytest.mark.parametrize("command", WITH_REPORT)
def test_with_the_flag_each_sentence_of_the_lesson_stands_there(
    command: str,
    brought: Mapping[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Which also shows that the search of the test before can find one."""
    first = {one.locator for one in sentences() if one.section == 1}
    for asked in _commands(tmp_path)[command]:
        assert main([command, *asked, "--with-report"]) == 0
        written = list(_files(tmp_path / "made")) or [capsys.readouterr().out.encode()]
        assert first <= _held(written, brought)
        for one in written:
            if _held([one], brought):
                assert "inthepublicdomain" in _letters(one)


@pytest.mark.usefixtures("small_site", "brought")
@pytest.mark.parametrize("flag", [[], ["--with-report"]])
def test_pages_say_whose_words_stand_on_them(flag: list[str], tmp_path: Path) -> None:
    assert main(["site", str(tmp_path / "made"), *flag]) == 0
    pages = [path.read_text(encoding="utf-8") for path in (tmp_path / "made").glob("*.html")]
    for ours in ("told by the course and not by the report", "The report in our own words"):
        assert any(ours in page for page in pages) == (not flag)
    if flag:
        assert not any('class="mali-own" hidden' in page for page in pages)
        assert any("in our words and in its own</h1>" in page for page in pages)


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - set(WITH_REPORT)))
def test_other_commands_have_no_such_flag(command: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main([command, *_commands(tmp_path)[command][0], "--with-report"])


@pytest.mark.parametrize("command", WITH_REPORT)
def test_with_the_flag_and_without_the_report_it_says_what_to_do(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, *_commands(tmp_path)[command][0], "--with-report"]) == 1
    said = capsys.readouterr()
    assert "mali-course report FILE" in said.err
    assert said.out == ""
    assert not (tmp_path / "made").exists()


@pytest.mark.usefixtures("small_site")
@pytest.mark.parametrize("command", WITH_REPORT)
def test_with_some_of_the_sentences_it_says_how_many(
    command: str,
    made_up_report: Mapping[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    some = {"1.1.1": made_up_report["1.1.1"]}
    keep_originals(some, shared_file())
    for asked in _commands(tmp_path)[command]:
        assert main([command, *asked, "--with-report"]) == 0
        said = capsys.readouterr().out
        assert "1 of the report's 79 sentences are here" in said
    files = list(_files(tmp_path / "made"))
    assert _held([*files, said.encode()], made_up_report) == {"1.1.1"}


def test_a_sheet_without_our_words_has_those_of_the_report(
    brought: Mapping[str, str], tmp_path: Path
) -> None:
    to = ["--no-pdf", "--folder", str(tmp_path)]
    assert main(["worksheet", "01", "--no-text", "--with-report", *to]) == 0
    sheet = (tmp_path / "worksheet-01.html").read_text(encoding="utf-8")
    digest = sheet[sheet.index('<ul class="digest">') : sheet.index("</ul>")]
    assert "in its own words" in sheet
    for one in sentences():
        if one.section == 1:
            assert f"<strong>{one.locator}</strong>" in digest
            assert html.escape(one.gist) not in digest


def test_only_a_key_marks_the_words_that_say_how_sure(
    brought: Mapping[str, str], tmp_path: Path
) -> None:
    """On the sheet of learners they could be what a question asks for."""
    assert main(["worksheet", "01", "--with-report", "--no-pdf", "--folder", str(tmp_path)]) == 0
    marks = {
        name: (tmp_path / f"worksheet-01{name}.html").read_text().count("<mark")
        for name in ("", "-answers")
    }
    assert marks[""] == 0
    assert marks["-answers"] > 0


def test_the_page_of_the_whole_report_has_all_sentences(brought: Mapping[str, str]) -> None:
    page = reference_pages.report_page()
    assert _held([page.encode()], brought) == set(brought)
    assert "public domain" in page
    with showing_originals(False):
        assert _held([reference_pages.report_page().encode()], brought) == set()


def test_the_same_course_gives_the_same_pages_whether_the_report_is_here_or_not(
    made_up_report: Mapping[str, str], tmp_path: Path
) -> None:
    to = ["--no-pdf", "--folder"]
    for name in ("before", "after"):
        assert main(["worksheet", "01", *to, str(tmp_path / name)]) == 0
        keep_originals(made_up_report, shared_file())
    before, after = (
        (tmp_path / name / "worksheet-01.html").read_text() for name in ("before", "after")
    )
    assert before == after


# Notebooks are stored as for somebody who has not brought the report.


def test_notebooks_are_executed_without_the_report(brought: Mapping[str, str]) -> None:
    code = (
        "from mali_course.original.kept import own_file, shared_file\n"
        "print(own_file().exists(), shared_file().exists())"
    )
    assert shared_file().exists()
    done = notebooks.execute_notebook(v4.new_notebook(cells=[v4.new_code_cell(code)]))
    assert done.cells[0].outputs[0].text == "False False\n"


def test_every_lesson_says_its_sections(made_up_report: Mapping[str, str]) -> None:
    """So that a plan prints the sentences of its lessons."""
    assert {number for one in lessons() for number in one.sections} == {1, 2, 3, 4, 5, 6}
