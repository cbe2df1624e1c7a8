"""Explorers in JupyterLab: steps by keyboard, lists that depend on others, what is announced."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lab import Lab, Notebook, fresh_notebook
from playwright.sync_api import Browser, Locator, expect

from mali_course.core.html import text_of
from mali_course.core.lessons import lesson
from mali_course.explorers import explorer

# On a laptop of 1366 x 768 JupyterLab leaves so much of the window to a notebook.
LAPTOP, VISIBLE = (1366, 768), 647
PICTURE = 420  # pixels that a picture of 640 x 420 takes
EVENTS = len(explorer("crisis").controls[-1].options) - 1  # the first of the list is all of them


@pytest.fixture(scope="module")
def crisis(lab: Lab, browser: Browser) -> Iterator[Notebook]:
    """The notebook of lesson 02, run by somebody who has not done anything yet."""
    with fresh_notebook(lab, browser, lesson("02").notebook) as notebook:
        yield notebook


def form_of(notebook: Notebook) -> Locator:
    form = notebook.page.locator("form.mali-form:has(select[name=step])").first
    form.scroll_into_view_if_needed()
    return form


def chosen(form: Locator, name: str) -> str:
    value: str = form.locator(f"select[name={name}]").input_value()
    return value


def press(notebook: Notebook, form: Locator, key: str) -> str:
    before = int(form.get_attribute("data-replies") or 0)
    notebook.page.keyboard.press(key)
    return notebook.reply(form, before)


def test_nothing_is_announced_before_anybody_acts(crisis: Notebook) -> None:
    form = form_of(crisis)
    assert form.locator("[role=status]").inner_html() == ""
    # It is there to be read all the same, once, and below the picture.
    reading = explorer("crisis").view({}).reading
    shown = text_of(form.inner_html())
    assert shown.count(reading) == 1
    assert form.evaluate(
        """form => {
            const parts = ['h3.mali-title', 'select', 'img', '.mali-status:not(:empty)'];
            const [title, list, image, words] = parts.map((one) => form.querySelector(one));
            const follows = (a, b) =>
                a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING;
            return Boolean(follows(title, list) && follows(list, image) && follows(image, words));
        }"""
    )


def test_steps_by_keyboard_keep_the_focus_and_are_announced_once(crisis: Notebook) -> None:
    page, form, cells = crisis.page, form_of(crisis), crisis.cell_ids()
    form.evaluate(
        """form => {
            form.news = [];
            new MutationObserver(() => {
                const words = form.querySelector('[role=status]').textContent;
                // On a busy computer it says first that the answer takes a while.
                if (/event/i.test(words)) form.news.push(words);
            }).observe(form.querySelector('[role=status]'), { childList: true });
        }"""
    )
    following = form.get_by_role("button", name="Next event")
    following.focus()
    for number in (1, 2, 3):
        said = press(crisis, form, ("Enter", "Space")[number % 2])
        assert chosen(form, "step") == str(number)
        assert f"Event {number} of {EVENTS}" in said
        assert following.evaluate("e => e === document.activeElement")
    assert form.evaluate("form => form.news.length") == 3
    previous = form.get_by_role("button", name="Previous event")
    previous.focus()
    for _ in range(3):
        press(crisis, form, "Enter")
    assert chosen(form, "step") == "all"
    # At its end a button says so, does nothing, and keeps the focus.
    expect(previous).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert form.evaluate("form => form.news.length") == 6
    assert previous.evaluate("e => e === document.activeElement")
    assert crisis.cell_ids() == cells
    assert crisis.problems == []


def test_a_choice_renews_the_other_lists_and_keeps_the_focus(crisis: Notebook) -> None:
    form, shown = form_of(crisis), explorer("crisis")
    sides = form.locator("select[name=side]")
    sides.focus()
    said = press(crisis, form, "ArrowDown")
    side = chosen(form, "side")
    assert side == shown.controls[0].options[1][0]
    assert "separatist rebels" in said.lower()
    assert sides.evaluate("e => e === document.activeElement")
    for offer in shown.offers({"side": side}):
        name = offer.control.name
        listed = form.locator(f"select[name={name}] option").evaluate_all(
            "options => options.map((one) => [one.value, one.disabled])"
        )
        assert listed == [[option.value, bool(option.reason)] for option in offer.options]
        described = form.locator(f"select[name={name}]").evaluate(
            "e => document.getElementById(e.getAttribute('aria-describedby'))?.textContent ?? ''"
        )
        assert described == offer.why_text()
    # A step passes over what cannot be chosen.
    kinds = [option for option in shown.offers({"side": side})[1].options if not option.reason]
    form.get_by_role("button", name="Next kind of event").focus()
    press(crisis, form, "Enter")
    assert chosen(form, "kind") == kinds[1].value
    form.get_by_role("button", name="Previous kind of event").focus()
    press(crisis, form, "Enter")
    sides.focus()
    press(crisis, form, "ArrowUp")
    assert form.locator("select[name=step] option").count() == EVENTS + 1


def test_fast_steps_end_where_the_last_one_led(crisis: Notebook) -> None:
    form = form_of(crisis)
    form.get_by_role("button", name="Next event").focus()
    for _ in range(6):
        crisis.page.keyboard.press("Enter")
    expect(form.locator("[role=status]")).to_contain_text(f"Event 6 of {EVENTS}")
    assert chosen(form, "step") == "6"
    form.locator("select[name=step]").select_option("all")
    expect(form.locator("[role=status]")).to_contain_text("Choose an event")


def test_a_picture_of_640_by_420_fits_a_laptop_with_its_controls(crisis: Notebook) -> None:
    page = crisis.page
    page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
    form = form_of(crisis)
    above: float = form.evaluate(
        """form => form.querySelector('img').getBoundingClientRect().top
            - form.querySelector('h3.mali-title').getBoundingClientRect().top"""
    )
    assert above + PICTURE <= VISIBLE
    rows: list[float] = form.locator(".mali-step:not(.mali-wide) select").evaluate_all(
        "lists => lists.map((one) => one.getBoundingClientRect().top)"
    )
    assert len(rows) == 2
    assert max(rows) - min(rows) < 1, "the short lists stand in one row"
    wide = form.locator(".mali-wide select").bounding_box()
    assert wide
    assert wide["width"] > 400, "an event is read in the list as it stands"


def test_what_was_chosen_is_there_when_the_form_is_drawn_again(crisis: Notebook) -> None:
    form = form_of(crisis)
    form.locator("select[name=side]").select_option("foreign armies")
    expect(form.locator("[role=status]")).to_contain_text("Foreign armies")
    crisis.command("notebook:create-output-view")
    again = crisis.page.locator("form.mali-form:has(select[name=step])").last
    expect(again.locator("img")).to_be_attached()
    assert chosen(again, "side") == "foreign armies"
    assert "Foreign armies" in text_of(again.locator(".mali-status:not(:empty)").inner_html())
    assert again.locator("[role=status]").inner_html() == ""
