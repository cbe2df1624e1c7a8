"""The lessons: their objectives, plans, terms and teaching notes, from ``data/lessons``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from mali_course.core.content import files, read_toml
from mali_course.core.errors import CourseError
from mali_course.core.fields import Fields
from mali_course.core.messages import say

__all__ = [
    "Discussion", "Lesson", "Objective", "Part", "Term", "chosen_lessons", "lesson", "lessons",
]


@dataclass(frozen=True)
class Objective:
    """What a learner can do after the lesson."""

    id: str
    text: str


@dataclass(frozen=True)
class Part:
    """A part of the lesson's plan with its minutes, and what an instructor should know of it.

    Teaching plans name it by its `id`, so that its title can change in one place.
    """

    id: str
    part: str
    minutes: float
    notes: str = ""


@dataclass(frozen=True)
class Term:
    """A term and its meaning."""

    term: str
    meaning: str


@dataclass(frozen=True)
class Discussion:
    """A question for a class, and what to listen for."""

    question: str
    listen_for: str


@dataclass(frozen=True)
class Lesson:
    """A lesson: one notebook."""

    id: str
    notebook: str
    title: str
    sections: tuple[int, ...]
    minutes: float
    promise: str
    data: tuple[str, ...]
    objectives: tuple[Objective, ...]
    plan: tuple[Part, ...]
    terms: tuple[Term, ...]
    misunderstandings: tuple[str, ...]
    discussion: tuple[Discussion, ...]


def _read(table: Any, file: str) -> Lesson:
    fields = Fields(table, file)
    teaching = fields.table("teaching")
    numbers = fields.value("sections")
    if not isinstance(numbers, list) or not all(type(number) is int for number in numbers):
        fields.complain("sections", "a list of section numbers")
    found = Lesson(
        id=fields.text("id"),
        notebook=fields.text("notebook"),
        title=fields.text("title"),
        sections=tuple(numbers),
        minutes=fields.number("minutes"),
        promise=fields.text("promise"),
        data=fields.texts("data"),
        objectives=tuple(
            Objective(entry.text("id"), entry.text("text"))
            for entry in fields.tables("objective", 1, 5)
        ),
        plan=tuple(
            Part(
                entry.text("id"),
                entry.text("part"),
                entry.number("minutes"),
                entry.text("notes", default=""),
            )
            for entry in fields.tables("plan", 1, 15)
        ),
        terms=tuple(
            Term(entry.text("term"), entry.text("meaning"))
            for entry in fields.tables("term", 0, 40)
        ),
        misunderstandings=teaching.texts("misunderstandings"),
        discussion=tuple(
            Discussion(entry.text("question"), entry.text("listen_for"))
            for entry in teaching.tables("discussion", 1, 10)
        ),
    )
    fields.finish()
    if sum(part.minutes for part in found.plan) != found.minutes:
        fields.complain("minutes", "the sum of the minutes in its plan")
    if len({part.id for part in found.plan}) < len(found.plan):
        fields.complain("plan", "parts that each have an id of their own")
    return found


@cache
def _lessons() -> dict[str, Lesson]:
    found = (_read(read_toml(f"lessons/{file.name}"), file.name) for file in files("lessons"))
    return {one.id: one for one in found}


def lessons() -> tuple[Lesson, ...]:
    """Return all lessons in their order.

    Examples
    --------
    >>> lessons()[1].title
    'Mali at a Glance'
    """
    return tuple(_lessons().values())


def lesson(number: object) -> Lesson:
    """Return a lesson.

    Parameters
    ----------
    number : str or int
        ``"01"`` or 1.

    Raises
    ------
    CourseError
        If there is no such lesson; the message says which there are.

    Examples
    --------
    >>> lesson(1).id
    '01'
    """
    wanted = str(number).strip()
    wanted = wanted.zfill(2) if wanted else wanted
    if wanted in _lessons():
        return _lessons()[wanted]
    raise CourseError(say("interface.lesson.unknown", lesson=number, lessons=", ".join(_lessons())))


def chosen_lessons(wanted: Iterable[str]) -> list[Lesson]:
    """Return the lessons that somebody names, each once, in the order named.

    Parameters
    ----------
    wanted : iterable of str
        Such as ``["01", "3"]``, or ``["all"]``.

    Raises
    ------
    CourseError
        If there is no such lesson.

    Examples
    --------
    >>> [one.id for one in chosen_lessons(["3", "03", "1"])]
    ['03', '01']
    """
    found: list[Lesson] = []
    for name in wanted:
        every = name.casefold() == say("interface.lesson.all")
        found += lessons() if every else [lesson(name)]
    return list(dict.fromkeys(found))
