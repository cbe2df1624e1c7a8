"""Times of a plan: minutes of a session, and the clock in the room."""

from __future__ import annotations

import re

from mali_course.core.errors import CourseError
from mali_course.core.messages import say

__all__ = ["clock_text", "minutes_text", "start_minute"]

_DAY = 24 * 60


def start_minute(text: str) -> int:
    """Return a time of day as minutes after midnight.

    Raises
    ------
    CourseError
        If it is none.

    Examples
    --------
    >>> start_minute("9:30")
    570
    """
    time = re.fullmatch(r"([01]?\d|2[0-3])[:.h]([0-5]\d)", text.strip())
    if not time:
        raise CourseError(say("kit_plan.no_time", text=text))
    return int(time[1]) * 60 + int(time[2])


def clock_text(minute: float, start: int | None = None) -> str:
    """Return a minute of a session as a time: of the day, or from 0:00.

    Examples
    --------
    >>> clock_text(65), clock_text(65, 9 * 60)
    ('1:05', '10:05')
    """
    whole = int(minute) if start is None else (int(minute) + start) % _DAY
    hours = f"{whole // 60}" if start is None else f"{whole // 60:02}"
    return f"{hours}:{whole % 60:02}"


def minutes_text(number: float) -> str:
    """Return minutes without a needless point.

    Examples
    --------
    >>> minutes_text(8.0), minutes_text(2.5)
    ('8', '2.5')
    """
    return f"{number:g}"
