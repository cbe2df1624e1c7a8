"""One right answer of several."""

from __future__ import annotations

from dataclasses import dataclass

from mali_course.core.schema import Complaint, tables
from mali_course.questions.item import Item
from mali_course.questions.outcome import Outcome, unread
from mali_course.questions.picking import (
    Option,
    chosen_indexes,
    pick_boxes,
    pick_of,
    pick_on_paper,
)
from mali_course.questions.pieces import ControlName, Variant
from mali_course.questions.shapes import Pick

__all__ = ["Choice"]


@dataclass(frozen=True, kw_only=True)
class Choice(Item):
    """One right answer of several. Response: a letter."""

    kind = "choice"
    rank = 1
    options: tuple[Option, ...] = tables("option", 3, 5)

    def check(self, complain: Complaint) -> None:
        """Refuse options without one key."""
        if sum(option.key for option in self.options) != 1:
            complain("option", "exactly one option with key = true")

    def as_shape(self) -> Pick:
        return pick_of(self.options, many=False)

    def grade_response(self, response: object) -> Outcome:
        chosen = chosen_indexes(response, len(self.options)) if isinstance(response, str) else []
        if not chosen:
            return unread(self.kind_text("unread"))
        option = self.options[chosen[0]]
        return Outcome("right" if option.key else "wrong", float(option.key), (option.feedback,))

    def controls_html(self, variant: Variant, name: ControlName) -> str:
        return pick_boxes(self.as_shape(), name)

    def paper_html(self) -> str:
        return pick_on_paper(self.as_shape())
