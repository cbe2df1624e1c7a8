"""The kinds of items: one file each, found by its name in this folder.

A file holds one class that is named as the file, with a capital letter: ``choice.py`` has
``Choice``. It says all about its kind: fields, grading, controls, paper and shape. Its words are in
``data/words/LANGUAGE/kinds/``.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

from mali_course.core.schema import read_tagged
from mali_course.questions.item import Item

__all__ = ["all_kinds", "read_item"]


def _kind_class(name: str) -> type[Item]:
    kind: type[Item] = getattr(import_module(f"{__name__}.{name}"), name.capitalize())
    return kind


@cache
def all_kinds() -> Mapping[str, type[Item]]:
    """Return the classes of all kinds by their names, in the order in which they are listed.

    Examples
    --------
    >>> list(all_kinds())[:2]
    ['choice', 'choices']
    """
    classes = [_kind_class(module.name) for module in pkgutil.iter_modules(__path__)]
    return {kind.kind: kind for kind in sorted(classes, key=lambda kind: kind.rank)}


def read_item(table: Mapping[str, Any], file: str, number: int) -> Item:
    """Read one ``[[item]]`` table.

    Parameters
    ----------
    table : mapping
        As `tomllib` gives it.
    file : str
        Name of the file, for messages.
    number : int
        The item's position in the file, for messages about an item without an id.

    Raises
    ------
    CourseError
        If a field is missing, of the wrong type, unknown, or not what the kind needs. The message
        names file, item and field, and says what is expected.

    Examples
    --------
    >>> from mali_course.core.content import read_toml
    >>> table = read_toml("items/01-mali-at-a-glance.toml")["item"][0]
    >>> read_item(table, "01-mali-at-a-glance.toml", 1).id
    '01-01'
    """
    place = f"{file}, item {table.get('id', f'number {number}')}"
    return read_tagged(all_kinds(), table, place, header="item.")
