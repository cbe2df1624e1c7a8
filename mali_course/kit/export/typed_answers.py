"""Answers that are typed, as a person writes them: numbers, short answers, computed values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mali_course.core.messages import say
from mali_course.questions.answers import plain_number
from mali_course.questions.shapes import Phrase, Phrases, Shape, Span, Spans, Value, digits

__all__ = ["TypedAnswer", "slip_text", "typed_answers"]


@dataclass(frozen=True)
class TypedAnswer:
    """An answer with what is said of it; `low` and `high` are the ends of a number."""

    text: str
    right: bool
    feedback: str
    low: str = ""
    high: str = ""


def _answer_text(answer: Span | Phrase) -> str:
    if isinstance(answer, Phrase):
        return " / ".join(answer.forms)
    low, high = (plain_number(float(end)) for end in (answer.low, answer.high))
    return say("kit_export.page.between", low=low, high=high) if answer.room else low


def slip_text(answer: Span | Phrase) -> str:
    """Return a wrong answer as a learner may have it, without the room around a value."""
    if isinstance(answer, Span) and answer.room < 1:
        return plain_number(float(digits(answer.middle)))
    return _answer_text(answer)


def typed_answers(shape: Shape) -> Iterator[TypedAnswer]:
    """Yield the answers to what is typed, the right one first and any other last.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> [answer.text for answer in typed_answers(find("00-12").as_shape())][-1]
    'any other answer'
    """
    match shape:
        case Spans(spans=spans):
            for span in spans:
                ends = digits(span.low), digits(span.high)
                yield TypedAnswer(_answer_text(span), span.right, span.feedback, *ends)
        case Phrases(phrases=phrases):
            for phrase in phrases:
                yield TypedAnswer(_answer_text(phrase), phrase.right, phrase.feedback)
        case Value(slips=slips):
            yield TypedAnswer(shape.text, True, shape.right)
            for text, feedback in slips:
                yield TypedAnswer(text, False, feedback)
        case _:
            return
    yield TypedAnswer(say("kit_export.page.any_other"), False, shape.wrong)
