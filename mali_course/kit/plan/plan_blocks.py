"""What is said of a plan, in the one order and the one wording of terminal and page.

`plan_blocks` walks over a plan and yields blocks; `plan_text` and `plan_page` only lay them out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mali_course.core.lessons import Lesson, Part
from mali_course.core.messages import say
from mali_course.kit.plan.exercises import Exercise, Pieces
from mali_course.kit.plan.plan_clock import clock_text, minutes_text
from mali_course.kit.plan.plan_model import Activity, Plan, Print, Session

__all__ = [
    "Account", "Block", "Cards", "Commands", "Entry", "Glance", "Listing", "Paragraph", "Sheet",
    "Timetable", "plan_blocks",
]


@dataclass(frozen=True)
class Paragraph:
    """A text after its label."""

    label: str
    text: str
    kind = "paragraph"


@dataclass(frozen=True)
class Listing:
    """Texts under a title, such as what to prepare."""

    title: str
    texts: tuple[str, ...]
    kind = "listing"


@dataclass(frozen=True)
class Commands:
    """What to print, each with the command that makes it."""

    title: str
    prints: tuple[Print, ...]
    kind = "commands"


@dataclass(frozen=True)
class Glance:
    """All sessions as a table: number, title, minutes in class and at home."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, str, float, float], ...]
    note: str
    kind = "glance"


@dataclass(frozen=True)
class Entry:
    """A part of a session at its time."""

    time: str
    minutes: str
    heading: str
    notes: tuple[str, ...]
    exercise: Exercise | None


@dataclass(frozen=True)
class Timetable:
    """A session, minute by minute, with the homework after it."""

    title: str
    span: str
    pause: str
    entries: tuple[Entry, ...]
    homework: Listing | None
    kind = "timetable"


@dataclass(frozen=True)
class Account:
    """What becomes of the parts of each lesson."""

    title: str
    lead: str
    lessons: tuple[Listing, ...]
    kind = "account"


@dataclass(frozen=True)
class Cards:
    """Cards to cut out; a page alone has them."""

    title: str
    texts: tuple[str, ...]
    kind = "cards"


@dataclass(frozen=True)
class Sheet:
    """A sheet to copy, with room beside each text; a page alone has it."""

    title: str
    caption: str
    texts: tuple[str, ...]
    kind = "sheet"


Block = Paragraph | Listing | Commands | Glance | Timetable | Account | Cards | Sheet


def _label(name: str, **fields: object) -> str:
    return say(f"kit_plan.show.{name}", **fields)


def _pieces_text(pieces: Pieces) -> str:
    """Return parts of a lesson with their minutes."""
    parts = (
        _label("part", part=part.part, minutes=minutes_text(part.minutes)) for part in pieces.parts
    )
    return _label("lesson", id=pieces.lesson_id, parts=", ".join(parts))


def _activity_heading(activity: Activity) -> str:
    if activity.exercise:
        return _label("exercise", title=activity.exercise.title)
    if activity.pieces:
        parts = _pieces_text(activity.pieces)
        return _label("and_talk", pieces=parts) if activity.discussion else parts
    if activity.discussion:
        return activity.title or _label("talk")
    return activity.title


def _activity_notes(activity: Activity) -> Iterator[str]:
    """Yield what stands under a part of a session, but for the steps of an exercise."""
    if activity.pieces and activity.form:
        yield _label(activity.form, needs=minutes_text(activity.pieces.alone_minutes))
    if activity.discussion:
        yield _label("question", question=activity.discussion.question)
    yield activity.how
    if activity.discussion:
        yield _label("listen", text=activity.discussion.listen_for)
    if activity.exercise:
        exercise = activity.exercise
        yield _label("stands_for", parts=", ".join(exercise.titles), id=exercise.lesson_id)
        yield _label("groups", text=exercise.groups)
        yield _label("care", text=exercise.care)


