"""Finds the date that a report gives itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["DATED", "date_of"]

DATED = "dated"  # the name of the date among what is found in a file

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = rf"(?:{_MONTHS})\s+\d{{1,2}},\s*\d{{4}}"
_SIGNS = (
    re.compile(rf"\bupdated\s+{_DATE}", re.IGNORECASE),
    re.compile(r"\bversion\s+\d{1,3}\b", re.IGNORECASE),
    re.compile(rf"^\s*{_DATE}\s*$"),  # the first version of a report
)


def date_of(lines: Sequence[str]) -> str:
    """Return the date or the version that a text gives itself, as it stands there, or "".

    Examples
    --------
    >>> date_of(["Conflict in Mali", "Updated  January 17, 2020"])
    'Updated January 17, 2020'
    """
    for sign in _SIGNS:
        for line in lines:
            found = sign.search(line)
            if found:
                return " ".join(found[0].split())
    return ""
