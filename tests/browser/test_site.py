"""The static site and the worksheets in a browser: accessible, narrow, silent, and from files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import CONTRAST, themes, violations
from playwright.sync_api import Browser, Page

from mali_course.core.lessons import lesson, lessons
from mali_course.kit.output import write_files
from mali_course.kit.site import site_files
from mali_course.kit.worksheet import key_html, sheet_html

LESSONS = [one.notebook.replace(".ipynb", ".html") for one in lessons()]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("site") / "a course, é"  # as a folder may be called
    write_files(place, site_files())
    sheets = {f"sheets/{one.id}.html": sheet_html(one) for one in lessons()}
    write_files(place, {**sheets, "sheets/key.html": key_html(lesson("01"))})
    return place


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


# The rows of a table are made alike: thirty stand for eight hundred, which take axe half a minute.
_SHORTER = "document.querySelectorAll('tbody tr:nth-child(n+30)').forEach(one => one.remove())"

_OPEN = "document.querySelectorAll('details').forEach(one => { one.open = true; })"


def _faults(page: Page, file: Path, rules: list[str] | None = None) -> list[str]:
    page.goto(file.as_uri())
    page.evaluate(_SHORTER)
    page.evaluate(_OPEN)
    return violations(page, ["body"], rules)


@pytest.mark.parametrize(
    ("name", "theme", "rules"),
    [
        *((name, "light", None) for name in LESSONS),
        *((name, "dark", CONTRAST) for name in (LESSONS[1], LESSONS[7])),
        *(pytest.param(name, "dark", None, marks=pytest.mark.nightly) for name in LESSONS),
    ],
)
def test_lessons_are_accessible(
    page: Page, site: Path, name: str, theme: str, rules: list[str] | None
) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    assert _faults(page, site / name, rules) == []


def _all_but_lessons(site: Path) -> list[Path]:
    return [file for file in sorted(site.rglob("*.html")) if file.name not in LESSONS]


@themes("light", "dark")
def test_a_page_of_each_other_sort_is_accessible(
    page: Page, site: Path, theme: str, rules: list[str] | None
) -> None:
    """Pages of data and sheets are made alike: in every run, one of each stands for all."""
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    others = _all_but_lessons(site)
    assert len(others) > 40
    some = [file for file in others if file.parent == site or file.stem in ("towns", "key", "01")]
    assert {file.parent for file in some} == {file.parent for file in others}
    assert {file.name: found for file in some if (found := _faults(page, file, rules))} == {}


@pytest.mark.nightly
def test_all_other_pages_are_accessible(page: Page, site: Path) -> None:
    page.emulate_media(color_scheme="light")
    found = {file.name: faults for file in _all_but_lessons(site)
             if (faults := _faults(page, file))}
    assert found == {}


def test_a_planted_fault_is_found(page: Page, site: Path) -> None:
    page.emulate_media(color_scheme="light")
    file = site / "planted.html"
    text = (site / "index.html").read_text(encoding="utf-8")
    file.write_text(text.replace("</main>", '<p style="color:#bbb">pale</p><img src="x"></main>'))
    try:
        found = "\n".join(_faults(page, file))
    finally:
        file.unlink()
    assert "color-contrast" in found
    assert "image-alt" in found


def test_pages_fetch_only_files_beside_them_and_run_nothing(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: failed.append(request.url))
    for file in sorted(site.rglob("*.html")):
        page.goto(file.as_uri())
    context.close()
    base = site.as_uri()
    assert len(asked) > 100
    assert [url for url in asked if not url.startswith((base, "data:image/png"))] == []
    assert failed == []


def test_pages_fit_a_narrow_screen(page: Page, site: Path) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    try:
        wide = []
        for file in sorted(site.rglob("*.html")):
            page.goto(file.as_uri())
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 320:
                wide.append(f"{file.name}: {width}")
        assert wide == []
    finally:
        page.set_viewport_size({"width": 1280, "height": 800})


def test_nothing_is_wider_than_the_paper(page: Page, site: Path) -> None:
    """A browser would print the whole page smaller."""
    page.set_viewport_size({"width": 680, "height": 900})  # A4 without its margins
    page.emulate_media(media="print")
    try:
        wide = []
        for file in sorted(site.rglob("*.html")):
            page.goto(file.as_uri())
            page.evaluate(_SHORTER)
            page.evaluate(_OPEN)
            right = page.evaluate(
                "Math.max(0, ...Array.from(document.querySelectorAll('table, img, pre'),"
                " one => one.getBoundingClientRect().right))"
            )
            if right > 682:
                wide.append(f"{file.name}: {right}")
        assert wide == []
    finally:
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1280, "height": 800})


def test_feedback_opens_by_keyboard(page: Page, site: Path) -> None:
    page.goto((site / LESSONS[1]).as_uri())
    summary = page.locator("#q-01-31 .mali-folds > details > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("#q-01-31 .mali-folds > details").first.evaluate("one => one.open")


def test_the_first_tab_stop_leads_past_the_navigation(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    box = page.locator("a.skip").bounding_box()
    assert box
    assert box["x"] >= 0


@pytest.mark.parametrize("forced", ["none", "active"])
def test_the_focus_is_seen_on_every_stop(page: Page, site: Path, forced: str) -> None:
    page.emulate_media(color_scheme="light", forced_colors=forced)  # type: ignore[arg-type]
    try:
        page.goto((site / LESSONS[1]).as_uri())
        seen = set()
        for _ in range(40):
            page.keyboard.press("Tab")
            name, style, width = page.evaluate(
                "(one => [one.tagName, getComputedStyle(one).outlineStyle,"
                " parseFloat(getComputedStyle(one).outlineWidth)])(document.activeElement)"
            )
            assert style != "none", name
            assert width >= 2, name
            seen.add(name)
        assert {"A", "SUMMARY", "INPUT"} <= seen
    finally:
        page.emulate_media(forced_colors="none")
