"""The course opens where a learner goes on."""

from __future__ import annotations

from typing import Any

import pytest

from mali_course.questions import bank
from mali_course.questions.kinds.code import Code
from mali_course.record.last_lesson import lesson_to_open


def _event(item: str, state: str = "right", **more: Any) -> dict[str, Any]:
    return {"item": item, "event": "answer", "state": state, "score": 1.0, **more}


def _all_of(number: str, *, code: bool = True) -> list[dict[str, Any]]:
    items = [item for item in bank.lesson_items(number) if code or not isinstance(item, Code)]
    return [_event(item.id) for item in items]


def _opened(*events: dict[str, Any]) -> tuple[str, str]:
    found = lesson_to_open(events)
    return found.lesson.id, found.why


def test_who_has_done_nothing_begins_at_the_beginning() -> None:
    assert _opened() == ("00", "first")


def test_the_lesson_last_worked_in_opens_again() -> None:
    assert _opened(_event("05-02"), _event("02-29", "wrong")) == ("02", "again")
    assert _opened({"item": "03-01", "event": "guess", "response": 3}) == ("03", "again")


def test_a_lesson_that_is_done_is_followed_by_the_next_one_with_an_open_question() -> None:
    assert _opened(*_all_of("02")) == ("03", "next")
    assert _opened(*_all_of("03"), *_all_of("02")) == ("04", "next")
    assert _opened(_event("01-31"), *_all_of("08")) == ("09", "next")
    # After the last lesson come those that were left out.
    assert _opened(_DRAWN, _ENDED, *_all_of("08")) == ("00", "next")


def test_code_that_was_skipped_does_not_hold_a_lesson_back() -> None:
    assert _opened(*_all_of("02", code=False)) == ("03", "next")
    missed = _all_of("02", code=False)
    assert _opened(*missed[1:]) == ("02", "again")


_DRAWN = {"item": "test", "event": "drawn", "test": "1"}
_ENDED = {"item": "test", "event": "ended", "test": "1"}


@pytest.mark.parametrize("event", [_DRAWN, _event("03-02", test="1")])
def test_a_mixed_test_that_is_not_over_opens_again(event: dict[str, Any]) -> None:
    assert _opened(_event("03-02"), event) == ("09", "again")


def test_after_a_mixed_test_come_the_lessons_that_were_left_out() -> None:
    assert _opened(_DRAWN, _event("03-02", test="1"), _ENDED) == ("00", "next")


def test_the_argument_map_is_part_of_lesson_7() -> None:
    argued = {"item": "argument", "event": "answer", "state": "wrong"}
    assert _opened(_event("03-02"), argued) == ("07", "again")


def test_whoever_has_done_all_sees_the_whole() -> None:
    every = [event for number in bank.lessons() for event in _all_of(number)]
    assert _opened(*every) == ("09", "next")
    every = [_DRAWN, _ENDED, *every]
    assert _opened(*every) == ("00", "done")


def test_what_an_unknown_version_has_written_opens_some_lesson() -> None:
    assert _opened({"item": "99-01", "event": "answer", "state": "right"})[1] == "again"
