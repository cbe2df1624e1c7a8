"""What a test says of each objective, and under which headings to read again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mali_course.core.asking_order import asked_in
from mali_course.core.lessons import Lesson, Objective
from mali_course.practice.sampling import lessons_of_sections
from mali_course.practice.session import Session
from mali_course.questions import bank
from mali_course.questions.item import Item

__all__ = ["Result", "objective_results", "parts_of"]


@dataclass(frozen=True)
class Result:
    """The result for one objective.

    Parameters
    ----------
    lesson : Lesson
    objective : Objective
    asked, right : int
        Questions of the test that serve it, and those whose first answer was right.
    parts : tuple of str
        Headings of the notebook under which the others are asked.
    """

    lesson: Lesson
    objective: Objective
    asked: int
    right: int
    parts: tuple[str, ...]


def parts_of(lesson: Lesson, item: Item) -> tuple[str, ...]:
    """Return the headings of the notebook that lead to an item's answer.

    At the end of a lesson, where what was guessed before reading is asked again, nothing is taught.
    For a question there they are those under which its sentences were asked for first.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> from mali_course.core.lessons import lesson
    >>> len(parts_of(lesson("01"), find("01-31")))
    1
    """
    asked = asked_in(lesson.notebook)
    ends = {asked.parts.get(guessed) for guessed in asked.guessed}
    heading = asked.parts.get(item.id)
    if heading is None or heading not in ends:
        return (heading,) if heading else ()
    first = []
    for locator in item.cites:
        near = (part for item_id, part in asked.parts.items()
                if locator in bank.find(item_id).cites)
        first += [part for part in near if part not in ends][:1]
    return tuple(dict.fromkeys(first)) or (heading,)


def objective_results(session: Session) -> tuple[Result, ...]:
    """Return the result for each objective that a test asked for, in the order of the course.

    Parameters
    ----------
    session : Session

    Examples
    --------
    >>> [result] = objective_results(Session("a", ("01-31",), {"01-31": "wrong"}))
    >>> result.lesson.id, result.asked, result.right
    ('01', 1, 0)
    """
    results = []
    for lesson in lessons_of_sections():
        items = [item for item in bank.lesson_items(lesson.id) if item.id in session.items]
        for objective in lesson.objectives:
            mine = [item for item in items if item.objective == objective.id]
            missed = [item for item in mine if session.first.get(item.id) != "right"]
            if mine:
                right = len(mine) - len(missed)
                parts = _headings_of(lesson, missed)
                results.append(Result(lesson, objective, len(mine), right, parts))
    return tuple(results)


def _headings_of(lesson: Lesson, missed: Iterable[Item]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for item in missed for part in parts_of(lesson, item)))
