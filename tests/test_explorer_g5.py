"""The explorer of the G5 Sahel: rankings and numbers held against the files."""

from __future__ import annotations

import dataclasses
import itertools
import re
import threading

import pytest
from drawn import drawn_lines, table_rows, visible_texts

from mali_course.charts.chart_base import Chart
from mali_course.explorers.gallery.g5 import G5Explorer

VIEWS = (
    {},
    {"indicator": "population", "year": "2000"},
    {"indicator": "military_expenditure_share_of_gdp", "year": "2012"},
    {"indicator": "net_oda_received_constant_usd", "year": "2024"},
    {"indicator": "idps_in_country", "year": "2005"},
    {"indicator": "idps_in_country", "year": "2014"},
    {"indicator": "idps_in_country", "year": "2019"},
    {"indicator": "refugees_from_country", "year": "2009"},
    {"indicator": "refugees_by_country_of_asylum", "year": "2020"},
    {"indicator": "urban_population_share", "year": "2024"},
)
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w.]*\d)")


@pytest.fixture(scope="module")
def g5() -> G5Explorer:
    return G5Explorer()


def numbers(text: str) -> set[str]:
    """Return the numbers in a text, without locators such as 1.2.2."""
    return {found.rstrip(",") for found in NUMBER.findall(re.sub(r"\b\d\.\d\.\d\b", "", text))}


def of_table(shown: Chart) -> set[str]:
    return numbers(shown.table.to_text()) | numbers(shown.table.caption)


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_numbers_in_words_come_from_the_table(g5: G5Explorer, view: dict[str, str]) -> None:
    shown = g5.view(view)
    told = numbers(shown.reading) | numbers(shown.alt) | numbers(shown.title)
    assert told <= of_table(shown) | {"17"}


def test_every_view_ranks_as_the_data_do(g5: G5Explorer) -> None:
    by_view: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for row in table_rows("g5_indicators"):
        if row["value"]:
            by_view.setdefault((row["indicator"], row["year"]), []).append(
                (float(row["value"]), row["country"])
            )
    states = {row["country"] for row in table_rows("g5_indicators")}
    indicators, years = ([value for value, _ in control.options] for control in g5.controls)
    for indicator, year in itertools.product(indicators, years):
        if (indicator, year) not in by_view:
            assert g5.settled({"indicator": indicator, "year": year})["year"] != year
            continue
        reading = g5.view({"indicator": indicator, "year": year}).reading
        ranked = sorted(by_view.get((indicator, year), []), key=lambda one: (-one[0], one[1]))
        ranking = re.search(r"[:;] .*?\.(?= |$)", reading)
        assert ranking is not None
        places = [reading.index(f" {country} ") for _, country in ranked]
        assert places == sorted(places), reading
        missing = states - {country for _, country in ranked}
        if missing:
            gap = reading[reading.index("There is no figure for") :]
            assert all(country in gap for country in missing)
        else:
            assert "no figure" not in reading
        assert ("later than the report" in reading) == (int(year) >= 2020)


def test_the_fall_of_2012_can_be_read(g5: G5Explorer) -> None:
    before, after = (g5.view({"year": year}).table for year in ("2011", "2012"))
    mali = before.columns.index("Mali")
    assert (before.rows[0][mali], after.rows[0][mali]) == ("818", "786")
    assert "four went up and one went down" in g5.view({"year": "2012"}).reading


def test_other_numbers_for_the_chosen_year_are_named(g5: G5Explorer) -> None:
    (row,) = (
        row
        for row in table_rows("g5_indicators")
        if row["country"] == "Chad"
        and row["indicator"] == "military_expenditure_share_of_gdp"
        and row["year"] == "2009"
    )
    shown = g5.view({"indicator": "military_expenditure_share_of_gdp", "year": "2009"})
    assert row["note"]
    assert f"Chad: {row['note']}" in shown.note
    assert row["note"] in shown.to_html()
    assert "Remarks" not in g5.view({}).note


def test_every_state_with_figures_has_its_name_at_its_line(g5: G5Explorer) -> None:
    states = {row["country"] for row in table_rows("g5_indicators")}
    for indicator, _ in g5.controls[0].options:
        shown = g5.view({"indicator": indicator})
        names = {text.get_text() for text in visible_texts(shown)} & states
        figures = {
            row["country"]
            for row in table_rows("g5_indicators")
            if row["indicator"] == indicator and row["value"]
        }
        assert names == figures


def test_the_date_of_the_report_is_marked(g5: G5Explorer) -> None:
    for shown in map(g5.view, VIEWS):
        assert "report, 17 January 2020" in {text.get_text() for text in visible_texts(shown)}
        assert any(list(line.get_xdata()) == [2019.5, 2019.5] for line in drawn_lines(shown))  # type: ignore[arg-type]


def test_two_views_that_are_drawn_at_once_are_not_mixed() -> None:
    """All views share one figure, and JupyterLab may redraw one in a thread of its own."""
    one = G5Explorer()
    first, *_, last = one.controls[0].options
    mine, other = (one.view({one.controls[0].name: value}) for value, _ in (first, last))
    alone = mine.to_png(50)
    assert other.to_png(50) != alone
    thread = threading.Thread(target=other.to_png, args=(50,))

    def disturbed() -> None:
        assert mine.prepare
        mine.prepare()
        thread.start()  # it must wait until mine is drawn
        thread.join(0.5)

    assert dataclasses.replace(mine, prepare=disturbed).to_png(50) == alone
    thread.join()
