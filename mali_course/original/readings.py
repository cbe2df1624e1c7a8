"""Several ways to read the lines of a text that may have stood in columns."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

__all__ = ["clean_lines", "text_readings"]

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]")
_ACCENTS = {
    "´": "\u0301",
    "`": "\u0300",
    "¨": "\u0308",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¸": "\u0327",
}
# TeX sets an accent as a sign of its own: before the letter, and the i has no dot.
_ACCENTED = re.compile("([´¨ˆ˜¸]|(?<=[a-z])`)([A-Za-zı])")
_BAR = re.compile(r"[|¦│┃║\t]")  # parts the cells of a table
_GAP = re.compile(r" {2,}")
_MARGIN = 10  # signs: what stands further to the right begins no left column


def clean_lines(text: str) -> list[str]:
    r"""Return the lines of a text, without signs that nobody sees; a new page is a line "\f".

    Examples
    --------
    >>> clean_lines("Ke´ıta’s co\u00adop\nand\u00a0more")
    ['Keíta’s coop', 'and more']
    """
    # A hyphen that is seen only at the end of a line is seen there.
    text = re.sub("\u00ad(?=[ \t]*[\r\n])", "-", text)
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text)).replace("\f", "\n\f\n")
    text = _ACCENTED.sub(lambda found: _accented(found[2], found[1]), text)
    return [
        line if line == "\f" else re.sub(r"\s", " ", _BAR.sub("    ", line))
        for line in re.split("\r\n|[\n\r\v\x85\u2028\u2029]", text)
    ]


def _accented(letter: str, accent: str) -> str:
    return unicodedata.normalize("NFC", letter.replace("ı", "i") + _ACCENTS[accent])


def text_readings(lines: list[str]) -> Iterator[list[str]]:
    """Yield the lines in each order in which they may be meant, the plain one first.

    Examples
    --------
    >>> list(text_readings(["One  two", "and  and", "so   so"]))[1]
    ['One  ', 'and  ', 'so   ', 'two', 'and', 'so']
    """
    yield lines
    pages = list(_pages(lines))
    for parted in (_at_one_place, _at_widest_gap, _alternating):
        reading = [line for page in pages for part in parted(page) for line in part]
        if reading != lines:
            yield reading


def _pages(lines: list[str]) -> Iterator[list[str]]:
    page: list[str] = []
    for line in lines:
        if line == "\f":
            yield page
            page = []
        elif line.strip():
            page.append(line.rstrip())
    yield page


def _gaps(line: str) -> list[tuple[int, int]]:
    return [found.span() for found in _GAP.finditer(line) if found.start() or found.end() > _MARGIN]


def _at_one_place(page: list[str]) -> tuple[list[str], list[str]]:
    """Part lines where a second column begins on many of them, give or take a sign."""
    ends = Counter(end for line in page for _, end in _gaps(line))
    if not ends:
        return page, []
    place = max(ends, key=lambda end: (sum(ends[end + near] for near in (-1, 0, 1)), ends[end]))
    left, right = [], []
    for line in page:
        cut = next((end for _, end in _gaps(line) if abs(end - place) <= 2), 0)
        if not cut and line[place - 1 : place] == " ":
            cut = place
        cut = cut or len(line)
        left.append(line[:cut])
        right.append(line[cut:])
    return left, right


def _at_widest_gap(page: list[str]) -> tuple[list[str], list[str]]:
    """Part each line at its widest gap: the columns stand beside each other, but not in line."""
    left, right = [], []
    for line in page:
        begin, end = max(
            _gaps(line), key=lambda gap: gap[1] - gap[0], default=(len(line), len(line))
        )
        left.append(line[:begin])
        right.append(line[end:])
    return left, right


def _alternating(page: list[str]) -> tuple[list[str], list[str]]:
    """Take each second line."""
    return page[::2], page[1::2]
