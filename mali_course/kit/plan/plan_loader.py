"""The teaching plans of ``data/teaching``: read, and refused where they do not add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

from mali_course.core.content import files, read_toml
from mali_course.core.errors import CourseError
from mali_course.core.fields import Fields
from mali_course.core.lessons import Discussion, Lesson, lessons
from mali_course.core.messages import say
from mali_course.core.suggest import nearest
from mali_course.kit import COMMANDS
from mali_course.kit.plan.plan_model import (
    Activity,
    Exercise,
    LeftOut,
    Pieces,
    Plan,
    Print,
    Session,
    Step,
)

__all__ = ["exercises", "plan", "plans", "read_exercise", "read_plan"]

_FORMS = ("alone", "pairs", "class")
# These two are no commands for teachers, and stand apart in the command line.
_ALWAYS = ("start", "doctor")


def _lesson(fields: Fields) -> Lesson:
    name = fields.text("lesson")
    known = {one.id: one for one in lessons()}
    if name not in known:
        fields.complain("lesson", f"a lesson ({', '.join(known)})")
    return known[name]


def _pieces(fields: Fields, of: Lesson, how: str = "") -> Pieces:
    ids = fields.texts("parts")
    known = {part.id: part for part in of.plan}
    for name in ids:
        if name not in known:
            hint = nearest(name, known) or f" They are: {', '.join(known)}."
            fields.complain("parts", f"ids of parts of lesson {of.id}; {name!r} is none.{hint}")
    return Pieces(of, tuple(known[name] for name in ids), how)


def _discussion(fields: Fields, of: Lesson) -> Discussion:
    begin = fields.text("discussion")
    found = [one for one in of.discussion if one.question.startswith(begin)]
    if len(found) != 1:
        fields.complain("discussion", f"the first words of one question for lesson {of.id}")
    return found[0]


def read_exercise(table: Mapping[str, Any], file: str) -> Exercise:
    """Read a group exercise from its table.

    Raises
    ------
    CourseError
        If a field is missing, unknown or wrong, or the steps are shorter than what they replace.
    """
    fields = Fields(table, file)
    covers = _pieces(fields, _lesson(fields))
    found = Exercise(
        name=fields.text("name"),
        title=fields.text("title"),
        covers=covers,
        groups=fields.text("groups"),
        care=fields.text("care"),
        cards=fields.texts("cards") if fields.has("cards") else (),
        sheet=fields.texts("sheet") if fields.has("sheet") else (),
        steps=tuple(
            Step(one.number("minutes"), one.text("what")) for one in fields.tables("step", 1, 12)
        ),
    )
    fields.finish()
    if found.minutes < covers.minutes:
        fields.complain("step", f"steps of at least {covers.minutes:g} minutes in all")
    return found


def _activity(fields: Fields) -> Activity:
    pieces = discussion = exercise = None
    form = fields.text("form", "")
    if form and form not in _FORMS:
        fields.complain("form", f"one of {', '.join(_FORMS)}")
    if fields.has("lesson"):
        of = _lesson(fields)
        if fields.has("parts"):
            pieces = _pieces(fields, of)
        if fields.has("discussion"):
            discussion = _discussion(fields, of)
        if pieces is None and discussion is None:
            fields.complain("parts", "parts of the lesson, or else a discussion")
    if fields.has("exercise"):
        name = fields.text("exercise")
        if name not in exercises():
            fields.complain("exercise", f"an exercise ({', '.join(exercises())})")
        exercise = exercises()[name]
    bare = pieces is None and discussion is None and exercise is None
    found = Activity(
        minutes=fields.number("minutes"),
        how=fields.text("how"),
        title=fields.text("title") if bare else fields.text("title", ""),
        form=form,
        pieces=pieces,
        discussion=discussion,
        exercise=exercise,
    )
    if pieces is not None and not form:
        fields.complain("form", f"one of {', '.join(_FORMS)}, since it has parts of a lesson")
    if found.minutes <= 0:
        fields.complain("minutes", "more than 0")
    if found.minutes < found.needs:
        fields.complain("minutes", f"at least {found.needs:g}, which its parts of a lesson need")
    return found


def _session(fields: Fields) -> Session:
    homework = []
    for one in fields.tables("homework", 0, 6):
        of = _lesson(one)
        homework.append(_pieces(one, of, one.text("how")))
    found = Session(
        title=fields.text("title"),
        minutes=fields.number("minutes"),
        pause=fields.number("pause") if fields.has("pause") else None,
        activities=tuple(_activity(one) for one in fields.tables("part", 1, 20)),
        homework=tuple(homework),
    )
    total = sum(one.minutes for one in found.activities)
    if total != found.minutes:
        fields.complain("minutes", f"{total:g}, the sum of its parts")
    return found


def _print(fields: Fields) -> Print:
    found = Print(command=fields.text("command"), copies=fields.text("copies"))
    program, _, rest = found.command.partition(" ")
    known = sorted((*COMMANDS, *_ALWAYS))
    if program != "mali-course" or rest.split(" ")[0] not in known:
        fields.complain("command", f"mali-course and one of {', '.join(known)}")
    return found


def _left_out(fields: Fields) -> LeftOut:
    return LeftOut(_pieces(fields, _lesson(fields)), fields.text("lost"))


def _account(found: Plan, file: str) -> None:
    """Refuse a plan that forgets a part of a lesson, or does one twice."""
    for of in found.lessons:
        named = Counter(part.id for parts in found.places(of).values() for part in parts)
        missing = [part.id for part in of.plan if not named[part.id]]
        if missing:
            raise CourseError(
                f"{file}, lesson {of.id}: nothing is said of {', '.join(map(repr, missing))}. "
                "Put each into a session, under homework, or under left_out."
            )
        twice = [part for part, count in named.items() if count > 1]
        if twice:
            raise CourseError(
                f"{file}, lesson {of.id}: {twice[0]!r} stands in more than one place. "
                "Choose one: a session, homework, or left_out."
            )


def read_plan(table: Mapping[str, Any], file: str) -> Plan:
    """Read a plan from its table.

    Parameters
    ----------
    table : mapping
        As `tomllib` gives it.
    file : str
        Its name, for messages. Without its ending it is the name of the plan.

    Raises
    ------
    CourseError
        If a field is missing, unknown or wrong, minutes do not add up, a part of a lesson is not
        accounted for, or a command does not exist. The message names file and field.
    """
    fields = Fields(table, file)
    found = Plan(
        name=fields.text("name"),
        title=fields.text("title"),
        for_whom=fields.text("for_whom"),
        about=fields.texts("about"),
        prepare=fields.texts("prepare"),
        materials=fields.texts("materials"),
        prints=tuple(map(_print, fields.tables("print", 1, 8))),
        sessions=tuple(map(_session, fields.tables("session", 1, 30))),
        left_out=tuple(map(_left_out, fields.tables("left_out", 0, 12))),
        network_fails=fields.texts("network_fails"),
    )
    fields.finish()
    if f"{found.name}.toml" != file:
        fields.complain("name", "the name of the file without its ending")
    if found.sessions[0].pause is not None:
        fields.complain("session", "a first session without a pause before it")
    _account(found, file)
    return found


@cache
def exercises() -> dict[str, Exercise]:
    """Return the group exercises by their names.

    Examples
    --------
    >>> exercises()["clause-first"].minutes
    35
    """
    found = (
        read_exercise(read_toml(f"teaching/exercises/{file.name}"), file.name)
        for file in files("teaching/exercises")
    )
    return {one.name: one for one in found}


# Plans for a class from the shortest to the longest, then those for one alone; a new plan that is
# not named here comes last.
_ORDER = ("half-day", "one-day", "seminars", "term", "self-paced-week")


@cache
def plans() -> dict[str, Plan]:
    """Return all plans by their names.

    Examples
    --------
    >>> plans()["half-day"].minutes
    210
    """
    found = [read_plan(read_toml(f"teaching/{one.name}"), one.name) for one in files("teaching")]
    found.sort(key=lambda one: _ORDER.index(one.name) if one.name in _ORDER else len(_ORDER))
    return {one.name: one for one in found}


def plan(name: str) -> Plan:
    """Return a plan.

    Raises
    ------
    CourseError
        If there is none of this name; the message says which there are.

    Examples
    --------
    >>> len(plan("term").sessions)
    15
    """
    wanted = name.strip().casefold()
    if wanted in plans():
        return plans()[wanted]
    known = ", ".join(plans())
    raise CourseError(
        say("kit_plan.unknown", name=name, hint=nearest(wanted, plans()), plans=known)
    )
