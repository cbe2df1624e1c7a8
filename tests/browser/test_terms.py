"""Words are explained on tap in JupyterLab: by mouse and by keyboard, wide and narrow."""

from __future__ import annotations

import json
from collections.abc import Callable

import nbformat
import pytest
from axe import violations
from lab import Lab, Notebook
from playwright.sync_api import Browser, Locator, expect

NAME = "terms.ipynb"
# The digest stands above the first form: the script of a form explains it too.
CELLS = ["import mali_course as mali", 'mali.read("2.1")', 'mali.ask("02-01")', "mali.read(5)"]


@pytest.fixture(params=[1366, 375], ids=["laptop", "phone"])
def page_of_terms(
    request: pytest.FixtureRequest, lab: Lab, open_notebook: Callable[..., Notebook]
) -> Notebook:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in CELLS])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    (lab.place / "notebooks" / NAME).write_text(json.dumps(notebook), encoding="utf-8")
    opened = open_notebook(NAME, width=request.param)
    if request.param < 600:
        opened.command("application:toggle-left-area")
    opened.run_all()
    return opened


def word(notebook: Notebook, text: str, place: str = ".mali-digest") -> Locator:
    found = notebook.page.locator(f"{place} button.mali-term", has_text=text).first
    found.scroll_into_view_if_needed()
    return found


def is_open(button: Locator, meaning: Locator) -> bool:
    return button.get_attribute("aria-expanded") == "true" and meaning.is_visible()


def test_a_word_is_explained_by_keyboard_alone(page_of_terms: Notebook) -> None:
    page = page_of_terms.page
    cells = page_of_terms.cell_ids()
    meaning = page.locator("#mali-meaning")
    first = word(page_of_terms, "Tuareg")
    first.focus()
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
        assert is_open(first, meaning)
        expect(meaning).to_contain_text("A people of the Sahara")
        assert first.get_attribute("aria-describedby") == meaning.get_attribute("id")
        expect(page.locator(".mali-spoken[role=status] > [role=group]")).to_contain_text("Sahara")
        page.keyboard.press("Escape")
        assert not meaning.is_visible()
        assert first.get_attribute("aria-expanded") == "false"
        expect(first).to_be_focused()
    # Tab reaches the next word, and closes what was open.
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(word(page_of_terms, "semi-nomadic")).to_be_focused()
    assert not meaning.is_visible()
    for key in ("a", "d", "d", "x"):
        page.keyboard.press(key)
    assert page_of_terms.cell_ids() == cells


def test_a_word_is_explained_by_mouse_within_the_column(page_of_terms: Notebook) -> None:
    page = page_of_terms.page
    meaning = page.locator("#mali-meaning")
    width = page.evaluate("() => document.documentElement.clientWidth")
    for button in page.locator(".mali-digest button.mali-term, legend button.mali-term").all():
        if not button.is_visible():
            continue  # under a fold
        button.click()
        assert is_open(button, meaning)
        box, of = meaning.bounding_box(), button.bounding_box()
        assert box
        assert of
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] >= of["y"] + of["height"] or box["y"] + box["height"] <= of["y"]
        column = button.locator("xpath=ancestor::*[contains(@class, 'mali-block')]"
                                "|ancestor::form").last.bounding_box()
        assert column
        assert box["x"] + box["width"] <= column["x"] + column["width"] + 1
    page.mouse.click(width / 2, 5)
    assert not meaning.is_visible()
    assert page.locator(".mali-digest abbr.mali-term").count() == 0
    assert violations(page, [".mali-block", "form.mali-form", "#mali-meaning"]) == []


def test_a_word_in_a_stem_sends_nothing_and_ticks_nothing(page_of_terms: Notebook) -> None:
    form = page_of_terms.page.locator("form.mali-form")
    before = form.get_attribute("data-replies")
    stem = word(page_of_terms, "MNLA", "legend")
    stem.click()
    expect(page_of_terms.page.locator("#mali-meaning")).to_contain_text("Azawad")
    assert form.get_attribute("data-replies") == before
    assert page_of_terms.problems == []


def test_a_digest_that_was_not_run_is_laid_out_by_the_extension(
    lab: Lab, open_notebook: Callable[..., Notebook]
) -> None:
    import mali_course as mali

    shown = nbformat.v4.new_output("display_data", mali.read("2.1")._repr_mimebundle_())
    cell = nbformat.v4.new_code_cell(CELLS[1], outputs=[shown])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    (lab.place / "notebooks" / NAME).write_text(json.dumps(notebook), encoding="utf-8")
    page = open_notebook(NAME).page
    row = page.locator(".mali-sentence").first
    assert row.evaluate("row => getComputedStyle(row).display") == "grid"
    assert page.locator("abbr.mali-term").first.get_attribute("title")
    # Nobody trusts this notebook yet, so JupyterLab has taken away the letter: the word is seen.
    word = row.locator(".mali-status-word").bounding_box()
    assert word
    assert (word["width"] > 20) is (row.locator("[data-letter]").count() == 0)


def test_without_the_script_a_word_has_its_meaning_as_a_title(browser: Browser) -> None:
    import mali_course as mali

    page = browser.new_page(java_script_enabled=False)
    page.set_content(f"<main>{mali.read('2.1').html}</main>")
    term = page.locator("abbr.mali-term", has_text="Tuareg")
    assert (term.get_attribute("title") or "").startswith("A people of the Sahara")
    # Without a style sheet the status is a word.
    assert "2.1.1 ■ fact:" in page.locator("li").first.inner_text()
    page.close()
