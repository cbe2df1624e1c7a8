"""Decks of slides: made from the notebooks, in the time of the plan, with the key held back."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import html5lib
import nbformat
import pytest
from nbformat import NotebookNode, v4
from test_leaks import SECRET, twin

from mali_course.cli import main
from mali_course.core.content import notebooks_folder
from mali_course.core.errors import CourseError
from mali_course.core.html import inline_html, text_of
from mali_course.core.lessons import Lesson, lesson, lessons
from mali_course.kit import notebook_blocks
from mali_course.kit.notebook_blocks import SLIDE_TYPES
from mali_course.kit.slides import question_slides as slides_module
from mali_course.kit.slides.deck import deck
from mali_course.kit.slides.deck_page import deck_html
from mali_course.kit.slides.fit import (
    ROOM,
    Piece,
    paragraph_pieces,
    piece,
    pieces_html,
    spread_pieces,
    text_height,
)
from mali_course.kit.slides.question_slides import guess_slides, question_slides
from mali_course.questions import bank
from mali_course.questions.item import Item
from mali_course.questions.kinds.code import Code
from mali_course.questions.kinds.open import Open

LESSONS = lessons()
VENDOR = Path(notebook_blocks.__file__).parent / "slides" / "vendor"


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


@pytest.fixture(scope="module")
def decks() -> dict[str, str]:
    return {one.id: deck_html(one) for one in LESSONS}


# What is on the slides of a question before its answer must not depend on the key.


def shown_before(item: Item, one: Lesson) -> str:
    slides = question_slides(item, one)
    return "\n".join(slide.title + slide.body for slide in slides if slide.kind == "question")


def without_key(item: Item) -> Item:
    other = twin(item)
    if isinstance(item, Open):  # what to look for is part of the task on the wall
        return dataclasses.replace(other, criteria=item.criteria)
    return other


@pytest.mark.parametrize("item", bank.items(), ids=lambda item: item.id)
def test_no_slide_before_the_answer_depends_on_the_key(item: Item) -> None:
    one = lesson(item.id[:2])
    shown = shown_before(item, one)
    assert shown == shown_before(without_key(item), one)
    assert SECRET not in shown
    assert plain(inline_html(item.stem)) in plain(shown)


def test_a_planted_key_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = slides_module.asked_pieces

    def leaky(item: Any) -> list[Piece]:
        return [*honest(item), piece(f"<!-- {[one.key for one in item.options]} -->")]

    monkeypatch.setattr(slides_module, "asked_pieces", leaky)
    item = bank.find("01-31")
    assert shown_before(item, lesson("01")) != shown_before(twin(item), lesson("01"))


@pytest.mark.parametrize("item", bank.items(), ids=lambda item: item.id)
def test_notes_say_what_a_question_rests_on_and_what_to_say_to_each_answer(item: Item) -> None:
    slides = question_slides(item, lesson(item.id[:2]))
    notes = plain(" ".join(note for slide in slides for note in slide.notes))
    for locator in item.cites:
        assert f"{locator}: " in notes
    for one in item.answer_feedback():
        assert plain(inline_html(one.text)) in notes, one.text
    assert plain(inline_html(item.where)) in notes


def test_a_misreading_that_names_a_sentence_stands_beside_its_questions() -> None:
    slides = question_slides(bank.find("01-33"), lesson("01"))
    assert "Likely misreading" not in str(slides[0].notes)
    slides = question_slides(bank.find("01-34"), lesson("01"))
    assert "taken for the whole of Operation Barkhane" in str(slides[0].notes)


def test_a_guess_has_no_answer() -> None:
    item = bank.find("01-01")
    slides = guess_slides(item)
    assert {slide.kind for slide in slides} == {"question"}
    assert "120" not in plain(str([slide.body for slide in slides]))
    assert plain(item.explain) not in plain(str(slides))


# The slide types of the cells.


def type_faults(notebook: NotebookNode) -> list[str]:
    """Return the cells of a notebook whose slide type is missing or does not fit."""
    found = []
    begun = False
    for cell in notebook.cells:
        kind = cell.metadata.get("slideshow", {}).get("slide_type")
        heading = re.match(r"##? ", cell.source) if cell.cell_type == "markdown" else None
        if kind not in SLIDE_TYPES:
            found.append(f"{cell.id}: {kind} is no slide type")
        elif kind == "skip":
            continue
        elif not begun and kind != "slide":
            found.append(f"{cell.id}: the deck begins with {kind}")
        elif bool(heading) != (kind == "slide"):
            found.append(f"{cell.id}: a part begins with its heading, and only there")
        begun = True
    return found


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.id)
def test_every_cell_has_a_slide_type_and_the_deck_begins_with_a_slide(one: Lesson) -> None:
    notebook = nbformat.read(notebooks_folder() / one.notebook, as_version=4)
    assert type_faults(notebook) == []


@pytest.mark.parametrize("planted", ["", "slides", "subslide", "fragment"])
def test_a_planted_slide_type_is_found(planted: str) -> None:
    cell = v4.new_markdown_cell("# T", metadata={"slideshow": {"slide_type": planted}})
    assert len(type_faults(v4.new_notebook(cells=[cell]))) == 1


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.id)
def test_every_question_but_code_is_in_the_deck_of_its_lesson(
    one: Lesson, decks: dict[str, str]
) -> None:
    shown = set(re.findall(r'class="slide reveal" data-item="([^"]+)"', decks[one.id]))
    wanted = {item.id for item in bank.lesson_items(one.id) if not isinstance(item, Code)}
    assert wanted <= shown


# Time.


def time_faults(html: str, one: Lesson) -> list[str]:
    """Return where the seconds of a deck's slides are not those of the lesson's plan."""
    found = []
    parts = re.split(r'<section class="stack">', html)[1:]
    sums = [sum(map(int, re.findall(r'data-timing="(\d+)"', part))) for part in parts]
    wanted = [0, *(round(part.minutes * 60) for part in one.plan)]
    if sums != wanted:
        found.append(f"{sums} are not {wanted}")
    if sum(sums) != round(one.minutes * 60):
        found.append(f"{sum(sums)} seconds are not {one.minutes} minutes")
    return found


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.id)
def test_the_minutes_of_a_deck_add_up_to_those_of_the_lesson(
    one: Lesson, decks: dict[str, str]
) -> None:
    assert time_faults(decks[one.id], one) == []
    sections = deck(one)
    assert [part.start for part in sections[1:]] == [part.end for part in sections[:-1]]
    assert sections[-1].end == one.minutes
    for section in sections[1:]:
        assert section.part
        assert f"Minutes {section.clock} of {one.minutes:g}" in section.slides[0].body
        notes = plain("".join(section.slides[0].notes))
        assert f"Minutes {section.clock} of {one.minutes:g}" in notes
        assert plain(inline_html(section.part.notes)) in notes


def test_a_planted_change_of_time_is_found(decks: dict[str, str]) -> None:
    changed = re.sub(r'data-timing="[1-9]\d*"', 'data-timing="7"', decks["01"], count=1)
    assert time_faults(changed, lesson("01"))


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.id)
def test_each_part_of_a_plan_tells_the_instructor_something(one: Lesson) -> None:
    texts = [part.notes for part in one.plan]
    for part in one.plan:
        words = len(part.notes.split())
        assert words >= 15, (
            f"Lesson {one.id}, plan part {part.id!r}: notes has {words} words; "
            "tell the instructor what to do in at least 15"
        )
    assert len(set(texts)) == len(texts)
    named = {name for text in texts for name in re.findall(r"\b\d\d-\d\d\b", text)}
    assert named <= {item.id for item in bank.lesson_items(one.id)}


# The file.


def outside(html: str) -> list[str]:
    """Return what a browser would fetch for a page, data inside it excepted."""
    html = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    found = re.findall(r"""(?:src|srcset|poster|data)\s*=\s*["'](?!data:)[^"']*["']""", html)
    found += re.findall(r"url\((?!['\"]?data:)[^)]*\)|@import[^;]*", html)
    return found + re.findall(r"<(?:link|iframe|object|embed|base)\b[^>]*>", html)


def test_a_deck_holds_all_it_needs(decks: dict[str, str]) -> None:
    assert {name: found for name, html in decks.items() if (found := outside(html))} == {}


@pytest.mark.parametrize(
    "planted",
    [
        '<img src="picture.png">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        "<style>@import 'x.css';</style>",
        "<p style=\"background: url('https://example.org/x.png')\">",
    ],
)
def test_a_planted_request_is_found(planted: str) -> None:
    assert outside(planted)


def test_a_deck_is_valid_html_with_a_title_and_a_heading_on_each_slide(
    decks: dict[str, str],
) -> None:
    html5lib.HTMLParser(strict=True).parse(decks["00"])
    for one in LESSONS:
        html = decks[one.id]
        assert f"<title>Slides {one.id}: " in html
        assert '<html lang="en">' in html
        slides = html.split('<section')[1:]
        slides = [part.split("<script>")[0] for part in slides if 'class="slide ' in part[:80]]
        assert all(re.search(r"<h[12]>[^<]", part) for part in slides)
        assert html.count("<h1>") == 1
        assert all(len(alt) > 20 for alt in re.findall(r'<img alt="([^"]*)"', html))
        assert ".ipynb" not in html.split("<script>")[0]


def test_no_heading_stands_twice_on_a_slide(decks: dict[str, str]) -> None:
    for html in decks.values():
        for title, first in re.findall(r"<h2>(.*?)</h2><div class=\"body\"><p>(.*?)</p>", html):
            assert plain(title) != plain(first)


def test_charts_stand_without_their_table_and_with_their_reading(decks: dict[str, str]) -> None:
    body = decks["01"].split("<script>")[0]
    assert "<table" not in body
    assert body.count("What it shows:") >= 2 * 4  # on the slide and in the notes


def test_the_style_knows_each_band_of_a_chart(decks: dict[str, str]) -> None:
    style = (VENDOR.parent / "slides.css").read_text(encoding="utf-8")
    bands = {band for html in decks.values() for band in re.findall(r"fragment band (b\d+)", html)}
    assert {"b0", "b1", "b2"} <= bands
    assert all(f".{band}.current-fragment" in style for band in bands - {"b0"})


def test_the_deck_is_small(decks: dict[str, str]) -> None:
    assert {name for name, html in decks.items() if len(html.encode()) > 2_000_000} == set()


def test_the_files_of_reveal_js_are_those_of_their_note() -> None:
    note = (VENDOR / "README.md").read_text(encoding="utf-8")
    version = re.search(r"^# reveal\.js (\d+\.\d+\.\d+)$", note, flags=re.MULTILINE)
    assert version
    code = (VENDOR / "reveal.js").read_text(encoding="utf-8")
    assert version[1] in code
    for name in ("reveal.js", "reveal.css", "notes.js"):
        text = (VENDOR / name).read_text(encoding="utf-8")
        assert "sourceMappingURL" not in text
        assert "</script" not in text
    style = (VENDOR / "reveal.css").read_text(encoding="utf-8")
    assert outside(f"<style>{style}</style>") == []
    assert "Permission is hereby granted" in (VENDOR / "LICENSE").read_text(encoding="utf-8")


def test_a_deck_carries_the_licences_of_reveal_js_and_of_marked(decks: dict[str, str]) -> None:
    assert all("Permission is hereby granted" in html for html in decks.values())
    for html in decks.values():
        before_scripts = html.split("<script>")[0]
        for author in ("Hakim El Hattab", "Christopher Jeffrey"):
            assert author in before_scripts.split("<!--")[-1]


# What fits.


def test_text_is_spread_over_slides_and_never_made_smaller() -> None:
    rows = [piece(f"<p>{'word ' * 60}</p>") for _ in range(9)]
    parts = spread_pieces(rows, ROOM)
    assert len(parts) > 1
    assert all(sum(one.height for one in part) <= ROOM for part in parts)
    assert [one for part in parts for one in part] == rows
    assert "font-size" not in pieces_html(rows)


def test_heights_grow_with_text_and_shrink_with_width() -> None:
    assert text_height("word " * 100) > text_height("word " * 50)
    assert text_height("word " * 50, 600) > text_height("word " * 50, 1200)
    assert text_height("x" * 500) > 3 * 42  # a word without a space is broken


def test_a_long_paragraph_is_broken_between_sentences() -> None:
    text = "This is a sentence of some words. " * 40
    assert len(found := paragraph_pieces(text)) > 2
    assert " ".join(text_of(one.html) for one in found) == text.strip()


# The command.


def test_the_command_writes_decks_into_its_folder_and_over_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "a folder"
    assert main(["slides", "0", "8", "--folder", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "slides-00.html" in said
    assert "25 minutes" in said
    assert sorted(path.name for path in folder.iterdir()) == ["slides-00.html", "slides-08.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["a folder"]
    (folder / "slides-00.html").write_text("mine")
    assert main(["slides", "00", "--folder", str(folder)]) == 1
    assert "--force" in capsys.readouterr().err
    assert (folder / "slides-00.html").read_text() == "mine"
    assert main(["slides", "00", "--folder", str(folder), "--force"]) == 0
    assert "<h1>" in (folder / "slides-00.html").read_text(encoding="utf-8")


def test_an_unknown_lesson_is_said_plainly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["slides", "99", "--folder", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert "99" in said
    assert "Traceback" not in said
    assert not (tmp_path / "out").exists()


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["slides", "--help"])
    assert "example: mali-course slides 01" in capsys.readouterr().out


def test_the_same_course_gives_the_same_deck(decks: dict[str, str]) -> None:
    assert deck_html(lesson("00")) == decks["00"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(notebook_blocks, "notebooks_folder", lambda: tmp_path)
    notebook_blocks.stored_blocks.cache_clear()
    yield tmp_path
    notebook_blocks.stored_blocks.cache_clear()


def write(folder: Path, *cells: tuple[str, str, str]) -> None:
    made = []
    for kind, source, slide in cells:
        new = v4.new_markdown_cell if kind == "text" else v4.new_code_cell
        made.append(new(source, metadata={"slideshow": {"slide_type": slide}} if slide else {}))
    nbformat.write(v4.new_notebook(cells=made), folder / lesson("00").notebook)


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ([("text", "# T", "")], "has the slide type none"),
        ([("text", "# T", "page")], "has the slide type page"),
        ([("text", "# T", "slide"), ("text", "## Other", "slide")], "the heading is Other"),
        ([("text", "# T", "slide")], "the plan has What this course is"),
        ([("text", "a note", "notes")], "no slide comes before it"),
        ([("text", "# T", "slide"), ("code", "1 / 2", "subslide")], "slide type skip"),
        ([("text", "# T", "slide"), ("code", "mali.test()", "subslide")], "slide type skip"),
    ],
)
def test_a_notebook_that_makes_no_deck_is_said_plainly(
    folder: Path, cells: list[tuple[str, str, str]], says: str
) -> None:
    write(folder, *cells)
    with pytest.raises(CourseError, match=re.escape(says)):
        deck(lesson("00"))


def test_a_missing_notebook_is_said_plainly(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["slides", "00", "--folder", str(folder / "out")]) == 1
    assert "cannot be read" in capsys.readouterr().err
    assert not (folder / "out").exists()


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.id)
def test_notes_that_name_the_minutes_of_their_part_name_the_right_ones(one: Lesson) -> None:
    for part in one.plan:
        told = re.findall(r"(?:of (?:the|these|its)|in the notebook for) (\d+) minutes", part.notes)
        assert all(float(number) == part.minutes for number in told), (one.id, part.part)
