"""Parts of lessons, and the exercises for groups that stand in for some of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from mali_course.core.content import data_files, read_toml
from mali_course.core.lessons import Lesson, Part, lessons
from mali_course.core.schema import Complaint, read, renamed, tables
from mali_course.core.suggest import nearest_names

__all__ = ["Exercise", "Homework", "LeftOut", "Pieces", "Step", "exercises", "read_exercise"]


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """Parts of a lesson's own plan, by their ids, such as the first three of lesson 1."""

    lesson_id: str = renamed("lesson")
    part_ids: tuple[str, ...] = renamed("parts")

    @property
    def lesson(self) -> Lesson:
        """The lesson."""
        return next(lesson for lesson in lessons() if lesson.id == self.lesson_id)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Its parts, in the order in which they are named."""
        named = {part.id: part for part in self.lesson.plan}
        return tuple(named[part_id] for part_id in self.part_ids)

    @property
    def titles(self) -> tuple[str, ...]:
        """What the parts are called in their lesson."""
        return tuple(part.part for part in self.parts)

    @property
    def alone_minutes(self) -> float:
        """Minutes for one person alone."""
        return sum(part.minutes for part in self.parts)

    def check(self, complain: Complaint) -> None:
        """Refuse a lesson or a part that is not there."""
        known_lessons = [lesson.id for lesson in lessons()]
        if self.lesson_id not in known_lessons:
            complain("lesson", f"a lesson ({', '.join(known_lessons)})")
        known = [part.id for part in self.lesson.plan]
        for part_id in self.part_ids:
            if part_id not in known:
                hint = nearest_names(part_id, known) or f" They are: {', '.join(known)}."
                kind = f"ids of parts of lesson {self.lesson_id}"
                complain("parts", f"{kind}; {part_id!r} is none.{hint}")


@dataclass(frozen=True, kw_only=True)
class Homework(Pieces):
    """Parts to do at home."""

    how: str


@dataclass(frozen=True, kw_only=True)
class LeftOut(Pieces):
    """Parts that a plan leaves out, and what is lost by that."""

    lost: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of a group exercise."""

    minutes: float
    what: str


@dataclass(frozen=True, kw_only=True)
class Exercise(Pieces):
    """An exercise for groups that stands in for parts of a notebook."""

    name: str
    title: str
    groups: str
    care: str
    cards: tuple[str, ...] = ()
    sheet: tuple[str, ...] = ()
    steps: tuple[Step, ...] = tables("step", 1, 12)

    @property
    def minutes(self) -> float:
        """Minutes of all steps."""
        return sum(step.minutes for step in self.steps)

    def check(self, complain: Complaint) -> None:
        """Refuse steps that are shorter than what they replace."""
        super().check(complain)
        if self.minutes < self.alone_minutes:
            complain("step", f"steps of at least {self.alone_minutes:g} minutes in all")


def read_exercise(table: Mapping[str, Any], file: str) -> Exercise:
    """Read a group exercise from its table.

    Raises
    ------
    CourseError
        If a field is missing, unknown or wrong, or the steps are shorter than what they replace.
    """
    return read(Exercise, table, file)


@cache
def exercises() -> dict[str, Exercise]:
    """Return the group exercises by their names.

    Examples
    --------
    >>> exercises()["clause-first"].minutes
    35
    """
    return {
        exercise.name: exercise
        for file in data_files("teaching/exercises")
        for exercise in [read_exercise(read_toml(f"teaching/exercises/{file.name}"), file.name)]
    }
