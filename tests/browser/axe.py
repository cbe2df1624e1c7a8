"""axe-core over the parts of a page that are ours."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
OURS = [".jp-OutputArea-output", ".jp-MarkdownOutput"]

# JupyterLab's body is 0 px high, its panels hide what overflows them, and cells far off screen are
# not laid out. axe then takes nearly all of a notebook for invisible and skips contrast and target
# size without a word. This style lets the notebook spill over the page while axe looks.
_SPILL = """
html, body { height: 100000px !important; overflow: visible !important; }
html, body { background: var(--jp-layout-color0) !important; }
.lm-Widget, .jp-LabShell, .jp-WindowedPanel-outer, .jp-Cell, .jp-OutputArea-child {
  overflow: visible !important; contain: none !important; content-visibility: visible !important;
}
"""


def violations(page: Page, include: list[str] | None = None) -> list[str]:
    """Return what axe finds in parts of a page: a line an element, with rule and reason."""
    if not page.evaluate("() => Boolean(window.axe)"):
        source = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
        page.evaluate(f"() => {{ {source} }}")
    spill = page.add_style_tag(content=_SPILL)
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
    spill.evaluate("style => style.remove()")
    return [line for group in found for line in group]
