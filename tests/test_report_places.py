"""Where the report is to be had: one place says it, and everything takes it from there."""

from __future__ import annotations

from typing import Any

import pytest

from mali_course.core.bibliography import (
    recognise_text,
    report_html,
    report_places_html,
    report_places_lines,
    report_places_markdown,
)
from mali_course.core.errors import CourseError
from mali_course.core.html import text_of
from mali_course.core.report import Report, about_report
from mali_course.core.schema import read
from mali_course.kit import links

PLACE = {"name": "A", "url": "https://example.org/a", "gives": "a list"}
TABLE: dict[str, Any] = {
    "title": "T", "publisher": "P", "product": "X1", "version": 9, "date": "2020-01-17",
    "recognise": ["Top", "Foot"], "section_titles": ["One"],
    "place": [PLACE, {**PLACE, "name": "B"}, {**PLACE, "name": "C"}],
}


def with_opened(*dates: str) -> Report:
    places = [{**place, "opened": date} for place, date in zip(TABLE["place"], dates, strict=True)]
    return read(Report, {**TABLE, "place": places}, "report.toml")


@pytest.mark.parametrize(
    ("dates", "named"),
    [
        (("", "", ""), "ABC"),
        (("", "", "2026-11-29"), "ABC"),
        (("", "2026-11-29", ""), "AB"),
        (("2026-11-29", "", "2026-11-29"), "A"),
    ],
)
def test_nobody_is_sent_to_an_unopened_address_alone(dates: tuple[str, ...], named: str) -> None:
    assert "".join(place.name for place in with_opened(*dates).named_places) == named


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"date": "17 January 2020"}, "date"),
        ({"recognise": ["Top"]}, "recognise"),
        ({"place": []}, "place"),
        ({"place": [{**PLACE, "url": "http://example.org"}]}, "url"),
        ({"place": [{**PLACE, "url": "https://example.org/a,b"}]}, "url"),
        ({"place": [{**PLACE, "opened": "yesterday"}]}, "opened"),
        ({"place": [{**PLACE, "seen": "2026-11-29"}]}, "seen"),
    ],
)
def test_what_is_wrong_with_the_file_is_said(change: dict[str, Any], field: str) -> None:
    with pytest.raises(CourseError, match=f"field '{field}'"):
        read(Report, {**TABLE, **change}, "report.toml")


def test_the_first_place_is_the_version_that_the_course_reads() -> None:
    report = about_report()
    assert report.url == report.places[0].url
    assert report.url.endswith(f"/{report.product}.{report.version}.pdf")
    assert len(report.places) >= 2


def test_the_places_are_told_whole_in_every_form() -> None:
    html, markdown = report_places_html(), report_places_markdown()
    lines = "\n".join(report_places_lines())
    assert report_places_html() in report_html()
    for place in about_report().named_places:
        assert f'href="{place.url.replace("&", "&amp;")}"' in html
        assert f"]({place.url})" in markdown
        assert f" {place.url}\n" in f"{lines}\n"
        assert all(place.gives in text for text in (text_of(html), markdown, lines))
    for text in (text_of(html), markdown, lines):
        assert recognise_text() in text
        assert all(sign in text for sign in about_report().recognise)


def test_a_place_that_nobody_opened_is_named_as_such() -> None:
    unopened = [place for place in about_report().named_places if not place.opened]
    said = "We could not open" in report_places_markdown()
    assert said == bool(unopened)


# --- Everything takes it from there ---------------------------------------------------------------


def test_the_address_is_carried_to_bibliography_readme_and_citation(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert links.main(["--check"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    "text",
    [
        'x\nCRS_2020_01,CRS,"A title",{},2020,"free, for all"\nCRS_2020_09,CRS,Other,{other},2020',
        'references:\n    number: "IF10116, version 9"\n    date: 2020-01-17\n    url: "{}"\n',
    ],
)
def test_an_address_that_differs_is_set(text: str) -> None:
    other = "https://example.org/other"
    stale = text.format("https://example.org/old", other=other)
    assert links.with_report(stale) == text.format(about_report().url, other=other)


def test_the_list_of_the_readme_is_set() -> None:
    stale = "Before\n<!-- places -->\n- old\n\nOld.\n<!-- end of places -->\nAfter\n"
    written = links.with_report(stale)
    assert "old" not in written.lower().replace("older", "")
    assert report_places_markdown() in written
    assert written.startswith("Before\n<!-- places -->\n")
    assert written.endswith("\n<!-- end of places -->\nAfter\n")
