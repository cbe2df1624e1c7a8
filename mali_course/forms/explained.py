"""A question with all that can be said of its answers: for pages without a kernel, and for keys.

This holds the key. On a page it stands under folds, so that a reader sees one step at a time; in
the answer key of a worksheet it lies open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby

from mali_course.core.html import details_html, inline_html, paragraph
from mali_course.core.messages import say
from mali_course.core.report import sentence
from mali_course.forms.original_html import original_html, whose_words_html
from mali_course.forms.render import SIGNS, about, reasons_html, told_html
from mali_course.questions.answers import AnswerFeedback
from mali_course.questions.feedback import feedback
from mali_course.questions.item import Item
from mali_course.questions.shapes import Parts, Pick, Written

__all__ = ["folds_html", "key_html"]


def _feedback_text(row: AnswerFeedback) -> str:
    if row.verdict == "hint":
        return inline_html(row.text)
    word = say(f"interface.feedback.option_{row.verdict}")
    return f"{SIGNS[row.verdict]} {escape(word)}. {inline_html(row.text)}"


def _list_html(rows: Iterable[str]) -> str:
    listed = "".join(f"<li>{row}</li>" for row in rows)
    return f'<ul class="mali-comments">{listed}</ul>'


def _flat_list(rows: Iterable[AnswerFeedback]) -> str:
    return _list_html(
        f"<strong>{inline_html(row.label)}:</strong> {_feedback_text(row)}" for row in rows
    )


def _criteria_list(rows: Iterable[AnswerFeedback]) -> str:
    title = paragraph(say("static.key.criteria"))
    return title + _list_html(inline_html(row.text) for row in rows)


def _by_group(
    rows: Iterable[AnswerFeedback], lay_out: Callable[[Iterable[AnswerFeedback]], str]
) -> str:
    """Return the feedback statement by statement, or as it is where there are none."""
    return "".join(
        paragraph(group) + lay_out(list(inside))
        for group, inside in groupby(rows, key=lambda row: row.group)
    )


def _folds_list(rows: Iterable[AnswerFeedback]) -> str:
    """Return a fold for each answer, so that a reader opens only that of the own answer."""
    return _list_html(
        details_html(inline_html(row.label), f"<p>{_feedback_text(row)}</p>") for row in rows
    )


def _answer_html(item: Item) -> str:
    told = feedback(item, None, 1)
    return told_html(told, item) + reasons_html(told, item)


def folds_html(item: Item) -> str:
    """Return what a page without a kernel says of an item, in steps under folds.

    First where to look; then the feedback on each answer, one at a time, or hints on its parts;
    last the answer with its reasons.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> folds_html(find("01-31")).count("<details>") > 4
    True
    """

    def fold(name: str, inside: str) -> str:
        return details_html(escape(say(f"static.page.{name}")), inside, about=about(item))

    rows = item.answer_feedback()
    steps = fold("where", paragraph(item.where))
    last, title = _answer_html(item), "answer"
    match item.as_shape():
        case Pick() | Parts(task="sort"):
            steps += fold("comments", _by_group(rows, _folds_list))
        case Parts():
            hints = [row for row in rows if row.verdict == "hint"]
            steps += fold("hints", _flat_list(hints))
            extras = [row for row in rows if row.verdict != "hint"]
            last += _flat_list(extras) if extras else ""
        case Written():
            last, title = last + _criteria_list(rows), "model"
        case _:
            last += _flat_list(rows)
    return f'<div class="mali-folds">{steps}{fold(title, last)}</div>'


def _heading(key: str) -> str:
    return f"<p><strong>{escape(say(key))}</strong></p>"


def _run_in(key: str, html: str) -> str:
    return f"<p><strong>{escape(say(key))}</strong> {html}</p>"


def _key_lines_html(item: Item) -> str:
    lines = item.key_lines()
    if not item.has_form:
        return f"<pre>{escape(chr(10).join(lines))}</pre>"
    match item.as_shape():
        case Parts(task="sort"):
            return ""  # each statement stands below with its verdicts
        case Parts():
            return _list_html(map(inline_html, lines))
    return "".join(map(paragraph, lines))


def key_html(item: Item) -> str:
    """Return the answer to an item with its reasons, its locators and all feedback, open to read.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> find("01-31").explain[:20] in key_html(find("01-31"))
    True
    """
    rows = item.answer_feedback()
    written = isinstance(item.as_shape(), Written)
    answer = _key_lines_html(item)
    model = "interface.feedback.model" if written else "interface.feedback.answer"
    parts = f"{_heading(model)}{answer}" if answer else ""
    parts += _run_in("interface.feedback.explain", inline_html(item.explain))
    parts += _run_in("interface.feedback.where", inline_html(item.where))
    if written:
        parts += _criteria_list(rows)
    else:
        parts += _heading("static.key.comments") + _by_group(rows, _flat_list)
    places = (
        f"<strong>{locator}</strong> "
        f"({escape(say('interface.report.page', page=sentence(locator).page))}) "
        f"{inline_html(sentence(locator).gist)}{original_html(locator)}"
        for locator in item.cites
    )
    shown = _list_html(places)
    title = whose_words_html("interface.feedback.digest", shown)
    parts += f"<p><strong>{title}</strong></p>{shown}"
    return f'<div class="mali-key" data-item="{item.id}">{parts}</div>'
