"""Difficulty, discrimination and what was chosen wrongly, for each item.

All figures are of first tries, as the item statistics of learning platforms are: a later try knows
the feedback of the one before. An answer that was shown before any try is no try.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation

from mali_course.kit.results.class_reader import NONE, RIGHT, SHOWN
from mali_course.kit.results.class_results import ClassResults
from mali_course.kit.results.distractors import Distractors
from mali_course.kit.results.intervals import Share, correlation_interval, share_of
from mali_course.questions.item import Item

__all__ = ["EASY", "FEW", "FEW_FOR_R", "HARD", "WEAK", "ItemFigures", "item_figures"]

# Conventions of this course, which the class page states. Below FEW first tries a 95 percent
# interval is wider than half of the scale; below FEW_FOR_R learners even a correlation of 0.3
# cannot be told from none.
FEW, FEW_FOR_R = 10, 30
HARD, EASY, WEAK = 0.5, 0.9, 0.2


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

    @property
    def r_interval(self) -> tuple[float, float] | None:
        """The 95 percent interval of the discrimination, or None where it is not judged."""
        if self.r is None or self.r_count < FEW_FOR_R:
            return None
        return correlation_interval(self.r, self.r_count)


def _totals(results: ClassResults, places: Sequence[int]) -> list[tuple[int, int]]:
    """Return, for each learner, how many of some items were tried, and right at the first try."""
    totals = []
    for learner in results.learners:
        first = [learner.first[place] for place in places]
        totals.append((len(first) - first.count(NONE), first.count(RIGHT)))
    return totals


def _discrimination(
    firsts: bytes, totals: Sequence[tuple[int, int]], others: int
) -> tuple[float | None, int]:
    """Return the corrected item-total correlation (Henrysson 1963), and its number of learners.

    `firsts` are each learner's first try at the item, `others` the other items of the lesson.
    """
    right_here: list[float] = []
    right_elsewhere: list[float] = []
    least = max(1, math.ceil(others / 2))
    for first, (tried, right) in zip(firsts, totals, strict=True):
        # Corrected: the item itself is taken out of the total.
        if first != NONE and tried - 1 >= least:
            here = first == RIGHT
            right_here.append(float(here))
            right_elsewhere.append((right - here) / (tried - 1))
    try:
        return correlation(right_here, right_elsewhere), len(right_here)
    except StatisticsError:
        return None, len(right_here)


def _note_keys(right: Share | None, r: float | None, r_count: int) -> Iterable[str]:
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


def item_figures(results: ClassResults) -> dict[str, ItemFigures]:
    """Return the figures of each item, by its id.

    Examples
    --------
    >>> from mali_course.kit.results.class_reader import ClassReader
    >>> from mali_course.kit.results.class_results import class_of
    >>> item_figures(class_of(ClassReader(), []))["01-31"].notes
    ('few',)
    """
    slips: dict[int, Counter[str]] = defaultdict(Counter)
    for learner in results.learners:
        for place, slip in learner.slips:
            slips[place][slip] += 1
    figures = {}
    for lesson, places in results.places.items():
        totals = _totals(results, results.graded[lesson])
        for place in places:
            item = results.items[place]
            right, r, r_count = None, None, 0
            notes: tuple[str, ...] = ()
            if place in results.graded[lesson]:
                firsts = bytes(learner.first[place] for learner in results.learners)
                right = share_of(firsts.count(RIGHT), len(firsts) - firsts.count(NONE))
                r, r_count = _discrimination(firsts, totals, len(results.graded[lesson]) - 1)
                notes = tuple(_note_keys(right, r, r_count))
            seen = sum(learner.standings[place] == SHOWN for learner in results.learners)
            common = _most_common_slips(item, slips[place])
            figures[item.id] = ItemFigures(item, right, seen, r, r_count, common, notes)
    return figures


def _most_common_slips(item: Item, counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    most, distractors = max(counts.values(), default=0), Distractors(item)
    if not most or (distractors.are_typed and most < 2):
        return ()
    return tuple(
        (distractors.slip_text(slip), most) for slip in sorted(counts) if counts[slip] == most
    )
