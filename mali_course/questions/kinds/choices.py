"""One or more right answers of several.

Three to five options, and at least one of them wrong. Feedback as for `choice`.

An example without the fields that every item has::

    kind = "choices"

    [[item.option]]
    text = "It has an explicit mandate to fight terrorists."
    feedback = "One sentence speaks of exactly this task. Read it slowly."

    [[item.option]]
    text = "It may support the G5 force if it is repaid."
    key = true
    feedback = "5.1.6 says so."

    [[item.option]]
    text = "Supply and its own safety are serious problems."
    key = true
    feedback = "5.1.3 says so."
"""

from __future__ import annotations

from dataclasses import dataclass

from mali_course.core.schema import Complaint, tables
from mali_course.questions.item import Item
from mali_course.questions.outcome import Outcome
from mali_course.questions.picking import (
    Option,
    grade_many,
    pick_boxes,
    pick_of,
    pick_on_paper,
)
from mali_course.questions.pieces import ControlName, Variant
from mali_course.questions.shapes import Pick

__all__ = ["Choices"]


@dataclass(frozen=True, kw_only=True)
class Choices(Item):
    """One or more right answers of several. Response: a list of letters."""

    kind = "choices"
    rank = 2
    options: tuple[Option, ...] = tables("option", 3, 5)

    def check(self, complain: Complaint) -> None:
        """Refuse options that are all right, or all wrong."""
        if not 0 < sum(option.key for option in self.options) < len(self.options):
            complain("option", "at least one option with key = true and one without")

    def as_shape(self) -> Pick:
        return pick_of(self.options, many=True)

    def grade_response(self, response: object) -> Outcome:
        return grade_many(self.as_shape(), response, self.kind_text("unread"))

    def controls_html(self, variant: Variant, name: ControlName) -> str:
        return pick_boxes(self.as_shape(), name)

    def paper_html(self) -> str:
        return pick_on_paper(self.as_shape())
