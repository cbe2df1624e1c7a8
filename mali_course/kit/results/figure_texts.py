"""How figures of a class are written, in its tables and in its charts."""

from __future__ import annotations

from mali_course.core.messages import say
from mali_course.kit.results.intervals import Share

__all__ = ["interval_text", "page_text", "percent", "signed"]


def page_text(key: str, /, **fields: object) -> str:
    """Return words of the class page."""
    return say(f"kit_results.page.{key}", **fields)


def percent(value: float) -> str:
    """Return a share in percent; only all is 100, and only none is 0.

    Examples
    --------
    >>> percent(0.5), percent(0.999), percent(0.001)
    ('50%', '99%', '1%')
    """
    rounded = round(100 * value)
    if value not in (0, 1):
        rounded = min(99, max(1, rounded))
    return say("kit_results.format.percent", number=rounded)


def signed(value: float) -> str:
    """Return a correlation with two places and a real minus sign.

    Examples
    --------
    >>> signed(-0.25)
    '−0.25'
    """
    return f"{value:.2f}".replace("-", "−")


def interval_text(share: Share) -> str:
    """Return the interval of a share.

    Examples
    --------
    >>> interval_text(Share(0.5, 0.4, 0.6, 100))
    '40% to 60%'
    """
    return page_text("interval", low=percent(share.low), high=percent(share.high))
