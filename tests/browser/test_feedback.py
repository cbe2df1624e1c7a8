"""Feedback stands beside the answer that it judges, in every view, and is heard in order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe import violations
from forms_page import forms_page, values_in
from playwright.sync_api import Browser, Locator, Page, expect
from wrong_responses import mistakes

import mali_course as mali
from mali_course.core.html import text_of
from mali_course.forms.live import LiveForm
from mali_course.forms.responses import values_of
from mali_course.questions import bank
from mali_course.questions.item import Item

FIRST: dict[str, Item] = {}
for one in bank.items():
    if one.has_form:
        FIRST.setdefault(one.kind, one)
JUDGED = [item for kind, item in FIRST.items() if kind != "open"]
EACH = pytest.mark.parametrize("item", JUDGED, ids=lambda item: item.kind)

_TELL = """([which, state]) => {
    for (const model of which.map((i) => window.models[i])) {
        Object.assign(model.state, state);
        model.heard["change:reply"](model);
    }
}"""


class Desk:
    """A page with views of one form, and Python behind it."""

    def __init__(self, browser: Browser, form: LiveForm, views: int = 1) -> None:
        self.form, self.count = form, views
        self.page: Page = forms_page(browser, [(form, None)] * views)

    def view(self, number: int = 0) -> Locator:
        return self.page.locator("form.mali-form").nth(number)

    def sent(self, number: int = 0) -> list[Any]:
        """Return what a view has sent, without drafts."""
        found: list[Any] = self.page.evaluate(
            """(i) => [...new Map(window.models[i].sent.map((one) => one.submission)
                .filter((one) => one.n).map((one) => [one.n, one])).values()]""",
            number,
        )
        return found

    def answer(self, number: int = 0) -> None:
        """Let Python answer what a view sent last, and tell every view."""
        self.form.submission = self.sent(number)[-1]
        self.tell()

    def tell(self) -> None:
        names = ("body", "draft", "reply", "saved")
        state = {name: getattr(self.form, name) for name in names}
        state = json.loads(json.dumps(state))
        self.page.evaluate(_TELL, [list(range(self.count)), state])
        self.page.wait_for_function(
            "(n) => [...document.forms].every((form) => Number(form.dataset.replies) === n)",
            arg=self.form.reply["n"],
        )

    def check(self, number: int = 0) -> None:
        self.view(number).locator("button[value=check]").click()
        self.page.wait_for_function("(i) => window.models[i].sent.some((one) => one.submission.n)",
                                    arg=number)
        self.answer(number)

    def status(self, number: int = 0) -> Locator:
        return self.view(number).locator("[role=status]")


Opener = Callable[..., Desk]


@pytest.fixture
def desk(browser: Browser) -> Iterator[Opener]:
    opened: list[Desk] = []

    def open_one(item: Item, views: int = 1, response: Any = None) -> Desk:
        form = mali.ask(item.id)
        assert isinstance(form, LiveForm)
        if response is not None:
            form.draft = values_of(item, response)
        opened.append(Desk(browser, form, views))
        return opened[-1]

    yield open_one
    for one in opened:
        one.page.close()


def plain(text: str) -> str:
    return " ".join(text_of(text).replace("`", "").split())


def seen(place: Locator) -> str:
    """Return the text that an eye sees: what only a screen reader has is left out."""
    text: str = place.evaluate(
        """(node) => { const copy = node.cloneNode(true);
            copy.querySelectorAll(".mali-hidden").forEach((one) => one.remove());
            return copy.textContent; }"""
    )
    return " ".join(text.split())


@EACH
def test_the_reason_stands_beside_the_answer_and_is_heard_in_one_group(
    desk: Opener, item: Item
) -> None:
    mistake = mistakes(item)[0]
    at = desk(item, response=mistake.response)
    at.check()
    form, reason = at.view(), plain(mistake.feedback)
    marks = form.locator(".mali-mark:not(:empty)")
    beside = " ".join(map(plain, (one.inner_html() for one in marks.all())))
    assert reason in beside
    # One group in the live region: verdict, reason, where to look.
    groups = at.status().locator("> *")
    expect(groups).to_have_count(1)
    expect(groups).to_have_attribute("role", "group")
    heard = " ".join((groups.text_content() or "").split())
    assert heard.startswith(("✗ Not yet.", "◐ Partly right."))
    assert heard.index("Not yet" if "✗ N" in heard else "Partly") < heard.index(
        reason) < heard.index(plain(item.where))
    assert reason not in seen(groups)
    # A screen reader is given one text, once: with Chromium it speaks blocks in any order.
    expect(at.status()).to_have_attribute("aria-live", "off")
    told = form.locator(".mali-heard[aria-live=polite]")
    assert told.evaluate("one => one.children.length") == 0
    words = " ".join((told.text_content() or "").split())
    assert words.startswith(("Not yet.", "Partly right."))
    assert words.count(reason) == 1
    assert words.index(reason) < words.index(plain(item.where))
    # Whoever comes back to the control hears the reason there.
    for one in marks.all():
        name = one.get_attribute("id")
        assert form.locator(f"[aria-describedby='{name}']").count() >= 1
    assert violations(at.page, ["form"]) == []


def test_a_mark_beside_the_field_with_the_focus_waits_until_the_focus_goes(desk: Opener) -> None:
    """A new description is spoken where the focus is, and the reply would be heard twice."""
    item = FIRST["number"]
    at = desk(item, response=mistakes(item)[0].response)
    field = at.view().locator("input[type=text]")
    field.press("Enter")
    at.page.wait_for_function("() => window.models[0].sent.some((one) => one.submission.n)")
    at.answer()
    expect(field).to_be_focused()
    assert field.get_attribute("aria-describedby") is None
    field.press("Tab")
    assert field.get_attribute("aria-describedby")


@EACH
def test_what_is_changed_loses_its_mark_until_it_is_changed_back(desk: Opener, item: Item) -> None:
    mistake = mistakes(item)[0]
    at = desk(item, response=mistake.response)
    at.check()
    form = at.view()
    before = form.locator(".mali-mark:not(:empty)").count()
    assert before
    judged = values_in(form)
    other = item.key_response()
    _fill(form, values_of(item, other))
    changed = form.locator(".mali-mark:not(:empty)").count()
    assert changed < before
    expect(form.locator(".mali-earlier")).to_be_visible()
    # The reason is not lost: who changes the answer can still read it below.
    assert plain(mistake.feedback) in seen(at.status())
    _fill(form, judged)
    expect(form.locator(".mali-mark:not(:empty)")).to_have_count(before)
    expect(form.locator(".mali-earlier")).to_be_hidden()
    assert plain(mistake.feedback) not in seen(at.status())


def _fill(form: Locator, values: dict[str, list[str]]) -> None:
    """Change the values as a learner's hand would, one control after the other."""
    form.evaluate(
        """(form, values) => {
            for (const one of form.querySelectorAll(".mali-body [name]")) {
                const given = values[one.name] ?? [];
                const box = one.type === "radio" || one.type === "checkbox";
                if (box) one.checked = given.includes(one.value);
                else one.value = given[0] ?? "";
            }
            for (const one of form.querySelectorAll(".mali-body [name]")) {
                one.dispatchEvent(new Event("input", { bubbles: true }));
            }
        }""",
        values,
    )


