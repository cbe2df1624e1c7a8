"""Charts and explorer of the crisis of 2011 to 2013: every number is worked out again here."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import json
import math
import re
from collections import Counter
from pathlib import Path

import pytest
from drawn import drawn_chart, table_rows, visible_texts
from matplotlib.patches import FancyArrowPatch, Rectangle

from mali_course.charts.chart_base import Chart
from mali_course.charts.projection import area_km2, equal_area
from mali_course.explorers import explore, explorer
from mali_course.explorers.explorer_base import Explorer
from mali_course.explorers.gallery.crisis import CrisisExplorer

DATA = Path(__file__).resolve().parent.parent / "data"
NORTH = ("Tombouctou", "Gao", "Kidal")


EVENTS = sorted(table_rows("crisis_events"), key=lambda row: row["date"])
LINKS = table_rows("actor_relations")
ALL = "all"
SIDES = (ALL, *dict.fromkeys(row["side"] for row in EVENTS))
KINDS = (ALL, *dict.fromkeys(row["kind"] for row in EVENTS))
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def when(row: dict[str, str]) -> str:
    year, month, *rest = row["date"].split("-")
    return " ".join([*(str(int(one)) for one in rest), MONTHS[int(month) - 1], year])


def chosen(side: str, kind: str) -> list[dict[str, str]]:
    return [row for row in EVENTS if side in (ALL, row["side"]) and kind in (ALL, row["kind"])]


@pytest.fixture(scope="module")
def crisis() -> CrisisExplorer:
    return CrisisExplorer()


@pytest.fixture(scope="module")
def texas() -> Chart:
    return drawn_chart("north-and-texas")


@pytest.fixture(scope="module")
def actors() -> Chart:
    return drawn_chart("actors-2012")


@pytest.fixture(scope="module")
def everything(texas: Chart, actors: Chart, crisis: CrisisExplorer) -> list[Chart]:
    views = [
        {},
        {"step": "1"},
        {"step": "40"},
        {"side": "foreign armies", "step": "2"},
        {"side": "foreign armies", "kind": "coup"},
        {"kind": "election"},
        {"kind": "peace_process", "step": "1"},
    ]
    return [texas, actors, *(crisis.view(view) for view in views)]


# --- The north and Texas ----------------------------------------------------------------------


def on_a_sphere(geometry: dict[str, list[object]]) -> float:
    """Area by another way: small steps along each side, on a sphere of equal surface."""
    parts = (
        geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    )
    radius, total = 6371.0072, 0.0
    for part in parts:
        for ring in part:  # type: ignore[attr-defined]
            sides = itertools.pairwise(ring)
            total += sum(
                math.radians(x2 - x1) * math.sin(math.radians((y1 + y2) / 2))
                for (x1, y1), (x2, y2) in sides
            )
    return abs(total) * radius**2


def regions() -> dict[str, int]:
    layer = json.loads((DATA / "geo/mali_admin1.geojson").read_text("utf-8"))
    return {
        one["properties"]["name"]: round(area_km2(one["geometry"])) for one in layer["features"]
    }


def test_the_projection_keeps_areas_and_those_of_the_whole_earth() -> None:
    x, y = equal_area(180, 90)
    assert 4 * x * y == pytest.approx(510_065_622, rel=1e-6)
    assert equal_area(0, 0) == (0, 0)
    for lat in (10, 17, 25):
        flat, at_home = equal_area(1, lat), equal_area(1, lat, 17)
        assert flat[0] * flat[1] == pytest.approx(at_home[0] * at_home[1])


def test_a_hole_is_taken_off() -> None:
    outer = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
    inner = [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]]
    whole = area_km2({"type": "Polygon", "coordinates": [outer]})
    hole = area_km2({"type": "Polygon", "coordinates": [inner]})
    both = {"type": "MultiPolygon", "coordinates": [[outer, inner]]}
    assert area_km2(both) == pytest.approx(whole - hole)


def test_areas_agree_with_a_second_way_and_with_the_table() -> None:
    layer = json.loads((DATA / "geo/mali_admin1.geojson").read_text("utf-8"))
    published = {row["name"]: int(row["area_km2"]) for row in table_rows("region_areas")}
    for one in layer["features"]:
        name = one["properties"]["name"]
        assert area_km2(one["geometry"]) == pytest.approx(on_a_sphere(one["geometry"]), rel=0.006)
        assert abs(area_km2(one["geometry"]) - published[name]) <= 1


def test_numbers_of_the_comparison_with_texas(texas: Chart) -> None:
    of = regions()
    north, mali = sum(of[name] for name in NORTH), sum(of.values())
    published = {row["name"]: int(row["area_km2"]) for row in table_rows("region_areas")}
    factbook = {
        row["subgroup"]: float(row["value"])
        for row in table_rows("country_facts")
        if row["fact"] == "area"
    }
    expected = [
        f"{north:,}",
        f"{published['Texas']:,}",
        f"{100 * north / published['Texas']:.0f}",
        f"{100 * north / mali:.0f}",
        f"{mali:,}",
        f"{factbook['total']:,.0f}",
        f"{factbook['land']:,.0f}",
        f"{100 * mali / factbook['total'] - 100:.0f}",
    ]
    expected[2] = str(int(expected[2]) - 100)
    found = set(re.findall(r"\d[\d,]*", texas.reading))
    assert {one.strip(",") for one in found} == set(expected)
    cells = texas.table.to_text()
    assert all(f"{one:,}" in cells for one in (north, mali, published["Texas"], *of.values()))
    assert f"{north:,}" in texas.alt
    assert "simplified" in texas.note
    assert north > published["Texas"]


def test_bars_begin_at_zero_and_have_the_lengths_of_their_numbers(texas: Chart) -> None:
    bars = [
        patch
        for axes in texas.figure.axes
        for patch in axes.patches
        if isinstance(patch, Rectangle) and patch.get_height() < 1
    ]
    assert [round(bar.get_width()) for bar in bars] == [
        sum(regions()[name] for name in NORTH),
        695662,
    ]
    assert all(bar.get_x() == 0 for bar in bars)


def test_the_square_has_the_area_of_texas_at_the_scale_of_the_map(texas: Chart) -> None:
    (square,) = (
        patch
        for axes in texas.figure.axes
        for patch in axes.patches
        if isinstance(patch, Rectangle) and patch.get_height() > 1
    )
    assert square.get_width() * square.get_height() == pytest.approx(695662)
    texas.to_png(60)
    box = square.get_window_extent()
    assert box.width == pytest.approx(box.height, rel=0.01)


# --- The network --------------------------------------------------------------------------------


def test_every_relation_is_drawn_once_and_stands_in_the_table(actors: Chart) -> None:
    arrows = [
        one
        for axes in actors.figure.axes
        for one in axes.patches
        if isinstance(one, FancyArrowPatch)
    ]
    assert len(arrows) == len(LINKS) == len(actors.table.rows)
    shown = Counter((row[0], row[2]) for row in actors.table.rows)
    assert shown == Counter((row["actor"], row["target"]) for row in LINKS)


def test_every_actor_of_a_line_has_its_box(actors: Chart) -> None:
    words = {text.get_text() for text in visible_texts(actors)}
    assert {name for row in LINKS for name in (row["actor"], row["target"])} <= words
    assert {row["abbreviation"] for row in table_rows("actors")} <= words


def test_every_line_has_its_dates_in_words(actors: Chart) -> None:
    words = Counter(
        re.sub(r"\s+", " ", text.get_text()).replace("– ", "–") for text in visible_texts(actors)
    )
    for row in actors.table.rows:
        label = row[3] if row[1] == "fought" else f"{row[1]} {row[3]}"
        assert words[label] > 0, row
    dates = {(row["actor"], row["target"], row["since"][:4]) for row in LINKS}
    for row in actors.table.rows:
        years = re.findall(r"20\d\d", row[3])
        assert any(one[:2] == (row[0], row[2]) and (not years or one[2] in years) for one in dates)


def test_numbers_of_the_network(actors: Chart) -> None:
    ends = Counter(name for row in LINKS for name in (row["actor"], row["target"]))
    most, lines = ends.most_common(1)[0]
    assert f"{len(ends)} actors" in actors.alt
    assert f"{len(LINKS)} lines" in actors.alt
    assert f"The {most} has the most lines, {lines}." in actors.alt
    sides = {row["abbreviation"]: row["kind"] for row in table_rows("actors")}
    signed = [row for row in LINKS if row["relation"] == "signed"]
    assert {row["since"] for row in signed} == {"2013-06-18"}
    assert "On 18 Jun 2013" in actors.reading
    assert all(row["target"] in actors.reading for row in signed)
    assert not any(
        sides[one] == "Islamist groups" for row in signed for one in (row["actor"], row["target"])
    ), "the reading says so"
    pairs = {
        name: {frozenset((row["actor"], row["target"])) for row in LINKS if row["relation"] == name}
        for name in ("fought", "fought_beside")
    }
    assert pairs["fought"] & pairs["fought_beside"], "the reading says that there are some"


# --- The explorer -------------------------------------------------------------------------------


def test_the_explorer_is_what_the_form_expects(crisis: CrisisExplorer) -> None:
    one: Explorer = crisis
    assert [control.name for control in one.controls] == ["side", "kind", "step"]
    for control, known in zip(one.controls, (SIDES, KINDS, None), strict=True):
        values = [value for value, _ in control.options]
        assert values[0] == control.default == ALL
        assert len(values) == len(set(values))
        assert all(label.strip() for _, label in control.options)
        assert known is None or set(values) == set(known)
    assert len(one.controls[2].options) == len(EVENTS) + 1
    assert isinstance(explorer("crisis"), CrisisExplorer)
    assert explore("crisis").on_change


def test_every_choice_counts_and_dates_its_events(crisis: CrisisExplorer) -> None:
    for side, kind in itertools.product(SIDES, KINDS):
        shown, events = crisis.view({"side": side, "kind": kind}), chosen(side, kind)
        if not events:
            assert "no event" in shown.reading
            assert "no event" in shown.title
            continue
        assert [row[0] for row in shown.table.rows] == [row["date"] for row in events]
        assert [row[7] for row in shown.table.rows] == [row["source_id"] for row in events]
        first, last = events[0], events[-1]
        assert when(first) in shown.reading
        assert first["event"].rstrip(".") in shown.reading
        assert when(last) in shown.reading
        assert last["event"].rstrip(".") in shown.reading
        mapped = sum(bool(row["lon"]) for row in events)
        count = len(events)
        words = (
            "On the map: none"
            if not mapped
            else f"On the map: {count} of {count}."
            if mapped == count
            else f"On the map: {mapped} of {count}; {count - mapped} have no town"
        )
        assert words in shown.reading
        outside = any(row["place"] == "Ouagadougou" for row in events)
        assert ("lies in Burkina Faso" in shown.reading) == outside
        assert "from October 2011 to December 2013 for each of five sides" in shown.alt
        counts = Counter(row["side"] for row in EVENTS)
        assert all(f"{name} {number}" in shown.alt for name, number in counts.items())
        assert set(shown.sources) >= {row["source_id"] for row in events}


def test_every_step_of_every_choice_tells_its_event(crisis: CrisisExplorer) -> None:
    for side, kind in itertools.product(SIDES, KINDS):
        events = chosen(side, kind)
        for place, row in enumerate(events):
            shown = crisis.view({"side": side, "kind": kind, "step": str(place + 1)})
            assert f"Event {place + 1} of {len(events)} " in shown.reading
            for part in (when(row), row["place"], row["event"].rstrip("."), row["actor"]):
                assert part in shown.reading
            assert ".." not in shown.reading
            assert ("no point on the map" in shown.reading) == (not row["lon"])
            assert shown.table.rows[0][0] == row["date"]
            assert shown.table.rows[0][4] == row["event"].rstrip(".")
            assert row["note"] in shown.note
            assert shown.title == f"{when(row)}: {row['place']}"
            before = events[place - 1] if place else None
            if before and len(before["date"]) == len(row["date"]) == len("2012-03-22"):
                days = (
                    datetime.date.fromisoformat(row["date"])
                    - datetime.date.fromisoformat(before["date"])
                ).days
                words = (
                    "has the same date"
                    if not days
                    else ("comes 1 day after" if days == 1 else f"comes {days} days after")
                )
                assert words in shown.reading
            else:
                assert " after the event before" not in shown.reading


def test_a_step_beyond_the_last_means_the_last_and_says_so(crisis: CrisisExplorer) -> None:
    shown = crisis.view({"kind": "election", "step": "40"})
    assert "Event 4 of 4" in shown.reading
    assert "this is its last" in shown.reading
    assert "this is its last" not in crisis.view({"kind": "election", "step": "4"}).reading


@pytest.mark.parametrize(
    "values",
    [
        {"side": "", "kind": "", "step": ""},
        {"side": "rebels", "step": "0"},
        {"step": "41"},
        {"step": "-1"},
        {"step": None, "kind": 3},
        {"side": ["all"]},
        {"other": "x"},
    ],
)
def test_odd_values_mean_the_defaults(crisis: CrisisExplorer, values: dict[str, str]) -> None:
    if values.get("step") == "41" and len(EVENTS) >= 41:
        pytest.skip("there is such an event")
    assert repr(crisis.view(values)) == repr(crisis.view({}))


def test_marks_and_points_are_those_of_the_choice(crisis: CrisisExplorer) -> None:
    for side, kind in itertools.product(SIDES, KINDS):
        events = chosen(side, kind)
        crisis.view({"side": side, "kind": kind}).to_png(30)
        picture = crisis._picture
        strong = sum(len(line.get_xdata()) for line in picture.marks.values())  # type: ignore[arg-type]
        pale = sum(len(line.get_xdata()) for line in picture.pale.values())  # type: ignore[arg-type]
        assert (strong, strong + pale) == (len(events), len(EVENTS))
        points = sum(len(line.get_xdata()) for line in picture.points.values())  # type: ignore[arg-type]
        assert points == len({(row["place"], row["side"]) for row in events if row["lon"]})
        assert not picture.ring.get_visible()


def test_the_marked_event_has_a_line_and_a_ring(crisis: CrisisExplorer) -> None:
    for place, row in enumerate(EVENTS):
        crisis.view({"step": str(place + 1)}).to_png(30)
        picture = crisis._picture
        assert picture.line.get_visible()
        assert picture.tag.get_text() == when(row)
        assert picture.ring.get_visible() == bool(row["lon"])
        if row["lon"]:
            assert float(picture.ring.get_xdata()[0]) == float(row["lon"])  # type: ignore[index]


def test_no_two_marks_of_a_lane_cover_each_other(crisis: CrisisExplorer) -> None:
    crisis.view({}).to_png(100)
    picture = crisis._picture
    for side in SIDES[1:]:
        spots = [
            picture.time.transData.transform(point)
            for exact in (True, False)
            for point in zip(*picture.marks[side, exact].get_data(), strict=True)
        ]
        for (x1, y1), (x2, y2) in itertools.combinations(spots, 2):
            assert math.hypot(x1 - x2, y1 - y2) >= 6.5 / 72 * 100 - 1, side


def test_views_share_a_figure_and_keep_their_pictures(crisis: CrisisExplorer) -> None:
    first = crisis.view({"step": "4"})
    alone = first.to_png(60)
    second = crisis.view({"kind": "election"})
    assert second.figure is first.figure
    assert second.to_png(60) != alone
    assert first.to_png(60) == alone
    assert CrisisExplorer().view({"step": "4"}).to_png(60) == alone


# --- All of them --------------------------------------------------------------------------------


def test_no_word_is_cut_by_the_edge(everything: list[Chart], crisis: CrisisExplorer) -> None:
    steps = [crisis.view({"step": str(number + 1)}) for number in range(len(EVENTS))]
    choices = [
        crisis.view({"side": side, "kind": kind}) for side, kind in itertools.product(SIDES, KINDS)
    ]
    for shown in (*everything, *steps, *choices):
        edge = shown.figure.bbox
        for text in visible_texts(shown):
            if text.axes is not None and text in text.axes.get_xticklabels():
                low, high = text.axes.bbox.x0 - 1, text.axes.bbox.x1 + 1
                if not low <= sum(text.get_window_extent().intervalx) / 2 <= high:
                    continue  # a tick outside the axes is not drawn
            box = text.get_window_extent()
            words = (shown.title, text.get_text())
            assert box.x0 >= edge.x0 - 1, words
            assert box.x1 <= edge.x1 + 1, words
            assert box.y0 >= edge.y0 - 1, words
            assert box.y1 <= edge.y1 + 1, words


def test_words_between_map_and_lanes_have_room(crisis: CrisisExplorer) -> None:
    picture = crisis._picture
    for number in range(len(EVENTS)):
        crisis.view({"step": str(number + 1)}).to_png(60)
        assert picture.summary.get_window_extent().y0 >= picture.tag.get_window_extent().y1 - 1
        assert picture.page.title.get_window_extent().y0 >= picture.map.bbox.y1 - 1
    for side, kind in itertools.product(SIDES, KINDS):
        crisis.view({"side": side, "kind": kind}).to_png(60)
        assert picture.page.title.get_window_extent().y0 >= picture.map.bbox.y1 - 1, (side, kind)


def test_maps_say_what_their_borders_and_points_are(texas: Chart, crisis: CrisisExplorer) -> None:
    for shown in (texas, crisis.view({})):
        words = " ".join(text.get_text() for text in visible_texts(shown)).replace("\n", " ")
        assert "Boundaries are illustrative" in words
        assert "Boundaries are illustrative" in shown.note
    assert "never an area that somebody controlled" in crisis.view({}).note


def test_the_text_is_the_same_each_time_and_a_chart_needs_its_words(
    everything: list[Chart],
) -> None:
    for shown in everything:
        bundle = shown._repr_mimebundle_()
        assert bundle["text/plain"] == repr(shown)
        assert not re.search(r"base64|0x[0-9a-f]{6}|<\w|\{|None", bundle["text/plain"])
        assert len(shown.to_png()) < 150_000, "a notebook should stay small"
        with pytest.raises(ValueError, match="a chart needs"):
            dataclasses.replace(shown, alt="")
