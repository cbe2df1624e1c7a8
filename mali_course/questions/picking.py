"""What kinds share whose answers are options with letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from mali_course.core.html import inline_html, tick_box
from mali_course.core.messages import say
from mali_course.core.schema import tables
from mali_course.questions.item import Item
from mali_course.questions.outcome import Mark, Outcome, letter, state_of, unread
from mali_course.questions.pieces import ControlName, Variant, mark_slot, paper_list
from mali_course.questions.shapes import Answer, Pick

__all__ = ["Option", "PickItem", "chosen_indexes"]


@dataclass(frozen=True)
class Option:
    """An answer to choose, with its own feedback."""

    text: str
    feedback: str
    key: bool = False


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


@dataclass(frozen=True, kw_only=True)
class PickItem(Item):
    """Options with a box each. Response: a list of letters.

    An option has `text`, `key` and `feedback`. The score is the share of right answers that were
    chosen, less as much for each wrong one.
    """

    many: ClassVar[bool] = True
    lettered: ClassVar[bool] = True
    options: tuple[Any, ...] = tables("option", 3, 5)

    def as_shape(self) -> Pick:
        """Return the options, each with the letter of its place."""
        answers = tuple(
            Answer(option.text, option.key, option.feedback, letter(index))
            for index, option in enumerate(self.options)
        )
        return Pick(answers, self.many, self.lettered)

    def grade_response(self, response: object) -> Outcome:
        """Grade the choice of as many answers as are right."""
        answers = self.as_shape().answers
        chosen = [answers[index] for index in chosen_indexes(response, len(answers))]
        if not chosen:
            return unread(self.kind_text("unread"))
        keys = sum(answer.right for answer in answers)
        hits = sum(answer.right for answer in chosen)
        notes = (say("interface.question.missed"),) if self.says_missed(hits, keys) else ()
        marks = tuple(
            Mark(self.short_label(answer), answer.right, answer.feedback, answer.value)
            for answer in chosen
        )
        score = max(0.0, (2 * hits - len(chosen)) / keys)
        return Outcome(state_of(score, marks), score, notes, marks)

    def short_label(self, answer: Answer) -> str:
        """Return by what an answer is called where its whole text would be too long."""
        return f"{answer.value})"

    def says_missed(self, hits: int, keys: int) -> bool:
        """Whether it is said that a right answer was not chosen."""
        return hits < keys

    def below_option(self, answer: Answer) -> str:
        """Return what stands below the text of an answer, outside of what is clicked."""
        return ""

    def controls_html(self, variant: Variant, name: ControlName) -> str:
        """Return a box for each answer, a line each, with the place of its mark."""
        pick = self.as_shape()
        kind = "checkbox" if pick.many else "radio"
        boxes = "".join(
            f'<div class="mali-option">{tick_box(kind, name("answer"), answer.value, label)}'
            f"{self.below_option(answer)}{mark_slot(answer.value)}</div>"
            for answer, label in zip(pick.answers, pick.labels, strict=True)
        )
        return f'<div class="mali-choices mali-lines">{boxes}</div>'

    def paper_html(self) -> str:
        """Return each answer after a box to tick."""
        tick = f'<span class="mali-tick {"square" if self.many else "round"}"></span>'
        return paper_list(f"{tick} {inline_html(label)}" for label in self.as_shape().labels)
