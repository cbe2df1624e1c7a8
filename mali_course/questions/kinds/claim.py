"""Statements to sort by what the report does with them.

Three to five statements: the report says so, says otherwise, or does not say. Each verdict that a
learner may pick has feedback.

Whoever writes a statement with its verdict in mind gives the verdict away by its wording. So three
statements of the same length and tone are written for each point, one for each verdict, and
`drawn_verdict` decides which of them is asked. The file keeps the other two in `others`.

An example without the fields that every item has::

    kind = "claim"

    [[item.statement]]
    text = "Islamist groups attack military posts near borders more and more."
    verdict = "says"
    [item.statement.others]
    otherwise = "Islamist groups attack military posts in Bamako more and more."
    silent = "Islamist groups attack military posts near borders at night."
    [item.statement.feedback]
    says = "4.2.1 says so, in other words."
    otherwise = "Read 4.2.1 again: which places does it name?"
    silent = "Ask whether 4.2.1 has the same meaning."

    [[item.statement]]
    text = "Malians agree that peace talks with jihadists are a good idea."
    verdict = "otherwise"
    [item.statement.others]
    says = "Malians argue about peace talks with jihadists."
    silent = "Malians expect little of peace talks with jihadists."
    [item.statement.feedback]
    says = "Such talks have been proposed. Read the second half of 4.2.3."
    otherwise = "4.2.3 says that the idea is disputed."
    silent = "One sentence tells how this idea is received."

    [[item.statement]]
    text = "Religious leaders were the first to propose such talks."
    verdict = "silent"
    [item.statement.others]
    says = "Some Malians have proposed such talks."
    otherwise = "No Malian has proposed such talks."
    [item.statement.feedback]
    says = "Check whether 4.2.3 tells you who they are."
    otherwise = "For that, the report would have to name somebody else."
    silent = "4.2.3 speaks of some Malians and gives no more."
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from typing import Literal, get_args

from mali_course.core.html import inline_html, tick_box
from mali_course.core.messages import say
from mali_course.core.schema import tables
from mali_course.questions.item import Item
from mali_course.questions.numbered_parts import answers_by_part, grade_parts, missing_parts
from mali_course.questions.outcome import Outcome, unread
from mali_course.questions.pieces import ControlName, Variant, numbered_part
from mali_course.questions.shapes import Answer, Part, Parts

__all__ = ["VERDICTS", "Claim", "Statement", "drawn_verdict"]

Verdict = Literal["says", "otherwise", "silent"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


def drawn_verdict(item_id: str, number: int) -> Verdict:
    """Return by lot, and always the same, which of three statements on a point is asked.

    Parameters
    ----------
    item_id : str
        Of the item.
    number : int
        Of the statement in it, from 1.

    Examples
    --------
    >>> [drawn_verdict("01-04", number) for number in (1, 2, 3)]
    ['otherwise', 'says', 'says']
    """
    drawn = int(sha256(f"{item_id} {number}".encode()).hexdigest(), 16)
    return VERDICTS[drawn % len(VERDICTS)]


@dataclass(frozen=True)
class Statement:
    """A statement to judge, with feedback for each verdict, and the two that were not drawn."""

    text: str
    verdict: Verdict
    feedback: Mapping[Verdict, str]
    others: Mapping[str, str] = field(default_factory=dict)


def _verdict_text(verdict: str) -> str:
    return say(f"interface.verdict.{verdict}")


@dataclass(frozen=True, kw_only=True)
class Claim(Item):
    """Statements to sort by what the report does with them. Response: number to verdict."""

    kind = "claim"
    rank = 3
    statements: tuple[Statement, ...] = tables("statement", 3, 5)

    def as_shape(self) -> Parts:
        parts = tuple(
            Part(
                statement.text,
                tuple(
                    Answer(
                        _verdict_text(verdict),
                        verdict == statement.verdict,
                        statement.feedback[verdict],
                        verdict,
                    )
                    for verdict in VERDICTS
                ),
            )
            for statement in self.statements
        )
        return Parts(parts, "sort")

    def grade_response(self, response: object) -> Outcome:
        count = len(self.statements)
        given = answers_by_part(response, count, VERDICTS)
        if len(given) < count:
            return unread(self.kind_text("unread", missing=missing_parts(given, count)))
        return grade_parts(self.as_shape(), given)

    def controls_html(self, variant: Variant, name: ControlName) -> str:
        rows = []
        for number, statement in enumerate(self.statements, start=1):
            boxes = "".join(
                tick_box("radio", name(str(number)), verdict, _verdict_text(verdict))
                for verdict in VERDICTS
            )
            choices = f'<div class="mali-choices">{boxes}</div>'
            rows.append(numbered_part(number, statement.text, choices))
        return "".join(rows)

    def paper_html(self) -> str:
        heads = "".join(f'<th scope="col">{_verdict_text(verdict)}</th>' for verdict in VERDICTS)
        box = '<td><span class="mali-tick round"></span></td>'
        rows = "".join(
            f'<tr><th scope="row">{number}) {inline_html(statement.text)}</th>'
            f"{box * len(VERDICTS)}</tr>"
            for number, statement in enumerate(self.statements, start=1)
        )
        first = f'<th scope="col">{escape(say("static.paper.statement"))}</th>'
        return (
            f'<table class="mali-claims"><thead><tr>{first}{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        )
