"""A lesson as it opens: one press makes it live, the page stays at the top and reads like a course.

The notebooks are copies that nobody has trusted, as on Binder and after nbgitpuller.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe import violations
from lab import Lab, Notebook, lab_in_every_run
from playwright.sync_api import Browser, Page, expect

from mali_course.core.content import notebooks_folder
from mali_course.core.lessons import lesson
from mali_course.questions import bank
from mali_course.questions.kinds.code import Code

NAME = lesson("02").notebook
# What Notebook 7 says with and without the extension.
_OF_NOTEBOOK_7 = ["Cannot read properties of undefined (reading 'schema')"]
Change = Callable[[dict[str, Any]], None]


def changed_copy(lab: Lab, name: str, change: Change) -> None:
    """Write lesson 02 under a name of its own, with a change."""
    notebook = json.loads((notebooks_folder() / NAME).read_text(encoding="utf-8"))
    change(notebook)
    (lab.place / "notebooks" / name).write_text(json.dumps(notebook), encoding="utf-8")


def code_cell(identity: str, source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": identity,
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


@pytest.mark.parametrize(
    ("place", "width", "height"),
    [
        ("lab", 1366, 768),
        pytest.param("lab", 1920, 1080, marks=pytest.mark.nightly),
        pytest.param("notebook_app", 1366, 768, marks=pytest.mark.nightly),
        ("notebook_app", 1920, 1080),
    ],
    indirect=["place"],
)
def test_one_press_makes_the_lesson_live_and_the_page_stays_at_the_top(
    place: Lab, browser: Browser, width: int, height: int
) -> None:
    notebook = Notebook(place, browser, NAME, width=width, height=height)
    page = notebook.page
    start = page.locator(".mali-start")
    expect(start).to_have_text("Start this lesson")
    expect(page.locator(".mali-start-else")).to_be_hidden()
    assert page.locator("form.mali-form").count() == 0
    before = start.bounding_box()
    assert before is not None
    assert before["y"] + before["height"] < height  # in the first view
    notebook.start()
    after = start.bounding_box()
    assert after is not None
    assert (after["x"], after["y"]) == (before["x"], before["y"])
    assert page.locator(".jp-Dialog").count() == 0
    asked = sum(not isinstance(item, Code) for item in bank.lesson_items("02"))
    expect(page.locator("form.mali-form .mali-question")).to_have_count(asked + 1)  # and a guess
    assert page.locator("form.mali-form:not([data-replies])").count() == 0
    expect(page.locator(".mali-start-said[role=status]")).to_contain_text("ready")
    # The button said something else and kept the focus; another press goes on below the opening,
    # and not over what the lesson is for.
    expect(start).to_be_focused()
    start.press("Enter")
    expect(page.locator(":focus")).to_contain_text("After this notebook you can")
    assert [problem for problem in notebook.problems if problem not in _OF_NOTEBOOK_7] == []
    notebook.page.close()


def gates(notebook: dict[str, Any], after: str, *names: str) -> None:
    """Put in cells that end when there is a file with the name of each."""
    ids = [cell["id"] for cell in notebook["cells"]]
    for place, name in enumerate(names, ids.index(after) + 1):
        wait = (
            f"import pathlib, time\nwhile not pathlib.Path('{name}').exists():\n    time.sleep(.05)"
        )
        notebook["cells"].insert(place, code_cell(name, wait))


def test_a_form_answers_while_the_rest_still_runs(lab: Lab, browser: Browser) -> None:
    changed_copy(lab, "slow.ipynb", lambda found: gates(found, "ask-02-25", "go-1", "go-2"))
    notebook = Notebook(lab, browser, "slow.ipynb")
    page = notebook.page
    page.locator(".mali-start").click()
    page.wait_for_selector("form.mali-form .mali-question[data-item='02-25']")
    item = bank.find("02-25")
    form = notebook.form(item)
    notebook.fill(form, item, item.key_response())
    before = int(form.get_attribute("data-replies") or 0)
    form.locator("button[value='check']").click()
    # Some kernels answer only between two cells; no cell waits in the line before the answer.
    (lab.place / "notebooks" / "go-1").touch()
    assert "Correct." in notebook.reply(form, before)
    assert page.locator("form.mali-form").count() == 3  # with the guess and that of the report
    (lab.place / "notebooks" / "go-2").touch()
    notebook.wait_until_live()
    page.close()


def test_what_the_learner_looks_at_becomes_live_first(lab: Lab, browser: Browser) -> None:
    changed_copy(lab, "far.ipynb", lambda found: gates(found, "setup", "go-3"))
    notebook = Notebook(lab, browser, "far.ipynb")
    page = notebook.page
    # As somebody does who has read on and comes back to the button by the keyboard.
    page.locator(".mali-start").evaluate(
        """(button) => {
            window.jupyterapp.shell.currentWidget.content.widgets
                .find((cell) => cell.model.id === "ask-02-29").node.scrollIntoView();
            button.click();
        }"""
    )
    page.wait_for_selector("form.mali-form .mali-question[data-item='02-29']")
    assert page.locator("form.mali-form .mali-question[data-item='02-25']").count() == 0
    (lab.place / "notebooks" / "go-3").touch()
    notebook.wait_until_live()
    page.close()


def test_no_window_asks_for_a_kernel_and_an_error_holds_up_no_other_cell(
    lab: Lab, browser: Browser
) -> None:
    def odd(notebook: dict[str, Any]) -> None:
        notebook["metadata"]["kernelspec"] = {"name": "gone", "display_name": "Gone"}
        del notebook["metadata"]["language_info"]
        notebook["cells"].insert(5, code_cell("wrong", "1 / 0"))

    changed_copy(lab, "odd.ipynb", odd)
    notebook = Notebook(lab, browser, "odd.ipynb")
    notebook.start()
    assert notebook.page.locator(".jp-Dialog").count() == 0
    assert "ZeroDivisionError" in notebook.page.locator(".jp-OutputArea").all_inner_texts()[1]
    assert notebook.page.locator("form.mali-form").count() > 10
    notebook.page.close()


@pytest.fixture(scope="module")
def open_lesson(lab: Lab, browser: Browser) -> Iterator[Notebook]:
    notebook = Notebook(lab, browser, NAME, width=1366, height=768)
    notebook.start()
    yield notebook
    notebook.page.close()


# The letters of each line of text, counted where the browser breaks them.
_LONGEST_LINE = """() => {
    let longest = '';
    for (const block of document.querySelectorAll('.jp-MarkdownOutput :is(p, li)')) {
        const lines = new Map(), walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            for (let i = 0; i < node.length; i++) {
                const range = document.createRange();
                range.setStart(node, i); range.setEnd(node, i + 1);
                const box = range.getBoundingClientRect();
                const line = Math.round(box.bottom / 8);
                if (box.width) lines.set(line, (lines.get(line) ?? '') + node.data[i]);
            }
        }
        for (const line of lines.values()) {
            if (line.trim().length > longest.length) longest = line.trim();
        }
    }
    return longest;
}"""
_EDGES = """() => [...document.querySelectorAll(
        '.jp-MarkdownOutput > p, form.mali-form, .jp-RenderedHTML > *')]
    .filter((one) => one.getClientRects().length)
    .map((one) => one.getBoundingClientRect()).map((box) => [box.left, box.right])"""


def test_text_forms_and_pictures_share_one_column(open_lesson: Notebook) -> None:
    longest: str = open_lesson.page.evaluate(_LONGEST_LINE)
    assert 40 < len(longest) <= 75, longest
    edges: list[list[float]] = open_lesson.page.evaluate(_EDGES)
    assert len(edges) > 30
    left, right = min(edge[0] for edge in edges), max(edge[1] for edge in edges)
    assert right - left <= 641
    assert max(edge[0] for edge in edges) - left <= 8
    # In the middle of what the notebook has.
    frame = open_lesson.page.locator(".jp-Notebook").bounding_box()
    assert frame is not None
    middle = frame["x"] + frame["width"] / 2
    assert abs((left + right) / 2 - middle) < 16


def test_nothing_moves_when_another_cell_is_chosen(open_lesson: Notebook) -> None:
    """Else a press on a button is lost: it goes down on the button and up beside it."""
    places = """(index) => {
        const { content } = window.jupyterapp.shell.currentWidget;
        content.activeCellIndex = index;
        return [...content.node.querySelectorAll('.mali-form, .jp-MarkdownOutput')]
            .map((one) => one.getBoundingClientRect().toJSON());
    }"""
    first = open_lesson.page.evaluate(places, 0)
    assert open_lesson.page.evaluate(places, 5) == first
    assert open_lesson.page.evaluate(places, 10) == first


def test_code_is_one_key_away_and_has_a_name(open_lesson: Notebook) -> None:
    page = open_lesson.page
    sign = page.get_by_role("button", name="Show the code of this cell").nth(1)
    cell = page.locator(".jp-CodeCell", has=sign)
    expect(sign).to_be_visible()
    identity = sign.evaluate(
        "e => [...document.querySelectorAll('.jp-Cell')].indexOf(e.closest('.jp-Cell'))"
    )
    cell = page.locator(".jp-Cell").nth(identity)
    expect(cell.locator(".cm-content")).to_have_count(0)
    sign.press("Enter")
    expect(cell.locator(".cm-content")).to_contain_text("mali.")
    assert page.evaluate("() => !!document.activeElement.closest('.jp-Cell')")


def test_boxes_of_code_are_reached_with_tab_and_left_again(open_lesson: Notebook) -> None:
    page = open_lesson.page
    taught = page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.content.widgets"
        ".filter((cell) => cell.model.type === 'code' && !cell.inputHidden).length"
    )
    boxes = page.get_by_role("group", name=re.compile("Code box"))
    expect(boxes).to_have_count(taught)
    before = page.locator("a, button, [role=button]").evaluate_all(
        """(all) => {
            const box = [...document.querySelectorAll('[data-code-box]')].at(-1);
            const earlier = all.filter((one) => one.getClientRects().length && one.tabIndex >= 0
                && one.closest('form.mali-form')
                && one.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING);
            earlier.at(-1).focus();
            return earlier.length;
        }"""
    )
    assert before > 10
    box = boxes.last  # another may be one whose code somebody has just called up
    for _ in range(15):  # links and signs stand between
        page.keyboard.press("Tab")
        if box.evaluate("box => box === document.activeElement"):
            break
    expect(box).to_be_focused()
    # Its colours and the field in it are JupyterLab's.
    rules = ["nested-interactive", "aria-allowed-role", "aria-allowed-attr", "tabindex"]
    assert violations(page, ["[data-code-box]"], rules) == []
    page.keyboard.press("Enter")
    expect(box.locator(".cm-content")).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_focused()
    page.keyboard.press("Tab")
    expect(box).not_to_be_focused()
    assert not box.evaluate("box => box.contains(document.activeElement)")


def test_a_hidden_cell_that_shows_nothing_takes_no_room(open_lesson: Notebook) -> None:
    height = open_lesson.page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.content.widgets"
        ".find((cell) => cell.model.id === 'setup').node.offsetHeight"
    )
    assert height == 0


def hold_down_the_start_button(page: Page) -> None:
    """Press it and do not let go. While a page is being built, it may move before it is pressed."""
    for _ in range(10):
        page.locator(".mali-start").hover()
        page.mouse.down()
        if page.evaluate("() => document.querySelector('.mali-start').matches(':active')"):
            return
        page.mouse.move(0, 0)
        page.mouse.up()
    raise AssertionError("The start button never kept its place.")


@lab_in_every_run
def test_a_press_is_not_lost_when_the_button_is_drawn_anew_under_it(
    place: Lab, browser: Browser
) -> None:
    notebook = Notebook(place, browser, NAME)
    page = notebook.page
    hold_down_the_start_button(page)
    page.evaluate(
        "() => document.querySelectorAll('.mali-start').forEach((b) => (b.outerHTML += ''))"
    )
    page.mouse.up()
    notebook.wait_until_live()
    page.close()


def test_all_cells_stay_in_the_page_and_the_list_of_cell_types_is_away(
    open_lesson: Notebook,
) -> None:
    page = open_lesson.page
    mode = "() => window.jupyterapp.shell.currentWidget.content.notebookConfig.windowingMode"
    assert page.evaluate(mode) == "none"
    expect(page.locator(".jp-Notebook-toolbarCellType")).to_be_hidden()


def test_a_link_to_a_lesson_opens_it_without_loading_the_page_anew(
    open_lesson: Notebook,
) -> None:
    page = open_lesson.page
    page.evaluate("() => { window.sameAsBefore = true; }")
    page.locator(".jp-MarkdownOutput a[href*='03-']").last.click()
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.context?.path.startsWith('03-')"
    )
    assert page.evaluate("() => window.sameAsBefore")
    page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-MarkdownOutput")
    # And so does one that stands in a form, which JupyterLab does not know.
    page.evaluate(
        """(name) => {
            const link = `<a class="mali-lesson-link" href="${name}">x</a>`;
            document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-MarkdownOutput')
                .insertAdjacentHTML('beforeend', link);
        }""",
        NAME,
    )
    page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) a.mali-lesson-link").last.click()
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.context?.path.startsWith('02-')"
    )
    assert page.evaluate("() => window.sameAsBefore")


def test_on_a_narrow_window_the_lesson_has_the_room(lab: Lab, browser: Browser) -> None:
    notebook = Notebook(lab, browser, NAME, width=375, height=700)
    notebook.start()
    wide: int = notebook.page.evaluate(
        "() => Math.min(...[...document.forms].map((form) => form.offsetWidth))"
    )
    assert wide > 240
    notebook.page.close()


def test_other_notebooks_are_left_alone(lab: Lab, browser: Browser) -> None:
    def other(notebook: dict[str, Any]) -> None:
        del notebook["metadata"]["mali_course"]

    changed_copy(lab, "other.ipynb", other)
    notebook = Notebook(lab, browser, "other.ipynb")
    page = notebook.page
    assert page.locator(".mali-course").count() == 0
    expect(page.locator(".jp-Notebook-toolbarCellType")).to_be_visible()
    mode = "() => window.jupyterapp.shell.currentWidget.content.notebookConfig.windowingMode"
    assert page.evaluate(mode) != "none"
    page.close()
