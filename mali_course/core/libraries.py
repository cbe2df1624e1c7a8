"""What keeps the garbage collector from slowing a learner down; needs no other library."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

__all__ = ["imported", "uninterrupted"]

# A module of the course brings a few thousand objects, pandas or matplotlib ten times as many.
_MANY = 20_000


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Draw without a pause of the garbage collector, which takes a tenth of the time.

    A figure is thousands of small objects that live together, so there is nothing to collect yet.

    Examples
    --------
    >>> import gc
    >>> with uninterrupted():
    ...     gc.isenabled()
    False
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def imported(name: str) -> ModuleType:
    """Return a module, imported without pauses of the garbage collector if it is new.

    pandas and matplotlib make hundreds of thousands of objects that stay as long as the kernel.
    While they come, the collector would look through them a hundred times, and later once more
    whenever there is much to look through; so they are set aside for good. A module that brings
    little sets nothing aside: what the learner has dropped by then would never be freed.

    Parameters
    ----------
    name : str
        With all its packages.

    Examples
    --------
    >>> imported("string").ascii_lowercase[:3]
    'abc'
    """
    if name in sys.modules:
        return sys.modules[name]
    with uninterrupted():
        module = import_module(name)
        if gc.get_count()[0] > _MANY:
            gc.freeze()
    return module
