"""A question on the wall: vote, then reveal. The key stands on slides of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from mali_course.core.html import inline_html
from mali_course.core.lessons import Lesson
from mali_course.core.messages import say
from mali_course.core.report import sentence
from mali_course.forms.original_html import original_html
from mali_course.kit.slides.deck_model import Slide
from mali_course.kit.slides.fit import (
    pack_slides,
    piece,
    pieces_html,
    room_under,
    spread_pieces,
    total_height,
)
from mali_course.kit.slides.question_pieces import answer_pieces, asked_pieces, order_letters
from mali_course.questions.item import Item
from mali_course.questions.shapes import Parts, Pick

__all__ = ["guess_slides", "question_slides"]

_SIGNS = {"right": "✓ ", "wrong": "✗ ", "hint": ""}


def _asked_slides(item: Item, title: str, how: str) -> list[Slide]:
    """Return the question, with how a class answers it."""
    stem = piece(f'<p class="stem">{inline_html(item.stem)}</p>', bold=True)
    vote = piece(f'<p class="how">{escape(how)}</p>')
    below = asked_pieces(item)
    room = room_under(title)
    if total_height([stem, vote, *below]) <= room:
        parts = [[stem, *below, vote]]
    else:
        # The stem comes first, so that what is voted on stays together.
        parts = [[stem, vote], *spread_pieces(below, room)]
    return [Slide(title, pieces_html(part), kind="question", item=item.id) for part in parts]


def _titled_list(title: str, rows: Iterable[str]) -> str:
    inside = "".join(f"<li>{row}</li>" for row in rows)
    return f"<p><strong>{escape(title)}</strong></p><ul>{inside}</ul>" if inside else ""


def _misreadings(item: Item, lesson: Lesson) -> list[str]:
    """Return the misunderstandings of the lesson that name a sentence of the question."""
    places = "|".join(map(re.escape, item.cites))
    named = re.compile(rf"(?<![\d.])({places})(?![\d.]*\d)")
    return [text for text in lesson.misunderstandings if named.search(text)]


def _slide_key(item: Item) -> str:
    """Return the key in a few signs, with the letters that stand on the slide."""
    match item.as_shape():
        case Pick():
            return item.short_key().upper()
        case Parts(task="order") as shape:
            return ", ".join(sign for sign, _ in order_letters(shape))
    return item.short_key()


def _capital_letter(label: str) -> str:
    """Return the label of an answer with the letter that stands on the slide."""
    return re.sub(r"^([a-z])\)", lambda found: f"{found[1].upper()}:", label)


def _needs_text(item: Item) -> str:
    kind, _, name = item.needs.partition(":")
    return say(f"kit_slides.notes.needs_{kind}", name=name) if kind else ""


def _notes_before(item: Item, lesson: Lesson) -> list[str]:
    """Return what the instructor needs while the class votes."""
    digest = (
        f"{locator}: {inline_html(sentence(locator).gist)}{original_html(locator, told=False)}"
        for locator in item.cites
    )
    key = say("kit_slides.notes.key", key=_slide_key(item))
    needs = _needs_text(item)
    notes = [
        f"<p>{escape(item.kind_text('slides.notes', minutes=f'{item.minutes:g}'))}</p>",
        f"<p>{escape(needs)}</p>" if needs else "",
        f"<p><strong>{escape(key)}</strong></p>",
        _titled_list(say("kit_slides.notes.rests"), digest),
        f"<p>{escape(say('kit_slides.notes.where'))} {inline_html(item.where)}</p>",
        _titled_list(
            say("kit_slides.notes.misreading"), map(inline_html, _misreadings(item, lesson))
        ),
    ]
    return [html for html in notes if html]


def _notes_after(item: Item) -> list[str]:
    """Return what the instructor can say to each answer."""
    rows = (
        f"{inline_html(row.group) + ': ' if row.group else ''}"
        f"<strong>{_SIGNS[row.verdict]}{inline_html(_capital_letter(row.label))}</strong> – "
        f"{inline_html(row.text)}"
        for row in item.answer_feedback()
    )
    listed = _titled_list(say("kit_slides.notes.answers"), rows)
    return [listed] if listed else []


def question_slides(item: Item, lesson: Lesson) -> list[Slide]:
    """Return the slides of a question: what is voted on, then the key with its reasons.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> from mali_course.core.lessons import lesson
    >>> [slide.kind for slide in question_slides(find("01-31"), lesson("01"))]
    ['question', 'reveal']
    """
    title = escape(say("kit_slides.question.title", id=item.id))
    asked = _asked_slides(item, title, item.kind_text("slides.vote"))
    title = escape(say("kit_slides.reveal.title", id=item.id))
    revealed = [
        Slide(title, body, kind="reveal", item=item.id)
        for body in pack_slides(answer_pieces(item), title)
    ]
    # Where a question or an answer takes several slides, its notes stand beside each of them.
    for slide in asked:
        slide.notes += _notes_before(item, lesson)
    for slide in revealed:
        slide.notes += _notes_after(item)
    return [*asked, *revealed]


def guess_slides(item: Item) -> list[Slide]:
    """Return a question as a guess before reading: it is kept, and its key is not shown.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> [slide.kind for slide in guess_slides(find("01-01"))]
    ['question']
    """
    title = escape(say("kit_slides.question.guess", id=item.id))
    asked = _asked_slides(item, title, say("kit_slides.vote.guess"))
    asked[0].notes.append(f"<p>{escape(say('kit_slides.notes.guess'))}</p>")
    return asked
