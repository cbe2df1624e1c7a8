"""A question on the wall: vote, then reveal. The key stands on slides of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from html import escape

from mali_course.core.html import paragraph, rich
from mali_course.core.lessons import Lesson
from mali_course.core.messages import say
from mali_course.core.report import sentence
from mali_course.kit.slides.deck_model import Slide
from mali_course.kit.slides.fit import (
    GAP,
    INDENT,
    WIDTH,
    Piece,
    height,
    joined,
    pack,
    paragraphs,
    piece,
    room_under,
)
from mali_course.questions.item import Item
from mali_course.questions.kinds.choice import Choice
from mali_course.questions.kinds.choices import Choices
from mali_course.questions.kinds.claim import Claim
from mali_course.questions.kinds.code import Code
from mali_course.questions.kinds.match import Match
from mali_course.questions.kinds.number import Number
from mali_course.questions.kinds.open import Open
from mali_course.questions.kinds.order import Order
from mali_course.questions.kinds.words import Words
from mali_course.questions.outcome import letter

__all__ = ["guess_slides", "question_slides"]

_BETWEEN = 40  # pixels between two columns
_SIGNS = {"right": "✓ ", "wrong": "✗ ", "hint": ""}


def _entry(sign: str, text: str) -> Piece:
    """Return an entry whose sign stands in the indent."""
    one = piece(rich(text), wrap="ul options")
    return replace(one, html=f"<b>{sign}</b> {one.html}")


def _lettered(texts: Iterable[str]) -> list[Piece]:
    return [_entry(letter(index).upper(), text) for index, text in enumerate(texts)]


def _numbered(texts: Iterable[str]) -> list[Piece]:
    return [_entry(str(number), text) for number, text in enumerate(texts, start=1)]


def _columns(item: Match) -> Piece:
    """Return both sides of a match, in the columns that need the least height."""

    def high(texts: Iterable[str], width: float) -> float:
        return sum(height(rich(text), width - INDENT) + GAP for text in texts)

    lefts = [pair.left for pair in item.pairs]
    tried = []
    for share in range(30, 75, 5):
        left = (WIDTH - _BETWEEN) * share / 100
        right = WIDTH - _BETWEEN - left
        tried.append((max(high(lefts, left), high(item.rights, right)), left, right))
    least, left, right = min(tried)
    columns = f'style="grid-template-columns:{left:.0f}px {right:.0f}px"'
    html = joined(_numbered(lefts)) + joined(_lettered(item.rights))
    return Piece(f'<div class="columns" {columns}>{html}</div>', least)


def _asked(item: Item) -> list[Piece]:
    """Return what is shown below the stem."""
    match item:
        case Choice() | Choices():
            found = _lettered(option.text for option in item.options)
        case Claim():
            found = _numbered(one.text for one in item.statements)
        case Order():
            found = _lettered(event.text for event in item.events)
        case Match():
            found = [_columns(item)]
        case Code():
            found = [piece(f"<pre>{escape(item.starter)}</pre>")]
        case Open():
            lead = piece(paragraph(say("kit_slides.question.rubric")))
            found = [lead, *(piece(rich(one.text), wrap="ul") for one in item.criteria)]
        case _:
            found = []
    return found


def _how(item: Item) -> Piece:
    """Return how a class answers."""
    return piece(f'<p class="how">{escape(item.kind_text("slides.vote"))}</p>')


def _question(item: Item, title: str, how: Piece) -> list[Slide]:
    stem = piece(f'<p class="stem">{rich(item.stem)}</p>', bold=True)
    below = _asked(item)
    room = room_under(title)
    if stem.height + how.height + sum(one.height for one in below) <= room:
        parts = [[stem, *below, how]]
    else:
        # The stem comes first, so that what is voted on stays together.
        parts = [[stem, how], *pack(below, room)]
    return [Slide(title, joined(part), kind="question", item=item.id) for part in parts]


def _right(text: str) -> str:
    return f'<p class="right"><strong>{text}</strong></p>'


def _together(pieces: list[Piece]) -> Piece:
    """Return pieces as one that is not spread over slides."""
    return Piece(joined(pieces), sum(one.height for one in pieces))


def _told(item: Item) -> list[Piece]:
    """Return the key with the feedback that belongs to it."""
    found: list[Piece] = []

    def key(text: str, *more: str) -> None:
        parts = [part for one in more for part in paragraphs(one)]
        # A key and the beginning of its feedback stay together.
        found.append(_together([piece(_right(text), bold=True), *parts[:1]]))
        found.extend(parts[1:])

    match item:
        case Choice() | Choices():
            for index, option in enumerate(item.options):
                if option.key:
                    key(f"✓ {letter(index).upper()}: {rich(option.text)}", option.feedback)
        case Claim():
            for number, one in enumerate(item.statements, start=1):
                verdict = escape(say(f"interface.verdict.{one.verdict}"))
                reason = rich(one.feedback[one.verdict])
                text = piece(f"<p>{number}: {rich(one.text)}</p>")
                told = piece(f"<p><strong>✓ {verdict}.</strong> {reason}</p>")
                found.append(_together([text, told]))
        case Number() | Words():
            key(f"✓ {rich(item.key_lines()[0])}", item.right)
        case Order():
            ordered = sorted(item.events, key=lambda event: event.place)
            rows = [piece(_right(f"✓ {escape(say('kit_slides.reveal.order'))}"))]
            for event in ordered:
                sign = letter(item.events.index(event)).upper()
                rows.append(piece(f"<b>{sign}</b> {rich(event.text)}", wrap="ol order"))
            found.append(_together(rows))
        case Match():
            for number, pair in enumerate(item.pairs, start=1):
                partner = letter(item.rights.index(pair.right)).upper()
                both = f"{rich(pair.left)} – {rich(pair.right)}"
                found.append(piece(f"<p><strong>✓ {number} {partner}</strong> {both}</p>"))
            for extra in item.extras:
                partner = letter(item.rights.index(extra.right)).upper()
                none = escape(say("kit_slides.reveal.extra", letter=partner))
                found.append(piece(f"<p>{none} {rich(extra.right)}</p>"))
        case Code():
            key(f"✓ {escape(item.short_key())}", item.right)
            found.append(piece(f"<pre>{escape(item.solution)}</pre>"))
        case Open():
            found.append(piece(_right(escape(say("kit_slides.reveal.model")))))
            found.extend(paragraphs(item.model))
        case _:
            raise TypeError(type(item))
    found.extend(paragraphs(item.explain))
    places = ", ".join(
        say("kit_slides.reveal.place", locator=locator, page=sentence(locator).page)
        for locator in item.cites
    )
    found.append(piece(f"<p>{escape(say('kit_slides.reveal.rests', places=places))}</p>"))
    return found


def _listed(title: str, rows: Iterable[str]) -> str:
    inside = "".join(f"<li>{row}</li>" for row in rows)
    return f"<p><strong>{escape(title)}</strong></p><ul>{inside}</ul>" if inside else ""


def _misreadings(item: Item, lesson: Lesson) -> list[str]:
    """Return the misunderstandings of the lesson that name a sentence of the question."""
    return [
        one
        for one in lesson.misunderstandings
        if any(re.search(rf"(?<![\d.]){re.escape(place)}(?![\d.]*\d)", one) for place in item.cites)
    ]


def _short(item: Item) -> str:
    """Return the key in a few signs, with the letters that stand on the slide."""
    match item:
        case Choice() | Choices():
            return item.short_key().upper()
        case Order():
            ordered = sorted(item.events, key=lambda event: event.place)
            return ", ".join(letter(item.events.index(event)).upper() for event in ordered)
    return item.short_key()


def _label(label: str) -> str:
    return re.sub(r"^([a-z])\)", lambda found: f"{found[1].upper()}:", label)


def _before(item: Item, lesson: Lesson) -> list[str]:
    """Return what the instructor needs while the class votes."""
    digest = (f"{locator}: {rich(sentence(locator).gist)}" for locator in item.cites)
    key = say("kit_slides.notes.key", key=_short(item))
    needs = item.needs.partition(":")
    switch = say(f"kit_slides.notes.needs_{needs[0]}", name=needs[2]) if item.needs else ""
    return [
        f"<p>{escape(item.kind_text('slides.notes', minutes=f'{item.minutes:g}'))}</p>",
        f"<p>{escape(switch)}</p>" if switch else "",
        f"<p><strong>{escape(key)}</strong></p>",
        _listed(say("kit_slides.notes.rests"), digest),
        f"<p>{escape(say('kit_slides.notes.where'))} {rich(item.where)}</p>",
        _listed(say("kit_slides.notes.misreading"), map(rich, _misreadings(item, lesson))),
    ]


def _after(item: Item) -> list[str]:
    """Return what the instructor can say to each answer."""
    rows = (
        f"{rich(one.group) + ': ' if one.group else ''}"
        f"<strong>{_SIGNS[one.verdict]}{rich(_label(one.label))}</strong> – {rich(one.text)}"
        for one in item.answer_feedback()
    )
    return [_listed(say("kit_slides.notes.answers"), rows)]


def question_slides(item: Item, lesson: Lesson) -> list[Slide]:
    """Return the slides of a question: what is voted on, then the key with its reasons.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> from mali_course.core.lessons import lesson
    >>> [slide.kind for slide in question_slides(find("01-02"), lesson("01"))]
    ['question', 'reveal']
    """
    title = escape(say("kit_slides.question.title", id=item.id))
    asked = _question(item, title, _how(item))
    # Where a question or an answer takes several slides, its notes stand beside each of them.
    for slide in asked:
        slide.notes += filter(None, _before(item, lesson))
    told = escape(say("kit_slides.reveal.title", id=item.id))
    revealed = [
        Slide(told, joined(part), kind="reveal", item=item.id)
        for part in pack(_told(item), room_under(told))
    ]
    for slide in revealed:
        slide.notes += filter(None, _after(item))
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
    how = piece(f'<p class="how">{escape(say("kit_slides.vote.guess"))}</p>')
    asked = _question(item, title, how)
    asked[0].notes.append(f"<p>{escape(say('kit_slides.notes.guess'))}</p>")
    return asked
