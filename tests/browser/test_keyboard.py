"""A whole notebook is used by keyboard alone, and no key in a form reaches the notebook."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lab import Lab, Notebook, fresh_notebook
from playwright.sync_api import Browser, Locator, expect
from wrong_responses import mistakes

from mali_course.core.lessons import lesson
from mali_course.questions import bank
from mali_course.questions.kinds.code import Code
from mali_course.questions.kinds.open import Open

FORMS = [item for item in bank.lesson_items("00") if not isinstance(item, Code)]


@pytest.fixture(scope="module")
def tour(lab: Lab, browser: Browser) -> Iterator[Notebook]:
    """The notebook with every kind of question, opened once for all tests of this file."""
    with fresh_notebook(lab, browser, lesson("00").notebook) as notebook:
        yield notebook


def test_every_kind_is_answered_by_keyboard_alone(tour: Notebook) -> None:
    cells = tour.cell_ids()
    for item in FORMS:
        form = tour.form(item)
        responses = [item.key_response()]
        if mistakes(item):
            responses.insert(0, mistakes(item)[0].response)
        for response in responses:
            tour.answer_by_keyboard(form, item, response)
            before = int(form.get_attribute("data-replies") or 0)
            tour.page.keyboard.press("Enter")
            said = tour.reply(form, before)
            # Focus stays on the button that was pressed.
            assert tour.page.evaluate("() => document.activeElement.localName") == "button"
        assert "Correct." in said or isinstance(item, Open)
    assert tour.cell_ids() == cells
    assert tour.problems == []



def test_code_is_answered_by_keyboard_alone(tour: Notebook) -> None:
    item = next(item for item in bank.lesson_items("00") if isinstance(item, Code))
    [cell] = tour.source_ids(f'mali.check("{item.id}"')
    below = len(tour.cell_ids())
    press = tour.page.keyboard.press
    # From the top of the notebook down to the cell, then into it, as a keyboard user goes.
    tour.page.locator(".jp-Notebook").first.focus()
    press("Escape")
    for _ in range(below):
        press("ArrowUp")
    # JupyterLab passes over cells whose code is hidden.
    for _ in range(tour.cell_ids().index(cell)):
        if tour.active_cell() != cell:
            press("ArrowDown")
    press("Enter")
    press("ControlOrMeta+a")
    tour.page.keyboard.insert_text(item.solution)
    press("Control+Enter")
    output = tour.page.locator(".jp-Cell.jp-mod-active form.mali-form")
    expect(output).to_contain_text("Correct.")
    expect(output).to_contain_text(item.explain[:40].split("`")[0])



def test_letters_typed_beside_the_forms_take_no_question_away(tour: Notebook) -> None:
    cells, press = tour.cell_ids(), tour.page.keyboard.press
    tour.page.locator(".jp-MarkdownCell").nth(1).click()
    for key in ("d", "d", "x", "ArrowDown", "ArrowDown", "d", "d", "x"):
        press(key)
    assert tour.cell_ids() == cells


def test_no_key_pressed_in_a_form_changes_the_notebook(tour: Notebook) -> None:
    cells = tour.cell_ids()
    for item in FORMS:
        form = tour.form(item)
        for control in form.locator("input, select, textarea, button, summary").all():
            if not control.is_visible():
                continue
            control.focus()
            for key in ("a", "b", "d", "d", "x", "z", "y", "m", "ArrowDown", "ArrowUp", "0", "0"):
                tour.page.keyboard.press(key)
            assert control.evaluate(
                "(e, f) => f.contains(document.activeElement)", form.element_handle()
            )
    assert tour.cell_ids() == cells



def _tab_leaves(notebook: Notebook, form: Locator) -> bool:
    form.locator(".mali-question [name]").first.focus()
    handle = form.element_handle()
    for _ in range(40):
        notebook.page.keyboard.press("Tab")
        if not notebook.page.evaluate("f => f.contains(document.activeElement)", handle):
            return True
    return False



def test_tab_walks_through_a_form_and_out_of_it(tour: Notebook) -> None:
    for item in FORMS:
        assert _tab_leaves(tour, tour.form(item)), item.id



def test_a_planted_keyboard_trap_is_found(tour: Notebook) -> None:
    form = tour.form(FORMS[0])
    form.evaluate(
        """form => form.addEventListener('keydown', (event) => {
            if (event.key === 'Tab') event.preventDefault();
        })"""
    )
    assert not _tab_leaves(tour, form)
