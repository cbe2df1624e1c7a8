"""The report on slides: its digest, single sentences with their status, and where it is.

Where the report's own sentences may be shown, each stands below what we say of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from mali_course.core.bibliography import report_places_parts
from mali_course.core.html import inline_html
from mali_course.core.messages import say
from mali_course.core.report import Sentence, sentence, sentences
from mali_course.core.statuses import status
from mali_course.forms.original_html import original_html
from mali_course.kit.slides.deck_model import Slide
from mali_course.kit.slides.fit import (
    GAP,
    INDENT,
    WIDTH,
    Piece,
    pack_slides,
    piece,
    pieces_html,
    room_under,
    spread_pieces,
    text_height,
)
from mali_course.kit.with_report import report_source
from mali_course.original.kept import original

__all__ = ["digest_slides", "place_slides", "sentence_slides"]

_MARK = "mali-original"


def _sentence_piece(row: Sentence) -> Piece:
    """Return what a sentence says, with the sentence itself below it where it may be shown."""
    ours = piece(f"<p><strong>{row.locator}</strong> {inline_html(row.gist)}</p>")
    text = original(row.locator)
    if not text:
        return ours
    height = text_height(escape(text, quote=False), WIDTH - INDENT) + GAP
    return Piece(ours.html + original_html(row.locator, told=False), ours.height + height)


def _bodies(pieces: Sequence[Piece], title: str) -> list[str]:
    """Spread pieces over slides; one with sentences of the report says where they come from."""
    if not any(_MARK in each.html for each in pieces):
        return pack_slides(pieces, title)
    source = piece(f'<p class="source">{escape(report_source("kit_slides.digest.source"))}</p>')
    return [
        pieces_html([*part, source] if any(_MARK in each.html for each in part) else part)
        for part in spread_pieces(pieces, room_under(title) - source.height)
    ]


def digest_slides(places: Sequence[str]) -> list[Slide]:
    """Return the digest of some places, such as paragraph ``"1.2"``, on as many slides as it takes.

    Examples
    --------
    >>> digest_slides(["1.2"])[0].title
    'What the report says (1.2)'
    """
    key = "kit_slides.digest.several" if len(places) > 1 else "kit_slides.digest.title"
    title = escape(say(key, places=", ".join(places)))
    rows = [
        _sentence_piece(row)
        for place in places
        for row in sentences()
        if f"{row.locator}.".startswith(f"{place}.")
    ]
    return [Slide(title, body, kind="text") for body in _bodies(rows, title)]


def sentence_slides(places: Sequence[str]) -> list[Slide]:
    """Return a slide for each sentence, with its status and whose claim it is.

    Examples
    --------
    >>> "Status: " in sentence_slides(["1.1.3"])[0].body
    True
    """
    slides = []
    for place in places:
        row = sentence(place)
        kind = status(row.status)
        line = say(
            "kit_slides.digest.status",
            status=f"{kind.sign} {kind.word}",
            by=row.attribution or say("interface.report.itself"),
            page=row.page,
        )
        title = escape(say("kit_slides.digest.title", places=place))
        pieces = [_sentence_piece(row), piece(f"<p>{escape(line)}</p>")]
        slides += [Slide(title, body) for body in _bodies(pieces, title)]
    return slides


def place_slides() -> list[Slide]:
    """Return where to find the report, and how to recognise the right version.

    Examples
    --------
    >>> "VERSION 9" in place_slides()[-1].body
    True
    """
    title = escape(say("interface.report.itself_title"))
    rows, texts = report_places_parts()
    pieces = [piece(row, wrap="ul") for row in rows]
    pieces += [piece(f"<p>{text}</p>") for text in texts]
    return [Slide(title, body) for body in pack_slides(pieces, title)]
