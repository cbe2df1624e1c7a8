"""The one place through which pandas and matplotlib come, and the modules that stand on them."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from types import ModuleType

__all__ = ["imported"]

# A module of the course brings a few thousand objects, pandas or matplotlib ten times as many.
_MANY = 20_000


def imported(name: str, library: str = "") -> ModuleType:
    """Return a large library, or a module of the course that stands on one.

    Neither is needed for a first question, so both come when they are asked for. An edition that
    has a library not at hand, as in a browser, has only to fetch it here.

    pandas and matplotlib make hundreds of thousands of objects that stay as long as the kernel.
    While they come, the garbage collector would look through them a hundred times, and later once
    more whenever there is much to look through. So it rests meanwhile, and what has come is set
    aside for good. A module that brings little sets nothing aside: what the learner has dropped by
    then would never be freed.

    Parameters
    ----------
    name : str
        With all its packages.
    library : str
        The library on which a module of the course stands.

    Examples
    --------
    >>> imported("string").ascii_lowercase[:3]
    'abc'
    """
    if name in sys.modules:
        return sys.modules[name]
    collects = gc.isenabled()
    gc.disable()
    try:
        if library:
            import_module(library)
        module = import_module(name)
        if gc.get_count()[0] > _MANY:
            gc.freeze()
    finally:
        if collects:
            gc.enable()
    return module
