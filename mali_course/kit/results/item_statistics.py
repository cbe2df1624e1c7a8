"""Difficulty, discrimination and what was chosen wrongly, for each item; and the objectives.

All figures are of first tries, as the item statistics of learning platforms are: a later try knows
the feedback of the one before. An answer that was shown before any try is no try.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation, fmean

from mali_course.core.lessons import Objective, lesson
from mali_course.kit.results.class_reader import NONE, RIGHT, ClassResults
from mali_course.kit.results.distractors import Distractors
from mali_course.questions.item import Item
from mali_course.questions.kinds.open import Open

__all__ = [
    "EASY", "FEW", "FEW_FOR_R", "HARD", "RETEACH", "WEAK", "ItemFigures", "LessonFigures",
    "ObjectiveFigures", "Share", "correlation_interval", "item_figures", "lesson_figures",
    "objective_figures", "share",
]

# Conventions of this course, which the class page states. Below FEW first tries a 95 percent
# interval is wider than half of the scale; below FEW_FOR_R learners even a correlation of 0.3
# cannot be told from none.
FEW, FEW_FOR_R = 10, 30
HARD, EASY, WEAK, RETEACH = 0.5, 0.9, 0.2, 0.6
_Z = 1.959963984540054  # 97.5 percent of a normal distribution lie below


@dataclass(frozen=True)
class Share:
    """A share with its 95 percent interval."""

    value: float
    low: float
    high: float
    count: int


def share(part: float, count: int) -> Share | None:
    """Return a share with its interval, or None of nothing.

    The interval is that of Wilson (1927), which holds for small numbers too.

    Examples
    --------
    >>> found = share(5, 10)
    >>> round(found.low, 3), round(found.high, 3)
    (0.237, 0.763)
    """
    if not count:
        return None
    p = part / count
    centre = (p + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
    half = _Z * math.sqrt(p * (1 - p) / count + _Z**2 / (4 * count**2)) / (1 + _Z**2 / count)
    return Share(p, max(0.0, centre - half), min(1.0, centre + half), count)


def correlation_interval(r: float, count: int) -> tuple[float, float]:
    """Return the 95 percent interval of a correlation, by Fisher's transformation (1921).

    Examples
    --------
    >>> [round(end, 2) for end in correlation_interval(0.3, 30)]
    [-0.07, 0.6]
    """
    if count < 4 or abs(r) >= 1:
        return (-1.0, 1.0) if count < 4 else (r, r)
    middle, half = math.atanh(r), _Z / math.sqrt(count - 3)
    return math.tanh(middle - half), math.tanh(middle + half)


@dataclass(frozen=True)
class ItemFigures:
    """The figures of one item.

    Parameters
    ----------
    item : Item
    right : Share or None
        Right at the first try, of all first tries; None where there are none, and for texts that
        learners judge themselves.
    shown : int
        Learners who saw the answer before they had it right.
    r : float or None
        Discrimination: the correlation of this item, right or not, with the share right of the
        other items of its lesson. None where all were right, or all wrong.
    r_count : int
        Learners in it: those who tried this item and at least half of the others.
    slips : tuple of (str, int)
        The wrong choice that most learners made, in words, with their number; several if they are
        equally many. Something typed is named only if two have typed it.
    notes : tuple of str
        Keys of what to say: "few", "few_r", "hard", "easy", "against", "weak".
    """

    item: Item
    right: Share | None
    shown: int
    r: float | None
    r_count: int
    slips: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]


def _totals(found: ClassResults, places: Sequence[int]) -> list[tuple[int, int]]:
    """Return, for each learner, how many of some items were tried, and right at the first try."""
    totals = []
    for learner in found.learners:
        first = [learner.first[place] for place in places]
        totals.append((len(first) - first.count(NONE), first.count(RIGHT)))
    return totals


def _discrimination(
    found: ClassResults, place: int, totals: Sequence[tuple[int, int]], others: int
) -> tuple[float | None, int]:
    """Return the corrected item-total correlation (Henrysson 1963), and its number of learners."""
    mine: list[float] = []
    rest: list[float] = []
    least = max(1, math.ceil(others / 2))
    for learner, (tried, right) in zip(found.learners, totals, strict=True):
        first = learner.first[place]
        # Corrected: the item itself is taken out of the total.
        if first != NONE and tried - 1 >= least:
            own = first == RIGHT
            mine.append(float(own))
            rest.append((right - own) / (tried - 1))
    try:
        return correlation(mine, rest), len(mine)
    except StatisticsError:
        return None, len(mine)


def _notes(right: Share | None, r: float | None, r_count: int) -> Iterable[str]:
    if right is None or right.count < FEW:
        yield "few"
        return
    if right.high < HARD:
        yield "hard"
    elif right.low > EASY:
        yield "easy"
    if r_count < FEW_FOR_R:
        yield "few_r"
    elif r is not None and correlation_interval(r, r_count)[1] < 0:
        yield "against"
    elif r is not None and r < WEAK:
        yield "weak"


def item_figures(found: ClassResults) -> dict[str, ItemFigures]:
    """Return the figures of each item, by its id.

    Examples
    --------
    >>> from mali_course.kit.results.class_reader import Folder, class_of
    >>> item_figures(class_of(Folder(), []))["01-02"].notes
    ('few',)
    """
    slips: dict[int, Counter[str]] = defaultdict(Counter)
    for learner in found.learners:
        for number in learner.slips:
            place, slip = found.slip_names[number]
            slips[place][slip] += 1
    figures = {}
    for one, places in found.places.items():
        graded = found.graded[one]
        totals = _totals(found, graded)
        for place in places:
            item = found.items[place]
            firsts = Counter(learner.first[place] for learner in found.learners)
            count = len(found.learners) - firsts[NONE]
            right = None if isinstance(item, Open) else share(firsts[RIGHT], count)
            r, r_count = None, 0
            if right is not None:
                r, r_count = _discrimination(found, place, totals, len(graded) - 1)
            notes = () if isinstance(item, Open) else tuple(_notes(right, r, r_count))
            seen = sum(learner.standings[place] == 2 for learner in found.learners)
            figures[item.id] = ItemFigures(
                item, right, seen, r, r_count, _most(item, slips[place]), notes
            )
    return figures


def _most(item: Item, counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    most, distractors = max(counts.values(), default=0), Distractors(item)
    if not most or (distractors.are_typed and most < 2):
        return ()
    return tuple(
        (distractors.slip_text(slip), most) for slip in sorted(counts) if counts[slip] == most
    )


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
    notes : tuple of str
        "few", "reteach" or nothing.
    """

    objective: Objective
    lesson: str
    right: Share | None
    locators: tuple[str, ...]
    notes: tuple[str, ...]


