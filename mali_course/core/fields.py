"""Reads the fields of a TOML table, and says plainly what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from mali_course.core.errors import CourseError

__all__ = ["Fields"]

_REQUIRED = object()


class Fields:
    """The fields of one table. Reading marks them as known; `finish` refuses the rest.

    Parameters
    ----------
    table : mapping
        As `tomllib` gives it.
    place : str
        File and item, for messages.

    Examples
    --------
    >>> Fields({"stem": "Who?"}, "01.toml, item 01-01").text("stem")
    'Who?'
    """

    def __init__(self, table: Mapping[str, Any], place: str) -> None:
        self._table = table
        self._place = place
        self._children: list[Fields] = []
        self._known: set[str] = set()

    def complain(self, name: str, expected: str) -> NoReturn:
        """Raise a `CourseError` that names file, item and field, and says what is expected."""
        found = "nothing" if name not in self._table else repr(self._table[name])
        if len(found) > 60:
            found = found[:57] + "..."
        raise CourseError(f"{self._place}, field {name!r}: expected {expected}, found {found}.")

    def has(self, name: str) -> bool:
        """Whether the table has the field."""
        return name in self._table

    def value(self, name: str, default: Any = _REQUIRED, expected: str = "a value") -> Any:
        """Return a field of any type."""
        self._known.add(name)
        if name not in self._table and default is _REQUIRED:
            self.complain(name, expected)
        return self._table.get(name, default)

    def text(self, name: str, default: Any = _REQUIRED) -> str:
        """Return a text that is not empty."""
        value = self.value(name, default, "a text")
        if not isinstance(value, str) or (default is _REQUIRED and not value.strip()):
            self.complain(name, "a text")
        return value.strip()

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of at least one text."""
        value = self.value(name, expected="a list of texts")
        if not isinstance(value, list) or not value or not all(isinstance(v, str) for v in value):
            self.complain(name, "a list of texts")
        return tuple(value)

    def number(self, name: str, default: Any = _REQUIRED) -> float:
        """Return a number."""
        value = self.value(name, default, "a number")
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.complain(name, "a number")
        return value

    def flag(self, name: str) -> bool:
        """Return true or false; false where the field is missing."""
        value = self.value(name, False)
        if not isinstance(value, bool):
            self.complain(name, "true or false")
        return value

    def table(self, name: str) -> Fields:
        """Return a table inside this one."""
        value = self.value(name, expected="a table")
        if not isinstance(value, dict):
            self.complain(name, "a table")
        return self._child(value, name)

    def tables(self, name: str, least: int, most: int) -> list[Fields]:
        """Return `least` to `most` tables inside this one."""
        value = self.value(name, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.complain(name, "tables, each under " + f"[[item.{name}]]")
        if not least <= len(value) <= most:
            self.complain(name, f"{least} to {most} of them")
        return [self._child(v, f"{name} {n}") for n, v in enumerate(value, start=1)]

    def _child(self, table: Mapping[str, Any], name: str) -> Fields:
        child = Fields(table, f"{self._place}, {name}")
        self._children.append(child)
        return child

    def finish(self) -> None:
        """Refuse fields that nobody read: they are mistyped, or of another kind."""
        for child in self._children:
            child.finish()
        unknown = [name for name in self._table if name not in self._known]
        if unknown:
            raise CourseError(
                f"{self._place}, field {unknown[0]!r}: not a field here. "
                f"Fields here: {', '.join(sorted(self._known))}."
            )
