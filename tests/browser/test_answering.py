"""Every item is answered in JupyterLab as a learner answers it: right, wrong and oddly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from lab import ANSWERED, WITH_ITEMS, Notebook, nightly_but
from playwright.sync_api import Locator, expect
from wrong_responses import mistakes

from mali_course.core.html import text_of
from mali_course.core.lessons import lesson
from mali_course.core.messages import say
from mali_course.questions import bank
from mali_course.questions.feedback import feedback
from mali_course.questions.item import Item
from mali_course.questions.kinds.code import Code
from mali_course.questions.kinds.open import Open

TOUR = lesson("00").notebook
ODD: dict[str, Any] = {
    "number": "between ten and <b>twenty</b>",
    "words": "???",
    "open": {"text": "  "},
}


def plain(text: str) -> str:
    return " ".join(text_of(text).replace("`", "").split())


def shown(text: str) -> str:
    return " ".join(text.split())


def below(form: Locator) -> str:
    """Return what stands below the live region, under folds too."""
    return shown(text_of(form.locator(".mali-view").inner_html()))


@pytest.mark.parametrize("name", nightly_but(WITH_ITEMS, ANSWERED))
def test_every_item_is_answered_wrong_then_right(
    open_notebook: Callable[..., Notebook], name: str
) -> None:
    notebook = open_notebook(name)
    notebook.run_all()
    page = notebook.page
    assert page.locator(".jp-OutputArea-output[data-mime-type*='error']").count() == 0
    assert page.locator(".jp-OutputArea-output[data-mime-type*='stderr']").count() == 0
    # A sum of money is not a formula.
    assert page.locator("mjx-container").count() == 0
    items = bank.lesson_items(name[:2])
    for item in items:
        if isinstance(item, Code):
            _answer_with_code(notebook, item)
            continue
        form = notebook.form(item)
        _answer_oddly(notebook, form, item)
        if isinstance(item, Open):
            notebook.fill(form, item, {"text": item.model})
            notebook.send(form)
            assert plain(item.model)[:60] in below(form)
            for box in form.locator("[name=met]").all():
                box.check()
            count = len(item.criteria)
            assert f"{count} of {count}" in notebook.send(form, "judge")
            continue
        mistake = mistakes(item)[0]
        notebook.fill(form, item, mistake.response)
        said = shown(notebook.send(form))
        assert plain(mistake.feedback) in said
        assert plain(item.where) in said
        notebook.fill(form, item, item.key_response())
        said = shown(notebook.send(form))
        assert said.startswith("✓ Correct.")
        right = feedback(item, item.grade_response(item.key_response()), 2)
        assert plain(right.explain) in below(form)
    assert notebook.problems == []
    # What the progress view shows was brought up to date by each answer.
    panel = page.locator("form.mali-form:has([name=learner])").last
    expect(panel).to_contain_text(f"{len(items)} of {len(items)}")


def _answer_oddly(notebook: Notebook, form: Locator, item: Item) -> None:
    """Send the form empty, then with something odd: a plain sentence, and no try lost."""
    said = notebook.send(form)
    assert "does not count as a try" in said, (item.id, said)
    if item.kind in ODD:
        notebook.fill(form, item, ODD[item.kind])
        assert "does not count as a try" in notebook.send(form)


def _answer_with_code(notebook: Notebook, item: Code) -> None:
    [cell] = notebook.source_ids(f'mali.check("{item.id}"')
    mistake = mistakes(item)[0]
    call = f'mali.check("{item.id}", {mistake.response!r})'
    assert plain(mistake.feedback) in shown(notebook.run_cell(cell, call))
    odd = f'import pandas\nmali.check("{item.id}", pandas.Series([1, 2]))'
    assert "does not count as a try" in notebook.run_cell(cell, odd)
    assert plain(item.right) in shown(notebook.run_cell(cell, item.solution))


FORMS = [item for item in bank.lesson_items("00") if not isinstance(item, Code)]


@pytest.fixture
def tour(open_notebook: Callable[..., Notebook]) -> Notebook:
    notebook = open_notebook(TOUR)
    notebook.run_all()
    return notebook


def test_answers_are_there_again_after_the_page_was_reloaded(tour: Notebook) -> None:
    item = next(item for item in FORMS if item.kind == "choice")
    form = tour.form(item)
    tour.fill(form, item, item.key_response())
    tour.send(form)
    tour.load()
    tour.run_all()
    form = tour.form(item)
    assert form.locator("input:checked").get_attribute("value") == item.key_response()
    expect(form.locator(".mali-status:not(:empty)")).to_contain_text("answered this before")


def test_feedback_is_marked_as_earlier_while_the_answer_is_being_changed(tour: Notebook) -> None:
    item = next(item for item in FORMS if item.kind == "choice")
    form = tour.form(item)
    mark = form.locator(".mali-earlier")
    tour.fill(form, item, item.key_response())
    expect(mark).to_be_hidden()
    tour.send(form)
    expect(mark).to_be_hidden()
    tour.fill(form, item, mistakes(item)[0].response)
    expect(mark).to_be_visible()
    assert "Correct." in form.locator("[role=status]").inner_text()
    tour.send(form)
    expect(mark).to_be_hidden()


def test_a_question_whose_kernel_stops_stays_to_be_read_and_says_what_to_do(
    tour: Notebook,
) -> None:
    item = next(item for item in FORMS if item.kind == "choice")
    form = tour.form(item)
    tour.fill(form, item, item.key_response())
    tour.send(form)
    for session in tour.lab.call("sessions"):
        tour.lab.call(f"kernels/{session['kernel']['id']}", "DELETE")
    saved = tour.page.locator(f".mali-saved[data-item='{item.id}']")
    # JupyterLab notices that a kernel is gone when it next asks the server.
    expect(saved).to_contain_text(item.stem, timeout=60_000)
    expect(saved).to_contain_text(say("saved.yours"))
    expect(saved).to_contain_text(say("saved.live"))
    expect(tour.page.get_by_text("Error displaying")).to_have_count(0)


def test_a_cell_run_twice_and_two_views_of_one_notebook(tour: Notebook) -> None:
    item = next(item for item in FORMS if item.kind == "choice")
    [cell] = tour.source_ids(f'mali.ask("{item.id}")')
    tour.run_cell(cell)
    tour.command("notebook:create-output-view")
    chosen = f"form.mali-form:has(.mali-question[data-item='{item.id}'])"
    tour.page.wait_for_function(
        "s => document.querySelectorAll(s).length === 2",
        arg=chosen,
    )
    first = tour.page.locator(chosen).first
    tour.fill(first, item, item.key_response())
    assert "Correct." in tour.send(first)
    other = tour.page.locator(chosen).last
    tour.page.wait_for_function(
        "s => [...document.querySelectorAll(s)].every(f => f.innerText.includes('Correct.'))",
        arg=chosen,
    )
    expect(other.locator("[role=status]")).to_contain_text("Correct.")


def test_progress_is_downloaded_and_restored_in_the_page(tour: Notebook, tmp_path: Any) -> None:
    item = next(item for item in FORMS if item.kind == "choice")
    form = tour.form(item)
    tour.fill(form, item, item.key_response())
    tour.send(form)
    panel = tour.page.locator("form.mali-form:has([name=learner])").last
    panel.scroll_into_view_if_needed()
    panel.locator("[name=learner]").fill("Ada")
    panel.locator("details[data-fold=move] > summary").click()
    with tour.page.expect_download() as waiting:
        panel.locator("button[value=download]").click()
    file = tmp_path / "mine.json"
    waiting.value.save_as(file)
    assert '"learner": "Ada"' in file.read_text(encoding="utf-8")
    panel.locator("[name=file]").set_input_files(file)
    assert "here already" in tour.send(panel, "restore")
    (tmp_path / "bad.json").write_text("<html>")
    panel.locator("[name=file]").set_input_files(tmp_path / "bad.json")
    assert "not a progress file" in tour.send(panel, "restore")
