"""What axe cannot see: names, focus, live regions; and that axe sees what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe import violations
from lab import Lab, Notebook, fresh_notebook
from playwright.sync_api import Browser
from wrong_responses import mistakes

from mali_course.core.lessons import lesson
from mali_course.questions import bank
from mali_course.questions.kinds.code import Code
from mali_course.questions.kinds.open import Open

TOUR = lesson("00").notebook


@pytest.fixture(scope="module")
def tour(lab: Lab, browser: Browser) -> Iterator[Notebook]:
    """The notebook with every kind of question, opened once for all tests of this file."""
    with fresh_notebook(lab, browser, TOUR) as notebook:
        yield notebook


FAULTS = {
    "color-contrast": "<p style='color:#bbb;background:#fff'>Pale words on white paper</p>",
    "label": "<input type='text'>",
    "image-alt": "<img src='data:image/png;base64,iVBORw0KGgo='>",
    "target-size": "<p><button style='width:10px;height:10px;padding:0;margin:0'>a</button>"
    "<button style='width:10px;height:10px;padding:0;margin:0'>b</button></p>",
    "select-name": "<select><option>one</option></select>",
}


def test_axe_finds_planted_faults(tour: Notebook) -> None:
    """Contrast and target size among them: JupyterLab's zero-height body does not hide them."""
    tour.page.locator("form.mali-form").first.evaluate(
        """(form, html) => { const d = document.createElement('div'); d.id = 'planted';
                             d.innerHTML = html; form.prepend(d); }""",
        "".join(FAULTS.values()),
    )
    found = violations(tour.page)
    tour.page.evaluate("() => document.getElementById('planted').remove()")
    assert set(FAULTS) == {line.split(":")[0] for line in found}, found


def test_every_control_has_a_name_and_a_size(tour: Notebook) -> None:
    faults: list[str] = tour.page.evaluate(
        """() => [...document.querySelectorAll(
              'form.mali-form :is(input, select, textarea, button, summary)')]
            // A way past marks is out of sight until it has the focus.
            .filter((e) => e.offsetParent && getComputedStyle(e).clipPath === 'none')
            .flatMap((e) => {
                // A box is hit by way of its row.
                const row = e.matches('label > input') && getComputedStyle(e.parentElement);
                const box = (row && row.display !== 'contents' ? e.parentElement : e)
                    .getBoundingClientRect();
                const name = (e.ariaLabel ?? e.labels?.[0]?.textContent ?? e.textContent).trim();
                const group = e.closest('fieldset')?.querySelector('legend')?.textContent;
                return [
                    name ? '' : `no name: ${e.outerHTML}`,
                    e.type === 'radio' && !group ? `no group: ${e.outerHTML}` : '',
                    box.width >= 23.5 && box.height >= 23.5 ? '' :
                        `too small: ${box.width} x ${box.height} ${e.outerHTML}`,
                ].filter(Boolean);
            })"""
    )
    assert faults == []


def test_feedback_is_in_a_live_region_that_was_there_before(tour: Notebook) -> None:
    forms = tour.page.locator("form.mali-form")
    for number in range(forms.count()):
        status = forms.nth(number).locator(":scope > [role=status]")
        assert status.count() == 1


def test_focus_is_visible_in_every_mode(tour: Notebook) -> None:
    button = tour.page.locator("form.mali-form button").first
    for colours in ("none", "active"):
        tour.page.emulate_media(forced_colors=colours, reduced_motion="reduce")  # type: ignore[arg-type]
        button.scroll_into_view_if_needed()
        tour.page.locator("form.mali-form input").first.focus()
        tour.page.keyboard.press("Tab")
        width, style = tour.page.evaluate(
            """() => { const s = getComputedStyle(document.activeElement);
                       return [parseFloat(s.outlineWidth), s.outlineStyle]; }"""
        )
        assert width >= 2
        assert style == "solid"
    assert button.evaluate("e => getComputedStyle(e).transitionDuration") in ("0s", "1e-05s")
    tour.page.emulate_media(forced_colors="none", reduced_motion="no-preference")


def test_feedback_never_makes_the_page_jump(tour: Notebook) -> None:
    """The button that was pressed stays where it is on screen, and the verdict is in sight."""
    for item in bank.lesson_items("00"):
        if isinstance(item, Code | Open):
            continue
        form = tour.form(item)
        tour.fill(form, item, mistakes(item)[0].response)
        button = form.locator("button[value=check]")
        button.scroll_into_view_if_needed()
        before = button.bounding_box()
        tour.send(form)
        tour.page.wait_for_timeout(100)
        after = button.bounding_box()
        assert before
        assert after
        assert abs(before["y"] - after["y"]) < 1, item.id
