"""Reads TOML tables into frozen dataclasses, and says plainly what is wrong with them.

A class names each of its fields once, with its type. `read` refuses what is missing, of another
type or unknown; rules between fields stand in the class's own ``check(self, complain)``.

==============================  ==============================================================
Annotation                      What the TOML must hold
==============================  ==============================================================
``str``                         a text; not an empty one, unless the field has a default
``int``, ``float``, ``bool``    a whole number, a number, true or false
``Literal["a", "b"]``           one of these
``tuple[str, ...]``             a list of at least one text
``tuple[int, ...]``             a list of whole numbers, perhaps of none
``Mapping[Literal[...], str]``  a table with a text for each of these names
``Mapping[str, str]``           a table of texts
a dataclass                     a table
``tuple[a dataclass, ...]``     tables, as many as ``tables(name, least, most)`` says
``Any``                         anything
``X | None``                    like X
==============================  ==============================================================

A field that has a default may be missing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, dataclass, field, is_dataclass
from functools import cache
from types import NoneType
from typing import Any, Literal, NoReturn, TypeVar, get_args, get_origin, get_type_hints

from mali_course.core.errors import CourseError

__all__ = ["Complaint", "FieldSpec", "field_specs", "read", "read_tagged", "renamed", "tables"]

T = TypeVar("T")

_MANY = 10_000


def _is_list(value: Any, member: type) -> bool:
    return isinstance(value, list) and all(type(each) is member for each in value)


_SIMPLE: Mapping[Any, tuple[str, Callable[[Any], bool]]] = {
    str: ("a text", lambda value: isinstance(value, str)),
    int: ("a whole number", lambda value: type(value) is int),
    float: ("a number", lambda value: type(value) in (int, float)),
    bool: ("true or false", lambda value: isinstance(value, bool)),
    tuple[str, ...]: ("a list of texts", lambda value: bool(value) and _is_list(value, str)),
    tuple[int, ...]: ("a list of whole numbers", lambda value: _is_list(value, int)),
    Any: ("a value", lambda value: True),
}


def tables(name: str, least: int = 0, most: int = _MANY) -> Any:
    """Declare a field that holds `least` to `most` tables, each under ``[[name]]``."""
    metadata = {"name": name, "least": least, "most": most}
    return field(metadata=metadata) if least else field(default=(), metadata=metadata)


def renamed(name: str, default: Any = MISSING) -> Any:
    """Declare a field that has another name in TOML."""
    return field(default=default, metadata={"name": name})


@dataclass(frozen=True)
class FieldSpec:
    """A field as a class declares it: attribute, name in TOML, type, and how many tables."""

    attribute: str
    name: str
    type: Any
    required: bool = True
    least: int = 0
    most: int = _MANY

    @property
    def table_class(self) -> type | None:
        """The dataclass of the tables that it holds, if it holds tables."""
        first = get_args(self.type)[0] if get_origin(self.type) is tuple else None
        return first if is_dataclass(first) and isinstance(first, type) else None


@cache
def field_specs(cls: type) -> tuple[FieldSpec, ...]:
    """Return the fields of a dataclass in their order, those that it inherits first.

    Examples
    --------
    >>> [spec.name for spec in field_specs(FieldSpec)][:2]
    ['attribute', 'name']
    """
    hints = get_type_hints(cls)
    return tuple(
        FieldSpec(
            attribute=each.name,
            name=each.metadata.get("name", each.name),
            type=_without_none(hints[each.name]),
            required=each.default is MISSING and each.default_factory is MISSING,
            least=each.metadata.get("least", 0),
            most=each.metadata.get("most", _MANY),
        )
        for each in dataclasses.fields(cls)
    )


def _without_none(hint: Any) -> Any:
    rest = [each for each in get_args(hint) if each is not NoneType]
    return rest[0] if NoneType in get_args(hint) else hint


class Complaint:
    """Says what is wrong with a field of one table.

    Parameters
    ----------
    table : mapping
        As `tomllib` gives it.
    place : str
        File and entry, such as ``"01.toml, item 01-01"``.
    header : str
        What stands before a field in the header of its tables: ``"item."`` for ``[[item.option]]``.

    Raises
    ------
    CourseError
        When it is called.

    Examples
    --------
    >>> Complaint({"minutes": "two"}, "01.toml, item 01-01")("minutes", "a number")
    Traceback (most recent call last):
    mali_course.core.errors.CourseError: 01.toml, item 01-01, field 'minutes': expected a number, \
