"""The claim map on tap: by mouse, finger and keyboard, in JupyterLab and without a script."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping

import nbformat
import pytest
from axe import violations
from forms_page import forms_page
from lab import Lab, Notebook
from playwright.sync_api import Browser, Locator, Page, expect

import mali_course as mali
from mali_course.core.report import sentence, sentences
from mali_course.forms.page import page_style
from mali_course.original.kept import keep_originals, own_file
from mali_course.questions import bank

NAME = "claims.ipynb"
CELLS = ["import mali_course as mali", 'mali.chart("claim-map")']


def _mark(page: Page, locator: str) -> Locator:
    return page.locator(f".mali-claim:has(input[value='{locator}'])")


def _said(page: Page) -> list[str]:
    """Return the locators of the sentences that are open."""
    found: list[str] = page.locator(".mali-claim-said:visible .mali-sentence").evaluate_all(
        "rows => rows.map((row) => row.dataset.locator)"
    )
    return found


def _page(browser: Browser, html: str, width: int, **options: object) -> Page:
    page = browser.new_page(
        viewport={"width": width, "height": 900},
        java_script_enabled=False,
        **options,  # type: ignore[arg-type]
    )
    page.set_content(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Map</title>'
        '<meta name="viewport" content="width=device-width">'
        f"<style>{page_style()} body {{ background: var(--mali-paper); }}</style></head>"
        f'<body class="mali-page"><main><h1>Map</h1><h2>Part</h2>{html}</main></body></html>'
    )
    return page


@pytest.fixture(params=[1366, 375], ids=["laptop", "phone"])
def page_without_script(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    page = _page(browser, mali.chart("claim-map").to_html(), request.param, has_touch=True)
    yield page
    page.close()


def test_every_mark_opens_its_sentence_with_a_tap(page_without_script: Page) -> None:
    page = page_without_script
    assert _said(page) == []
    for one in sentences():
        mark = _mark(page, one.locator)
        box = mark.bounding_box()
        assert box
        assert box["width"] >= 24
        assert box["height"] >= 24
        mark.tap()
        assert one.locator in _said(page)
        expect(
            page.locator(f".mali-claim-said:visible [data-locator='{one.locator}']")
        ).to_contain_text(one.gist[:30])
    assert len(_said(page)) == 6  # one a section, so that nothing above the finger moves
    assert page.evaluate("() => document.documentElement.scrollWidth") <= (
        page.viewport_size or {}
    ).get("width", 0)


def test_what_opens_stands_below_the_marks_and_moves_none_of_them(
    page_without_script: Page,
) -> None:
    page = page_without_script
    marks = page.locator("fieldset").first.locator(".mali-claim")
    before = [mark.bounding_box() for mark in marks.all()]
    _mark(page, "1.1.1").tap()
    after = [mark.bounding_box() for mark in marks.all()]
    assert before == after
    said = page.locator(".mali-claim-said:visible").bounding_box()
    assert said
    assert all(box and box["y"] + box["height"] <= said["y"] for box in after)


def test_the_map_is_walked_through_by_keyboard(page_without_script: Page) -> None:
    page = page_without_script
    page.keyboard.press("Tab")
    first = page.locator("input:focus")
    assert first.count() == 1
    outline = first.locator("xpath=..").evaluate("mark => getComputedStyle(mark).outlineWidth")
    assert outline == "3px"
    page.keyboard.press("Space")
    assert len(_said(page)) == 1
    page.keyboard.press("ArrowRight")
    [second] = _said(page)
    assert second == page.locator("input:focus").get_attribute("value")
    for _ in range(3):  # a section is one step: what is opened may have words to tap
        page.keyboard.press("Tab")
    assert page.locator("input:focus").count() == 0 or not (
        page.locator("input:focus").get_attribute("value") or ""
    ).startswith("1.")


def test_the_names_of_the_marks_say_place_and_status(page_without_script: Page) -> None:
    page = page_without_script
    for locator in ("1.1.3", "3.3.6"):
        one = sentence(locator)
        name = re.compile(rf"^\s*{re.escape(locator)}, {one.status}")
        assert page.get_by_role("radio", name=name).count() == 1
    assert page.get_by_role("group", name="3 A Stalled Peace Accord").count() == 1


def test_the_picture_is_heard_and_printed_and_not_seen_twice(page_without_script: Page) -> None:
    page = page_without_script
    picture = page.locator("figure > img")
    box = picture.bounding_box()
    assert box
    assert box["width"] <= 1
    assert (picture.get_attribute("alt") or "").startswith("Grid")
    page.emulate_media(media="print")
    printed = picture.bounding_box()
    assert printed
    assert printed["width"] > 200
    assert not page.locator(".mali-claims").is_visible()


def test_without_a_style_sheet_the_picture_stands_alone(browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.set_content(f"<main>{mali.chart('claim-map').to_html()}</main>")
    assert page.locator("figure > img").is_visible()
    assert not page.locator(".mali-claims").is_visible()
    page.close()


def test_a_mark_opens_the_sentence_of_the_report(
    browser: Browser, made_up_report: Mapping[str, str]
) -> None:
    path = own_file()
    assert path
    keep_originals(made_up_report, path)
    page = _page(browser, mali.chart("claim-map").to_html(), 700)
    _mark(page, "1.2.2").click()
    said = page.locator(".mali-claim-said:visible")
    expect(said.locator(".mali-original")).to_contain_text(made_up_report["1.2.2"])
    assert said.locator("mark.mali-hedge").count() == 4
    line = said.locator(".mali-hedge-line")  # there is no tooltip for a finger
    expect(line).to_be_visible()
    expect(line).to_contain_text("not an exact number")
    page.close()


@pytest.mark.parametrize("look", ["light", "dark", "forced"])
def test_axe_finds_nothing(browser: Browser, look: str) -> None:
    options = {"forced_colors": "active"} if look == "forced" else {"color_scheme": look}
    page = browser.new_page(viewport={"width": 700, "height": 900}, **options)  # type: ignore[arg-type]
    page.set_content(
        '<!DOCTYPE html><html lang="en"><head><title>Map</title>'
        f"<style>{page_style()} body {{ background: var(--mali-paper); }}</style></head>"
        f'<body class="mali-page"><main>{mali.chart("claim-map").to_html()}</main></body></html>'
    )
    _mark(page, "4.2.2").click()
    assert violations(page, [".mali-block"]) == []
    page.close()


def test_in_jupyterlab_the_arrows_stay_in_the_map(
    lab: Lab, open_notebook: Callable[..., Notebook]
) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in CELLS])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    (lab.place / "notebooks" / NAME).write_text(json.dumps(notebook), encoding="utf-8")
    opened = open_notebook(NAME)
    opened.run_all()
    page, cells = opened.page, opened.cell_ids()
    mark = _mark(page, "1.1.2")
    mark.scroll_into_view_if_needed()
    mark.click()
    assert _said(page) == ["1.1.2"]
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    assert _said(page) == ["1.1.4"]
    for key in ("d", "d", "a", "x"):
        page.keyboard.press(key)
    assert opened.cell_ids() == cells
    assert violations(page, [".mali-claims"]) == []
    assert opened.problems == []


def test_in_a_notebook_that_is_not_trusted_the_picture_stands_in_its_place(
    lab: Lab, open_notebook: Callable[..., Notebook]
) -> None:
    bundle = mali.chart("claim-map")._repr_mimebundle_()
    shown = nbformat.v4.new_output("display_data", bundle)
    cell = nbformat.v4.new_code_cell(CELLS[1], outputs=[shown])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    (lab.place / "notebooks" / NAME).write_text(json.dumps(notebook), encoding="utf-8")
    page = open_notebook(NAME).page
    if page.locator(".mali-claims svg").count():
        pytest.fail("JupyterLab leaves the marks of an untrusted notebook: show the map there too")
    expect(page.locator("figure > img")).to_be_visible()
    assert not page.locator(".mali-claims").is_visible()


_BROUGHT = """([locator, html]) => {
    const model = window.models[0];
    const { n } = model.state.reply;
    const originals = html ? { [locator]: html } : {};
    model.state.reply = { ...model.state.reply, n: (n ?? 0) + 1, originals };
    model.heard["change:reply"](model);
}"""


def test_a_report_brought_later_marks_no_word_below_an_option(browser: Browser) -> None:
    """As it is where Python makes the options: the question is still to be answered."""
    item = next(item for item in bank.items() if item.kind == "evidence")
    locator = item.cites[0]
    page = forms_page(browser, [(mali.ask(item.id), None)])
    slot = page.locator(f".mali-option-original[data-locator='{locator}']")
    assert slot.inner_html() == ""
    heard = '<span class="mali-hidden mali-hedge-line"> Marked words: “may”. </span>'
    sentence_html = f'It <mark class="mali-hedge">may</mark> be.{heard}'
    html = f'<blockquote class="mali-original">{sentence_html}</blockquote>'
    page.evaluate(_BROUGHT, [locator, html])
    expect(slot.locator("blockquote")).to_have_text("It may be.")
    assert slot.locator("mark").count() == 0
    boxes = page.locator("form input[type=checkbox]")
    slot.click()  # to read is not to answer
    assert boxes.evaluate_all("boxes => boxes.filter((box) => box.checked).length") == 0
    assert violations(page, ["form.mali-form"]) == []
    page.evaluate(_BROUGHT, [locator, ""])
    expect(slot.locator("blockquote")).to_have_count(0)
    page.close()


def test_a_section_is_closed_again_by_tap_and_by_keyboard(page_without_script: Page) -> None:
    page = page_without_script
    close = page.locator("fieldset").first.locator(".mali-claims-close")
    expect(close).to_be_hidden()
    _mark(page, "1.1.1").tap()
    box, said = close.bounding_box(), page.locator(".mali-claim-said:visible").bounding_box()
    assert box
    assert said
    assert box["y"] >= said["y"] + said["height"]
    assert box["height"] >= 24
    assert close.evaluate("one => getComputedStyle(one).opacity") == "1"
    close.tap()
    assert _said(page) == []
    assert close.evaluate("one => getComputedStyle(one).opacity") == "0"
    # By keyboard: backwards from the first mark is the last of the group.
    page.locator(".mali-claim input").first.focus()
    page.keyboard.press("Space")
    assert len(_said(page)) == 1
    page.keyboard.press("ArrowLeft")
    assert _said(page) == []
    expect(close.locator("input")).to_be_focused()
    assert close.evaluate("one => getComputedStyle(one).opacity") == "1"
    page.keyboard.press("ArrowRight")
    assert len(_said(page)) == 1


@pytest.mark.parametrize("width", [320, 1366])
def test_for_a_finger_the_marks_are_larger_and_fit(browser: Browser, width: int) -> None:
    page = _page(browser, mali.chart("claim-map").to_html(), width, has_touch=True, is_mobile=True)
    boxes = [mark.bounding_box() for mark in page.locator(".mali-claim").all()]
    assert all(box and min(box["width"], box["height"]) >= 32 for box in boxes)
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    page.close()


def test_with_the_script_escape_closes_too(browser: Browser) -> None:
    page = forms_page(browser, [(mali.ask("01-31"), None)])
    page.evaluate(
        "html => document.querySelector('main').insertAdjacentHTML('beforeend', html)",
        mali.chart("claim-map").to_html(),
    )
    _mark(page, "1.1.2").click()
    assert _said(page) == ["1.1.2"]
    page.locator(".mali-claim-said:visible .mali-term").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")  # closes the meaning of the word alone
    assert _said(page) == ["1.1.2"]
    page.keyboard.press("Escape")
    assert _said(page) == []
    expect(page.locator("input[value='1.1.2']")).to_be_focused()
    page.close()
