"""Charts of the crisis of 2011 to 2013: every number is worked out again here."""

from __future__ import annotations

import itertools
import json
import math
import re
from collections import Counter
from pathlib import Path

import pytest
from drawn import drawn_chart, picture_text, table_rows, visible_texts
from matplotlib.patches import FancyArrowPatch, Rectangle

from mali_course.charts.chart_base import Chart
from mali_course.charts.projection import area_km2, equal_area

DATA = Path(__file__).resolve().parent.parent / "data"
NORTH = ("Tombouctou", "Gao", "Kidal")


LINKS = table_rows("actor_relations")
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


@pytest.fixture(scope="module")
def texas() -> Chart:
    return drawn_chart("north-and-texas")


@pytest.fixture(scope="module")
def actors() -> Chart:
    return drawn_chart("actors-2012")


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


def test_the_north_is_larger_than_texas_and_all_areas_stand_in_the_table(texas: Chart) -> None:
    of = regions()
    north, mali = sum(of[name] for name in NORTH), sum(of.values())
    published = {row["name"]: int(row["area_km2"]) for row in table_rows("region_areas")}
    assert north > published["Texas"]
    cells = {cell for row in texas.table.rows for cell in row}
    assert {north, mali, published["Texas"], *of.values()} <= cells
    factbook = 1_240_192  # stands in the table too
    assert factbook in cells
    shares = north / published["Texas"] - 1, north / mali, mali / factbook - 1
    assert [round(100 * share) for share in shares] == [18, 66, 1]
    assert "1 percent" in texas.reading
    assert not {"18", "66"} & set(re.findall(r"\d+", texas.reading)), "02-27 asks for them"
    assert "simplified" in texas.note


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


# --- All of them --------------------------------------------------------------------------------


def test_the_map_says_what_its_borders_are(texas: Chart) -> None:
    assert "Boundaries are illustrative" in picture_text(texas)
    assert "Boundaries are illustrative" in texas.note
