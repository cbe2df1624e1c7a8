"""axe-core over the parts of a page that are ours."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
OURS = [".jp-OutputArea-output", ".jp-MarkdownOutput"]

# Nothing but the colours depends on the theme, so every run asks of the dark one only for them.
CONTRAST = ["color-contrast"]


def themes(light: str, dark: str) -> pytest.MarkDecorator:
    """Return the runs of a test in both themes, with the rules that axe is asked for.

    None stands for all rules. Those of the dark theme are all asked for at night.
    """
    return pytest.mark.parametrize(
        ("theme", "rules"),
        [
            pytest.param(light, None, id="light"),
            pytest.param(dark, CONTRAST, id="dark-contrast"),
            pytest.param(dark, None, id="dark", marks=pytest.mark.nightly),
        ],
    )


# JupyterLab's body is 0 px high, its panels hide what overflows them, and cells far off screen are
# not laid out. axe then takes nearly all of a notebook for invisible and skips contrast and target
# size without a word. This style lets the notebook spill over the page while axe looks.
_SPILL = """
html, body { height: 100000px !important; overflow: visible !important; }
html, body { background: var(--jp-layout-color0, var(--mali-paper)) !important; }
.lm-Widget, .jp-LabShell, .jp-WindowedPanel-outer, .jp-Cell, .jp-OutputArea-child {
  overflow: visible !important; contain: none !important; content-visibility: visible !important;
}
"""


def only(rules: list[str] | None, tags: list[str] = TAGS) -> dict[str, Any]:
    """Return what axe is told to run."""
    return {"type": "rule", "values": rules} if rules else {"type": "tag", "values": tags}


def violations(
    page: Page, include: list[str] | None = None, rules: list[str] | None = None
) -> list[str]:
    """Return what axe finds in parts of a page: a line an element, with rule and reason.

    Without `rules`, by all rules of WCAG 2.2 A and AA.
    """
    if not page.evaluate("() => Boolean(window.axe)"):
        source = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
        page.evaluate(f"() => {{ {source} }}")
    spill = page.add_style_tag(content=_SPILL)
    found: dict[str, Any] = page.evaluate(
        """async ([include, runOnly]) => {
            const present = include.filter((s) => document.querySelector(s));
            const result = await window.axe.run({include: present.map((s) => [s])},
                {runOnly, resultTypes: ['violations']});
            return result.violations.map((v) => v.nodes.map((n) =>
                `${v.id}: ${n.target.join(' ')} ${n.html.slice(0, 160)} ${n.failureSummary}`));
        }""",
        [include or OURS, only(rules)],
    )
    spill.evaluate("style => style.remove()")
    return [line for group in found for line in group]
