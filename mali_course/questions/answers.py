"""The answers to what items ask, over shapes: the right one, and what is said of each other one.

This is for those who may see the key: the answer shown at last, teachers, exports and tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from mali_course.core.messages import say
from mali_course.questions.shapes import (
    Parts,
    Phrases,
    Pick,
    Shape,
    Spans,
    Value,
    Written,
)

__all__ = [
    "AnswerFeedback",
    "answer_feedback",
    "answer_lines",
    "plain_number",
    "right_response",
    "short_answer",
]

Verdict = Literal["right", "wrong", "hint"]


def plain_number(value: float) -> str:
    """Return a number as text with grouped thousands and no needless decimals.

    Examples
    --------
    >>> plain_number(201429)
    '201,429'
    >>> plain_number(2.6)
    '2.6'
    """
    whole = isinstance(value, int) or float(value).is_integer()
    return f"{int(value):,}" if whole else f"{value:,.10g}"


@dataclass(frozen=True)
class AnswerFeedback:
    """What the bank says of one answer, or of one part of an answer.

    Parameters
    ----------
    label : str
        The answer, as the question shows it.
    verdict : {"right", "wrong", "hint"}
        A hint belongs to a part that stands in a wrong place; it does not tell the right one.
    text : str
        The feedback.
    group : str
        The statement that a verdict is about, or "".
    """

    label: str
    verdict: Verdict
    text: str
    group: str = ""


def _verdict(right: bool) -> Verdict:
    return "right" if right else "wrong"


def _number_text(shape: Spans) -> str:
    right = next(span for span in shape.spans if span.right)
    return f"{plain_number(float(right.middle))} {shape.unit}".strip()


def right_response(shape: Shape) -> Any:
    """Return the response that is right, as the log keeps it.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> right_response(find("00-15").as_shape())
    'b'
    """
    match shape:
        case Pick():
            letters = [answer.value for answer in shape.answers if answer.right]
            return letters if shape.many else letters[0]
        case Parts():
            return {str(n): part.right.value for n, part in enumerate(shape.parts, start=1)}
        case Spans():
            right = next(span for span in shape.spans if span.right)
            return plain_number(float(right.middle))
        case Phrases():
            return shape.phrases[0].forms[0]
        case Written():
            met = [str(number + 1) for number in range(len(shape.criteria))]
            return {"text": shape.model, "met": met}
        case Value():
            return shape.text


def _part_lines(shape: Parts) -> tuple[str, ...]:
    if shape.task == "order":
        places = {int(part.right.value): part.text for part in shape.parts}
        return tuple(f"{place}. {places[place]}" for place in sorted(places))
    numbers = range(1, len(shape.parts) + 1)
    lead = [f"{number}) " if shape.task == "sort" else "" for number in numbers]
    return tuple(
        f"{sign}{part.text} – {part.right.text}"
        for sign, part in zip(lead, shape.parts, strict=True)
    )


def answer_lines(shape: Shape) -> tuple[str, ...]:
    """Return the answer as lines for a person to read.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> answer_lines(find("00-15").as_shape())[0][:2]
    'b)'
    """
    match shape:
        case Pick():
            answers = zip(shape.answers, shape.labels, strict=True)
            return tuple(label for answer, label in answers if answer.right)
        case Parts():
            return _part_lines(shape)
        case Spans():
            return (_number_text(shape),)
        case Phrases():
            return (shape.phrases[0].forms[0],)
        case Written():
            return (shape.model,)
        case Value():
            return (shape.text,)


def short_answer(shape: Shape) -> str:
    """Return the answer in a few letters, for marking many sheets: as it stands on the paper.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> short_answer(find("00-15").as_shape())
    'b'
    """
    match shape:
        case Pick():
            return ", ".join(answer.value for answer in shape.answers if answer.right)
        case Parts(task="order"):
            return ", ".join(part.right.value for part in shape.parts)
        case Parts(task="sort"):
            verdicts = enumerate((part.right.text for part in shape.parts), start=1)
            return "; ".join(f"{number} {verdict}" for number, verdict in verdicts)
        case Parts():
            letters = enumerate((part.right.value.upper() for part in shape.parts), start=1)
            return ", ".join(f"{number} {partner}" for number, partner in letters)
        case Written():
            return say("static.key.own")
    return answer_lines(shape)[0]


def _part_feedback(shape: Parts) -> list[AnswerFeedback]:
    if shape.task == "sort":
        return [
            AnswerFeedback(
                f"{number}) {answer.text}",
                _verdict(answer.right),
                answer.feedback,
                f"{number}) {part.text}",
            )
            for number, part in enumerate(shape.parts, start=1)
            for answer in part.answers
        ]
    paired = shape.task == "pair"
    hints = [
        AnswerFeedback(f"{number}) {part.text}" if paired else part.text, "hint", shape.hint(part))
        for number, part in enumerate(shape.parts, start=1)
    ]
    extras = [
        AnswerFeedback(f"{answer.value.upper()}) {answer.text}", "wrong", answer.feedback)
        for answer in shape.extras
    ]
    return hints + extras


def answer_feedback(shape: Shape) -> tuple[AnswerFeedback, ...]:
    """Return what the bank says of each answer.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> [row.verdict for row in answer_feedback(find("00-15").as_shape())].count("right")
    1
    """
    rows: list[AnswerFeedback] = []
    match shape:
        case Pick():
            rows = [
                AnswerFeedback(label, _verdict(answer.right), answer.feedback)
                for answer, label in zip(shape.answers, shape.labels, strict=True)
            ]
        case Parts():
            rows = _part_feedback(shape)
        case Written():
            criteria = enumerate(shape.criteria, start=1)
            rows = [AnswerFeedback(str(number), "hint", text) for number, text in criteria]
        case Spans(spans=answers) | Phrases(phrases=answers):
            rows = [
                AnswerFeedback(answer.text, _verdict(answer.right), answer.feedback)
                for answer in answers
            ]
            rows.append(AnswerFeedback(say("static.key.other"), "wrong", shape.wrong))
        case Value():
            rows = [AnswerFeedback(shape.text, "right", shape.right)]
            rows += [AnswerFeedback(text, "wrong", feedback) for text, feedback in shape.slips]
            rows.append(AnswerFeedback(say("static.key.other"), "wrong", shape.wrong))
    return tuple(rows)
