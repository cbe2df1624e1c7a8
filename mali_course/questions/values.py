"""Grades a value that the learner computed, by the value and never by the code."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from mali_course.core.messages import say
from mali_course.questions.kinds import Code
from mali_course.questions.outcome import Outcome, unread
from mali_course.questions.spelling import plain_words

__all__ = ["grade_code", "plain_value"]

_DEPTH = 3
_LONGEST = 1_000


class _Odd:
    """A value that stands for nothing that an item asks for."""


def plain_value(value: object, depth: int = _DEPTH) -> Any:
    """Return a value as Python's own number, text, boolean or list, without importing pandas.

    Scalars of numpy and pandas have ``item()``; arrays and indexes have ``tolist()``. What is
    neither, or raises, becomes an object that equals nothing.
    """
    if value is None or isinstance(value, bool | int | float | str):
        # A subclass may have an odd __eq__: take the plain value out of it.
        for kind in (bool, int, float, str):
            if isinstance(value, kind):
                try:
                    return value if type(value) is kind else kind(value)
                except Exception:
                    return _Odd()
        return None
    if depth and isinstance(value, list | tuple) and len(value) <= _LONGEST:
        return [plain_value(part, depth - 1) for part in value]
    for name in ("item", "tolist"):
        try:
            plain = getattr(value, name)()
        except Exception:
            continue
        if type(plain) in (bool, int, float, str):
            return plain
        if depth and type(plain) is list and len(plain) <= _LONGEST:
            return [plain_value(part, depth - 1) for part in plain]
    return _Odd()


def _same(value: Any, expected: Any, tolerance: float) -> bool:
    if isinstance(expected, bool) or isinstance(value, bool):
        return type(value) is type(expected) and value == expected
    if isinstance(expected, int | float):
        if not isinstance(value, int | float):
            return False
        try:
            near = abs(float(value) - expected) <= tolerance + 1e-9 * max(1.0, abs(expected))
        except OverflowError:
            return False
        return near
    if isinstance(expected, str):
        return isinstance(value, str) and plain_words(value[:200]) == plain_words(expected)
    if isinstance(expected, Sequence):
        return (
            isinstance(value, list)
            and len(value) == len(expected)
            and all(_same(a, b, tolerance) for a, b in zip(value, expected, strict=True))
        )
    return False


def _shape(value: object) -> str:
    """Return "frame", "column" or "" by what kind of table the value is."""
    try:
        dimensions = getattr(value, "ndim", 0)
    except Exception:
        return ""
    return {1: "column", 2: "frame"}.get(dimensions, "") if type(dimensions) is int else ""


def grade_code(item: Code, value: object) -> Outcome:
    """Grade a computed value.

    Parameters
    ----------
    item : Code
    value : object
        The value; ``...`` means "not done yet". A table or column where one number is asked for,
        text, nothing, or a missing value is "unread": a plain sentence says what it is.

    Returns
    -------
    Outcome
    """
    try:
        return _graded(item, value)
    except Exception:
        # An object of the learner's own can raise from anything that is asked of it.
        return unread(say("interface.unread.code_odd"))


def _graded(item: Code, value: object) -> Outcome:
    if value is ... or (isinstance(value, list | tuple) and any(part is ... for part in value)):
        return unread(say("interface.unread.code_dots"))
    plain = plain_value(value)
    if _same(plain, item.value, item.tolerance):
        shape = _shape(value)
        if shape and not isinstance(item.value, list):
            return unread(say(f"interface.unread.code_{shape}"))
        return Outcome("right", 1.0, (item.right,))
    for slip in item.slips:
        if _same(plain, slip.value, item.tolerance):
            return Outcome("wrong", 0.0, (slip.feedback,))
    one = isinstance(item.value, bool | int | float)
    if value is None:
        return unread(say("interface.unread.code_none"))
    if _shape(value) and not isinstance(item.value, list):
        return unread(say(f"interface.unread.code_{_shape(value)}"))
    if one and isinstance(plain, str):
        return unread(say("interface.unread.code_text"))
    if isinstance(plain, float) and not math.isfinite(plain):
        return unread(say("interface.unread.code_nan"))
    if callable(value):
        return unread(say("interface.unread.code_call"))
    if isinstance(plain, _Odd):
        return unread(say("interface.unread.code_odd"))
    return Outcome("wrong", 0.0, (item.wrong,))
