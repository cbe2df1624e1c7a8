"""The only renderer of questions: an item or its feedback -> semantic HTML.

Variants of an item: *live* is what `LiveForm` shows; *static* stands in a notebook without a
kernel; *page* on a page of its own. None holds a key. On paper: see `paper`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from html import escape
from typing import Any, Literal

from mali_course.core.html import button, fold, list_box, paragraph, rich, tick_box
from mali_course.core.messages import LANGUAGE, say
from mali_course.questions.feedback import Feedback
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
from mali_course.questions.outcome import Mark, letter

__all__ = [
    "Variant",
    "feedback_html",
    "meta",
    "question_html",
    "question_text",
    "rubric_html",
]

Variant = Literal["live", "static", "page"]


def _options(item: Choice | Choices, variant: Variant, name: Callable[[str], str]) -> str:
    kind = "radio" if isinstance(item, Choice) else "checkbox"
    boxes = "".join(
        tick_box(kind, name("answer"), letter(i), f"{letter(i)}) {option.text}")
        for i, option in enumerate(item.options)
    )
    return f'<div class="mali-choices mali-lines">{boxes}</div>'


def _claim(item: Claim, variant: Variant, name: Callable[[str], str]) -> str:
    rows = []
    for number, statement in enumerate(item.statements, start=1):
        boxes = "".join(
            tick_box("radio", name(str(number)), verdict, say(f"interface.verdict.{verdict}"))
            for verdict in VERDICTS
        )
        rows.append(
            f"<fieldset><legend>{number}) {rich(statement.text)}</legend>"
            f'<div class="mali-choices">{boxes}</div></fieldset>'
        )
    return "".join(rows)


def _typed(label: str, name: Callable[[str], str]) -> str:
    # A plain text box: "number" boxes refuse "201,000" and lose what was typed.
    return (
        f'<label class="mali-field"><span>{escape(label)}</span> '
        f'<input type="text" name="{name("answer")}" inputmode="text" '
        'autocomplete="off" spellcheck="false"></label>'
    )


def _number(item: Number, variant: Variant, name: Callable[[str], str]) -> str:
    return _typed(say("interface.question.number", unit=item.unit), name)


def _words(item: Words, variant: Variant, name: Callable[[str], str]) -> str:
    return _typed(say("interface.question.yours"), name)


def _order(item: Order, variant: Variant, name: Callable[[str], str]) -> str:
    count = len(item.events)
    places = [(str(n), f"{say('interface.question.place')} {n}") for n in range(1, count + 1)]
    return "".join(
        list_box(name(str(number)), event.text, places)
        for number, event in enumerate(item.events, start=1)
    )


def _match(item: Match, variant: Variant, name: Callable[[str], str]) -> str:
    rights = item.rights
    listed = "".join(f"<li>{letter(i).upper()}) {rich(text)}</li>" for i, text in enumerate(rights))
    options = [(letter(i), f"{letter(i).upper()}) {text}") for i, text in enumerate(rights)]
    rows = "".join(
        list_box(name(str(number)), f"{number}) {pair.left}", options, last=True)
        for number, pair in enumerate(item.pairs, start=1)
    )
    # A closed list box cuts long texts, so they are written out below as well.
    return f'{rows}<ul class="mali-partners" style="list-style:none;padding:0">{listed}</ul>'


def _code(item: Code, variant: Variant, name: Callable[[str], str]) -> str:
    if variant == "page":
        starter = f"<pre><code>{escape(item.starter)}</code></pre>"
        return paragraph(say("static.page.code")) + starter
    return paragraph(say("interface.question.code"))


def _open(item: Open, variant: Variant, name: Callable[[str], str]) -> str:
    label = say("interface.question.yours")
    return (
        f'<label class="mali-field"><span>{escape(label)}</span> '
        f'<textarea name="{name("text")}" rows="{item.lines}"></textarea></label>'
    )


_BODIES: Mapping[type[Item], Callable[[Any, Variant, Callable[[str], str]], str]] = {
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


def meta(item: Item, *, guess: bool = False) -> str:
    """Return the line above a question: its id, its kind, its minutes."""
    label = say(
        "interface.question.guess_label" if guess else "interface.question.label", id=item.id
    )
    minutes = say("interface.question.minutes", minutes=f"{item.minutes:g}")
    return f"{label} · {say(f'interface.kind.{item.kind}')} · {minutes}"


def question_html(
    item: Item, variant: Variant = "live", *, guess: bool = False, buttons: str = ""
) -> str:
    """Return an item as HTML.

    Parameters
    ----------
    item : Item
    variant : {"live", "static", "page"}
    guess : bool
        As a guess before reading: kept, not judged.
    buttons : str
        HTML of further buttons beside that of a live question.

    Returns
    -------
    str
        For "live" the inside of a form; for the others a complete block.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> "<legend>" in question_html(find("01-02"))
    True
    """
    # Outside a form of its own, radio buttons of two questions must not share a name.
    prefix = "" if variant == "live" else f"{item.id}-{'guess-' if guess else ''}"
    body = _BODIES[type(item)](item, variant, partial("{}{}".format, prefix))
    inside = f'<p class="mali-meta">{escape(meta(item, guess=guess))}</p>'
    if isinstance(item, Code):
        # There are no controls to group: the answer is given in the next cell.
        inside += f"<p><strong>{rich(item.stem)}</strong></p>{body}"
    else:
        inside += f"<fieldset><legend>{rich(item.stem)}</legend>{body}</fieldset>"
    note = ""
    if variant == "live":
        note = _submit(item, guess) + buttons
    elif variant == "static" and not isinstance(item, Code):
        note = f"<p><em>{escape(say('interface.question.note_static'))}</em></p>"
    attributes = f'class="mali-question" lang="{LANGUAGE}" data-item="{item.id}"'
    return f"<div {attributes}>{inside}{note}</div>"


def _submit(item: Item, guess: bool) -> str:
    if isinstance(item, Code):
        return ""
    if guess:
        return button("keep", say("interface.question.keep"))
    if isinstance(item, Open):
        return button("check", say("interface.question.hand_in"))
    return button("check", say("interface.question.check"))


def question_text(item: Item, *, guess: bool = False) -> str:
    """Return an item as plain text: what a diff, a terminal or a text reader shows."""
    lines = [meta(item, guess=guess), item.stem]
    match item:
        case Choice() | Choices():
            lines += [f"  {letter(i)}) {option.text}" for i, option in enumerate(item.options)]
        case Claim():
            lines += [f"  {n}) {s.text}" for n, s in enumerate(item.statements, start=1)]
            lines.append("  " + " / ".join(say(f"interface.verdict.{v}") for v in VERDICTS))
        case Order():
            lines += [f"  {n}) {event.text}" for n, event in enumerate(item.events, start=1)]
        case Match():
            lines += [f"  {n}) {pair.left}" for n, pair in enumerate(item.pairs, start=1)]
            lines += [f"  {letter(i).upper()}) {text}" for i, text in enumerate(item.rights)]
        case Number():
            lines.append("  " + say("interface.question.number", unit=item.unit))
    return "\n".join(lines)


def _mark(mark: Mark, kind: str) -> str:
    word = say(f"interface.feedback.{kind}_{'right' if mark.right else 'wrong'}")
    sign = "✓" if mark.right else "✗"
    text = f" {rich(mark.text)}" if mark.text else ""
    said = f"<strong>{escape(mark.label)} {sign} {word}.</strong>{text}"
    return f'<li style="margin:.3em 0">{said}</li>'


def _marks(marks: Iterable[Mark], kind: str = "mark") -> str:
    """Return marks as a list: of what the learner chose, or of the options ("option")."""
    rows = "".join(_mark(mark, kind) for mark in marks)
    return f'<ul style="list-style:none;padding:0">{rows}</ul>' if rows else ""


def feedback_html(feedback: Feedback, item: Item) -> tuple[str, str]:
    """Return feedback as HTML: what is announced, and what stands below it.

    Parameters
    ----------
    feedback : Feedback
    item : Item

    Returns
    -------
    (str, str)
        Status and view of a `mali_course.forms.live.Reply`.
    """
    sign = {"right": "✓ ", "wrong": "✗ ", "partly": "◐ "}.get(feedback.state, "")
    status = paragraph(f"{sign}{feedback.heading}", "mali-heading")
    status += "".join(paragraph(note) for note in feedback.notes)
    status += _marks(feedback.marks)
    if feedback.where:
        status += _titled("interface.feedback.where", paragraph(feedback.where))
    if feedback.answer:
        title = (
            "interface.feedback.model" if isinstance(item, Open) else "interface.feedback.answer"
        )
        status += _titled(title, _answer(feedback, item))
    if feedback.explain:
        status += _titled("interface.feedback.explain", paragraph(feedback.explain))
    if feedback.digest:
        rows = "".join(f"<li>{rich(gist)} ({locator})</li>" for locator, gist in feedback.digest)
        status += _titled("interface.feedback.digest", f"<ul>{rows}</ul>")
    view = ""
    if feedback.others:
        view += fold(escape(say("interface.feedback.others")), _marks(feedback.others, "option"))
    if feedback.may_ask and not isinstance(item, Code):
        view += button("answer", say("interface.question.answer"))
    return status, view


def _titled(key: str, html: str) -> str:
    return f"<p><strong>{escape(say(key))}</strong></p>{html}"


def _answer(feedback: Feedback, item: Item) -> str:
    if isinstance(item, Code):
        return f"<pre>{escape(chr(10).join(feedback.answer))}</pre>"
    if isinstance(item, Choice | Number | Words | Open):
        return "".join(paragraph(line) for line in feedback.answer)
    rows = "".join(f"<li>{rich(line)}</li>" for line in feedback.answer)
    return f'<ul style="list-style:none;padding:0">{rows}</ul>'


def rubric_html(item: Open, met: Iterable[str] = ()) -> str:
    """Return the criteria of an open item as boxes to tick."""
    chosen = set(met)
    boxes = "".join(
        tick_box("checkbox", "met", str(n), criterion.text).replace(
            "<input", "<input checked" if str(n) in chosen else "<input", 1
        )
        for n, criterion in enumerate(item.criteria, start=1)
    )
    return (
        f"<fieldset><legend>{escape(say('interface.feedback.rubric'))}</legend>"
        f'<div class="mali-choices mali-lines">{boxes}</div></fieldset>'
        + button("judge", say("interface.question.judge"))
    )
