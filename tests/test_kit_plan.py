"""Teaching plans add up, leave out no part of a lesson unseen, and print completely."""

from __future__ import annotations

import copy
import io
import re
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import html5lib
import nbformat
import pytest
from pypdf import PdfReader

from mali_course import cli
from mali_course.core.content import data_path, notebooks_folder, read_toml
from mali_course.core.errors import CourseError
from mali_course.core.html import text_of
from mali_course.core.lessons import Lesson, lesson
from mali_course.core.report import sentences
from mali_course.kit import COMMANDS, pdf
from mali_course.kit.plan.exercises import exercises, read_exercise
from mali_course.kit.plan.plan_loader import plan, plans, read_plan
from mali_course.kit.plan.plan_model import PAIRS, Plan
from mali_course.kit.plan.plan_page import plan_html
from mali_course.kit.plan.plan_text import plan_text
from mali_course.questions import bank
from mali_course.questions.retired import retired_ids

NAMES = ("half-day", "one-day", "seminars", "term", "self-paced-week")
Table = dict[str, Any]


def told(text: str) -> str:
    """A text without the marks and spaces in which terminal and page differ."""
    return re.sub(r"[`\s]+", "", text)


def told_by_page(one: Plan) -> str:
    body = re.sub(r"<(style|title)>.*?</\1>", "", plan_html(one), flags=re.DOTALL)
    return told(text_of(body))


def table(name: str) -> Table:
    return copy.deepcopy(dict(read_toml(f"teaching/{name}.toml")))


def refused(name: str, spoil: Callable[[Table], object]) -> str:
    """Return what is said of a plan that was spoiled."""
    spoiled = table(name)
    spoil(spoiled)
    with pytest.raises(CourseError) as problem:
        read_plan(spoiled, f"{name}.toml")
    return str(problem.value)


def taught(spoiled: Table, part: str) -> Table:
    """Return the part of a session that holds a part of a lesson."""
    parts = (one for session in spoiled["session"] for one in session["part"])
    found: Table = next(one for one in parts if part in one.get("parts", ()))
    return found


