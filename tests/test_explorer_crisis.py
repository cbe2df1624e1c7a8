"""The explorer of the crisis: its events, dates and marks held against the file."""

from __future__ import annotations

import datetime
import itertools
import math
from collections import Counter

import pytest
from drawn import cut_words, drawn_lines, picture_text, spots, table_rows, words_of

from mali_course.explorers.gallery.crisis import CrisisExplorer

EVENTS = sorted(table_rows("crisis_events"), key=lambda row: row["date"])
ALL = "all"
SIDES = (ALL, *dict.fromkeys(row["side"] for row in EVENTS))
KINDS = (ALL, *dict.fromkeys(row["kind"] for row in EVENTS))
PALE = "#b9b9b9"


def when(row: dict[str, str]) -> str:
    if len(row["date"]) == 7:
        return f"{datetime.date.fromisoformat(row['date'] + '-01'):%B %Y}"
    return f"{datetime.date.fromisoformat(row['date']):%-d %B %Y}"


def chosen(side: str, kind: str) -> list[dict[str, str]]:
    return [row for row in EVENTS if side in (ALL, row["side"]) and kind in (ALL, row["kind"])]


def choices() -> list[tuple[str, str]]:
    """Return every side with every kind of which there is an event."""
    return [pair for pair in itertools.product(SIDES, KINDS) if chosen(*pair)]


def number_of(row: dict[str, str]) -> str:
    return str(EVENTS.index(row) + 1)


@pytest.fixture(scope="module")
def crisis() -> CrisisExplorer:
    return CrisisExplorer()


def test_every_side_and_kind_of_the_file_can_be_chosen(crisis: CrisisExplorer) -> None:
    side, kind, step = crisis.controls
    assert {value for value, _ in side.options} == set(SIDES)
    assert {value for value, _ in kind.options} == set(KINDS)
    assert len(step.options) == len(EVENTS) + 1
    assert side.default == kind.default == step.default == ALL


def test_every_choice_counts_and_dates_its_events(crisis: CrisisExplorer) -> None:
    for side, kind in choices():
        shown, events = crisis.view({"side": side, "kind": kind}), chosen(side, kind)
        assert [row[0] for row in shown.table.rows] == [row["date"] for row in events]
        assert [row[7] for row in shown.table.rows] == [row["source_id"] for row in events]
        for row in (events[0], events[-1]):
            assert when(row) in shown.reading
            assert row["event"].rstrip(".") in shown.reading
        mapped, count = sum(bool(row["lon"]) for row in events), len(events)
        other = "one" if count - mapped == 1 else count - mapped
        words = (
            ("It is on the map." if mapped else "It is not on the map")
            if count == 1
            else f"On the map: none of the {count}."
            if not mapped
            else f"On the map: all {count}."
            if mapped == count
            else f"On the map: {mapped} of {count}. The other {other} did not happen in one of its"
        )
        assert words in shown.reading
        outside = any(row["place"] == "Ouagadougou" for row in events)
        assert ("lies in Burkina Faso" in shown.reading) == outside
        assert "from October 2011 to December 2013 for each of six sides" in shown.alt
        counts = Counter(row["side"] for row in EVENTS)
        assert all(f"{name} {number}" in shown.alt for name, number in counts.items())
        assert set(shown.sources) >= {row["source_id"] for row in events}


def test_every_step_of_every_choice_tells_its_event(crisis: CrisisExplorer) -> None:
    for side, kind in choices():
        events = chosen(side, kind)
        for place, row in enumerate(events):
            shown = crisis.view({"side": side, "kind": kind, "step": number_of(row)})
            assert f"Event {place + 1} of {len(events)} " in shown.reading
            for part in (when(row), row["place"], row["event"].rstrip("."), row["actor"]):
                assert part in shown.reading
            assert ("no point on the map" in shown.reading) == (not row["lon"])
            assert shown.table.rows[0][0] == row["date"]
            assert shown.table.rows[0][4] == row["event"].rstrip(".")
            assert row["note"] in shown.note
            assert shown.title == row["event"].rstrip(".")


