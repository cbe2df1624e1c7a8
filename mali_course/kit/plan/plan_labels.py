"""What the terminal and the page say in the same words about a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mali_course.core.errors import CourseError
from mali_course.core.lessons import Lesson, Part
from mali_course.core.messages import say
from mali_course.kit.plan.plan_model import Activity, LeftOut, Pieces, Plan, Session

__all__ = [
    "clock",
    "fates",
    "heading",
    "home",
    "minutes",
    "named",
    "notes",
    "span",
    "start_minute",
    "starts",
]

_DAY = 24 * 60


def start_minute(text: str) -> int:
    """Return a time of day as minutes after midnight.

    Raises
    ------
    CourseError
        If it is none.

    Examples
    --------
    >>> start_minute("9:30")
    570
    """
    found = re.fullmatch(r"([01]?\d|2[0-3])[:.h]([0-5]\d)", text.strip())
    if not found:
        raise CourseError(say("kit_plan.no_time", text=text))
    return int(found[1]) * 60 + int(found[2])


def clock(minute: float, start: int | None) -> str:
    """Return a minute of a session as a time: of the day, or from 0:00.

    Examples
    --------
    >>> clock(65, None), clock(65, 9 * 60)
    ('1:05', '10:05')
    """
    whole = int(minute) if start is None else (int(minute) + start) % _DAY
    hours = f"{whole // 60}" if start is None else f"{whole // 60:02}"
    return f"{hours}:{whole % 60:02}"


def starts(plan: Plan) -> Iterator[float]:
    """Yield at which minute of its day each session begins."""
    end = 0.0
    for one in plan.sessions:
        begin = 0.0 if one.pause is None else end + one.pause
        end = begin + one.minutes
        yield begin


def minutes(number: float) -> str:
    """Return minutes without a needless point."""
    return f"{number:g}"


def span(session: Session, begin: float, start: int | None) -> str:
    """Return how long a session takes, from when to when."""
    return say(
        "kit_plan.show.session_minutes",
        minutes=minutes(session.minutes),
        begin=clock(begin, start),
        end=clock(begin + session.minutes, start),
    )


def named(pieces: Pieces) -> str:
    """Return parts of a lesson with their minutes."""
    parts = (
        say("kit_plan.show.part", part=part.part, minutes=minutes(part.minutes))
        for part in pieces.parts
    )
    return say("kit_plan.show.lesson", id=pieces.lesson.id, parts=", ".join(parts))


def heading(one: Activity) -> str:
    """Return what stands over a part of a session."""
    if one.exercise:
        return say("kit_plan.show.exercise", title=one.exercise.title)
    if one.pieces:
        done = named(one.pieces)
        return say("kit_plan.show.and_talk", pieces=done) if one.discussion else done
    if one.discussion:
        return one.title or say("kit_plan.show.talk")
    return one.title


def notes(one: Activity) -> Iterator[str]:
    """Yield what stands under a part of a session, but for the steps of an exercise."""
    if one.pieces:
        needs = minutes(one.pieces.minutes)
        if one.form == "pairs":
            yield say("kit_plan.show.pairs", needs=needs)
        elif one.form == "class":
            yield say("kit_plan.show.class", needs=needs)
        else:
            yield say("kit_plan.show.alone", needs=needs)
    if one.discussion:
        yield say("kit_plan.show.question", question=one.discussion.question)
    yield one.how
    if one.discussion:
        yield say("kit_plan.show.listen", text=one.discussion.listen_for)
    if one.exercise:
        covers = one.exercise.covers
        yield say("kit_plan.show.stands_for", parts=", ".join(covers.titles), id=covers.lesson.id)
        yield say("kit_plan.show.groups", text=one.exercise.groups)
        yield say("kit_plan.show.care", text=one.exercise.care)


def home(session: Session) -> float:
    """Return the minutes of a session's homework, for one person alone."""
    return sum(one.minutes for one in session.homework)


def _list(of: Lesson, parts: list[Part]) -> str:
    if len(parts) == len(of.plan):
        return say("kit_plan.show.all", count=len(parts))
    return "; ".join(part.part for part in parts) or say("kit_plan.show.none")


def fates(plan: Plan, of: Lesson) -> Iterator[str]:
    """Yield what becomes of the parts of a lesson, and what is lost."""
    places = plan.places(of)
    yield say("kit_plan.show.in_class", parts=_list(of, places["class"]))
    if places["home"]:
        yield say("kit_plan.show.at_home", parts=_list(of, places["home"]))
    if places["out"]:
        yield say("kit_plan.show.out", parts=_list(of, places["out"]))
    lost: list[LeftOut] = [one for one in plan.left_out if one.pieces.lesson.id == of.id]
    for one in lost:
        yield say("kit_plan.show.lost", text=one.lost)
