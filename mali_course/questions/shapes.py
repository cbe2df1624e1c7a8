"""What an item asks and how each answer is met, in the few shapes that learning platforms share.

An item gives its shape with `Item.as_shape`. What is written over shapes works for every kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from mali_course.questions.spelling import plain_words

__all__ = [
    "Answer",
    "Part",
    "Parts",
    "Phrase",
    "Phrases",
    "Pick",
    "Shape",
    "Span",
    "Spans",
    "Value",
    "Written",
    "digits",
    "number_span",
    "typed_forms",
]


@dataclass(frozen=True)
class Answer:
    """An answer to choose.

    Parameters
    ----------
    text : str
        As it is shown, without its letter or number.
    right : bool
    feedback : str
        What is said of it, or "".
    value : str
        What a response holds for it: ``"a"``, ``"says"``, ``"3"``.
    """

    text: str
    right: bool
    feedback: str
    value: str


@dataclass(frozen=True)
class Pick:
    """One answer of several, or as many as are right. Each has a letter, which is its value.

    Parameters
    ----------
    answers : tuple of Answer
    many : bool
        Whether several can be chosen.
    lettered : bool
        Whether the letters are shown; not where each answer begins with a name of its own.
    """

    answers: tuple[Answer, ...]
    many: bool
    lettered: bool = True

    @property
    def labels(self) -> tuple[str, ...]:
        """The answers as the question shows them, with their letters or without."""
        return tuple(
            f"{answer.value}) {answer.text}" if self.lettered else answer.text
            for answer in self.answers
        )


@dataclass(frozen=True)
class Part:
    """A statement, an event or a left side, with the answers to choose from."""

    text: str
    answers: tuple[Answer, ...]

    @property
    def right(self) -> Answer:
        """The answer that is right."""
        return next(answer for answer in self.answers if answer.right)


@dataclass(frozen=True)
class Parts:
    """Several parts, numbered from 1, each with one right answer out of the same answers.

    Parameters
    ----------
    parts : tuple of Part
    task : {"sort", "order", "pair"}
        Sort parts under a few headings; put them in order, where each answer is a place that is
        taken once; or find the partner of each, where answers are texts with letters.
    """

    parts: tuple[Part, ...]
    task: Literal["sort", "order", "pair"]

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers of the first part: the same texts and values as those of any other."""
        return self.parts[0].answers

    @property
    def extras(self) -> tuple[Answer, ...]:
        """The answers that are right for no part."""
        used = {part.right.value for part in self.parts}
        return tuple(answer for answer in self.answers if answer.value not in used)

    def hint(self, part: Part) -> str:
        """Return what is said of a part that has the answer of another part."""
        partners = {other.right.value for other in self.parts} - {part.right.value}
        return next(answer.feedback for answer in part.answers if answer.value in partners)


@dataclass(frozen=True)
class Span:
    """The numbers from `low` to `high`, and how a person writes what was meant."""

    low: Decimal
    high: Decimal
    right: bool
    feedback: str
    text: str

    @property
    def middle(self) -> Decimal:
        """The number in the middle: the value itself, for the right one."""
        return (self.low + self.high) / 2

    @property
    def room(self) -> Decimal:
        """How far a number may be from the middle."""
        return (self.high - self.low) / 2


@dataclass(frozen=True)
class Spans:
    """A number. The first span that holds it decides; `wrong` is said of any other."""

    spans: tuple[Span, ...]
    wrong: str
    unit: str


@dataclass(frozen=True)
class Phrase:
    """Forms of a short answer that are met alike, and how a person writes them."""

    forms: tuple[str, ...]
    right: bool
    feedback: str
    text: str


@dataclass(frozen=True)
class Phrases:
    """A short answer. `wrong` is said of any that is not in `phrases`."""

    phrases: tuple[Phrase, ...]
    wrong: str


@dataclass(frozen=True)
class Written:
    """A few sentences, for a person to judge."""

    model: str
    criteria: tuple[str, ...]
    lines: int


@dataclass(frozen=True)
class Value:
    """A value that only Python can hold: a list, or true and false."""

    text: str
    right: str
    wrong: str
    slips: tuple[tuple[str, str], ...]
    list: bool


Shape = Pick | Parts | Spans | Phrases | Written | Value


def digits(number: Decimal) -> str:
    """Return a number as plain digits.

    Examples
    --------
    >>> digits(Decimal("1.2E+3")), digits(Decimal("0.50"))
    ('1200', '0.5')
    """
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_span(
    low: float, high: float, right: bool, feedback: str, text: str, *, room: float = 0
) -> Span:
    """Return the span from `low` to `high` with some room on both sides.

    Examples
    --------
    >>> number_span(0.3, 0.3, True, "Yes.", "0.3", room=0.1).low
    Decimal('0.2')
    """
    # By way of the text, so that 0.1 is one tenth.
    first, last, around = (Decimal(str(value)) for value in (low, high, room))
    return Span(first - around, last + around, right, feedback, text)


def typed_forms(forms: Iterable[str]) -> tuple[str, ...]:
    """Return forms, each also as it is typed without accents and articles.

    Examples
    --------
    >>> typed_forms(["The Élysée"])
    ('The Élysée', 'elysee')
    """
    by_folded: dict[str, str] = {}
    for form in forms:
        for text in (form, plain_words(form)):
            by_folded.setdefault(text.casefold(), text)
    return tuple(by_folded.values())
