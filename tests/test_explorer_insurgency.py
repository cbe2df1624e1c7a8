"""The explorers of the insurgency: groups and places as in the files, none before its time."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter

import pytest
from drawn import count_word, drawn_lines, picture_text, spots, table_rows, visible_texts
from matplotlib.patches import Rectangle

from mali_course.charts.lanes import LanesPicture
from mali_course.charts.lineage_data import Descent
from mali_course.explorers.gallery.lineage import LineageExplorer
from mali_course.explorers.gallery.violence_places import ViolencePlacesExplorer

ZONES = ("north", "centre", "south")
MARKERS = {"north": "o", "centre": "s", "south": "^"}
YEARS = range(2009, 2020)
GROUPS = {row["group"]: row for row in table_rows("armed_groups")}
REPORT = 2020 + 16 / 366


@pytest.fixture(scope="module")
def lineage() -> LineageExplorer:
    return LineageExplorer()


@pytest.fixture(scope="module")
def places() -> ViolencePlacesExplorer:
    return ViolencePlacesExplorer()


# --- Places -----------------------------------------------------------------------------------


def count(year: int, zone: str = "") -> int:
    return sum(
        int(row["places"])
        for row in table_rows("violence_places")
        if row["year"] == str(year) and zone in ("", row["zone"])
    )


def place_views() -> list[tuple[int, int | None]]:
    return [(year, beside) for year, beside in itertools.product(YEARS, (None, *YEARS))
            if year != beside]


def test_every_view_counts_places_as_the_file_does(places: ViolencePlacesExplorer) -> None:
    points, regions = table_rows("violence_points"), table_rows("violence_places")
    counts = {(year, zone): count(year, zone) for year in YEARS for zone in ("", *ZONES)}
    for year, beside in place_views():
        shown = places.view({"year": str(year), "beside": str(beside or "none")})
        whole = f"{counts[year, '']} places" if counts[year, ""] > 1 else "one place"
        assert shown.reading.startswith(f"In {year}, the table has {whole} in Mali")
        for zone, name in (("north", "north"), ("centre", "centre"), ("south", "south and west")):
            words = count_word(counts[year, zone]) if counts[year, zone] else "none"
            assert f"{words} in the {name}" in shown.reading
        assert "later than the report" in shown.note
        for row in regions:
            if row["year"] == str(year):
                assert f"{row['region']} {row['places']}" in shown.reading
        rough = sum(row["year"] == str(year) and row["approx"] == "yes" for row in points)
        assert f"{count_word(rough)} " in shown.note
        assert ("only roughly placed" in shown.note) == bool(rough)
        if beside is None:
            assert shown.title == f"{year}: {whole} with fatal events"
            continue
        first, last = sorted((year, beside))
        assert f"{counts[year, '']} and {counts[beside, '']} places" in shown.title
        assert (
            f"From {first} to {last} the centre went from {counts[first, 'centre']} to "
            f"{counts[last, 'centre']} and the north from {counts[first, 'north']} to "
            f"{counts[last, 'north']}."
        ) in shown.reading


def test_numbers_come_from_the_table(places: ViolencePlacesExplorer) -> None:
    sums = {str(count(year, zone)) for year in YEARS for zone in ("", *ZONES)}
    known = sums | {str(year) for year in YEARS} | {"17", "2020"}
    for year in YEARS:
        shown = places.view({"year": str(year)})
        cells = set(re.findall(r"\d+", shown.table.to_text()))
        assert set(re.findall(r"\d+", shown.reading)) <= cells | known


def test_a_place_that_is_a_district_or_a_region_counts_as_roughly_placed() -> None:
    whole = re.compile(r"\b(cercle|region|mali|malian|liptako|adrar)\b", re.IGNORECASE)
    for row in table_rows("violence_points"):
        assert (row["approx"] == "yes") == bool(whole.search(row["place"])), row["place"]


def points_of(year: int | None) -> dict[str, list[tuple[float, float]]]:
    return {
        zone: sorted(
            (float(row["lon"]), float(row["lat"]))
            for row in table_rows("violence_points")
            if row["zone"] == zone and row["year"] == str(year)
        )
        for zone in ZONES
    }


@pytest.mark.parametrize(("year", "beside"), [(2019, 2012), (2014, None)])
def test_the_map_has_a_mark_for_each_point_of_the_years(
    places: ViolencePlacesExplorer, year: int, beside: int | None
) -> None:
    shown = places.view({"year": str(year), "beside": str(beside or "none")})
    for size, of_year in ((5.5, year), (8, beside)):
        marks = {line.get_marker(): line for line in drawn_lines(shown, markersize=size)}
        for zone, points in points_of(of_year).items():
            assert sorted(spots(marks[MARKERS[zone]])) == points


@pytest.mark.parametrize("year", [2014, 2019])
def test_bars_of_the_year_are_as_high_as_its_counts(
    places: ViolencePlacesExplorer, year: int
) -> None:
    shown = places.view({"year": str(year)})
    shown.to_png(30)
    bars = [
        bar for axes in shown.figure.axes for bar in axes.patches
        if isinstance(bar, Rectangle) and bar.get_visible() and bar.get_x() == year - 0.35
    ]
    heights = {round(bar.get_y(), 3): bar.get_height() for bar in bars}
    shares = [heights[place] / max(heights.values()) for place in sorted(heights, reverse=True)]
    counts = [count(year, zone) for zone in ZONES]
    assert shares == pytest.approx([each / max(counts) for each in counts])
    seen = {text.get_text() for text in visible_texts(shown)}
    assert {str(count(each, zone)) for each in YEARS for zone in ZONES} <= seen


def test_the_map_says_what_its_marks_and_borders_are(places: ViolencePlacesExplorer) -> None:
    shown = places.view({})
    seen = picture_text(shown)
    assert "Places, not events or deaths" in seen
    assert "Boundaries are illustrative" in seen
    assert "never means an area that somebody controlled" in shown.note
    assert shown.table.rows[0][0] == 2019


# --- The lineage ------------------------------------------------------------------------------


def start(text: str) -> tuple[int, int]:
    """Return year and month; a year alone stands for its middle."""
    year, month, *_ = (*map(int, text.split("-")), 7)
    return year, month


def links_until(year: int) -> list[dict[str, str]]:
    return [
        row
        for row in table_rows("group_links")
        if not row["since"] or start(row["since"])[0] <= min(year, 2019)
    ]


def listed_after(text: str, begin: str) -> set[str]:
    """Return the names that a text lists after some words, up to the end of the sentence."""
    return set(re.split(", | and ", text[text.index(begin) + len(begin):].split(".")[0]))


@pytest.mark.parametrize("year", range(2011, 2020))
def test_no_view_shows_what_had_not_happened(lineage: LineageExplorer, year: int) -> None:
    shown = lineage.view({"until": str(year)})
    later = {name for name, row in GROUPS.items()
             if row["founded"] and start(row["founded"])[0] > year}
    seen = {text.get_text() for text in visible_texts(shown)}
    names = listed_after(shown.alt, "In sight: ")
    assert names == set(GROUPS) - later
    assert not later & seen
    assert names <= seen
    assert len(shown.table.rows) == len(names) + len(links_until(year))
    assert f"at the end of {year}" in shown.reading
    ends = [max(x for x, _ in spots(line)) for line in drawn_lines(shown, linewidth=3.2)]
    assert ends
    assert max(ends) <= year + 1


@pytest.mark.parametrize("year", range(2011, 2020))
def test_merged_groups_do_not_stand_on_their_own(lineage: LineageExplorer, year: int) -> None:
    reading = lineage.view({"until": str(year)}).reading
    merged = {row["actor"] for row in links_until(year) if row["relation"] == "merged_into"}
    within = {row["actor"] for row in links_until(year) if row["relation"] == "part_of"}
    alone = listed_after(reading, ": ")
    assert not alone & (merged | within)
    assert f"{count_word(len(alone))} stand" in reading
    assert all(name in reading for name in merged)


def related(name: str) -> set[str]:
    """Return the groups from which one came, and those that came from it, through others too."""
    steps = [
        (row["target"], row["actor"])
        if row["relation"] in ("split_from", "part_of")
        else (row["actor"], row["target"])
        for row in links_until(2019)
        if row["relation"] in ("split_from", "merged_into", "part_of")
    ]
    reached: set[str] = set()
    for pairs in (steps, [(b, a) for a, b in steps]):
        ahead = {name}
        while more := {b for a, b in pairs if a in ahead} - ahead:
            ahead |= more
        reached |= ahead
    return (reached - {name}) & set(GROUPS)


@pytest.mark.parametrize("name", GROUPS)
def test_descent_is_followed_through_others(lineage: LineageExplorer, name: str) -> None:
    shown = lineage.view({"group": name})
    relatives = related(name)
    strong = {text.get_text() for text in visible_texts(shown) if text.get_fontweight() == "bold"}
    assert strong & set(GROUPS) == (relatives | {name}) & set(GROUPS)
    if not relatives:
        assert "directly or through others" not in shown.reading
        return
    groups = "group" if len(relatives) == 1 else "groups"
    assert f"to {count_word(len(relatives))} {groups}, from which" in shown.reading
    assert set(re.split(", | and ", shown.reading.rsplit(": ", 1)[1].rstrip("."))) == relatives


def test_jnim_comes_from_at_least_four_groups() -> None:
    assert len(related("JNIM")) >= 4


def test_dates_keep_the_precision_of_their_source(lineage: LineageExplorer) -> None:
    cells = lineage.view({}).table.to_text()
    for row in (*table_rows("group_links"), *GROUPS.values()):
        text = row.get("since") or row.get("founded") or ""
        if text.count("-") == 0 and text:
            assert text in cells


def test_the_date_of_the_report_ends_the_lineage(lineage: LineageExplorer) -> None:
    shown = lineage.view({})
    assert "report, 17 January 2020" in picture_text(shown)
    assert "17 January 2020" in shown.title
    marks = [line for line in drawn_lines(shown) if len(spots(line)) == 2]
    assert any(all(abs(x - REPORT) < 0.001 for x, _ in spots(line)) for line in marks)
    for lane in drawn_lines(shown, linewidth=3.2):
        assert max(x for x, _ in spots(lane)) <= REPORT + 1e-9


@pytest.fixture(scope="module")
def picture() -> LanesPicture:
    picture = LanesPicture(Descent())
    picture.show(REPORT, set(GROUPS), "A title", "Some words")
    return picture


def test_every_link_is_drawn_or_named_on_its_lane(picture: LanesPicture) -> None:
    drawn = [link for link, *_ in picture.arrows]
    drawn += [link for lane in picture.lanes.values() for link, *_ in lane.tags]
    assert Counter((link.actor, link.relation, link.target) for link in drawn) == Counter(
        (row["actor"], row["relation"], row["target"]) for row in links_until(2019) if row["since"]
    )


def test_arrows_appear_with_their_dates(picture: LanesPicture) -> None:
    for year in range(2011, 2020):
        picture.show(year + 1 - 1e-6, set(GROUPS), "A title", "Some words")
        assert all(shaft.get_visible() == (link.at < year + 1) for link, shaft, _ in picture.arrows)


@pytest.mark.parametrize("group", ["Al Mourabitoun", "Ansar Dine", "MUJAO", "JNIM"])
def test_no_pale_arrow_covers_the_arrow_of_a_followed_group(
    picture: LanesPicture, group: str
) -> None:
    picture.show(REPORT, {group, *related(group)}, "A title", "Some words")
    strong, pale = [], []
    for link, *artists in picture.arrows:
        followed = {link.actor, link.target} <= {group, *related(group)}
        (strong if followed else pale).append(artists)
    assert strong
    for own, other in itertools.product(strong, pale):
        assert own[0].get_color() != other[0].get_color()
        assert all(a.get_zorder() > b.get_zorder() for a, b in zip(own, other, strict=True))


def test_signs_stand_at_their_dates_and_are_hollow_if_the_day_is_not_known(
    picture: LanesPicture,
) -> None:
    for name, lane in picture.lanes.items():
        hollow = lane.start.get_markerfacecolor() == "white"
        assert hollow == (GROUPS[name]["founded"].count("-") != 2)
        assert [spots(mark)[0][0] for _, mark, _ in lane.tags] == [
            link.at for link, *_ in lane.tags]


def test_an_arrow_is_broken_at_lanes_that_it_only_crosses(picture: LanesPicture) -> None:
    lanes = picture.lanes
    broken = set()
    for link, shaft, _ in picture.arrows:
        heights = [y for _, y in spots(shaft)]
        pieces = [(a, b) for a, b in itertools.pairwise(heights)
                  if not math.isnan(a) and not math.isnan(b)]
        for name, lane in lanes.items():
            between = lanes[link.actor].y < lane.y < lanes[link.target].y
            touched = any(min(piece) <= lane.y <= max(piece) for piece in pieces)
            if between and not touched:
                broken.add((link.actor, name))
    assert broken == {
        (name, "AQIM") for name in ("Katiba Macina", "Ansar Dine", "AQIM Sahara branch")
    }


