"""The report's own sentences in JupyterLab: brought by keyboard, there at once, removed again.

The kernels recognise made-up sentences: a start file of IPython gives them fingerprints of these.
"""

from __future__ import annotations

import json
import shutil
from base64 import b64encode
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from forms_page import forms_page
from lab import Lab, Notebook, running_lab
from made_up_report import made_up_sentences
from playwright.sync_api import Browser, Locator, Page, expect

import mali_course as mali
from mali_course.core.content import notebooks_folder
from mali_course.core.lessons import lesson
from mali_course.forms.page import page_style
from mali_course.original.hedges import hedges
from mali_course.original.kept import keep_originals, own_file
from mali_course.questions import bank
from mali_course.views import report_form

TEXTS = made_up_sentences()
REPORT = "form.mali-form:has(.mali-report)"
START = """
import sys
sys.path.insert(0, {tests!r})
from made_up_report import made_up_fingerprints
_made_up = made_up_fingerprints()
_made_up.__enter__()
"""


@pytest.fixture(scope="module")
def report_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab in which the made-up sentences are the report, and nobody has brought it."""
    place = tmp_path_factory.mktemp("report")
    (place / "notebooks").mkdir()
    start = place / "ipython" / "profile_default" / "startup" / "00-made-up-report.py"
    start.parent.mkdir(parents=True)
    start.write_text(START.format(tests=str(Path(__file__).resolve().parents[1])))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(place / "ipython"))
        patch.setenv("MALI_COURSE_REPORT", str(place / "nobody" / "report.json"))
        with running_lab(place) as started:
            yield started


@pytest.fixture
def files(report_lab: Lab, browser: Browser, tmp_path: Path) -> Path:
    """A learner who has nothing yet, and a folder with files to choose."""
    shutil.rmtree(report_lab.place / "home", ignore_errors=True)
    paper = browser.new_page()
    paper.set_content("".join(f"<p>{text}</p>" for text in TEXTS.values()))
    paper.pdf(path=tmp_path / "report.pdf")
    paper.close()
    (tmp_path / "report.txt").write_text("\n\n".join(TEXTS.values()), encoding="utf-8")
    some = [text for locator, text in TEXTS.items() if not locator.startswith("1.1.")]
    (tmp_path / "some.txt").write_text("\n".join(some), encoding="utf-8")
    (tmp_path / "other.txt").write_text("This is not the report.", encoding="utf-8")
    (tmp_path / "huge.pdf").write_bytes(b"%PDF-1.7\n" + bytes(5_000_000))
    return tmp_path


def copy_with_cell(lab: Lab, number: str) -> str:
    """Write a copy of a lesson that reads paragraph 1.1 as well, before its form."""
    found = json.loads((notebooks_folder() / lesson(number).notebook).read_text(encoding="utf-8"))
    codes = ["".join(c["source"]) * (c["cell_type"] == "code") for c in found["cells"]]
    place = next(n for n, code in enumerate(codes) if code.startswith("mali.report("))
    found["cells"].insert(place, code_cell("read-1", 'mali.read("1.1")'))
    name = f"report-{number}.ipynb"
    (lab.place / "notebooks" / name).write_text(json.dumps(found), encoding="utf-8")
    return name


def code_cell(identity: str, source: str) -> dict[str, Any]:
    shown = {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<p>x</p>"}}
    return {
        "cell_type": "code",
        "id": identity,
        "metadata": {},
        "source": source,
        "outputs": [shown],
        "execution_count": None,
    }


def opened(lab: Lab, browser: Browser, number: str) -> Notebook:
    notebook = Notebook(lab, browser, copy_with_cell(lab, number))
    # From now on the browser leaves the window to the test, and not only at the moment of the key.
    notebook.page.on("filechooser", lambda window: None)
    notebook.start()
    return notebook


def shown_in(page: Page, cell: str) -> Mapping[str, str]:
    """Return what stands below the digest of each sentence in the output of a cell."""
    rows: dict[str, str] = page.evaluate(
        """(id) => Object.fromEntries([...window.jupyterapp.shell.currentWidget.content.widgets
            .find((cell) => cell.model.id === id).node.querySelectorAll('li[data-locator]')]
            .map((row) => [row.dataset.locator,
                           row.querySelector('.mali-original')?.textContent ?? '']))""",
        cell,
    )
    return rows


def expected(paragraph: str, texts: Mapping[str, str] = TEXTS) -> dict[str, str]:
    return {
        locator: f"In the report’s own words: {texts[locator]}" if locator in texts else ""
        for locator in TEXTS
        if locator.startswith(f"{paragraph}.")
    }


def begins_as(shown: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """Whether each sentence is there; behind it may stand which of its words are marked."""
    return shown.keys() == wanted.keys() and all(
        shown[one].startswith(wanted[one]) and bool(shown[one]) == bool(wanted[one])
        for one in wanted
    )


def press(notebook: Notebook, form: Locator, action: str) -> str:
    """Press a button of the form by the keyboard, and return what is announced."""
    before = int(form.get_attribute("data-replies") or 0)
    form.locator(f"button[value={action}]").focus()
    notebook.page.keyboard.press("Enter")
    handle = form.element_handle()
    notebook.page.wait_for_function(
        "([form, before]) => Number(form.dataset.replies) > before",
        arg=[handle, before],
        timeout=60_000,
    )
    heard = form.locator(".mali-heard")
    expect(heard).not_to_be_empty()
    return heard.inner_text()


def choose(notebook: Notebook, form: Locator, file: Path) -> None:
    """Choose a file by the keyboard: the key opens the window of the system."""
    field = form.locator("input[type=file]")
    field.focus()
    expect(field).to_be_focused()
    with notebook.page.expect_file_chooser() as window:
        notebook.page.keyboard.press("Enter")
    window.value.set_files(file)


def test_a_learner_brings_the_report_and_has_it_from_then_on(
    report_lab: Lab, browser: Browser, files: Path
) -> None:
    notebook = opened(report_lab, browser, "00")
    page, form = notebook.page, notebook.page.locator(REPORT)
    nothing = expected("1.1", {})
    assert shown_in(page, "read-1") == nothing
    headings = page.get_by_role("heading", name="What the report says, in our words and in its own")
    expect(headings).to_have_count(0)
    # Names that a screen reader hears.
    expect(form.get_by_role("heading", name="The report’s own words")).to_be_visible()
    label = "Your copy of the report: a PDF, a saved web page or a text file"
    expect(form.get_by_label(label)).to_be_visible()
    fetch = form.get_by_role("button", name="Fetch the report")
    expect(fetch).to_be_hidden()
    form.locator("summary", has_text="let the course fetch it").focus()
    page.keyboard.press("Enter")
    expect(fetch).to_be_visible()
    assert violations(page) == []

    cells = notebook.cell_ids()
    choose(notebook, form, files / "report.pdf")
    heard = press(notebook, form, "read")
    assert heard.startswith("All 79 sentences of the report were recognised.")
    assert "1.1.1" not in heard  # the sample is there to be read, not spoken unasked
    # At once below the reply, and in digests that were there before: the passages of questions too.
    sample = form.locator(".mali-view li[data-locator='1.1.1'] .mali-original")
    expect(sample).to_contain_text(TEXTS["1.1.1"])
    assert begins_as(shown_in(page, "read-1"), expected("1.1"))
    assert page.locator("li[data-locator]").count() > 20
    assert page.locator("li[data-locator]:not(:has(> .mali-original))").count() == 0
    expect(headings.first).to_be_visible()
    assert headings.count() > 2
    expect(form.locator("[data-start]")).to_be_focused()
    assert notebook.cell_ids() == cells
    quoted = page.get_by_role("blockquote").first
    expect(quoted).to_contain_text("In the report’s own words:")
    assert violations(page) == []

    # The file of the notebook holds none of it, in what it keeps of forms.
    notebook.wait_until_saved()
    kept = json.loads(notebook.path.read_text(encoding="utf-8"))
    for cell in kept["cells"]:
        if cell["cell_type"] == "code" and "mali.read(" not in "".join(cell["source"]):
            assert not any(text in json.dumps(cell) for text in TEXTS.values())

    # The page opened again, with the kernel still there.
    notebook.open_again()
    page, form = notebook.page, notebook.page.locator(REPORT)
    expect(form).to_contain_text("all 79 sentences are here.")
    expect(page.locator("li[data-locator]:not(:has(> .mali-original))")).to_have_count(0)

    # And with another kernel.
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()")
    expect(page.locator(".mali-start")).to_have_text("Start again")
    page.locator(".mali-start").click()
    notebook.wait_until_live()
    assert begins_as(shown_in(page, "read-1"), expected("1.1"))
    expect(form).to_contain_text("all 79 sentences are here.")
    page.close()

    # A later lesson shows them at once.
    later = opened(report_lab, browser, "03")
    page, form = later.page, later.page.locator(REPORT)
    assert begins_as(shown_in(page, "read-1"), expected("1.1"))
    assert page.locator("li[data-locator]:not(:has(> .mali-original))").count() == 0
    assert page.locator("li[data-locator]").count() > 20

    # Removed: gone everywhere in the page.
    form.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert "removed" in press(later, form, "remove")
    assert shown_in(page, "read-1") == nothing
    expect(page.locator(".mali-original")).to_have_count(0)
    expect(form.locator("summary[data-start]")).to_be_focused()
    assert not (report_lab.place / "home" / "report.json").exists()
    assert violations(page) == []
    page.close()
    again = opened(report_lab, browser, "00")
    assert shown_in(again.page, "read-1") == nothing
    expect(again.page.locator(f"{REPORT} input[type=file]")).to_be_visible()
    again.page.close()


def test_what_is_not_the_report_is_told_and_another_file_can_follow(
    report_lab: Lab, browser: Browser, files: Path
) -> None:
    notebook = opened(report_lab, browser, "00")
    page, form = notebook.page, notebook.page.locator(REPORT)
    assert press(notebook, form, "read").startswith("Choose a file first")
    expect(form.locator("button[value=read]")).to_be_focused()
    for name, said in (("other.txt", "none of its 79"), ("huge.pdf", "too large")):
        choose(notebook, form, files / name)
        assert said in press(notebook, form, "read")
        expect(form.locator("button[value=read]")).to_be_focused()
        expect(page.locator(".mali-original")).to_have_count(0)
    choose(notebook, form, files / "some.txt")
    heard = press(notebook, form, "read")
    assert "74 of 79" in heard
    assert shown_in(page, "read-1") == expected("1.1", {})
    expect(form.locator(".mali-view li[data-locator='1.2.1'] .mali-original")).to_be_visible()
    form.locator("[data-fold=bring] > summary").focus()
    page.keyboard.press("Enter")
    choose(notebook, form, files / "report.txt")
    assert "All 79" in press(notebook, form, "read")
    assert begins_as(shown_in(page, "read-1"), expected("1.1"))
    assert [one for one in notebook.problems if "404" not in one] == []
    page.close()


def test_a_form_that_is_drawn_anew_does_not_bring_back_what_another_kernel_removed(
    browser: Browser, made_up_report: Mapping[str, str]
) -> None:
    first = mali.report()
    text = "\n".join(made_up_report.values()).encode()
    first.send_values({"file": [f"data:;base64,{b64encode(text).decode()}"]}, action="read")
    report_form._FORMS.clear()  # another kernel knows nothing of them
    second = mali.report()
    second.send_values({}, action="remove")
    page = forms_page(browser, [(second, None), (first, None)])
    expect(page.locator("li[data-locator='1.1.1']")).to_be_visible()
    expect(page.locator(".mali-original")).to_have_count(0)
    page.close()


@pytest.mark.parametrize("item_id", ["01-37", "00-07"])
def test_what_a_question_kept_back_appears_in_open_passages_once_it_is_behind(
    browser: Browser, made_up_report: Mapping[str, str], item_id: str
) -> None:
    path = own_file()
    assert path
    keep_originals(made_up_report, path)
    item, form = bank.find(item_id), mali.ask(item_id)
    page = forms_page(browser, [(form, None)])
    page.evaluate(
        "html => document.querySelector('main').insertAdjacentHTML('beforeend', html)",
        mali.read(*item.cites).html,
    )
    rows = {place: page.locator(f".mali-block li[data-locator='{place}']") for place in item.cites}
    for row in rows.values():
        expect(row.locator("mark")).to_have_count(0)

    def answer(action: str) -> None:
        form.send_values({}, action=action)
        page.evaluate(
            """(reply) => { const model = window.models[0];
                model.state.reply = reply; model.heard["change:reply"](model); }""",
            form.reply,
        )

    answer("check")  # nothing was chosen
    for row in rows.values():
        expect(row.locator("mark")).to_have_count(0)
    answer("answer")
    again = mali.read(*item.cites).html
    for place, row in rows.items():
        asked = any(  # by a question that is still to be answered
            "status" in other.asks and place in other.cites
            for other in bank.items() if other.id != item_id
        )
        expect(row.locator("mark")).to_have_count(0 if asked else len(hedges(place)))
        expect(row.locator("[data-status=asked]")).to_have_count(int(asked))
        assert row.locator(".mali-status-mark").get_attribute("title") in unescape(again)
        expect(row.locator(".mali-original")).to_have_count(1)
    # So it is where an older output comes back into the page.
    left = page.locator(".mali-block [data-status=asked]").count()
    page.evaluate(
        """() => { const row = document.querySelector(".mali-block li[data-locator]");
            row.querySelector(".mali-status-mark").dataset.status = "asked";
            const list = row.closest(".mali-block"); list.replaceWith(list.cloneNode(true)); }"""
    )
    expect(page.locator(".mali-block [data-status=asked]")).to_have_count(left)
    page.close()


@pytest.mark.parametrize("touch", [True, False])
def test_without_a_mouse_a_passage_tells_what_its_marked_words_do(
    browser: Browser, made_up_report: Mapping[str, str], touch: bool
) -> None:
    path = own_file()
    assert path
    keep_originals(made_up_report, path)
    page = browser.new_page(viewport={"width": 375, "height": 800}, has_touch=touch)
    page.set_content(f"<style>{page_style()}</style>{mali.read('1.4').html}")
    line = page.locator("li[data-locator='1.4.2'] .mali-hedge-line")
    expect(line).to_contain_text("not an exact number")
    box = line.bounding_box()
    assert box
    assert (box["width"] > 100) == touch  # a mouse has tooltips
    legend = page.locator(".mali-hedge-legend")
    page.locator("summary").last.click()
    expect(legend).to_be_visible()
    page.evaluate("document.querySelectorAll('.mali-original').forEach((one) => one.remove())")
    expect(legend).to_be_hidden()  # its sample alone is none of the report's words
    page.close()


def test_a_file_that_was_changed_since_it_was_chosen_is_told(
    report_lab: Lab, browser: Browser, files: Path
) -> None:
    notebook = opened(report_lab, browser, "00")
    form = notebook.page.locator(REPORT)
    choose(notebook, form, files / "report.txt")
    # As a browser does then; some read the new file instead.
    notebook.page.evaluate(
        """() => { FileReader.prototype.readAsDataURL = function () {
            setTimeout(() => this.dispatchEvent(new Event('error'))); }; }"""
    )
    form.locator("button[value=read]").focus()
    notebook.page.keyboard.press("Enter")
    expect(form.locator(".mali-heard")).to_contain_text("Choose it again")
    assert form.get_attribute("aria-busy") is None
    notebook.page.close()


@pytest.mark.parametrize(
    ("width", "theme"),
    [
        (1366, "JupyterLab Light"),
        (375, "JupyterLab Dark"),
        pytest.param(1366, "JupyterLab Dark", marks=pytest.mark.nightly),
        pytest.param(375, "JupyterLab Light", marks=pytest.mark.nightly),
    ],
)
def test_two_voices_are_told_apart_and_nothing_is_cut_off(
    report_lab: Lab, browser: Browser, files: Path, theme: str, width: int
) -> None:
    home = report_lab.place / "home"
    home.mkdir()
    kept = {"sentences": dict(TEXTS)}
    (home / "report.json").write_text(json.dumps(kept), encoding="utf-8")
    name = copy_with_cell(report_lab, "03")
    notebook = Notebook(report_lab, browser, name, width=width, height=900)
    notebook.theme(theme)
    notebook.start()
    found: list[str] = notebook.page.evaluate(
        """() => [...document.querySelectorAll('.jp-OutputArea li[data-locator]')]
            .flatMap((row) => {
            if (!row.getClientRects().length) return [];
            const ours = row.querySelector(':scope > span:not(.mali-status-mark)');
            const theirs = row.querySelector(':scope > .mali-original');
            const [one, other] = [ours, theirs].map((e) => e.getBoundingClientRect());
            const [a, b] = [ours, theirs].map((e) => getComputedStyle(e));
            return [
                other.top >= one.bottom - 1 ? '' : 'not below',
                Math.abs(other.left - one.left) < 1 ? '' : 'not under each other',
                a.fontFamily !== b.fontFamily ? '' : 'the same typeface',
                parseFloat(b.borderLeftWidth) >= 2 ? '' : 'no rule',
                theirs.scrollWidth <= theirs.clientWidth + 1 ? '' : 'cut off',
            ].filter(Boolean).map((fault) => `${row.dataset.locator}: ${fault}`);
        })"""
    )
    assert found == []
    labels = notebook.page.evaluate(
        """() => [...document.querySelectorAll('.jp-OutputArea .mali-digest')]
            .filter((list) => list.getClientRects().length)
            .map((list) => [...list.querySelectorAll('.mali-original-said')]
                .filter((one) => getComputedStyle(one).clipPath === 'none').length)"""
    )
    assert set(labels) == {1}  # once a list for the eye
    assert violations(notebook.page, rules=["color-contrast"]) == []
    notebook.theme("JupyterLab Light")
    notebook.page.close()
