"""Where a learner stands in a mixed test, folded from the log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mali_course.record.log import Event

__all__ = ["TEST", "Session", "last_answers", "last_session"]

TEST = "test"  # stands in the log where others have the id of an item


@dataclass(frozen=True)
class Session:
    """One test.

    Parameters
    ----------
    id : str
        Marks its events in the log.
    items : tuple of str
        Ids of its questions, in the order in which they are asked.
    first : mapping
        Id of each question answered to the state of the first answer in this test.
    passed : frozenset of str
        Questions left out.
    ended : bool
        The learner asked for the result.
    """

    id: str
    items: tuple[str, ...]
    first: Mapping[str, str] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()
    ended: bool = False

    @property
    def next(self) -> str | None:
        """The first question neither answered nor left out; None where the test is over."""
        if self.ended:
            return None
        behind = {*self.first, *self.passed}
        return next((item_id for item_id in self.items if item_id not in behind), None)

    @property
    def right(self) -> int:
        """How many first answers were right."""
        return sum(state == "right" for state in self.first.values())


def _known_items(event: Event, known: Collection[str]) -> tuple[str, ...]:
    items: Any = event.get("items")
    if not isinstance(items, list):
        return ()
    # A log may be older than the bank, or come from a file.
    return tuple(dict.fromkeys(one for one in items if isinstance(one, str) and one in known))


def last_session(events: Iterable[Event], known: Collection[str]) -> Session | None:
    """Return the test drawn last, or None.

    Parameters
    ----------
    events : iterable of Event
        In order of time.
    known : collection of str
        Ids that the bank has.

    Examples
    --------
    >>> drawn = {"item": "test", "event": "drawn", "test": "a", "items": ["01-01", "01-31"]}
    >>> answer = {"item": "01-01", "event": "answer", "test": "a", "state": "wrong"}
    >>> last_session([drawn, answer], ["01-01", "01-31"]).next
    '01-31'
    """
    name = ""
    items: tuple[str, ...] = ()
    first: dict[str, str] = {}
    passed: set[str] = set()
    ended = False
    for event in events:
        test = event.get("test")
        if not isinstance(test, str) or not test:
            continue
        if event["item"] == TEST and event["event"] == "drawn":
            drawn = _known_items(event, known)
            if drawn:
                name, items, first, passed, ended = test, drawn, {}, set(), False
        elif test != name:
            continue
        elif event["item"] == TEST:
            if event["event"] == "passed":
                passed.add(str(event.get("question", "")))
            ended = ended or event["event"] == "ended"
        elif event["event"] == "answer" and event["item"] in items:
            first.setdefault(event["item"], str(event.get("state", "")))
    return Session(name, items, first, frozenset(passed) - set(first), ended) if items else None


def last_answers(events: Iterable[Event]) -> dict[str, str]:
    """Return the time of the last answer to each item that was answered.

    Examples
    --------
    >>> last_answers([{"item": "01-01", "event": "answer", "time": "2026-01-02"}])
    {'01-01': '2026-01-02'}
    """
    return {event["item"]: event["time"] for event in events if event["event"] == "answer"}
