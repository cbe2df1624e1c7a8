"""Finds sentences in the lines of a text by their fingerprints.

In several ways, the simple ones first: the letters of a sentence one after the other; with whole
lines between, such as the foot of a page and the head of the next, or the lines of another column;
and out of lines that hold two columns. What may be left out is never less than that, or a sentence
that somebody has lengthened would be taken for the one that it was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from mali_course.original.fingerprints import Fingerprint, whole_of
from mali_course.original.letter_stream import Effort, LetterStream, Span
from mali_course.original.word_paths import WordPaths

__all__ = ["WAYS", "in_merged_columns", "in_one_piece"]

_MOST = 0.8  # of the sentences; a text with words put into most of them reaches three quarters
_SHORT = 15  # letters a line: in a text of single words, any word could be left out as a line
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
    if len(stream.letters) < _SHORT * len(stream.lines_begin):
        return
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


def over_lines(
    stream: LetterStream, wanted: Collection[Fingerprint], effort: Effort
) -> Iterator[tuple[Fingerprint, Path]]:
    """Yield each sentence that is found if, at line ends, the reading goes on at other lines."""
    yield from _on_a_path(stream, wanted, effort, begins_whole=True)


def over_lines_from_a_cut(
    stream: LetterStream, wanted: Collection[Fingerprint], effort: Effort
) -> Iterator[tuple[Fingerprint, Path]]:
    """Yield each sentence that is found so, though its first letters do not follow each other."""
    yield from _on_a_path(stream, wanted, effort, begins_whole=False)


def in_merged_columns(
    stream: LetterStream, wanted: Collection[Fingerprint], effort: Effort
) -> Iterator[tuple[Fingerprint, Path]]:
    """Yield each sentence that is found if each line holds two columns, parted by nothing.

    Only if most are found so, it is how the text is set: otherwise words were put into a sentence
    here and there, as in another version, and looked like a column.
    """
    found: dict[str, tuple[Fingerprint, Path]] = {}
    for begins_whole in (True, False):
        left = [one for one in wanted if one.locator not in found]
        for one, path in _on_a_path(stream, left, effort, begins_whole=begins_whole, merged=True):
            found[one.locator] = one, path
    if len(found) > _MOST * len(wanted):
        yield from found.values()


def _on_a_path(
    stream: LetterStream,
    wanted: Collection[Fingerprint],
    effort: Effort,
    *,
    begins_whole: bool,
    merged: bool = False,
) -> Iterator[tuple[Fingerprint, Path]]:
    paths = WordPaths(stream, merged=merged)
    if not paths.promising:
        return
    for one in wanted:
        own = Effort(min(_EACH, effort.left))
        path = paths.find(one, own, begins_whole=begins_whole)
        if path:
            yield one, path
        if not effort.spend(_EACH - own.left):
            return


WAYS: tuple[Way, ...] = (
    in_one_piece,
    over_lines,
    over_lines_from_a_cut,
    with_one_jump,
    in_merged_columns,
)
