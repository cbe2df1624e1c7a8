"""Follows a sentence through a text that is interrupted anywhere, by the lengths of its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate

from mali_course.original.fingerprints import START, Fingerprint, start_of, whole_of
from mali_course.original.letter_stream import Effort, LetterStream, Span

__all__ = ["WordPaths"]

_AHEAD = 3  # words that must have the right lengths where the reading goes on elsewhere
_FEW = 2.5  # words a line: with fewer, lengths of words tell too little


class WordPaths:
    """The words of a text, and the ways from each to one that may follow it.

    After any word the reading may go on at the beginning of a line: so it is in the left column if
    a line holds both. After the last word of a line it may go on anywhere: so it is in the right.
    """

    def __init__(self, stream: LetterStream) -> None:
        self._stream = stream
        self._words = stream.words
        begins = set(stream.lines_begin)
        self._first = [begin in begins for begin, _ in self._words]
        self._last = [*self._first[1:], True][: len(self._words)]
        self._anywhere: dict[int, list[int]] = defaultdict(list)
        self._at_lines: dict[int, list[int]] = defaultdict(list)
        for number, (begin, end) in enumerate(self._words):
            self._anywhere[end - begin].append(number)
            if self._first[number]:
                self._at_lines[end - begin].append(number)

    @property
    def promising(self) -> bool:
        """Whether lines have words enough to follow them."""
        return len(self._words) > _FEW * len(self._stream.lines_begin)

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
        if begins_whole:
            hits = set(self._stream.by_start.get(one.start, ()))
            starts = [n for n, (begin, _) in enumerate(self._words) if begin in hits]
        else:
            starts = self._anywhere[one.words[0]]
        search = _Search(self, one, effort)
        for number in starts:
            path = search.run(number)
            if path:
                return self._pieces(path)
            if effort.left < 0:
                return None
        return None

    def _pieces(self, path: list[int]) -> tuple[Span, ...]:
        pieces: list[Span] = []
        for number in path:
            begin, end = self._words[number]
            if pieces and pieces[-1][1] == begin:
                pieces[-1] = (pieces[-1][0], end)
            else:
                pieces.append((begin, end))
        return tuple(pieces)


class _Search:
    """The search for one sentence."""

    def __init__(self, paths: WordPaths, one: Fingerprint, effort: Effort) -> None:
        self._paths = paths
        self._one = one
        self._effort = effort
        # Where the word that a letter belongs to ends.
        self._ends = [
            end for end, size in zip(accumulate(one.words), one.words, strict=True) for _ in range(size)
        ]

    def run(self, start: int) -> list[int] | None:
        """Return the numbers of the words of the sentence, if it begins with this one."""
        one, paths, letters = self._one, self._paths, self._paths._stream.letters
        # Each entry: a word, the letters of the sentence before it, and the way to it.
        waiting: list[tuple[int, str, list[int]]] = [(start, "", [])]
        while waiting and self._effort.spend():
            number, before, path = waiting.pop()
            if not self._fits(number, len(before)):
                continue
            begin, end = paths._words[number]
            text, way = before + letters[begin:end], [*path, number]
            if len(before) < START <= len(text) and start_of(text) != one.start:
                continue
            if len(text) == one.length:
                if whole_of(text) == one.whole:
                    return way
                continue
            # The last to come is the first to be tried: the word that follows in the text.
            waiting += [(other, text, way) for other in self._elsewhere(number, len(text))]
            if number + 1 < len(paths._words):
                waiting.append((number + 1, text, way))
        return None

    def _fits(self, number: int, at: int) -> bool:
        """Whether a word has the right length, or is cut off by the end of its line."""
        begin, end = self._paths._words[number]
        rest = self._ends[at] - at
        return end - begin == rest or (end - begin < rest and self._paths._last[number])

    def _elsewhere(self, number: int, at: int) -> Iterator[int]:
        paths = self._paths
        ended = paths._last[number]
        within = at > 0 and self._ends[at - 1] != at  # of a word
        if within and not ended:
            return
        where = paths._anywhere if ended and not within else paths._at_lines
        candidates = where[self._ends[at] - at]
        self._effort.spend(len(candidates) // 4)
        for other in reversed(candidates):
            if other != number + 1 and self._agrees(other, at):
                yield other

    def _agrees(self, number: int, at: int) -> bool:
        """Whether some words from here to the end of the line at most have the right lengths."""
        paths = self._paths
        for _ in range(_AHEAD):
            if not self._fits(number, at):
                return False
            begin, end = paths._words[number]
            at += end - begin
            if at == self._one.length or paths._last[number]:
                return True
            number += 1
        return True