NUMBER = FIRST["number"]


def test_a_view_that_did_not_send_takes_over_what_was_judged(desk: Opener) -> None:
    """One notebook in two windows: 'Correct' never stands beside another answer."""
    at = desk(NUMBER, views=2)
    wrong, right = mistakes(NUMBER)[0].response, NUMBER.key_response()
    at.view(0).locator("[name=answer]").fill(wrong)
    at.check(0)
    for number in (0, 1):
        expect(at.view(number).locator("[name=answer]")).to_have_value(wrong)
        expect(at.status(number)).to_contain_text("Not yet.")
    at.view(1).locator("[name=answer]").fill(right)
    at.check(1)
    for number in (0, 1):
        expect(at.view(number).locator("[name=answer]")).to_have_value(right)
        expect(at.status(number)).to_contain_text("Correct.")
        expect(at.view(number).locator(".mali-earlier")).to_be_hidden()


@EACH
def test_each_kind_takes_over(desk: Opener, item: Item) -> None:
    at = desk(item, views=2)
    at.form.draft = values_of(item, mistakes(item)[0].response)
    at.form.send_values(values_of(item, mistakes(item)[0].response), "check")
    at.tell()
    at.form.send_values(values_of(item, item.key_response()), "check")
    at.tell()
    judged = {name: given for name, given in at.form.reply["values"].items() if given}
    for number in (0, 1):
        assert values_in(at.view(number)) == judged
        expect(at.status(number)).to_contain_text("Correct.")


