"""What a page needs to show forms: one script and one style, joined from small files.

Every page of the course uses the very same ones: notebooks, and pages on their own.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["look_style", "page_script", "page_style"]

_HERE = Path(__file__).parent
# live.js, which calls the others, comes last.
_SCRIPTS = (
    "moving.js", "stepping.js", "terms.js", "going.js", "originals.js", "claims.js", "live.js",
)
# look.css, whose names the others use, comes first.
_STYLES = ("look.css", "reading.css", "form.css", "explorer.css", "strip.css")


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in names)


def page_script() -> str:
    """Return the script, an ES module whose default anywidget calls: ``initialize``, ``render``.

    Examples
    --------
    >>> page_script().rstrip().endswith("export default { initialize, render };")
    True
    """
    return _joined(_SCRIPTS)


def look_style() -> str:
    """Return the look of the course alone: names for its colours, sizes and spacing.

    Examples
    --------
    >>> "--mali-ink" in look_style()
    True
    """
    return _joined(_STYLES[:1])


def page_style() -> str:
    """Return the style: the look of the course, then that of texts and forms.

    Examples
    --------
    >>> ".mali-form" in page_style()
    True
    """
    return _joined(_STYLES)
