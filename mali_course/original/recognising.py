"""Finds sentences in the lines of a text by their fingerprints.

Three ways: the letters of a sentence one after the other; with interruptions, as where the lines of
two columns alternate, by the lengths of its words; and with one interruption at a line end, such as
the foot of a page and the head of the next, where the words are no longer whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from mali_course.original.fingerprints import Fingerprint, whole_of
from mali_course.original.letter_stream import Effort, LetterStream, Span
from mali_course.original.word_paths import WordPaths

__all__ = ["WAYS", "in_one_piece", "on_a_path", "on_a_path_from_a_cut", "with_one_jump"]

_EACH = 40_000  # comparisons for a sentence

Path = tuple[Span, ...]  # the letters of a sentence, piece by piece
Way = Callable[[LetterStream, Collection[Fingerprint], Effort], Iterator[tuple[Fingerprint, Path]]]


def in_one_piece(
    stream: LetterStream, wanted: Collection[Fingerprint], effort: Effort
) -> Iterator[tuple[Fingerprint, Path]]:
    """Yield each sentence whose letters follow each other.

    Examples
    --------
    >>> from mali_course.original.fingerprints import fingerprint_of
    >>> stream = LetterStream(["Two words. Then an-", "other sentence."])
    >>> list(in_one_piece(stream, [fingerprint_of("1.1.1", "Then another sentence.")], Effort(99)))
    [(Fingerprint(locator='1.1.1', ...), ((8, 27),))]
    """
    for one in wanted:
        for begin in stream.by_start.get(one.start, ()):
            if not effort.spend():
                return
            if whole_of(stream.letters[begin : begin + one.length]) == one.whole:
                yield one, ((begin, begin + one.length),)
                break


def with_one_jump(
    stream: LetterStream, wanted: Collection[Fingerprint], effort: Effort
) -> Iterator[tuple[Fingerprint, Path]]:
    """Yield each sentence that is found if, at a line end, the reading goes on at another line."""
    for one in wanted:
        path = next(
            (
                path
                for begin in stream.by_start.get(one.start, ())
                for path in _jumps(stream, one, begin, effort)
            ),
            None,
        )
        if path:
            yield one, path
        if effort.left < 0:
            return


def _jumps(stream: LetterStream, one: Fingerprint, begin: int, effort: Effort) -> Iterator[Path]:
    letters, length = stream.letters, one.length
    for row in range(stream.row(begin), len(stream.lines_begin)):
        end = stream.row_end(row)
        rest = length - (end - begin)
        if rest <= 0:
            return
        before = letters[begin:end]
        for target in stream.lines_begin:
            if not effort.spend():
                return
            if whole_of(before + letters[target : target + rest]) == one.whole:
                yield (begin, end), (target, target + rest)
                return


def on_a_path(
    stream: LetterStream, wanted: Collection[Fingerprint], effort: Effort
) -> Iterator[tuple[Fingerprint, Path]]:
    """Yield each sentence that is found by following words of the right lengths."""
    yield from _on_a_path(stream, wanted, effort, begins_whole=True)


def on_a_path_from_a_cut(
    stream: LetterStream, wanted: Collection[Fingerprint], effort: Effort
) -> Iterator[tuple[Fingerprint, Path]]:
    """Yield each sentence that is found so, though its first letters do not follow each other."""
    yield from _on_a_path(stream, wanted, effort, begins_whole=False)


def _on_a_path(
    stream: LetterStream, wanted: Collection[Fingerprint], effort: Effort, *, begins_whole: bool
) -> Iterator[tuple[Fingerprint, Path]]:
    paths = WordPaths(stream)
    if not paths.promising:
        return
    for one in wanted:
        own = Effort(min(_EACH, effort.left))
        path = paths.find(one, own, begins_whole=begins_whole)
        if path:
            yield one, path
        if not effort.spend(_EACH - own.left):
            return


WAYS: tuple[Way, ...] = (in_one_piece, on_a_path, on_a_path_from_a_cut, with_one_jump)
