"""The lessons: their objectives, plans, terms and teaching notes, from ``data/lessons``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from mali_course.core.content import data_files, read_toml
from mali_course.core.errors import CourseError
from mali_course.core.messages import say
from mali_course.core.schema import Complaint, read, tables
from mali_course.core.typed import plain_signs

__all__ = [
    "Discussion", "Lesson", "Objective", "Part", "Teaching", "Term", "chosen_lessons", "lesson",
    "lessons",
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
    """A term and its meaning.

    Parameters
    ----------
    term : str
        As the glossary has it.
    meaning : str
    forms : tuple of str
        The words by which texts name it, where these differ from the term: plural, abbreviation.
    on_tap : bool
        Whether a tap explains it in texts. Not so a word that is mostly used in its plain sense.
    """

    term: str
    meaning: str
    forms: tuple[str, ...] = ()
    on_tap: bool = True

    @property
    def forms_in_texts(self) -> tuple[str, ...]:
        """The words that are marked in texts."""
        return (self.forms or (self.term,)) if self.on_tap else ()


@dataclass(frozen=True)
class Discussion:
    """A question for a class, and what to listen for."""

    question: str
    listen_for: str


@dataclass(frozen=True)
class Teaching:
    """What helps an instructor with the lesson."""

    misunderstandings: tuple[str, ...]
    discussion: tuple[Discussion, ...] = tables("discussion", 1, 10)


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A lesson: one notebook."""

    id: str
    notebook: str
    title: str
    sections: tuple[int, ...]
    minutes: float
    promise: str
    data: tuple[str, ...] = ()
    objectives: tuple[Objective, ...] = tables("objective", 1, 5)
    plan: tuple[Part, ...] = tables("plan", 1, 15)
    terms: tuple[Term, ...] = tables("term", 0, 40)
    teaching: Teaching

    @property
    def misunderstandings(self) -> tuple[str, ...]:
        """What learners often get wrong."""
        return self.teaching.misunderstandings

    @property
    def discussion(self) -> tuple[Discussion, ...]:
        """The questions for a class."""
        return self.teaching.discussion

    def check(self, complain: Complaint) -> None:
        """Refuse a plan that does not add up."""
        if sum(part.minutes for part in self.plan) != self.minutes:
            complain("minutes", "the sum of the minutes in its plan")
        if len({part.id for part in self.plan}) < len(self.plan):
            complain("plan", "parts that each have an id of their own")


@cache
def _lessons_by_id() -> dict[str, Lesson]:
    names = [file.name for file in data_files("lessons")]
    every = [read(Lesson, read_toml(f"lessons/{name}"), name) for name in names]
    return {lesson.id: lesson for lesson in every}


def lessons() -> tuple[Lesson, ...]:
    """Return all lessons in their order.

    Examples
    --------
    >>> lessons()[1].title
    'Mali at a Glance'
    """
    return tuple(_lessons_by_id().values())


def _lesson_id(typed: object) -> str:
    """Return the id of a lesson from its number: 1, "1", "01", "Lesson 1", or its notebook."""
    text = plain_signs(str(typed)).casefold()
    word = say("interface.lesson.word")
    number = re.fullmatch(
        rf"[^\w-]*(?:{word}\W*)?0*(\d{{1,2}})(?:\.0+)?\W*(?:-[a-z].*)?", text
    )
    return number[1].zfill(2) if number else ""


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
    lesson_id = _lesson_id(number)
    if lesson_id in _lessons_by_id():
        return _lessons_by_id()[lesson_id]
    known = ", ".join(_lessons_by_id())
    raise CourseError(say("interface.lesson.unknown", lesson=number, lessons=known))


def chosen_lessons(names: Iterable[str]) -> list[Lesson]:
    """Return the lessons that somebody names, each once, in the order named.

    Parameters
    ----------
    names : iterable of str
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
    chosen: list[Lesson] = []
    for name in names:
        every = name.casefold() == say("interface.lesson.all")
        chosen += lessons() if every else [lesson(name)]
    return list(dict.fromkeys(chosen))
