"""A strip of marks: one for each question, which says how it went and is the way to it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from mali_course.core.lessons import lesson
from mali_course.core.messages import say
from mali_course.record.item_state import SIGNS, Sign

__all__ = [
    "counts_html",
    "past_button",
    "question_link",
    "sign_html",
    "sign_shapes",
    "strip_html",
]

# Each sign has a shape of its own, so that colour is never the only difference.
_SHAPES: Mapping[Sign, str] = {
    "first": '<circle cx="10" cy="10" r="9" fill="currentColor"/>'
    '<path class="mali-cut" d="M5.5 10.5l3 3 6-7" fill="none" stroke="#fff" stroke-width="2.2"/>',
    "later": '<circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M6 10.5l3 3 5-6" fill="none" stroke="currentColor" stroke-width="2"/>',
    "written": '<path d="M3 2.5h14v15H3z" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M6 7h8M6 10.2h8M6 13.4h5" stroke="currentColor" stroke-width="1.6"/>',
    "seen": '<path d="M10 1.8L18.2 10 10 18.2 1.8 10z" fill="none" stroke="currentColor"'
    ' stroke-width="2"/><circle cx="10" cy="10" r="2.4" fill="currentColor"/>',
    "tried": '<path d="M15.6 5.4A7.2 7.2 0 1 0 17.2 10.6" fill="none" stroke="currentColor"'
    ' stroke-width="2"/><path d="M17.6 1.4v6h-6z" fill="currentColor"/>',
    "open": '<circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" stroke-width="1.5"'
    ' stroke-dasharray="3.2 3.08"/>',
}


def sign_shapes() -> str:
    """Return the shapes of all signs; once on each page or form that shows signs.

    Examples
    --------
    >>> sign_shapes().count("<symbol")
    6
    """
    symbols = "".join(
        f'<symbol id="mali-sign-{sign}" viewBox="0 0 20 20">{_SHAPES[sign]}</symbol>'
        for sign in SIGNS
    )
    return f'<svg class="mali-signs" width="0" height="0" aria-hidden="true">{symbols}</svg>'


def sign_html(sign: Sign) -> str:
    """Return a sign as a picture, beside which its name must stand."""
    return (
        f'<svg class="mali-sign" data-sign="{sign}" width="20" height="20" aria-hidden="true">'
        f'<use href="#mali-sign-{sign}"/></svg>'
    )


def question_link(item_id: str, inside: str = "", *, name: str = "", look: str = "") -> str:
    """Return a way to a question, on this page or in the notebook of its lesson.

    Parameters
    ----------
    item_id : str
    inside : str
        HTML of what is shown; the id if empty.
    name : str
        Name for screen readers and as a tip, where what is shown does not say it.
    look : str
        Further classes, each with a blank after it.

    Examples
    --------
    >>> 'data-go="02-29"' in question_link("02-29")
    True
    """
    notebook = lesson(item_id[:2]).notebook
    names = f' aria-label="{escape(name)}" title="{escape(name)}"' if name else ""
    return (
        f'<a class="{look}mali-lesson-link" data-go="{item_id}"'
        f' href="{notebook}#cell-id=ask-{item_id}"{names}>{inside or item_id}</a>'
    )


def strip_html(signs: Mapping[str, Sign], label: str, *, ways: bool = True) -> str:
    """Return a strip of marks, each with the number of its question.

    Parameters
    ----------
    signs : mapping
        Id of each question to its sign. The marks stand in the order of the numbers, whatever the
        order of asking: a gap or a turn in a row of numbers looks like a fault. Where they are of
        one lesson, it is left out of the numbers shown.
    label : str
        What the strip shows, for screen readers.
    ways : bool
        Whether each mark is a way to its question; on paper it is not.

    Examples
    --------
    >>> "Question 02-29, right later" in strip_html({"02-29": "later"}, "Questions")
    True
    """
    mixed = len({item_id[:2] for item_id in signs}) > 1
    marks = "".join(
        f"<li>{_mark_html(item_id, sign, item_id if mixed else item_id[3:], ways)}</li>"
        for item_id, sign in sorted(signs.items())
    )
    # Without the role, a list without bullets is none to VoiceOver.
    return f'<ol class="mali-strip" role="list" aria-label="{escape(label)}">{marks}</ol>'


def _mark_html(item_id: str, sign: Sign, number: str, ways: bool) -> str:
    name = say("progress.strip.mark", id=item_id, sign=say(f"progress.sign.{sign}"))
    shown = f"{sign_html(sign)}<span>{number}</span>"
    if ways:
        return question_link(item_id, shown, name=name, look="mali-spot ")
    return f'<span class="mali-spot" role="img" aria-label="{escape(name)}">{shown}</span>'


def past_button() -> str:
    """Return a button, seen when it has the focus, that leads to the attribute ``data-past``.

    Else somebody who uses the keyboard has a step for each mark before what follows.
    """
    text = escape(say("progress.strip.past"))
    return f'<button type="button" class="mali-past" data-go="past">{text}</button>'


def counts_html(counts: Mapping[Sign, int]) -> str:
    """Return what each sign means, and how many questions have it.

    Examples
    --------
    >>> "right later: 2" in counts_html({"later": 2})
    True
    """
    entries = ""
    for sign in SIGNS:
        name = say(f"progress.sign.{sign}")
        text = say("progress.strip.count", sign=name, count=counts.get(sign, 0))
        entries += f"<li>{sign_html(sign)} {escape(text)}</li>"
    return f'<ul class="mali-counts" role="list">{entries}</ul>'
