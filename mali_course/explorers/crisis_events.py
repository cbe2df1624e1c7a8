"""The events of the crisis as its explorer needs them, and which of them are chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from mali_course.charts.canvas import Row
from mali_course.core.datasets import rows
from mali_course.core.dates import PartialDate, year_fraction
from mali_course.explorers.explorer_base import explorer_texts

__all__ = ["ALL", "SIDES", "CrisisChoice", "CrisisEvent", "crisis_events", "crisis_texts",
           "crisis_towns", "value_text"]

ALL = "all"
SIDES = ("separatist rebels", "Islamist groups", "Malian army and state", "foreign armies",
         "international bodies")

crisis_texts = explorer_texts("crisis")


def value_text(column: str, value: str) -> str:
    """Return a value of the columns side and kind as learners read it.

    Examples
    --------
    >>> value_text("kind", "coup")
    'coup and counter-coup'
    """
    return crisis_texts(f"{column}_{value.replace(' ', '_')}")


@dataclass(frozen=True, eq=False)
class CrisisEvent:
    """One event of the table."""

    number: int
    row: Row

    def __getitem__(self, column: str) -> Any:
        return self.row[column]

    @property
    def date(self) -> PartialDate:
        """The day, or the month if no source has the day."""
        date: PartialDate = self.row["date"]
        return date

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.date.precision == "day"

    @property
    def at(self) -> float:
        """Where it stands on an axis of years."""
        return year_fraction(self.date)

    @property
    def when(self) -> str:
        """Its date in words."""
        return self.date.in_words()

    @property
    def mapped(self) -> bool:
        """Whether it has a point on the map."""
        return self.row["lon"] is not None

    @property
    def text(self) -> str:
        """What happened, without the full stop."""
        return str(self.row["event"]).rstrip(".")


@cache
def crisis_events() -> tuple[CrisisEvent, ...]:
    """Return all events in the order of their dates.

    Examples
    --------
    >>> crisis_events()[0].when
    'October 2011'
    """
    table = sorted(rows("crisis_events"), key=lambda row: row["date"])
    return tuple(CrisisEvent(number, row) for number, row in enumerate(table))


@cache
def crisis_towns() -> Mapping[str, tuple[float, float]]:
    """Return the places of the towns in which events fell.

    Examples
    --------
    >>> "Gao" in crisis_towns()
    True
    """
    return {event["place"]: (event["lon"], event["lat"])
            for event in crisis_events() if event.mapped}


@dataclass(frozen=True)
class CrisisChoice:
    """What the controls choose.

    Examples
    --------
    >>> CrisisChoice("all", "election", 7).beyond
    True
    """

    side: str
    kind: str
    step: int | None  # from 1; there may be fewer events

    @cached_property
    def events(self) -> list[CrisisEvent]:
        """The events of the choice."""
        return [event for event in crisis_events()
                if self.side in (ALL, event["side"]) and self.kind in (ALL, event["kind"])]

    @property
    def position(self) -> int | None:
        """Where the marked event stands in the choice: the last one if there are too few."""
        if self.step is None or not self.events:
            return None
        return min(self.step, len(self.events)) - 1

    @property
    def marked(self) -> CrisisEvent | None:
        """The marked event."""
        return None if self.position is None else self.events[self.position]

    @property
    def before(self) -> CrisisEvent | None:
        """The event of the choice before the marked one."""
        return self.events[self.position - 1] if self.position else None

    @property
    def beyond(self) -> bool:
        """Whether the choice has not so many events."""
        return self.step is not None and self.step > len(self.events)

    @property
    def words(self) -> str:
        """The choice in words."""
        if self.kind == ALL:
            return crisis_texts("all_sides") if self.side == ALL else value_text("side", self.side)
        kind = value_text("kind", self.kind)
        if self.side == ALL:
            return kind
        return crisis_texts("choice", side=value_text("side", self.side), kind=kind)
