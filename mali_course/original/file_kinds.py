"""Tells what kind of file some bytes are, and hands over its text."""

from __future__ import annotations

import plistlib
import re
from collections.abc import Iterator

from mali_course.original.decoding import decoded
from mali_course.original.pdf_pages import pdf_readings
from mali_course.original.readings import clean_lines, text_readings
from mali_course.original.unreadable import Unreadable
from mali_course.original.web_pages import archived_page, page_text

__all__ = ["LARGEST", "file_readings"]

LARGEST = 5_000_000  # bytes: the report has a tenth of it
_MOST_TEXT = 1_000_000  # signs: a book of five hundred pages

# What files begin with that are read by nobody here, and the words for each.
_OTHERS = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"\xd0\xcf\x11\xe0": "word",
    b"{\\rtf": "word",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"BM": "picture",
    b"II*\x00": "picture",
    b"MM\x00*": "picture",
    b"\x00\x00\x01\x00": "picture",
}
_TAG = re.compile(rb"<(?:!doctype html|html|body|div|p|span|table|article|section|h[1-6])[\s>]", re.I)
_ARCHIVE = re.compile(rb"^(?:[\w-]{1,40}:.{0,900}\r?\n)*?MIME-Version:", re.I)


def file_readings(content: bytes) -> Iterator[list[str]]:
    """Yield the lines of a file in each order in which they may be meant.

    Raises
    ------
    Unreadable
        If it cannot be read, or holds no text.
    """
    if not content.strip(b"\0 \t\r\n"):
        raise Unreadable("empty")
    if len(content) > LARGEST:
        raise Unreadable("too_large")
    if b"%PDF-" in content[:1024]:
        yield from pdf_readings(content)
        return
    for begin, kind in _OTHERS.items():
        if content.startswith(begin) and not (begin == b"BM" and _looks_like_text(content)):
            raise Unreadable(_of_zip(content) if kind == "zip" else kind)
    text = _text(content)
    if len(text) > _MOST_TEXT:
        raise Unreadable("too_much_text")
    if not any(sign.isalnum() for sign in text):
        raise Unreadable("no_text")
    yield from text_readings(clean_lines(text))
