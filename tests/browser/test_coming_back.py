"""A notebook that is opened again shows every question with the learner's last answer."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator

import nbformat
import pytest
from lab import Lab, Notebook, lab_in_every_run
from nbconvert import HTMLExporter
from playwright.sync_api import Browser, expect
from wrong_responses import mistakes

from mali_course.core.html import text_of
from mali_course.core.lessons import lesson
from mali_course.questions import bank

NAME = lesson("02").notebook
RIGHT, WRONG = bank.find("02-25"), bank.find("02-29")
WIDGET = "application/vnd.jupyter.widget-view+json"
FAILURES = ("Error displaying widget", "Loading widget", "model not found")


def answer(notebook: Notebook) -> None:
    """Answer one question right and one wrong, and wait until the file has it."""
    form = notebook.form(RIGHT)
    notebook.fill(form, RIGHT, RIGHT.key_response())
    assert "Correct." in notebook.send(form)
    answer_wrong(notebook)
    wait_until_in_file(notebook)


def answer_wrong(notebook: Notebook) -> None:
    form = notebook.form(WRONG)
    notebook.fill(form, WRONG, mistakes(WRONG)[0].response)
    notebook.send(form)


def wait_until_in_file(notebook: Notebook) -> None:
    """Wait until the file has the verdict on the wrong answer, without another act of anybody."""
    for _ in range(120):
        notebook.wait_until_saved()
        saved = nbformat.read(notebook.path, as_version=4)
        [cell] = [one for one in saved.cells if one.id == f"ask-{WRONG.id}"]
        if any(verdict in json.dumps(cell) for verdict in ("Not yet.", "Partly right.")):
            return
        notebook.page.wait_for_timeout(250)
    raise AssertionError(f"The file never had the answer to {WRONG.id}.")


def outputs(notebook: Notebook) -> dict[str, str]:
    """The text of each cell's output in the page."""
    found: dict[str, str] = notebook.page.evaluate(
        """() => Object.fromEntries(window.jupyterapp.shell.currentWidget.content.widgets
            .filter((cell) => cell.outputArea)
            .map((cell) => [cell.model.id, cell.outputArea.node.textContent]))"""
    )
    return found


def assert_shows_the_answers(notebook: Notebook) -> None:
    shown = outputs(notebook)
    for text in shown.values():
        assert not any(failure in text for failure in FAILURES), text
    for item in bank.lesson_items("02"):
        assert item.stem[:40].split("`")[0] in shown[f"ask-{item.id}"]
    assert "Correct." in shown[f"ask-{RIGHT.id}"]
    assert "Not yet." in shown[f"ask-{WRONG.id}"] or "Partly right." in shown[f"ask-{WRONG.id}"]
    assert notebook.page.locator("form.mali-form").count() == 0


def test_reopened_on_another_day_it_has_every_answer_and_goes_on(
    place: Lab, browser: Browser
) -> None:
    notebook = Notebook(place, browser, NAME)
    notebook.start()
    answer(notebook)
    notebook.end_kernel()
    notebook.open_again()
    start = notebook.page.locator(".mali-start")
    expect(start).to_have_text("Continue")
    assert_shows_the_answers(notebook)
    notebook.start()
    form = notebook.form(RIGHT)
    box = form.locator("input:checked").count()
    assert box == len(RIGHT.key_response())
    assert notebook.page.locator(".jp-Dialog").count() == 0
    notebook.page.close()


@pytest.fixture(scope="module")
def worked(lab: Lab, browser: Browser) -> Iterator[Notebook]:
    """A notebook with two answers, open for all tests below."""
    shutil.rmtree(lab.place / "home", ignore_errors=True)
    notebook = Notebook(lab, browser, NAME)
    notebook.start()
    answer(notebook)
    yield notebook
    notebook.page.close()


