"""Shares and correlations with their 95 percent intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

__all__ = ["Share", "correlation_interval", "share_of"]

_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Share:
    """A share with its 95 percent interval."""

    value: float
    low: float
    high: float
    count: int


def share_of(part: float, count: int) -> Share | None:
    """Return a share with its interval, or None of nothing.

    The interval is that of Wilson (1927), which holds for small numbers too.

    Examples
    --------
    >>> share = share_of(5, 10)
    >>> round(share.low, 3), round(share.high, 3)
    (0.237, 0.763)
    """
    if not count:
        return None
    p = part / count
    centre = (p + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
    half = _Z * math.sqrt(p * (1 - p) / count + _Z**2 / (4 * count**2)) / (1 + _Z**2 / count)
    # Of none it begins at 0, of all it ends at 1, where floats would miss them by a hair.
    return Share(p, centre - half if p > 0 else 0.0, centre + half if p < 1 else 1.0, count)


def correlation_interval(r: float, count: int) -> tuple[float, float]:
    """Return the 95 percent interval of a correlation, by Fisher's transformation (1921).

    Examples
    --------
    >>> [round(end, 2) for end in correlation_interval(0.3, 30)]
    [-0.07, 0.6]
    """
    if count < 4 or abs(r) >= 1:
        return (-1.0, 1.0) if count < 4 else (r, r)
    middle, half = math.atanh(r), _Z / math.sqrt(count - 3)
    return math.tanh(middle - half), math.tanh(middle + half)
