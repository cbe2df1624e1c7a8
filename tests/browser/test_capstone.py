"""The mixed test and the argument map, taken in JupyterLab by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import nbformat
import pytest
from axe import themes, violations
from lab import Lab, Notebook
from nbformat import v4
from playwright.sync_api import Locator, expect
from wrong_responses import mistakes

from mali_course.argument.claims import the_argument
from mali_course.argument.judging import MOST, PARTS
from mali_course.practice.sampling import SIZE
from mali_course.questions.bank import find

NAME = "capstone.ipynb"


@pytest.fixture
def capstone(lab: Lab, open_notebook: Callable[..., Notebook]) -> Notebook:
    """Opens a notebook with the two forms, and runs it."""
    cells = ["import mali_course as mali", "mali.test()", "mali.argue()"]
    book = v4.new_notebook(cells=[v4.new_code_cell(source) for source in cells])
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, lab.place / "notebooks" / NAME)

    notebook = open_notebook(NAME)
    notebook.run_all()
    return notebook


def the_test(notebook: Notebook) -> Locator:
    return notebook.page.locator("form.mali-form").first


def the_map(notebook: Notebook) -> Locator:
    return notebook.page.locator("form.mali-form:has(.mali-argument)")


def press(notebook: Notebook, form: Locator, action: str) -> str:
    """Press Enter on a button that is reached with Tab alone, and return what is announced."""
    keyboard = notebook.page.keyboard
    for _ in range(30):
        if notebook.page.evaluate("() => document.activeElement.value") == action:
            break
        keyboard.press("Tab")
    else:
        raise AssertionError(f"Tab does not reach {action}")
    before = int(form.get_attribute("data-replies") or 0)
    keyboard.press("Enter")
    return notebook.reply(form, before)


def question_of(form: Locator) -> str:
    return form.locator("input[name=question]").get_attribute("value") or ""


def focused(notebook: Notebook) -> str:
    text: str = notebook.page.evaluate("() => document.activeElement.textContent")
    return text


def test_a_whole_test_is_taken_by_keyboard(capstone: Notebook) -> None:
    notebook = capstone
    form = the_test(notebook)
    cells = notebook.cell_ids()
    form.locator("button[value=begin]").focus()
    said = press(notebook, form, "begin")
    asked = []
    for place in range(1, SIZE + 1):
        # The focus stands at the start of the question, and the question is in view.
        assert focused(notebook) == f"Question {place} of {SIZE}."
        assert f"Question {place} of {SIZE}." in said
        expect(form.locator("[data-start]")).to_be_in_viewport()
        item = find(question_of(form))
        asked.append(item.id)
        wrong = place % 3 == 0
        notebook.page.keyboard.press("Tab")
        notebook.answer_by_keyboard(
            form, item, mistakes(item)[0].response if wrong else item.key_response()
        )
        said = press(notebook, form, "check")
        assert ("Correct." in said) is not wrong
        # Feedback leaves the focus where it was.
        assert notebook.page.evaluate("() => document.activeElement.value") == "check"
        said = press(notebook, form, "next")
    assert len(set(asked)) == SIZE
    right = SIZE - SIZE // 3
    assert f"{right} of {SIZE} right" in said
    assert f"{right} of {SIZE} questions right" in focused(notebook)
    expect(form.locator(".mali-strip").get_by_role("link")).to_have_count(SIZE)
    marks = form.locator(".mali-strip").get_by_role("link", name="right at first try")
    expect(marks).to_have_count(right)
    assert notebook.cell_ids() == cells
    assert notebook.problems == []
    # Another test asks other questions, as far as the bank has them. One key leads past the marks.
    notebook.page.keyboard.press("Tab")
    notebook.page.keyboard.press("Enter")
    press(notebook, form, "begin")
    assert question_of(form) not in asked


def test_a_test_that_was_left_goes_on_after_a_reload(capstone: Notebook) -> None:
    notebook = capstone
    form = the_test(notebook)
    notebook.send(form, "begin")
    first = find(question_of(form))
    notebook.fill(form, first, first.key_response())
    assert "Correct." in notebook.send(form)
    notebook.send(form, "next")
    second = question_of(form)
    # Unanswered: the first press asks, the second leaves the question out.
    assert "press the same button again" in notebook.send(form, "next")
    assert question_of(form) == second
    notebook.load()
    notebook.run_all()
    form = the_test(notebook)
    expect(form).to_contain_text(f"You left a test at question 2 of {SIZE}.")
    notebook.send(form, "next")
    assert question_of(form) == second
    assert form.locator(".mali-question input:checked").count() == 0
    notebook.send(form, "end")
    expect(form).to_contain_text(f"1 of {SIZE} questions right")
    expect(form).to_contain_text(f"Not answered: {SIZE - 1}.")


def test_a_second_view_of_a_test_follows_the_first(capstone: Notebook) -> None:
    notebook = capstone
    [cell] = notebook.source_ids("mali.test()")
    notebook.run_cell(cell)
    notebook.command("notebook:create-output-view")
    both = notebook.page.locator("form.mali-form:not(:has(.mali-argument))")
    expect(both).to_have_count(2)
    notebook.send(both.first, "begin")
    expect(both.last.locator("input[name=question]")).to_be_attached()
    item = find(question_of(both.first))
    notebook.fill(both.first, item, item.key_response())
    notebook.send(both.first)
    notebook.send(both.first, "next")
    for number in range(2):
        expect(both.nth(number).locator("[data-start]")).to_have_text(f"Question 2 of {SIZE}.")
        assert both.nth(number).locator(".mali-question input:checked").count() == 0


def _choose(notebook: Notebook, value: str) -> None:
    """Choose a value of the list box that has the focus, with the arrow keys."""
    values: list[str] = notebook.page.evaluate(
        "() => [...document.activeElement.options].map((option) => option.value)"
    )
    for _ in values:
        notebook.page.keyboard.press("ArrowUp")
    for _ in range(values.index(value)):
        notebook.page.keyboard.press("ArrowDown")
    assert notebook.page.evaluate("() => document.activeElement.value") == value


def test_a_map_is_built_by_keyboard_and_comes_back(capstone: Notebook) -> None:
    notebook = capstone
    form = the_map(notebook)
    cells = notebook.cell_ids()
    links = [link for link in the_argument().links if link.verdict == "supported"][:3]
    keyboard = notebook.page.keyboard
    form.locator("[name=from-1]").focus()
    for number, link in enumerate(links, start=1):
        if number > 2:
            assert notebook.page.evaluate("() => document.activeElement.localName") == "summary"
            keyboard.press("Enter")
            keyboard.press("Tab")
        for name, value in zip(
            PARTS, (link.source, link.relation, link.target, link.places[0]), strict=True
        ):
            assert notebook.page.evaluate("() => document.activeElement.name") == f"{name}-{number}"
            _choose(notebook, value)
            keyboard.press("Tab")
    said = press(notebook, form, "check")
    assert "3 of 3 links" in said
    assert all(link.feedback[:40] in said for link in links)
    expect(form.locator("img[alt*='Map of']")).to_be_visible()
    assert notebook.cell_ids() == cells
    assert notebook.problems == []
    notebook.load()
    notebook.run_all()
    form = the_map(notebook)
    expect(form.locator(".mali-status:not(:empty)")).to_contain_text("built this map before")
    expect(form.locator("[name=from-3]")).to_have_value(links[2].source)
    expect(form.locator("[name=from-3]")).to_be_visible()


@themes("JupyterLab Light", "JupyterLab Dark")
def test_axe_finds_nothing_in_the_two_forms(
    capstone: Notebook, theme: str, rules: list[str] | None
) -> None:
    notebook = capstone
    notebook.theme(theme)
    form, chart = the_test(notebook), the_map(notebook)
    found = violations(notebook.page, rules=rules)
    notebook.send(form, "begin")
    item = find(question_of(form))
    notebook.fill(form, item, mistakes(item)[0].response)
    notebook.send(form)
    link = the_argument().links[0]
    values = (link.source, link.relation, link.target, the_argument().places[0])
    for name, value in zip(PARTS, values, strict=True):
        chart.locator(f"[name={name}-1]").select_option(value)
    notebook.send(chart)
    for details in notebook.page.locator("form.mali-form details").all():
        details.evaluate("d => { d.open = true; }")
    found += violations(notebook.page, rules=rules)
    notebook.send(form, "end")
    found += violations(notebook.page, rules=rules)
    assert found == [], "\n".join(found)
    assert chart.locator("fieldset").count() == MOST