def _homework(session: Session) -> Listing | None:
    if not session.homework:
        return None
    return Listing(
        _label("home", minutes=minutes_text(session.home_minutes)),
        tuple(
            _label("home_line", pieces=_pieces_text(pieces), how=pieces.how)
            for pieces in session.homework
        ),
    )


def _timetable(number: int, session: Session, begin: float, start: int | None) -> Timetable:
    end = begin + session.minutes
    return Timetable(
        title=_label("session", number=number, title=session.title),
        span=_label(
            "session_minutes",
            minutes=minutes_text(session.minutes),
            begin=clock_text(begin, start),
            end=clock_text(end, start),
        ),
        pause=(
            "" if session.pause is None
            else _label("pause", minutes=minutes_text(session.pause))
        ),
        entries=tuple(
            Entry(
                clock_text(minute, start),
                minutes_text(activity.minutes),
                _activity_heading(activity),
                tuple(_activity_notes(activity)),
                activity.exercise,
            )
            for minute, activity in session.timed_activities(begin)
        ),
        homework=_homework(session),
    )


def _parts_text(lesson: Lesson, parts: list[Part]) -> str:
    if len(parts) == len(lesson.plan):
        return _label("all", count=len(parts))
    return "; ".join(part.part for part in parts) or _label("none")


def _lesson_account(plan: Plan, lesson: Lesson) -> Listing:
    """Return what becomes of the parts of a lesson, and what is lost."""
    places = plan.part_places(lesson)
    texts = [_label("in_class", parts=_parts_text(lesson, places["class"]))]
    if places["home"]:
        texts.append(_label("at_home", parts=_parts_text(lesson, places["home"])))
    if places["out"]:
        texts.append(_label("out", parts=_parts_text(lesson, places["out"])))
    texts += [
        _label("lost", text=left.lost)
        for left in plan.left_out
        if left.lesson_id == lesson.id
    ]
    return Listing(_label("lesson_title", id=lesson.id, title=lesson.title), tuple(texts))


def _glance(plan: Plan) -> Glance:
    return Glance(
        _label("glance"),
        tuple(_label(f"col_{name}") for name in ("number", "session", "minutes", "home")),
        tuple(
            (f"{number}", session.title, session.minutes, session.home_minutes)
            for number, session in enumerate(plan.sessions, start=1)
        ),
        _label("glance_note"),
    )


def _paper_blocks(exercise: Exercise) -> Iterator[Block]:
    if exercise.cards:
        yield Cards(_label("cards", title=exercise.title), exercise.cards)
    if exercise.sheet:
        yield Sheet(_label("sheet", title=exercise.title), exercise.title, exercise.sheet)


def plan_blocks(plan: Plan, start: int | None = None, only: int | None = None) -> Iterator[Block]:
    """Yield what is said of a plan below its title.

    Parameters
    ----------
    plan : Plan
    start : int, optional
        Minutes after midnight at which a day begins. None: count from 0:00.
    only : int, optional
        Number of the only session to show.

    Examples
    --------
    >>> from mali_course.kit.plan.plan_loader import plan
    >>> [block.title for block in plan_blocks(plan("half-day"), only=1)]
    ['1. Half a day']
    """
    timetables = [
        _timetable(number, session, begin, start)
        for number, (begin, session) in enumerate(plan.timed_sessions, start=1)
    ]
    if only is not None:
        yield timetables[only - 1]
        return
    yield Paragraph(_label("for_whom"), plan.for_whom)
    yield Listing(_label("about"), plan.about)
    yield Listing(_label("prepare"), plan.prepare)
    yield Commands(_label("print"), plan.prints)
    yield Listing(_label("materials"), plan.materials)
    yield Listing(_label("network"), plan.network_fails)
    yield _glance(plan)
    yield from timetables
    lessons = tuple(_lesson_account(plan, lesson) for lesson in plan.lessons)
    yield Account(_label("account"), _label("account_lead"), lessons)
    for exercise in plan.exercises:
        yield from _paper_blocks(exercise)
