"""Follows a sentence through a text that is interrupted anywhere, by the lengths of its words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from mali_course.original.fingerprints import START, Fingerprint, start_of, whole_of
from mali_course.original.letter_stream import Effort, LetterStream, Span

__all__ = ["WordPaths"]

_FEW = 2.5  # words a line: with fewer, lengths of words tell too little
# How many words must have the right lengths where the reading goes on elsewhere: on the next lines,
# at the beginning of any line, and anywhere. They are a check alone; with too few of them there
# would be ever more ways.
_NEAR, _AT_LINES, _ANYWHERE = 2, 4, 5
_NEXT_LINES = 3
_LONGER = 2_000  # comparisons, once a sentence is found that has no full stop


class WordPaths:
    """The words of a text, and the ways from each to one that may follow it.

    After the last word of a line the reading may go on at the beginning of another one. If lines
    hold two columns, it may do so after any word: so it is in the left column; and it may go on in
    the middle of a line: so it is in the right.

    Parameters
    ----------
    stream : LetterStream
    merged : bool
        Whether lines may hold two columns. Then words that somebody has put into a sentence are
        taken for another column now and then, which whole lines never are.
    """

    def __init__(self, stream: LetterStream, *, merged: bool) -> None:
        self.merged = merged
        self.stream = stream
        self.words = stream.words
        begins = set(stream.lines_begin)
        first = [begin in begins for begin, _ in self.words]
        self.last = [*first[1:], True][: len(self.words)]  # of a line
        self.lengths = [end - begin for begin, end in self.words]
        self.cut = [_hyphen_after(stream, end - 1) for _, end in self.words]
        self.line_starts = [number for number, is_first in enumerate(first) if is_first]
        numbers = range(len(self.words)) if merged else ()
        self.anywhere = _ByLengths(self, numbers, _ANYWHERE)
        self.at_lines = _ByLengths(self, self.line_starts, _AT_LINES)

    @property
    def promising(self) -> bool:
        """Whether lines have words enough to follow them."""
        return len(self.words) > _FEW * len(self.line_starts)

    def find(
        self, one: Fingerprint, effort: Effort, *, begins_whole: bool
    ) -> tuple[Span, ...] | None:
        """Return the pieces of a sentence, or None.

        Parameters
        ----------
        one : Fingerprint
        effort : Effort
        begins_whole : bool
            Whether its first twelve letters must follow each other.
        """
        search = _Search(self, one, effort)
        hits = set(self.stream.by_start.get(one.start, ()))
        starts = [
            number
            for number, (begin, _) in enumerate(self.words)
            if begins_whole == (begin in hits) and self.lengths[number] <= one.words[0]
        ]
        for number in starts:
            path = search.run(number)
            if path:
                return self._pieces(path)
            if effort.left < 0:
                return None
        return None

    def next_lines(self, number: int) -> tuple[int, int]:
        """Return which of the line starts come next behind a word: from, to."""
        begin = bisect_left(self.line_starts, number + 1)
        return begin, min(begin + _NEXT_LINES, len(self.line_starts))

    def _pieces(self, path: list[int]) -> tuple[Span, ...]:
        pieces: list[Span] = []
        for number in path:
            begin, end = self.words[number]
            if pieces and pieces[-1][1] == begin:
                pieces[-1] = (pieces[-1][0], end)
            else:
                pieces.append((begin, end))
        return tuple(pieces)


def _hyphen_after(stream: LetterStream, letter: int) -> bool:
    """Whether a letter is followed by a hyphen at which a word may have been cut."""
    line, sign = stream.place(letter)
    behind = stream.lines[line][sign + 1 : sign + 3]
    return behind[:1] in ("-", "‐") and not behind[1:].strip()


class _ByLengths:
    """Words, found by their lengths and those of the words behind them on their line."""

    def __init__(self, paths: WordPaths, numbers: Iterable[int], count: int) -> None:
        self._paths = paths
        self._count = count
        self._by: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for number in numbers:
            lengths: tuple[int, ...] = ()
            for other in range(number, min(number + count, len(paths.words))):
                lengths = (*lengths, paths.lengths[other])
                self._by[lengths].append(number)
                if paths.last[other]:
                    # A short line: it is found by fewer words, if it begins a line.
                    if count == _AT_LINES and len(lengths) < count:
                        self._by[(*lengths, 0)].append(number)
                    break

    def find(self, lengths: tuple[int, ...]) -> Iterator[tuple[int, int]]:
        """Yield the words that begin with these lengths, and how many lengths told it."""
        lengths = lengths[: self._count]
        for number in self._by.get(lengths, ()):
            yield number, len(lengths)
        for count in range(1, len(lengths)):
            for number in self._by.get((*lengths[:count], 0), ()):
                yield number, count


class _Search:
    """The search for one sentence."""

    def __init__(self, paths: WordPaths, one: Fingerprint, effort: Effort) -> None:
        self._paths = paths
        self._one = one
        self._effort = effort
        self._ends = list(accumulate(one.words))
        # Of each letter: the word that it is in.
        self._word = [n for n, size in enumerate(one.words) for _ in range(size)]

    def run(self, start: int) -> list[int] | None:
        """Return the numbers of the words of the sentence, if it begins with this one."""
        one, paths, letters = self._one, self._paths, self._paths.stream.letters
        # Each entry: a word, the letters of the sentence before it, the way to it, and from which
        # letter on the reading may go on elsewhere.
        waiting: list[tuple[int, str, list[int], int]] = [(start, "", [], 0)]
        second_best: list[int] | None = None
        while waiting and self._effort.spend():
            number, before, path, bound = waiting.pop()
            if not self._fits(number, len(before)):
                continue
            begin, end = paths.words[number]
            text, way = before + letters[begin:end], [*path, number]
            at = len(text)
            if len(before) < START <= at and start_of(text) != one.start:
                continue
            if at == one.length:
                if whole_of(text) == one.whole:
                    if self._ends_well(number):
                        return way
                    # The same last word may stand elsewhere, in the middle of a sentence.
                    second_best = second_best or way
                    self._effort.left = min(self._effort.left, _LONGER)
                continue
            # The last to come is the first to be tried: the word that follows in the text.
            if at >= bound and (paths.merged or paths.last[number]):
                waiting += [(other, text, way, free) for other, free in self._far(number, at)]
            if (at >= bound and paths.merged) or paths.last[number]:
                waiting += [(other, text, way, 0) for other in self._near(number, at)]
            if number + 1 < len(paths.words):
                waiting.append((number + 1, text, way, bound))
        return second_best

    def _ends_well(self, number: int) -> bool:
        """Whether there is a full stop, or the like, behind a word."""
        stream = self._paths.stream
        line, sign = stream.place(self._paths.words[number][1] - 1)
        return bool(re.match(r"[^\w\s]*[.!?…]", stream.lines[line][sign + 1 :]))

    def _fits(self, number: int, at: int) -> bool:
        """Whether a word has the right length, or is cut off."""
        length, rest = self._paths.lengths[number], self._ends[self._word[at]] - at
        return length == rest or (length < rest and self._paths.cut[number])

    def _far(self, number: int, at: int) -> Iterator[tuple[int, int]]:
        """Yield where the reading may go on, and until where it then has to follow the words."""
        word = self._word[at]
        lengths = (self._ends[word] - at, *self._one.words[word + 1 : word + _ANYWHERE])
        for where in (self._paths.at_lines, self._paths.anywhere):
            for other, count in where.find(lengths):
                yield other, self._ends[word + count - 1]

    def _near(self, number: int, at: int) -> Iterator[int]:
        """Yield where the reading may go on in the lines that come next."""
        paths = self._paths
        first, last = paths.next_lines(number)
        near: Sequence[int] = paths.line_starts[first:last]
        if paths.last[number] and paths.merged:
            ends = [*paths.line_starts[last:], len(paths.words)]
            near = range(number + 2, ends[0])
        for other in reversed(near):
            if self._agrees(other, at):
                yield other

    def _agrees(self, number: int, at: int) -> bool:
        """Whether some words from here to the end of the line at most have the right lengths."""
        paths = self._paths
        for _ in range(_NEAR):
            if not self._fits(number, at):
                return False
            at += paths.lengths[number]
            if at == self._one.length or paths.last[number]:
                return True
            number += 1
        return True
