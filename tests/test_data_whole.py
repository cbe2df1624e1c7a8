"""The tables of lesson 7: versions of the report agree with each other and with the report."""

from __future__ import annotations

import datetime

import pytest

from mali_course.core.content import notebooks_folder
from mali_course.core.datasets import rows
from mali_course.core.errors import CourseError
from mali_course.core.lessons import lesson
from mali_course.core.messages import say
from mali_course.core.report import about_report, sentences
from mali_course.views.reading import read

REPORT = datetime.date.fromisoformat(about_report().date)
NUMBERS = {
    "internally displaced": "1.2.2",
    "refugees in neighbouring states": "1.2.2",
    "MINUSMA authorised uniformed personnel": "5.1.1",
    "French troops in Mali (Barkhane)": "1.4.2",
    "bilateral aid": "6.1.2",
    "U.S. share of MINUSMA": "6.2.3",
}


def _versions() -> dict[datetime.date, dict[str, object]]:
    return {row["version_date"]: row for row in rows("report_version_dates")}


def test_what_comes_after_the_report_is_marked() -> None:
    for name in ("report_versions", "report_version_dates"):
        for row in rows(name):
            assert (row["after_report"] == "yes") == (row["version_date"] > REPORT), row


def test_each_version_that_says_something_was_read() -> None:
    known = _versions()
    assert list(known) == sorted(known)
    used = {row["version_date"] for row in rows("report_versions")}
    assert used == {day for day, row in known.items() if row["read"] != "nothing"}
    for row in rows("report_versions"):
        version = known[row["version_date"]]
        for column in ("report_number", "title", "source_id"):
            assert row[column] == version[column], row


def test_only_the_report_was_read_as_a_whole() -> None:
    assert [day for day, row in _versions().items() if row["read"] == "whole"] == [REPORT]


def test_locators_stand_with_the_report_alone() -> None:
    known = {one.locator for one in sentences()}
    for row in rows("report_versions"):
        assert bool(row["locator"]) == (row["version_date"] == REPORT), row
        assert set(filter(None, row["locator"].split("; "))) <= known


@pytest.mark.parametrize("item", NUMBERS)
def test_the_numbers_of_the_report_are_those_of_the_other_table(item: str) -> None:
    (row,) = (
        row
        for row in rows("report_versions")
        if row["item"] == item and row["version_date"] == REPORT
    )
    assert row["locator"] == NUMBERS[item]
    figures = {
        (figure["locator"], figure["value"], figure["unit"]) for figure in rows("report_figures")
    }
    assert (row["locator"], row["value"], row["unit"]) in figures


def test_a_number_has_a_unit_and_stands_in_the_words() -> None:
    for row in rows("report_versions"):
        assert (row["value"] is None) == (row["unit"] == ""), row
        assert row["value"] is not None or row["qualifier"] == "", row
        if row["value"] is not None and "half a million" not in row["says"]:
            text = row["says"].replace(" million", ",000,000").replace(",", "")
            assert str(row["value"]) in text, row


def test_doubled_is_said_three_times_and_fits() -> None:
    """The texts of August 2019 and September 2020 compare numbers that the table has too."""
    inside = [row for row in rows("report_versions") if row["item"] == "internally displaced"]
    assert sum("doubl" in row["says"] for row in inside) == 3
    number = {row["version_date"].isoformat(): row["value"] for row in inside}
    assert number["2019-08-16"] / number["2018-09-19"] == pytest.approx(2, abs=0.1)
    assert number["2020-09-18"] / number["2019-08-16"] == pytest.approx(2, abs=0.1)


def test_the_report_is_the_seventh_on_the_list_and_calls_itself_the_ninth() -> None:
    """The essay says that the list may not be complete; if this changes, it must change too."""
    listed = [
        row["version_date"]
        for row in rows("report_version_dates")
        if row["report_number"] == about_report().product
    ]
    assert len(listed) == 13
    assert listed.index(REPORT) + 1 == 7
    assert about_report().version == 9


def test_no_version_of_2016_and_2017_is_listed() -> None:
    """The longest gap of the list, which the chart shows as one."""
    years = {day.year for day in _versions()}
    assert years.isdisjoint({2016, 2017})
    assert {2015, 2018} <= years


def test_a_version_has_one_title_in_both_tables() -> None:
    known = _versions()
    for row in rows("newer_versions"):
        version = known.get(row["date"])
        assert version is None or version["title"] == row["title"], row["date"]


def test_the_minutes_of_the_mixed_test_are_those_of_its_lesson() -> None:
    plan = {part.id: part.minutes for part in lesson("09").plan}
    assert f"About {plan['test']} minutes" in say("mixed.way")
    notebook = (notebooks_folder() / lesson("09").notebook).read_text(encoding="utf-8")
    assert f"About {plan['test']} minutes" in notebook


def test_double_lies_between_two_windows_of_a_year() -> None:
    """07-25 and its explanation compare the Septembers with the ends of the years."""
    points = {
        row["as_of"].isoformat(): row["persons"]
        for row in rows("displacement_points")
        if row["measure"] == "idps_in_mali"
    }
    september = points["2019-09-30"] / points["2018-09-30"]
    assert september == pytest.approx(2.429, abs=0.001)
    years = {
        row["year"]: row["persons"]
        for row in rows("displacement_by_year")
        if (row["measure"], row["counted_by"]) == ("internally_displaced", "UNHCR")
    }
    assert (years[2018], years[2019]) == (120_298, 207_751)
    assert years[2019] / years[2018] < 2 < september


def test_several_places_are_read_together_in_the_order_asked_for() -> None:
    lines = read("3.3.2", "1.1.2", 5, "3.3.2").text.splitlines()
    found = [line.split()[0] for line in lines if line[:1].isdigit()]
    assert found == ["3.3.2", "1.1.2", *(f"5.1.{number}" for number in range(1, 7))]
    assert "page 1–2" in " ".join(lines)
    with pytest.raises(CourseError):
        read("3.3.2", "9.9.9")
