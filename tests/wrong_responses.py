"""Wrong responses that together reach every feedback of an item: for tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mali_course.core.messages import say
from mali_course.questions.answers import plain_number
from mali_course.questions.item import Item
from mali_course.questions.kinds.code import Code
from mali_course.questions.shapes import Parts, Phrases, Pick, Spans
from mali_course.questions.values import is_number

__all__ = ["Mistake", "mistakes"]


@dataclass(frozen=True)
class Mistake:
    """A wrong response and the feedback that it must get."""

    response: Any
    feedback: str


def _wrong_picks(item: Item, shape: Pick, key: Any) -> Iterator[Mistake]:
    for answer in shape.answers:
        if not answer.right:
            response = [*key, answer.value] if shape.many else answer.value
            if item.grade_response(response).state == "unread":
                response = [answer.value]  # one of the two excludes the other
            yield Mistake(response, answer.feedback)
    if shape.many and len(key) > 1:
        yield Mistake(key[:1], say("interface.question.missed"))


def _wrong_parts(shape: Parts, key: Mapping[str, str]) -> Iterator[Mistake]:
    for number, part in enumerate(shape.parts, start=1):
        for answer in part.answers:
            if answer.right:
                continue
            response = {**key, str(number): answer.value}
            if shape.task == "order":  # each place is taken once: the two events swap
                other = next(n for n, place in key.items() if place == answer.value)
                response[other] = part.right.value
            yield Mistake(response, answer.feedback)


def _wrong_numbers(shape: Spans) -> Iterator[Mistake]:
    right = next(span for span in shape.spans if span.right)
    value = float(right.middle)
    for span in shape.spans:
        if not span.right:
            yield Mistake(plain_number(float(span.middle)), span.feedback)
    while any(span.low <= value <= span.high for span in shape.spans):
        value = value * 1.37 + float(right.room) + 7  # no matter of zeros either
    yield Mistake(f"{value:.2f}", shape.wrong)


def _wrong_words(shape: Phrases) -> Iterator[Mistake]:
    for phrase in shape.phrases:
        if not phrase.right:
            yield from (Mistake(form, phrase.feedback) for form in phrase.forms)
    yield Mistake("xyzzy", shape.wrong)


def _wrong_values(item: Code) -> Iterator[Mistake]:
    yield from (Mistake(slip.value, slip.feedback) for slip in item.slips)
    if is_number(item.value):
        yield Mistake(item.value * 1.37 + item.tolerance + 7, item.wrong)
    else:
        yield Mistake("xyzzy" if isinstance(item.value, str) else [], item.wrong)


def mistakes(item: Item) -> tuple[Mistake, ...]:
    """Return wrong responses that together reach every feedback of a wrong answer.

    Parameters
    ----------
    item : Item

    Returns
    -------
    tuple of Mistake
        Empty for written answers, which are never wrong.
    """
    if isinstance(item, Code):
        return tuple(_wrong_values(item))
    match item.as_shape():
        case Pick() as shape:
            return tuple(_wrong_picks(item, shape, item.key_response()))
        case Parts() as shape:
            return tuple(_wrong_parts(shape, item.key_response()))
        case Spans() as shape:
            return tuple(_wrong_numbers(shape))
        case Phrases() as shape:
            return tuple(_wrong_words(shape))
    return ()
