"""The parts of the guides in docs/ that repeat data/: lessons, teaching plans, group exercises.

In a guide such a part stands between ``<!-- NAME -->`` and ``<!-- end -->``. The command
``python -m mali_course.kit.reference`` writes them anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from mali_course.core.lessons import Lesson, lessons
from mali_course.core.messages import say
from mali_course.kit.plan import plan_labels
from mali_course.kit.plan.plan_loader import exercises, plans
from mali_course.kit.plan.plan_model import Activity, Exercise, Pieces, Plan

__all__ = ["blocks", "renewed"]

_TEACHING, _WORKSHOP = "docs/teaching.md", "docs/workshop.md"


def _head(name: str) -> list[str]:
    columns = say(f"reference.guides.{name}").split(" | ")
    return [f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]


def _plan(lesson: Lesson) -> str:
    rows = [f"| {part.part} | {part.minutes:g} |" for part in lesson.plan]
    total = f"| **{say('reference.guides.together')}** | **{lesson.minutes:g}** |"
    return "\n".join([*_head("plan"), *rows, total])


def _misunderstandings(lesson: Lesson) -> str:
    return "\n".join(f"- {text}" for text in lesson.misunderstandings)


def _discussion(lesson: Lesson) -> str:
    listen = say("reference.guides.listen")
    return "\n".join(
        f"- **{entry.question}**\n  *{listen}* {entry.listen_for}" for entry in lesson.discussion
    )


def _pieces(one: Pieces) -> str:
    return say("kit_plan.show.lesson", id=one.lesson.id, parts="; ".join(one.titles))


def _happens(part: Activity) -> str:
    if part.exercise:
        return say("reference.guides.exercise", title=part.exercise.title)
    if part.pieces:
        return _pieces(part.pieces)
    if part.discussion:
        return say("reference.guides.talk", question=part.discussion.question)
    return part.title


def _overview() -> str:
    rows = _head("overview")
    for one in plans().values():
        together, home = plan_labels.minutes(one.minutes), plan_labels.minutes(one.home_minutes)
        rows.append(f"| `{one.name}` | {one.title} | {len(one.sessions)} | {together} | {home} |")
    return "\n".join(rows)


def _sessions(one: Plan) -> str:
    rows = _head("sessions")
    for number, session in enumerate(one.sessions, start=1):
        done = "<br>".join(_happens(part) for part in session.activities if part.taught)
        home = "<br>".join(map(_pieces, session.homework))
        told = f"{home} ({plan_labels.minutes(plan_labels.home(session))})" if home else "–"
        rows.append(f"| {number} | {session.title} | {done} | {told} |")
    return "\n".join(rows)


def _timetable(one: Plan) -> str:
    tables = []
    for session, begin in zip(one.sessions, plan_labels.starts(one), strict=True):
        if session.pause:
            tables.append(say("reference.guides.pause", minutes=plan_labels.minutes(session.pause)))
        rows = [f"**{session.title}**", "", *_head("timetable")]
        minute = begin
        for part in session.activities:
            clock = plan_labels.clock(minute, None)
            rows.append(f"| {clock} | {plan_labels.minutes(part.minutes)} | {_happens(part)} |")
            minute += part.minutes
        end, whole = say("reference.guides.end"), plan_labels.minutes(session.minutes)
        rows.append(f"| {plan_labels.clock(minute, None)} | **{whole}** | **{end}** |")
        tables.append("\n".join(rows))
    return "\n\n".join(tables)


def _steps(one: Exercise) -> str:
    rows = [f"| {plan_labels.minutes(step.minutes)} | {step.what} |" for step in one.steps]
    parts = [
        one.groups,
        "\n".join([*_head("steps"), *rows]),
        say("reference.guides.steps_total", minutes=plan_labels.minutes(one.minutes)),
        one.care,
    ]
    if one.sheet:
        looks = [f"| {text} | |" for text in one.sheet]
        parts.append("\n".join([*_head("sheet"), *looks]))
    return "\n\n".join(parts)


def blocks() -> Mapping[tuple[str, str], Callable[[], str]]:
    """Return what the guides repeat: document and name of a part to the function that makes it.

    Examples
    --------
    >>> ("docs/teaching.md", "plan 01") in blocks()
    True
    """
    made: dict[tuple[str, str], Callable[[], str]] = {(_TEACHING, "plans"): _overview}
    for name, plan in plans().items():
        # A plan of one or two days is for the room, with its clock; others are for the term.
        if len(plan.sessions) <= 2:
            made[_WORKSHOP, f"timetable {name}"] = partial(_timetable, plan)
        else:
            made[_TEACHING, f"sessions {name}"] = partial(_sessions, plan)
    for name, exercise in exercises().items():
        made[_TEACHING, f"exercise {name}"] = partial(_steps, exercise)
    for lesson in lessons():
        made[_TEACHING, f"plan {lesson.id}"] = partial(_plan, lesson)
        made[_TEACHING, f"misunderstandings {lesson.id}"] = partial(_misunderstandings, lesson)
        made[_TEACHING, f"discussion {lesson.id}"] = partial(_discussion, lesson)
    return made


def renewed(document: str, text: str) -> str:
    """Return a guide with the parts that repeat data/ written anew.

    Parameters
    ----------
    document : str
        Such as ``"docs/teaching.md"``.
    text : str
        The guide as it is.

    Raises
    ------
    ValueError
        If the guide lacks one of its parts.

    Examples
    --------
    >>> renewed("README.md", "Nothing repeated.")
    'Nothing repeated.'
    """
    for (place, name), make in blocks().items():
        if place != document:
            continue
        found = re.findall(rf"<!-- {re.escape(name)} -->\n.*?\n<!-- end -->", text, re.DOTALL)
        if len(found) != 1:
            raise ValueError(f"{document} needs one part <!-- {name} --> ... <!-- end -->")
        text = text.replace(found[0], f"<!-- {name} -->\n\n{make()}\n\n<!-- end -->")
    return text
