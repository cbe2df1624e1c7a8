"""Finds the sentences of the report in a file, in the process that calls it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mali_course.original.dated import DATED, date_of
from mali_course.original.file_kinds import file_readings
from mali_course.original.fingerprints import Fingerprint
from mali_course.original.letter_stream import Effort, LetterStream
from mali_course.original.recognising import WAYS, in_merged_columns
from mali_course.original.unreadable import UnreadableError
from mali_course.original.wording import sentence_text

__all__ = ["found_in"]

# What the readers of PDFs, web pages and archives run into with broken files.
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
_LONG = 100_000  # letters: a longer text is read in one way only; the report has 13,000
_EFFORT = 500_000  # comparisons for each way: a second or two


def found_in(content: bytes, known: Sequence[Fingerprint]) -> Iterator[tuple[str, str]]:
    r"""Yield the date of a file, under `DATED`, and locator and text of each sentence in it.

    Raises
    ------
    UnreadableError
        If it cannot be read.

    Examples
    --------
    >>> list(found_in(b"Updated July 1, 2019\nWords.", []))
    [('dated', 'Updated July 1, 2019')]
    """
    try:
        yield from _found(content, known)
    except _BROKEN:
        raise UnreadableError("damaged") from None


def _found(content: bytes, known: Sequence[Fingerprint]) -> Iterator[tuple[str, str]]:
    missing = {one.locator: one for one in known}
    streams: list[LetterStream] = []
    readings = file_readings(content)
    dated = ""
    for way in WAYS:
        if way is in_merged_columns and 2 * len(missing) < len(known):
            break  # most were found: so columns are not merged, and what is missing is not there
        effort = Effort(_EFFORT)
        # The first way goes through the readings as they are made: most files need only one.
        for stream in streams or _kept(map(LetterStream, readings), streams):
            if not dated:
                dated = date_of(stream.lines)
                if dated:
                    yield DATED, dated
            for one, path in way(stream, list(missing.values()), effort):
                yield one.locator, sentence_text(stream, path, one)
                del missing[one.locator]
            if not missing or len(stream.letters) > _LONG:
                return


def _kept(streams: Iterator[LetterStream], kept: list[LetterStream]) -> Iterator[LetterStream]:
    for stream in streams:
        kept.append(stream)
        yield stream
