"""The button "Go on" leads to whatever is read next, and never flies over it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe import violations
from forms_page import form_of, forms_page
from lab import Lab, Notebook, fresh_notebook
from playwright.sync_api import Browser, Locator, Page, expect
from wrong_responses import mistakes

import mali_course as mali
from mali_course.core.lessons import lesson
from mali_course.core.messages import say
from mali_course.forms.live import LiveForm
from mali_course.forms.responses import values_of
from mali_course.questions import bank
from mali_course.questions.item import Item

FIRST, SECOND = [item for item in bank.items() if item.kind == "choice"][:2]
NUMBER = next(item for item in bank.items() if item.kind == "number")

# What stands between two questions: only the last of these is to be read.
_BETWEEN = """(html) => {
    const between = document.createElement("div");
    between.id = "between";
    between.innerHTML = `
        <nav><p>A bar</p></nav><div role="toolbar"><p>Tools</p></div>
        <p hidden>Hidden</p><p class="mali-hidden">Only heard</p><p> </p>
        <div class="cm-editor"><p>Code</p></div><div style="visibility: hidden"><p>Unseen</p></div>
        ${html}`;
    const place = document.querySelectorAll("form.mali-form")[0].parentElement;
    place.after(between);
}"""


def answered(item: Item, response: object = None) -> LiveForm:
    """Return a form whose question was answered right before, or as given."""
    form = mali.ask(item.id)
    assert isinstance(form, LiveForm)
    given = item.key_response() if response is None else response
    form.send_values(values_of(item, given), "check")
    return form


def way_on(form: Locator) -> Locator:
    return form.get_by_role("button", name=f"Go on after question {FIRST.id}", exact=True)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    second = mali.ask(SECOND.id)
    assert isinstance(second, LiveForm)
    opened = forms_page(browser, [(answered(FIRST), None), (second, None)])
    # So long that what comes next can stand at the top.
    opened.add_style_tag(content="main { padding-bottom: 1500px; }")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "html",
    [
        "<h2 data-next>Part</h2><p>Text</p>",
        "<p data-next>Text</p>",
        "<ul data-next><li>One</li></ul>",
        "<table data-next><tr><td>1</td></tr></table>",
        "<figure data-next><img alt='A map'></figure>",
        "<div class='mali-form'><h3 class='mali-title' data-next>Map</h3></div>",
        "<details data-next><summary>Open</summary><p>Closed away</p></details>",
    ],
    ids=["heading", "paragraph", "list", "table", "figure", "form", "fold"],
)
def test_it_leads_to_what_is_read_next(page: Page, html: str) -> None:
    page.evaluate(_BETWEEN, html)
    way_on(form_of(page, FIRST.id)).press("Enter")
    target = page.locator("[data-next]")
    expect(target).to_be_focused()
    assert abs(target.evaluate("one => one.getBoundingClientRect().top")) < 40


def test_it_leads_to_the_heading_of_a_question_that_is_next(page: Page) -> None:
    way_on(form_of(page, FIRST.id)).press("Enter")
    expect(form_of(page, SECOND.id).locator(".mali-title")).to_be_focused()


def test_where_nothing_follows_it_says_so(browser: Browser) -> None:
    page = forms_page(browser, [(answered(FIRST), None)])
    way_on(form_of(page, FIRST.id)).press("Enter")
    expect(page.locator(".mali-not-here")).to_have_text(say("interface.page.no_more"))
    page.close()


def is_filled(button: Locator) -> bool:
    return bool(button.evaluate(
        """(one) => { const look = getComputedStyle(one), probe = document.createElement("i");
            probe.style.color = "var(--mali-accent)"; one.closest("form").append(probe);
            const accent = getComputedStyle(probe).color; probe.remove();
            return look.backgroundColor === accent; }"""
    ))


@pytest.mark.parametrize("way", ["right", "told", "wrong"])
def test_it_is_the_button_that_leads_once_the_question_is_behind(
    browser: Browser, way: str
) -> None:
    given = FIRST.key_response() if way == "right" else mistakes(FIRST)[0].response
    form = answered(FIRST, given)
    if way == "told":
        form.send_values(values_of(FIRST, given), "answer")
    page = forms_page(browser, [(form, form.reply["values"])], reduced_motion="reduce")
    shown = form_of(page, FIRST.id)
    check = shown.locator("button[value=check]")
    assert (is_filled(way_on(shown)), is_filled(check)) == ((way != "wrong"), (way == "wrong"))
    # Who chooses anew is about to check that.
    other = FIRST.key_response() if way == "told" else mistakes(FIRST)[1].response
    shown.locator(f"input[value='{other}']").check()
    assert (is_filled(way_on(shown)), is_filled(check)) == (False, True)
    assert violations(page, ["form"]) == []
    page.close()


def test_a_guess_that_was_kept_leads_on(browser: Browser) -> None:
    form = mali.guess(NUMBER.id)
    assert isinstance(form, LiveForm)
    assert "data-go" not in form.reply["view"]
    form.send_values({"answer": ["12"]}, "keep")
    again = mali.guess(NUMBER.id)
    assert isinstance(again, LiveForm)
    for one in (form, again):
        page = forms_page(browser, [(one, one.reply["values"])], reduced_motion="reduce")
        shown = form_of(page, NUMBER.id)
        assert is_filled(shown.get_by_role("button", name="Go on"))
        assert not is_filled(shown.locator("button[value=keep]"))
        page.close()


@pytest.fixture
def mission(lab: Lab, browser: Browser) -> Iterator[Notebook]:
    with fresh_notebook(lab, browser, lesson("05").notebook) as opened:
        yield opened


def test_in_jupyterlab_it_leads_to_the_text_that_the_next_question_needs(
    mission: Notebook,
) -> None:
    """Between 05-18 and 05-17 stand the principles of peacekeeping, which 05-17 asks for."""
    item = bank.find("05-18")
    form = mission.form(item)
    mission.fill(form, item, item.key_response())
    mission.send(form)
    form.get_by_role("button", name="Go on").press("Enter")
    place = mission.page.evaluate(
        """() => {
            const one = document.activeElement, after = (other) =>
                Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
            const question = (id) => document.querySelector(`.mali-form [data-item="${id}"]`);
            return [one.localName, one.closest(".jp-MarkdownCell") !== null,
                !after(question("05-18")), after(question("05-17"))];
        }"""
    )
    assert place[0] in ("h2", "h3", "p")
    assert place[1:] == [True, True, True]
    # Keys pressed there are nothing to JupyterLab.
    count = len(mission.cell_ids())
    mission.page.keyboard.press("d")
    mission.page.keyboard.press("d")
    assert len(mission.cell_ids()) == count