def test_there_are_the_five_plans() -> None:
    assert tuple(plans()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_session_adds_up(name: str) -> None:
    """Counted from the file itself, and not by the code that reads it."""
    for session in table(name)["session"]:
        assert sum(one["minutes"] for one in session["part"]) == session["minutes"]


@pytest.mark.parametrize("name", NAMES)
def test_every_part_of_a_lesson_has_time_and_pairs_have_more(name: str) -> None:
    for session in table(name)["session"]:
        for one in session["part"]:
            if "parts" in one:
                own = {part.id: part.minutes for part in lesson(one["lesson"]).plan}
                alone = sum(own[part] for part in one["parts"])
                assert one["minutes"] >= alone * (PAIRS if one["form"] == "pairs" else 1)


@pytest.mark.parametrize("name", NAMES)
def test_every_part_of_a_lesson_that_is_used_stands_in_one_place(name: str) -> None:
    one = plan(name)
    assert one.lessons
    for of in one.lessons:
        placed = [part for parts in one.part_places(of).values() for part in parts]
        assert sorted(part.id for part in placed) == sorted(part.id for part in of.plan)
    for left in one.left_out:
        assert len(left.lost) > 20


def test_lessons_fill_their_hour_and_days_their_day() -> None:
    assert {session.minutes for session in plan("term").sessions} == {50}
    assert {session.minutes for session in plan("seminars").sessions} == {90}
    assert plan("half-day").minutes <= 4 * 60
    assert len(plan("self-paced-week").sessions) == 7
    *_, (begin, last) = plan("one-day").timed_sessions
    assert begin + last.minutes <= 8 * 60


def test_nobody_sits_two_hours_without_a_break() -> None:
    for name in NAMES:
        for session in plan(name).sessions:
            since = 0.0
            for one in session.activities:
                since = 0.0 if one.title in ("Break", "Pause") else since + one.minutes
                assert since <= 100, f"{name}: {session.title}"


@pytest.mark.parametrize("name", NAMES)
def test_every_command_to_run_is_one_that_the_command_line_takes(name: str) -> None:
    for one in plan(name).prints:
        program, command, *arguments = one.command.split()
        assert program == "mali-course"
        parser = ArgumentParser(exit_on_error=False)
        import_module(COMMANDS[command]).arguments(parser)
        parser.parse_args(arguments)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda one: one["session"][0].update(minutes=200), r"session 1, field 'minutes'.*210"),
        (lambda one: one["session"][0]["part"][3].update(minutes=14), r"field 'minutes'.*209"),
        (
            lambda one: taught(one, "partners").update(minutes=29),
            r"part 8, field 'minutes': expected at least 30",
        ),
        (lambda one: taught(one, "end").update(minutes=1), r"at least 2"),
        (
            lambda one: taught(one, "end").update(parts=["ende"]),
            r"field 'parts'.*lesson 01; 'ende' is none.*\"end\"",
        ),
        (lambda one: taught(one, "end").update(lesson="31"), r"field 'lesson'.*00, 01"),
        (lambda one: taught(one, "end").update(form="groups"), r"'form'.*alone, pairs"),
        (lambda one: taught(one, "end").pop("form"), r"field 'form'"),
        (lambda one: taught(one, "end").pop("how"), r"field 'how': expected a text"),
        (
            lambda one: taught(one, "partners")["parts"].remove("partners"),
            r"lesson 01: nothing is said of 'partners'.*homework",
        ),
        (
            lambda one: one["left_out"][0]["parts"].append("end"),
            r"lesson 01: 'end' stands in more than one place",
        ),
        (lambda one: one.pop("left_out"), r"nothing is said of 'data'"),
        (lambda one: one["left_out"][0].pop("lost"), r"left_out 1, field 'lost'"),
        (
            lambda one: one["print"][0].update(command="mali-course worksheets 01"),
            r"print 1, field 'command'.*worksheet",
        ),
        (lambda one: one["print"][0].update(command="lpr sheet.pdf"), r"field 'command'"),
        (
            lambda one: one["session"][0]["part"][2].update(discussion="Why should"),
            r"field 'discussion'.*lesson 00",
        ),
        (lambda one: one["session"][0]["part"][0].pop("title"), r"part 1, field 'title'"),
        (lambda one: one["session"][0]["part"][0].update(exercise="none"), r"clause-first"),
        (lambda one: one["session"][0].update(pause=5), r"field 'session'.*pause"),
        (lambda one: one["session"][0].update(minuts=5), r"'minuts': not a field here"),
        (lambda one: one["session"][0]["part"][0].update(minutes="25"), r"expected a number"),
        (lambda one: one.pop("network_fails"), r"field 'network_fails'"),
        (lambda one: one.update(session=[]), r"field 'session'"),
        (lambda one: one.update(name="other"), r"field 'name'"),
    ],
)
def test_a_spoiled_plan_is_refused_with_file_and_field(
    spoil: Callable[[Table], object], said: str
) -> None:
    message = refused("half-day", spoil)
    assert message.startswith("half-day.toml")
    assert re.search(said, message), message


def test_plans_exercises_and_guides_name_no_question_that_is_gone() -> None:
    old = []
    for file in sorted(data_path("teaching").rglob("*.*")):
        named = re.findall(r"\b\d\d-\d\d\b", file.read_text(encoding="utf-8"))
        old += [f"{file.name}: {one}" for one in named if one in retired_ids()]
    assert old == []


def test_an_exercise_shorter_than_what_it_replaces_is_refused() -> None:
    spoiled = copy.deepcopy(dict(read_toml("teaching/exercises/clause-first.toml")))
    spoiled["step"] = spoiled["step"][:1]
    with pytest.raises(CourseError, match=r"clause-first.toml, field 'step'.*at least 6 minutes"):
        read_exercise(spoiled, "clause-first.toml")


def test_an_exercise_gets_no_less_than_its_steps() -> None:
    def hurry(one: Table) -> None:
        part = next(p for p in one["session"][1]["part"] if "exercise" in p)
        part["minutes"] = 34

    assert "at least 35" in refused("one-day", hurry)


def test_plans_are_listed_with_what_they_take(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["plan"]) == 0
    said = capsys.readouterr().out
    for name in NAMES:
        assert re.search(rf"^{name}$", said, re.MULTILINE)
        assert plan(name).title in said
    assert "15 sessions, 750 minutes" in said
    assert max(map(len, said.splitlines())) < 80