def objective_figures(
    found: ClassResults, figures: dict[str, ItemFigures]
) -> tuple[ObjectiveFigures, ...]:
    """Return the figures of each objective that has judged items, the weakest first.

    Examples
    --------
    >>> from mali_course.kit.results.class_reader import Folder, class_of
    >>> nobody = class_of(Folder(), [])
    >>> objective_figures(nobody, item_figures(nobody))[0].notes
    ('few',)
    """
    every = []
    for number in found.places:
        for objective in lesson(number).objectives:
            places = [p for p in found.graded[number] if found.items[p].objective == objective.id]
            if not places:
                continue
            shares = []
            for learner in found.learners:
                tried = [learner.first[p] for p in places if learner.first[p] != NONE]
                if tried:
                    shares.append(tried.count(RIGHT) / len(tried))
            right = share(math.fsum(shares), len(shares))
            mine = [figures[found.items[p].id] for p in places]
            worst = min(mine, key=lambda one: one.right.value if one.right else 2.0)
            few = right is None or right.count < FEW
            weak = right is not None and right.value < RETEACH
            notes = ("few",) if few else ("reteach",) if weak else ()
            every.append(ObjectiveFigures(objective, number, right, worst.item.cites, notes))
    return tuple(
        sorted(every, key=lambda one: (one.right is None, one.right.value if one.right else 0.0))
    )


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


def lesson_figures(found: ClassResults) -> tuple[LessonFigures, ...]:
    """Return how far the class is in each lesson that has items.

    Examples
    --------
    >>> from mali_course.kit.results.class_reader import Folder, class_of
    >>> lesson_figures(class_of(Folder(), []))[1].begun
    0
    """
    every = []
    for number, places in found.places.items():
        graded = found.graded[number]
        done, first = [], []
        for learner in found.learners:
            if any(learner.standings[place] for place in places):
                done.append(sum(learner.standings[place] == 3 for place in places))
                first.append(sum(learner.first[place] == RIGHT for place in graded))
        every.append(
            LessonFigures(
                number, lesson(number).title, len(places), len(graded), len(done),
                fmean(done) if done else 0.0, fmean(first) if first else 0.0,
            )
        )
    return tuple(every)
