"""Made-up sentences with all that print has, and PDFs of them, written operator by operator.

A page is a list of `Piece`: what is shown, and where. So a test decides in which order a file
shows its words, and what it leaves to the place alone.
"""

from __future__ import annotations

import textwrap
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from random import Random
from typing import NamedTuple

from mali_course.original.fingerprints import Fingerprint, fingerprint_of

PARAGRAPHS = (
    (
        "The harbour of Sainte-Éloïse has been closed to sailing boats since the lighthouse lost "
        "its lamp, a storm took the eastern pier, and two ferries ran aground there in 1911.",
        "Fishing families—some of whom appear to own vineyards or orchards as well—have moved "
        "inland, contributing to a shortage of sardines.",
        "“Nobody here,” the harbour master wrote, “remembers a quieter spring.”",
        "Lamps are cheap.",
        "As of late 1912, over 15,209 crates were stored in cellars (half as many again as "
        "in the summer before) and some 1,300 were afloat, per P.T.C. figures.",
    ),
    (
        "(An earlier count had missed them.)",
        "The P.T.C. appropriated $140 million for a new lamp in FY1913 (latest available), and the "
        "mayor’s office added $89 million.",
        "$12 of every hundred went to candles, rope, and the so-called “winter fund.”",
        "Capt. Zoë Ångström’s north-south ferry line was re-opened in mid-1913; it arguably "
        "rewarded those who had kept their well-worn boats afloat.",
        "Title IV of P.L. 110-457 names an offshoot, Les Cinq Phares (“the five lights”), which "
        "has affiliated with the efficient office of fluffy waffles.",
    ),
    (
        "In spring 1914, the ‘joint crew’—comprising Alder, Birch, Cedar, and Dogwood—launched a "
        "flotilla to counter fog in the border regions.",
        "Who pays for it?",
        "Not all funds have materialized: 45.5 percent, or 2,017 of 4,433, were late.",
        "The keepers’ union decided that its “second strategic priority”—after support to "
        "implementing the 1913 east-west accord—is to “facilitate” a new rota.",
        "By 1915, however, local keepers and their cousins from the islands (who had often rowed "
        "alongside the ferries) had outnumbered the clerks and run the harbour by themselves.",
        "These changes cost thousands of hours and led to an empty larder, made worse by frost.",
    ),
    (
        "Donors have pledged oil, but the barrels remain to be seen.",
        "Despite the losses of 1911, small boats have proven resilient, withstanding rain against "
        "wooden decks and using the changing winds to their advantage.",
        "In addition to a P.T.C. repair crew (described below), over 1,000 volunteers are in town "
        "under Operation Lantern, a regional lighting mission that grew from the 1912 regatta.",
        "The accord also aims to foster knitting in the central market, advance soup, and ensure "
        "warmth for past and future guests.",
        "Observers describe a complex dance within the harbour among the crews and the choirs they "
        "represent, seeking the best seats, the best tea, and quiet.",
        "“Light,” said the bishop, “is a habit.”",
        "It remains, on all sides of the bay, the only one.",
    ),
)
SENTENCES = {
    f"1.{paragraph}.{number}": text
    for paragraph, texts in enumerate(PARAGRAPHS, start=1)
    for number, text in enumerate(texts, start=1)
}
HEAD = ("Updated March 9, 1916", "A Harbour without a Lamp")
FOOT = ("https://harbour.example", "Office of Lamps 1", "PL104 · VERSION 3")
BOX = ("Figure 1. The Harbour at a Glance", "Source: Office of Lamps. Facts from Two Almanacs.")

Columns = tuple[list[str], list[str]]


def prints() -> list[Fingerprint]:
    """Return the fingerprints of the sentences."""
    return [fingerprint_of(locator, text) for locator, text in SENTENCES.items()]


def set_lines(width: int = 46, *, hyphenated: bool = False) -> list[str]:
    """Return the paragraphs in lines, with a box between two of them."""
    lines: list[str] = []
    for number, texts in enumerate(PARAGRAPHS):
        text = " ".join(texts)
        lines += _hyphenated(text, width) if hyphenated else textwrap.wrap(text, width)
        lines += BOX if number == 1 else ()
    return lines


