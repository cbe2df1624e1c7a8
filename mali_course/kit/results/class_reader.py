"""Reads the files of a class: one small record a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from mali_course.kit.results.distractors import Distractors
from mali_course.kit.results.handed_in import clean_line
from mali_course.questions import bank
from mali_course.questions.retired import retired_ids
from mali_course.questions.shapes import Written
from mali_course.record.item_state import ItemState, item_states
from mali_course.record.portable import Packed

__all__ = ["DONE", "NONE", "RIGHT", "SHOWN", "ClassReader", "Learner"]

_MOST_SEEN = 20_000
_STANDINGS = ("new", "tried", "shown", "done")
SHOWN, DONE = 2, 3  # places in them
NONE, RIGHT, NOT_RIGHT = range(3)  # the first try at an item
Slip = tuple[int, str]


@dataclass(frozen=True)
class Learner:
    """What is kept of a progress file: about a byte or two an item.

    Parameters
    ----------
    file : str
        Its path in the folder, fit to be shown.
    name : str
        As the learner typed it, fit to be shown, or "".
    origin : str
        Id of the first event. Files of one learner share it, because a log only grows.
    newest : float
        When the last event was, in seconds; 0 where there is none.
    count : int
        Number of events.
    course : str
        Version of the course that wrote the file.
    standings : bytes
        For each item, its place in "new", "tried", "shown", "done".
    first : bytes
        For each item: 0 not tried, 1 right at the first try, 2 not right.
    slips : tuple of (int, str)
        Slips at first tries: the place of the item, and the slip's key. Those of all learners are
        the same objects, so that a slip takes no room of its own.
    earlier : int
        Answers to questions that only earlier editions of the course had.
    unknown : int
        Answers to questions that this version of the course does not know.
    """

    file: str
    name: str
    origin: str
    newest: float
    count: int
    course: str
    standings: bytes
    first: bytes
    slips: tuple[Slip, ...]
    earlier: int
    unknown: int

    @property
    def last_day(self) -> str:
        """The day of the last answer (UTC), or ""."""
        return datetime.fromtimestamp(self.newest, UTC).date().isoformat() if self.newest else ""


def _seconds(time: str) -> float:
    try:
        stamp = datetime.fromisoformat(time[:40])
        aware = stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)
        seconds = aware.timestamp()
        datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return 0.0
    return max(0.0, seconds)


class ClassReader:
    """Reads progress files, one after the other, to what is kept of them.

    Attributes
    ----------
    items : tuple of Item
        All items of the bank; a learner's bytes are in this order.

    Examples
    --------
    >>> event = {"id": "1", "time": "2026-11-24", "item": "01-31", "event": "answer",
    ...          "state": "right", "score": 1.0, "response": "a"}
    >>> learner = ClassReader().read_learner(Packed("Ada", "1", [event]), "ada.json")
    >>> learner.name, sum(learner.first), learner.last_day
    ('Ada', 1, '2026-11-24')
    """

    def __init__(self) -> None:
        self.items = bank.items()
        self._distractors = tuple(map(Distractors, self.items))
        self._place = {item.id: place for place, item in enumerate(self.items)}
        self._retired = retired_ids()
        self._slips: dict[Slip, Slip] = {}
        self._seen: dict[tuple[int, str] | None, list[Slip]] = {}

    def read_learner(self, packed: Packed, file: str) -> Learner:
        """Return what is kept of a progress file."""
        once = {event["id"]: event for event in packed.events}
        events = sorted(once.values(), key=lambda event: event["time"])
        known = [event for event in events if event["item"] in self._place]
        states = item_states(known)
        standings = bytearray(len(self.items))
        for name, state in states.items():
            standings[self._place[name]] = _STANDINGS.index(state.standing)
        first, slips = self._first_tries(states)
        answers = Counter(
            self._edition_of(event["item"]) for event in events if event["event"] == "answer"
        )
        return Learner(
            file=file,
            name=clean_line(packed.learner, 80),
            origin=events[0]["id"][:64] if events else "",
            newest=next(filter(None, (_seconds(event["time"]) for event in reversed(events))), 0.0),
            count=len(events),
            course=clean_line(packed.course, 20),
            standings=bytes(standings),
            first=first,
            slips=slips,
            earlier=answers["earlier"],
            unknown=answers["unknown"],
        )

    def _edition_of(self, item_id: str) -> Literal["this", "earlier", "unknown"]:
        if item_id in self._place:
            return "this"
        return "earlier" if item_id in self._retired else "unknown"

    def _first_tries(self, states: Mapping[str, ItemState]) -> tuple[bytes, tuple[Slip, ...]]:
        first = bytearray(len(self.items))
        slips: list[Slip] = []
        for name, state in states.items():
            if state.first_try is None:
                continue
            place = self._place[name]
            if not isinstance(self._distractors[place].shape, Written):
                first[place] = RIGHT if state.first else NOT_RIGHT
            if not state.first:
                slips += self._slips_in(place, state.first_try.get("response"))
        return bytes(first), tuple(slips)

    def _slips_in(self, place: int, response: Any) -> list[Slip]:
        # Thousands of learners make the same few mistakes, and words are slow to compare.
        short = (place, response) if isinstance(response, str) and len(response) < 60 else None
        if short in self._seen:
            return self._seen[short]
        made = [(place, key) for key in dict.fromkeys(self._distractors[place].slips_in(response))]
        slips = [self._slips.setdefault(slip, slip) for slip in made]
        if short and len(self._seen) < _MOST_SEEN:
            self._seen[short] = slips
        return slips
