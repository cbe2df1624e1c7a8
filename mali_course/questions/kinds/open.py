r"""A few sentences, judged by the learner.

`model` is one good answer, the criteria are what to look for in one's own, and `lines` is the
height of the text box.

An example without the fields that every item has::

    kind = "open"
    model = "A CRS report of January 2020 says that these contingents often lack equipment."
    lines = 4

    [[item.criterion]]
    text = "It names the source."

    [[item.criterion]]
    text = "It gives the date."

    [[item.criterion]]
    text = "It keeps a word such as \"reportedly\"."
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from mali_course.core.messages import say
from mali_course.core.schema import tables
from mali_course.questions.item import Item
from mali_course.questions.outcome import Outcome, unread
from mali_course.questions.pieces import ControlName, Variant, mark_slot
from mali_course.questions.shapes import Written

__all__ = ["Criterion", "Open"]

# Handwriting takes more room than typing.
_MORE_LINES = 2


@dataclass(frozen=True)
class Criterion:
    """What to look for in one's own answer."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Open(Item):
    """A few sentences, judged by the learner. Response: the text and the criteria that it meets."""

    kind = "open"
    rank = 9
    model: str
    criteria: tuple[Criterion, ...] = tables("criterion", 3, 5)
    lines: int = 5

    def as_shape(self) -> Written:
        return Written(self.model, tuple(point.text for point in self.criteria), self.lines)

    def grade_response(self, response: object) -> Outcome:
        given = response if isinstance(response, Mapping) else {"text": response}
        text, ticked = given.get("text"), given.get("met")
        if not isinstance(text, str) or len(text.split()) < 3:
            return unread(self.kind_text("unread"))
        if not isinstance(ticked, list | tuple):
            return Outcome("kept", 0.0)
        count = len(self.criteria)
        numbers = {str(number) for number in range(1, count + 1)}
        met = len(numbers & {part for part in ticked if isinstance(part, str)})
        return Outcome(
            "judged", met / count, (say("interface.question.judged", met=met, count=count),)
        )

    def controls_html(self, variant: Variant, name: ControlName) -> str:
        label = escape(say("interface.question.yours"))
        return (
            f'<label class="mali-field"><span>{label}</span> '
            f'<textarea name="{name("text")}" rows="{self.lines}"></textarea></label>'
            + mark_slot("")
        )

    def paper_html(self) -> str:
        lines = "<div></div>" * (self.lines + _MORE_LINES)
        return f'<div class="mali-lines-to-write">{lines}</div>'
