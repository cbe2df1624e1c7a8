r"""Pairs to find.

Three to five pairs, and perhaps one or two right-hand texts that belong to nothing. The right-hand
texts are shown in alphabetical order.

An example without the fields that every item has::

    kind = "match"

    [[item.pair]]
    left = "\"alleged\" abuses (4.2.2)"
    right = "Somebody says so; it is not proven"
    feedback = "What is an accusation before there is a judgement?"

    [[item.pair]]
    left = "\"at most\" a number (5.1.1)"
    right = "It is the limit; there can be fewer"
    feedback = "Does the sign in a lift count the people inside?"

    [[item.pair]]
    left = "an \"estimated\" amount (6.2.3)"
    right = "It is worked out; it is not exact"
    feedback = "How did somebody arrive at this amount?"

    [[item.extra]]
    right = "It is certain; it needs no source"
    feedback = "A signal word holds back some certainty."
"""

from __future__ import annotations

from dataclasses import dataclass

from mali_course.core.html import inline_html, paragraph
from mali_course.core.messages import say
from mali_course.core.schema import Complaint, tables
from mali_course.questions.item import Item
from mali_course.questions.numbered_parts import answers_by_part, grade_parts, missing_parts
from mali_course.questions.outcome import Outcome, letter, unread
from mali_course.questions.pieces import (
    ControlName,
    Variant,
    blank_html,
    letter_box,
    numbered_part,
    paper_list,
)
from mali_course.questions.shapes import Answer, Part, Parts

__all__ = ["Extra", "Match", "Pair"]


@dataclass(frozen=True)
class Pair:
    """Two things that belong together."""

    left: str
    right: str
    feedback: str


@dataclass(frozen=True)
class Extra:
    """A right-hand text that belongs to nothing."""

    right: str
    feedback: str


@dataclass(frozen=True, kw_only=True)
class Match(Item):
    """Pairs to find. Response: number of the left side to the letter of the right side."""

    kind = "match"
    rank = 7
    pairs: tuple[Pair, ...] = tables("pair", 3, 5)
    extras: tuple[Extra, ...] = tables("extra", 0, 2)

    def check(self, complain: Complaint) -> None:
        """Refuse two right-hand texts that are the same."""
        if len(set(self.rights)) < len(self.rights):
            complain("pair", "right-hand texts that differ from each other")

    @property
    def rights(self) -> tuple[str, ...]:
        """The right-hand texts as they are shown: in alphabetical order, which hides the pairs."""
        pairs, extras = (pair.right for pair in self.pairs), (extra.right for extra in self.extras)
        return tuple(sorted((*pairs, *extras), key=str.casefold))

    @property
    def lettered_rights(self) -> tuple[str, ...]:
        """The right-hand texts with their letters."""
        return tuple(
            f"{letter(index).upper()}) {text}" for index, text in enumerate(self.rights)
        )

    def as_shape(self) -> Parts:
        belongs_to_none = {extra.right: extra.feedback for extra in self.extras}

        def answer(pair: Pair, index: int, text: str) -> Answer:
            right = text == pair.right
            feedback = "" if right else belongs_to_none.get(text, pair.feedback)
            return Answer(text, right, feedback, letter(index))

        parts = tuple(
            Part(pair.left, tuple(answer(pair, *row) for row in enumerate(self.rights)))
            for pair in self.pairs
        )
        return Parts(parts, "pair")

    def grade_response(self, response: object) -> Outcome:
        count = len(self.pairs)
        letters = "".join(letter(index) for index in range(len(self.rights)))
        chosen = answers_by_part(response, count, [*letters, *letters.upper()])
        given = {number: value.lower() for number, value in chosen.items()}
        if len(given) < count:
            return unread(self.kind_text("unread", missing=missing_parts(given, count)))
        return grade_parts(self.as_shape(), given)

    def controls_html(self, variant: Variant, name: ControlName) -> str:
        # The partners stand once, in full; each left side has a row of their letters, and below
        # the row the partner that is chosen, in full again.
        listed = "".join(f"<li>{inline_html(text)}</li>" for text in self.lettered_rights)
        rows = ""
        for number, pair in enumerate(self.pairs, start=1):
            boxes = "".join(
                letter_box(name(str(number)), letter(index), text)
                for index, text in enumerate(self.lettered_rights)
            )
            rows += numbered_part(number, pair.left, f'<div class="mali-letters">{boxes}</div>')
        partners = f'<ul class="mali-partners" style="list-style:none;padding:0">{listed}</ul>'
        return partners + rows

    def paper_html(self) -> str:
        lefts = paper_list(
            f"{blank_html('short')} {number}) {inline_html(pair.left)}"
            for number, pair in enumerate(self.pairs, start=1)
        )
        rights = paper_list(map(inline_html, self.lettered_rights))
        columns = f'<div class="mali-columns">{lefts}{rights}</div>'
        return paragraph(say("static.paper.match")) + columns
