"""How far a learner is: in a lesson, and with the sentences of the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mali_course.core.asking_order import asked_in
from mali_course.core.lessons import Lesson, lessons
from mali_course.core.report import in_order, sentences, whole_paragraphs
from mali_course.questions import bank
from mali_course.questions.item import Item
from mali_course.questions.kinds.evidence import Evidence
from mali_course.record.item_state import ItemState, Sign

__all__ = [
    "LessonState",
    "lesson_state",
    "lesson_states",
    "locators_again",
    "sentences_behind",
    "sentences_of",
    "sentences_worked_on",
]

States = Mapping[str, ItemState]
_NEW = ItemState()


@cache
def _items_as_asked(lesson: Lesson) -> tuple[Item, ...]:
    """Return the items of a lesson in the order in which its notebook asks them."""
    place = {item_id: number for number, item_id in enumerate(asked_in(lesson.notebook).parts)}
    return tuple(
        sorted(bank.lesson_items(lesson.id), key=lambda item: place.get(item.id, len(place)))
    )


@dataclass(frozen=True)
class LessonState:
    """Where a learner stands in a lesson.

    Parameters
    ----------
    lesson : Lesson
    items : tuple of Item
        In the order in which the notebook asks them.
    states : mapping
        The state of each item that has one, by its id.
    """

    lesson: Lesson
    items: tuple[Item, ...]
    states: States

    def state_of(self, item: Item) -> ItemState:
        """Return the state of an item; that of a new one where nothing is known of it."""
        return self.states.get(item.id, _NEW)

    def sign_of(self, item: Item) -> Sign:
        """Return what the learner is told of an item."""
        return self.state_of(item).sign

    @property
    def counts(self) -> Counter[Sign]:
        """How many items have each sign."""
        return Counter(map(self.sign_of, self.items))

    @property
    def answered(self) -> int:
        """How many items count as answered."""
        return sum(self.state_of(item).answered for item in self.items)

    @property
    def begun(self) -> bool:
        """Whether any item was tried, or its answer asked for."""
        return any(self.state_of(item).standing != "new" for item in self.items)

    @property
    def next(self) -> Item | None:
        """The item to go on with, in the order of asking; None if all are answered.

        It is the first unanswered one after that answered last, or the first of all.
        """
        times = [self.state_of(item).last for item in self.items]
        newest = max(times, default="")
        last = len(times) - 1 - times[::-1].index(newest) if newest else -1
        behind, ahead = self.items[: last + 1], self.items[last + 1 :]
        return next((one for one in (*ahead, *behind) if not self.state_of(one).answered), None)

    @property
    def weak(self) -> tuple[Item, ...]:
        """The items that were tried or looked up and not done."""
        return tuple(
            item for item in self.items if self.state_of(item).standing in ("tried", "shown")
        )


def lesson_state(lesson: Lesson, states: States) -> LessonState:
    """Return where a learner stands in a lesson.

    Examples
    --------
    >>> from mali_course.core.lessons import lesson
    >>> state = lesson_state(lesson("01"), {})
    >>> state.answered, state.next.id  # 01-01 is guessed first, and asked at the end
    (0, '01-31')
    """
    return LessonState(lesson, _items_as_asked(lesson), states)


def lesson_states(states: States) -> tuple[LessonState, ...]:
    """Return where a learner stands in each lesson that has items, in the order of the course.

    Examples
    --------
    >>> sum(state.answered for state in lesson_states({"00-15": ItemState("done")}))
    1
    """
    return tuple(lesson_state(one, states) for one in lessons() if one.id in bank.lessons())


def locators_again(state: LessonState) -> dict[str, tuple[Item, ...]]:
    """Return the sentences to look at again, each with the items that call for it."""
    called: dict[str, list[Item]] = {}
    for item in state.weak:
        for locator in sentences_behind(item, state.state_of(item)):
            called.setdefault(locator, []).append(item)
    return {locator: tuple(called[locator]) for locator in in_order(called)}


def sentences_behind(item: Item, state: ItemState) -> tuple[str, ...]:
    """Return the locators of the sentences to read for a question.

    Where the sentences are themselves the answer, and it was neither found nor shown yet, these
    are all sentences of their paragraphs.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> sentences_behind(find("00-12"), ItemState())
    ('4.2.2',)
    """
    if not isinstance(item, Evidence) or state.told or state.standing == "done":
        return item.cites
    return whole_paragraphs(item.cites)


def sentences_of(lesson: Lesson) -> tuple[str, ...]:
    """Return the locators of the sentences that a lesson teaches.

    Examples
    --------
    >>> from mali_course.core.lessons import lesson
    >>> len(sentences_of(lesson("02"))), sentences_of(lesson("00"))
    (12, ())
    """
    starts = tuple(f"{number}." for number in lesson.sections)
    return tuple(one.locator for one in sentences() if one.locator.startswith(starts))


def sentences_worked_on(states: States) -> frozenset[str]:
    """Return the locators of the sentences on which a question was answered, in any lesson.

    Examples
    --------
    >>> sorted(sentences_worked_on({"00-03": ItemState("done")}))
    ['5.1.1']
    """
    answered = {name for name, state in states.items() if state.answered}
    # A lesson in which nothing was answered need not be read.
    begun = {name[:2] for name in answered} & set(bank.lessons())
    return frozenset(
        locator
        for lesson in begun
        for item in bank.lesson_items(lesson)
        if item.id in answered
        for locator in item.cites
    )
