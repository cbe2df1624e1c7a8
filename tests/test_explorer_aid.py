"""The explorer of U.S. aid: amounts as the file has them, what came later marked."""

from __future__ import annotations

import itertools
import math
import re

import pytest
from drawn import drawn_lines, picture_text, spots, table_rows

from mali_course.explorers.gallery.aid import AidExplorer

STEPS = ("requested", "appropriated", "obligated", "disbursed")
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w.]*\d)")
AMOUNTS = {
    (row["measure"], row["fiscal_year"], row["download"]): int(row["dollars"])
    for row in table_rows("us_aid")
}
PEOPLE = {
    row["year"]: round(float(row["value"]))
    for row in table_rows("g5_indicators")
    if (row["country"], row["indicator"]) == ("Mali", "population") and row["value"]
}


def numbers(text: str) -> set[str]:
    """Return the numbers in a text, without locators and fiscal years."""
    plain = re.sub(r"\b\d\.\d\.\d\b|\bFY\d+\b", "", text)
    return {found.rstrip(",") for found in NUMBER.findall(plain)}


def has_amount(view: dict[str, str]) -> bool:
    steps = STEPS if view["measure"] == "all" else (view["measure"],)
    downloads = ("2025", "2022") if view["download"] == "both" else (view["download"],)
    return any((step, view["year"], download) in AMOUNTS
               for step, download in itertools.product(steps, downloads))


def views() -> list[dict[str, str]]:
    """Return choices of which there is an amount, and people to divide it by."""
    every = [
        {"measure": measure, "year": year, "download": download, "unit": unit}
        for measure, year, download, unit in itertools.product(
            (*STEPS, "all"),
            ("2008", "2012", "2018", "2019", "2020", "2022", "2025"),
            ("2022", "2025", "both"),
            ("total", "person"),
        )
    ]
    return [view for view in every
            if has_amount(view) and (view["unit"] == "total" or view["year"] in PEOPLE)]


@pytest.fixture(scope="module")
def aid() -> AidExplorer:
    return AidExplorer()


def amount_pattern(view: dict[str, str], step: str, download: str) -> str:
    """Return what the reading of a view must say of a step in one download."""
    year = view["year"]
    dollars = AMOUNTS.get((step, year, download))
    if dollars is None:
        return rf"The copy of {download} has no figure for FY{year} for: [^.]*{step}"
    total = view["unit"] == "total"
    told = f"{dollars:,}" if total else f"{dollars / PEOPLE[year]:.2f}"
    return rf"in the copy of {download}: .*?{re.escape(told)}(?: \(part of the year\))? {step}"


def test_every_view_tells_the_amounts_of_the_file(aid: AidExplorer) -> None:
    for view in views():
        reading = aid.view(view).reading
        steps = STEPS if view["measure"] == "all" else (view["measure"],)
        downloads = ("2025", "2022") if view["download"] == "both" else (view["download"],)
        for step, download in itertools.product(steps, downloads):
            assert re.search(amount_pattern(view, step, download), reading), view


def test_numbers_of_the_words_stand_in_the_table(aid: AidExplorer) -> None:
    said = {"17", "2020", "140", "6.85", "2008"}
    for view in views():
        shown = aid.view(view)
        cells = numbers(shown.table.to_text())
        for text in (shown.reading, shown.alt):
            rest = re.sub(r"Compared with .*?\)\.|\d+ of \d+ years|of \d+ years", "", text)
            assert numbers(rest) <= cells | said | {"2022", "2025", view["year"]}, view


@pytest.mark.parametrize("step", STEPS)
def test_largest_and_smallest_year_before_the_report(aid: AidExplorer, step: str) -> None:
    past = {year: dollars for (measure, year, download), dollars in AMOUNTS.items()
            if (measure, download) == (step, "2025") and int(year) < 2020}
    most, least = max(past, key=lambda one: past[one]), min(past, key=lambda one: past[one])
    reading = aid.view({"measure": step}).reading
    assert f"in FY{most} ({past[most]:,})" in reading
    assert f"in FY{least} ({past[least]:,})" in reading


@pytest.mark.parametrize("step", STEPS)
def test_differences_of_the_copies_are_counted(aid: AidExplorer, step: str) -> None:
    reading = aid.view({"measure": "all", "download": "both"}).reading
    old, new = (
        {year: dollars for (measure, year, copy), dollars in AMOUNTS.items()
         if (measure, copy) == (step, download)}
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
    assert "Compared with the report's $140 million (6.1.2): requested is less" in reading
    for step in ("obligated", "disbursed"):
        assert f"{step} is more" in reading
    assert "the report's $140 million" not in aid.view({"year": "2017"}).reading


def test_a_year_in_part_is_a_ring_and_no_point_of_a_line(aid: AidExplorer) -> None:
    shown = aid.view({"measure": "disbursed", "year": "2025"})
    assert "part" in picture_text(shown).split()
    assert "for part of the year" in shown.title
    assert "87,552,918 (part of the year)" in shown.reading
    (line,) = drawn_lines(shown, marker="^")
    assert math.isnan(dict(spots(line))[2025])
    rings = [spot for ring in drawn_lines(shown, markersize=10) for spot in spots(ring)]
    assert [year for year, _ in rings] == [2025]
    assert "part" not in picture_text(aid.view({"measure": "appropriated"})).split()


def test_what_is_later_than_the_report_is_marked(aid: AidExplorer) -> None:
    seen = picture_text(aid.view({}))
    assert "report, 17 January 2020" in seen
    assert "after it" in seen
    assert "was still running on the day of the report" in aid.view({"year": "2020"}).reading
    assert "began after the report" in aid.view({"year": "2021"}).reading
    assert "after the report" not in aid.view({"year": "2019"}).reading


def test_steps_differ_without_their_colour(aid: AidExplorer) -> None:
    lines = [line for line in drawn_lines(aid.view({"measure": "all"}), markersize=5)
             if len(spots(line)) > 2]
    assert len({line.get_marker() for line in lines}) == len(lines) == len(STEPS)


@pytest.mark.parametrize("unit", ["total", "person"])
def test_views_of_a_unit_have_one_scale_that_begins_at_zero(aid: AidExplorer, unit: str) -> None:
    scales = set()
    for step in (*STEPS, "all"):
        shown = aid.view({"measure": step, "unit": unit})
        shown.to_png(30)
        scales.add(shown.figure.axes[0].get_ylim())
    assert len(scales) == 1
    assert scales.pop()[0] == 0


def test_nothing_in_the_file_is_shown_by_no_choice(aid: AidExplorer) -> None:
    offered = {control.name: {value for value, _ in control.options} for control in aid.controls}
    for name, column in (("measure", "measure"), ("year", "fiscal_year"), ("download",) * 2):
        assert {row[column] for row in table_rows("us_aid")} <= offered[name]
