"""What fits on a slide: pieces of text with their heights, and slides filled with them.

Text on the wall is never made smaller. So the heights are worked out beforehand, with a font that
is wider than those of most computers, and what does not fit goes to a further slide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from mali_course.charts.style import text_width
from mali_course.core.html import inline_html, text_of

__all__ = [
    "ROOM", "TITLE_LINE", "WIDTH", "Piece", "pack_slides", "paragraph_pieces", "piece",
    "pieces_html", "room_under", "spread_pieces", "text_height", "total_height", "with_step",
]

# The measures of slides.css, in pixels of a slide of 1280 to 720.
SIZE = 32  # 24 points
LINE = 42
GAP = 14
WIDTH = 1200
INDENT = 60
TITLE, TITLE_LINE = 40, 50
ROOM = 588  # below a title of one line, above the foot, with the gap below the last piece
_MONO = 0.602  # width of a letter of code, in sizes of the type
_PARAGRAPH = 7  # lines that are read well on a wall
_MARGIN = 1.02  # a browser may set a line a little wider


@dataclass(frozen=True)
class Piece:
    """A paragraph, an entry of a list or another block that stays together.

    Parameters
    ----------
    html : str
        The block, or the inside of an entry.
    height : float
        Its height with the gap below it.
    wrap : str
        The list around it with its classes, such as ``ul`` or ``ul options``, or "".
    """

    html: str
    height: float
    wrap: str = ""


def _line_count(words: Iterable[float], space: float, width: float) -> int:
    count, used = 1, 0.0
    for word in words:
        if used and used + space + word > width:
            count, used = count + 1, word
        else:
            used += word + (space if used else 0)
        while used > width:  # a word longer than the line is broken
            count, used = count + 1, used - width
    return count


def text_height(
    html: str, width: float = WIDTH, *, bold: bool = False, size: int = SIZE, line: int = LINE
) -> float:
    """Return the height of a text in a width, without a gap.

    Examples
    --------
    >>> text_height("One line")
    42
    >>> text_height("word " * 60) > 3 * 42
    True
    """
    whole = html.startswith("<strong") and html.endswith("</strong>")
    weight = "bold" if bold or whole else "normal"

    def word_width(text: str) -> float:
        return text_width(text, size, weight) * 72 * _MARGIN

    total = 0
    for part in (text_of(html).splitlines() or [""]):
        if "<pre" in html:
            words = [len(part) * _MONO * size]
        else:
            words = [word_width(word) for word in part.split()]
        total += _line_count(words, word_width(" "), width) * line
    return total


def piece(html: str, width: float = WIDTH, *, wrap: str = "", bold: bool = False) -> Piece:
    """Return a block or an entry of a list with its height.

    Examples
    --------
    >>> piece("<p>One line</p>").height
    56
    """
    inner = width - INDENT if wrap else width
    inner -= 40 if "<pre" in html else 0
    extra = 28 if "<pre" in html else 0
    return Piece(html, text_height(html, inner, bold=bold) + GAP + extra, wrap)


def paragraph_pieces(text: str) -> list[Piece]:
    """Return a text as paragraphs of a few lines, broken between sentences where it is longer.

    Examples
    --------
    >>> len(paragraph_pieces("Short."))
    1
    >>> len(paragraph_pieces("This sentence has a few words. " * 30)) > 1
    True
    """
    parts: list[str] = []
    for sentence in re.split(r"(?<=[.!?:])\s+(?=[\"“A-Z0-9])", text.strip()):
        longer = f"{parts[-1]} {sentence}" if parts else sentence
        if parts and text_height(inline_html(longer)) <= _PARAGRAPH * LINE:
            parts[-1] = longer
        else:
            parts.append(sentence)
    return [piece(f"<p>{inline_html(part)}</p>") for part in parts]


def total_height(pieces: Iterable[Piece]) -> float:
    """Return the height of pieces under each other."""
    return sum(each.height for each in pieces)


def room_under(title: str) -> float:
    """Return the height for pieces below a title."""
    above = text_height(title, WIDTH, bold=True, size=TITLE, line=TITLE_LINE)
    return ROOM - (above - TITLE_LINE)


def spread_pieces(pieces: Sequence[Piece], room: float) -> list[list[Piece]]:
    """Spread pieces over as few slides as hold them, filled about evenly.

    A piece that is higher than the room stands alone.

    Examples
    --------
    >>> one = Piece("<p>a</p>", 100)
    >>> [len(part) for part in spread_pieces([one] * 6, 500)]
    [3, 3]
    """

    def filled_parts(limit: float) -> list[list[Piece]]:
        parts: list[list[Piece]] = [[]]
        for each in pieces:
            if parts[-1] and total_height([*parts[-1], each]) > limit:
                parts.append([])
            parts[-1].append(each)
        return parts

    fewest = filled_parts(room)
    for share in range(10, 20):
        limit = room * share / 20
        even = filled_parts(limit)
        fits = all(total_height(part) <= room or len(part) == 1 for part in even)
        if fits and len(even) == len(fewest):
            return even
    return fewest


def pack_slides(pieces: Sequence[Piece], title: str) -> list[str]:
    """Spread pieces over slides below a title; return the HTML of each."""
    return [pieces_html(part) for part in spread_pieces(pieces, room_under(title))]


def with_step(each: Piece) -> Piece:
    """Return a piece that appears with a step of its own."""
    if each.wrap:
        return replace(each, wrap=f"{each.wrap} fragment")
    tag, _, rest = each.html.partition(">")
    return replace(each, html=f'{tag} class="fragment">{rest}')


def pieces_html(pieces: Iterable[Piece]) -> str:
    """Return pieces as HTML, entries that follow each other in one list.

    Examples
    --------
    >>> pieces_html([Piece("a", 1, "ul"), Piece("b", 1, "ul"), Piece("<p>c</p>", 1)])
    '<ul><li>a</li><li>b</li></ul><p>c</p>'
    """
    html = ""
    for wrap, inside in groupby(pieces, key=lambda each: each.wrap):
        rows = [each.html for each in inside]
        if wrap:
            tag, _, classes = wrap.partition(" ")
            attribute = f' class="{classes}"' if classes else ""
            entries = (row if row.startswith("<li") else f"<li>{row}</li>" for row in rows)
            rows = [f"<{tag}{attribute}>", *entries, f"</{tag}>"]
        html += "".join(rows)
    return html