found 'two'.
    """

    def __init__(self, table: Mapping[str, Any], place: str, header: str = "") -> None:
        self.table = table
        self.place = place
        self.header = header

    def __call__(self, name: str, expected: str) -> NoReturn:
        """Refuse the field, and say what is expected of it."""
        value = repr(self.table[name]) if name in self.table else "nothing"
        if len(value) > 60:
            value = value[:57] + "..."
        raise CourseError(f"{self.place}, field {name!r}: expected {expected}, found {value}.")

    def refuse_unknown(self, names: Collection[str]) -> None:
        """Refuse the first field that is not one of these: it is mistyped, or of another kind."""
        for name in self.table:
            if name not in names:
                raise CourseError(
                    f"{self.place}, field {name!r}: not a field here. "
                    f"Fields here: {', '.join(sorted(names))}."
                )

    def inside(self, name: str, number: int | None = None) -> Complaint:
        """Return the complaint about the table under `name`, or the table of that number (from 1).

        Examples
        --------
        >>> Complaint({"link": [{"to": "a"}]}, "argument.toml").inside("link", 1).place
        'argument.toml, link 1'
        """
        inner = self.table[name] if number is None else self.table[name][number - 1]
        place = f"{self.place}, {name}" if number is None else f"{self.place}, {name} {number}"
        return Complaint(inner, place, f"{self.header}{name}.")


def read(cls: type[T], table: Mapping[str, Any], place: str, header: str = "") -> T:
    """Read a table as an object of a dataclass.

    Parameters
    ----------
    cls : type
        A dataclass of keyword fields. If it has a method ``check(self, complain)``, that is called
        last, with a `Complaint`.
    table, place, header
        As `Complaint` takes them.

    Raises
    ------
    CourseError
        If a field is missing, of another type or unknown, or `check` complains. The message names
        file, entry and field, and says what is expected.
    """
    built: T = _build_object(cls, Complaint(table, place, header))
    return built


def read_tagged(
    classes: Mapping[str, type[T]], table: Mapping[str, Any], place: str, header: str = "",
    tag: str = "kind",
) -> T:
    """Read a table as an object of the class that its field `tag` names; see `read`."""
    chosen = table.get(tag)
    if not isinstance(chosen, str) or chosen not in classes:
        Complaint(table, place)(tag, "one of " + ", ".join(classes))
    rest = {name: value for name, value in table.items() if name != tag}
    return read(classes[chosen], rest, place, header)


def _build_object(cls: Any, complain: Complaint) -> Any:
    specs = field_specs(cls)
    values = {
        spec.attribute: _read_value(spec, complain)
        for spec in specs if spec.required or spec.name in complain.table
    }
    complain.refuse_unknown([spec.name for spec in specs])
    built = cls(**values)
    if hasattr(built, "check"):
        built.check(complain)
    return built


def _read_value(spec: FieldSpec, complain: Complaint) -> Any:
    if spec.table_class:
        return _table_list(spec, spec.table_class, complain)
    if spec.type in _SIMPLE:
        return _read_simple(spec, complain)
    if get_origin(spec.type) is Literal:
        return _one_of(spec, complain)
    if not isinstance(complain.table.get(spec.name), dict):
        complain(spec.name, "a table")
    inside = complain.inside(spec.name)
    if is_dataclass(spec.type):
        return _build_object(spec.type, inside)
    return _read_texts(spec, inside)


def _read_simple(spec: FieldSpec, complain: Complaint) -> Any:
    expected, fits = _SIMPLE[spec.type]
    if spec.name not in complain.table or not fits(complain.table[spec.name]):
        complain(spec.name, expected)
    value = complain.table[spec.name]
    if spec.type is not str:
        return tuple(value) if get_origin(spec.type) is tuple else value
    if spec.required and not value.strip():
        complain(spec.name, expected)
    return value.strip()


def _one_of(spec: FieldSpec, complain: Complaint) -> Any:
    known = get_args(spec.type)
    value = complain.table.get(spec.name)
    if value not in known:
        complain(spec.name, "one of " + ", ".join(known))
    return value


def _table_list(spec: FieldSpec, cls: type, complain: Complaint) -> tuple[Any, ...]:
    value = complain.table.get(spec.name, [])
    if not _is_list(value, dict):
        complain(spec.name, f"tables, each under [[{complain.header}{spec.name}]]")
    if not spec.least <= len(value) <= spec.most:
        complain(spec.name, f"{spec.least} to {spec.most} of them")
    return tuple(_build_object(cls, complain.inside(spec.name, n + 1)) for n in range(len(value)))


def _read_texts(spec: FieldSpec, complain: Complaint) -> dict[str, str]:
    """Return the texts of a table whose names its annotation lists, or leaves open."""
    names = get_args(get_args(spec.type)[0]) or tuple(complain.table)
    texts = {name: _read_simple(FieldSpec(name, name, str), complain) for name in names}
    complain.refuse_unknown(names)
    return texts
