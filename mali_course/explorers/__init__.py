"""The explorers: each is a module of the gallery, and explorer() makes one by name."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from pkgutil import iter_modules

from mali_course.core.errors import CourseError
from mali_course.core.libraries import imported
from mali_course.core.messages import say
from mali_course.core.suggest import nearest
from mali_course.explorers.explorer_base import Explorer, explorer_texts

__all__ = ["explorer", "explorer_names"]

_GALLERY = f"{__name__}.gallery"


@cache
def explorer_names() -> tuple[str, ...]:
    """Return the names of all explorers, in the order of the lessons that use them.

    Examples
    --------
    >>> explorer_names()[0]
    'g5'
    """
    folder = Path(__file__).parent / "gallery"
    modules = sorted(
        (module.name for module in iter_modules([str(folder)])),
        key=lambda module: (explorer_texts(module)("lesson"), module),
    )
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
    if not isinstance(name, str) or name not in explorer_names():
        known = explorer_names()
        near = nearest(name, known)
        raise CourseError(
            say("interface.explorer.unknown", name=name, near=near, names=", ".join(known)))
    module = imported(f"{_GALLERY}.{name.replace('-', '_')}", "matplotlib")
    [made] = (getattr(module, public)() for public in module.__all__)
    assert isinstance(made, Explorer)
    return made
