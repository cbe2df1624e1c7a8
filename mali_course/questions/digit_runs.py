"""What a run of digits, points, commas and spaces can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

__all__ = ["RUN", "digit_readings"]

# One sign between two groups of digits; a point or comma may also begin a run, as in ".5".
RUN = re.compile(r"(?:(?<!\w)[.,](?=\d))?\d+(?:[ '_.,]\d+)*(?:e[+-]?\d{1,2}(?!\d))?", re.ASCII)
_SIGNS = re.compile(r"[ '_.,]")


def _are_groups(parts: Sequence[str], signs: Sequence[str]) -> bool:
    """Whether digits are grouped as thousands, as lakhs and crores, or in pairs with spaces."""
    first, *rest = parts
    if not rest:
        return True
    if len(set(signs)) > 1 or first.startswith("0"):
        return False
    lengths = [len(part) for part in rest]
    if len(first) <= 3 and set(lengths) == {3}:
        return True
    pairs = set(lengths[:-1]) <= {2} and len(first) <= 2
    return pairs and (lengths[-1] == 3 or (lengths[-1] == 2 and signs[0] == " "))


def _readings(body: str) -> Iterator[str]:
    parts, signs = _SIGNS.split(body), _SIGNS.findall(body)
    if not parts[0]:
        parts, signs = ["0", *parts[1:]], signs
    as_groups = "".join(parts) if _are_groups(parts, signs) else ""
    as_decimal = ""
    if signs and signs[-1] in ".,":
        whole, before = parts[:-1], signs[:-1]
        if signs[-1] not in before and _are_groups(whole, before):
            as_decimal = "".join(whole) + "." + parts[-1]
    # In English, a comma groups and a point does not.
    yield from filter(None, [as_groups, as_decimal][:: -1 if signs[-1:] == ["."] else 1])


def digit_readings(run: str) -> tuple[Decimal, ...]:
    """Return what a run can mean, the English reading first.

    Examples
    --------
    >>> [str(reading) for reading in digit_readings("1.234")]
    ['1.234', '1234']
    >>> [str(reading) for reading in digit_readings("1,00,000")]
    ['100000']
    """
    body, _, exponent = run.partition("e")
    power = Decimal(10) ** int(exponent or 0)
    return tuple(dict.fromkeys(Decimal(text) * power for text in _readings(body)))
