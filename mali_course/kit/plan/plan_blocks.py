"""What is said of a plan, in the one order and the one wording of terminal and page.

`plan_blocks` walks over a plan and yields blocks; `plan_text` and `plan_page` only lay them out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mali_course.core.bibliography import report_places_lines
from mali_course.core.lessons import Lesson, Part
from mali_course.core.messages import say
from mali_course.core.report import Sentence, sentences
from mali_course.core.table import Table
from mali_course.kit.plan.exercises import Exercise, Pieces
from mali_course.kit.plan.plan_clock import clock_text, minutes_text
from mali_course.kit.plan.plan_model import Activity, Plan, Print, Session
from mali_course.kit.with_report import report_source
from mali_course.original.kept import originals

__all__ = [
    "Account", "Block", "Commands", "Entry", "Listing", "Paragraph", "Sentences", "TableBlock",
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
    """Texts under a title: what to prepare, or ``cards`` to cut out, which a page alone has."""

    title: str
    texts: tuple[str, ...]
    kind: str = "listing"


@dataclass(frozen=True)
class Commands:
    """What to print, each with the command that makes it."""

    title: str
    prints: tuple[Print, ...]
    kind = "commands"


@dataclass(frozen=True)
class TableBlock:
    """All sessions at a ``glance``, or a ``sheet`` to copy, which a page alone has."""

    title: str
    table: Table
    kind: str


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
class Sentences:
    """What the report says in the sections of some lessons, and in its own words."""

    title: str
    source: str
    rows: tuple[Sentence, ...]
    texts: Mapping[str, str]
    kind = "sentences"


Block = Paragraph | Listing | Commands | TableBlock | Timetable | Account | Sentences


def _label_text(name: str, **fields: object) -> str:
    return say(f"kit_plan.show.{name}", **fields)


def _pieces_text(pieces: Pieces) -> str:
    """Return parts of a lesson with their minutes."""
    parts = (
        _label_text("part", part=part.part, minutes=minutes_text(part.minutes))
        for part in pieces.parts
    )
    return _label_text("lesson", id=pieces.lesson_id, parts=", ".join(parts))


def _activity_heading(activity: Activity) -> str:
    if activity.exercise:
        return _label_text("exercise", title=activity.exercise.title)
    if activity.pieces:
        parts = _pieces_text(activity.pieces)
        return _label_text("and_talk", pieces=parts) if activity.discussion else parts
    if activity.discussion:
        return activity.title or _label_text("talk")
    return activity.title


def _activity_notes(activity: Activity) -> Iterator[str]:
    """Yield what stands under a part of a session, but for the steps of an exercise."""
    if activity.pieces and activity.form:
        yield _label_text(activity.form, needs=minutes_text(activity.pieces.alone_minutes))
    if activity.discussion:
        yield _label_text("question", question=activity.discussion.question)
    yield activity.how
    if activity.discussion:
        yield _label_text("listen", text=activity.discussion.listen_for)
    if activity.exercise:
        exercise = activity.exercise
        yield _label_text("stands_for", parts=", ".join(exercise.titles), id=exercise.lesson_id)
        yield _label_text("groups", text=exercise.groups)
        yield _label_text("care", text=exercise.care)


def _homework_list(session: Session) -> Listing | None:
    if not session.homework:
        return None
    return Listing(
        _label_text("home", minutes=minutes_text(session.home_minutes)),
        tuple(
            _label_text("home_line", pieces=_pieces_text(pieces), how=pieces.how)
            for pieces in session.homework
        ),
    )


def _pause_text(session: Session) -> str:
    if session.pause is None:
        return ""
    return _label_text("pause", minutes=minutes_text(session.pause))


def _session_timetable(number: int, session: Session, begin: float, start: int | None) -> Timetable:
    end = begin + session.minutes
    return Timetable(
        title=_label_text("session", number=number, title=session.title),
        span=_label_text(
            "session_minutes",
            minutes=minutes_text(session.minutes),
            begin=clock_text(begin, start),
            end=clock_text(end, start),
        ),
        pause=_pause_text(session),
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
        homework=_homework_list(session),
    )


def _parts_text(lesson: Lesson, parts: list[Part]) -> str:
    if len(parts) == len(lesson.plan):
        return _label_text("all", count=len(parts))
    return "; ".join(part.part for part in parts) or _label_text("none")


def _lesson_account(plan: Plan, lesson: Lesson) -> Listing:
    """Return what becomes of the parts of a lesson, and what is lost."""
    places = plan.part_places(lesson)
    texts = [_label_text("in_class", parts=_parts_text(lesson, places["class"]))]
    if places["home"]:
        texts.append(_label_text("at_home", parts=_parts_text(lesson, places["home"])))
    if places["out"]:
        texts.append(_label_text("out", parts=_parts_text(lesson, places["out"])))
    texts += [
        _label_text("lost", text=left.lost)
        for left in plan.left_out
        if left.lesson_id == lesson.id
    ]
    return Listing(_label_text("lesson_title", id=lesson.id, title=lesson.title), tuple(texts))


def _sessions_glance(plan: Plan) -> TableBlock:
    columns = tuple(_label_text(f"col_{name}") for name in ("number", "session", "minutes", "home"))
    rows = tuple(
        (f"{number}", session.title, session.minutes, session.home_minutes)
        for number, session in enumerate(plan.sessions, start=1)
    )
    return TableBlock(_label_text("glance"), Table(_label_text("glance"), columns, rows), "glance")


def _paper_blocks(exercise: Exercise) -> Iterator[Block]:
    if exercise.cards:
        yield Listing(_label_text("cards", title=exercise.title), exercise.cards, "cards")
    if exercise.sheet:
        columns = (_label_text("col_look"), _label_text("col_found"))
        table = Table(exercise.title, columns, tuple((text, "") for text in exercise.sheet))
        yield TableBlock(_label_text("sheet", title=exercise.title), table, "sheet")


def _report_list() -> Listing:
    """Return what to look at before anybody prints the report, and how to bring it."""
    more = (_label_text("bring"), _label_text("locators"))
    texts = (_label_text("look"), *report_places_lines(), *more)
    return Listing(_label_text("report"), texts)


def _sentence_blocks(lessons: Iterable[Lesson]) -> Iterator[Block]:
    """Yield what the report says in the sections of lessons, where its sentences may be shown."""
    texts = originals()
    numbers = {number for lesson in lessons for number in lesson.sections}
    rows = tuple(one for one in sentences() if one.section in numbers)
    if any(one.locator in texts for one in rows):
        yield Sentences(_label_text("sentences"), report_source(), rows, texts)


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
        _session_timetable(number, session, begin, start)
        for number, (begin, session) in enumerate(plan.timed_sessions, start=1)
    ]
    if only is not None:
        yield timetables[only - 1]
        yield from _sentence_blocks(plan.sessions[only - 1].lessons)
        return
    yield Paragraph(_label_text("for_whom"), plan.for_whom)
    yield Listing(_label_text("about"), plan.about)
    yield Listing(_label_text("prepare"), plan.prepare)
    yield _report_list()
    yield Commands(_label_text("print"), plan.prints)
    yield Listing(_label_text("materials"), plan.materials)
    yield Listing(_label_text("network"), plan.network_fails)
    yield _sessions_glance(plan)
    yield from timetables
    lessons = tuple(_lesson_account(plan, lesson) for lesson in plan.lessons)
    yield Account(_label_text("account"), _label_text("account_lead"), lessons)
    for exercise in plan.exercises:
        yield from _paper_blocks(exercise)
    yield from _sentence_blocks(plan.lessons)
