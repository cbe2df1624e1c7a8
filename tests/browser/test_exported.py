"""A notebook exported as a page, or opened without a kernel, shows each question accessibly."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from axe import violations
from lab import Notebook
from nbconvert import HTMLExporter
from nbformat import v4
from playwright.sync_api import Browser, expect
from wrong_responses import mistakes

import mali_course as mali
from mali_course.core.content import notebooks_folder
from mali_course.core.lessons import lessons
from mali_course.core.messages import say
from mali_course.forms.responses import values_of
from mali_course.questions import bank

NAMES = [one.notebook for one in lessons()]


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").split())


@pytest.mark.parametrize("name", NAMES)
def test_an_exported_page_is_accessible_and_shows_every_question(
    browser: Browser, tmp_path: Path, name: str
) -> None:
    html, _ = HTMLExporter(language_code="en").from_filename(str(notebooks_folder() / name))
    file = tmp_path / "page.html"
    file.write_text(html, encoding="utf-8")
    page = browser.new_page()
    page.route("http*://**", lambda route: route.abort())
    try:
        page.goto(file.as_uri())
        text = _plain(page.locator("body").text_content() or "")
        for item in bank.lesson_items(name[:2]):
            assert _plain(item.stem) in text, item.id
        # Code cells have colours of the exporter's; the course's own texts and outputs are ours.
        found = violations(page, [".jp-RenderedHTMLCommon"])
        assert found == [], "\n".join(found)
    finally:
        page.close()


def _answered(name: str) -> nbformat.NotebookNode:
    """Return a notebook as it is saved after a wrong answer to each of its questions."""
    notebook = nbformat.read(notebooks_folder() / name, as_version=4)
    for cell in notebook.cells:
        call = re.match(r'mali\.ask\("(.+?)"\)', cell.source)
        item = bank.find(call[1]) if call and cell.cell_type == "code" else None
        if item is None or not mistakes(item) or not item.has_form:
            continue
        form = mali.ask(item.id)
        form.send_values(values_of(item, mistakes(item)[0].response), "check")
        data, metadata = form._repr_mimebundle_()
        cell.outputs = [v4.new_output("execute_result", data, metadata=metadata)]
    return notebook


def test_an_exported_page_of_an_answered_notebook_shows_each_answer_with_its_verdict(
    browser: Browser, tmp_path: Path
) -> None:
    name = NAMES[0]
    html, _ = HTMLExporter(language_code="en").from_notebook_node(_answered(name))
    file = tmp_path / "page.html"
    file.write_text(html, encoding="utf-8")
    page = browser.new_page()
    page.route("http*://**", lambda route: route.abort())
    try:
        page.goto(file.as_uri())
        for item in bank.lesson_items(name[:2]):
            if not item.has_form or not mistakes(item):
                continue
            block = page.locator(f".mali-saved[data-item='{item.id}']").last
            expect(block).to_contain_text(say("saved.one_try"))
            assert mistakes(item)[0].feedback not in html
        assert violations(page, [".mali-saved"]) == []
    finally:
        page.close()


def test_a_notebook_that_was_not_run_shows_the_questions(
    open_notebook: Callable[..., Notebook],
) -> None:
    """The stored outputs are what a learner sees before the first cell is run."""
    notebook = open_notebook(NAMES[0])
    # JupyterLab draws the cells of a long notebook one after the other, while it is idle.
    cells = notebook.page.locator(".jp-Notebook")
    for item in bank.lesson_items(NAMES[0][:2]):
        expect(cells).to_contain_text(_plain(item.stem.split("`")[0]), timeout=30_000)
    assert notebook.page.locator(".jp-OutputArea-output img[alt]").count() >= 1
    expect(cells).not_to_contain_text("Error displaying widget")
