"""Bytes to text, where nobody says for sure how it was written."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

__all__ = ["decoded"]

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_LATIN = ("", "ascii", "us-ascii", "iso-8859-1", "latin1", "latin-1")


def decoded(content: bytes, named: str = "") -> str:
    """Return bytes as text: as their first bytes say, or their page, or as UTF-8, or as Windows.

    Examples
    --------
    >>> decoded("Kéïta".encode("cp1252")), decoded("Kéïta".encode("utf-16"))
    ('Kéïta', 'Kéïta')
    """
    for encoding in _encodings(content, named):
        try:
            return content.decode(encoding)
        except (UnicodeError, LookupError, ValueError):
            continue
    return content.decode("cp1252", errors="replace")


def _encodings(content: bytes, named: str) -> Iterator[str]:
    yield from (encoding for mark, encoding in _MARKS.items() if content.startswith(mark))
    if content[1:2000:2].count(0) > len(content[1:2000:2]) / 2:
        yield "utf-16-le"
    yield "utf-8"
    # As browsers do, what a page calls Latin 1 is read as Windows writes it.
    if named.lower() not in _LATIN:
        yield named
