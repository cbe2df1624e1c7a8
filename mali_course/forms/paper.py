"""A question on paper: boxes to tick and lines to write on. No key is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from mali_course.core.html import paragraph, rich
from mali_course.core.messages import LANGUAGE, say
from mali_course.forms.render import meta
from mali_course.questions.kinds import (
    VERDICTS,
    Choice,
    Choices,
    Claim,
    Code,
    Item,
    Match,
    Number,
    Open,
    Order,
    Words,
)
from mali_course.questions.outcome import letter

__all__ = ["paper_html"]

# Handwriting takes more room than typing.
_MORE_LINES = 2


def _lines(count: int) -> str:
    return f'<div class="mali-lines-to-write">{"<div></div>" * count}</div>'


def _list(rows: Iterable[str]) -> str:
    listed = "".join(f"<li>{row}</li>" for row in rows)
    return f'<ul class="mali-paper-list">{listed}</ul>'


def _blank(label: str, size: str = "") -> str:
    """Return a short line to write on, after its label."""
    name = f"mali-blank {size}".strip()
    return f'{rich(label)} <span class="{name}"></span>'


def _options(item: Choice | Choices) -> str:
    shape = "round" if isinstance(item, Choice) else "square"
    return _list(
        f'<span class="mali-tick {shape}"></span> {letter(i)}) {rich(option.text)}'
        for i, option in enumerate(item.options)
    )


def _claim(item: Claim) -> str:
    heads = "".join(f'<th scope="col">{say(f"interface.verdict.{v}")}</th>' for v in VERDICTS)
    box = '<td><span class="mali-tick round"></span></td>'
    rows = "".join(
        f'<tr><th scope="row">{n}) {rich(one.text)}</th>{box * len(VERDICTS)}</tr>'
        for n, one in enumerate(item.statements, start=1)
    )
    first = f'<th scope="col">{escape(say("static.paper.statement"))}</th>'
    return (
        f'<table class="mali-claims"><thead><tr>{first}{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _number(item: Number) -> str:
    label = say("static.paper.number")
    return f'<p class="mali-write">{_blank(label)} {rich(item.unit)}</p>'


def _words(item: Words) -> str:
    return f'<p class="mali-write">{_blank(say("static.paper.yours"), "wide")}</p>'


def _order(item: Order) -> str:
    return paragraph(say("static.paper.order", count=len(item.events))) + _list(
        f'<span class="mali-blank short"></span> {rich(event.text)}' for event in item.events
    )


def _match(item: Match) -> str:
    lefts = _list(
        f'<span class="mali-blank short"></span> {n}) {rich(pair.left)}'
        for n, pair in enumerate(item.pairs, start=1)
    )
    rights = _list(f"{letter(i).upper()}) {rich(text)}" for i, text in enumerate(item.rights))
    pairs = f'<div class="mali-columns">{lefts}{rights}</div>'
    return paragraph(say("static.paper.match")) + pairs


def _code(item: Code) -> str:
    value = _blank(say("static.paper.value"))
    unit = f" {rich(item.unit)}" if item.unit else ""
    return (
        f"{paragraph(say('static.paper.code'))}<pre>{escape(item.starter)}</pre>"
        f'<p class="mali-write">{_blank(say("static.paper.dots"), "wide")}</p>'
        f'<p class="mali-write">{value}{unit}</p>'
    )


def _open(item: Open) -> str:
    return _lines(item.lines + _MORE_LINES)


_BODIES: Mapping[type[Item], Callable[[Any], str]] = {
    Choice: _options,
    Choices: _options,
    Claim: _claim,
    Number: _number,
    Words: _words,
    Order: _order,
    Match: _match,
    Code: _code,
    Open: _open,
}


def paper_html(item: Item) -> str:
    """Return an item for print, with room for the answer.

    Parameters
    ----------
    item : Item

    Returns
    -------
    str
        A block under a third-level heading.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> "mali-tick round" in paper_html(find("01-02"))
    True
    """
    heading = f'<h3 class="mali-meta">{escape(meta(item))}</h3>'
    stem = f'<p class="mali-stem"><strong>{rich(item.stem)}</strong></p>'
    return (
        f'<div class="mali-paper" lang="{LANGUAGE}" data-item="{item.id}">'
        f"{heading}{stem}{_BODIES[type(item)](item)}</div>"
    )
