"""Every notebook, run and with feedback under each question: axe, narrow pages, pictures.

A notebook is opened and answered once for all tests of this file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe import themes, violations
from lab import LOOKED_AT, NAMES, Lab, Notebook, fresh_notebook, nightly_but
from playwright.sync_api import Browser
from wrong_responses import mistakes

from mali_course.explorers import explorer, explorer_names
from mali_course.questions import bank
from mali_course.questions.kinds.code import Code
from mali_course.questions.kinds.open import Open


def _with_feedback(notebook: Notebook) -> None:
    """Answer every form wrong, so that feedback is on the page as well."""
    for item in bank.lesson_items(notebook.name[:2]):
        if isinstance(item, Code):
            continue
        form = notebook.form(item)
        if isinstance(item, Open):
            notebook.fill(form, item, {"text": "Three whole words."})
        else:
            notebook.fill(form, item, mistakes(item)[0].response)
        notebook.send(form)
    for details in notebook.page.locator(".jp-OutputArea-output details").all():
        details.evaluate("d => { d.open = true; }")


@pytest.fixture(scope="module", params=nightly_but(NAMES, LOOKED_AT))
def answered(request: pytest.FixtureRequest, lab: Lab, browser: Browser) -> Iterator[Notebook]:
    with fresh_notebook(lab, browser, request.param) as notebook:
        _with_feedback(notebook)
        yield notebook
        notebook.theme("JupyterLab Light")


@themes("JupyterLab Light", "JupyterLab Dark")
def test_axe_finds_nothing_in_what_is_ours(
    answered: Notebook, theme: str, rules: list[str] | None
) -> None:
    answered.theme(theme)
    found = violations(answered.page, rules=rules)
    assert found == [], "\n".join(found)


def test_every_picture_and_table_has_useful_words(answered: Notebook) -> None:
    for picture in answered.page.locator(".jp-OutputArea-output img").all():
        alt = picture.get_attribute("alt") or ""
        assert len(alt.split()) >= 8, alt
        assert not re.search(r"\.(png|svg|jpe?g)\b|no description", alt, re.IGNORECASE)
    for table in answered.page.locator(".jp-OutputArea-output figure table").all():
        assert (table.locator("caption").text_content() or "").strip()
        assert table.locator("th:not([scope])").count() == 0
        assert all(text.strip() for text in table.locator("th").all_text_contents())


def test_nothing_scrolls_sideways_at_320_pixels(answered: Notebook) -> None:
    wide: list[str] = answered.page.evaluate(
        """() => {
            const found = [];
            for (const box of document.querySelectorAll('.jp-OutputArea-output > *')) {
                if (!box.querySelector('form.mali-form, .mali-check, figure')) continue;
                box.style.width = '320px';
                for (const e of box.querySelectorAll('*')) {
                    // Tables scroll in a box of their own, which is reached by keyboard.
                    // What is only heard is cut off.
                    if (e.closest('.mali-table, pre, .mali-hidden')) continue;
                    if (e.getBoundingClientRect().right > box.getBoundingClientRect().left + 321)
                        found.push(e.outerHTML.slice(0, 160));
                }
                box.style.width = '';
            }
            return found;
        }"""
    )
    assert wide == []


@pytest.mark.nightly  # one of them is driven so in every run: test_explorers.py
def test_explorers_are_driven_by_keyboard_alone(answered: Notebook) -> None:
    """Arrow keys choose, the reading is announced, focus stays, and Tab goes on."""
    page, cells = answered.page, answered.cell_ids()
    for name in explorer_names():
        if not answered.source_ids(f'mali.explore("{name}")'):
            continue
        controls = explorer(name).controls
        having = "".join(f":has(select[name='{control.name}'])" for control in controls)
        form = page.locator(f"form.mali-form{having}").first
        form.scroll_into_view_if_needed()
        form.locator("select").first.focus()
        for control in controls:
            assert page.evaluate("() => document.activeElement.name") == control.name
            value = page.evaluate("() => document.activeElement.value")
            end = form.get_by_role("button", name=f"Next {control.one}", exact=True)
            last = end.get_attribute("aria-disabled") == "true"
            before = int(form.get_attribute("data-replies") or 0)
            page.keyboard.press("ArrowUp" if last else "ArrowDown")
            said = answered.reply(form, before)
            assert len(said.split()) >= 4, (name, control.name, said)
            assert page.evaluate("() => document.activeElement.value") != value
            assert page.evaluate("() => document.activeElement.name") == control.name
            # The picture of the view says what it shows, too.
            assert form.locator(".mali-picture figure img[alt]").count() == 1
            # Past the button to the next value, and the next list's to the previous one.
            for _ in range(3):
                page.keyboard.press("Tab")
    assert answered.cell_ids() == cells