def _hyphenated(text: str, width: int) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        room = width - len(line) - 2
        if len(line) + 1 + len(word) <= width:
            line = f"{line} {word}".strip()
        elif word.isalpha() and 3 <= room <= len(word) - 3:
            lines.append(f"{line} {word[:room]}-")
            line = word[room:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def in_columns(lines: Sequence[str], height: int = 20) -> Iterator[Columns]:
    """Yield the left and the right column of each page."""
    for begin in range(0, len(lines), 2 * height):
        page = list(lines[begin : begin + 2 * height])
        yield page[:height], page[height:]


def beside(fmt: Callable[[str, str], Iterable[str]], lines: Sequence[str]) -> str:
    """Return the columns as a text in which their lines stand beside each other."""
    pages = []
    for left, right in in_columns(lines):
        rows = [row for pair in zip_longest(left, right, fillvalue="") for row in fmt(*pair)]
        pages.append("\n".join([*HEAD, *rows, *FOOT]))
    return "\f".join(pages)


class Piece(NamedTuple):
    """Something that is shown on a page."""

    x: float
    y: float
    text: str
    size: float = 9


# Of Helvetica, in thousandths of its size; the rest is as wide as an "n".
_WIDTHS = {
    **dict.fromkeys("ijl", 222),
    **dict.fromkeys("ft,.:;/ I", 278),
    **dict.fromkeys("()-r", 333),
    **dict.fromkeys("cksvxyzJ", 500),
    **dict.fromkeys("ABEKPSVXY", 667),
    **dict.fromkeys("CDHNRU", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("“”", 333),
    **dict.fromkeys("’‘", 222),
    **dict.fromkeys("m", 833),
    **dict.fromkeys("MW", 900),
    "—": 1000,
}


def width(text: str, size: float = 9) -> float:
    return sum(_WIDTHS.get(sign, 556) for sign in text) * size / 1000


LEFT, RIGHT, TOP, LEADING = 50.0, 315.0, 730.0, 11.0


Page = list[list[Piece]]  # the pieces of each of its parts


def placed_pages(lines: Sequence[str], height: int = 20, lower: float = 0) -> list[Page]:
    """Return what stands on each page: heads, left column, right column, feet.

    `lower` is by how much the lines of the right column stand lower than those of the left one.
    """
    pages = []
    for left, right in in_columns(lines, height):
        columns = [
            [Piece(x, TOP - 40 - LEADING * row - down, line) for row, line in enumerate(column)]
            for x, down, column in ((LEFT, 0, left), (RIGHT, lower, right))
        ]
        heads = [Piece(LEFT, TOP - 15 * row, line, 12) for row, line in enumerate(HEAD)]
        feet = [Piece(LEFT + 180 * place, 40, line, 7) for place, line in enumerate(FOOT)]
        pages.append([heads, *columns, feet])
    return pages


def three_columns(lines: Sequence[str], height: int = 20) -> Iterator[list[Piece]]:
    """Yield what stands on each page in three narrow columns."""
    for begin in range(0, len(lines), 3 * height):
        yield [
            Piece(LEFT + 175 * (number // height), TOP - LEADING * (number % height), line)
            for number, line in enumerate(lines[begin : begin + 3 * height])
        ]


def words_of(piece: Piece) -> Iterator[Piece]:
    """Yield the words of a piece, each with its own place."""
    x = piece.x
    for word in piece.text.split(" "):
        yield piece._replace(x=x, text=word)
        x += width(word + " ", piece.size)


def letters_of(piece: Piece) -> Iterator[Piece]:
    """Yield the letters of a piece, each with its own place, and no spaces."""
    x = piece.x
    for sign in piece.text:
        if sign != " ":
            yield piece._replace(x=x, text=sign)
        x += width(sign, piece.size)


def by_rows(page: Sequence[Sequence[Piece]]) -> list[Piece]:
    """Return the pieces of a page line by line, across both columns."""
    return sorted((piece for part in page for piece in part), key=lambda one: (-one.y, one.x))


def shuffled(pieces: Iterable[Piece], seed: int = 1) -> list[Piece]:
    mixed = list(pieces)
    Random(seed).shuffle(mixed)
    return mixed


_LIGATURES = {"ffi": 1, "ff": 2, "fi": 3, "fl": 4}


def shown(text: str, *, ligatures: bool = False) -> bytes:
    """Return a text as the string of an operator."""
    for letters, code in _LIGATURES.items() if ligatures else ():
        text = text.replace(letters, chr(code))
    raw = text.encode("cp1252")
    for sign in (b"\\", b"(", b")"):
        raw = raw.replace(sign, b"\\" + sign)
    return b"(" + raw + b")"


def operators(pieces: Iterable[Piece], *, ligatures: bool = False) -> bytes:
    """Return the operators that show pieces, each at its place."""
    return b"\n".join(
        b"BT /F1 %g Tf 1 0 0 1 %g %g Tm %s Tj ET"
        % (piece.size, piece.x, piece.y, shown(piece.text, ligatures=ligatures))
        for piece in pieces
    )


def in_one_object(pieces: Iterable[Piece]) -> bytes:
    """Return operators that move from piece to piece within one text object."""
    parts, x, y = [b"BT"], 0.0, 0.0
    for piece in pieces:
        parts.append(
            b"/F1 %g Tf %g %g Td %s Tj" % (piece.size, piece.x - x, piece.y - y, shown(piece.text))
        )
        x, y = piece.x, piece.y
    return b"\n".join([*parts, b"ET"])


def kerned(pieces: Iterable[Piece]) -> bytes:
    """Return operators that show words with gaps between them instead of spaces."""
    parts = []
    for piece in pieces:
        words = b" -300 ".join(
            b" 40 ".join(shown(half) for half in (word[:3], word[3:]) if half)
            for word in piece.text.split(" ")
        )
        parts.append(
            b"BT /F1 %g Tf 1 0 0 1 %g %g Tm [%s] TJ ET" % (piece.size, piece.x, piece.y, words)
        )
    return b"\n".join(parts)


def pdf(
    contents: Sequence[bytes],
    *,
    page: bytes = b"/MediaBox [0 0 612 792]",
    as_forms: bool = False,
    packed: bool = True,
) -> bytes:
    """Return a PDF whose pages have these operators.

    Parameters
    ----------
    contents : sequence of bytes
    page : bytes
        What each page has beside that.
    as_forms : bool
        Whether the operators stand in a form that the page shows.
    packed : bool
        Whether they are compressed.
    """
    codes = b" ".join(b"/ffi /ff /fi /fl".split())
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding "
        b"/BaseEncoding /WinAnsiEncoding /Differences [1 " + codes + b"] >> >>"
    )
    count = len(contents)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (count, b" ".join(b"%d 0 R" % (4 + 3 * number) for number in range(count))),
        font,
    ]
    for number, content in enumerate(contents):
        resources = b"/Resources << /Font << /F1 3 0 R >> /XObject << /Fm %d 0 R >> >>" % (
            6 + 3 * number
        )
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R %s %s >>"
            % (5 + 3 * number, resources, page)
        )
        form = (
            b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] "
            b"/Resources << /Font << /F1 3 0 R >> >>"
        )
        objects.append(_stream(b"/Fm Do" if as_forms else content, packed=packed))
        objects.append(_stream(content if as_forms else b"", form, packed=packed))
    return written(objects)


def _stream(data: bytes, entries: bytes = b"", *, packed: bool = True) -> bytes:
    if packed:
        data, entries = zlib.compress(data), entries + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def written(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Return a file of numbered objects, of which the first is the catalogue."""
    made, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        made
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + (
            b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF"
            % (len(objects) + 1, trailer, len(made))
        )
    )
