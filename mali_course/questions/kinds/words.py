"""A short answer.

Case, accents, articles and small slips of spelling are forgiven. A slip is a usual wrong answer.

An example without the fields that every item has::

    kind = "words"
    accept = ["Algeria", "Algérie"]
    right = "A mediator helps two sides to agree and is not one of them."
    wrong = "Look for a country whose part was to mediate, not to sign."

    [[item.slip]]
    accept = ["Mali", "Malian government"]
    feedback = "This side signed the accord. A mediator stands between the sides."
"""

from __future__ import annotations

from dataclasses import dataclass

from mali_course.core.messages import say
from mali_course.core.schema import tables
from mali_course.questions.item import Item
from mali_course.questions.outcome import Outcome, marked, unread
from mali_course.questions.pieces import ControlName, Variant, text_field, write_line
from mali_course.questions.shapes import Phrase, Phrases, typed_forms
from mali_course.questions.spelling import listed_names, same_words

__all__ = ["WordSlip", "Words"]


@dataclass(frozen=True)
class WordSlip:
    """Usual wrong words with their feedback."""

    accept: tuple[str, ...]
    feedback: str


def _as_phrase(forms: tuple[str, ...], right: bool, feedback: str) -> Phrase:
    return Phrase(typed_forms(forms), right, feedback, ", ".join(forms))


@dataclass(frozen=True, kw_only=True)
class Words(Item):
    """A short answer. Response: text."""

    kind = "words"
    rank = 5
    accept: tuple[str, ...]
    right: str
    wrong: str
    slips: tuple[WordSlip, ...] = tables("slip", 0, 9)

    def as_shape(self) -> Phrases:
        right = _as_phrase(self.accept, True, self.right)
        slips = (_as_phrase(slip.accept, False, slip.feedback) for slip in self.slips)
        return Phrases((right, *slips), self.wrong)

    def grade_response(self, response: object) -> Outcome:
        if not isinstance(response, str) or not any(char.isalnum() for char in response):
            return unread(self.kind_text("unread"))
        for near in (False, True):
            if same_words(response, self.accept, near=near):
                return marked(True, self.right)
            for slip in self.slips:
                if same_words(response, slip.accept, near=near):
                    return marked(False, slip.feedback)
        several = self._names_several(response)
        return marked(False, self.kind_text("several") if several else self.wrong)

    def _names_several(self, response: str) -> bool:
        """Whether several answers are listed: "this is not it" might be false of one of them."""
        groups = [self.accept, *(slip.accept for slip in self.slips)]
        names = listed_names(response)
        found = {
            number
            for number, forms in enumerate(groups)
            if any(same_words(name, forms, near=False) for name in names)
        }
        return len(found) > 1

    def controls_html(self, variant: Variant, name: ControlName) -> str:
        return text_field(say("interface.question.yours"), name("answer"))

    def paper_html(self) -> str:
        return write_line(say("static.paper.yours"), "wide")
