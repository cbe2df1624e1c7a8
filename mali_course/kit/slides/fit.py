"""What fits on a slide: pieces of text with their heights, and slides filled with them.

Text on the wall is never made smaller. So the heights are worked out beforehand, with a font that
is wider than those of most computers, and what does not fit goes to a further slide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from mali_course.core.html import text_of

__all__ = [
    "ROOM", "TITLE_LINE", "WIDTH", "Piece", "height", "joined", "pack", "pack_slides", "paragraphs",
    "piece", "room_under", "stepped",
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


def _lines(words: Iterable[float], space: float, width: float) -> int:
    count, used = 1, 0.0
    for word in words:
        if used and used + space + word > width:
            count, used = count + 1, word
        else:
            used += word + (space if used else 0)
        while used > width:  # a word longer than the line is broken
            count, used = count + 1, used - width
    return count


def height(
    html: str, width: float = WIDTH, *, bold: bool = False, size: int = SIZE, line: int = LINE
) -> float:
    """Return the height of a text in a width, without a gap.

    Examples
    --------
    >>> height("One line")
    42
    >>> height("word " * 60) > 3 * 42
    True
    """
    from mali_course.charts.style import text_width

    whole = html.startswith("<strong") and html.endswith("</strong>")
    weight = "bold" if bold or whole else "normal"

    def measured(text: str) -> float:
        return text_width(text, size, weight) * 72 * _MARGIN

    total = 0
    for part in (text_of(html).splitlines() or [""]):
        if "<pre" in html:
            words = [len(part) * _MONO * size]
        else:
            words = [measured(word) for word in part.split()]
        total += _lines(words, measured(" "), width) * line
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
    return Piece(html, height(html, inner, bold=bold) + GAP + extra, wrap)


def paragraphs(text: str) -> list[Piece]:
    """Return a text as paragraphs of a few lines, broken between sentences where it is longer.

    Examples
    --------
    >>> len(paragraphs("Short."))
    1
    >>> len(paragraphs("This sentence has a few words. " * 30)) > 1
    True
    """
    from mali_course.core.html import rich

    parts: list[str] = []
    for sentence in re.split(r"(?<=[.!?:])\s+(?=[\"“A-Z0-9])", text.strip()):
        longer = f"{parts[-1]} {sentence}" if parts else sentence
        if parts and height(rich(longer)) <= _PARAGRAPH * LINE:
            parts[-1] = longer
        else:
            parts.append(sentence)
    return [piece(f"<p>{rich(part)}</p>") for part in parts]


def room_under(title: str) -> float:
    """Return the height for pieces below a title."""
    above = height(title, WIDTH, bold=True, size=TITLE, line=TITLE_LINE)
    return ROOM - (above - TITLE_LINE)


def pack(pieces: Sequence[Piece], room: float) -> list[list[Piece]]:
    """Spread pieces over as few slides as hold them, filled about evenly.

    A piece that is higher than the room stands alone.

    Examples
    --------
    >>> one = Piece("<p>a</p>", 100)
    >>> [len(part) for part in pack([one] * 6, 500)]
    [3, 3]
    """

    def greedy(limit: float) -> list[list[Piece]]:
        parts: list[list[Piece]] = [[]]
        for one in pieces:
            if parts[-1] and sum(each.height for each in parts[-1]) + one.height > limit:
                parts.append([])
            parts[-1].append(one)
        return parts

    fewest = greedy(room)
    for share in range(10, 20):
        limit = room * share / 20
        even = greedy(limit)
        if len(even) == len(fewest) and all(
            sum(one.height for one in part) <= room or len(part) == 1 for part in even
        ):
            return even
    return fewest


def pack_slides(pieces: Sequence[Piece], title: str) -> list[str]:
    """Spread pieces over slides below a title; return the HTML of each."""
    return [joined(part) for part in pack(pieces, room_under(title))]


def stepped(one: Piece) -> Piece:
    """Return a piece that appears with a step of its own."""
    if one.wrap:
        return replace(one, wrap=f"{one.wrap} fragment")
    tag, _, rest = one.html.partition(">")
    return replace(one, html=f'{tag} class="fragment">{rest}')


def joined(pieces: Iterable[Piece]) -> str:
    """Return pieces as HTML, entries that follow each other in one list.

    Examples
    --------
    >>> joined([Piece("a", 1, "ul"), Piece("b", 1, "ul"), Piece("<p>c</p>", 1)])
    '<ul><li>a</li><li>b</li></ul><p>c</p>'
    """
    html = ""
    for wrap, inside in groupby(pieces, key=lambda one: one.wrap):
        if not wrap:
            html += "".join(one.html for one in inside)
            continue
        tag, _, classes = wrap.partition(" ")
        attribute = f' class="{classes}"' if classes else ""
        rows = "".join(
            one.html if one.html.startswith("<li") else f"<li>{one.html}</li>" for one in inside
        )
        html += f"<{tag}{attribute}>{rows}</{tag}>"
    return html
