"""What somebody typed or pasted: signs as on a plain keyboard, and the name that was meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

__all__ = ["meant_name", "plain_signs", "without_quotes"]

_DASHES = "\u2212\u2043\u02d7\u30fc"  # what looks like a dash and is none by its class
_APOSTROPHES = "'\u2018\u2019\u02bc\u00b4\u2032`"
_QUOTES = "\"'“”„‟«»‹›"


def _plain_sign(char: str) -> str:
    if char.isascii() and char != "`":
        return " " if char.isspace() else char
    digit, kind = unicodedata.decimal(char, None), unicodedata.category(char)
    if digit is not None:
        return str(digit)
    if kind == "Pd" or char in _DASHES:
        return "-"
    if char in _APOSTROPHES:
        return "'"
    # Marks of direction, spaces without width and the mark at the beginning of a file come along
    # with what is copied; nobody sees them.
    return "" if kind == "Cf" else " " if char.isspace() else char


def plain_signs(text: str) -> str:
    r"""Return a text with digits, dashes, spaces and apostrophes as on a plain keyboard.

    Examples
    --------
    >>> plain_signs("\u200e０１–٠٢\u00a0")
    '01-02 '
    """
    # Some signs are made of a space and a mark that is put over it.
    kept = "".join("'" if char in _APOSTROPHES else char for char in text)
    return "".join(map(_plain_sign, unicodedata.normalize("NFKC", kept)))


def without_quotes(text: str) -> str:
    """Return a text without the spaces, quotation marks and brackets around it.

    Examples
    --------
    >>> without_quotes(" “01-31”. ")
    '01-31'
    """
    return text.strip(_QUOTES + "()[]{} \t\n.,;:")


def _bare(text: str) -> str:
    """Return the letters and digits of a name alone: case, spaces, dashes and accents are noise."""
    parts = unicodedata.normalize("NFKD", plain_signs(text).casefold())
    return "".join(char for char in parts if char.isalnum())


def meant_name(typed: object, known: Iterable[str]) -> str | None:
    """Return the one known name that somebody can have meant, or None.

    Parameters
    ----------
    typed : object
        What was typed. Only a text can be a name.
    known : iterable of str

    Examples
    --------
    >>> meant_name("Mali Map", ["mali-map", "sahel-map"])
    'mali-map'
    >>> meant_name("map", ["mali-map", "sahel-map"]) is None
    True
    """
    if not isinstance(typed, str):
        return None
    names = list(known)
    if typed in names:
        return typed
    alike = [name for name in names if _bare(name) == _bare(typed)]
    return alike[0] if len(alike) == 1 else None
