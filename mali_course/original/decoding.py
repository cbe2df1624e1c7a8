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
    yield "utf-8"
    # Of a web page; as browsers do, what is called Latin 1 is read as Windows writes it.
    yield "cp1252" if named.lower() in ("iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii") else named
