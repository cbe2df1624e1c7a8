"""A question with all that can be said of its answers: for pages without a kernel, and for keys.

This holds the key. On a page it stands under folds, so that a reader sees one step at a time; in
the answer key of a worksheet it lies open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from typing import Literal

from mali_course.core.html import fold, paragraph, rich
from mali_course.core.messages import say
from mali_course.core.report import sentence
from mali_course.forms.render import feedback_html
from mali_course.questions.answers import key_lines, key_response, plain_number
from mali_course.questions.feedback import feedback
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
    Slip,
    Words,
)
from mali_course.questions.outcome import letter

__all__ = ["Comment", "comments", "folds_html", "key_html", "short_key"]

Verdict = Literal["right", "wrong", "hint"]
_SIGNS = {"right": "✓", "wrong": "✗"}


@dataclass(frozen=True)
class Comment:
    """What the bank says of one answer, or of one part of an answer.

    Parameters
    ----------
    label : str
        The answer, as the question shows it.
    verdict : {"right", "wrong", "hint"}
        A hint belongs to a part that stands in a wrong place; it does not tell the right one.
    text : str
        The feedback.
    group : str
        The statement that a verdict is about, or "".
    """

    label: str
    verdict: Verdict
    text: str
    group: str = ""


def _options(item: Choice | Choices) -> list[Comment]:
    return [
        Comment(f"{letter(i)}) {one.text}", "right" if one.key else "wrong", one.feedback)
        for i, one in enumerate(item.options)
    ]


def _claims(item: Claim) -> list[Comment]:
    return [
        Comment(
            f"{n}) {say(f'interface.verdict.{verdict}')}",
            "right" if verdict == one.verdict else "wrong",
            one.feedback[verdict],
            f"{n}) {one.text}",
        )
        for n, one in enumerate(item.statements, start=1)
        for verdict in VERDICTS
    ]


def _value(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return plain_number(value)


def _range(slip: Slip) -> str:
    if slip.low == slip.high:
        return plain_number(slip.low)
    return say("static.key.range", low=plain_number(slip.low), high=plain_number(slip.high))


def _typed(item: Number | Words | Code) -> list[Comment]:
    match item:
        case Number():
            right = f"{plain_number(item.value)} {item.unit}".strip()
            if item.tolerance:
                right = say(
                    "static.key.tolerance", value=right, margin=plain_number(item.tolerance)
                )
            slips = [Comment(_range(slip), "wrong", slip.feedback) for slip in item.slips]
        case Words():
            right = ", ".join(item.accept)
            slips = [
                Comment(", ".join(slip.accept), "wrong", slip.feedback) for slip in item.slips
            ]
        case Code():
            right = f"{_value(item.value)} {item.unit}".strip()
            slips = [Comment(_value(slip.value), "wrong", slip.feedback) for slip in item.slips]
    return [
        Comment(right, "right", item.right),
        *slips,
        Comment(say("static.key.other"), "wrong", item.wrong),
    ]


def _match(item: Match) -> list[Comment]:
    pairs = [
        Comment(f"{n}) {pair.left}", "hint", pair.feedback)
        for n, pair in enumerate(item.pairs, start=1)
    ]
    extras = [
        Comment(
            f"{letter(item.rights.index(extra.right)).upper()}) {extra.right}",
            "wrong",
            extra.feedback,
        )
        for extra in item.extras
    ]
    return pairs + extras


def comments(item: Item) -> tuple[Comment, ...]:
    """Return what the bank says of each answer to an item.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> [one.verdict for one in comments(find("00-01"))].count("right")
    1
    """
    match item:
        case Choice() | Choices():
            found = _options(item)
        case Claim():
            found = _claims(item)
        case Number() | Words() | Code():
            found = _typed(item)
        case Order():
            found = [Comment(event.text, "hint", event.feedback) for event in item.events]
        case Match():
            found = _match(item)
        case Open():
            found = [Comment(str(n), "hint", one.text) for n, one in enumerate(item.criteria, 1)]
        case _:
            raise TypeError(type(item))
    return tuple(found)


def _said(comment: Comment) -> str:
    if comment.verdict == "hint":
        return rich(comment.text)
    word = say(f"interface.feedback.option_{comment.verdict}")
    return f"{_SIGNS[comment.verdict]} {escape(word)}. {rich(comment.text)}"


def _list(rows: Iterable[str]) -> str:
    listed = "".join(f"<li>{row}</li>" for row in rows)
    return f'<ul class="mali-comments">{listed}</ul>'


def _flat(found: Iterable[Comment]) -> str:
    return _list(f"<strong>{rich(one.label)}:</strong> {_said(one)}" for one in found)


def _criteria(found: Iterable[Comment]) -> str:
    title = paragraph(say("static.key.criteria"))
    return title + _list(rich(one.text) for one in found)


def _grouped(found: Iterable[Comment], lay_out: Callable[[Iterable[Comment]], str]) -> str:
    """Return the comments statement by statement, or as they are where there are none."""
    parts = [
        (paragraph(group) if group else "") + lay_out(list(inside))
        for group, inside in groupby(found, key=lambda one: one.group)
    ]
    return "".join(parts)


def _one_by_one(found: Iterable[Comment]) -> str:
    """Return a fold for each answer, so that a reader opens only that of the own answer."""
    return _list(fold(rich(one.label), f"<p>{_said(one)}</p>") for one in found)


def _answer(item: Item) -> str:
    told = replace(feedback(item, None, 1), heading="", others=())
    html, _ = feedback_html(told, item)
    return html.replace('<p class="mali-heading"></p>', "")


def folds_html(item: Item) -> str:
    """Return what a page without a kernel says of an item, in steps under folds.

    First where to look; then the feedback on each answer, one at a time, or hints on its parts;
    last the answer with its reasons.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> folds_html(find("01-02")).count("<details>") > 4
    True
    """
    found = comments(item)
    hints = [one for one in found if one.verdict == "hint"]
    steps = fold(escape(say("static.page.where")), paragraph(item.where))
    last = _answer(item)
    match item:
        case Choice() | Choices() | Claim():
            title = escape(say("static.page.comments"))
            steps += fold(title, _grouped(found, _one_by_one))
        case Order() | Match():
            title = escape(say("static.page.hints"))
            steps += fold(title, _flat(hints))
            extras = [one for one in found if one.verdict != "hint"]
            last += _flat(extras) if extras else ""
        case Open():
            last += _criteria(found)
        case _:
            last += _flat(found)
    title = escape(say("static.page.model" if isinstance(item, Open) else "static.page.answer"))
    return f'<div class="mali-folds">{steps}{fold(title, last)}</div>'


def short_key(item: Item) -> str:
    """Return the answer in a few letters, for marking many sheets: as it stands on the paper.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> short_key(find("00-01"))
    'b'
    """
    match item:
        case Choices():
            return ", ".join(key_response(item))
        case Claim():
            return "; ".join(
                f"{n} {say(f'interface.verdict.{one.verdict}')}"
                for n, one in enumerate(item.statements, start=1)
            )
        case Order():
            return ", ".join(str(event.place) for event in item.events)
        case Match():
            return ", ".join(f"{n} {right.upper()}" for n, right in key_response(item).items())
        case Open():
            return say("static.key.own")
        case Code():
            return f"{_value(item.value)} {item.unit}".strip()
        case Number():
            return f"{plain_number(item.value)} {item.unit}".strip()
    return str(key_response(item))


def _run_in(key: str, html: str) -> str:
    return f"<p><strong>{escape(say(key))}</strong> {html}</p>"


def key_html(item: Item) -> str:
    """Return the answer to an item with its reasons, its locators and all feedback, open to read.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> find("01-02").explain[:20] in key_html(find("01-02"))
    True
    """
    found = comments(item)
    lines = key_lines(item)
    match item:
        case Code():
            answer = f"<pre>{escape(chr(10).join(lines))}</pre>"
        case Order() | Match():
            answer = _list(map(rich, lines))
        case Claim():
            answer = ""  # each statement stands below with its verdicts
        case _:
            answer = "".join(map(paragraph, lines))
    model = "interface.feedback.model" if isinstance(item, Open) else "interface.feedback.answer"
    parts = f"<p><strong>{escape(say(model))}</strong></p>{answer}" if answer else ""
    parts += _run_in("interface.feedback.explain", rich(item.explain))
    parts += _run_in("interface.feedback.where", rich(item.where))
    if isinstance(item, Open):
        parts += _criteria(found)
    else:
        title = f"<p><strong>{escape(say('static.key.comments'))}</strong></p>"
        parts += title + _grouped(found, _flat)
    rows = (
        f"<strong>{locator}</strong> "
        f"({escape(say('interface.report.page', page=sentence(locator).page))}) "
        f"{rich(sentence(locator).gist)}"
        for locator in item.cites
    )
    digest = f"<p><strong>{escape(say('interface.feedback.digest'))}</strong></p>{_list(rows)}"
    return f'<div class="mali-key" data-item="{item.id}">{parts}{digest}</div>'
