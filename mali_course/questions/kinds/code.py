"""A value to compute in a cell, graded by the value and never by the code.

`starter` has at most six lines with ``...`` to replace, runs as it stands and ends with
``mali.check``; `solution` is the same, completed. `value` is a number, text, boolean or a list of
these: take it from the table itself and not by running the solution, so that one checks the other.
In the notebook a cell with ``mali.ask`` comes first, then a code cell with exactly the starter.

An example without the fields that every item has::

    kind = "code"
    dataset = "report_figures"
    starter = '''
    figures = mali.load("report_figures")
    dollars = figures[figures["unit"] == "usd"]
    largest = ...
    mali.check("00-08", largest)
    '''
    solution = '''
    figures = mali.load("report_figures")
    dollars = figures[figures["unit"] == "usd"]
    largest = dollars["value"].max()
    mali.check("00-08", largest)
    '''
    value = 327000000
    tolerance = 0
    unit = "U.S. dollars"
    right = "Sentence 6.2.3 marks this amount as an estimate."
    wrong = "Look in the table which amount you expect, then look at your code."

    [[item.slip]]
    value = 89000000
    feedback = "This is the smallest amount. Change the word that asks for it."
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from mali_course.core.html import paragraph
from mali_course.core.messages import say
from mali_course.core.schema import Complaint, tables
from mali_course.questions.answers import AnswerFeedback, plain_number
from mali_course.questions.item import Item
from mali_course.questions.outcome import Outcome, unread
from mali_course.questions.pieces import ControlName, Variant, write_line
from mali_course.questions.shapes import (
    Phrase,
    Phrases,
    Shape,
    Spans,
    Value,
    number_span,
    typed_forms,
)
from mali_course.questions.values import (
    has_dots,
    is_number,
    plain_value,
    same_value,
    table_shape,
    what_is_odd,
)

__all__ = ["Code", "CodeSlip"]

_MOST_LINES = 6


@dataclass(frozen=True)
class CodeSlip:
    """A usual wrong value with its feedback."""

    value: Any
    feedback: str


def _value_text(value: object) -> str:
    return plain_number(value) if is_number(value) else str(value)


@dataclass(frozen=True, kw_only=True)
class Code(Item):
    """A value to compute. Response: the value.

    ``...`` means "not done yet". A table or column where one number is asked for, text, nothing,
    or a missing value is "unread": a plain sentence says what it is.
    """

    kind = "code"
    rank = 8
    has_form = False
    dataset: str
    starter: str
    solution: str
    value: Any
    tolerance: float = 0
    unit: str = ""
    right: str
    wrong: str
    slips: tuple[CodeSlip, ...] = tables("slip", 0, 9)

    def check(self, complain: Complaint) -> None:
        """Refuse code that cannot be completed, or that is not checked at last."""
        if "..." not in self.starter:
            complain("starter", "code with `...` to replace")
        if len(self.starter.splitlines()) > _MOST_LINES:
            complain("starter", "at most six lines")
        last = f'mali.check("{self.id}"'
        for name in ("starter", "solution"):
            if not getattr(self, name).splitlines()[-1].startswith(last):
                complain(name, f"a last line that begins with {last}")

    def _answers(self) -> list[tuple[Any, bool, str]]:
        """Return the key and the usual slips, each with whether it is right and its feedback."""
        slips = [(slip.value, False, slip.feedback) for slip in self.slips]
        return [(self.value, True, self.right), *slips]

    def as_shape(self) -> Shape:
        if is_number(self.value):
            spans = (
                number_span(value, value, right, feedback, _value_text(value), room=self.tolerance)
                for value, right, feedback in self._answers()
                if is_number(value)
            )
            return Spans(tuple(spans), self.wrong, self.unit)
        if isinstance(self.value, str):
            phrases = (
                Phrase(typed_forms([value]), right, feedback, value)
                for value, right, feedback in self._answers()
                if isinstance(value, str)
            )
            return Phrases(tuple(phrases), self.wrong)
        slips = tuple((_value_text(slip.value), slip.feedback) for slip in self.slips)
        is_list = isinstance(self.value, list)
        return Value(str(self.value), self.right, self.wrong, slips, is_list)

    def key_response(self) -> Any:
        return self.value

    def key_lines(self) -> tuple[str, ...]:
        return tuple(self.solution.splitlines())

    def short_key(self) -> str:
        return f"{_value_text(self.value)} {self.unit}".strip()

    def answer_feedback(self) -> tuple[AnswerFeedback, ...]:
        # All usual slips: a shape has those only that are of the type of the key.
        rows = [AnswerFeedback(self.short_key(), "right", self.right)]
        rows += [AnswerFeedback(_value_text(s.value), "wrong", s.feedback) for s in self.slips]
        return (*rows, AnswerFeedback(say("static.key.other"), "wrong", self.wrong))

    def grade_response(self, response: object) -> Outcome:
        try:
            return self._grade_value(response)
        except Exception:
            # An object of the learner's own can raise from anything that is asked of it.
            return self._unread("odd")

    def _unread(self, reason: str) -> Outcome:
        return unread(self.kind_text(f"unread_{reason}"))

    def _grade_value(self, value: object) -> Outcome:
        if has_dots(value):
            return self._unread("dots")
        plain = plain_value(value)
        table = "" if isinstance(self.value, list) else table_shape(value)
        if same_value(plain, self.value, self.tolerance):
            return self._unread(table) if table else Outcome("right", 1.0, (self.right,))
        for slip in self.slips:
            if same_value(plain, slip.value, self.tolerance):
                return Outcome("wrong", 0.0, (slip.feedback,))
        if value is not None and table:
            return self._unread(table)
        odd = what_is_odd(value, plain, self.value)
        return self._unread(odd) if odd else Outcome("wrong", 0.0, (self.wrong,))

    def controls_html(self, variant: Variant, name: ControlName) -> str:
        if variant == "page":
            starter = f"<pre><code>{escape(self.starter)}</code></pre>"
            return paragraph(say("static.page.code")) + starter
        return paragraph(say("interface.question.code"))

    def paper_html(self) -> str:
        return (
            f"{paragraph(say('static.paper.code'))}<pre>{escape(self.starter)}</pre>"
            f"{write_line(say('static.paper.dots'), 'wide')}"
            f"{write_line(say('static.paper.value'), after=self.unit)}"
        )
