"""What a test says of each objective, and where to go back to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from mali_course.core.content import notebooks_folder
from mali_course.core.errors import CourseError
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
    locators : tuple of str
        Sentences that the others rest on.
    """

    lesson: Lesson
    objective: Objective
    asked: int
    right: int
    parts: tuple[str, ...]
    locators: tuple[str, ...]


@dataclass(frozen=True)
class _Asked:
    """The headings of a notebook, by the id of the item asked under them."""

    parts: Mapping[str, str]
    guessed: frozenset[str]


@cache
def _asked_in(notebook: str) -> _Asked:
    try:
        cells = json.loads((notebooks_folder() / notebook).read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError, CourseError):
        return _Asked({}, frozenset())  # the result then names lesson and sentences alone
    parts: dict[str, str] = {}
    guessed: set[str] = set()
    heading = ""
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            headings = re.findall(r"^##+ +(.+?)\s*$", source, re.MULTILINE)
            heading = headings[-1] if headings else heading
        elif cell["cell_type"] == "code":
            for name, item_id in re.findall(
                r"^mali\.(ask|guess)\(\s*[\"']([0-9-]+)", source, re.MULTILINE
            ):
                if name == "ask":
                    parts[item_id] = heading
                else:
                    guessed.add(item_id)
    return _Asked(parts, frozenset(guessed))


def parts_of(lesson: Lesson, item: Item) -> tuple[str, ...]:
    """Return the headings of the notebook that lead to an item's answer.

    At the end of a lesson, where what was guessed before reading is asked again, nothing is taught.
    For a question there they are those under which its sentences were asked for first.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> from mali_course.core.lessons import lesson
    >>> len(parts_of(lesson("01"), find("01-02")))
    1
    """
    asked = _asked_in(lesson.notebook)
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
    >>> [result] = objective_results(Session("a", ("01-02",), {"01-02": "wrong"}))
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
                results.append(Result(lesson, objective, len(mine), right,
                                      _headings_of(lesson, missed), _locators_of(missed)))
    return tuple(results)


def _headings_of(lesson: Lesson, missed: Iterable[Item]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for item in missed for part in parts_of(lesson, item)))


def _locators_of(missed: Iterable[Item]) -> tuple[str, ...]:
    cited = {locator for item in missed for locator in item.cites}
    return tuple(sorted(cited, key=lambda locator: [int(step) for step in locator.split(".")]))
