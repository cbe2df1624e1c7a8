"""Nothing a learner does is lost: kills, two kernels, torn and foreign files, other machines."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from wrong_responses import mistakes

from mali_course.core.errors import CourseError
from mali_course.core.html import text_of
from mali_course.core.lessons import lesson
from mali_course.core.messages import say
from mali_course.forms.exchange import Reply
from mali_course.forms.live import LiveForm
from mali_course.forms.responses import values_of
from mali_course.questions import bank
from mali_course.questions.item import Item
from mali_course.questions.kinds.choice import Choice
from mali_course.questions.kinds.code import Code
from mali_course.questions.kinds.open import Open
from mali_course.record.attempts import Attempts
from mali_course.record.course_state import LessonState, lesson_state, locators_again
from mali_course.record.item_state import item_states
from mali_course.record.log import Log, the_log
from mali_course.record.portable import LARGEST, open_packed, pack_log, restore_events
from mali_course.views.asking import ask, guess
from mali_course.views.checking import check
from mali_course.views.progress_files import export_progress, restore_progress
from mali_course.views.progress_view import progress

CHOICE = next(item for item in bank.items() if isinstance(item, Choice))
OPEN = next(item for item in bank.items() if isinstance(item, Open))
CODE = next(item for item in bank.items() if isinstance(item, Code))

_WRITER = """
import sys, time
from mali_course.record.log import the_log
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[2])):
    the_log().add({"item": sys.argv[1], "event": "answer", "state": "wrong", "score": 0.0,
                   "response": "x" * 300, "number": number})
    print(number, flush=True)
