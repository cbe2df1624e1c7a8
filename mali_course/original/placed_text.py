"""Puts pieces of text that stand somewhere on a page into lines and columns."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from mali_course.original.readings import clean_lines

__all__ = ["Placed", "placed_readings"]

_MOST_COLUMNS = 3
_SPACE = 0.13  # in parts of the size of letters: from there on a gap is a space
_GUESSES = {
    "ijl.,:;'’‘| ": 0.26,
    "ftrI()[]-/!“”": 0.33,
    "cksvxyzJ": 0.49,
    "w": 0.72,
    "mMW%": 0.86,
    "—": 1.0,
}
_LONG = 12  # signs
_NEAR = 2.0  # points: pieces that begin so near to each other begin one column


@dataclass(frozen=True)
class Placed:
    """A piece of text on a page.

    Parameters
    ----------
    text : str
    x, y : float
        Where it begins, in points, along its line and across; y grows upward.
    size : float
        Of its letters, in points.
    angle : int
        Of its line, in degrees.
    """

    text: str
    x: float
    y: float
    size: float
    angle: int = 0

    @classmethod
    def at(cls, text: str, tm: Sequence[float], cm: Sequence[float], size: float) -> Placed:
        """Make one of the two matrices that place it.

        Examples
        --------
        >>> Placed.at("a", [1, 0, 0, 1, 5, 7], [2, 0, 0, 2, 0, 0], 10)
        Placed(text='a', x=10.0, y=14.0, size=20.0, angle=0)
        """
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        along = (tm[0] * cm[0] + tm[1] * cm[2], tm[0] * cm[1] + tm[1] * cm[3])
        turned = math.atan2(along[1], along[0])
        cos, sin = math.cos(turned), math.sin(turned)
        return cls(
            text,
            round(x * cos + y * sin, 2),
            round(y * cos - x * sin, 2),
            round(abs(size) * math.hypot(*along), 2),
            round(math.degrees(turned)),
        )


class _Widths:
    """How wide pieces are, in parts of the size of their letters. pypdf does not say it.

    A letter that stands alone is as wide as it is never followed by another one sooner. Of words it
    is guessed, and the guess is put right by how far words mostly are apart.
    """

    def __init__(self, lines: list[list[Placed]]) -> None:
        self._letters: dict[str, float] = {}
        self._space = _SPACE
        pairs = [pair for line in lines for pair in pairwise(line)]
        alone = [(before, one) for before, one in pairs if len(before.text) == 1]
        if len(alone) * 2 > len(pairs):
            for before, one in alone:
                step = (one.x - before.x) / (before.size or 1)
                # Signs such as a comma never have a letter close behind them.
                most = self._letters.get(before.text, 1.2 * _guessed(before.text) + 0.04)
                self._letters[before.text] = max(min(step, most), _SPACE)
        elif pairs:
            self._space = min(_SPACE, median(self.gap(*pair) for pair in pairs) - 2 * _SPACE)

    def gap(self, before: Placed, one: Placed) -> float:
        """Return how far two pieces are apart, in parts of the size of their letters."""
        step = (one.x - before.x) / (before.size or 1)
        return step - sum(self._letters.get(sign) or _guessed(sign) for sign in before.text)

    def space(self, before: Placed, one: Placed) -> bool:
        """Whether there is a space between two pieces."""
        return self.gap(before, one) > self._space


def _guessed(sign: str) -> float:
    """Return about how wide a sign is in most fonts."""
    for signs, width in _GUESSES.items():
        if sign in signs:
            return width
    return 0.68 if sign.isupper() else 0.53


def placed_readings(pages: Sequence[Sequence[Placed]]) -> Iterator[list[str]]:
    """Yield the lines of pages that are read in two columns, and in three.

    Examples
    --------
    >>> page = [Placed(*one, 10) for one in (("a", 0, 9), ("c", 90, 9), ("b", 0, 0), ("d", 90, 0))]
    >>> next(placed_readings([page]))
    ['a', 'b', 'c', 'd']
    """
    lined = [_in_lines(page) for page in pages]
    widths = [_Widths(lines) for lines in lined]
    for count in range(1, _MOST_COLUMNS):
        yield clean_lines(
            "\n".join(
                line
                for lines, wide in zip(lined, widths, strict=True)
                for line in _read(lines, wide, _edges(lines, wide)[:count])
            )
        )


def _in_lines(page: Sequence[Placed]) -> list[list[Placed]]:
    """Group what stands on one line, from top to bottom, each from left to right."""
    if not page:
        return []
    angle = Counter(one.angle for one in page).most_common(1)[0][0]
    usual = median(one.size for one in page)
    upright = sorted(
        (_raised(one, usual) for one in page if one.angle == angle), key=lambda one: -one.y
    )
    lines: list[list[Placed]] = []
    for one in upright:
        if lines and lines[-1][0].y - one.y < 0.4 * min(one.size, lines[-1][0].size):
            lines[-1].append(one)
        else:
            lines.append([one])
    # Pieces at the same place follow each other as in the file.
    return [sorted(line, key=lambda one: one.x) for line in lines]


def _raised(one: Placed, usual: float) -> Placed:
    """Return a large initial as a part of the first of the lines beside it."""
    if len(one.text.strip()) > 1 or one.size < 1.6 * usual:
        return one
    return replace(one, y=one.y + 0.8 * (one.size - usual), size=usual)


def _read(lines: list[list[Placed]], widths: _Widths, edges: list[float]) -> Iterator[str]:
    """Yield the lines of each column, from left to right."""
    bounds = [-math.inf, *sorted(edge - _NEAR for edge in edges), math.inf]
    for left, right in pairwise(bounds):
        for line in lines:
            inside = [one for one in line if left <= one.x < right]
            if inside:
                yield _joined(inside, widths)


def _edges(lines: list[list[Placed]], widths: _Widths) -> list[float]:
    """Return where columns begin beside the first: where something begins on many lines."""
    if not lines:
        return []
    all_x = [one.x for line in lines for one in line]
    margin, width = min(all_x), max(all_x) - min(all_x)
    begun = Counter(place for line in lines for place in set(_begins(line, widths)))
    near = {place: begun[place] + begun[place + 1] / 2 + begun[place - 1] / 2 for place in begun}
    found: list[float] = []
    for place in sorted(near, key=lambda place: -near[place]):
        x = place * _NEAR
        if all(abs(x - other) > width / 5 for other in (margin, *found)):
            found.append(x)
        if len(found) == _MOST_COLUMNS - 1:
            break
    return found


def _begins(line: list[Placed], widths: _Widths) -> Iterator[int]:
    """Yield where on a line something begins after a gap, as a number of `_NEAR`."""
    for number, one in enumerate(line):
        before = line[number - 1] if number else None
        # How wide a long piece is, is not known well enough to speak of a gap.
        if not before or len(before.text) > _LONG or widths.gap(before, one) > 0.5:
            yield round(one.x / _NEAR)


def _joined(line: list[Placed], widths: _Widths) -> str:
    """Return a line as text: a gap between two pieces is a space."""
    text = line[0].text
    for before, one in pairwise(line):
        text += (" " if widths.space(before, one) else "") + one.text
    return text
