"""The controls of every kind of question: size, names, keys, colours, at the width of a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe import violations
from forms_page import form_of, forms_page, values_in
from lab import row_names
from playwright.sync_api import Browser, Page, expect
from wrong_responses import mistakes

import mali_course as mali
from mali_course.forms.live import LiveForm
from mali_course.forms.responses import values_of
from mali_course.questions import bank
from mali_course.questions.item import Item

FIRST: dict[str, Item] = {}
for one in bank.items():
    if one.has_form:
        FIRST.setdefault(one.kind, one)
ORDER, MATCH = FIRST["order"], FIRST["match"]
# The hardest of each kind for a narrow page: that with the longest controls.
LONGEST = [
    max((one for one in bank.items() if one.kind == kind), key=lambda one: len(str(one.as_shape())))
    for kind in FIRST
]

Opener = Callable[..., Page]


@pytest.fixture
def shown(browser: Browser) -> Iterator[Opener]:
    """Shows forms in a page, and closes it afterwards."""
    opened: list[Page] = []

    def show(*forms: tuple[LiveForm, dict[str, list[str]] | None], **options: Any) -> Page:
        opened.append(forms_page(browser, forms, **options))
        return opened[-1]

    yield show
    for page in opened:
        page.close()


def fresh(item: Item) -> tuple[LiveForm, None]:
    form = mali.ask(item.id)
    assert isinstance(form, LiveForm)
    return form, None


def judged(item: Item) -> tuple[LiveForm, dict[str, list[str]]]:
    """A form with a wrong answer and what is said of it; a written one with its rubric."""
    form = fresh(item)[0]
    given = mistakes(item)[0].response if mistakes(item) else item.key_response()
    values = values_of(item, given)
    form.send_values(values, action="check")
    return form, values


def _box(kind: str) -> str:
    """What is hit: the whole row of an option, or the control itself."""
    return f"""() => [...document.querySelectorAll('form :is({kind})')]
        .filter((e) => e.offsetParent && getComputedStyle(e).clipPath === 'none')
        .map((e) => getComputedStyle(e.parentElement).display === 'contents' ? e
            : e.closest('label') ?? e)
        .map((e) => [e.getBoundingClientRect(), e.outerHTML.slice(0, 120)])
        .filter(([box]) => box.width < 43.5 || box.height < 43.5)
        .map(([box, html]) => `${{box.width}} x ${{box.height}} ${{html}}`)"""


def test_what_is_hit_is_large_enough_for_a_finger(shown: Opener) -> None:
    page = shown(*(judged(item) for item in FIRST.values()))
    kinds = "input:not([type=hidden]), select, textarea, button:not(.mali-term), summary"
    assert page.locator("form button").count() > 10
    assert page.evaluate(_box(kinds)) == []
    page.add_style_tag(content=".mali-form button { min-height: 2.5rem; }")  # the check can fail
    assert page.evaluate(_box(kinds)) != []


@pytest.mark.parametrize("colours", ["light", "dark", "forced"])
def test_controls_and_marks_are_accessible(shown: Opener, colours: str) -> None:
    options: dict[str, Any] = {"color_scheme": "dark" if colours == "dark" else "light"}
    if colours == "forced":
        options = {"forced_colors": "active"}
    page = shown(*map(fresh, LONGEST), *map(judged, FIRST.values()), **options)
    assert violations(page, ["main"]) == []


def test_no_page_is_wider_than_a_narrow_screen_also_with_spaced_text(shown: Opener) -> None:
    page = shown(*map(fresh, LONGEST), *map(judged, LONGEST), width=320)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important;"
        " word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    cut = page.evaluate(
        """() => [...document.querySelectorAll('form :is(label, button, legend, li, p)')]
            .filter((e) => getComputedStyle(e).clipPath === 'none'
                && !e.closest('.mali-hidden, .mali-letter')
                && e.scrollWidth > e.clientWidth + 1
                && getComputedStyle(e).overflow !== 'visible')
            .map((e) => e.outerHTML.slice(0, 120))"""
    )
    assert cut == []


def test_a_line_has_at_most_75_letters(shown: Opener) -> None:
    page = shown(*map(fresh, LONGEST), *map(judged, LONGEST), width=1366)
    lines: list[str] = page.evaluate(
        """() => { const NOT_SEEN = '.mali-hidden, .mali-letter, .mali-status-mark, strong';
            return [...document.querySelectorAll('form :is(p, legend, label > span, li)')]
            .filter((e) => e.offsetParent && !e.closest('.mali-hidden'))
            .flatMap((e) => {
                const lines = new Map();
                const walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
                while (walk.nextNode()) {
                    const text = walk.currentNode;
                    if (text.parentElement.closest(NOT_SEEN)) continue;
                    for (let i = 0; i < text.length; i++) {
                        const range = document.createRange();
                        range.setStart(text, i); range.setEnd(text, i + 1);
                        const top = Math.round(range.getBoundingClientRect().top / 8);
                        lines.set(top, (lines.get(top) ?? '') + text.data[i]);
                    }
                }
                return [...lines.values()].map((line) => line.trim());
            }); }"""
    )
    long = [line for line in lines if len(line) > 75]
    assert max(map(len, lines)) > 55
    assert long == [], "\n".join(long)


def test_each_button_and_fold_has_a_name_of_its_own(shown: Opener) -> None:
    page = shown(*(judged(item) for item in FIRST.values()))
    names: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('form :is(button, summary):not(.mali-term)')]
            .map((e) => (e.ariaLabel ?? e.textContent).replace(/\\s+/g, ' ').trim())"""
    )
    assert len(names) > 15
    assert sorted(set(names)) == sorted(names)
    assert f"Check my answer of question {FIRST['choice'].id}" in names


