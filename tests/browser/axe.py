"""axe-core over the parts of a page that are ours."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
OURS = [".jp-OutputArea-output", ".jp-MarkdownOutput"]

# JupyterLab's body is 0 px high and hides what overflows. axe then takes all of it for invisible
# and skips contrast and target size without a word; so it gets the height of its content meanwhile.
_TALL = """() => {
  const panel = document.querySelector('.jp-WindowedPanel-outer') ?? document.body;
  const height = `${Math.max(panel.scrollHeight, 1000) + 4000}px`;
  for (const node of [document.documentElement, document.body]) {
    node.style.setProperty('height', height, 'important');
    node.style.setProperty('overflow', 'visible', 'important');
  }
}"""
_BACK = """() => {
  for (const node of [document.documentElement, document.body]) {
    node.style.removeProperty('height');
    node.style.removeProperty('overflow');
  }
}"""


def violations(page: Page, include: list[str] | None = None) -> list[str]:
    """Return what axe finds in parts of a page: a line an element, with rule and reason."""
    if not page.evaluate("() => Boolean(window.axe)"):
        source = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
        page.evaluate(f"() => {{ {source} }}")
    page.evaluate(_TALL)
    found: dict[str, Any] = page.evaluate(
        """async ([include, tags]) => {
            const present = include.filter((s) => document.querySelector(s));
            const result = await window.axe.run({include: present.map((s) => [s])},
                {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
            return result.violations.map((v) => v.nodes.map((n) =>
                `${v.id}: ${n.target.join(' ')} ${n.html.slice(0, 160)} ${n.failureSummary}`));
        }""",
        [include or OURS, TAGS],
    )
    page.evaluate(_BACK)
    return [line for group in found for line in group]
