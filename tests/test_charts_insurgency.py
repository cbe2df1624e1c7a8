"""Charts and explorers of lesson 4: numbers recomputed from the files, no date before its time."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from pathlib import Path

import pytest
from drawn import (
    count_word,
    covering_words,
    cut_words,
    drawn_chart,
    picture_text,
    small_words,
    table_rows,
    visible_texts,
)
from matplotlib.patches import Rectangle

from mali_course.charts.chart_base import Chart
from mali_course.explorers import EXPLORERS, explore, explorer
from mali_course.explorers.explorer_base import Explorer
from mali_course.explorers.gallery.lineage import LineageExplorer
from mali_course.explorers.gallery.violence_places import ViolencePlacesExplorer

DATA = Path(__file__).resolve().parent.parent / "data"
NAMES = ("deaths-by-country", "count-releases", "civilians-killed-by")
ZONES = ("north", "centre", "south")
SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def total(country: str, year: int, column: str = "best") -> int:
    return sum(
        int(row[column])
        for row in table_rows("violence_by_country")
        if row["country"] == country and row["year"] == str(year)
    )


@pytest.fixture(scope="module")
def charts() -> dict[str, Chart]:
    return {name: drawn_chart(name) for name in NAMES}


@pytest.fixture(scope="module")
def lineage() -> LineageExplorer:
    return LineageExplorer()


@pytest.fixture(scope="module")
def places() -> ViolencePlacesExplorer:
    return ViolencePlacesExplorer()


def all_views(one: Explorer) -> list[dict[str, str]]:
    values = [[value for value, _ in control.options] for control in one.controls]
    names = [control.name for control in one.controls]
    return [dict(zip(names, chosen, strict=True)) for chosen in itertools.product(*values)]


@pytest.fixture(scope="module")
def some_views(lineage: LineageExplorer, places: ViolencePlacesExplorer) -> list[Chart]:
    return [
        *(lineage.view(view) for view in all_views(lineage)[:: len(lineage.controls[1].options)]),
        *(lineage.view({"group": name}) for name, _ in lineage.controls[1].options),
        *(places.view({"year": str(year)}) for year in range(2009, 2020)),
        places.view({"year": "2018", "beside": "2012"}),
    ]


# --- Deaths by country ------------------------------------------------------------------------


def test_deaths_of_the_reading_are_sums_of_the_file(charts: dict[str, Chart]) -> None:
    shown = charts["deaths-by-country"]
    low, high = (total("Mali", 2019, column) for column in ("low", "high"))
    before, end = total("Mali", 2018), total("Mali", 2019)
    assert f"{before:,} deaths in 2018 and {end:,} in 2019" in shown.reading
    assert f"(range for 2019: {low:,} to {high:,})" in shown.reading
    assert "sure" not in shown.reading, "a question asks what follows from the range"
    told = [f"{total('Burkina Faso', year):,}" for year in (2018, 2019)]
    assert f"from {told[0]} to {told[1]} (" in shown.reading
    countries = {row["country"] for row in table_rows("violence_by_country")}
    both = [sum(total(country, year) for country in countries) for year in (2018, 2019)]
    assert f"In the {count_word(len(countries))} countries" in shown.reading
    assert f"from {both[0]:,} to {both[1]:,}" in shown.reading
    rise = {one: total(one, 2019) - total(one, 2018) for one in countries - {"Mali"}}
    assert max(rise, key=lambda one: rise[one]) == "Burkina Faso"


def test_each_country_has_its_panel_and_range(charts: dict[str, Chart]) -> None:
    shown = charts["deaths-by-country"]
    seen = picture_text(shown)
    panels = shown.figure.axes
    for country in {row["country"] for row in table_rows("violence_by_country")}:
        assert country in seen
        ends = [total(country, 2019, column) for column in ("best", "low", "high")]
        assert f"2019: {ends[0]:,} ({ends[1]:,} to {ends[2]:,})" in seen
        best = [total(country, year) for year in range(2009, 2020)]
        assert any(list(line.get_ydata()) == best for axes in panels for line in axes.lines), (
            country
        )
        peak = 2009 + best.index(max(best))
        assert f"{country}: highest in {peak}, with {max(best):,}" in shown.alt
    tops = {axes.get_ylim() for axes in panels[:-1]}
    assert len(tops) == 1, "one scale"
    assert "report, 17 January 2020" in seen
    assert all(
        any(abs(float(line.get_xdata()[0]) - (2019.5 + 17 / 366)) < 0.01 for line in axes.lines)  # type: ignore[arg-type,index]
        for axes in panels[:-1]
    )
    assert len(shown.table.rows) == len(
        [row for row in table_rows("violence_by_country") if int(row["year"]) < 2020]
    )


# --- Releases ---------------------------------------------------------------------------------


def releases() -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for row in table_rows("counts_by_release"):
        if int(row["year"]) < 2020:
            found.setdefault(row["release"], {})[int(row["year"])] = int(row["best"])
    return found


def test_changes_between_releases_are_those_of_the_file(charts: dict[str, Chart]) -> None:
    shown = charts["count-releases"]
    first, *_, last = releases().values()
    seen = picture_text(shown)
    both = sorted(set(first) & set(last))
    changed = [year for year in both if first[year] != last[year]]
    assert (
        f"changed for {count_word(len(changed))} of the {count_word(len(both))} years"
        in shown.reading
    )
    for year in changed:
        change = f"{last[year] - first[year]:+}".replace("-", "−")
        assert f"{change} for {year}" in shown.reading
        assert change in seen
    assert max(first) == 2018
    words_of_it = f"{shown.reading} {shown.note} {shown.alt}"
    assert f"{first[2018]:,}" not in words_of_it, "a question asks for it"
    assert "For 2019 the first release has no count" in shown.reading
    assert "no square" in seen
    for name, own in releases().items():
        assert name in seen
        assert any(
            list(line.get_xdata()) == list(own.values())
            for axes in shown.figure.axes
            for line in axes.lines
        )
    assert len(shown.table.rows) == sum(map(len, releases().values()))


def test_releases_differ_without_their_colour(charts: dict[str, Chart]) -> None:
    axes = charts["count-releases"].figure.axes[-1]
    looks = [(line.get_marker(), line.get_markersize()) for line in axes.lines]
    assert len(looks) == len(set(looks)) == len(releases())


# --- Civilians ----------------------------------------------------------------------------------


def test_bars_and_numbers_are_those_of_the_file(charts: dict[str, Chart]) -> None:
    shown = charts["civilians-killed-by"]
    rows = [row for row in table_rows("civilians_killed_by") if int(row["year"]) < 2020]
    drawn = {
        country
        for country in {row["country"] for row in rows}
        if any(
            int(row["government"]) + int(row["non_state"]) >= 10
            for row in rows
            if row["country"] == country
        )
    }
    seen = picture_text(shown)
    assert all(country in seen for country in {row["country"] for row in rows})
    expected = Counter(
        int(row[side])
        for row in rows
        if row["country"] in drawn
        for side in ("government", "non_state")
        if int(row[side])
    )
    found: Counter[int] = Counter()
    scales = set()
    for axes in shown.figure.axes:
        if not axes.axison:
            continue
        low, high = axes.get_ylim()
        assert low == 0
        scales.add(round(axes.get_window_extent().height / high, 6))
        for bar in axes.patches:
            assert isinstance(bar, Rectangle)
            assert bar.get_y() == 0
            found[round(bar.get_height())] += 1
    assert found == expected
    assert len(scales) == 1, "one scale for all"
    assert len(shown.table.rows) == len(rows)


def test_the_reading_leaves_the_comparison_to_the_learner(charts: dict[str, Chart]) -> None:
    reading = charts["civilians-killed-by"].reading
    rows = [row for row in table_rows("civilians_killed_by") if int(row["year"]) < 2020]
    turned = [
        row
        for row in rows
        if int(row["government"]) > int(row["non_state"])
        and int(row["government"]) + int(row["non_state"]) >= 10
    ]
    assert turned
    assert f"with ten or more killed, {count_word(len(turned))} are the other way round" in reading
    assert not any(row["country"] in reading for row in rows)
    sums = [sum(int(row[side]) for row in rows) for side in ("government", "non_state")]
    assert (
        f"{sums[1]:,} civilians killed by non-state groups and {sums[0]:,} by a government"
    ) in reading
    assert "not that nobody was killed" in charts["civilians-killed-by"].note


# --- Places ---------------------------------------------------------------------------------


def count(year: int, zone: str = "") -> int:
    return sum(
        int(row["places"])
        for row in table_rows("violence_places")
        if row["year"] == str(year) and zone in ("", row["zone"])
    )


def test_every_view_counts_places_as_the_file_does(places: ViolencePlacesExplorer) -> None:
    points = table_rows("violence_points")
    for view in all_views(places):
        shown, year = places.view(view), int(view["year"])
        assert shown.reading.startswith(f"In {year}, the source knows of {count(year)} places")
        for zone, name in (("north", "north"), ("centre", "centre"), ("south", "south and west")):
            found = count(year, zone)
            assert f"{count_word(found) if found else 'none'} in the {name}" in shown.reading
        assert "later than the report" in shown.note
        for row in table_rows("violence_places"):
            if row["year"] == str(year):
                assert f"{row['region']} {row['places']}" in shown.reading
        rough = [r for r in points if r["year"] == str(year) and r["approx"] == "yes"]
        assert f"{count_word(len(rough)) if len(rough) != 1 else 'one'} " in shown.note
        assert ("only roughly placed" in shown.note) == bool(rough)
        beside = view["beside"]
        if beside in ("none", view["year"]):
            assert shown.title == f"{year}: {count(year)} places with fatal events"
            continue
        first, last = sorted((year, int(beside)))
        assert f"{count(year)} and {count(int(beside))} places" in shown.title
        assert (
            f"From {first} to {last} the centre went from {count(first, 'centre')} to "
            f"{count(last, 'centre')} and the north from {count(first, 'north')} to "
            f"{count(last, 'north')}."
        ) in shown.reading


def test_a_place_that_is_a_district_or_a_region_counts_as_roughly_placed() -> None:
    whole = re.compile(r"\b(cercle|region|mali|malian|liptako|adrar)\b", re.IGNORECASE)
    for row in table_rows("violence_points"):
        assert (row["approx"] == "yes") == bool(whole.search(row["place"])), row["place"]


def test_the_map_has_a_mark_for_each_point_of_the_year(places: ViolencePlacesExplorer) -> None:
    points = table_rows("violence_points")
    for view in ({"year": "2019", "beside": "2012"}, {"year": "2014"}):
        places.view(view).prepare()  # type: ignore[misc]
        for marks, key in (
            (places._picture.marks, "year"),
            (places._picture.hollow, "beside"),
        ):
            for zone in ZONES:
                wanted = sorted(
                    (float(row["lon"]), float(row["lat"]))
                    for row in points
                    if row["zone"] == zone and row["year"] == view.get(key)
                )
                line = marks[zone]
                assert sorted(zip(line.get_xdata(), line.get_ydata(), strict=True)) == wanted  # type: ignore[arg-type]
        for zone in ZONES:
            bar = places._picture.strong[zone]
            share = bar.get_height() / 0.38 if bar.get_height() else 0
            assert share == pytest.approx(
                count(int(view["year"]), zone)
                / max(count(year, one) for year in range(2009, 2020) for one in ZONES)
            )


def test_parts_of_the_country_differ_without_their_colour(places: ViolencePlacesExplorer) -> None:
    assert len({line.get_marker() for line in places._picture.marks.values()}) == 3


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


def groups() -> dict[str, dict[str, str]]:
    rows = table_rows("armed_groups")
    key = next(iter(rows[0]))
    return {row[key]: row for row in rows}


def links_until(year: int) -> list[dict[str, str]]:
    return [
        row
        for row in table_rows("group_links")
        if not row["since"] or start(row["since"])[0] <= min(year, 2019)
    ]


def test_no_view_shows_what_had_not_happened(lineage: LineageExplorer) -> None:
    for year in range(2011, 2020):
        shown = lineage.view({"until": str(year)})
        later = {
            name
            for name, row in groups().items()
            if row["founded"] and start(row["founded"])[0] > year
        }
        seen = [text.get_text() for text in visible_texts(shown)]
        told = shown.alt[shown.alt.index("In sight: ") :]
        names = re.split(", | and ", told[len("In sight: ") :].rstrip("."))
        assert set(names) == set(groups()) - later
        assert not later & set(seen)
        assert set(names) <= set(seen)
        assert len(shown.table.rows) == len(names) + len(links_until(year))
        assert f"at the end of {year}" in shown.reading
        for row in links_until(year):
            arrows = [
                shaft
                for link, shaft, _ in lineage._picture.arrows
                if link.row == {**link.row, "actor": row["actor"], "target": row["target"]}
                and link.relation == row["relation"]
            ]
            assert all(shaft.get_visible() for shaft in arrows)
        drawn = sum(shaft.get_visible() for _, shaft, _ in lineage._picture.arrows)
        assert drawn <= len(links_until(year))
        assert all(
            shaft.get_visible() == (link.at < year + 1)
            for link, shaft, _ in lineage._picture.arrows
        )


@pytest.mark.parametrize("group", ["Al Mourabitoun", "Ansar Dine", "MUJAO", "JNIM"])
def test_no_pale_arrow_covers_the_arrow_of_a_followed_group(
    lineage: LineageExplorer, group: str
) -> None:
    lineage.view({"group": group}).prepare()  # type: ignore[misc]
    arrows = lineage._picture.arrows
    pale = [pair for _, *pair in arrows if pair[0].get_color() == "#c4c4c4"]
    strong = [pair for _, *pair in arrows if pair not in pale]
    assert any(group in (link.actor, link.target) for link, *pair in arrows if pair in strong)
    for own, other in itertools.product(strong, pale):
        assert all(a.get_zorder() > b.get_zorder() for a, b in zip(own, other, strict=True))


def test_every_link_is_drawn_or_named_on_its_lane(lineage: LineageExplorer) -> None:
    lineage.view({}).prepare()  # type: ignore[misc]
    drawn = Counter(
        (link.actor, link.relation, link.target) for link, *_ in lineage._picture.arrows
    )
    drawn += Counter(
        (link.actor, link.relation, link.target)
        for lane in lineage._picture.lanes.values()
        for link, *_ in lane.tags
    )
    assert drawn == Counter(
        (row["actor"], row["relation"], row["target"]) for row in links_until(2019) if row["since"]
    )


def test_merged_groups_do_not_stand_on_their_own(lineage: LineageExplorer) -> None:
    for year in range(2011, 2020):
        reading = lineage.view({"until": str(year)}).reading
        merged = {row["actor"] for row in links_until(year) if row["relation"] == "merged_into"}
        within = {row["actor"] for row in links_until(year) if row["relation"] == "part_of"}
        told = reading[reading.index(": ") + 2 : reading.index(".")]
        alone = set(re.split(", | and ", told))
        assert not alone & (merged | within)
        assert f"{count_word(len(alone))} stand" in reading
        for name in merged:
            assert name in reading


def test_descent_is_followed_through_others(lineage: LineageExplorer) -> None:
    steps = [
        (row["target"], row["actor"])
        if row["relation"] in ("split_from", "part_of")
        else (row["actor"], row["target"])
        for row in links_until(2019)
        if row["relation"] in ("split_from", "merged_into", "part_of")
    ]

    def reach(name: str, pairs: list[tuple[str, str]]) -> set[str]:
        found = {name}
        while True:
            more = {b for a, b in pairs if a in found} - found
            if not more:
                return found - {name}
            found |= more

    for name in groups():
        shown = lineage.view({"group": name})
        wanted = reach(name, steps) | reach(name, [(b, a) for a, b in steps])
        wanted &= set(groups())
        if not wanted:
            assert "directly or through others" not in shown.reading
            continue
        groups_of = "group" if len(wanted) == 1 else "groups"
        assert f"to {count_word(len(wanted))} {groups_of} of the table" in shown.reading
        told = re.split(", | and ", shown.reading.rsplit(": ", 1)[1].rstrip("."))
        assert set(told) == wanted
        strong = {
            one for one, lane in lineage._picture.lanes.items() if lane.name.get_text() == one
        }
        shown.prepare()  # type: ignore[misc]
        assert {
            one for one in strong if lineage._picture.lanes[one].name.get_fontweight() == "bold"
        } == (wanted | {name}) & strong
    assert len(reach("JNIM", [(b, a) for a, b in steps])) >= 4


def test_dates_keep_the_precision_of_their_source(lineage: LineageExplorer) -> None:
    cells = lineage.view({}).table.to_text()
    for row in (*table_rows("group_links"), *groups().values()):
        text = row.get("since") or row.get("founded") or ""
        if text.count("-") == 0 and text:
            assert text in cells
    for name, lane in lineage._picture.lanes.items():
        hollow = lane.start.get_markerfacecolor() == "white"
        assert hollow == (groups()[name]["founded"].count("-") != 2)


def test_each_diamond_stands_at_its_date(lineage: LineageExplorer) -> None:
    lineage.view({}).prepare()  # type: ignore[misc]
    marks = [tag for lane in lineage._picture.lanes.values() for tag in lane.tags]
    assert marks
    for link, mark, _ in marks:
        assert float(mark.get_xdata()[0]) == link.at  # type: ignore[arg-type,index]


def test_an_arrow_is_broken_at_lanes_that_it_only_crosses(lineage: LineageExplorer) -> None:
    lanes = lineage._picture.lanes
    broken = {
        (link.actor, name)
        for link, shaft, _ in lineage._picture.arrows
        for name, lane in lanes.items()
        if any(math.isnan(float(y)) for y in shaft.get_ydata())  # type: ignore[union-attr]
        and not any(
            min(a, b) <= lane.y <= max(a, b)
            for a, b in itertools.pairwise(map(float, shaft.get_ydata()))  # type: ignore[arg-type]
        )
        and lanes[link.actor].y < lane.y < lanes[link.target].y
    }
    assert broken == {
        (name, "AQIM") for name in ("Katiba Macina", "Ansar Dine", "AQIM Sahara branch")
    }


def test_the_date_of_the_report_ends_the_lineage(lineage: LineageExplorer) -> None:
    shown = lineage.view({})
    assert "report, 17 January 2020" in picture_text(shown)
    assert "17 January 2020" in shown.title
    report = 2020 + 16 / 366
    assert any(
        len(line.get_xdata()) == 2  # type: ignore[arg-type]
        and all(abs(float(x) - report) < 0.001 for x in line.get_xdata())  # type: ignore[union-attr]
        for line in lineage._picture.axes.lines
    )
    for lane in lineage._picture.lanes.values():
        assert max(map(float, lane.line.get_xdata())) <= report + 1e-9  # type: ignore[arg-type]


# --- Both explorers -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"until": "", "group": "", "year": "", "beside": ""},
        {"until": "1999", "group": "nobody", "year": "2020", "beside": "2024"},
        {"until": None, "group": 3, "year": ["2012"], "beside": {}},
        {"until": "2013 ", "year": " 2013"},
        {"other": "x"},
    ],
)
def test_odd_values_mean_the_defaults(
    lineage: LineageExplorer, places: ViolencePlacesExplorer, values: dict[str, str]
) -> None:
    for one in (lineage, places):
        assert repr(one.view(values)) == repr(one.view({}))


def test_the_explorers_are_what_the_form_expects(
    lineage: LineageExplorer, places: ViolencePlacesExplorer
) -> None:
    one: Explorer
    for one in (lineage, places):
        assert one.name in EXPLORERS
        assert type(explorer(one.name)) is type(one)
        assert explore(one.name).on_change
        assert len(one.controls) <= 4
        for control in one.controls:
            options = [value for value, _ in control.options]
            assert control.default in options
            assert len(options) == len(set(options))
            assert all(label.strip() for _, label in control.options)
        for view in all_views(one):
            shown = one.view(view)
            for text in (shown.title, shown.alt, shown.reading, shown.table.caption, shown.note):
                assert len(text) > 3
                assert "{" not in text
                assert not re.search(r"\.\.|;\.|: \.|  ", text), text


def test_views_keep_their_pictures(
    lineage: LineageExplorer, places: ViolencePlacesExplorer
) -> None:
    one: Explorer
    for one, first_view, second_view, fresh in (
        (lineage, {"until": "2013"}, {"group": "JNIM"}, LineageExplorer),
        (places, {"year": "2013"}, {"year": "2018", "beside": "2012"}, ViolencePlacesExplorer),
    ):
        first = one.view(first_view)
        alone = first.to_png(60)
        second = one.view(second_view)
        assert second.figure is first.figure
        assert second.to_png(60) != alone
        assert first.to_png(60) == alone
        assert fresh().view(first_view).to_png(60) == alone


# --- All of them --------------------------------------------------------------------------------


def test_numbers_come_from_the_table(charts: dict[str, Chart], some_views: list[Chart]) -> None:
    for shown in some_views:
        cells = set(re.findall(r"\d+", shown.table.to_text()))
        years = {str(year) for year in range(2009, 2021)}
        found = set(re.findall(r"\d+", shown.reading))
        sums = {str(count(year, zone)) for year in range(2009, 2020) for zone in ("", *ZONES)}
        assert found <= cells | years | sums | {"17"}


def test_some_views_can_be_read(some_views: list[Chart]) -> None:
    for shown in some_views:
        assert cut_words(shown) == small_words(shown) == covering_words(shown) == []