# --- An order -------------------------------------------------------------------------------------


def _said(page: Page) -> str:
    return page.locator(".mali-moving + [aria-live=polite]").inner_text()


def _focused(page: Page) -> str:
    name: str = page.evaluate("() => document.activeElement.ariaLabel")
    return name


def test_rows_are_moved_by_a_finger(shown: Opener) -> None:
    page = shown(fresh(ORDER), has_touch=True)
    form = form_of(page, ORDER.id)
    first, second, third = (part.text for part in ORDER.as_shape().parts)  # type: ignore[union-attr]
    assert values_in(form) == {"1": [""], "2": [""], "3": [""]}
    form.get_by_role("button", name=f"Move down: {first}").tap()
    assert row_names(form) == ["2", "1", "3"]
    assert values_in(form) == {"1": ["2"], "2": ["1"], "3": ["3"]}
    assert _said(page) == f"“{first}”: place 2 of 3"
    form.get_by_role("button", name=f"Move up: {third}").tap()
    assert row_names(form) == ["2", "3", "1"]
    # A row that stands at an end stays there.
    form.get_by_role("button", name=f"Move up: {second}").tap(force=True)
    assert row_names(form) == ["2", "3", "1"]
    # What was chosen is kept, as with any other control.
    drafts: list[dict[str, list[str]]] = page.evaluate(
        "() => models[0].sent.map((one) => one.draft)"
    )
    assert drafts[-1] == {"2": ["1"], "3": ["2"], "1": ["3"]}


def test_a_text_is_kept_though_nobody_leaves_its_field(shown: Opener) -> None:
    page = shown(fresh(FIRST["open"]))
    field = page.locator("textarea").first
    field.press_sequentially("My own words")
    page.wait_for_function("() => models[0].sent.at(-1)?.draft.text?.[0] === 'My own words'")
    assert field.evaluate("e => e === document.activeElement")


def test_rows_are_moved_by_keys_and_the_focus_stays(shown: Opener) -> None:
    page = shown(fresh(ORDER))
    form = form_of(page, ORDER.id)
    first = ORDER.as_shape().parts[0].text  # type: ignore[union-attr]
    form.get_by_role("button", name=f"Move up: {first}").focus()
    for key, place in (("ArrowUp", 1), ("ArrowDown", 2), ("End", 3), ("Home", 1), ("ArrowDown", 2)):
        page.keyboard.press(key)
        assert row_names(form).index("1") == place - 1, key
        assert _focused(page) == f"Move up: {first}"
    assert _said(page) == f"“{first}”: place 2 of 3"
    page.keyboard.press("Space")
    assert row_names(form)[0] == "1"
    # At the end of its way the button is still there, and says that it leads nowhere.
    assert _focused(page) == f"Move up: {first}"
    expect(form.get_by_role("button", name=f"Move up: {first}")).to_have_attribute(
        "aria-disabled", "true"
    )


def test_beside_a_side_bar_of_jupyterlab_the_arrows_go_below(shown: Opener) -> None:
    for width, below in ((375, False), (270, True)):
        page = shown(fresh(ORDER), width=width)
        text, arrows = (
            page.locator(f".mali-moving > li .{name}").first.bounding_box()
            for name in ("mali-moved", "mali-moves")
        )
        assert text
        assert arrows
        assert (arrows["y"] >= text["y"] + text["height"]) is below
        assert text["width"] > 150


def test_an_order_comes_back_and_marks_leave_the_rows_that_change(shown: Opener) -> None:
    form, values = judged(ORDER)
    page = shown((form, values))
    shown_form = form_of(page, ORDER.id)
    assert row_names(shown_form) == sorted(values, key=lambda name: values[name][0])
    marks = shown_form.locator(".mali-mark:not(:empty)")
    expect(marks).to_have_count(3)
    described = shown_form.locator(".mali-moving button[aria-describedby]")
    expect(described).to_have_count(6)
    shown_form.locator("[data-move='1']").first.click()
    expect(marks).to_have_count(1)
    expect(described).to_have_count(2)


# --- Pairs ----------------------------------------------------------------------------------------


def test_the_partner_that_is_chosen_is_seen_in_full(shown: Opener) -> None:
    """Every text of the bank, and none before a choice."""
    items = [item for item in bank.items() if item.kind == "match"]
    page = shown(*map(fresh, items))
    for item in items:
        form, texts = form_of(page, item.id), item.as_shape().answers  # type: ignore[union-attr]
        listed = form.locator(".mali-partners li").all_inner_texts()
        assert [text[3:] for text in listed] == [answer.text.replace("`", "") for answer in texts]
        part = form.locator(".mali-part").first
        spans = part.locator(".mali-letter > span")
        assert not any(span.evaluate("e => e.offsetWidth > 1") for span in spans.all())
        for number, text in enumerate(listed):
            part.locator("input").nth(number).check()
            seen = [span for span in spans.all() if span.evaluate("e => e.offsetWidth > 1")]
            assert [span.inner_text() for span in seen] == [text]
            box = seen[0].bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 375


def test_pairs_are_found_by_keys_and_each_letter_is_heard_with_its_text(shown: Opener) -> None:
    page = shown(fresh(MATCH))
    form, shape = form_of(page, MATCH.id), MATCH.as_shape()
    for answer in shape.answers:  # type: ignore[union-attr]
        name = f"{answer.value.upper()}) {answer.text}"
        count = len(shape.parts)  # type: ignore[union-attr]
        assert form.get_by_role("radio", name=name, exact=True).count() == count
    form.locator("input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert values_in(form) == {"1": ["b"], "2": ["a"]}
