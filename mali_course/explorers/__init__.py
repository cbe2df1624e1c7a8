"""The explorers: each is a module of the gallery, and explorer() makes one by name."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mali_course.core.errors import CourseError
from mali_course.core.libraries import imported
from mali_course.core.messages import say
from mali_course.core.suggest import nearest_names
from mali_course.core.typed import meant_name

if TYPE_CHECKING:
    from mali_course.explorers.explorer_base import Explorer

__all__ = ["explorer", "explorer_names"]


@cache
def explorer_names() -> tuple[str, ...]:
    """Return the names of all explorers, in the order of the lessons that use them.

    Examples
    --------
    >>> explorer_names()[0]
    'g5'
    """
    modules = sorted(path.stem for path in Path(__file__).with_name("gallery").glob("[a-z]*.py"))
    modules.sort(key=lambda module: say(f"explorers/{module}.lesson"))
    return tuple(module.replace("_", "-") for module in modules)


def explorer(name: str) -> Explorer:
    """Return an explorer by name.

    Raises
    ------
    CourseError
        If there is none of that name.

    Examples
    --------
    >>> len(explorer("g5").controls) <= 4
    True
    """
    known = explorer_names()
    meant = meant_name(name, known)
    if meant is None:
        near, names = nearest_names(name, known), ", ".join(known)
        raise CourseError(say("interface.explorer.unknown", name=name, near=near, names=names))
    module = imported(f"{__name__}.gallery.{meant.replace('-', '_')}", "matplotlib")
    [made] = (getattr(module, public) for public in module.__all__)
    explorer: Explorer = made()
    return explorer
