"""What a learner is told of their progress: marks, ends, what to look at again, a page to keep."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import html5lib
import lxml.html
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mali_course as mali
from mali_course.cli import main
from mali_course.core.lessons import Lesson, lesson, lessons
from mali_course.core.report import sentence, sentences
from mali_course.forms.exchange import Reply
from mali_course.kit import pdf
from mali_course.practice.session import Session
from mali_course.questions import bank
from mali_course.questions.item import Item
from mali_course.questions.kinds.evidence import Evidence
from mali_course.questions.shapes import Written
from mali_course.record.course_state import (
    lesson_state,
    locators_again,
    sentences_of,
    sentences_worked_on,
)
from mali_course.record.item_state import SIGNS, ItemState, item_states
from mali_course.record.log import the_log
from mali_course.record.portable import pack_log
from mali_course.views.progress_parts import lesson_html, praise, whole_html
from mali_course.views.summary_page import summary_page
from mali_course.views.test_result import result_html

# The mixed test has questions of the others.
LESSONS = [one for one in lessons() if one.id in bank.lessons()]
EVERY = pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.id)
NAMES = {"first": "right at first try", "later": "right later", "written": "your own text",
         "seen": "answer looked up", "tried": "tried, not right yet", "open": "not tried yet"}


def events(item_id: str, *history: str) -> list[dict[str, Any]]:
    """Return the events of a history: "wrong", "right", "asked", "told", "shown" (an old log)."""
    made: list[dict[str, Any]] = []
    for number, word in enumerate(history):
        event: dict[str, Any] = {"item": item_id, "time": f"t{number:03d}", "event": "answer"}
        if word in ("asked", "told", "shown"):
            event |= {"event": "shown"} | ({} if word == "shown" else {"asked": word == "asked"})
        elif word in ("guess", "draft"):
            event |= {"event": word, "response": "x"}
        else:
            event |= {"state": word, "score": float(word == "right")}
        made.append(event)
    return made


def done(*items: Item) -> dict[str, ItemState]:
    """Return the states of a learner who answered these right, and no other."""
    made = [
        event
        for item in items
        for event in events(item.id, "kept" if isinstance(item.as_shape(), Written) else "right")
    ]
    return item_states(made)


def parsed(html: str) -> lxml.html.HtmlElement:
    """Return HTML as a tree; what a browser would have to mend is a fault."""
    html5lib.HTMLParser(strict=True).parseFragment(html)
    return lxml.html.fragment_fromstring(html, create_parent="main")


def shown_in(one: Lesson, states: dict[str, ItemState]) -> lxml.html.HtmlElement:
    return parsed(lesson_html(lesson_state(one, states), sentences_worked_on(states)))


def fold(tree: lxml.html.HtmlElement, name: str) -> str:
    """Return the text under a fold, or "" where there is none of that name."""
    return " ".join(one.text_content() for one in tree.xpath(f".//details[@data-fold='{name}']"))


# --- Signs ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("history", "sign"),
    [
        ("", "open"),
        ("guess", "open"),
        ("draft", "open"),
        ("wrong", "tried"),
        ("partly wrong", "tried"),
        ("right", "first"),
        ("right wrong", "first"),
        ("right asked", "first"),
        ("wrong right", "later"),
        ("wrong wrong wrong told", "tried"),
        ("wrong wrong wrong told right", "later"),
        ("wrong wrong wrong told wrong wrong wrong told right", "later"),
        ("wrong asked", "seen"),
        ("wrong asked right", "seen"),
        ("asked", "seen"),
        ("wrong wrong wrong told wrong asked", "seen"),
        ("kept", "written"),
        ("kept judged", "written"),
        # Older logs do not say whether the answer was asked for.
        ("wrong shown", "seen"),
        ("wrong wrong shown", "seen"),
        ("wrong partly wrong shown", "tried"),
        ("wrong wrong wrong shown right", "later"),
        ("wrong wrong wrong shown shown", "seen"),
        ("wrong wrong wrong shown wrong shown", "seen"),
        ("wrong wrong wrong shown wrong wrong wrong shown", "tried"),
    ],
)
def test_each_history_has_its_sign(history: str, sign: str) -> None:
    states = item_states(events("01-31", *history.split()))
    assert states.get("01-31", ItemState()).sign == sign


def test_the_score_is_that_before_the_answer_was_known() -> None:
    for telling in ("told", "asked", "shown"):
        state = item_states(events("01-31", "wrong", "wrong", "wrong", telling, "right"))["01-31"]
        assert (state.score, state.told, state.first) == (0.0, True, False)


def test_a_form_logs_whether_the_answer_was_asked_for() -> None:
    form = mali.ask("01-31")
    for option in "abab":
        form.send_values({"answer": [option]}, "check")  # type: ignore[union-attr]
    form.send_values({}, "answer")  # type: ignore[union-attr]
    assert [e["asked"] for e in the_log().events() if e["event"] == "shown"] == [False, True]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(
    ["right", "wrong", "partly", "kept", "judged", "odd", "asked", "told", "shown", "guess",
     "draft"]), max_size=9))
def test_only_a_wish_makes_looked_up_and_only_work_makes_done(history: list[str]) -> None:
    state = item_states(events("01-31", *history)).get("01-31", ItemState())
    assert state.sign in SIGNS
    if state.sign == "seen":
        assert {"asked", "shown"} & set(history)
    assert (state.sign in ("first", "later", "written")) <= bool(
        {"right", "kept", "judged"} & set(history)
    )
    others = {*SIGNS} - {"first", "later"}
    assert state.first == (state.sign == "first") or state.sign in others


# --- A lesson ---------------------------------------------------------------------------------


@EVERY
def test_each_question_has_a_mark_with_a_name_and_a_way(one: Lesson, root: Path) -> None:
    book = json.loads((root / "notebooks" / one.notebook).read_text(encoding="utf-8"))
    ids = [cell["id"] for cell in book["cells"]]
    tree = shown_in(one, {})
    [strip] = tree.find_class("mali-strip")
    marks = strip.findall(".//a")
    named = [mark.get("aria-label") for mark in marks]
    assert len(named) == len(bank.lesson_items(one.id))
    in_order = sorted(lesson_state(one, {}).items, key=lambda item: item.id)
    for item, mark in zip(in_order, marks, strict=True):
        assert mark.get("aria-label") == mark.get("title") == f"Question {item.id}, not tried yet"
        assert mark.get("data-go") == item.id
        assert mark.get("href") == f"{one.notebook}#cell-id=ask-{item.id}"
        assert mark.text_content() == item.id[3:]  # what is seen is in the name
        assert f"ask-{item.id}" in ids


def test_the_next_question_follows_the_order_of_asking_and_not_that_of_the_marks() -> None:
    tree = shown_in(lesson("01"), {})  # 01-01 is guessed first, and asked at the end
    [strip] = tree.find_class("mali-strip")
    assert strip.find(".//a").get("data-go") == "01-01"
    assert "Begin with: question 01-31." in tree.text_content()


@EVERY
def test_a_question_tried_in_vain_looks_unlike_one_never_seen(one: Lesson) -> None:
    first, second = sorted(item.id for item in bank.lesson_items(one.id))[:2]
    states = item_states(events(first, "wrong"))
    result = result_html(Session("a", (second, first)), [
        {**event, "test": "a"} for event in events(first, "wrong")])
    for html in (lesson_html(lesson_state(one, states), ()), summary_page(states), result):
        tree = lxml.html.fromstring(html)
        spots = [spot for spot in tree.find_class("mali-spot") if first in spot.get("aria-label")
                 or second in spot.get("aria-label")]
        assert [spot.get("aria-label") for spot in spots] == [
            f"Question {first}, tried, not right yet", f"Question {second}, not tried yet"]
        assert "tried, not right yet: 1" in tree.text_content()
        used = [spot.find(".//use").get("href") for spot in spots]
        assert used[0] != used[1]


def test_what_to_look_at_again_stands_before_what_is_only_counted() -> None:
    states = item_states([*events("02-09", "wrong"), *events("02-12", "right")])
    whole_course = [lesson_state(one, states) for one in LESSONS]
    for html in (lesson_html(lesson_state(lesson("02"), states), ()), whole_html(whole_course, ())):
        folds = [one.get("data-fold") for one in parsed(html).iter("details")]
        assert folds == ["again", "missing", "objectives", "counts"]


@EVERY
def test_each_sign_has_a_shape_a_word_and_its_count(one: Lesson) -> None:
    items = bank.lesson_items(one.id)
    histories = ("right", "wrong right", "wrong asked", "wrong", "kept", "guess")
    made = {item.id: histories[number % 6] for number, item in enumerate(items)}
    states = item_states(e for name, text in made.items() for e in events(name, *text.split()))
    tree = shown_in(one, states)
    expected = Counter(states[item.id].sign for item in items)
    [legend] = tree.find_class("mali-counts")
    assert [row.text_content().strip() for row in legend] == [
        f"{NAMES[sign]}: {expected[sign]}" for sign in SIGNS
    ]
    shapes = {one.get("id"): lxml.html.tostring(one) for one in tree.iter("symbol")}
    drawings = [re.sub(rb'id="[^"]+"', b"", shape) for shape in shapes.values()]
    assert len(set(drawings)) == len(SIGNS)
    for mark in tree.find_class("mali-strip")[0].iter("a"):
        sign = states[mark.get("data-go")].sign
        assert mark.get("aria-label") == f"Question {mark.get('data-go')}, {NAMES[sign]}"
        [use] = mark.iter("use")
        assert use.get("href") == f"#mali-sign-{sign}"
        assert use.get("href")[1:] in shapes


@EVERY
def test_the_end_of_a_lesson_is_reached_and_not_before(one: Lesson) -> None:
    items = bank.lesson_items(one.id)
    count, own = len(items), sentences_of(one)
    text = shown_in(one, done(*items)).text_content()
    assert f"{count} of {count} questions answered" in text
    assert "You have answered every question of this lesson." in text
    end = (f"You have worked through section {''.join(map(str, one.sections))}: "
           f"you have answered a question on each of its {len(own)} sentences.")
    assert (end in text) == (len(one.sections) == 1)
    for left_out in items:
        rest = [item for item in items if item is not left_out]
        tree = shown_in(one, done(*rest))
        text = tree.text_content()
        assert "every question of this lesson" not in text
        missing = set(own) - {locator for item in rest for locator in item.cites}
        if len(one.sections) == 1:
            assert (end in text) == (not missing)
            for locator in missing:
                under = fold(tree, "missing")
                assert sentence(locator).gist.replace("`", "") in under
                assert left_out.id in under


def test_each_sentence_can_be_reached_without_naming_what_a_question_asks_for() -> None:
    """A question about evidence asks which sentences say so: they must not be named beside it."""
    for one in LESSONS:
        if len(one.sections) != 1:
            continue
        items = bank.lesson_items(one.id)
        tree = shown_in(one, done(*items[:1]))
        ways = {way.get("data-go") for way in tree.xpath(".//details[@data-fold='missing']//a")}
        assert not {item.id for item in items if isinstance(item, Evidence)} & ways
        others = {loc for item in items if not isinstance(item, Evidence) for loc in item.cites}
        assert set(sentences_of(one)) <= others


@pytest.mark.parametrize(
    "item", [item for item in bank.items() if isinstance(item, Evidence)], ids=lambda item: item.id
)
def test_what_to_look_at_again_does_not_give_the_evidence_away(item: Evidence) -> None:
    def again(*history: str) -> set[str]:
        states = item_states(events(item.id, *history))
        return set(locators_again(lesson_state(lesson(item.id[:2]), states)))

    offered = {place.locator for place in item.options if not place.none}
    assert again("wrong") == again("wrong", "wrong") == offered > set(item.cites)
    assert again("wrong", "wrong", "wrong", "told") == set(item.cites)
    assert again("wrong", "asked") == set(item.cites)


@EVERY
def test_what_to_look_at_again_stands_with_its_text_and_goes_when_it_is_done(one: Lesson) -> None:
    assert fold(shown_in(one, {}), "again") == ""
    for item in bank.lesson_items(one.id):
        if isinstance(item.as_shape(), Written):
            continue
        under = fold(shown_in(one, item_states(events(item.id, "wrong"))), "again")
        assert item.id in under
        assert all(sentence(loc).gist.replace("`", "") in under for loc in item.cites)
        assert item.id in fold(
            shown_in(one, item_states(events(item.id, "wrong", "asked"))), "again")
        assert fold(shown_in(one, item_states(events(item.id, "wrong", "right"))), "again") == ""


def test_the_next_question_is_the_open_one_after_that_answered_last() -> None:
    def following(*answered: str) -> str:
        made = [
            {**event, "time": f"{number}"}
            for number, name in enumerate(answered)
            for event in events(name, "right")
        ]
        found = lesson_state(lesson("00"), item_states(made)).next
        return found.id if found else ""

    assert following() == "00-15"
    assert following("00-15") == "00-10"
    assert following("00-12") == "00-06"
    assert following("00-06", "00-12", "00-07") == "00-08"
    assert following("00-15", "00-14") == "00-10"
    assert following("00-14", "00-15") == "00-10"
    assert following(*(item.id for item in bank.lesson_items("00"))) == ""
    in_test = [{**event, "test": "a"} for event in events("00-07", "right")]
    found = lesson_state(lesson("00"), item_states([*events("00-10", "right"), *in_test])).next
    assert found
    assert found.id == "00-03"


def test_every_objective_can_be_reached() -> None:
    for one in LESSONS:
        for objective in one.objectives:
            own = [item for item in bank.lesson_items(one.id) if item.objective == objective.id]
            states = done(*own)
            assert "Objectives worked through: 1 of" in fold(shown_in(one, states), "objectives")


# --- The whole course -------------------------------------------------------------------------


def whole(states: dict[str, ItemState]) -> lxml.html.HtmlElement:
    chosen = [lesson_state(one, states) for one in LESSONS]
    return parsed(whole_html(chosen, sentences_worked_on(states)))


def test_the_whole_course_has_a_strip_a_lesson_and_an_end() -> None:
    items = bank.items()
    tree = whole({})
    assert len(tree.find_class("mali-strip")) == len(LESSONS)
    assert "You have worked on 0 of the 79 sentences of the report; 79 are left." in (
        tree.text_content()
    )
    assert all(one.gist.replace("`", "") in fold(tree, "missing") for one in sentences())
    end = "You have worked on all 79 sentences of the report: you have answered a question on each."
    assert end in whole(done(*items)).text_content()
    # A question of another lesson on the same sentence counts as well.
    five = [item for item in items if item.id in ("00-10", "00-03", "00-14", "00-07", "05-18")]
    worked = {locator for item in five for locator in item.cites}
    left = len(sentences()) - len(worked)
    text = whole(done(*five)).text_content()
    assert f"{len(worked)} of the 79 sentences of the report; {left} are left" in text
    assert end not in text


def test_the_whole_course_leads_to_where_the_learner_was() -> None:
    def following(states: dict[str, ItemState]) -> str:
        return str(whole(states).xpath("string(.//p[@class='mali-heading']//a/@data-go)"))

    assert following({}) == "00-15"
    assert following(done(bank.find("03-02"))) == "03-28"
    assert following(done(*bank.lesson_items("03"))) == "04-16"
    assert following(done(*bank.items())) == ""


# --- Praise -----------------------------------------------------------------------------------


def states_of(**counts: int) -> list[ItemState]:
    histories = {"first": "right", "later": "wrong right", "seen": "wrong asked", "wrong": "wrong",
                 "written": "kept", "new": ""}
    return [
        item_states(events("01-31", *histories[name].split())).get("01-31", ItemState())
        for name, count in counts.items()
        for _ in range(count)
    ]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, ""),
        ({"new": 9}, ""),
        ({"wrong": 5, "seen": 5}, ""),
        ({"first": 2}, ""),
        ({"first": 3, "new": 9}, "All 3 were right at the first try"),
        ({"first": 3, "wrong": 1}, "3 of 4 were right at the first try"),
        ({"first": 3, "seen": 1}, "3 of 4 were right at the first try"),
        ({"first": 3, "wrong": 2}, ""),
        ({"first": 1, "later": 3}, "Right at a later try: 3"),
        ({"written": 1}, "in your own words"),
    ],
)
def test_praise_is_said_where_it_is_true(counts: dict[str, int], said: str) -> None:
    found = " ".join(praise(states_of(**counts)))
    assert said in found
    assert bool(said) == bool(found)


# --- The form ---------------------------------------------------------------------------------


def right(item_id: str) -> Reply:
    from mali_course.forms.responses import values_of

    item = bank.find(item_id)
    form = mali.ask(item_id)
    return form.send_values(values_of(item, item.key_response()), "check")  # type: ignore[union-attr]


def test_progress_changes_by_itself_when_a_question_is_answered() -> None:
    one, every = mali.progress("02"), mali.progress()
    right("02-09")
    assert "1 of 18 questions answered" in one.reply["view"]
    assert "Question 02-09, right at first try" in one.reply["view"]
    assert "Question 02-09, right at first try" in every.reply["view"]


def test_what_a_notebook_keeps_of_progress_is_the_same_for_every_learner() -> None:
    def saved() -> str:
        return str([mali.progress(number)._repr_mimebundle_()[0] for number in ("02", None)])

    def without_ids(text: str) -> str:
        return re.sub(r"[0-9a-f]{32}", "", text)

    before = saved()
    right("02-09")
    assert without_ids(saved()) == without_ids(before)
    assert "0 of" not in before
    assert "18 questions" in before


def test_the_file_is_under_a_fold_and_the_reminder_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def outside_and_inside() -> tuple[str, str]:
        tree = parsed(mali.progress("02").body)
        [moving] = tree.xpath(".//details[@data-fold='move']")
        inside = moving.text_content()
        values = set(moving.xpath(".//button/@value"))
        assert values == {"download", "restore"}
        moving.drop_tree()
        return tree.text_content(), inside

    outside, inside = outside_and_inside()
    assert "forgets everything" not in outside
    assert "Saved in:" in inside
    monkeypatch.setenv("BINDER_SERVICE_HOST", "10.0.0.1")
    assert "forgets everything when the page is closed" in outside_and_inside()[0]


def test_nothing_from_the_log_is_markup(home: Path) -> None:
    evil = "<img src=x onerror=alert(1)>"
    log = the_log()
    for name in (evil, "99-99", "01-", "", "02-09"):
        log.add({"item": name, "event": "answer", "state": evil, "response": evil, "test": evil})
    log.add({"item": "02-26", "event": "shown", "asked": evil})
    (home / "progress" / "<b>evil.jsonl").write_text("no\n")
    for form in (mali.progress("02"), mali.progress()):
        tree = parsed(form.reply["view"])
        assert not list(tree.iter("img", "b", "script"))
    page = summary_page(item_states(log.events()), evil)
    assert "<img" not in page


json_values = st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.just([1, {}])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.fixed_dictionaries(
    {"item": st.sampled_from(["01-31", "02-26", "99-99", "test", "x", ""]),
     "time": st.text(max_size=5),
     "event": st.sampled_from(["answer", "shown", "guess", "draft", "drawn", "odd"])},
    optional={"asked": json_values, "response": json_values, "test": json_values,
              "state": st.text(max_size=5), "items": json_values},
), max_size=8))
def test_any_log_is_shown(made: list[dict[str, Any]]) -> None:
    states = item_states(made)
    parsed(lesson_html(lesson_state(lesson("01"), states), sentences_worked_on(states)))
    whole(states)
    assert "</html>" in summary_page(states)
    parsed(result_html(Session("a", ("01-31",)), made))


# --- The mixed test ---------------------------------------------------------------------------


def test_a_test_ends_with_a_strip_of_its_own_questions() -> None:
    in_test = [{**event, "test": "a"} for event in events("02-07", "wrong", "right")]
    before = [*events("02-07", "right"), *events("02-09", "right"), *events("02-12", "right")]
    items = ("02-07", "02-09", "05-03")
    session = Session("a", items, {"02-07": "wrong", "05-03": "right"})
    also = [{**event, "test": "a"} for event in events("05-03", "right")]
    tree = parsed(result_html(session, [*before, *in_test, *also]))
    [strip] = tree.find_class("mali-strip")
    assert [mark.get("aria-label") for mark in strip.iter("a")] == [
        "Question 02-07, right later",
        "Question 02-09, not tried yet",
        "Question 05-03, right at first try",
    ]
    assert [mark.text_content() for mark in strip.iter("a")] == list(items)
    assert not list(tree.iter("table"))
    again = fold(tree, "again-02")
    assert all(sentence(loc).gist in again for loc in bank.find("02-09").cites)
    assert fold(tree, "again-05") == ""


# --- The page to keep -------------------------------------------------------------------------


def of_every_item(*history: str) -> dict[str, ItemState]:
    return item_states(event for item in bank.items() for event in events(item.id, *history))


PAGES = {
    "nothing": {},
    "all right": of_every_item("right"),
    "all wrong": of_every_item("wrong"),
    "all looked up": of_every_item("wrong", "asked"),
    "one": item_states(events("01-31", "wrong", "right")),
}
LONG = "Wolfeschlegelsteinhausenbergerdorff " * 6


@pytest.mark.parametrize(
    ("name", "paper"), [*((name, "letter") for name in PAGES), ("all wrong", "a4")]
)
def test_the_page_is_one_sheet_of_paper(name: str, paper: str) -> None:
    program = pdf.find_browser()
    assert program, "the tests need Chromium, as CONTRIBUTING says"
    page = summary_page(PAGES[name], LONG, style=pdf.paper_style(paper))
    made = pdf.pdf_of(page, program)
    assert made
    [sheet] = pypdf.PdfReader(io.BytesIO(made)).pages
    height = {"a4": 842, "letter": 792}[paper]
    assert round(float(sheet.mediabox.height)) == height
    # Down to its last line.
    assert "version 9" in " ".join(sheet.extract_text().split())


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_complete_in_itself_and_accessible(name: str) -> None:
    page = summary_page(PAGES[name], "Ada <i>Ł.", date(2026, 11, 29))
    html5lib.HTMLParser(strict=True).parse(page)
    tree = lxml.html.document_fromstring(page)
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert not list(tree.iter("script", "link", "img", "a", "i"))
    assert "default-src 'none'" in page
    assert not re.search(r"url\(|@import|https?:", page)
    text = " ".join(tree.text_content().split())
    assert "Name: Ada <i>Ł. · As of 29 November 2026" in text
    assert "not a certificate" in text
    levels = [int(one.tag[1]) for one in tree.iter("h1", "h2", "h3")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    marks = tree.xpath("//*[@role='img']/@aria-label")
    assert len(marks) == len(bank.items())
    assert all(re.fullmatch(r"Question \d\d-\d\d, [a-z, ]+", mark) for mark in marks)


def test_the_page_without_a_name_has_none() -> None:
    assert "Name:" not in summary_page({}) + summary_page({}, " \u202e\ud800\n")
    summary_page({}, "Ada\ud800").encode()


def test_the_page_is_saved_by_a_button() -> None:
    right("02-09")
    reply = mali.progress("02").send_values({"learner": ["Ada L."]}, "page")
    assert reply.file
    assert re.fullmatch(r"mali-course-summary-ada-l-[\d-]+\.html", reply.file["name"])
    assert reply.file["name"] in reply.status
    assert "Name: Ada L." in reply.file["text"]
    assert "Question 02-09, right at first try" in reply.file["text"]
    assert "Question 02-09, right at first try" in reply.view


def test_the_command_writes_the_page_and_prints_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right("02-09")
    place = tmp_path / "out"
    call = ["summary", "--folder", str(place), "--name", "Ada"]
    assert main(call) == 0
    names = sorted(path.name for path in place.iterdir())
    assert [name.rpartition(".")[2] for name in names] == ["html", "pdf"]
    said = capsys.readouterr().out
    assert all(name in said for name in names)
    before = (place / names[0]).read_bytes()
    assert main(call) == 1
    assert "--force" in capsys.readouterr().err
    assert (place / names[0]).read_bytes() == before


def test_the_command_reads_a_file_that_was_handed_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right("02-09")
    file = tmp_path / "ada.json"
    file.write_text(pack_log(the_log(), "Ada"), encoding="utf-8")
    assert main(["summary", str(file), "--no-pdf", "--folder", str(tmp_path / "out")]) == 0
    [page] = (tmp_path / "out").iterdir()
    text = page.read_text(encoding="utf-8")
    assert "Name: Ada" in text
    assert "Question 02-09, right at first try" in text
    capsys.readouterr()
    file.write_bytes(b"\xff\x00no")
    assert main(["summary", str(file)]) == 1
    assert main(["summary", str(tmp_path / "none.json")]) == 1
    said = capsys.readouterr().err
    assert "not a progress file" in said
    assert "cannot be read" in said


def test_the_command_needs_nothing_that_a_learner_does_not_have(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "for name in ('jinja2', 'mistune', 'nbformat', 'nbclient', 'genanki', 'tqdm'):\n"
        "    sys.modules[name] = None\n"
        "from mali_course.cli import main\n"
        f"sys.exit(main(['summary', '--no-pdf', '--folder', {str(tmp_path)!r}]))"
    )
    call = [sys.executable, "-c", script]
    ran = subprocess.run(call, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert len(list(tmp_path.glob("*.html"))) == 1