"""


def _writer(item: str, count: int) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITER, item, str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def test_a_kernel_killed_while_it_writes_loses_no_earlier_answer() -> None:
    process = _writer("00-15", 100_000)
    assert process.stdin
    assert process.stdout
    process.stdin.write("\n")
    process.stdin.flush()
    told = [process.stdout.readline() for _ in range(200)]
    time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    told += process.stdout.readlines()
    process.wait()
    finished = [int(line) for line in told if line.endswith("\n")]
    numbers = {event["number"] for event in the_log().events()}
    assert len(finished) >= 200
    assert set(finished) <= numbers


def test_two_kernels_that_write_at_once_lose_nothing() -> None:
    both = [_writer("00-15", 300), _writer("00-02", 300)]
    for process in both:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    for process in both:
        assert process.stdout
        process.stdout.read()
        assert process.wait() == 0
    events = the_log().events()
    for item in ("00-15", "00-02"):
        assert [e["number"] for e in events if e["item"] == item] == list(range(300))


def at_once(do: Callable[[str], None], names: Iterable[str]) -> list[Exception]:
    """Call a function in a thread for each name, in turns as short as can be; return errors."""
    problems: list[Exception] = []

    def noted(name: str) -> None:
        try:
            do(name)
        except Exception as problem:
            problems.append(problem)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=noted, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    return problems


def test_a_form_may_answer_while_a_cell_answers_and_other_kernels_begin(tmp_path: Path) -> None:
    """JupyterLab lets a form answer in a thread of its own; both threads read the whole log."""
    log = Log(tmp_path)

    def answer(item: str) -> None:
        for _ in range(50):
            log.add({"item": item, "event": "answer"})
            Log(tmp_path).add({"item": "00-15", "event": "answer"})  # another kernel's file
            log.events()

    assert not at_once(answer, ["01-31", "01-03", "01-04"])
    assert len(log.events()) == 2 * 3 * 50


def test_progress_is_shown_to_the_end_while_a_form_and_a_cell_answer() -> None:
    form = progress("01")

    def show(name: str) -> None:
        for number in range(10_000):
            form.show(Reply(f"{name} {number}", "view"))

    assert not at_once(show, "ab")
    # Each reply has a number of its own, by which the page knows the last one.
    assert form.reply["n"] == 20_001


def test_a_torn_or_foreign_file_is_skipped_with_a_plain_message(home: Path) -> None:
    ask(CHOICE.id).send_values({"answer": [CHOICE.key_response()]}, "check")  # type: ignore[union-attr]
    place = home / "progress"
    (place / "torn.jsonl").write_bytes(b'{"id": "1", "time": "2026", "item": "00-0')
    (place / "foreign.jsonl").write_bytes(b"\x89PNG\r\n\xff\xfe\x00 not ours\n[1, 2]\n{}\n")
    (place / "deep.jsonl").write_bytes(b"[" * 100_000 + b"\n")
    (place / "bad-score.jsonl").write_text(
        '{"id": "2", "time": "t", "item": "00-15", "event": "answer", "score": 1e999}\n'
    )
    (place / "folder.jsonl").mkdir()
    assert len(the_log().events()) == 1
    shown = progress().reply["view"]
    for name in ("torn", "foreign", "deep", "bad-score", "folder"):
        assert f"{name}.jsonl could not be read and were skipped" in shown
    assert "1 of " in shown


def test_a_learner_who_comes_back_finds_the_last_answer() -> None:
    wrong = mistakes(CHOICE)[0].response
    ask(CHOICE.id).send_values({"answer": [wrong]}, "check")  # type: ignore[union-attr]
    again = ask(CHOICE.id)
    assert again.draft == {"answer": [wrong]}  # type: ignore[union-attr]
    assert "answered this before" in again.reply["status"]  # type: ignore[union-attr]


def test_a_guess_is_shown_again_when_the_question_is_asked_for_real() -> None:
    item = bank.find("01-01")
    reply = guess(item.id).send_values({"answer": ["33,000"]}, "keep")  # type: ignore[union-attr]
    assert "guess is kept" in reply.status
    assert "33,000" in ask(item.id).reply["status"]  # type: ignore[union-attr]


def test_half_a_sentence_survives_a_stopped_kernel() -> None:
    form = ask(OPEN.id)
    form.draft = {"text": ["Half a sent"]}  # type: ignore[union-attr]
    assert ask(OPEN.id).draft == {"text": ["Half a sent"]}  # type: ignore[union-attr]


def test_an_open_answer_counts_once_it_is_saved_beside_the_model() -> None:
    form = ask(OPEN.id)
    reply = form.send_values({"text": ["Three whole words."]}, "check")  # type: ignore[union-attr]
    assert reply.state == "kept"
    assert OPEN.model in reply.view.replace("&#x27;", "'")
    state = item_states(the_log().events())[OPEN.id]
    assert (state.standing, state.sign, state.first_try) == ("done", "written", None)
    form.send_values({"text": ["Three whole words."], "met": ["1"]}, "judge")  # type: ignore[union-attr]
    state = item_states(the_log().events())[OPEN.id]
    assert (state.standing, state.sign) == ("done", "written")
    assert state.score == pytest.approx(1 / len(OPEN.criteria), abs=1e-3)


def test_steps_of_feedback_lead_to_the_answer_and_begin_again() -> None:
    form = ask(CHOICE.id)
    right = next(option for option in CHOICE.options if option.key)
    wrong, other = (mistake.response for mistake in mistakes(CHOICE)[:2])
    replies = [
        form.send_values({"answer": [given]}, "check")  # type: ignore[union-attr]
        for given in (wrong, other, wrong, other, wrong)
    ]
    # What was told stays told, however often somebody tries again.
    assert ["Where to look" in r.status for r in replies] == [True, True, False, False, False]
    told = "What the report says there"
    assert [told in r.status for r in replies] == [False, True, False, False, False]
    assert [told in r.view for r in replies] == [False, False, True, True, True]
    assert [right.feedback in r.view for r in replies] == [False, False, True, True, True]
    assert ["The answer:" in r.status for r in replies] == [False, False, True, True, True]
    assert ["Show the answer" in r.view for r in replies] == [True, True, False, False, False]
    assert ["mali-onward" in r.view for r in replies] == [False, False, True, True, True]
    # The answer was told, and not asked for: the question is open until it is answered right.
    state = item_states(the_log().events())[CHOICE.id]
    assert (state.sign, state.told, state.score) == ("tried", True, 0.0)
    form.send_values({"answer": [CHOICE.key_response()]}, "check")  # type: ignore[union-attr]
    state = item_states(the_log().events())[CHOICE.id]
    assert (state.sign, state.first, state.score) == ("later", False, 0.0)


@pytest.mark.parametrize("item", [CHOICE, CODE], ids=["form", "code"])
def test_the_same_wrong_answer_again_says_so_and_is_no_further_try(item: Item) -> None:
    first, second = (mistake.response for mistake in mistakes(item)[:2])

    def said(response: Any) -> str:
        if isinstance(item, Code):
            return check(item.id, response).text
        form = ask(item.id)
        assert isinstance(form, LiveForm)
        return form.send_values(values_of(item, response), "check").status

    again = say("interface.feedback.same")
    assert again not in said(first)
    for _ in range(3):
        assert again in said(first)
    assert [event["try"] for event in the_log().events()] == [1]
    assert again not in said(second)
    assert "The answer:" not in said(second)
    assert "The answer:" in said(first)  # another one than the last: the third try


def test_an_answer_is_the_same_after_its_log_was_written_and_read() -> None:
    for item in bank.lesson_items("00"):
        for mistake in mistakes(item)[:1]:
            attempts = Attempts(item, the_log())
            attempts.answer(mistake.response)
            other = Attempts(item, Log(the_log().place))
            assert say("interface.feedback.same") in other.answer(mistake.response).heading


def test_a_wrong_or_unread_answer_takes_nothing_away_from_a_right_one() -> None:
    form = ask(CHOICE.id)
    assert isinstance(form, LiveForm)
    stays = say("interface.feedback.stays")
    assert stays not in form.send_values({"answer": [mistakes(CHOICE)[0].response]}, "check").status
    assert stays not in form.send_values({"answer": [CHOICE.key_response()]}, "check").status
    for given in ({}, {"answer": [mistakes(CHOICE)[0].response]}, {}):
        reply = form.send_values(given, "check")
        assert stays in reply.status
        assert 'data-go="next"' in reply.view
    assert item_states(the_log().events())[CHOICE.id].sign == "later"
    again = ask(CHOICE.id)
    assert isinstance(again, LiveForm)
    assert stays in again.reply["status"]


def test_an_unread_answer_does_not_take_away_what_was_told() -> None:
    form = ask(CHOICE.id)
    assert isinstance(form, LiveForm)
    form.send_values({"answer": [mistakes(CHOICE)[0].response]}, "check")
    told = form.send_values({}, "answer").status
    assert CHOICE.explain in told
    reply = form.send_values({}, "check")
    assert reply.state == "unread"
    assert CHOICE.explain in reply.view
    assert "Show the answer" not in reply.view


def test_the_answer_can_be_asked_for_after_one_try_and_is_not_counted_as_right() -> None:
    form = ask(CHOICE.id)
    form.send_values({"answer": [mistakes(CHOICE)[0].response]}, "check")  # type: ignore[union-attr]
    reply = form.send_values({}, "answer")  # type: ignore[union-attr]
    assert "The answer:" in reply.status
    form.send_values({"answer": [CHOICE.key_response()]}, "check")  # type: ignore[union-attr]
    state = item_states(the_log().events())[CHOICE.id]
    assert (state.sign, state.first, state.score) == ("seen", False, 0.0)


def test_what_cannot_be_read_costs_no_try() -> None:
    form = ask(CHOICE.id)
    for odd in ({}, {"answer": []}, {"answer": ["zz"]}, {"other": ["a"]}):
        assert form.send_values(odd, "check").state == "unread"  # type: ignore[union-attr]
    assert the_log().events() == []


@pytest.mark.parametrize(
    "odd",
    [
        None,
        7,
        "x",
        [],
        {"values": 3},
        {"values": {"answer": 3}},
        {"action": [], "values": {"answer": [None]}},
    ],
)
def test_odd_messages_from_a_page_do_no_harm(odd: object) -> None:
    form = ask(CHOICE.id)
    form.submission = odd  # type: ignore[union-attr]
    assert form.reply["state"] == "unread"  # type: ignore[union-attr]


def test_progress_moves_to_another_machine(tmp_path: Path) -> None:
    ask(CHOICE.id).send_values({"answer": [CHOICE.key_response()]}, "check")  # type: ignore[union-attr]
    text = pack_log(the_log(), "Ada")
    other = Log(tmp_path / "other")
    assert "1 answers were added" in restore_events(other, text)
    assert "were here already" in restore_events(other, text)
    assert item_states(other.events())[CHOICE.id].first
    assert json.loads(pack_log(other))["learner"] == ""


BAD_FILES = [
    "",
    "{",
    "null",
    "[]",
    "7",
    "{}",
    '{"format": "mali-course-progress"}',
    '{"format": "other", "events": []}',
    '{"format": "mali-course-progress", "events": [{"id": 1}]}',
    '{"format": "mali-course-progress", "events": ["x"]}',
    "[" * 200_000,
    "\x00\xff",
    "x" * (LARGEST + 1),
]


@pytest.mark.parametrize("text", BAD_FILES, ids=range(len(BAD_FILES)))
def test_a_file_that_is_not_ours_changes_nothing(text: str) -> None:
    with pytest.raises(CourseError, match="Nothing was changed"):
        open_packed(text)


def test_progress_files_by_name(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    assert "mine.json" in export_progress(file, "Ada").text
    with pytest.raises(CourseError, match="there already"):
        export_progress(file)
    with pytest.raises(CourseError, match="cannot be written"):
        export_progress(tmp_path / "no" / "folder.json")
    with pytest.raises(CourseError, match="cannot be read"):
        restore_progress(tmp_path / "nothing.json")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CourseError, match="cannot be read"):
        restore_progress(tmp_path / "bytes.json")
    assert "here already" in restore_progress(file).text


def test_an_answer_that_cannot_be_saved_is_still_marked_and_kept(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.mkdir()
    (home / "progress").write_text("a file where the folder should be")
    reply = ask(CHOICE.id).send_values({"answer": [CHOICE.key_response()]}, "check")  # type: ignore[union-attr]
    assert reply.state == "right"
    assert "could not be saved" in reply.status
    assert json.loads(pack_log(the_log()))["events"][0]["item"] == CHOICE.id


def test_a_wrong_answer_names_what_to_read_again_until_it_is_right() -> None:
    def mine() -> LessonState:
        states = item_states(the_log().events())
        return lesson_state(lesson(CHOICE.id[:2]), states)

    form = ask(CHOICE.id)
    form.send_values({"answer": [mistakes(CHOICE)[0].response]}, "check")  # type: ignore[union-attr]
    assert (mine().answered, mine().sign_of(CHOICE)) == (0, "tried")
    assert locators_again(mine()) == dict.fromkeys(sorted(CHOICE.cites), (CHOICE,))
    form.send_values({"answer": [CHOICE.key_response()]}, "check")  # type: ignore[union-attr]
    assert (mine().answered, mine().sign_of(CHOICE)) == (1, "later")
    assert locators_again(mine()) == {}


def test_the_progress_in_all_lessons_begins_with_the_whole_course() -> None:
    ask(CHOICE.id).send_values({"answer": [CHOICE.key_response()]}, "check")  # type: ignore[union-attr]
    items = sum(len(bank.lesson_items(number)) for number in bank.lessons())
    assert f"1 of {items} questions answered" in progress().reply["view"]
    count = len(bank.lesson_items(CHOICE.id[:2]))
    assert f"1 of {count} questions answered" in progress(CHOICE.id[:2]).reply["view"]


def test_a_computed_value_goes_through_the_same_steps() -> None:
    wrong, other = (mistake.response for mistake in mistakes(CODE)[:2])
    shown = [check(CODE.id, value).text for value in (wrong, other, wrong)]
    assert ["Where to look" in text for text in shown] == [True, True, False]
    # The answer was told: it stays.
    assert CODE.solution.splitlines()[0] in check(CODE.id, other).text
    assert 'value="answer"' not in check(CODE.id, wrong).reply["view"]
    assert CODE.solution.splitlines()[0] in shown[2]
    assert check(CODE.id, CODE.key_response()).state == "right"
    assert check(CODE.id, answer=True).state == "shown"
    assert check(CODE.id).text == check(CODE.id, ...).text


def test_a_view_that_fails_takes_no_reply_away(tmp_path: Path) -> None:
    log = Log(tmp_path)
    log.listen("a broken view", lambda: 1 // 0)
    assert log.add({"item": CHOICE.id, "event": "answer"}) == ""
    assert [event["item"] for event in Log(tmp_path).events()] == [CHOICE.id]


@pytest.mark.parametrize("value", [..., None], ids=["dots", "none"])
def test_who_does_not_program_can_leave_a_question_of_code(value: object) -> None:
    shown = check(CODE.id, value)
    assert shown.state == "unread"
    assert 'value="answer"' in shown.reply["view"]
    assert 'data-go="next"' in shown.reply["view"]
    told = shown.send_values({}, "answer")
    assert CODE.solution.splitlines()[0] in text_of(told.status)
    assert "mali-onward" in told.view
    assert item_states(the_log().events())[CODE.id].sign == "seen"
