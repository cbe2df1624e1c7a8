"""Which questions a mixed test asks: a function of the bank and of what was answered before."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from mali_course.core.lessons import Lesson, lessons
from mali_course.questions import bank
from mali_course.questions.item import Item
from mali_course.questions.kinds.code import Code
from mali_course.questions.kinds.open import Open

__all__ = ["SIZE", "askable_items", "lessons_of_sections", "sample_items"]

SIZE = 20


def lessons_of_sections() -> tuple[Lesson, ...]:
    """Return the lessons that teach one section of the report each.

    Examples
    --------
    >>> [lesson.id for lesson in lessons_of_sections()][:2]
    ['01', '02']
    """
    return tuple(lesson for lesson in lessons() if len(lesson.sections) == 1)


def askable_items() -> tuple[Item, ...]:
    """Return the items that can stand in a test.

    Code and written answers need more than a form; what needs a chart, an explorer or a table
    cannot be answered where it is not on the screen.

    Examples
    --------
    >>> len(askable_items()) >= SIZE
    True
    """
    return tuple(
        item
        for lesson in lessons_of_sections()
        for item in bank.lesson_items(lesson.id)
        if not isinstance(item, Code | Open) and not item.needs
    )


def _in_turn(items: Iterable[Item], rank: Mapping[str, tuple[str, float]]) -> list[Item]:
    """Return the items of a lesson, the objectives in turn, and in each the best ranked first."""
    met: Counter[str] = Counter()
    turns: list[tuple[int, tuple[str, float], Item]] = []
    for item in sorted(items, key=lambda item: rank[item.id]):
        turns.append((met[item.objective], rank[item.id], item))
        met[item.objective] += 1
    return [item for *_, item in sorted(turns, key=lambda turn: turn[:2])]


def sample_items(
    items: Collection[Item],
    answered: Mapping[str, str],
    without: Collection[str] = (),
    size: int = SIZE,
    seed: int | None = None,
) -> tuple[str, ...]:
    """Draw the questions of a test.

    Lessons take turns, and in a lesson its objectives do. In an objective those never answered come
    first, then those answered longest ago.

    Parameters
    ----------
    items : collection of Item
        To draw from.
    answered : mapping
        Item id to the time of its last answer, as the log writes times.
    without : collection of str
        Ids that are not drawn: those of the last test.
    size : int
        How many; fewer if there are not as many.
    seed : int, optional
        For a draw that can be repeated.

    Returns
    -------
    tuple of str
        Ids, in the order in which they are asked.

    Examples
    --------
    >>> first = sample_items(askable_items(), {}, seed=1)
    >>> len(first), len(set(first))
    (20, 20)
    >>> set(first) & set(sample_items(askable_items(), {}, first, seed=2))
    set()
    """
    chance = random.Random(seed)
    rank = {item.id: (answered.get(item.id, ""), chance.random()) for item in items}
    by_lesson: dict[str, list[Item]] = {}
    for item in items:
        if item.id not in without:
            by_lesson.setdefault(item.id[:2], []).append(item)
    order = list(by_lesson)
    chance.shuffle(order)
    turns = [
        (turn, place, item.id)
        for place, lesson in enumerate(order)
        for turn, item in enumerate(_in_turn(by_lesson[lesson], rank))
    ]
    return tuple(item_id for *_, item_id in sorted(turns)[:size])
