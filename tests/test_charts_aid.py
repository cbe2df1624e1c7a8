"""Charts and explorer of lesson 6: amounts as exact as their sources, what came later marked."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path

import pytest
from drawn import (
    count_word,
    covering_words,
    cut_words,
    drawn_chart,
    numbers,
    picture_text,
    small_words,
    table_rows,
    visible_texts,
)
from matplotlib.patches import Rectangle

from mali_course.charts.chart_base import Chart
from mali_course.explorers import EXPLORERS, explore, explorer
from mali_course.explorers.explorer_base import Explorer
from mali_course.explorers.gallery.aid import AidExplorer

DATA = Path(__file__).resolve().parent.parent / "data"
NAMES = ("aid-figures", "aid-periods", "levers", "designations")
STEPS = ("requested", "appropriated", "obligated", "disbursed")
SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w.]*\d)")


def amount(step: str, year: str, download: str) -> int | None:
    found = [
        row["dollars"]
        for row in table_rows("us_aid")
        if (row["measure"], row["fiscal_year"], row["download"]) == (step, year, download)
    ]
    return int(found[0]) if found else None


def people(year: str) -> int | None:
    found = [
        row["value"]
        for row in table_rows("g5_indicators")
        if (row["country"], row["indicator"], row["year"]) == ("Mali", "population", year)
    ]
    return round(float(found[0])) if found and found[0] else None


def views() -> list[dict[str, str]]:
    return [
        {"measure": measure, "year": year, "download": download, "unit": unit}
        for measure, year, download, unit in itertools.product(
            (*STEPS, "all"),
            ("2008", "2012", "2018", "2019", "2020", "2022", "2025"),
            ("2022", "2025", "both"),
            ("total", "person"),
        )
    ]


@pytest.fixture(scope="module")
def aid() -> AidExplorer:
    return AidExplorer()


@pytest.fixture(scope="module")
def charts() -> dict[str, Chart]:
    return {name: drawn_chart(name) for name in NAMES}


@pytest.fixture(scope="module")
def some_views(aid: AidExplorer) -> list[Chart]:
    return [
        aid.view(view)
        for view in (
            {},
            {"measure": "appropriated", "year": "2008"},
            {"measure": "all", "download": "2022"},
            {"measure": "all", "year": "2012", "download": "both", "unit": "person"},
            {"measure": "disbursed", "year": "2025", "download": "both"},
            {"measure": "obligated", "year": "2025", "unit": "person"},
        )
    ]


# --- The explorer -----------------------------------------------------------------------------


def test_every_view_tells_the_amounts_of_the_file(aid: AidExplorer) -> None:
    for view in views():
        shown = aid.view(view)
        for text in (shown.alt, shown.reading, shown.title, shown.table.caption):
            assert len(text) > 15
            assert "{" not in text
        steps = STEPS if view["measure"] == "all" else (view["measure"],)
        for download in ("2025", "2022") if view["download"] == "both" else (view["download"],):
            for step in steps:
                dollars, persons = amount(step, view["year"], download), people(view["year"])
                if dollars is not None and view["unit"] == "person" and persons is None:
                    gap = f"no number of people for {view['year']}, so there is no amount a person "
                    assert step in shown.reading.split(gap)[1].split(".")[0]
                    continue
                if dollars is None:
                    gap = f"The copy of {download} has no figure for FY{view['year']} here: "
                    assert step in shown.reading.split(gap)[1].split(".")[0]
                    continue
                told = (
                    f"{dollars:,}" if view["unit"] == "total" else f"{dollars / (persons or 0):.2f}"
                )
                start = shown.reading.index(f"in the copy of {download}")
                assert re.search(
                    rf"{re.escape(told)}(?: \(part of the year\))? {step}", shown.reading[start:]
                ), view


def test_numbers_of_the_words_stand_in_the_table(aid: AidExplorer) -> None:
    said = {"17", "2020", "140", "6.85", "2008"}
    for view in views():
        shown = aid.view(view)
        cells = numbers(shown.table.to_text())
        for text in (shown.reading, shown.alt):
            rest = re.sub(r"Beside the .*?\)\.|\d+ of \d+ years|of \d+ years", "", text)
            assert numbers(rest) <= cells | said | {"2022", "2025", view["year"]}, view


def test_largest_and_smallest_year_before_the_report(aid: AidExplorer) -> None:
    for step in STEPS:
        past = {
            row["fiscal_year"]: int(row["dollars"])
            for row in table_rows("us_aid")
            if row["measure"] == step and row["download"] == "2025" and row["after_report"] == "no"
        }
        most, least = max(past, key=lambda one: past[one]), min(past, key=lambda one: past[one])
        reading = aid.view({"measure": step}).reading
        assert f"in FY{most} ({past[most]:,})" in reading
        assert f"in FY{least} ({past[least]:,})" in reading


def test_differences_of_the_copies_are_counted(aid: AidExplorer) -> None:
    reading = aid.view({"measure": "all", "download": "both"}).reading
    for step in STEPS:
        old, new = (
            {
                row["fiscal_year"]: int(row["dollars"])
                for row in table_rows("us_aid")
                if row["measure"] == step and row["download"] == download
            }
            for download in ("2022", "2025")
        )
        common = old.keys() & new.keys()
        apart = {year for year in common if old[year] != new[year]}
        told = f"{step}, {len(apart) or 'none'} of {len(common)} years"
        assert told in reading
        if apart:
            widest = max(apart, key=lambda year: abs(old[year] - new[year]))
            assert f"{told}, most in FY{widest}" in reading


def test_only_one_step_meets_the_amount_of_the_report(aid: AidExplorer) -> None:
    reading = aid.view({"measure": "all", "year": "2018"}).reading
    assert "appropriated is the same to the nearest million (139.9 million)" in reading
    assert reading.count("is the same") == 1
    assert "requested is less" in reading
    for step in ("obligated", "disbursed"):
        assert f"{step} is more" in reading
    assert "Beside the $140 million" not in aid.view({"year": "2017"}).reading


def test_a_year_in_part_is_a_ring_and_no_point_of_a_line(aid: AidExplorer) -> None:
    shown = aid.view({"measure": "disbursed", "year": "2025"})
    assert "part" in picture_text(shown).split()
    assert "for part of the year" in shown.title
    assert "87,552,918 (part of the year)" in shown.reading
    line, ring = aid._picture.lines["disbursed"], aid._picture.rings["disbursed"]
    drawn = dict(zip(line.get_xdata(), line.get_ydata(), strict=True))  # type: ignore[arg-type]
    assert drawn[2025] != drawn[2025]
    assert list(ring.get_xdata()) == [2025]  # type: ignore[arg-type]
    assert "part" not in picture_text(aid.view({"measure": "appropriated"})).split()


def test_what_is_later_than_the_report_is_marked(aid: AidExplorer) -> None:
    seen = picture_text(aid.view({}))
    assert "report, 17 January 2020" in seen
    assert "after it" in seen
    assert "was still running on the day of the report" in aid.view({"year": "2020"}).reading
    assert "began after the report" in aid.view({"year": "2021"}).reading
    assert "after the report" not in aid.view({"year": "2019"}).reading


def test_steps_differ_without_their_colour(aid: AidExplorer) -> None:
    lines = aid._picture.lines.values()
    assert len({line.get_marker() for line in lines}) == len(STEPS)
    assert len({str(line.get_linestyle()) + str(line._dash_pattern) for line in lines}) == len(  # type: ignore[attr-defined]
        STEPS
    )


def test_views_of_a_unit_have_one_scale_that_begins_at_zero(aid: AidExplorer) -> None:
    for unit in ("total", "person"):
        scales = set()
        for step in (*STEPS, "all"):
            aid.view({"measure": step, "unit": unit}).prepare()  # type: ignore[misc]
            scales.add(aid._picture.axes.get_ylim())
        assert len(scales) == 1
        assert scales.pop()[0] == 0


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"measure": "", "year": "", "download": "", "unit": ""},
        {"measure": "spent", "year": "1066", "download": "2019", "unit": "euro"},
        {"year": "2018 "},
        {"measure": None, "year": 2012},
        {"unit": ["person"]},
        {"other": "x"},
    ],
)
def test_odd_values_mean_the_defaults(aid: AidExplorer, values: dict[str, str]) -> None:
    assert repr(aid.view(values)) == repr(aid.view({}))


def test_the_explorer_is_what_the_form_expects(aid: AidExplorer) -> None:
    one: Explorer = aid
    assert "aid" in EXPLORERS
    assert isinstance(explorer("aid"), AidExplorer)
    assert explore("aid").on_change
    assert len(one.controls) <= 4
    for control in one.controls:
        options = [value for value, _ in control.options]
        assert control.default in options
        assert len(options) == len(set(options))
        assert all(label.strip() for _, label in control.options)
    for name, column in (("measure", "measure"), ("year", "fiscal_year"), ("download",) * 2):
        (control,) = (found for found in one.controls if found.name == name)
        # Nothing in the file that no choice shows.
        assert {row[column] for row in table_rows("us_aid")} <= {
            value for value, _ in control.options
        }


def test_views_keep_their_pictures(aid: AidExplorer) -> None:
    first = aid.view({"measure": "obligated", "download": "both"})
    alone = first.to_png(60)
    second = aid.view({"measure": "all", "unit": "person"})
    assert second.figure is first.figure
    assert second.to_png(60) != alone
    assert first.to_png(60) == alone
    assert AidExplorer().view({"measure": "obligated", "download": "both"}).to_png(60) == alone


# --- The four amounts -----------------------------------------------------------------------------


def told(row: dict[str, str]) -> str:
    """Write an amount as its source does: in full, or in millions with at most one place."""
    dollars = int(row["dollars"])
    full = f"{dollars:,}"
    if dollars % 100_000 == 0:
        full = f"{dollars / 1_000_000:,.10g} million"
    return f"{row['qualifier']} ${full}".strip()


def drawn_of(figure: str) -> list[dict[str, str]]:
    own = [row for row in table_rows("us_aid_points") if row["figure"] == figure]
    near = {row["period"] for row in own if row["role"] == "near"}
    return [
        row
        for row in own
        if row["role"] in ("report", "same", "whole")
        or (row["role"] == "part" and row["period"] not in near)
    ]


def test_every_amount_stands_in_the_picture_and_in_the_table(charts: dict[str, Chart]) -> None:
    shown = charts["aid-figures"]
    seen = picture_text(shown)
    for figure in ("bilateral", "humanitarian", "g5", "mission"):
        for row in drawn_of(figure):
            assert f"{told(row)}, {row['period']}" in seen
            assert told(row) in shown.alt
            if row["role"] != "report":
                assert f"{row['said_by']}: {row['item']}" in seen
            if row["after_report"] == "yes":
                assert f"{told(row)}, {row['period']} (published after the report)" in seen
    text = shown.table.to_text()
    assert len(shown.table.rows) == len(table_rows("us_aid_points"))
    for row in table_rows("us_aid_points"):
        assert f"{int(row['dollars']):,}" in text
        assert row["item"] in text


def test_bars_are_as_long_as_their_amounts(charts: dict[str, Chart]) -> None:
    (axes,) = charts["aid-figures"].figure.axes
    bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    rows = [
        row for figure in ("bilateral", "humanitarian", "g5", "mission") for row in drawn_of(figure)
    ]
    assert len(bars) == len(rows)
    longest = max(int(row["dollars"]) for row in rows)
    full = max(bar.get_width() for bar in bars)
    assert sorted(bar.get_width() / full for bar in bars) == pytest.approx(
        sorted(int(row["dollars"]) / longest for row in rows)
    )
    assert len({bar.get_x() for bar in bars}) == 1
    # No meaning by colour alone: filled, striped, dotted or empty.
    looks = {(bar.get_hatch(), bar.get_facecolor() == (1, 1, 1, 1)) for bar in bars}
    assert looks == {(None, False), ("////", True), ("..", True), (None, True)}


def test_the_reading_tells_what_is_found_elsewhere(charts: dict[str, Chart]) -> None:
    reading = charts["aid-figures"].reading
    assert reading.startswith("$140 million (6.1.2) and $89 million (6.1.2) stand")
    assert "obligated" in reading
    whole = [int(row["dollars"]) for row in drawn_of("mission") if row["role"] == "whole"]
    shares = [100 * 327_000_000 / one for one in whole]
    assert f"Beside the {count_word(len(whole))} whole budgets" in reading
    assert f"{min(shares):.1f} to {max(shares):.1f} percent" in reading
    (dues,) = (
        row for row in table_rows("levers") if row["kind"] == "money" and row["cites"] == "6.2.3"
    )
    assert dues["limit"] in reading
    assert dues["note"] in reading


# --- The periods --------------------------------------------------------------------------------


def test_bars_cover_the_months_of_their_totals(charts: dict[str, Chart]) -> None:
    shown = charts["aid-periods"]
    rows = [
        row
        for row in table_rows("us_aid_points")
        if row["figure"] == "humanitarian" and row["role"] != "part"
    ]
    (axes,) = shown.figure.axes
    bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    assert len(bars) == len(rows) == len(shown.table.rows)
    assert Counter(round(12 * bar.get_width()) for bar in bars) == {12: 3, 18: 3}
    seen = picture_text(shown)
    for row in rows:
        assert f"{told(row)}: " in seen
        assert told(row) in shown.alt
    assert "$102,112,969: USAID, 18 months, after the report" in seen
    assert "report, 17 January 2020" in seen
    later = [row for row in rows if row["after_report"] == "yes"]
    assert f"{count_word(len(later)).capitalize()} totals were published after" in shown.reading
    assert "Three of the totals cover 18 months" in shown.reading


# --- The levers ---------------------------------------------------------------------------------


def test_every_lever_has_its_signs(charts: dict[str, Chart]) -> None:
    shown = charts["levers"]
    rows = table_rows("levers")
    seen = picture_text(shown)
    (axes,) = shown.figure.axes
    signs = [line for line in axes.lines if line.get_marker() == "o"]
    # One sign a cell, and one each in the key below.
    cells = sum(len(row["whom_it_affects"].split(";")) for row in rows)
    assert sum(len(line.get_xdata()) for line in signs) == cells + 4  # type: ignore[arg-type]
    for row in rows:
        assert row["instrument"] in seen
        assert row["instrument"] in shown.alt
        starred = row["named_in_report"] == "no" and row["who_decides"] != "not named"
        assert (f"{row['instrument']} *" in seen) == starred
    text = shown.table.to_text()
    for row in rows:
        for column in ("who_decides", "use_in_report", "limit"):
            assert row[column] in text


# --- The designations -----------------------------------------------------------------------------


def test_every_listing_has_a_sign_at_its_date(charts: dict[str, Chart]) -> None:
    shown = charts["designations"]
    rows = table_rows("designations")
    axes = shown.figure.axes[:2]
    marks = Counter(
        line.get_marker() for one in axes for line in one.lines if line.get_marker() in ("o", "s")
    )
    assert marks["o"] == sum(row["authority"] == "U.N." for row in rows)
    assert marks["s"] == sum(row["authority"] == "U.S." for row in rows)
    assert len(shown.table.rows) == len(rows)
    seen = picture_text(shown)
    for row in rows:
        assert row["date"][:4] in seen
        if row["kind"] == "group":
            assert row["who"] in seen
            assert row["who"] in shown.alt
    assert "23 Feb 2020, after the report" in seen
    assert seen.count("report, 17 January 2020") == 2


def test_a_date_is_as_exact_as_its_source(charts: dict[str, Chart]) -> None:
    seen = {text.get_text() for text in visible_texts(charts["designations"])}
    assert "2001" in seen
    assert "Dec 2019: asset freeze added" in seen
    assert "20 Mar 2013" in seen
    assert not [one for one in seen if "1 Jan 2001" in one or "1 Dec 2019" in one]


def test_counts_of_the_designations(charts: dict[str, Chart]) -> None:
    reading = charts["designations"].reading
    groups = [
        row
        for row in table_rows("designations")
        if row["kind"] == "group" and row["after_report"] == "no"
    ]
    by = {
        authority: {row["who"] for row in groups if row["authority"] == authority}
        for authority in ("U.N.", "U.S.")
    }
    assert f"{count_word(len(by['U.N.'] | by['U.S.']))} groups" in reading
    assert f"{count_word(len(by['U.N.'] & by['U.S.']))} of them" in reading
    assert "Three people (6.2.5) stood on the list for Mali of the U.N. alone." in reading
    assert "Five people (6.2.4) stood on the lists for Mali of both" in reading
    assert "ISGS by the U.N. came after the report" in reading


# --- All of them --------------------------------------------------------------------------------


def test_some_views_can_be_read(some_views: list[Chart]) -> None:
    for shown in some_views:
        assert cut_words(shown) == small_words(shown) == covering_words(shown) == []
