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
from mali_course.questions.picking import Option, PickItem

__all__ = ["Choices"]


@dataclass(frozen=True, kw_only=True)
class Choices(PickItem):
    """One or more right answers of several. Response: a list of letters."""

    kind = "choices"
    rank = 2
    options: tuple[Option, ...] = tables("option", 3, 5)

    def check(self, complain: Complaint) -> None:
        """Refuse options that are all right, or all wrong."""
        if not 0 < sum(option.key for option in self.options) < len(self.options):
            complain("option", "at least one option with key = true and one without")
