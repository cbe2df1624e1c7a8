"""The lines of a text as one row of letters, of which each knows where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from mali_course.original.fingerprints import START, letters_of, start_of

__all__ = ["Effort", "LetterStream", "Span"]

Span = tuple[int, int]  # the first letter, and the one after the last


class Effort:
    """How much more may be tried: it ends a search in a file that was made to have no end.

    Counted in comparisons and not in seconds, so that a file is answered alike everywhere.

    Examples
    --------
    >>> effort = Effort(2)
    >>> [effort.spend(), effort.spend(), effort.spend()]
    [True, True, False]
    """

    def __init__(self, most: int) -> None:
        self.left = most

    def spend(self, count: int = 1) -> bool:
        """Take some of it; returns whether there was as much."""
        self.left -= count
        return self.left >= 0


class LetterStream:
    """Lines without their spaces and signs.

    Examples
    --------
    >>> stream = LetterStream(["A co-", "op."])
    >>> stream.letters, stream.lines_begin, stream.place(3)
    ('acoop', [0, 3], (1, 0))
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.lines_begin: list[int] = []  # the first letter of each line that has one
        self._numbers: list[int] = []  # which line that is
        self._signs: list[int] = []
        parts: list[str] = []
        for number, line in enumerate(lines):
            letters, places = letters_of(line)
            if letters:
                self.lines_begin.append(len(self._signs))
                self._numbers.append(number)
                self._signs += places
                parts.append(letters)
        self.letters = "".join(parts)

    def row(self, letter: int) -> int:
        """Return which of the lines with letters a letter is in."""
        return bisect_right(self.lines_begin, letter) - 1

    def row_end(self, row: int) -> int:
        """Return the letter after the last one of a line with letters."""
        return self.lines_begin[row + 1] if row + 1 < len(self.lines_begin) else len(self.letters)

    def place(self, letter: int) -> tuple[int, int]:
        """Return the number of the line that a letter is in, and its place there."""
        return self._numbers[self.row(letter)], self._signs[letter]

    @cached_property
    def by_start(self) -> dict[str, list[int]]:
        """The letters at which each checksum of a beginning is found."""
        found: dict[str, list[int]] = {}
        for letter in range(len(self.letters)):
            found.setdefault(start_of(self.letters[letter : letter + START]), []).append(letter)
        return found

    @cached_property
    def words(self) -> list[Span]:
        """Runs of letters that nothing parts, not even a line end."""
        found: list[Span] = []
        for row, begin in enumerate(self.lines_begin):
            first = begin
            for letter in range(begin + 1, self.row_end(row) + 1):
                if letter == self.row_end(row) or self._signs[letter] - self._signs[letter - 1] > 1:
                    found.append((first, letter))
                    first = letter
        return found
