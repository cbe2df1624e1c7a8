"""Reads the pages of a PDF in several ways: in the order of the file, and by where words stand."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from mali_course.core.libraries import imported
from mali_course.original.placed_text import Placed, placed_readings
from mali_course.original.readings import clean_lines, text_readings
from mali_course.original.unreadable import UnreadableError

__all__ = ["pdf_readings"]

_MOST_PAGES = 60
_CLOSELY = 12  # pages that are also read by the places of their words: the report has two
_SHOWS = (b"Tj", b"TJ", b"'", b'"')


def pdf_readings(content: bytes) -> Iterator[list[str]]:
    """Yield the lines of a PDF in each order in which they may be meant.

    Raises
    ------
    UnreadableError
        If it cannot be read, or holds no text.
    """
    with _quiet():
        pages = _opened(content)
        texts = [_text_of(page) for page in pages]
    plain, *others = text_readings(clean_lines("\f".join(texts)))
    yield plain
    with _quiet():
        laid_out = [_text_of(page, extraction_mode="layout") for page in pages[:_CLOSELY]]
        placed = [_placed(page) for page in pages[:_CLOSELY]]
    if not any(sign.isalnum() for text in [*texts, *laid_out] for sign in text):
        raise UnreadableError("scanned")
    yield from placed_readings(placed)
    yield from text_readings(clean_lines("\f".join(laid_out)))
    yield from others


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep back what pypdf says of faults of a file: it is not for learners."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def _opened(content: bytes) -> list[Any]:
    try:
        pypdf = imported("pypdf")
    except ImportError:
        raise UnreadableError("no_reader") from None
    try:
        reader = pypdf.PdfReader(BytesIO(content))
        # With an empty password a file can be read, though not changed.
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("encrypted")
        count = len(reader.pages)
        if count <= _MOST_PAGES:
            pages = list(reader.pages)
    except UnreadableError:
        raise
    except pypdf.errors.DependencyError:
        raise UnreadableError("encrypted") from None
    except Exception:
        raise UnreadableError("damaged") from None
    if count > _MOST_PAGES:
        raise UnreadableError("too_many_pages", count=count)
    if not count:
        raise UnreadableError("damaged")
    return pages


def _text_of(page: Any, **how: Any) -> str:
    """Return the text of a page; "" if it cannot be read, so that the others still are."""
    try:
        return str(page.extract_text(**how))
    except Exception:
        return ""


def _placed(page: Any) -> list[Placed]:
    """Return the pieces of text of a page, each with its place."""
    found: list[Placed] = []

    def visit(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if text.strip():
            found.append(Placed.at(text.replace("\n", " "), tm, cm, size))

    try:
        _part_every_piece(page)
        page.extract_text(visitor_text=visit)
    except Exception:
        return []
    return found


def _part_every_piece(page: Any) -> None:
    """Make pypdf tell the place of each piece of text that is shown, and not of a whole line.

    It tells it wherever the matrix changes: so around each piece stand changes that change nothing.
    The one before it keeps the piece apart from a space that pypdf guesses there.
    """
    generic = imported("pypdf.generic")
    nothing = ([generic.FloatObject(number) for number in (1, 0, 0, 1, 0, 0)], b"cm")

    def parted(stream: Any) -> Any:
        made = generic.ContentStream(stream, page.pdf, "bytes")
        made.operations = [
            one
            for operation in made.operations
            for one in ([nothing, operation, nothing] if operation[1] in _SHOWS else [operation])
        ]
        return made

    page[generic.NameObject("/Contents")] = parted(page["/Contents"])
