"""Which questions a learner has behind them, so that nothing about them need be kept back."""

from __future__ import annotations

from collections.abc import Iterable

from mali_course.record.log import Event

__all__ = ["items_behind"]


def items_behind(events: Iterable[Event]) -> frozenset[str]:
    """Return the ids of the items that were answered right, or whose answer was told.

    Examples
    --------
    >>> sorted(items_behind([{"item": "01-02", "event": "shown"}]))
    ['01-02']
    """
    return frozenset(
        event["item"]
        for event in events
        if event["event"] == "shown"
        or (event["event"] == "answer" and event.get("state") in ("right", "judged"))
    )
