"""The strip in JupyterLab: it changes by itself, leads to questions, keeps focus and folds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe import themes, violations
from lab import Lab, Notebook, fresh_notebook
from playwright.sync_api import Browser, Locator, expect

from mali_course.core.lessons import lesson
from mali_course.forms.page import page_style
from mali_course.practice.sampling import askable_items
from mali_course.practice.session import Session
from mali_course.questions import bank
from mali_course.record.item_state import item_states
from mali_course.views.summary_page import summary_page
from mali_course.views.test_result import result_html

PROGRESS = "form.mali-form:has([data-progress])"


@pytest.fixture(scope="module")
def tour(lab: Lab, browser: Browser) -> Iterator[Notebook]:
    """The first notebook, opened once for all tests of this file."""
    with fresh_notebook(lab, browser, lesson("00").notebook) as notebook:
        yield notebook


def strip(tour: Notebook) -> Locator:
    form = tour.page.locator(f".jp-NotebookPanel:not(.lm-mod-hidden) {PROGRESS}").last
    form.scroll_into_view_if_needed()
    return form


def right(tour: Notebook, item_id: str) -> None:
    item = bank.find(item_id)
    form = tour.form(item)
    tour.fill(form, item, item.key_response())
    tour.send(form)


def test_the_strip_changes_by_itself_and_keeps_name_folds_and_focus(tour: Notebook) -> None:
    form = strip(tour)
    expect(form.get_by_role("link", name="Question 00-15, not tried yet")).to_be_visible()
    form.locator("input[name=learner]").fill("Ada")
    form.locator("details[data-fold=objectives] > summary").click()
    form.locator("details[data-fold=move] > summary").click()
    right(tour, "00-15")
    mark = strip(tour).get_by_role("link", name="Question 00-15, right at first try")
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
    link = strip(tour).locator(".mali-strip [data-go='00-17']")
    if way == "mouse":
        link.click()
    else:
        link.focus()
        tour.page.keyboard.press("Enter")
    question = tour.page.locator("[data-item='00-17']").last
    expect(question).to_be_in_viewport()
    assert question.evaluate("e => e.contains(document.activeElement)")
    assert lesson("00").notebook in tour.page.url
    # From there the next Tab is inside of the question.
    tour.page.keyboard.press("Tab")
    assert question.evaluate("e => e.contains(document.activeElement)")


def test_a_mark_of_another_lesson_opens_it_at_the_question(tour: Notebook) -> None:
    name = lesson("02").notebook
    current = "() => window.jupyterapp.shell.currentWidget.context.path"
    tour.page.evaluate("() => { window.same = true; }")
    for _ in range(2):  # the second time, the other lesson lies hidden behind this one
        strip(tour).locator(".mali-strip [data-go='02-29']").click()
        tour.page.wait_for_function(f"name => ({current})() === name", arg=name)
        tour.page.wait_for_function(
            """() => {
                const cell = window.jupyterapp.shell.currentWidget.content.widgets
                    .find((one) => one.model.id === 'ask-02-29')?.node.getBoundingClientRect();
                return cell?.height && cell.bottom > 0 && cell.top < innerHeight;
            }"""
        )
        tour.command("docmanager:open", {"path": tour.name})
    assert tour.page.evaluate("() => window.same")  # the page was not loaded anew


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


@pytest.mark.parametrize("history", [(), ("right",), ("wrong",)])
def test_axe_finds_nothing_in_the_page_to_keep(browser: Browser, history: tuple[str, ...]) -> None:
    states = item_states(
        {"item": item.id, "event": "answer", "state": state, "time": "t"}
        for item in bank.items()
        for state in history
    )
    page = browser.new_page(viewport={"width": 375, "height": 700})
    page.set_content(summary_page(states, "Ada"))
    assert violations(page, ["body"]) == []
    # No sideways scrolling on a phone.
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 375
    page.close()


def test_axe_finds_nothing_at_the_end_of_a_test(browser: Browser) -> None:
    items = tuple(item.id for item in askable_items()[:12])
    first = {item_id: "right" if number % 3 else "wrong" for number, item_id in enumerate(items)}
    events = [
        {"item": item_id, "event": "answer", "state": state, "time": "t", "test": "a"}
        for item_id, state in first.items()
    ]
    result = result_html(Session("a", items, first), events).replace("<details", "<details open")
    for width in (375, 1366):
        page = browser.new_page(viewport={"width": width, "height": 700})
        page.set_content(
            f'<html lang="en"><title>t</title><style>{page_style()}</style><main>'
            f'<h1>Test</h1><form class="mali-form"><h3>Mixed test</h3>{result}</form></main>'
        )
        assert violations(page, ["form"]) == []
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        page.close()