def test_who_is_about_to_answer_keeps_that_and_hears_nothing_of_the_other(desk: Opener) -> None:
    at = desk(NUMBER, views=2)
    at.view(0).locator("[name=answer]").fill("12 and a half")
    at.view(1).locator("[name=answer]").fill(NUMBER.key_response())
    at.check(1)
    expect(at.view(0).locator("[name=answer]")).to_have_value("12 and a half")
    expect(at.status(0)).to_be_empty()
    assert at.view(0).locator(".mali-mark:not(:empty)").count() == 0
    # Its own answer is judged as ever.
    at.check(0)
    expect(at.status(0)).to_contain_text("Not answered yet")


def test_one_press_is_one_answer(desk: Opener) -> None:
    choice = FIRST["choice"]
    at = desk(choice, response=mistakes(choice)[0].response)
    at.view().locator("button[value=check]").dblclick()
    at.page.wait_for_timeout(100)
    assert len(at.sent()) == 1
    typed = desk(NUMBER)
    box = typed.view().locator("[name=answer]")
    box.fill("5")
    box.press("Enter")
    box.dispatch_event("keydown", {"key": "Enter", "repeat": True, "bubbles": True})
    typed.page.wait_for_timeout(100)
    assert [one["action"] for one in typed.sent()] == ["check"]


def test_a_question_met_again_shows_its_verdict_and_says_it_when_asked(desk: Opener) -> None:
    choice = FIRST["choice"]
    wrong = mistakes(choice)[0]
    form = mali.ask(choice.id)
    assert isinstance(form, LiveForm)
    form.send_values(values_of(choice, wrong.response), "check")
    at = desk(choice)
    expect(at.status()).to_be_empty()  # no news, so it is not spoken
    expect(at.view()).to_contain_text("You answered this before: not yet, one try.")
    assert plain(wrong.feedback) in plain(at.view().locator(".mali-mark:not(:empty)").inner_html())
    assert values_in(at.view()) == values_of(choice, wrong.response)


def test_a_form_that_was_closed_says_how_to_go_on(desk: Opener) -> None:
    at = desk(NUMBER)
    at.page.evaluate("window.models[0].heard['comm:close']()")
    expect(at.status()).to_contain_text("press the start button", ignore_case=True)
    at.view().locator("[name=answer]").fill("5")
    at.view().locator("button[value=check]").click()
    at.page.wait_for_timeout(100)
    assert at.sent() == []
    expect(at.status()).to_contain_text("no longer connected")
    expect(at.view().locator("[name=answer]")).to_have_value("5")


def test_a_computed_value_is_spoken_once_it_is_there(browser: Browser) -> None:
    at = Desk(browser, mali.check("00-08", 89000000))
    expect(at.status().locator("> [role=group]")).to_have_count(1)
    assert seen(at.status()).startswith("✗ Not yet.")
    at.page.close()
