"""Live forms in a page without JupyterLab: the same script and style, and Python's own replies.

What a form looks like and does by itself is tried here in a second; what JupyterLab does to it, in
the tests that open notebooks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Browser, Locator, Page

from mali_course.forms.live import LiveForm
from mali_course.forms.page import page_script, page_style

# A model as anywidget gives it: values by name, and what is sent is kept.
_MODELS = """
class Model {
  constructor(state) { this.state = { submission: {}, ...state }; this.heard = {}; this.sent = []; }
  get(name) { return this.state[name]; }
  set(name, value) { this.state[name] = value; }
  save_changes() { this.sent.push(structuredClone(this.state)); }
  on(name, hear) { this.heard[name] = hear; }
  off() {}
}
window.models = [];
for (const state of window.states) {
  const place = document.createElement("div");
  document.querySelector("main").append(place);
  window.models.push(new Model(state));
  render({ model: window.models.at(-1), el: place });
}
"""


def _state(form: LiveForm, draft: dict[str, list[str]] | None) -> dict[str, Any]:
    names = ("body", "lang", "words", "on_change", "draft", "reply", "saved", "form_id")
    state = {name: getattr(form, name) for name in names if form.has_trait(name)}
    return state | ({"draft": draft} if draft else {})


def forms_page(
    browser: Browser,
    forms: Iterable[tuple[LiveForm, dict[str, list[str]] | None]],
    *,
    width: int = 375,
    **options: Any,
) -> Page:
    """Return a page that shows forms, each with values that it begins with, or its own."""
    page = browser.new_page(viewport={"width": width, "height": 900}, **options)
    script = page_script()
    states = json.dumps([_state(*one) for one in forms]).replace("</", "<\\/")
    page.set_content(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Forms</title>'
        '<meta name="viewport" content="width=device-width">'
        f"<style>{page_style()} body {{ margin: 8px; background: var(--mali-paper);"
        " color: var(--mali-ink); font-family: var(--mali-font); }</style></head>"
        '<body class="mali-page"><main><h1>Forms</h1><h2>Part</h2></main>'
        f"<script>window.states = {states};</script>"
        f'<script type="module">{script[: script.rindex("export default")]}{_MODELS}</script>'
        "</body></html>"
    )
    page.wait_for_function("() => window.models?.length === window.states.length")
    page.wait_for_function(
        "() => [...document.forms].every((form) => form.dataset.replies)"
    )
    return page


def form_of(page: Page, item_id: str) -> Locator:
    """Return the form of a question."""
    return page.locator(f"form:has([data-item='{item_id}'])")


def values_in(form: Locator) -> dict[str, list[str]]:
    """Return what a form would send."""
    values: dict[str, list[str]] = form.evaluate(
        """(form) => { const values = {};
            for (const [name, value] of new FormData(form)) (values[name] ??= []).push(value);
            return values; }"""
    )
    return values
