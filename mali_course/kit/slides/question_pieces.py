"""What stands on the slides of a question: what is asked, and the key with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape

from mali_course.core.html import inline_html, paragraph
from mali_course.core.messages import say
from mali_course.core.report import sentence
from mali_course.kit.slides.fit import (
    GAP,
    INDENT,
    WIDTH,
    Piece,
    paragraph_pieces,
    piece,
    pieces_html,
    text_height,
    total_height,
)
from mali_course.questions.item import Item
from mali_course.questions.kinds.code import Code
from mali_course.questions.outcome import letter
from mali_course.questions.shapes import Parts, Phrases, Pick, Spans, Written

__all__ = ["answer_pieces", "asked_pieces", "order_letters"]

_BETWEEN = 40  # pixels between two columns


def _signed_entry(sign: str, text: str) -> Piece:
    """Return an entry whose sign stands in the indent."""
    row = piece(inline_html(text), wrap="ul options")
    return replace(row, html=f"<b>{sign}</b> {row.html}")


def _lettered(texts: Iterable[str]) -> list[Piece]:
    return [_signed_entry(letter(index).upper(), text) for index, text in enumerate(texts)]


def _numbered(texts: Iterable[str]) -> list[Piece]:
    return [_signed_entry(str(number), text) for number, text in enumerate(texts, start=1)]


def _column_height(texts: Iterable[str], width: float) -> float:
    return sum(text_height(inline_html(text), width - INDENT) + GAP for text in texts)


def _two_columns(lefts: list[str], rights: list[str]) -> Piece:
    """Return what is to be paired, in the columns that need the least height."""
    tried = []
    for share in range(30, 75, 5):
        left = (WIDTH - _BETWEEN) * share / 100
        right = WIDTH - _BETWEEN - left
        needed = max(_column_height(lefts, left), _column_height(rights, right))
        tried.append((needed, left, right))
    least, left, right = min(tried)
    columns = f'style="grid-template-columns:{left:.0f}px {right:.0f}px"'
    html = pieces_html(_numbered(lefts)) + pieces_html(_lettered(rights))
    return Piece(f'<div class="columns" {columns}>{html}</div>', least)


def asked_pieces(item: Item) -> list[Piece]:
    """Return what is shown below the stem."""
    if isinstance(item, Code):
        return [piece(f"<pre>{escape(item.starter)}</pre>")]
    match item.as_shape():
        case Pick(answers=answers):
            return _lettered(answer.text for answer in answers)
        case Parts(parts=parts, task="sort"):
            return _numbered(part.text for part in parts)
        case Parts(parts=parts, task="order"):
            return _lettered(part.text for part in parts)
        case Parts(parts=parts, answers=answers):
            texts = [part.text for part in parts]
            return [_two_columns(texts, [answer.text for answer in answers])]
        case Written(criteria=criteria):
            lead = piece(paragraph(say("kit_slides.question.rubric")))
            return [lead, *(piece(inline_html(text), wrap="ul") for text in criteria)]
    return []


def order_letters(shape: Parts) -> list[tuple[str, str]]:
    """Return the parts in the right order, each with its letter on the slide."""
    rows = [
        (int(part.right.value), letter(index).upper(), part.text)
        for index, part in enumerate(shape.parts)
    ]
    return [(sign, text) for _, sign, text in sorted(rows)]


def _key_html(text: str) -> str:
    return f'<p class="right"><strong>{text}</strong></p>'


def _together(pieces: list[Piece]) -> Piece:
    """Return pieces as one that is not spread over slides."""
    return Piece(pieces_html(pieces), total_height(pieces))


def _key_pieces(html: str, feedback: str) -> list[Piece]:
    first, *rest = paragraph_pieces(feedback)
    # A key and the beginning of its feedback stay together.
    return [_together([piece(_key_html(html), bold=True), first]), *rest]


def _pick_pieces(shape: Pick) -> Iterator[Piece]:
    for answer in shape.answers:
        if answer.right:
            sign = f"✓ {answer.value.upper()}: {inline_html(answer.text)}"
            yield from _key_pieces(sign, answer.feedback)


def _sort_pieces(shape: Parts) -> Iterator[Piece]:
    for number, part in enumerate(shape.parts, start=1):
        verdict, reason = escape(part.right.text), inline_html(part.right.feedback)
        yield _together([
            piece(f"<p>{number}: {inline_html(part.text)}</p>"),
            piece(f"<p><strong>✓ {verdict}.</strong> {reason}</p>"),
        ])


def _order_pieces(shape: Parts) -> Iterator[Piece]:
    yield _together([
        piece(_key_html(f"✓ {escape(say('kit_slides.reveal.order'))}")),
        *(
            piece(f"<b>{sign}</b> {inline_html(text)}", wrap="ol order")
            for sign, text in order_letters(shape)
        ),
    ])


def _pair_pieces(shape: Parts) -> Iterator[Piece]:
    for number, part in enumerate(shape.parts, start=1):
        signs = f"✓ {number} {part.right.value.upper()}"
        both = f"{inline_html(part.text)} – {inline_html(part.right.text)}"
        yield piece(f"<p><strong>{signs}</strong> {both}</p>")
    for extra in shape.extras:
        none = escape(say("kit_slides.reveal.extra", letter=extra.value.upper()))
        yield piece(f"<p>{none} {inline_html(extra.text)}</p>")


def _shape_pieces(item: Item) -> Iterator[Piece]:
    """Yield the key with the feedback that belongs to it."""
    match item.as_shape():
        case Pick() as shape:
            yield from _pick_pieces(shape)
        case Parts(task="sort") as shape:
            yield from _sort_pieces(shape)
        case Parts(task="order") as shape:
            yield from _order_pieces(shape)
        case Parts() as shape:
            yield from _pair_pieces(shape)
        case Written(model=model):
            yield piece(_key_html(escape(say("kit_slides.reveal.model"))))
            yield from paragraph_pieces(model)
        case Spans(spans=[right, *_]) | Phrases(phrases=[right, *_]):
            yield from _key_pieces(f"✓ {inline_html(item.key_lines()[0])}", right.feedback)
        case shape:
            raise TypeError(type(shape))


def answer_pieces(item: Item) -> list[Piece]:
    """Return the key with its feedback, the reason, and the sentences that it rests on."""
    if isinstance(item, Code):
        key = [
            *_key_pieces(f"✓ {escape(item.short_key())}", item.right),
            piece(f"<pre>{escape(item.solution)}</pre>"),
        ]
    else:
        key = list(_shape_pieces(item))
    places = ", ".join(
        say("kit_slides.reveal.place", locator=locator, page=sentence(locator).page)
        for locator in item.cites
    )
    rests = escape(say("kit_slides.reveal.rests", places=places))
    return [*key, *paragraph_pieces(item.explain), piece(f"<p>{rests}</p>")]
