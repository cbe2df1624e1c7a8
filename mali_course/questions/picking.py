"""What kinds share whose answers are options with letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from mali_course.core.html import inline_html, tick_box
from mali_course.core.messages import say
from mali_course.questions.outcome import Mark, Outcome, letter, state_of, unread
from mali_course.questions.pieces import ControlName, paper_list
from mali_course.questions.shapes import Answer, Pick

__all__ = [
    "AnyOption",
    "Option",
    "chosen_indexes",
    "grade_many",
    "pick_boxes",
    "pick_of",
    "pick_on_paper",
]


@dataclass(frozen=True)
class Option:
    """An answer to choose, with its own feedback."""

    text: str
    feedback: str
    key: bool = False


class AnyOption(Protocol):
    """What an answer to choose has in every kind."""

    @property
    def text(self) -> str:
        """The answer, without its letter."""

    @property
    def key(self) -> bool:
        """Whether it is right."""

    @property
    def feedback(self) -> str:
        """What is said of it."""


def pick_of(options: Iterable[AnyOption], *, many: bool) -> Pick:
    """Return options as a shape: each gets the letter of its place."""
    return Pick(
        tuple(
            Answer(option.text, option.key, option.feedback, letter(index))
            for index, option in enumerate(options)
        ),
        many,
    )


def pick_boxes(pick: Pick, name: ControlName) -> str:
    """Return a box for each answer, a line each."""
    kind = "checkbox" if pick.many else "radio"
    boxes = "".join(
        tick_box(kind, name("answer"), answer.value, label)
        for answer, label in zip(pick.answers, pick.labels, strict=True)
    )
    return f'<div class="mali-choices mali-lines">{boxes}</div>'


def pick_on_paper(pick: Pick) -> str:
    """Return each answer after a box to tick."""
    tick = f'<span class="mali-tick {"square" if pick.many else "round"}"></span>'
    return paper_list(f"{tick} {inline_html(label)}" for label in pick.labels)


def chosen_indexes(response: object, count: int) -> list[int]:
    """Return the options that a letter or a list of letters names, in their order.

    Examples
    --------
    >>> chosen_indexes(["C", "a", "z", 7], 4)
    [0, 2]
    """
    given = response if isinstance(response, list | tuple) else [response]
    letters = {part.lower() for part in given if isinstance(part, str)}
    return [index for index in range(count) if letter(index) in letters]


def grade_many(pick: Pick, response: object, nothing: str) -> Outcome:
    """Grade the choice of as many answers as are right.

    The score is the share of right answers that were chosen, less as much for each wrong one.

    Parameters
    ----------
    pick : Pick
    response : object
        A list of letters.
    nothing : str
        What is said where nothing was chosen.
    """
    chosen = [pick.answers[index] for index in chosen_indexes(response, len(pick.answers))]
    if not chosen:
        return unread(nothing)
    keys = sum(answer.right for answer in pick.answers)
    hits = sum(answer.right for answer in chosen)
    notes = (say("interface.question.missed"),) if hits < keys else ()
    marks = tuple(Mark(f"{answer.value})", answer.right, answer.feedback) for answer in chosen)
    score = max(0.0, (2 * hits - len(chosen)) / keys)
    return Outcome(state_of(score, marks), score, notes, marks)
