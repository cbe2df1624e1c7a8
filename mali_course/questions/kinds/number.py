r"""A number with its unit.

`value` with its `unit`; `tolerance` is absolute. A slip is a usual wrong value, or a range from
`low` to `high` that does not hold the right one, with its feedback; `wrong` is for all others.
Learners may write ``201,000``, ``201 000``, ``201k`` or ``$140 million``, in the ways of any
country; where that can mean two numbers and neither is right, they are asked which one they mean.

An example without the fields that every item has::

    kind = "number"
    unit = "uniformed personnel"
    value = 15209
    tolerance = 0
    right = "Note the words \"at most\". This is a limit, not a count."
    wrong = "This is not the number of sentence 5.1.1."

    [[item.slip]]
    low = 15000
    high = 15208
    feedback = "This is near. Copy every digit of 5.1.1."

    [[item.slip]]
    value = 2019
    feedback = "This is a year of the paragraph, not a number of people."
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mali_course.core.messages import say
from mali_course.core.schema import Complaint, tables
from mali_course.questions.answers import plain_number
from mali_course.questions.item import Item
from mali_course.questions.numerals import number_readings, one_way_form
from mali_course.questions.outcome import Outcome, marked, unread
from mali_course.questions.pieces import ControlName, Variant, text_field, write_line
from mali_course.questions.shapes import Span, Spans, number_span

__all__ = ["Number", "NumberSlip"]


@dataclass(frozen=True)
class NumberSlip:
    """A usual wrong value, or range of values, with its feedback."""

    feedback: str
    value: float | None = None
    low: float | None = None
    high: float | None = None

    def check(self, complain: Complaint) -> None:
        """Refuse a slip with neither a value nor both ends of a range, or with both of them."""
        for name in ("low", "high"):
            if self.value is None and getattr(self, name) is None:
                complain(name, "a number")
            if self.value is not None and getattr(self, name) is not None:
                complain(name, "no range beside a value")

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest value."""
        low, high = (self.low, self.high) if self.value is None else (self.value, self.value)
        assert low is not None
        assert high is not None
        return low, high

    def as_span(self) -> Span:
        """Return the range as a part of a shape."""
        low, high = self.ends
        text = plain_number(low)
        if low != high:
            text = say("static.key.range", low=text, high=plain_number(high))
        return number_span(low, high, False, self.feedback, text)

    def holds(self, value: float) -> bool:
        """Whether a number is in the range, as near as floats are exact."""
        near = 1e-9 * max(1.0, abs(value))
        low, high = self.ends
        return low - near <= value <= high + near


def _which_is_meant(typed: str, readings: Sequence[float]) -> str:
    """Return the question which of several numbers somebody means, and how to write each."""
    between = say("interface.number.or")
    return say(
        "interface.number.which",
        typed=typed.strip(),
        readings=between.join(map(plain_number, readings)),
        forms=between.join(map(one_way_form, readings)),
    )


@dataclass(frozen=True, kw_only=True)
class Number(Item):
    """A number with its unit. Response: text, as a person writes numbers."""

    kind = "number"
    rank = 4
    unit: str
    value: float
    tolerance: float = 0
    right: str
    wrong: str
    slips: tuple[NumberSlip, ...] = tables("slip", 0, 9)

    def as_shape(self) -> Spans:
        text = f"{plain_number(self.value)} {self.unit}".strip()
        if self.tolerance:
            text = say("static.key.tolerance", value=text, margin=plain_number(self.tolerance))
        right = number_span(
            self.value, self.value, True, self.right, text, room=self.tolerance
        )
        return Spans((right, *(slip.as_span() for slip in self.slips)), self.wrong, self.unit)

    def _is_right(self, value: float) -> bool:
        room = self.tolerance + 1e-9 * max(1.0, abs(self.value))
        return abs(value - self.value) <= room

    def _is_off_by_zeros(self, value: float) -> bool:
        return bool(self.value) and any(
            self._is_right(value * factor) or self._is_right(value / factor)
            for factor in (10, 100, 1_000, 1_000_000)
        )

    def grade_response(self, response: object) -> Outcome:
        readings = number_readings(response, f"{self.unit} {self.stem}")
        if not readings.likely:
            return unread(self._unread_note(response))
        if any(map(self._is_right, readings.likely)):
            return marked(True, self.right)
        meant = self._sensible(readings.likely)
        meant += [value for value in readings.foreign if self._is_right(value)]
        if len(meant) > 1:
            return unread(_which_is_meant(str(response), meant))
        return marked(False, self._wrong_note(meant[0]))

    def _unread_note(self, response: object) -> str:
        """Say what is wanted; "12 weeks" is a number with a unit, but not with that of here."""
        other = say("interface.number.other_units")
        if isinstance(response, str):
            without, found = re.subn(rf"(?i)(?<![^\W\d_])(?:{other})(?![^\W\d_])", " ", response)
            if found and number_readings(without, f"{self.unit} {self.stem}").likely:
                return say("interface.number.unit", unit=self.unit)
        return self.kind_text("unread")

    def _counts_whole_things(self) -> bool:
        ends = [end for slip in self.slips for end in slip.ends]
        return all(float(number).is_integer() for number in (self.value, self.tolerance, *ends))

    def _sensible(self, likely: Sequence[float]) -> list[float]:
        """Leave out that "1,234" may mean little more than one, where whole things are counted."""
        least = abs(likely[0]) if self._counts_whole_things() else 0
        return [value for value in likely if abs(value) >= least]

    def _wrong_note(self, value: float) -> str:
        for slip in self.slips:
            if slip.holds(value):
                return slip.feedback
        return say("interface.question.zeros") if self._is_off_by_zeros(value) else self.wrong

    def controls_html(self, variant: Variant, name: ControlName) -> str:
        return text_field(say("interface.question.number", unit=self.unit), name("answer"))

    def paper_html(self) -> str:
        return write_line(say("static.paper.number"), after=self.unit)