def test_days_are_counted_where_both_are_known(crisis: CrisisExplorer) -> None:
    for before, after in itertools.pairwise(EVENTS):
        reading = crisis.view({"step": str(EVENTS.index(after) + 1)}).reading
        if not len(before["date"]) == len(after["date"]) == 10:
            assert " after the event before" not in reading
            continue
        first, second = (datetime.date.fromisoformat(row["date"]) for row in (before, after))
        days = (second - first).days
        words = "1 day" if days == 1 else f"{days} days"
        assert (f"comes {words} after" if days else "has the same date") in reading


def test_the_list_has_the_events_of_the_choice_with_date_place_and_words(
    crisis: CrisisExplorer,
) -> None:
    for side, kind in choices():
        every, *listed = crisis.offers({"side": side, "kind": kind})[-1].options
        assert every.value == ALL
        assert [option.value for option in listed] == [number_of(row) for row in chosen(side, kind)]
        for option, row in zip(listed, chosen(side, kind), strict=True):
            year, month, *_ = row["date"].split("-")
            abbreviated = datetime.date(int(year), int(month), 1).strftime("%b %Y")
            for words in (abbreviated, row["place"], row["event"].rstrip(".")):
                assert words in option.label


def test_an_event_stays_marked_where_it_belongs_to_the_new_choice(crisis: CrisisExplorer) -> None:
    row = next(row for row in EVENTS if row["kind"] == "election")
    values = {"step": number_of(row), "kind": "election"}
    assert crisis.settled(values)["step"] == number_of(row)
    assert crisis.settled({**values, "kind": "rebellion"})["step"] == ALL


def test_marks_and_points_are_those_of_the_choice(crisis: CrisisExplorer) -> None:
    for side, kind in choices():
        events = chosen(side, kind)
        shown = crisis.view({"side": side, "kind": kind})
        marks = drawn_lines(shown, markersize=6.5)
        pale = [
            spot for line in marks if line.get_markeredgecolor() == PALE for spot in spots(line)
        ]
        strong = [
            spot for line in marks if line.get_markeredgecolor() != PALE for spot in spots(line)
        ]
        assert (len(strong), len(pale)) == (len(events), len(EVENTS) - len(events))
        points = [spot for line in drawn_lines(shown, markersize=7.5) for spot in spots(line)]
        assert len(points) == len({(row["place"], row["side"]) for row in events if row["lon"]})
        assert not drawn_lines(shown, markersize=22), "no event is marked"


def test_the_marked_event_has_a_ring_around_its_town(crisis: CrisisExplorer) -> None:
    for place, row in enumerate(EVENTS):
        rings = drawn_lines(crisis.view({"step": str(place + 1)}), markersize=22)
        town = [(float(row["lon"]), float(row["lat"]))] if row["lon"] else []
        assert [spots(ring)[0] for ring in rings] == town


def test_no_two_marks_of_a_lane_cover_each_other(crisis: CrisisExplorer) -> None:
    lines = drawn_lines(crisis.view({}), markersize=6.5)
    crisis.view({}).to_png(100)
    marks = [line.get_transform().transform(spot) for line in lines for spot in spots(line)]
    for (x1, y1), (x2, y2) in itertools.combinations(marks, 2):
        assert math.hypot(x1 - x2, y1 - y2) >= 6.5 / 72 * 100 - 1


def test_the_words_of_every_event_have_room_between_map_and_lanes(crisis: CrisisExplorer) -> None:
    for number, row in enumerate(EVENTS):
        shown = crisis.view({"step": str(number + 1)})
        assert cut_words(shown) == []
        boxes = {" ".join(word.text.split()): word.box for word in words_of(shown)}
        below = f"{when(row)}, {row['place']}. Actor: {row['actor']}."
        assert boxes[below].y0 >= boxes[when(row)].y1 - 1
        assert boxes[shown.title].y0 >= shown.figure.axes[0].bbox.y1 - 1


def test_the_map_says_what_its_borders_and_points_are(crisis: CrisisExplorer) -> None:
    shown = crisis.view({})
    assert "Boundaries are illustrative" in picture_text(shown)
    assert "Boundaries are illustrative" in shown.note
    assert "never an area that somebody controlled" in shown.note


def test_a_list_of_whole_sentences_has_a_row_of_its_own(crisis: CrisisExplorer) -> None:
    """Beside others it showed "17 Jan 2012, M…" and no more."""
    html = [offer.to_html() for offer in crisis.offers({})]
    assert ["mali-wide" in one for one in html] == [False, False, True]
