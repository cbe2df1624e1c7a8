"""The crisis of 2011 to 2013, event by event, in time and on the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from mali_course.charts.canvas import sources_of
from mali_course.charts.chart_base import Chart
from mali_course.core.formats import in_words, month_of
from mali_course.core.table import Table
from mali_course.explorers.crisis_events import (
    ALL,
    SIDES,
    CrisisChoice,
    CrisisEvent,
    crisis_events,
    crisis_texts,
    crisis_towns,
    value_text,
)
from mali_course.explorers.crisis_picture import CrisisPicture
from mali_course.explorers.explorer_base import Explorer
from mali_course.forms.controls import make_control

__all__ = ["CrisisExplorer"]

_MAP_SOURCES = ("NATURAL_EARTH", "GEONAMES_CITIES500", "GEONAMES_ML")
_ABROAD = "Ouagadougou"


class CrisisExplorer(Explorer):
    """What happened when and where in the crisis, by side and kind, event by event.

    A step beyond the last event of a choice means the last.

    Examples
    --------
    >>> chart = CrisisExplorer().view({"side": "separatist rebels", "step": "2"})
    >>> "Ménaka" in chart.reading
    True
    """

    def __init__(self) -> None:
        kinds = dict.fromkeys(event["kind"] for event in crisis_events())
        steps = {str(step): crisis_texts("step_option", number=step)
                 for step in range(1, len(crisis_events()) + 1)}
        super().__init__(
            make_control(crisis_texts, "side", {ALL: crisis_texts("all_sides")} | {
                side: value_text("side", side) for side in SIDES}),
            make_control(crisis_texts, "kind", {ALL: crisis_texts("all_kinds")} | {
                kind: value_text("kind", kind) for kind in kinds}),
            make_control(crisis_texts, "step", {ALL: crisis_texts("all_steps")} | steps),
        )
        self._picture = CrisisPicture()

    def chart(self, side: str, kind: str, step: str) -> Chart:
        """Return the chart for a side, a kind and a step."""
        choice = CrisisChoice(side, kind, None if step == ALL else int(step))
        title = _title_text(choice)
        events = choice.events or crisis_events()
        return Chart(
            figure=self._picture.page.figure,
            title=title,
            alt=_alt_text(choice),
            reading=_reading_text(choice),
            table=_event_table(choice),
            sources=(*sources_of(event.row for event in events), *_MAP_SOURCES),
            note=_note_text(choice.marked),
            prepare=partial(self._picture.show_view, choice, title, _summary_text(choice)),
        )


def _count_text(events: Sequence[CrisisEvent]) -> str:
    key = "count_many" if len(events) > 1 else "count_one" if events else "count_none"
    return crisis_texts(key, count=len(events))


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def _title_text(choice: CrisisChoice) -> str:
    event = choice.marked
    if event:
        return crisis_texts("headline_step", when=event.when, place=event["place"])
    return _capitalized(
        crisis_texts("headline", choice=choice.words, count=_count_text(choice.events)))


def _mapped_text(events: Sequence[CrisisEvent]) -> str:
    shown = sum(event.mapped for event in events)
    key = "mapped_all" if shown == len(events) else "mapped" if shown else "mapped_none"
    text = crisis_texts(key, shown=shown, count=len(events), without=len(events) - shown)
    abroad = any(event["place"] == _ABROAD for event in events)
    return f"{text} {crisis_texts('outside')}" if abroad else text


def _summary_text(choice: CrisisChoice) -> str:
    """Return the words between map and lanes."""
    if choice.marked:
        return choice.marked.text + "."
    return _mapped_text(choice.events) if choice.events else crisis_texts("none")


def _reading_text(choice: CrisisChoice) -> str:
    events, event = choice.events, choice.marked
    if not events:
        return crisis_texts("reading_none", choice=choice.words, total=len(crisis_events()))
    if event:
        return _step_text(choice, event)
    first, last = events[0], events[-1]
    return crisis_texts(
        "reading_single" if len(events) == 1 else "reading_all", choice=_capitalized(choice.words),
        count=_count_text(events), first=first.when, last=last.when,
        first_place=first["place"], first_event=first.text, last_place=last["place"],
        last_event=last.text, mapped=_mapped_text(events))


def _step_text(choice: CrisisChoice, event: CrisisEvent) -> str:
    where = crisis_texts("reading_mapped" if event.mapped else "reading_unmapped")
    if event["place"] == _ABROAD:
        where += " " + crisis_texts("outside")
    return crisis_texts(
        "reading_step", number=(choice.position or 0) + 1, count=len(choice.events),
        choice=choice.words, when=event.when, place=event["place"],
        event=event.text, actor=event["actor"], where=where,
        since=_since_text(choice.before, event),
        beyond=crisis_texts("reading_beyond") if choice.beyond else "")


def _since_text(before: CrisisEvent | None, event: CrisisEvent) -> str:
    """Say how long after the event before it an event comes, where both days are known."""
    if not before or not (before.exact and event.exact):
        return ""
    days = (event.date.first - before.date.first).days
    if not days:
        return crisis_texts("reading_same_day")
    return crisis_texts("reading_since",
                        days=crisis_texts("days_one" if days == 1 else "days_many", days=days))


def _alt_text(choice: CrisisChoice) -> str:
    counts = Counter(event["side"] for event in crisis_events())
    sides = "; ".join(crisis_texts("side_count", side=value_text("side", side), count=counts[side])
                      for side in SIDES)
    days = [event.date.middle for event in crisis_events()]
    text = crisis_texts("alt", towns=len(crisis_towns()), sides=sides, choice=choice.words,
                        first=month_of(min(days)), last=month_of(max(days)),
                        count=in_words(len(SIDES)))
    event = choice.marked
    if not choice.events:
        return f"{text} {crisis_texts('alt_none')}"
    if not event:
        return text
    marked = crisis_texts("alt_step" if event.mapped else "alt_step_unmapped",
                          number=(choice.position or 0) + 1, when=event.when, place=event["place"])
    return f"{text} {marked}"


def _note_text(event: CrisisEvent | None) -> str:
    if event is None or not event["note"]:
        return crisis_texts("note")
    return f"{crisis_texts('note_row', note=event['note'])} {crisis_texts('note')}"


def _event_table(choice: CrisisChoice) -> Table:
    """Return the events of the choice, the marked one first."""
    columns = ("date", "place", "side", "actor", "event", "kind", "note", "source_id")
    cells: list[tuple[str | None, ...]] = [
        (str(event["date"]), event["place"], value_text("side", event["side"]), event["actor"],
         event.text, value_text("kind", event["kind"]), event["note"], event["source_id"])
        for event in sorted(choice.events, key=lambda event: event is not choice.marked)
    ]
    if not cells:
        cells = [(crisis_texts("empty"), *[None] * (len(columns) - 1))]
    caption = crisis_texts("caption_step" if choice.marked else "caption", choice=choice.words)
    return Table(caption, tuple(crisis_texts(f"col_{name}") for name in columns), tuple(cells))