def everything(one: Plan) -> list[str]:
    """Return every text of a plan that a teacher has to see."""
    texts = [one.title, one.for_whom, *one.about, *one.prepare, *one.materials]
    texts += [*one.network_fails, *(left.lost for left in one.left_out)]
    texts += [text for each in one.prints for text in (each.command, each.copies)]
    for session in one.sessions:
        texts += [session.title, *(piece.how for piece in session.homework)]
        for act in session.activities:
            texts += [act.title, act.how]
            if act.discussion:
                texts += [act.discussion.question, act.discussion.listen_for]
            if act.exercise:
                texts += [act.exercise.title, act.exercise.groups, act.exercise.care]
                texts += [step.what for step in act.exercise.steps]
            for pieces in act.taught:
                texts += pieces.titles
    return texts


@pytest.mark.parametrize("name", NAMES)
def test_a_printed_plan_has_everything_in_80_columns(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["plan", name]) == 0
    said = capsys.readouterr().out
    assert max(map(len, said.splitlines())) < 80
    for text in everything(plan(name)):
        assert told(text) in told(said), text


@pytest.mark.parametrize("name", NAMES)
def test_the_page_has_everything_and_asks_no_other_host(name: str) -> None:
    html = plan_html(plan(name))
    html5lib.HTMLParser(strict=True).parse(html)
    assert not re.search(r"<script|<link|@import|url\(|src=", html)
    assert '<html lang="en">' in html
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    said = told_by_page(plan(name))
    for text in everything(plan(name)):
        assert told(text) in said, text
    for one in plan(name).exercises:
        assert all(told(text) in said for text in (*one.cards, *one.sheet))


def times(text: str) -> list[str]:
    return re.findall(r"^ ?(\d{1,2}:\d\d)  +\d+ ", text, re.MULTILINE)


def test_clock_times_run_from_the_start_and_over_the_pause_of_a_day() -> None:
    half_day, one_day = plan("half-day"), plan("one-day")
    assert times(plan_text(half_day))[:3] == ["0:00", "0:25", "0:55"]
    assert times(plan_text(half_day, 9 * 60 + 30))[:3] == ["09:30", "09:55", "10:25"]
    assert "210 minutes, 09:30 to 13:00" in plan_text(half_day, 9 * 60 + 30)
    # 210 minutes from nine, and an hour of pause.
    assert times(plan_text(one_day, 9 * 60, only=2))[0] == "13:30"
    # Lessons of other days begin anew.
    assert times(plan_text(plan("term"), 8 * 60, only=7))[0] == "08:00"
    # A day that goes past midnight.
    assert times(plan_text(half_day, 23 * 60))[-1] == "02:21"


def test_a_second_day_begins_its_clock_again() -> None:
    one_day = plan("one-day")
    days = tuple(replace(session, pause=None) for session in one_day.sessions)
    two_days = plan_text(replace(one_day, sessions=days))
    second = two_days.split(f"\n2. {days[1].title} ")[1]
    assert times(second)[0] == "0:00"
    assert "a pause of" not in second
    assert "a pause of 60 minutes" in plan_text(one_day)


def test_one_session_can_be_printed_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["plan", "term", "--session", "6"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("6. Which clause first?")
    assert "7. Groups" not in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["half-dya"], 'Did you mean: "half-day"'),
        ([""], "Plans here: half-day"),
        (["term", "--start", ""], "such as 09:00"),
        (["term", "--session", ""], "from 1 to 15"),
        (["zzz"], "Plans here: half-day, one-day"),
        (["term", "--session", "16"], "from 1 to 15"),
        (["term", "--session", "0"], "from 1 to 15"),
        (["term", "--session", "six"], "from 1 to 15"),
        (["term", "--start", "9 o'clock"], "such as 09:00"),
        (["term", "--start", "24:10"], "such as 09:00"),
        (["--start", "09:00"], "Name the plan"),
        (["--folder", "made-for-nothing"], "Name the plan"),
    ],
)
def test_wrong_input_is_answered_plainly(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["plan", *arguments]) == 1
    shown = capsys.readouterr()
    assert said in shown.err
    assert "Traceback" not in shown.err
    assert shown.out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_name_may_be_typed_in_capitals(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["plan", "Half-Day"]) == 0
    assert "A half-day workshop" in capsys.readouterr().out


