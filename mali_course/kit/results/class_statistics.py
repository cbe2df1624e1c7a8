"""How far the class is: in each lesson, and in each objective."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

from mali_course.core.lessons import Objective, lesson
from mali_course.kit.results.class_reader import NONE, RIGHT
from mali_course.kit.results.class_results import ClassResults
from mali_course.kit.results.intervals import Share, share_of
from mali_course.kit.results.item_statistics import FEW, ItemFigures

__all__ = ["RETEACH", "LessonFigures", "ObjectiveFigures", "lesson_figures", "objective_figures"]

RETEACH = 0.6  # a convention of this course, which the class page states


@dataclass(frozen=True)
class ObjectiveFigures:
    """The figures of an objective.

    Parameters
    ----------
    objective : Objective
    lesson : str
    right : Share or None
        The mean of its learners' shares right at the first try. Its interval counts learners and
        not answers, because the answers of one learner hang together.
    locators : tuple of str
        Sentences behind the item of the objective that went worst.
    note : str
        "few", "reteach" or nothing.
    """

    objective: Objective
    lesson: str
    right: Share | None
    locators: tuple[str, ...]
    note: str


def objective_figures(
    results: ClassResults, figures: Mapping[str, ItemFigures]
) -> tuple[ObjectiveFigures, ...]:
    """Return the figures of each objective that has judged items, the weakest first.

    Examples
    --------
    >>> from mali_course.kit.results.class_reader import ClassReader
    >>> from mali_course.kit.results.class_results import class_of
    >>> from mali_course.kit.results.item_statistics import item_figures
    >>> nobody = class_of(ClassReader(), [])
    >>> objective_figures(nobody, item_figures(nobody))[0].note
    'few'
    """
    every = []
    for number, graded in results.graded.items():
        for objective in lesson(number).objectives:
            places = [p for p in graded if results.items[p].objective == objective.id]
            if places:
                right = _mean_share(results, places)
                judged = [figures[results.items[place].id] for place in places]
                worst = min(judged, key=lambda row: row.right.value if row.right else 2.0)
                note = _objective_note(right)
                every.append(ObjectiveFigures(objective, number, right, worst.item.cites, note))
    return tuple(
        sorted(every, key=lambda row: (row.right is None, row.right.value if row.right else 0.0))
    )


def _mean_share(results: ClassResults, places: list[int]) -> Share | None:
    shares = []
    for learner in results.learners:
        tried = [learner.first[place] for place in places if learner.first[place] != NONE]
        if tried:
            shares.append(tried.count(RIGHT) / len(tried))
    return share_of(math.fsum(shares), len(shares))


def _objective_note(right: Share | None) -> str:
    if right is None or right.count < FEW:
        return "few"
    return "reteach" if right.value < RETEACH else ""


@dataclass(frozen=True)
class LessonFigures:
    """How far the class is in a lesson.

    Parameters
    ----------
    id, title : str
    count, graded : int
        Its items, and those that the course judges.
    begun : int
        Learners who have tried or looked up any item of it.
    done, first : float
        Means of those who have begun: items done, and items right at the first try.
    """

    id: str
    title: str
    count: int
    graded: int
    begun: int
    done: float
    first: float

    @property
    def shares(self) -> tuple[float, float]:
        """The share of items done, and of judged ones right at the first try."""
        return self.done / self.count, self.first / max(1, self.graded)


def lesson_figures(results: ClassResults) -> tuple[LessonFigures, ...]:
    """Return how far the class is in each lesson that has items.

    Examples
    --------
    >>> from mali_course.kit.results.class_reader import ClassReader
    >>> from mali_course.kit.results.class_results import class_of
    >>> lesson_figures(class_of(ClassReader(), []))[1].begun
    0
    """
    every = []
    for number, places in results.places.items():
        counts = [
            results.lesson_counts(learner, number)
            for learner in results.learners
            if any(learner.standings[place] for place in places)
        ]
        means = [fmean(column) for column in zip(*counts, strict=True)] or [0.0, 0.0, 0.0]
        graded = len(results.graded[number])
        title = lesson(number).title
        every.append(
            LessonFigures(number, title, len(places), graded, len(counts), means[0], means[1])
        )
    return tuple(every)
