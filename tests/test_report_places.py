"""Where to find the report: one place says it, and everything takes it from there."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mali_course.core.bibliography import (
    recognise_text,
    report_html,
    report_places_html,
    report_places_lines,
    report_places_markdown,
)
from mali_course.core.content import read_csv
from mali_course.core.errors import CourseError
from mali_course.core.html import text_of
from mali_course.core.lessons import Lesson, lesson, lessons
from mali_course.core.report import Report, about_report
from mali_course.core.schema import read
from mali_course.kit import links
from mali_course.kit.notebook_blocks import stored_blocks
from mali_course.kit.plan.plan_blocks import Block, Commands, Listing, plan_blocks
from mali_course.kit.plan.plan_loader import plans
from mali_course.kit.site.lesson_page import lesson_pages
from mali_course.kit.site.reference_pages import index_page, report_page
from mali_course.kit.site.site_frame import lesson_file
from mali_course.kit.slides.deck import deck

ROOT = Path(__file__).resolve().parent.parent

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
    page, markdown = report_places_html(), report_places_markdown()
    lines = "\n".join(report_places_lines())
    assert report_places_html() in report_html()
    for place in about_report().named_places:
        assert f'href="{place.url.replace("&", "&amp;")}"' in page
        assert f"]({place.url})" in markdown
        assert f" {place.url}\n" in f"{lines}\n"
        assert all(place.gives in text for text in (text_of(page), markdown, lines))
    for text in (text_of(page), markdown, lines):
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
    assert links.with_places(stale) == text.format(about_report().url, other=other)


def test_the_list_of_the_readme_is_set() -> None:
    stale = "Before\n<!-- places -->\n- old\n\nOld.\n<!-- end of places -->\nAfter\n"
    written = links.with_places(stale)
    assert "old" not in written.lower().replace("older", "")
    assert report_places_markdown() in written
    assert written.startswith("Before\n<!-- places -->\n")
    assert written.endswith("\n<!-- end of places -->\nAfter\n")


def test_contributing_says_who_opened_which_place() -> None:
    section = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## The addresses of the report")
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", section[1], re.MULTILINE)
    told = [(name, opened) for name, opened, _ in rows if name != "Place" and "-" not in name]
    assert told == [(place.name, place.opened or "not yet") for place in about_report().places]


# An address at which the report stands, in this version or in another.
ADDRESS = re.compile(r"https?://[^\s\"'<>()\[\],\\]*(?:IF10116|govbcwx0001)[^\s\"'<>()\[\],\\]*")


def texts_of_the_project() -> Iterator[tuple[str, str]]:
    """Yield name and text of each document, each file of data, and each cell of a notebook."""
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "CITATION.cff"]):
        yield str(path.relative_to(ROOT)), path.read_text("utf-8")
    for path in sorted((ROOT / "data").rglob("*")):
        if path.suffix in (".toml", ".j2", ".csv", ".md"):
            yield str(path.relative_to(ROOT)), path.read_text("utf-8")
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            shown = json.dumps(cell.get("outputs", []), ensure_ascii=False)
            yield f"{path.name}, {cell['id']}", "".join(cell["source"])
            yield f"{path.name}, {cell['id']}, output", html.unescape(shown)


def foreign_addresses(texts: Iterable[tuple[str, str]]) -> list[str]:
    """Return where an address of the report stands that is not from the one place for it."""
    report = about_report()
    known = {place.url for place in report.places}
    # The bibliography names other versions, and lesson 8 tells where newer ones are to be had.
    known |= {row["url"] for row in read_csv("sources.csv")}
    newer = f"https://www.congress.gov/crs-product/{report.product}"
    return [
        f"{name}: {found}"
        for name, text in texts
        for found in ADDRESS.findall(text)
        if found not in known and (name, found) != ("08-since-the-report.ipynb, find", newer)
    ]


def test_no_text_has_an_address_of_the_report_of_its_own() -> None:
    assert foreign_addresses(texts_of_the_project()) == []


def test_an_address_of_its_own_is_found() -> None:
    spoiled = [
        ("README.md", "[The report](https://www.congress.gov/crs-product/IF10116)"),
        ("00.ipynb, report", "See <https://example.org/IF/IF10116>."),
        ("docs/sources.md", f"[The report]({about_report().url})"),
    ]
    assert [one.partition(":")[0] for one in foreign_addresses(spoiled)] == [
        "README.md", "00.ipynb, report",
    ]


def test_no_markdown_cell_has_an_address_of_the_report() -> None:
    for path in sorted((ROOT / "notebooks").glob("0[0-7]*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                assert not ADDRESS.search("".join(cell["source"])), f"{path.name}, {cell['id']}"


def test_the_old_address_without_a_version_is_nowhere() -> None:
    old = "crsreports" + ".congress.gov"
    kinds = {".py", ".md", ".toml", ".j2", ".csv", ".ipynb", ".cff", ".js", ".json", ".css"}
    folders = ("mali_course", "data", "notebooks", "docs", "tests", "labextension", "binder")
    files = [file for folder in folders for file in (ROOT / folder).rglob("*")] + [*ROOT.iterdir()]
    read_files = [file for file in files if file.is_file() and file.suffix in kinds]
    assert len(read_files) > 300
    assert [str(file) for file in read_files if old in file.read_text("utf-8")] == []


# --- Who is told what to look for -----------------------------------------------------------------


@pytest.mark.parametrize("name", plans())
def test_a_plan_warns_before_anybody_prints(name: str) -> None:
    blocks = list(plan_blocks(plans()[name]))
    told = next(n for n, block in enumerate(blocks) if is_about_the_report(block))
    prints = next(n for n, block in enumerate(blocks) if isinstance(block, Commands))
    assert told < prints
    block = blocks[told]
    assert isinstance(block, Listing)
    assert set(report_places_lines()) <= set(block.texts)
    assert any("mali-course report --print" in text for text in block.texts)


def is_about_the_report(block: Block) -> bool:
    return isinstance(block, Listing) and recognise_text() in block.texts


@pytest.mark.parametrize("name", ["README.md", "docs/teaching.md", "docs/workshop.md"])
def test_a_guide_says_where_the_report_is_and_which_paper_is_right(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert report_places_markdown() in text
    assert "locators" in text
    assert "mali-course report" in text


def test_pages_and_slides_say_where_the_report_is() -> None:
    assert report_places_html() in index_page()
    assert report_places_html() in report_page()
    page = lesson_pages(lesson("00"))[lesson_file(lesson("00"))]
    assert report_places_html() in str(page)
    shown = "".join(slide.body for part in deck(lesson("00")) for slide in part.slides)
    assert all(place.url in html.unescape(shown) for place in about_report().named_places)
    assert all(sign in shown for sign in about_report().recognise)


@pytest.mark.parametrize("one", lessons(), ids=lambda one: one.id)
def test_each_notebook_asks_for_the_report_once_where_its_first_digest_is(one: Lesson) -> None:
    calls = [block for block in stored_blocks(one) if block.kind != "text"]
    kinds = [block.kind for block in calls]
    assert kinds.count("report") == 1
    place = kinds.index("report")
    if one.id == "00":
        assert calls[place].values == ()
    else:
        assert calls[place].values == (one.id,)
    # Across all sections the sentences stand under folds, long before a digest or without one.
    if len(one.sections) == 1:
        assert place == kinds.index("read") + 1
