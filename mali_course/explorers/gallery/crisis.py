"""The crisis of 2011 to 2013, event by event, in time and on the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from mali_course.charts.canvas import Row, sources_of
from mali_course.core.datasets import rows
from mali_course.core.dates import PartialDate, year_fraction
from mali_course.core.formats import in_words, month_of
from mali_course.core.table import Table
from mali_course.explorers.crisis_picture import SIDES, CrisisPicture, side_text
from mali_course.explorers.explorer_base import Explorer, explorer_texts, joined, start_upper
from mali_course.forms.controls import make_control

__all__ = ["CrisisExplorer"]

_ALL = "all"
_MAP_SOURCES = ("NATURAL_EARTH", "GEONAMES_CITIES500", "GEONAMES_ML")
_ABROAD = "Ouagadougou"

_texts = explorer_texts(__name__)


@dataclass(frozen=True, eq=False)
class CrisisEvent:
    """One event of the table."""

    row: Row

    def __getitem__(self, column: str) -> Any:
        return self.row[column]

    @property
    def date(self) -> PartialDate:
        """The day, or the month if no source has the day."""
        date: PartialDate = self.row["date"]
        return date

    @property
    def is_exact(self) -> bool:
        return self.date.precision == "day"

    @property
    def at(self) -> float:
        """Where it stands on an axis of years."""
        return year_fraction(self.date)

    @property
    def is_mapped(self) -> bool:
        return self.row["lon"] is not None

    @property
    def text(self) -> str:
        """What happened, without the full stop."""
        return str(self.row["event"]).rstrip(".")


@cache
def _events() -> Sequence[CrisisEvent]:
    table = sorted(rows("crisis_events"), key=lambda row: row["date"])
    return tuple(map(CrisisEvent, table))


class CrisisExplorer(Explorer):
    """What happened when and where in the crisis, by side and kind, event by event.

    Events are numbered over all sides and kinds: so an event stays marked where it belongs to a new
    choice as well.

    Examples
    --------
    >>> chart = CrisisExplorer().view({"side": "separatist rebels", "step": "4"})
    >>> "Ménaka" in chart.reading
    True
    """

    def __init__(self) -> None:
        kinds = dict.fromkeys(event["kind"] for event in _events())
        steps = (str(number) for number in range(1, len(_events()) + 1))
        super().__init__(
            CrisisView, CrisisPicture(_events()),
            make_control(_texts, "side", (_ALL, *SIDES)),
            make_control(_texts, "kind", (_ALL, *kinds)),
            make_control(_texts, "step", (_ALL, *steps), _ALL,
                         lambda number: _event_label(_events()[int(number) - 1])),
        )

    def refusal(self, values: Mapping[str, str]) -> str:
        """Refuse a kind of which there is no event of the side."""
        return "" if _chosen_events(values["side"], values["kind"]) else "none"

    def offered_values(self, name: str, values: Mapping[str, str]) -> Collection[str]:
        """Offer the events of the choice alone."""
        if name != "step":
            return super().offered_values(name, values)
        return {_ALL, *_chosen_events(values["side"], values["kind"])}


def _event_label(event: CrisisEvent) -> str:
    return _texts("step_option", when=event.date.short(), place=event["place"], event=event.text)


@cache
def _chosen_events(side: str, kind: str) -> Mapping[str, CrisisEvent]:
    """Return the events of a side and a kind by their numbers."""
    return {str(number): event for number, event in enumerate(_events(), start=1)
            if side in (_ALL, event["side"]) and kind in (_ALL, event["kind"])}


def _mapped_key(shown: int, count: int) -> str:
    """Return the name of the text that says how many events of a choice are on the map."""
    if count == 1:
        return "mapped_it" if shown else "mapped_not_it"
    if shown in (0, count):
        return "mapped_all" if shown else "mapped_none"
    return "mapped_but_one" if shown == count - 1 else "mapped"


class CrisisView:
    """The events of a choice, one of which may be marked."""

    def __init__(self, side: str, kind: str, step: str) -> None:
        self.side, self.kind = side, kind
        chosen = _chosen_events(side, kind)
        self.events = list(chosen.values())
        self.marked = None if step == _ALL else chosen[step]
        # Of the marked event in the choice, or 0.
        self.number = self.events.index(self.marked) + 1 if self.marked else 0

    def choice_text(self) -> str:
        side, kind = side_text(self.side), _texts(f"kind_{self.kind}")
        if self.kind == _ALL:
            return side
        return kind if self.side == _ALL else _texts("choice", side=side, kind=kind)

    def count_text(self) -> str:
        count = len(self.events)
        return _texts("count_many" if count > 1 else "count_one", count=count)

    def title_text(self) -> str:
        if self.marked:  # what happened, seen with the map; date and place stand below it
            return self.marked.text
        return start_upper(
            _texts("headline", choice=self.choice_text(), count=self.count_text()))

    def mapped_text(self) -> str:
        shown, count = sum(event.is_mapped for event in self.events), len(self.events)
        return joined(_texts(_mapped_key(shown, count), shown=shown, count=count,
                             without=count - shown),
                      any(event["place"] == _ABROAD for event in self.events)
                      and _texts("outside"))

    def summary_text(self) -> str:
        """Return the words between map and lanes."""
        if self.marked:
            return _texts("where_actor", when=self.marked.date.in_words(),
                          place=self.marked["place"], actor=self.marked["actor"])
        return self.mapped_text()

    def reading_text(self) -> str:
        if self.marked:
            return self.step_text(self.marked)
        first, last = self.events[0], self.events[-1]
        return _texts(
            "reading_single" if len(self.events) == 1 else "reading_all",
            choice=start_upper(self.choice_text()), count=self.count_text(),
            first=first.date.in_words(), first_place=first["place"], first_event=first.text,
            last=last.date.in_words(), last_place=last["place"], last_event=last.text,
            mapped=self.mapped_text())

    def step_text(self, event: CrisisEvent) -> str:
        where = joined(_texts("reading_mapped" if event.is_mapped else "reading_unmapped"),
                       event["place"] == _ABROAD and _texts("outside"))
        return _texts(
            "reading_step", number=self.number, count=len(self.events), place=event["place"],
            choice=self.choice_text(), when=event.date.in_words(), event=event.text,
            actor=event["actor"], where=where, since=self.since_text(event))

    def since_text(self, event: CrisisEvent) -> str:
        """Say how long after the event before it an event comes, where both days are known."""
        before = self.events[self.number - 2] if self.number > 1 else None
        if not before or not (before.is_exact and event.is_exact):
            return ""
        days = (event.date.first - before.date.first).days
        if not days:
            return _texts("reading_same_day")
        return _texts("reading_since",
                      days=_texts("days_one" if days == 1 else "days_many", days=days))

    def alt_text(self) -> str:
        counts = Counter(event["side"] for event in _events())
        sides = "; ".join(_texts("side_count", side=side_text(side), count=counts[side])
                          for side in SIDES)
        days = [event.date.middle for event in _events()]
        towns = {event["place"] for event in _events() if event.is_mapped}
        return joined(
            _texts("alt", towns=len(towns), sides=sides, choice=self.choice_text(),
                   first=month_of(min(days)), last=month_of(max(days)),
                   count=in_words(len(SIDES))),
            self.marked is not None and _texts(
                "alt_step" if self.marked.is_mapped else "alt_step_unmapped", number=self.number,
                when=self.marked.date.in_words(), place=self.marked["place"]))

    def note_text(self) -> str:
        note = self.marked["note"] if self.marked else ""
        return joined(note and _texts("note_row", note=note), _texts("note"))

    def data_table(self) -> Table:
        """Return the events of the choice, the marked one first."""
        columns = ("date", "place", "side", "actor", "event", "kind", "note", "source_id")
        cells: list[tuple[str | None, ...]] = [
            (str(event["date"]), event["place"], side_text(event["side"]), event["actor"],
             event.text, _texts(f"kind_{event['kind']}"), event["note"], event["source_id"])
            for event in sorted(self.events, key=lambda event: event is not self.marked)
        ]
        caption = _texts("caption_step" if self.marked else "caption", choice=self.choice_text())
        return Table(caption, tuple(_texts(f"col_{name}") for name in columns), tuple(cells))

    def source_ids(self) -> tuple[str, ...]:
        return (*sources_of(event.row for event in self.events), *_MAP_SOURCES)