def test_the_file_holds_answers_and_verdicts_and_no_widget(worked: Notebook) -> None:
    notebook = nbformat.read(worked.path, as_version=4)
    nbformat.validate(notebook)
    found = {
        cell.id: output
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "mali_course" in output.get("metadata", {})
    }
    assert len(found) > 15
    assert not any(WIDGET in output.data for output in found.values())
    right = text_of(found[f"ask-{RIGHT.id}"].data["text/html"])
    assert "Correct." in right
    assert RIGHT.explain not in right
    wrong = json.dumps(found[f"ask-{WRONG.id}"])
    assert mistakes(WRONG)[0].feedback not in wrong
    assert WRONG.explain not in wrong
    page, _ = HTMLExporter().from_notebook_node(notebook)
    assert "Correct." in text_of(page)
    assert "Error displaying" not in page


def test_f5_with_a_living_kernel_keeps_live_forms(worked: Notebook) -> None:
    count = worked.page.locator("form.mali-form").count()
    worked.load()
    expect(worked.page.locator("form.mali-form[data-replies]")).to_have_count(count)
    expect(worked.page.locator(".mali-start")).to_have_text("Ready: go on below")
    form = worked.form(RIGHT)
    assert "Correct." in worked.send(form)
    # Whoever trusted it by running it need not do so again.
    assert worked.page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.content.widgets"
        ".every((cell) => cell.model.type !== 'code' || cell.model.trusted)"
    )


def test_the_file_read_again_keeps_live_forms(worked: Notebook) -> None:
    count = worked.page.locator("form.mali-form").count()
    worked.page.evaluate("() => window.jupyterapp.shell.currentWidget.context.revert()")
    expect(worked.page.locator("form.mali-form[data-replies]")).to_have_count(count)


def test_a_second_window_shows_the_answer_and_asks_nothing(
    worked: Notebook, browser: Browser
) -> None:
    second = browser.new_page()
    second.goto(worked.lab.page(NAME).replace("/lab/", "/lab/workspaces/second/"))
    other = second.locator(f"form.mali-form:has(.mali-question[data-item='{WRONG.id}'])")
    other.first.wait_for()
    form = worked.form(WRONG)
    worked.fill(form, WRONG, WRONG.key_response())
    assert "Correct." in worked.send(form)
    expect(other.locator("[role=status]")).to_contain_text("Correct.")
    worked.page.wait_for_timeout(100)
    worked.wait_until_saved()
    # Only the window in which the learner answered writes the file.
    assert not second.evaluate("() => window.jupyterapp.shell.currentWidget.context.model.dirty")
    assert second.locator(".jp-Dialog").count() == 0
    second.close()


def test_a_kernel_that_is_restarted_leaves_the_answers_and_a_way_on(worked: Notebook) -> None:
    page = worked.page
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()")
    start = page.locator(".mali-start")
    expect(start).to_have_text("Start again")
    expect(page.locator(".mali-start-said")).to_contain_text("Your answers are kept")
    expect(page.locator("form.mali-form")).to_have_count(0)
    assert "Correct." in outputs(worked)[f"ask-{RIGHT.id}"]
    start.focus()
    start.press("Enter")
    worked.wait_until_live()
    expect(start).to_be_focused()


# The server has the file, and its reply is on the way for as long as a slow line takes.
_SLOW_SAVE = """() => {
    const { contents } = window.jupyterapp.serviceManager;
    const save = contents.save.bind(contents);
    window.saves = [];
    contents.save = async (...all) => {
        window.saves.push("begun");
        const found = await save(...all);
        await new Promise((go) => setTimeout(go, 6000));
        window.saves[window.saves.lastIndexOf("begun")] = "done";
        return found;
    };
}"""


def test_an_answer_given_while_the_file_is_being_written_gets_into_it(
    lab: Lab, browser: Browser
) -> None:
    shutil.rmtree(lab.place / "home", ignore_errors=True)  # the same answer again is no news
    notebook = Notebook(lab, browser, NAME)
    notebook.start()
    notebook.page.evaluate(_SLOW_SAVE)
    form = notebook.form(RIGHT)
    notebook.fill(form, RIGHT, RIGHT.key_response())
    assert "Correct." in notebook.send(form)
    notebook.page.wait_for_function("() => window.saves.includes('begun')")
    answer_wrong(notebook)
    assert "begun" in notebook.page.evaluate("() => window.saves")
    wait_until_in_file(notebook)
    assert notebook.page.locator(".jp-Dialog").count() == 0
    notebook.page.close()


