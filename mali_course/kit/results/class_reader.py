"""Folds the files of a class: one small record a learner, the newest file of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from unicodedata import normalize

from mali_course.kit.results.distractors import Distractors
from mali_course.kit.results.handed_in import clean
from mali_course.questions import bank
from mali_course.questions.item import Item
from mali_course.questions.kinds.open import Open
from mali_course.record.portable import Packed
from mali_course.record.summary import ItemState, item_states

__all__ = ["ClassResults", "Folder", "Learner", "Superseded", "class_of"]

_MOST_SEEN = 20_000
_STANDINGS = ("new", "tried", "shown", "done")
NONE, RIGHT, NOT_RIGHT = range(3)  # the first try at an item


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
    slips : tuple of int
        Numbers of the slips at first tries; see `Folder.slip_names`.
    unknown : int
        Answers to questions that this version of the course does not have.
    """

    file: str
    name: str
    origin: str
    newest: float
    count: int
    course: str
    standings: bytes
    first: bytes
    slips: tuple[int, ...]
    unknown: int

    @property
    def last_day(self) -> str:
        """The day of the last answer (UTC), or ""."""
        return datetime.fromtimestamp(self.newest, UTC).date().isoformat() if self.newest else ""


def _seconds(time: str) -> float:
    try:
        found = datetime.fromisoformat(time[:40])
        aware = found if found.tzinfo else found.replace(tzinfo=UTC)
        seconds = aware.timestamp()
        datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return 0.0
    return max(0.0, seconds)


class Folder:
    """Folds progress files, one after the other, to what is kept of them.

    Attributes
    ----------
    items : tuple of Item
        All items of the bank; a learner's bytes are in this order.
    slip_names : list of (int, str)
        For each slip that was met: the number of its item, and its key.

    Examples
    --------
    >>> event = {"id": "1", "time": "2026-11-24", "item": "01-02", "event": "answer",
    ...          "state": "right", "score": 1.0, "response": "a"}
    >>> learner = Folder().fold(Packed("Ada", "1", [event]), "ada.json")
    >>> learner.name, sum(learner.first), learner.last_day
    ('Ada', 1, '2026-11-24')
    """

    def __init__(self) -> None:
        self.items = bank.items()
        self._distractors = tuple(map(Distractors, self.items))
        self.slip_names: list[tuple[int, str]] = []
        self._place = {item.id: place for place, item in enumerate(self.items)}
        self._slips: dict[tuple[int, str], int] = {}
        self._seen: dict[tuple[int, str] | None, list[int]] = {}

    def fold(self, packed: Packed, file: str) -> Learner:
        """Return what is kept of a progress file."""
        once = {event["id"]: event for event in packed.events}
        events = sorted(once.values(), key=lambda event: event["time"])
        known = [event for event in events if event["item"] in self._place]
        states = item_states(known)
        standings = bytearray(len(self.items))
        for name, state in states.items():
            standings[self._place[name]] = _STANDINGS.index(state.standing)
        first, slips = self._first_tries(states)
        unknown = sum(e["event"] == "answer" for e in events) - sum(
            e["event"] == "answer" for e in known
        )
        return Learner(
            file=file,
            name=clean(packed.learner, 80),
            origin=events[0]["id"][:64] if events else "",
            newest=next((s for e in reversed(events) if (s := _seconds(e["time"]))), 0.0),
            count=len(events),
            course=clean(packed.course, 20),
            standings=bytes(standings),
            first=first,
            slips=slips,
            unknown=unknown,
        )

    def _first_tries(self, states: Mapping[str, ItemState]) -> tuple[bytes, tuple[int, ...]]:
        first = bytearray(len(self.items))
        slips: list[int] = []
        for name, state in states.items():
            if state.first_try is None:
                continue
            place = self._place[name]
            if not isinstance(self.items[place], Open):
                first[place] = RIGHT if state.first else NOT_RIGHT
            if not state.first:
                slips += self._numbers(place, state.first_try.get("response"))
        return bytes(first), tuple(slips)

    def _numbers(self, place: int, response: Any) -> Iterable[int]:
        # Thousands of learners make the same few mistakes, and words are slow to compare.
        short = (place, response) if isinstance(response, str) and len(response) < 60 else None
        if short in self._seen:
            return self._seen[short]
        numbers = []
        for slip in dict.fromkeys(self._distractors[place].slips_in(response)):
            number = self._slips.setdefault((place, slip), len(self.slip_names))
            if number == len(self.slip_names):
                self.slip_names.append((place, slip))
            numbers.append(number)
        if short and len(self._seen) < _MOST_SEEN:
            self._seen[short] = numbers
        return numbers


