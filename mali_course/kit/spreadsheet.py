"""CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

__all__ = ["csv_text", "safe_cell"]

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
# A spreadsheet runs what begins with one of these signs, also in their full-width forms; some run
# what begins with a bar or a percent sign, or pass over tabs and line ends before a sign.
_START = re.compile(r"\s*[=+\-@＝＋－＠|%]|[\t\r\n]")
# In some countries cells are split at semicolons, so each piece of a cell needs the same care. A
# number between two equal separators is one in every country.
_PIECE = re.compile(r"([,;\t|])(\s*)(?=[=+\-@＝＋－＠])(?![+-]\d+(?:\.\d+)?\s*(?:\1|$))", re.ASCII)


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe marks it as text.

    A plain number stays a number.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("a;=1"), safe_cell("-5"), safe_cell("Ada")
    ("'=1+1", "a;'=1", '-5', 'Ada')
    """
    if _NUMBER.fullmatch(text):
        return text
    pieces = _PIECE.sub(r"\1\2'", text)
    return f"'{pieces}" if _START.match(text) else pieces


def csv_text(rows: Iterable[Sequence[str | int | float]]) -> str:
    r"""Return rows as CSV with the mark by which spreadsheets know UTF-8.

    Examples
    --------
    >>> csv_text([["Ada", 1]])[1:]
    '"Ada",1\r\n'
    """
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in row])
    return "\ufeff" + out.getvalue()
