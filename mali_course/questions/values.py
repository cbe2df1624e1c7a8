"""Looks at a value that the learner computed: plain, the same as another, or odd."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, TypeGuard

from mali_course.questions.spelling import plain_words

__all__ = ["has_dots", "is_number", "plain_value", "same_value", "table_shape", "what_is_odd"]

_DEPTH = 3
_LONGEST = 1_000
_LARGEST_BITS = 10_000
_SCALARS = (bool, int, float, str)


class _Odd:
    """A value that stands for nothing that an item asks for."""


def _plain_scalar(value: Any) -> Any:
    """Return a number, text or boolean without what a subclass adds, such as an odd ``__eq__``."""
    kind: Any = next(kind for kind in _SCALARS if isinstance(value, kind))
    try:
        plain = value if type(value) is kind else kind(value)
        # Python shows no larger number, so nobody can have meant one.
        is_endless = kind is int and plain.bit_length() > _LARGEST_BITS
        return _Odd() if is_endless else plain
    except Exception:
        return _Odd()


def _own_value(value: object) -> Any:
    """Return what a value of numpy, pandas or another library holds, as Python's own value."""
    for name in ("item", "tolist"):
        try:
            own = getattr(value, name)()
        except Exception:
            continue
        if type(own) in (*_SCALARS, list):
            return own
    return _Odd()


def plain_value(value: object, depth: int = _DEPTH) -> Any:
    """Return a value as Python's own number, text, boolean or list, without importing pandas.

    Scalars of numpy and pandas have ``item()``; arrays and indexes have ``tolist()``. What is
    neither, or raises, becomes an object that equals nothing.

    Examples
    --------
    >>> plain_value((1, "a", [2.5]))
    [1, 'a', [2.5]]
    """
    if not isinstance(value, (*_SCALARS, list, tuple)) and value is not None:
        value = _own_value(value)
    if isinstance(value, _SCALARS):
        return _plain_scalar(value)
    if isinstance(value, list | tuple) and depth and len(value) <= _LONGEST:
        return [plain_value(part, depth - 1) for part in value]
    return None if value is None else _Odd()


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a value is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _same_number(value: Any, expected: float, tolerance: float) -> bool:
    if not isinstance(value, int | float):
        return False
    try:
        return abs(float(value) - expected) <= tolerance + 1e-9 * max(1.0, abs(expected))
    except OverflowError:
        return False


def same_value(value: Any, expected: Any, tolerance: float) -> bool:
    """Whether a plain value is the expected one: of its type, numbers within the tolerance.

    Examples
    --------
    >>> same_value([1.0, 2], [1, 2], 0), same_value(True, 1, 0)
    (True, False)
    """
    if isinstance(expected, bool) or isinstance(value, bool):
        return type(value) is type(expected) and value == expected
    if isinstance(expected, int | float):
        return _same_number(value, expected, tolerance)
    if isinstance(expected, str):
        return isinstance(value, str) and plain_words(value[:200]) == plain_words(expected)
    if isinstance(expected, Sequence):
        return (
            isinstance(value, list)
            and len(value) == len(expected)
            and all(same_value(a, b, tolerance) for a, b in zip(value, expected, strict=True))
        )
    return False


def table_shape(value: object) -> str:
    """Return "frame", "column" or "" by what kind of table the value is."""
    try:
        dimensions = getattr(value, "ndim", 0)
    except Exception:
        return ""
    return {1: "column", 2: "frame"}.get(dimensions, "") if type(dimensions) is int else ""


def has_dots(value: object) -> bool:
    """Whether a value holds the ``...`` that stand for "not done yet"."""
    return value is ... or (
        isinstance(value, list | tuple) and any(part is ... for part in value)
    )


def what_is_odd(value: object, plain: object, expected: object) -> str:
    """Return why a value cannot be the answer to what is asked for.

    Parameters
    ----------
    value : object
        The learner's.
    plain : object
        The same as `plain_value` gives it.
    expected : object
        The right one.

    Returns
    -------
    str
        "none", "text", "nan", "call" or "odd"; "" for a value that is only wrong.

    Examples
    --------
    >>> what_is_odd("12", "12", 12), what_is_odd(13, 13, 12)
    ('text', '')
    """
    if value is None:
        return "none"
    if isinstance(expected, bool | int | float) and isinstance(plain, str):
        return "text"
    if isinstance(plain, float) and not math.isfinite(plain):
        return "nan"
    if callable(value):
        return "call"
    return "odd" if isinstance(plain, _Odd) else ""
