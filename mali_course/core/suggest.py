"""A hint for a name that was mistyped."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from mali_course.core.messages import say

__all__ = ["nearest_names"]


def nearest_names(name: object, known: Iterable[str]) -> str:
    """Return a sentence that suggests up to three known names like `name`, or an empty string.

    Names that hold what was typed come before names that are spelled like it.

    Examples
    --------
    >>> nearest_names("displacment", ["displacement", "elections"])
    ' Did you mean: "displacement"?'
    """
    typed, names = str(name).casefold(), list(known)
    holding = [one for one in names if len(typed) > 2 and typed in one.casefold()]
    alike = difflib.get_close_matches(typed, names, n=3, cutoff=0.55)
    hints = list(dict.fromkeys([*holding, *alike]))[:3]
    if not hints:
        return ""
    return " " + say("interface.did_you_mean", names=", ".join(f'"{name}"' for name in hints))
