"""Which questions a notebook asks, in which order, and under which headings."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mali_course.core.content import notebooks_folder
from mali_course.core.errors import CourseError

__all__ = ["Asked", "asked_in"]


@dataclass(frozen=True)
class Asked:
    """The questions of a notebook.

    Parameters
    ----------
    parts : mapping
        Id of each question to the heading that it is asked under, in the order of the notebook.
    guessed : frozenset of str
        Ids of those that are guessed before reading.
    """

    parts: Mapping[str, str]
    guessed: frozenset[str]


@cache
def asked_in(notebook: str) -> Asked:
    """Return which questions a notebook asks; none where it is not there.

    Parameters
    ----------
    notebook : str
        Name of its file.

    Examples
    --------
    >>> list(asked_in("00-start-here.ipynb").parts)[:2]
    ['00-15', '00-10']
    """
    try:
        cells = json.loads((notebooks_folder() / notebook).read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError, CourseError):
        return Asked({}, frozenset())
    parts: dict[str, str] = {}
    guessed: set[str] = set()
    heading = ""
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            headings = re.findall(r"^##+ +(.+?)\s*$", source, re.MULTILINE)
            heading = headings[-1] if headings else heading
        elif cell["cell_type"] == "code":
            for name, item_id in re.findall(
                r"^mali\.(ask|guess)\(\s*[\"']([0-9-]+)", source, re.MULTILINE
            ):
                if name == "ask":
                    parts[item_id] = heading
                else:
                    guessed.add(item_id)
    return Asked(parts, frozenset(guessed))
