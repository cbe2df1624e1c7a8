"""Each deck in a browser, step by step: large text, nothing cut off, key held back, no network."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from deck import faults, key_before_reveal, open_deck, state, step, walk
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from mali_course.core.lessons import Lesson, lesson, lessons
from mali_course.kit.output import write_files
from mali_course.kit.slides import deck_file
from mali_course.kit.slides.deck_page import deck_html
from mali_course.original.kept import keep_originals, shared_file
from mali_course.questions import bank
from mali_course.questions.item import Item
from mali_course.questions.kinds.number import Number
from mali_course.questions.kinds.open import Open
from mali_course.questions.kinds.order import Order
from mali_course.questions.kinds.words import Words

LESSONS = lessons()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("decks") / "slides, é"  # as a folder may be called


def made(folder: Path, one: Lesson) -> Path:
    """Return the file of a deck, written when it is first needed."""
    if not (folder / deck_file(one)).is_file():
        write_files(folder, {deck_file(one): deck_html(one)})
    return folder / deck_file(one)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 720})
    yield opened
    opened.close()


def secrets(item: Item) -> list[str]:
    """Return what only the answer says: its explanation, and a key that is no part of the question.

    The options of a choice are on the wall from the start; which of them is right stands in words
    in the explanation.
    """
    found = [item.explain[:60]]
    if isinstance(item, Open):
        found += [line[:60] for line in item.key_lines()]
    if isinstance(item, Number | Words):
        found += [f"✓ {line}" for line in item.key_lines()]
    if isinstance(item, Order):
        found += ["✓ In this order"]
    return [*found, "✓"]


# One slide of each look is enough for axe: the others are made alike.
def _kind(shown: dict[str, Any]) -> str:
    return str(shown["kind"].split()[1])


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.id)
def test_each_step_is_large_whole_silent_and_accessible(
    page: Page, folder: Path, one: Lesson
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_deck(page, made(folder, one))
    states, looked, found = [state(page)], set(), list[str]()
    while True:
        shown = states[-1]
        found += faults(shown)
        if _kind(shown) not in looked:
            looked.add(_kind(shown))
            found += violations(page, [".reveal"])
        if not step(page):
            break
        states.append(state(page))
    assert found == []
    # The mixed test has nothing for the wall but what leads to it and back.
    asks = {"question", "reveal", "picture"} if bank.lesson_items(one.id) else set()
    assert {"title", "plan", "text"} | asks <= looked
    assert shown["scale"] == 1  # so that the sizes are those of a slide of 1280 to 720
    slides = made(folder, one).read_text(encoding="utf-8").count('class="slide ')
    assert len({each["number"] for each in states}) == slides
    base = made(folder, one).as_uri()
    assert [url for url in asked if not url.startswith((base, "data:"))] == []
    for item in bank.lesson_items(one.id):
        assert key_before_reveal(states, item.id, secrets(item)) == [], item.id


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(one, marks=[] if one.id == "03" else pytest.mark.nightly, id=one.id)
        for one in LESSONS
    ],
)
def test_with_the_sentences_of_the_report_nothing_leaves_a_slide(
    page: Page, tmp_path: Path, one: Lesson, made_up_report: Mapping[str, str]
) -> None:
    keep_originals(made_up_report, shared_file())
    write_files(tmp_path, {deck_file(one): deck_html(one)})
    open_deck(page, tmp_path / deck_file(one))
    states, found, looked = [state(page)], list[str](), 0
    while step(page):
        states.append(state(page))
        if page.locator("section.present:not(:has(section)) .face .mali-original").count():
            looked += 1
            found += violations(page, [".reveal"]) if looked == 1 else []
    assert [fault for each in states for fault in faults(each)] + found == []
    assert looked or not one.sections
    for item in bank.lesson_items(one.id):
        assert key_before_reveal(states, item.id, secrets(item)) == [], item.id


# What the checks must find, planted into the first slides of a deck.


def _planted(page: Page, folder: Path, old: str, new: str) -> list[dict[str, Any]]:
    html = made(folder, lesson("00")).read_text(encoding="utf-8")
    assert old in html
    file = folder / "planted.html"
    file.write_text(html.replace(old, new, 1), encoding="utf-8")
    open_deck(page, file)
    return walk(page)


@pytest.mark.parametrize(
    ("planted", "says"),
    [
        ('<p style="font-size: 20px">small</p>', "20 px"),
        (f"<p>{'long ' * 900}</p>", "leaves the slide"),
        (f'<pre style="white-space: pre">{"wide" * 90}</pre>', "leaves the slide"),
        ('<div style="height: 900px">high</div>', "leaves the slide"),
    ],
)
def test_a_planted_fault_of_the_look_is_found(
    page: Page, folder: Path, planted: str, says: str
) -> None:
    states = _planted(page, folder, '<div class="body">', f'<div class="body">{planted}')
    assert any(says in fault for fault in faults(states[0]))
    assert faults(states[1]) == []


def test_a_planted_key_is_found(page: Page, folder: Path) -> None:
    item = bank.find("00-15")
    stem = '<p class="stem">'
    states = _planted(page, folder, stem, f"<p>{item.explain}</p>{stem}")
    assert key_before_reveal(states, item.id, secrets(item))


def test_a_planted_fault_of_access_is_found(page: Page, folder: Path) -> None:
    _planted(page, folder, '<div class="body">', '<div class="body"><p style="color:#ccc">pale</p>')
    page.keyboard.press("Home")
    assert "color-contrast" in "\n".join(violations(page, [".reveal"]))


# Keys, speaker view, paper, and a browser without scripts.


def test_the_plan_leads_to_each_part_by_keyboard_and_the_focus_is_seen(
    page: Page, folder: Path
) -> None:
    open_deck(page, made(folder, lesson("01")))
    while _kind(state(page)) != "plan":
        step(page)
    link = page.locator("section.present a[href='#part-3']")
    link.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert link.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_function("() => Reveal.getIndices().h === 3")
    assert state(page)["title"] == lesson("01").plan[2].part


def test_no_key_shows_all_slides_at_once_or_passes_over_an_answer(
    page: Page, folder: Path
) -> None:
    open_deck(page, made(folder, lesson("00")))
    for key in ("Escape", "o"):
        page.keyboard.press(key)
        assert not page.evaluate("Reveal.isOverview()")
    assert page.evaluate("Reveal.getConfig().transition") == "none"
    while _kind(state(page)) != "question":
        step(page)
    first = state(page)["number"]
    page.keyboard.press("ArrowDown")
    assert state(page)["number"] - first <= 1


def test_what_is_announced_is_the_present_slide_without_its_notes(
    page: Page, folder: Path
) -> None:
    open_deck(page, made(folder, lesson("00")))
    while _kind(state(page)) != "question":
        step(page)
    title = state(page)["title"]
    status = page.locator(".aria-status")
    status.filter(has_text=title).wait_for(state="attached")
    told = status.text_content() or ""
    assert bank.find("00-15").stem[:40] in told
    assert "not yet on the wall" not in told
    assert "✓" not in told


def test_the_speaker_view_opens_from_a_file_and_has_notes_and_time(
    browser: Browser, folder: Path
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    try:
        open_deck(page, made(folder, lesson("01")))
        with context.expect_page() as opened:
            page.keyboard.press("s")
        speaker = opened.value
        notes = speaker.locator(".speaker-controls-notes .value")
        while _kind(state(page)) != "question":
            step(page)
        notes.get_by_text("No answer yet").wait_for()
        assert speaker.locator(".pacing").first.is_visible()
        # The speaker view drives the wall.
        before = state(page)["number"]
        speaker.keyboard.press("ArrowRight")
        page.wait_for_function(f"() => Reveal.getSlidePastCount() + 1 === {before + 1}")
    finally:
        context.close()


def _pages(page: Page) -> list[str]:
    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return [" ".join(one.extract_text().split()) for one in pdf.pages]


@pytest.mark.parametrize("script", [True, False])
def test_print_has_a_slide_a_page_with_its_notes(
    browser: Browser, folder: Path, script: bool
) -> None:
    one = lesson("01")
    html = made(folder, one).read_text(encoding="utf-8")
    numbers = re.findall(r"(\d+/\d+)</span></p>", html)
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    try:
        page.goto(made(folder, one).as_uri())
        pages = _pages(page)
    finally:
        context.close()
    assert all(pages)
    places = [next(n for n, text in enumerate(pages) if number in text) for number in numbers]
    assert places == sorted(set(places))
    assert len(pages) <= len(numbers) + 5  # long notes may run over
    assert one.plan[2].notes[:30] in " ".join(pages)


def test_without_a_script_the_slides_stand_under_each_other(
    browser: Browser, folder: Path
) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 720}
    )
    page = context.new_page()
    try:
        page.goto(made(folder, lesson("01")).as_uri())
        boxes = [one.bounding_box() for one in page.locator(".face").all()]
        tops = [box["y"] for box in boxes if box]
        assert len(tops) == page.locator("section.slide").count()
        # An answer is never on the screen together with the top of its question.
        assert all(after - before >= 720 for before, after in pairwise(tops))
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        assert not page.locator(".notes").first.is_visible()
        assert page.locator("section.picture img").first.is_visible()
        page.set_viewport_size({"width": 400, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
    finally:
        context.close()
