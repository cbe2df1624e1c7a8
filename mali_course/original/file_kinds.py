"""Tells what kind of file some bytes are, and hands over its text."""

from __future__ import annotations

import plistlib
import re
from collections.abc import Iterator

from mali_course.original.decoding import decoded
from mali_course.original.pdf_pages import pdf_readings
from mali_course.original.readings import clean_lines, text_readings
from mali_course.original.unreadable import LARGEST, UnreadableError
from mali_course.original.web_pages import archived_page, page_text

__all__ = ["file_readings"]

_MOST_TEXT = 1_000_000  # signs: a book of five hundred pages

_PICTURE = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"\0\0\1\0", b"RIFF")
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"{\\rtf")  # Word is a ZIP file, too
_TAG = re.compile(rb"<(?:!doctype html|html|body|div|p|span|table|article|h[1-6])[\s>]", re.I)


def file_readings(content: bytes) -> Iterator[list[str]]:
    """Yield the lines of a file in each order in which they may be meant.

    Raises
    ------
    UnreadableError
        If it cannot be read, or holds no text.

    Examples
    --------
    >>> next(file_readings(b"<p>A<br>word</p>"))
    ['', 'A', 'word', '']
    """
    if not content.strip(b"\0 \t\r\n"):
        raise UnreadableError("empty")
    if len(content) > LARGEST:
        raise UnreadableError("too_large")
    if b"%PDF-" in content[:1024]:
        yield from pdf_readings(content)
        return
    text = _text(content)
    if len(text) > _MOST_TEXT:
        raise UnreadableError("too_much_text")
    if not any(sign.isalnum() for sign in text):
        raise UnreadableError("no_text")
    yield from text_readings(clean_lines(text))


def _text(content: bytes) -> str:
    if content.startswith(_PICTURE) or content[4:8] == b"ftyp":
        raise UnreadableError("picture")
    if content.startswith(_PACKED):
        raise UnreadableError("packed")
    if content.startswith(b"bplist00"):
        return _safari_page(content)
    if b"mime-version:" in content[:2000].lower():
        return archived_page(content)
    if _TAG.search(content[:200_000].replace(b"\0", b"")):
        return page_text(content)
    text = decoded(content)
    if sum(not (sign.isprintable() or sign.isspace()) for sign in text[:20_000]) > 200 or (
        "\0" in text[:20_000]
    ):
        raise UnreadableError("other")
    return text


def _safari_page(content: bytes) -> str:
    """Return the text of the archive that Safari makes of a page."""
    try:
        resource = plistlib.loads(content)["WebMainResource"]
        return page_text(resource["WebResourceData"], resource.get("WebResourceTextEncodingName"))
    except Exception:
        raise UnreadableError("other") from None