@dataclass(frozen=True)
class Superseded:
    """A file of which the same learner has a newer one."""

    file: str
    newer: str
    name: str
    by_name: bool  # known by the typed name alone: the two files have no beginning in common


@dataclass(frozen=True)
class ClassResults:
    """A class: its learners, and what was noticed about their files.

    Parameters
    ----------
    learners : tuple of Learner
        One for each learner, by name and then by file.
    items : tuple of Item
    slip_names : tuple of (int, str)
    superseded : tuple of Superseded
    alike : tuple of tuple of str
        Files under different names that begin with the same answer.
    """

    learners: tuple[Learner, ...]
    items: tuple[Item, ...]
    slip_names: tuple[tuple[int, str], ...]
    superseded: tuple[Superseded, ...]
    alike: tuple[tuple[str, ...], ...]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Lesson to the places of its items."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, item in enumerate(self.items):
            found[item.id[:2]].append(place)
        return dict(found)

    @cached_property
    def graded(self) -> dict[str, list[int]]:
        """Lesson to the places of the items that the course judges: all but written texts."""
        return {
            lesson: [place for place in places if not isinstance(self.items[place], Open)]
            for lesson, places in self.places.items()
        }


def _key(name: str) -> str:
    return " ".join(normalize("NFKC", name).casefold().split())


def class_of(
    folder: Folder, files: Sequence[Learner], *, names_repeat: bool = False
) -> ClassResults:
    """Return a class in which each learner counts once, with the newest file.

    Files belong to one learner if the same name was typed. A file without a name belongs to the
    learner whose file begins with the same event.

    Parameters
    ----------
    folder : Folder
        That folded the files.
    files : sequence of Learner
    names_repeat : bool
        Different people may have typed the same name: then files with the same name belong
        together only if they begin with the same event.

    Examples
    --------
    >>> folder = Folder()
    >>> both = [folder.fold(Packed("Ada", "1", []), name) for name in ("a.json", "b.json")]
    >>> [learner.file for learner in class_of(folder, both).learners]
    ['b.json']
    """
    groups: dict[tuple[str, str], list[Learner]] = defaultdict(list)
    named: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in files:
        if one.name:
            key = (_key(one.name), one.origin if names_repeat else "")
            groups[key].append(one)
            named[one.origin].add(key)
    for one in files:
        if not one.name:
            owners = named[one.origin] if one.origin else set()
            own = ("", one.origin or one.file)
            groups[next(iter(owners)) if len(owners) == 1 else own].append(one)
    learners: list[Learner] = []
    superseded: list[Superseded] = []
    for group in groups.values():
        *older, newest = sorted(group, key=lambda one: (one.newest, one.count, one.file))
        name = next((one.name for one in [newest, *reversed(older)] if one.name), "")
        learners.append(replace(newest, name=name))
        superseded += [
            Superseded(one.file, newest.file, name, one.origin != newest.origin) for one in older
        ]
    return ClassResults(
        tuple(sorted(learners, key=lambda one: (not one.name, _key(one.name), one.file))),
        folder.items,
        tuple(folder.slip_names),
        tuple(sorted(superseded, key=lambda one: one.file)),
        _alike(learners),
    )


def _alike(learners: Iterable[Learner]) -> tuple[tuple[str, ...], ...]:
    files: dict[str, list[str]] = defaultdict(list)
    for one in learners:
        if one.origin:
            files[one.origin].append(one.file)
    return tuple(sorted(tuple(sorted(group)) for group in files.values() if len(group) > 1))
