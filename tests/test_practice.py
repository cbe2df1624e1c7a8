"""The mixed test: what is drawn, what is logged, what is shown, and what comes at the end."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from answering_cells import take_test
from nbformat import v4
from notebook_copies import copy_of
from test_leaks import SECRET, secrets, twin
from wrong_responses import mistakes

import mali_course as mali
from mali_course.core.html import text_of
from mali_course.core.lessons import lessons
from mali_course.core.messages import say
from mali_course.forms.exchange import Reply, Submission
from mali_course.forms.live import LiveForm
from mali_course.forms.responses import values_of
from mali_course.practice.result import objective_results, parts_of
from mali_course.practice.sampling import SIZE, askable_items, lessons_of_sections, sample_items
from mali_course.practice.session import Session, last_answers, last_session
from mali_course.questions import bank
from mali_course.questions.kinds.code import Code
from mali_course.questions.kinds.open import Open
from mali_course.record.item_state import item_states
from mali_course.record.log import Log, the_log
from mali_course.views import answering
from mali_course.views import practice_test as mixed_form

KNOWN = {item.id for item in askable_items()}


def shown(reply: Reply) -> str:
    """Return the id of the question on the page, or ""."""
    found = re.search(r'name="question" value="([0-9-]+)"', reply.body or "")
    return found[1] if found else ""


def answer(form: LiveForm, item_id: str, *, right: bool = True, action: str = "check") -> Reply:
    item = bank.find(item_id)
    response = item.key_response() if right else mistakes(item)[0].response
    return form.send_values({**values_of(item, response), "question": [item_id]}, action)


def press(form: LiveForm, action: str, item_id: str = "") -> Reply:
    return form.send_values({"question": [item_id]} if item_id else {}, action)


def take(form: LiveForm, wrong: int = 0) -> tuple[list[str], Reply]:
    """Take a test, the first `wrong` answers wrong; return the ids and the last page."""
    reply, asked = press(form, "begin"), []
    while item_id := shown(reply):
        asked.append(item_id)
        answer(form, item_id, right=len(asked) > wrong)
        reply = press(form, "next", item_id)
    return asked, reply


# --- The draw -------------------------------------------------------------------------------------


def test_only_what_stands_in_a_form_alone_is_drawn() -> None:
    assert {item.id[:2] for item in askable_items()} == {one.id for one in lessons_of_sections()}
    assert [one.sections for one in lessons_of_sections()] == sorted(
        one.sections for one in lessons() if len(one.sections) == 1
    )
    for item in askable_items():
        assert not isinstance(item, Code | Open)
        assert item.needs == ""


@pytest.mark.parametrize("seed", range(5))
def test_a_draw_is_spread_over_lessons_and_objectives(seed: int) -> None:
    items = sample_items(askable_items(), {}, seed=seed)
    assert len(items) == len(set(items)) == SIZE >= 20
    stock = Counter(item_id[:2] for item_id in KNOWN)
    drawn = Counter(item_id[:2] for item_id in items)
    # A lesson has fewer questions than another only where it has no more to give.
    most = max(drawn.values())
    assert all(drawn[lesson] >= min(stock[lesson], most - 1) for lesson in stock)
    for one in lessons_of_sections():
        mine = [item for item in askable_items() if item.id.startswith(one.id)]
        objectives = {item.objective for item in mine}
        met = {bank.find(item_id).objective for item_id in items if item_id.startswith(one.id)}
        assert len(met) == min(len(objectives), drawn[one.id])


def test_what_was_never_answered_comes_before_what_was_and_old_before_new() -> None:
    every = askable_items()
    objective = max((item.objective for item in every), key=[i.objective for i in every].count)
    mine = [item for item in every if item.objective == objective]
    times = {item.id: f"2026-01-{day:02}" for day, item in enumerate(mine[1:], start=1)}
    assert sample_items(mine, times, seed=3) == tuple(item.id for item in mine)


def test_nothing_of_the_last_test_is_drawn_again() -> None:
    first = sample_items(askable_items(), {}, seed=1)
    again = sample_items(askable_items(), dict.fromkeys(first, "2026-01-01"), first, seed=2)
    assert not set(first) & set(again)
    assert len(again) == min(SIZE, len(askable_items()) - SIZE)
    assert sample_items(askable_items(), {}, KNOWN) == ()
    assert sample_items((), {}) == ()


def test_the_same_seed_draws_the_same() -> None:
    first, same, other = (sample_items(askable_items(), {}, seed=seed) for seed in (7, 7, 8))
    assert first == same != other


# --- Where a learner stands -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "events",
    [
        [],
        [{"item": "test", "event": "drawn"}],
        [{"item": "test", "event": "drawn", "test": "", "items": ["01-01"]}],
        [{"item": "test", "event": "drawn", "test": ["a"], "items": ["01-01"]}],
        [{"item": "test", "event": "drawn", "test": "a", "items": "01-01"}],
        [{"item": "test", "event": "drawn", "test": "a", "items": [1, None, {}]}],
        [{"item": "test", "event": "drawn", "test": "a", "items": ["99-01"]}],
        [{"item": "01-01", "event": "answer", "test": "a", "state": "right"}],
    ],
)
def test_an_odd_log_is_no_test(events: list[dict[str, Any]]) -> None:
    assert last_session(events, KNOWN) is None


def test_the_first_answer_in_the_test_counts() -> None:
    items = sorted(KNOWN)[:3]
    drawn = {"item": "test", "event": "drawn", "test": "a", "items": [*items, items[0], "99-99"]}
    events: list[dict[str, Any]] = [
        {"item": items[0], "event": "answer", "state": "right"},  # before, and not in the test
        drawn,
        {"item": items[0], "event": "answer", "state": "right", "test": "b"},
        {"item": items[0], "event": "answer", "state": "wrong", "test": "a"},
        {"item": items[0], "event": "answer", "state": "right", "test": "a"},
        {"item": "test", "event": "passed", "test": "a", "question": items[1]},
    ]
    session = last_session(events, KNOWN)
    assert session == Session("a", tuple(items), {items[0]: "wrong"}, frozenset({items[1]}))
    assert (session.next, session.right) == (items[2], 0)
    ended = last_session([*events, {"item": "test", "event": "ended", "test": "a"}], KNOWN)
    assert ended
    assert ended.next is None
    # A new test starts from nothing.
    newer = last_session([*events, {**drawn, "test": "c"}], KNOWN)
    assert newer == Session("c", tuple(items))


def test_only_answers_have_a_time() -> None:
    events = [
        {"item": "01-01", "event": "guess", "time": "1"},
        {"item": "01-31", "event": "answer", "time": "2"},
        {"item": "01-31", "event": "answer", "time": "3"},
    ]
    assert last_answers(events) == {"01-31": "3"}


# --- The form -------------------------------------------------------------------------------------


def test_an_answer_in_the_test_is_an_answer_of_its_question() -> None:
    form = mali.test()
    item_id = shown(press(form, "begin"))
    assert answer(form, item_id, right=False).state in ("wrong", "partly")
    press(form, "next", item_id)
    events = [event for event in the_log().events() if event["item"] == item_id]
    assert [event["event"] for event in events] == ["answer"]
    [session] = {event["test"] for event in the_log().events()}
    assert events[0]["test"] == session
    assert item_states(the_log().events())[item_id].standing == "tried"
    # An answer outside a test has no such mark.
    outside = mali.ask(item_id)
    assert isinstance(outside, LiveForm)
    answer(outside, item_id)
    assert "test" not in the_log().events()[-1]


def test_a_whole_test_ends_with_a_result_for_each_objective() -> None:
    form = mali.test()
    asked, last = take(form, wrong=3)
    assert len(asked) == SIZE
    page = text_of(last.body or "")
    assert f"{SIZE - 3} of {SIZE} questions right" in page
    assert f"{SIZE - 3} of {SIZE} right" in last.status
    for item_id in asked:
        item = bank.find(item_id)
        [lesson] = [one for one in lessons() if one.id == item_id[:2]]
        [text] = [one.text for one in lesson.objectives if one.id == item.objective]
        assert text in page
    for item_id in asked[:3]:
        item = bank.find(item_id)
        assert all(locator in page for locator in item.cites)
        [lesson] = [one for one in lessons() if one.id == item_id[:2]]
        for part in parts_of(lesson, item):
            assert f"“{part}”" in page
    asked_again, _ = take(form)
    assert not set(asked) & set(asked_again)


def test_a_test_that_was_left_goes_on_in_another_kernel() -> None:
    form = mali.test()
    first = shown(press(form, "begin"))
    answer(form, first)
    second = shown(press(form, "next", first))
    other = mali.test()
    assert f"question 2 of {SIZE}" in other.body
    assert shown(press(other, "next")) == second
    # Meanwhile the first form answers the same question; the second then goes on to the third.
    answer(form, second)
    third = shown(press(form, "next", second))
    assert shown(press(other, "next", second)) == third


def test_an_unanswered_question_is_left_out_only_when_asked_twice() -> None:
    form = mali.test()
    first = shown(press(form, "begin"))
    reply = press(form, "next", first)
    assert reply.state == "unread"
    assert shown(reply) == first
    second = shown(press(form, "next", first))
    assert second != first
    assert "next" not in the_log().events()[-1]
    end = press(form, "end", second)
    assert f"Not answered: {SIZE}." in text_of(end.body or "")


def test_a_second_press_of_a_button_changes_nothing() -> None:
    form = mali.test()
    first = shown(press(form, "begin"))
    assert shown(press(form, "begin")) == first
    answer(form, first)
    second = shown(press(form, "next", first))
    count = len(the_log().events())
    assert shown(press(form, "next", first)) == second
    answer(form, first, right=False)
    assert len(the_log().events()) == count


@pytest.mark.parametrize(
    ("values", "action"),
    [
        ({}, "check"),
        ({}, "answer"),
        ({}, "nonsense"),
        ({"question": ["99-99"]}, "check"),
        ({"question": []}, "next"),
        ({"question": ["01-01", "x"], "answer": ["<b>"]}, "check"),
    ],
)
def test_odd_submissions_are_no_answers(values: dict[str, list[str]], action: str) -> None:
    form = mali.test()
    form.send_values(values, action)
    item_id = shown(press(form, "begin"))
    before = len(the_log().events())
    assert shown(form.send_values(values, action)) == item_id
    assert form.send_values({"question": [item_id]}, "check").state == "unread"
    assert len(the_log().events()) == before


def test_a_log_taken_away_begins_anew(home: Path) -> None:
    form = mali.test()
    item_id = shown(press(form, "begin"))
    other = mixed_form._TestController(Log(home / "progress"))  # in another kernel
    assert shown(other.respond(Submission("next", {}))) == item_id
    for file in (home / "progress").glob("*.jsonl"):
        file.unlink()
    # The kernel that wrote it still has it: it may be the disk that has lost it.
    assert shown(press(form, "next", item_id)) == item_id
    reply = other.respond(Submission("next", {"question": [item_id]}))
    assert 'value="begin"' in (reply.body or "")
    assert shown(other.respond(Submission("begin", {}))) != ""


def test_a_test_that_cannot_be_saved_says_so_and_goes_on(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    home.write_text("a file where the folder should be")
    form = mali.test()
    reply = press(form, "begin")
    assert "could not be saved" in reply.status
    item_id = shown(reply)
    assert "could not be saved" in answer(form, item_id).status
    assert shown(press(form, "next", item_id)) not in ("", item_id)


def kept(form: LiveForm) -> str:
    data, _ = form._repr_mimebundle_()
    return str(data["text/html"])


def test_a_notebook_keeps_where_the_test_stands_and_the_answer_on_the_page() -> None:
    form = mali.test()
    fresh = kept(form)
    assert say("mixed.note_static") in fresh
    assert not any(item.stem[:30] in fresh for item in askable_items())
    item_id = shown(press(form, "begin"))
    assert "Question 1 of 20." in kept(form)
    assert f'data-item="{item_id}"' in kept(form)
    assert say("saved.one_try") not in kept(form)
    wrong = mistakes(bank.find(item_id))[0].response
    form.send_values({**values_of(bank.find(item_id), wrong), "question": [item_id]}, "check")
    assert say("saved.one_try") in kept(form)
    assert not any(text in kept(form) for text in secrets(bank.find(item_id)))
    later = mali.test()  # in another kernel, or on another day
    assert "Question 2 of 20. So far 0 of 1 right." in kept(later)
    take(mali.test(), wrong=5)
    done = kept(mali.test())
    assert say("mixed.result", right=15, count=20) in done
    assert done.count("✓") + done.count("✗") + done.count("◐") == 20
    assert "<button" not in done


def test_a_new_question_takes_the_place_of_the_old_in_one_message() -> None:
    form = mali.test()
    messages: list[dict[str, Any]] = []
    form.comm.send = lambda data=None, **rest: messages.append(data)
    item_id = shown(press(form, "begin"))
    form.draft = {"answer": ["a"]}
    answer(form, item_id)
    messages.clear()
    press(form, "next", item_id)
    [sent] = [one["state"] for one in messages if "body" in one.get("state", {})]
    assert {"body", "draft", "reply"} <= set(sent)
    assert sent["draft"] == {}


# --- Keys -----------------------------------------------------------------------------------------


def state_of(form: LiveForm) -> str:
    state = form.get_state()
    own = ("layout", "form_id")  # of this form, whatever it asks
    names = sorted(name for name in state if not name.startswith("_") and name not in own)
    return json.dumps({name: str(state[name]) for name in names})


@pytest.mark.parametrize("item", askable_items(), ids=lambda item: item.id)
def test_no_key_is_on_the_page_before_an_answer(item: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def page(one: Any) -> str:
        monkeypatch.setattr(mixed_form, "askable_items", lambda: (one,))
        monkeypatch.setattr(mixed_form, "find", lambda item_id: one)
        form = mali.test()
        press(form, "begin")
        return state_of(form)

    seen = page(item)
    assert seen == page(twin(item))
    assert SECRET not in seen
    assert not any(text in seen for text in secrets(item))


def test_no_question_is_on_the_page_before_the_test_begins() -> None:
    seen = state_of(mali.test())
    assert not any(item.stem[:30] in seen for item in askable_items())


# --- The result -----------------------------------------------------------------------------------


def test_results_count_first_answers() -> None:
    items = tuple(item.id for item in askable_items()[:6])
    session = Session("a", items, {items[0]: "right", items[1]: "partly", items[2]: "wrong"})
    found = objective_results(session)
    assert sum(one.asked for one in found) == 6
    assert sum(one.right for one in found) == 1
    for one in found:
        assert bool(one.parts) == (one.right < one.asked)


def test_every_question_leads_to_a_part_that_is_in_its_notebook(root: Path) -> None:
    for one in lessons_of_sections():
        book = json.loads((root / "notebooks" / one.notebook).read_text(encoding="utf-8"))
        text = "\n".join(
            "".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "markdown"
        )
        for item in askable_items():
            if item.id.startswith(one.id):
                parts = parts_of(one, item)
                assert parts, item.id
                for part in parts:
                    assert re.search(rf"^##+ {re.escape(part)}\s*$", text, re.MULTILINE), part


def test_a_missing_notebook_leaves_lesson_and_sentences() -> None:
    one = dataclasses.replace(lessons_of_sections()[0], notebook="no-such.ipynb")
    assert parts_of(one, askable_items()[0]) == ()


# --- Solved and mistaken copies -------------------------------------------------------------------


def test_copies_take_the_test_and_build_the_map() -> None:
    book = v4.new_notebook(cells=[v4.new_code_cell(f"mali.{name}()") for name in ("test", "argue")])
    for way, calls in (
        ("solved", ["take_test(form, right=True)", "join(form, 'supported')"]),
        (
            "mistaken",
            ["take_test(form, right=False)", "join(form, 'suggested')", "join(form, 'absent')"],
        ),
    ):
        copy = copy_of(book, way)  # type: ignore[arg-type]
        sources = [cell.source for cell in copy.cells]
        assert [source for source in sources[1:] if "mali." not in source] == calls


@pytest.mark.parametrize("right", [True, False])
def test_a_copy_prints_the_result_of_the_test(
    capsys: pytest.CaptureFixture[str], right: bool
) -> None:
    take_test(mali.test(), right=right)
    count = min(SIZE, len(askable_items()))
    said = f"The test is over: {count if right else 0} of {count} right.\n"
    assert capsys.readouterr().out == said


def test_a_copy_misses_feedback_that_is_not_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "feedback_html", lambda told, item, **_: ("<p>Not yet.</p>", ""))
    take_test(mali.test(), right=False)
    assert "the feedback is missing" in capsys.readouterr().out
