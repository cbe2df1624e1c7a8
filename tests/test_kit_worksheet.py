"""Worksheets have room to write and no key; their answer keys have everything."""

from __future__ import annotations

import io
import os
import re
import subprocess
import time
from itertools import pairwise
from pathlib import Path

import html5lib
import lxml.html
import pytest
from pypdf import PdfReader
from samples import KINDS, sample
from test_leaks import SECRET, secrets, twin

from mali_course.cli import main
from mali_course.core.html import inline_html, text_of
from mali_course.core.lessons import Lesson, lesson, lessons
from mali_course.core.report import sentences
from mali_course.forms import paper
from mali_course.kit import pdf, worksheet
from mali_course.kit.worksheet import key_html, sheet_html
from mali_course.questions import bank
from mali_course.questions.item import Item
from mali_course.questions.kinds.choice import Choice
from mali_course.questions.kinds.choices import Choices
from mali_course.questions.kinds.number import Number
from mali_course.questions.kinds.words import Words

LESSONS = [one for one in lessons() if bank.lesson_items(one.id)]


def plain(html: str) -> str:
    body = re.sub(r"<(style|title)>.*?</\1>", "", html, flags=re.DOTALL)
    return " ".join(text_of(body).split())


def told(text: str) -> str:
    return plain(inline_html(text))


