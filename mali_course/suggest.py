"""A hint for a name that was mistyped."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from mali_course.words import say

__all__ = ["nearest"]


def nearest(name: object, known: Iterable[str]) -> str:
    """Return a sentence that suggests the known name most like `name`, or an empty string.

    Examples
    --------
    >>> nearest("displacment", ["displacement", "elections"])
    ' Did you mean "displacement"?'
    """
    close = difflib.get_close_matches(str(name), list(known), n=1, cutoff=0.6)
    return " " + say("interface.did_you_mean", name=close[0]) if close else ""
