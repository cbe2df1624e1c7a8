"""The strip in JupyterLab: it changes by itself, leads to questions, keeps focus and folds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe import themes, violations
from lab import Lab, Notebook, fresh_notebook
from playwright.sync_api import Browser, Locator, expect

from mali_course.core.lessons import lesson
from mali_course.questions import bank

PROGRESS = "form.mali-form:has([data-progress])"


@pytest.fixture(scope="module")
def tour(lab: Lab, browser: Browser) -> Iterator[Notebook]:
    """The first notebook, opened once for all tests of this file."""
    with fresh_notebook(lab, browser, lesson("00").notebook) as notebook:
        yield notebook


def strip(tour: Notebook) -> Locator:
    form = tour.page.locator(PROGRESS).last
    form.scroll_into_view_if_needed()
    return form


def right(tour: Notebook, item_id: str) -> None:
    item = bank.find(item_id)
    form = tour.form(item)
    tour.fill(form, item, item.key_response())
    tour.send(form)


def test_the_strip_changes_by_itself_and_keeps_name_folds_and_focus(tour: Notebook) -> None:
    form = strip(tour)
    expect(form.get_by_role("link", name="Question 00-01, open")).to_be_visible()
    form.locator("input[name=learner]").fill("Ada")
    form.locator("details[data-fold=objectives] > summary").click()
    form.locator("details[data-fold=move] > summary").click()
    right(tour, "00-01")
    mark = strip(tour).get_by_role("link", name="Question 00-01, right at first try")
    expect(mark).to_be_visible()
    expect(form).to_contain_text(f"1 of {len(bank.items())} questions answered")
    assert form.locator("input[name=learner]").input_value() == "Ada"
    assert form.locator("details[data-fold=objectives]").get_attribute("open") is not None
    assert form.locator("details[data-fold=move]").get_attribute("open") is not None
    # Where the focus is in what is replaced, it stays on the mark of the same question.
    link = form.locator(".mali-strip [data-go='00-03']")
    link.focus()
    tour.page.evaluate(
        """() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel
            .requestExecute({code: 'mali.check("00-08", 1)', store_history: false}).done"""
    )
    expect(form).to_contain_text("Sentences to look at again")
    assert link.evaluate("e => e === document.activeElement")


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
def test_a_mark_leads_to_its_question(tour: Notebook, way: str) -> None:
    link = strip(tour).locator(".mali-strip [data-go='00-04']")
    if way == "mouse":
        link.click()
    else:
        link.focus()
        tour.page.keyboard.press("Enter")
    question = tour.page.locator("[data-item='00-04']").last
    expect(question).to_be_in_viewport()
    assert question.evaluate("e => e.contains(document.activeElement)")
    assert lesson("00").notebook in tour.page.url
    # From there the next Tab is inside of the question.
    tour.page.keyboard.press("Tab")
    assert question.evaluate("e => e.contains(document.activeElement)")


def test_one_key_leads_past_the_marks(tour: Notebook) -> None:
    form = strip(tour)
    form.get_by_role("button", name="Go past the marks").focus()
    tour.page.keyboard.press("Enter")
    tour.page.keyboard.press("Tab")
    assert form.locator("input[name=learner]").evaluate("e => e === document.activeElement")


def test_the_page_to_keep_is_saved(tour: Notebook) -> None:
    form = strip(tour)
    form.locator("input[name=learner]").fill("Ada L.")
    with tour.page.expect_download() as download:
        form.locator("button[value=page]").click()
    assert download.value.suggested_filename.startswith("mali-course-summary-ada-l-")
    page = download.value.path().read_text(encoding="utf-8")
    assert "Ada L." in page
    expect(form.get_by_role("status")).to_contain_text("prints on one sheet")


@themes("JupyterLab Light", "JupyterLab Dark")
def test_axe_finds_nothing_in_progress(
    tour: Notebook, theme: str, rules: list[str] | None
) -> None:
    tour.theme(theme)
    form = strip(tour)
    for fold in form.locator("details").all():
        fold.evaluate("e => { e.open = true; }")
    assert violations(tour.page, [PROGRESS], rules) == []
