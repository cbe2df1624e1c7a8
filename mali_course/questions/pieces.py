"""Pieces of which the controls of questions are made, on a page and on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Literal

from mali_course.core.html import inline_html

__all__ = [
    "ControlName",
    "Variant",
    "blank_html",
    "mark_slot",
    "paper_list",
    "text_field",
    "write_line",
]

ControlName = Callable[[str], str]
"""Makes the name of a control one of its own on the page."""

Variant = Literal["live", "page"]
"""Where a question stands: in a live form, or on a page of its own."""


def mark_slot(part: str) -> str:
    """Return the empty place beside a control where its mark comes to stand.

    Parameters
    ----------
    part : str
        Which mark: see `mali_course.questions.outcome.Mark`.

    Examples
    --------
    >>> mark_slot("a")
    '<div class="mali-mark" data-mark="a"></div>'
    """
    return f'<div class="mali-mark" data-mark="{part}"></div>'


def text_field(label: str, name: str) -> str:
    """Return a box for a short text, and the place of its mark."""
    # A plain text box: "number" boxes refuse "201,000" and lose what was typed.
    return (
        f'<label class="mali-field"><span>{escape(label)}</span> '
        f'<input type="text" name="{name}" inputmode="text" '
        f'autocomplete="off" spellcheck="false"></label>{mark_slot("")}'
    )


def paper_list(rows: Iterable[str]) -> str:
    """Return rows of HTML as a list on paper."""
    listed = "".join(f"<li>{row}</li>" for row in rows)
    return f'<ul class="mali-paper-list">{listed}</ul>'


def blank_html(size: str = "") -> str:
    """Return a line to write on: "short", "wide", or between the two."""
    return f'<span class="{f"mali-blank {size}".strip()}"></span>'


def write_line(label: str, size: str = "", after: str = "") -> str:
    """Return a paragraph with a line to write on between its label and its unit."""
    unit = f" {inline_html(after)}" if after else ""
    return f'<p class="mali-write">{inline_html(label)} {blank_html(size)}{unit}</p>'
