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

# The test and the argument map, whose questions come from all lessons, are part of this one.
_ACROSS = "07"


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
    here = event["item"] in known and not event.get("test")
    return str(event["item"]).partition("-")[0] if here else _ACROSS


def _is_done(lesson: Lesson, states: dict[str, ItemState]) -> bool:
    """Whether nothing is open but the code, which every lesson says can be skipped."""
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
    >>> lesson_to_open([{"item": "02-05", "event": "answer", "state": "wrong"}]).lesson.id
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
        if not _is_done(one, states):
            return NextLesson(one, "again" if one == last else "next", last)
    return NextLesson(every[0], "done", last)