def test_a_folder_gets_page_and_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pdf.find_browser(), "this test needs Chromium or Chrome"
    arguments = ["plan", "one-day", "--start", "09:00", "--folder", str(tmp_path / "out")]
    assert cli.main(arguments) == 0
    assert "plan-one-day.html, plan-one-day.pdf" in capsys.readouterr().out
    made = PdfReader(io.BytesIO((tmp_path / "out" / "plan-one-day.pdf").read_bytes()))
    pages = [told(page.extract_text()) for page in made.pages]
    for session in plan("one-day").sessions:  # each begins on a page of its own
        assert any(re.match(rf"\d\.{re.escape(told(session.title))}", page) for page in pages)
    assert "13:30" in "".join(pages)
    # A second time nothing is overwritten.
    assert cli.main(arguments) == 1
    assert "--force" in capsys.readouterr().err


def test_without_a_browser_the_page_is_written_and_a_sentence_says_how_to_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pdf, "find_browser", lambda: None)
    assert cli.main(["plan", "term", "--folder", str(tmp_path), "--session", "3"]) == 0
    assert "no Chrome, Chromium or Edge" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["plan-term.html"]
    page = (tmp_path / "plan-term.html").read_text(encoding="utf-8")
    assert "From rebellion to takeover" in page
    assert "Intervention and its reasons" not in page
    monkeypatch.setattr(pdf, "find_browser", lambda: "/no/such/browser")
    assert cli.main(["plan", "term", "--folder", str(tmp_path), "--force"]) == 0
    assert "did not print" in capsys.readouterr().out
    assert cli.main(["plan", "term", "--folder", str(tmp_path), "--force", "--no-pdf"]) == 0
    assert "Intervention and its reasons" in (tmp_path / "plan-term.html").read_text("utf-8")


def test_the_terminal_needs_none_of_the_teachers_libraries() -> None:
    script = (
        "import sys\n"
        "for name in ('mistune', 'tqdm', 'nbformat', 'nbclient', 'genanki', 'pandas'):\n"
        "    sys.modules[name] = None\n"
        "from mali_course.cli import main\n"
        "assert main(['plan', 'term']) == 0 and main(['plan']) == 0\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "A term: fifteen" in done.stdout


def test_exercises_name_what_is_fair_in_a_role() -> None:
    for one in exercises().values():
        assert one.care
        assert one.minutes >= one.alone_minutes
    assert len(exercises()["clause-first"].cards) == 6


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["plan", "--help"])
    assert "example: mali-course plan" in capsys.readouterr().out


def _questions_under(of: Lesson) -> dict[str, set[str]]:
    """Return which questions the notebook of a lesson asks under each of its headings."""
    found: dict[str, set[str]] = {}
    heading = ""
    for cell in nbformat.read(notebooks_folder() / of.notebook, as_version=4).cells:
        if cell.cell_type == "markdown":
            heads = re.findall(r"^## (.+)$", cell.source, re.MULTILINE)
            heading = heads[-1] if heads else heading
        else:
            asked = re.findall(r'mali\.(?:ask|guess|check)\("(\d\d-\d\d)"', cell.source)
            found.setdefault(heading, set()).update(asked)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_questions_and_sentences_that_a_plan_names_exist(name: str) -> None:
    locators = {one.locator for one in sentences()}
    for text in everything(plan(name)):
        for item in re.findall(r"\b0\d-\d\d\b", text):
            assert bank.find(item), text
        for locator in re.findall(r"\b[1-6]\.\d\.\d\b", text):
            assert locator in locators, text


@pytest.mark.parametrize("name", NAMES)
def test_questions_named_beside_parts_of_a_lesson_stand_under_these_parts(name: str) -> None:
    for session in plan(name).sessions:
        told = [(act.pieces, act.how) for act in session.activities if act.pieces]
        told += [(piece, piece.how) for piece in session.homework]
        for pieces, how in told:
            under = _questions_under(pieces.lesson)
            here = set().union(*(under.get(part, set()) for part in pieces.titles))
            named = re.findall(rf"\b{pieces.lesson.id}-\d\d\b", how)
            assert set(named) <= here, f"{session.title}: {how}"
