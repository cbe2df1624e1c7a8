"""Pieces of which the controls of questions are made, on a page and on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Literal

from mali_course.core.html import inline_html
from mali_course.core.messages import say

__all__ = [
    "ControlName",
    "Variant",
    "blank_html",
    "letter_box",
    "mark_slot",
    "moving_list",
    "numbered_part",
    "original_slot",
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


def original_slot(locator: str) -> str:
    """Return the empty place below an option where the report's own sentence comes to stand.

    Words that say how sure it is are not marked there: the question is still to be answered.

    Examples
    --------
    >>> original_slot("3.1.1")
    '<div class="mali-option-original" data-locator="3.1.1" data-plain></div>'
    """
    return f'<div class="mali-option-original" data-locator="{locator}" data-plain></div>'


def text_field(label: str, name: str) -> str:
    """Return a box for a short text, and the place of its mark."""
    # A plain text box: "number" boxes refuse "201,000" and lose what was typed.
    return (
        f'<label class="mali-field"><span>{escape(label)}</span> '
        f'<input type="text" name="{name}" inputmode="text" '
        f'autocomplete="off" spellcheck="false"></label>{mark_slot("")}'
    )


def numbered_part(number: int, text: str, controls: str) -> str:
    """Return a statement or a left side as a group, with its controls and the place of its mark."""
    return (
        f'<fieldset class="mali-part"><legend>{number}) {inline_html(text)}</legend>'
        f"{controls}{mark_slot(str(number))}</fieldset>"
    )


def letter_box(name: str, value: str, text: str) -> str:
    """Return a radio button that shows its letter; its text is named always, and seen once chosen.

    Examples
    --------
    >>> 'data-letter="B"' in letter_box("1", "b", "B) Bamako")
    True
    """
    return (
        f'<label class="mali-letter"><input type="radio" name="{name}" value="{value}" '
        f'data-letter="{value.upper()}"><span>{inline_html(text)}</span></label>'
    )


def moving_list(name: ControlName, texts: Sequence[str]) -> str:
    """Return texts as rows that are moved up and down, each with its place in a hidden field.

    As long as nothing has been moved, no text has a place: the order shown first is no answer.

    Parameters
    ----------
    name : callable
        Makes the name of the field of a text from its number.
    texts : sequence of str
        In the order in which they are shown first.

    Examples
    --------
    >>> moving_list(str, ["first", "second"]).count('type="hidden"')
    2
    """
    rows = ""
    for number, text in enumerate(texts, start=1):
        ways = "".join(
            f'<button type="button" data-move="{by}" '
            f'aria-label="{escape(say(f"interface.question.move_{way}", text=text))}">'
            f'<span aria-hidden="true">{sign}</span></button>'
            for way, by, sign in (("up", -1, "▲"), ("down", 1, "▼"))
        )
        rows += (
            f'<li><input type="hidden" name="{name(str(number))}" value="">'
            f'<span class="mali-moved">{inline_html(text)}</span>'
            f'<span class="mali-moves">{ways}</span>{mark_slot(str(number))}</li>'
        )
    fields = {field: f"{{{field}}}" for field in ("text", "place", "count")}  # the page fills them
    said = escape(say("interface.question.moved", **fields))
    return (
        f'<ol class="mali-moving" role="list" data-said="{said}">{rows}</ol>'
        '<p class="mali-hidden" aria-live="polite"></p>'
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
