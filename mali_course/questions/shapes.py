"""What an item asks and how each answer is met, in the few shapes that learning platforms share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from mali_course.core.messages import say
from mali_course.questions.kinds import (
    VERDICTS,
    Choice,
    Choices,
    Claim,
    Code,
    Item,
    Match,
    Number,
    Open,
    Order,
    Words,
)
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
    "shape",
]


@dataclass(frozen=True)
class Answer:
    """An answer to choose."""

    text: str
    right: bool
    feedback: str


@dataclass(frozen=True)
class Pick:
    """One answer of several, or as many as are right."""

    answers: tuple[Answer, ...]
    many: bool


@dataclass(frozen=True)
class Part:
    """A statement, an event or a left side, with the answers to choose from."""

    text: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Parts:
    """Several parts, each with one right answer."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Span:
    """The numbers from `low` to `high`."""

    low: Decimal
    high: Decimal
    right: bool
    feedback: str

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
    """Forms of a short answer that are met alike."""

    forms: tuple[str, ...]
    right: bool
    feedback: str


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


def _decimal(value: float) -> Decimal:
    # By way of the text, so that 0.1 is one tenth.
    return Decimal(str(value))


def _span(low: float, high: float, room: float, right: bool, feedback: str) -> Span:
    return Span(_decimal(low) - _decimal(room), _decimal(high) + _decimal(room), right, feedback)


def _forms(forms: Iterable[str]) -> tuple[str, ...]:
    """Return forms, each also as it is typed without accents and articles."""
    found: dict[str, str] = {}
    for form in forms:
        for text in (form, plain_words(form)):
            found.setdefault(text.casefold(), text)
    return tuple(found.values())


def _parts(item: Claim | Order | Match) -> Parts:
    match item:
        case Claim():
            verdicts = [(verdict, say(f"interface.verdict.{verdict}")) for verdict in VERDICTS]
            return Parts(tuple(
                Part(one.text, tuple(
                    Answer(name, verdict == one.verdict, one.feedback[verdict])
                    for verdict, name in verdicts
                ))
                for one in item.statements
            ))
        case Order():
            places = range(1, len(item.events) + 1)
            return Parts(tuple(
                Part(event.text, tuple(
                    Answer(
                        say("kit_export.page.place", number=place),
                        place == event.place,
                        "" if place == event.place else event.feedback,
                    )
                    for place in places
                ))
                for event in item.events
            ))
        case Match():
            extra = {side.right: side.feedback for side in item.extras}
            return Parts(tuple(
                Part(pair.left, tuple(
                    Answer(
                        right,
                        right == pair.right,
                        "" if right == pair.right else extra.get(right, pair.feedback),
                    )
                    for right in item.rights
                ))
                for pair in item.pairs
            ))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _computed(item: Code) -> Shape:
    room = item.tolerance
    if _is_number(item.value):
        slips = [slip for slip in item.slips if _is_number(slip.value)]
        return Spans(
            (
                _span(item.value, item.value, room, True, item.right),
                *(_span(one.value, one.value, room, False, one.feedback) for one in slips),
            ),
            item.wrong,
            item.unit,
        )
    if isinstance(item.value, str):
        said = [slip for slip in item.slips if isinstance(slip.value, str)]
        return Phrases(
            (
                Phrase(_forms([item.value]), True, item.right),
                *(Phrase(_forms([one.value]), False, one.feedback) for one in said),
            ),
            item.wrong,
        )
    return Value(
        str(item.value),
        item.right,
        item.wrong,
        tuple((str(slip.value), slip.feedback) for slip in item.slips),
        isinstance(item.value, list),
    )


def shape(item: Item) -> Shape:
    """Return what an item asks and how each answer is met.

    Parameters
    ----------
    item : Item
        Of any kind.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> [answer.right for answer in shape(find("01-02")).answers].count(True)
    1
    """
    match item:
        case Choice() | Choices():
            return Pick(
                tuple(Answer(one.text, one.key, one.feedback) for one in item.options),
                isinstance(item, Choices),
            )
        case Claim() | Order() | Match():
            return _parts(item)
        case Number():
            return Spans(
                (
                    _span(item.value, item.value, item.tolerance, True, item.right),
                    *(_span(one.low, one.high, 0, False, one.feedback) for one in item.slips),
                ),
                item.wrong,
                item.unit,
            )
        case Words():
            return Phrases(
                (
                    Phrase(_forms(item.accept), True, item.right),
                    *(Phrase(_forms(one.accept), False, one.feedback) for one in item.slips),
                ),
                item.wrong,
            )
        case Code():
            return _computed(item)
        case Open():
            return Written(item.model, tuple(one.text for one in item.criteria), item.lines)
    raise TypeError(type(item))