def test_dead_widgets_in_a_file_of_somebody_else_are_healed(lab: Lab, browser: Browser) -> None:
    """As JupyterLab without the extension writes them, and nothing else in the file changes."""
    notebook = Notebook(lab, browser, NAME)
    notebook.page.close()
    content = json.loads(notebook.path.read_text(encoding="utf-8"))
    for number, cell in enumerate(content["cells"]):
        if cell["cell_type"] == "code" and cell["id"].startswith(("ask-", "guess-")):
            view = {"version_major": 2, "version_minor": 0, "model_id": f"dead{number}"}
            cell["outputs"][0]["data"][WIDGET] = view
    notebook.path.write_text(json.dumps(content), encoding="utf-8")
    notebook.end_kernel()
    notebook.open_again()
    shown = outputs(notebook)
    for text in shown.values():
        assert not any(failure in text for failure in FAILURES), text
    assert RIGHT.stem[:40] in shown[f"ask-{RIGHT.id}"]
    expect(notebook.page.locator(".mali-start")).to_have_text("Continue")
    notebook.page.close()


_SHOWN_AT = """(item) => {
    const cell = [...document.querySelectorAll(`[data-item='${item}']`)].at(-1).closest('.jp-Cell');
    return cell.getBoundingClientRect().top;
}"""


def test_who_stands_far_below_goes_on_there(lab: Lab, browser: Browser) -> None:
    """The kernel ends while somebody answers; the way on is in sight, and the place is kept."""
    notebook = Notebook(lab, browser, NAME)
    notebook.start()
    page = notebook.page
    bar = page.locator(".mali-bar")
    expect(bar).to_be_hidden()
    form = notebook.form(WRONG)
    form.evaluate("form => form.scrollIntoView({block: 'start'})")
    form.locator("[name]").first.focus()
    page.wait_for_timeout(500)
    before = page.evaluate(_SHOWN_AT, WRONG.id)
    notebook.end_kernel()
    # JupyterLab asks the server now and then.
    expect(bar).to_contain_text("your answers are kept", timeout=60_000)
    button = bar.get_by_role("button", name="Go on here")
    expect(button).to_be_focused()  # for the form has gone that had it
    page.wait_for_timeout(500)
    assert abs(page.evaluate(_SHOWN_AT, WRONG.id) - before) < 100
    before = page.evaluate(_SHOWN_AT, WRONG.id)
    button.press("Enter")
    expect(bar).to_contain_text("Starting")
    notebook.wait_until_live()
    expect(bar).to_be_hidden()
    page.wait_for_timeout(500)
    assert abs(page.evaluate(_SHOWN_AT, WRONG.id) - before) < 100
    assert page.evaluate("() => !!document.activeElement.closest('.jp-Notebook .jp-Cell')")
    page.close()


@lab_in_every_run
def test_go_on_leads_to_the_first_open_question(place: Lab, browser: Browser) -> None:
    notebook = Notebook(place, browser, NAME)
    notebook.start()
    answer(notebook)  # one right, and a later one wrong
    notebook.end_kernel()
    notebook.open_again()
    notebook.start()
    notebook.page.locator(".mali-start").press("Enter")
    focused = notebook.page.evaluate(
        "() => document.activeElement.closest('form').querySelector('[data-item]').dataset.item"
    )
    asked = [item.id for item in bank.lesson_items("02")]
    assert focused not in (RIGHT.id, "02-01")  # 02-01 is the guess, and comes last as a question
    assert focused in asked
    # In the order of the page, nothing but what was answered stands before it.
    order: list[str] = notebook.page.evaluate(
        "() => [...document.querySelectorAll('form.mali-form [data-item]')]"
        ".map((one) => one.dataset.item)"
    )
    assert order[1 : order.index(focused)] == [RIGHT.id]
    notebook.page.close()