def ids(html: str) -> list[str]:
    return re.findall(r'data-item="([^"]+)"', html)


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.id)
def test_a_sheet_has_each_question_once_and_the_key_has_them_in_the_same_order(
    one: Lesson,
) -> None:
    sheet, key = sheet_html(one), key_html(one)
    assert sorted(ids(sheet)) == sorted(item.id for item in bank.lesson_items(one.id))
    assert ids(sheet) == ids(key)
    for item in bank.lesson_items(one.id):
        assert told(item.stem) in plain(sheet)


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.id)
def test_a_sheet_has_its_sentences_and_says_where_it_comes_from(one: Lesson) -> None:
    sheet = sheet_html(one)
    shown = plain(sheet)
    for sentence in sentences():
        if int(sentence.locator[0]) in one.sections:
            assert told(f"{sentence.locator} {sentence.gist}") in shown
    assert 'Name: <span class="mali-blank">' in sheet
    for text in ("Date:", "version 9, of 17 January 2020", "CC BY 4.0"):
        assert text in shown
    captions = re.findall(r"<figure.*?<figcaption[^>]*>(.*?)</figcaption>", sheet, re.DOTALL)
    assert len(captions) == sheet.count("<figure")
    assert all("Source" in plain(caption) for caption in captions)


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.id)
def test_a_sheet_holds_no_key(one: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the same, to the last letter, for questions whose keys and feedback differ."""
    sheet = sheet_html(one)
    twins = tuple(map(twin, bank.lesson_items(one.id)))
    monkeypatch.setattr(bank, "lesson_items", lambda number: twins)
    assert sheet_html(one) == sheet
    assert SECRET not in sheet
    monkeypatch.undo()
    for item in bank.lesson_items(one.id):
        for text in secrets(item):
            assert told(text) not in plain(sheet), f"{item.id}: {text}"


def test_a_planted_leak_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Choice.paper_html

    def leaky(item: Choice) -> str:
        return honest(item) + f"<!-- {[option.key for option in item.options]} -->"

    monkeypatch.setattr(Choice, "paper_html", leaky)
    one = lesson("01")
    sheet = sheet_html(one)
    twins = tuple(map(twin, bank.lesson_items("01")))
    monkeypatch.setattr(bank, "lesson_items", lambda number: twins)
    assert sheet_html(one) != sheet


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.id)
def test_a_key_has_reasons_locators_and_all_feedback(one: Lesson) -> None:
    key = plain(key_html(one))
    for item in bank.lesson_items(one.id):
        for text in (item.explain, item.where, *(found.text for found in item.answer_feedback())):
            assert told(text) in key, f"{item.id}: {text}"
        for locator in item.cites:
            assert f"{locator} (page " in key, f"{item.id}: {locator}"
    for discussion in one.discussion:
        assert told(discussion.listen_for) in key


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.id)
def test_the_key_begins_with_all_answers_in_short(one: Lesson) -> None:
    glance = lxml.html.fromstring(key_html(one)).find_class("glance")[0]
    rows = [[cell.text_content() for cell in row] for row in glance.xpath(".//tbody/tr")]
    known = {item.id: item for item in bank.lesson_items(one.id)}
    assert sorted(row[0] for row in rows) == sorted(known)
    for name, answer, cites in rows:
        item = known[name]
        assert answer == item.short_key()
        assert cites == ", ".join(item.cites)
        if isinstance(item, Choice | Choices | Number | Words):
            response = answer.split(", ") if item.kind == "choices" else answer
            assert item.grade_response(response).state == "right", name


def test_an_open_question_has_more_lines_than_its_text_box() -> None:
    html = paper.paper_html(sample("open", lines=4))
    assert html.count("<div></div>") > 4


@pytest.mark.parametrize(
    ("kind", "short"),
    [
        ("choice", "b"),
        ("choices", "a, b"),
        ("claim", "1 says so; 2 says otherwise; 3 does not say"),
        ("number", "201,000 people"),
        ("words", "Operation Barkhane"),
        ("order", "2, 1, 3"),
        ("match", "1 B, 2 D, 3 C"),
        ("code", "201,429"),
    ],
)
def test_the_answers_at_a_glance_are_as_they_stand_on_paper(kind: str, short: str) -> None:
    assert sample(kind).short_key() == short


def test_a_short_answer_is_right_when_graded() -> None:
    """What the glance says of a letter question is what grading takes."""
    for item in bank.items():
        if isinstance(item, Choice):
            assert item.grade_response(item.short_key()).state == "right"


def test_a_chart_stands_before_its_question_with_its_words(root: Path) -> None:
    for one in LESSONS:
        sheet = sheet_html(one)
        for item in bank.lesson_items(one.id):
            if item.needs.startswith("chart:") and worksheet.fits_paper(item):
                before = sheet[: sheet.index(f'data-item="{item.id}"')]
                assert re.search('<img alt="[^"]{40}', before), item.id
        assert "<details" not in sheet


def test_a_table_that_a_question_names_is_on_the_sheet_and_a_long_one_is_not() -> None:
    assert "table" in bank.find("03-04").stem
    sheet = sheet_html(lesson("03"))
    before = sheet[: sheet.index('data-item="03-04"')]
    assert before.count('<div class="sheet-table"><div class="mali-table"') == 1
    sheet = sheet_html(lesson("04"))
    before = sheet[: sheet.index('data-item="04-29"')]
    assert "sheet-chart" in before
    assert "sheet-table" not in before.partition("sheet-chart")[2]


def test_what_needs_a_computer_stands_apart() -> None:
    sheet = sheet_html(lesson("01"))
    part = sheet.index("With a computer")
    for item in bank.lesson_items("01"):
        needs = item.kind == "code" or item.needs.startswith(("explorer:", "data:"))
        if needs:
            assert sheet.index(f'data-item="{item.id}"') > part, item.id


def test_a_lesson_without_a_section_brings_the_sentences_of_its_questions() -> None:
    sheet = plain(sheet_html(lesson("00")))
    for item in bank.lesson_items("00"):
        if worksheet.fits_paper(item):
            assert all(f"{locator} " in sheet for locator in item.cites)
    assert "What the report says" not in sheet_html(lesson("00"), text=False)


@pytest.mark.parametrize("one", LESSONS[:2], ids=lambda one: one.id)
def test_sheet_and_key_are_valid_and_ask_no_other_host(one: Lesson) -> None:
    for html in (sheet_html(one), key_html(one)):
        html5lib.HTMLParser(strict=True).parse(html)
        assert not re.search(r"<script|<link|@import|url\(|src=\"(?!data:image/png)", html)
        assert '<html lang="en">' in html
        levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_command_writes_sheet_and_key_as_pages_and_pdf(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pdf.find_browser(), "this test needs Chromium or Chrome"
    assert main(["worksheet", "0", "--folder", str(tmp_path / "out")]) == 0
    assert "4 files" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    sheet = PdfReader(io.BytesIO((tmp_path / "out" / "worksheet-00.pdf").read_bytes()))
    key = PdfReader(io.BytesIO((tmp_path / "out" / "worksheet-00-answers.pdf").read_bytes()))
    width, height = (float(side) / 72 * 25.4 for side in sheet.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (210, 297)
    assert sheet.trailer["/Root"]["/MarkInfo"]["/Marked"]  # headings and alternative texts
    assert sheet.trailer["/Root"]["/Lang"].startswith("en")
    on_sheet, on_key = (
        re.sub(r"\s", "", "".join(page.extract_text() for page in one.pages))
        for one in (sheet, key)
    )
    for item in bank.lesson_items("00"):
        assert re.sub(r"\s", "", told(item.stem)) in on_sheet, item.id
        assert re.sub(r"\s", "", told(item.explain)) in on_key, item.id
        for text in secrets(item):
            assert re.sub(r"\s", "", told(text)) not in on_sheet, item.id


def test_without_a_browser_a_sentence_says_how_to_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pdf, "_NAMES", ("no-such-browser",))
    monkeypatch.setattr(pdf, "_usual_places", lambda: iter(()))
    assert main(["worksheet", "00", "--folder", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "no Chrome, Chromium or Edge was found" in said
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".html", ".html"]


def test_a_browser_that_does_not_print_is_said_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for program in ("false", "/no/such/browser"):
        monkeypatch.setattr(pdf, "find_browser", lambda program=program: program)
        assert main(["worksheet", "00", "--folder", str(tmp_path / program[-3:])]) == 0
        assert "did not print" in capsys.readouterr().out


@pytest.mark.skipif(os.name != "posix", reason="the stand-in for a browser is a shell script")
def test_a_browser_that_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "browser"
    program.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {tmp_path}/child\nwait\n")
    program.chmod(0o755)
    monkeypatch.setattr(pdf, "_SECONDS", 1)
    assert pdf.pdf_of("<p>", str(program)) is None
    child = int((tmp_path / "child").read_text())
    for _ in range(50):
        if not _runs(child):
            return
        time.sleep(0.1)
    pytest.fail("a process of the browser goes on")


def _runs(process: int) -> bool:
    done = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    )
    return bool(done.stdout.strip()) and "Z" not in done.stdout


def test_existing_sheets_are_kept_and_no_browser_is_started_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "worksheet-00-answers.pdf").write_text("mine")
    monkeypatch.setattr(pdf, "print_pages", lambda pages: pytest.fail("printed for nothing"))
    assert main(["worksheet", "00", "--folder", str(tmp_path)]) == 1
    assert "--force" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["worksheet-00-answers.pdf"]


@pytest.mark.parametrize("wrong", ["99", "../zero", "zero"])
def test_an_unknown_lesson_is_answered_with_those_there_are(
    wrong: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["worksheet", wrong, "--folder", str(tmp_path), "--no-pdf"]) == 1
    said = capsys.readouterr().err
    assert "Lessons here: 00, 01" in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_all_lessons_can_be_written_at_once(tmp_path: Path) -> None:
    arguments = ["worksheet", "all", "01", "--folder", str(tmp_path), "--no-pdf", "--no-text"]
    assert main([*arguments, "--paper", "letter"]) == 0
    assert len(list(tmp_path.iterdir())) == 2 * len(LESSONS)
    assert "size: letter" in (tmp_path / "worksheet-01.html").read_text(encoding="utf-8")


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["worksheet", "--help"])
    assert "example: mali-course worksheet" in capsys.readouterr().out


def test_a_hostile_text_is_escaped() -> None:
    for kind in KINDS:
        item: Item = sample(kind, stem="<script>alert(1)</script>")
        assert "<script>" not in paper.paper_html(item)
