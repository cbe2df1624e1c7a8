"""One right answer of several.

Three to five options, each with feedback of its own. For a wrong one it says why a careful reader
might think so and what to look at, without naming the right one.

An example without the fields that every item has::

    kind = "choice"

    [[item.option]]
    text = "The U.S. State Department"
    feedback = "The State Department provides security aid. Setting money aside by law comes first."

    [[item.option]]
    text = "The U.S. Congress"
    key = true
    feedback = "Sentence 6.1.2 says so."

    [[item.option]]
    text = "The U.S. President"
    feedback = "A pledge of an administration is another sentence, 6.1.4."
"""

from __future__ import annotations

from dataclasses import dataclass

from mali_course.core.schema import Complaint, tables
from mali_course.questions.outcome import Outcome, marked, unread
from mali_course.questions.picking import Option, PickItem, chosen_indexes

__all__ = ["Choice"]


@dataclass(frozen=True, kw_only=True)
class Choice(PickItem):
    """One right answer of several. Response: a letter."""

    kind = "choice"
    rank = 1
    many = False
    options: tuple[Option, ...] = tables("option", 3, 5)

    def check(self, complain: Complaint) -> None:
        """Refuse options without one key."""
        if sum(option.key for option in self.options) != 1:
            complain("option", "exactly one option with key = true")

    def grade_response(self, response: object) -> Outcome:
        chosen = chosen_indexes(response, len(self.options)) if isinstance(response, str) else []
        if not chosen:
            return unread(self.kind_text("unread"))
        answer = self.as_shape().answers[chosen[0]]
        return marked(answer.right, answer.feedback, self.short_label(answer), answer.value)
