"""The sentences of one or more paragraphs that say what is stated, or none of them.

`claim` is what is stated; it follows the stem, in quotation marks. The options are all sentences of
their paragraphs in the order of the report, and last that none says so, so that they give nothing
away. One or more sentences are right, or none alone. Feedback as for `choice`: of a near sentence,
why it is near and what is missing.

An example without the fields that every item has::

    kind = "evidence"
    claim = "New groups have come up since the accord."

    [[item.option]]
    locator = "3.1.1"
    feedback = "It names those who signed. Were they new?"

    [[item.option]]
    locator = "3.1.2"
    feedback = "These are the two coalitions of the accord."

    [[item.option]]
    locator = "3.1.3"
    key = true
    feedback = "It says so, and since when."

    [[item.option]]
    none = true
    feedback = "One of the three speaks of new groups."
"""

from __future__ import annotations

from dataclasses import dataclass

from mali_course.core.messages import say
from mali_course.core.report import sentence, sentences, whole_paragraphs
from mali_course.core.schema import Complaint, tables
from mali_course.questions.outcome import Outcome, unread
from mali_course.questions.picking import PickItem, chosen_indexes
from mali_course.questions.pieces import original_slot
from mali_course.questions.shapes import Answer

__all__ = ["Evidence", "Place"]


@dataclass(frozen=True)
class Place:
    """A sentence to choose by its locator, or that no sentence says so."""

    feedback: str
    locator: str = ""
    none: bool = False
    key: bool = False

    def check(self, complain: Complaint) -> None:
        """Refuse what names no sentence of the report, or both a sentence and none."""
        if self.none == bool(self.locator):
            complain("locator", "the locator of a sentence, or none = true")
        if self.locator and self.locator not in {row.locator for row in sentences()}:
            complain("locator", "the locator of a sentence of the report")

    @property
    def text(self) -> str:
        """The locator with what the digest has for it."""
        if self.none:
            return say("kinds/evidence.none")
        return f"{self.locator} {sentence(self.locator).gist}"


@dataclass(frozen=True, kw_only=True)
class Evidence(PickItem):
    """Sentences that say what is stated. Response: a list of letters."""

    kind = "evidence"
    rank = 10
    shows_passage = True
    lettered = False
    claim: str
    options: tuple[Place, ...] = tables("option", 3, 15)

    def __post_init__(self) -> None:
        if self.claim not in self.stem:  # a changed copy has it already
            object.__setattr__(self, "stem", f"{self.stem} “{self.claim}”")

    def check(self, complain: Complaint) -> None:
        """Refuse options that give something away, or whose key contradicts itself."""
        *places, last = self.options
        locators = [place.locator for place in places]
        if not last.none or tuple(locators) != whole_paragraphs(locators):
            complain(
                "option",
                "every sentence of its paragraphs in the order of the report, "
                "then one with none = true",
            )
        keys = sum(place.key for place in places)
        if last.key == bool(keys):
            complain("option", "key = true for sentences, or else for none alone")

    def grade_response(self, response: object) -> Outcome:
        chosen = chosen_indexes(response, len(self.options))
        if len(chosen) > 1 and self.options[chosen[-1]].none:
            # It says two things that exclude each other, so it is no answer yet.
            return unread(self.kind_text("unread_both"))
        return super().grade_response(response)

    def short_label(self, answer: Answer) -> str:
        [index] = chosen_indexes(answer.value, len(self.options))
        return self.options[index].locator or answer.text

    def below_option(self, answer: Answer) -> str:
        [index] = chosen_indexes(answer.value, len(self.options))
        locator = self.options[index].locator
        return original_slot(locator) if locator else ""

    def short_key(self) -> str:
        return ", ".join(place.locator or place.text for place in self.options if place.key)

    def says_missed(self, hits: int, keys: int) -> bool:
        # Beside a wrong sentence alone, "one more is right" would sound as if it were right too.
        return 0 < hits < keys
