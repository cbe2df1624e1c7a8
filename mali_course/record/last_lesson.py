"""Where a learner goes on: the lesson last worked in, or the one after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from mali_course.core.lessons import Lesson, lessons
from mali_course.questions import bank
from mali_course.questions.kinds.code import Code
from mali_course.questions.retired import retired_ids
from mali_course.record.item_state import ItemState, item_states
from mali_course.record.log import Event

__all__ = ["NextLesson", "lesson_to_open"]

# What has no questions of its own is part of these.
_OF_THE_WHOLE, _OF_THE_TEST = "07", "09"


class NextLesson(NamedTuple):
    """A lesson to open, and why this one.

    Parameters
    ----------
    lesson : Lesson
    why : str
        "first": nothing was done yet; "again": it is the one last worked in; "next": that one is
        done; "done": all are, and this is the first.
    before : Lesson
        The one last worked in.
    """

    lesson: Lesson
    why: Literal["first", "again", "next", "done"]
    before: Lesson


def _lesson_of(event: Event) -> str:
    """Return the number of the lesson in which something was done."""
    known = {item.id for item in bank.items()} | retired_ids()
    if event.get("test"):
        return _OF_THE_TEST
    return str(event["item"]).partition("-")[0] if event["item"] in known else _OF_THE_WHOLE


def _is_done(lesson: Lesson, states: dict[str, ItemState], events: Sequence[Event]) -> bool:
    """Whether nothing is open but the code, which every lesson says can be skipped.

    A lesson without questions of its own is that of the mixed test, which is done once it ended.
    """
    if not bank.lesson_items(lesson.id):
        return any(event.get("test") and event["event"] == "ended" for event in events)
    return all(
        states.get(item.id, ItemState()).answered
        for item in bank.lesson_items(lesson.id)
        if not isinstance(item, Code)
    )


def lesson_to_open(events: Sequence[Event]) -> NextLesson:
    """Return the lesson that a learner wants to see when the course opens.

    Parameters
    ----------
    events : sequence of Event
        What the learner did, in order of time.

    Examples
    --------
    >>> lesson_to_open([]).lesson.id
    '00'
    >>> lesson_to_open([{"item": "02-29", "event": "answer", "state": "wrong"}]).lesson.id
    '02'
    """
    every = lessons()
    if not events:
        return NextLesson(every[0], "first", every[0])
    number = _lesson_of(events[-1])
    place = next(index for index, one in enumerate(every) if one.id == number)
    last, states = every[place], item_states(events)
    # After the last lesson come those that were left out.
    for one in (*every[place:], *every[:place]):
        if not _is_done(one, states, events):
            return NextLesson(one, "again" if one == last else "next", last)
    return NextLesson(every[0], "done", last)
