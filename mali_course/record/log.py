"""The log of what a learner does: JSON Lines, one file a kernel, only ever appended to.

Two notebooks never write into one file, so nothing is lost when they run at once; a line is one
write, so a kill at any moment loses no finished line; a torn or foreign line is skipped. What
cannot be written, because a disk is full or a folder gone, stays in memory and is tried again with
each further event, each look at the log, and when the kernel ends.
Within a kernel a form may answer in a thread of its own while a cell runs, so a log has a lock.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import RLock
from typing import Any

from mali_course.core.home import data_folder
from mali_course.core.messages import say
from mali_course.record.own_file import OwnFile

__all__ = ["Event", "Log", "course_version", "is_event", "log_folder", "the_log"]

Event = Mapping[str, Any]

_LOGGER = logging.getLogger(__name__)

_NUMBER = int | float  # made once: a class has millions of events
_LONGEST_LINE = 1_000_000
_LARGEST_FILE = 50_000_000


def log_folder() -> Path | None:
    """Return the folder of the log: the user's own data folder, or ``MALI_COURSE_HOME``.

    None where the account has no home, as in some containers: then all is kept in memory alone.

    Examples
    --------
    >>> log_folder().name
    'progress'
    """
    folder = data_folder()
    return folder / "progress" if folder else None


@cache
def course_version() -> str:
    """Return the installed version of the course, or "0" in a bare checkout."""
    try:
        return version("mali-course")
    except PackageNotFoundError:
        return "0"


def is_event(value: object) -> bool:
    """Whether something read from a file is an event of this course."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("id"), str)
        and isinstance(value.get("time"), str)
        and isinstance(value.get("item"), str)
        and isinstance(value.get("event"), str)
        and isinstance(value.get("state", ""), str)
        and isinstance(value.get("score", 0), _NUMBER)
        and 0 <= value.get("score", 0) <= 1
        and isinstance(value.get("try", 0), int)
    )


@dataclass(eq=False)
class _File:
    """What has been read of a file so far."""

    size: int = 0
    events: list[Event] = field(default_factory=list)
    spoiled: int = 0


class Log:
    """The log in a folder.

    Parameters
    ----------
    place : pathlib.Path or None
        Its folder; made at the first write. None: it is kept in memory alone.

    Attributes
    ----------
    problem : str
        Why what is new could not be written yet, in a sentence, or "".

    Examples
    --------
    >>> import tempfile
    >>> log = Log(Path(tempfile.mkdtemp()))
    >>> log.add({"item": "01-31", "event": "answer"})
    ''
    >>> [event["item"] for event in log.events()]
    ['01-31']
    """

    def __init__(self, place: Path | None) -> None:
        self.place = place
        self.problem = ""
        self._lock = RLock()
        self._own = OwnFile(place) if place else None
        self._lines: list[bytes] = []  # of this kernel
        self._mine: list[Event] = []  # the same, as they are read back
        self._files: dict[Path, _File] = {}  # of others
        self._merged: list[Event] | None = None  # until something changes
        self._listeners: dict[str, Callable[[], None]] = {}

    def add(self, event: Mapping[str, Any]) -> str:
        """Write an event; id, time and course version are added where they are missing.

        Returns
        -------
        str
            "" or, if it could not be written, why. Then it is kept in memory, so that `events`
            and a download still have it, and written as soon as that can be done.
        """
        stamp = datetime.now(UTC).isoformat(timespec="milliseconds")
        whole = {"id": os.urandom(8).hex(), "time": stamp, "course": course_version(), **event}
        return self.add_all([whole])

    def add_all(self, events: Sequence[Event]) -> str:
        """Write events as they are. Returns as `add`."""
        with self._lock:
            too_long = False
            for event in events:
                line = _line_of(event)
                self._mine.append(json.loads(line))
                if len(line) <= _LONGEST_LINE:
                    self._lines.append(line)
                else:
                    too_long = True
            self._merged = None
            problem = self.save()
            if too_long:
                problem = problem or say("interface.progress.too_long")
        for listener in list(self._listeners.values()):
            try:
                listener()
            except Exception:
                # The answer is written; what shows it elsewhere must not take its reply away.
                _LOGGER.warning("A listener to the log failed.", exc_info=True)
        return problem

    def save(self) -> str:
        """Write what is not safe yet, oldest first. Returns as `add`."""
        with self._lock:
            self.problem = ""
            if not self._own:
                self.problem = say("interface.progress.no_home")
            elif self._lines:
                try:
                    self._own.save(self._lines)
                except OSError as error:
                    self.problem = f"{error.strerror or error}."
            return self.problem

    def save_kept(self) -> None:
        """Try again to write what could not be written; without such a thing nothing is touched."""
        with self._lock:
            if self.problem:
                self.save()

    def listen(self, name: str, listener: Callable[[], None]) -> None:
        """Call something after each write of this kernel, in place of what had the name before."""
        self._listeners[name] = listener

    def _read_files(self) -> None:
        """Read what has changed since the last time."""
        if not self._own:
            return
        try:
            names = [name for name in os.listdir(self._own.place) if name.endswith(".jsonl")]
        except (FileNotFoundError, NotADirectoryError):
            names = []
        except OSError:
            return  # a network folder that is away for a moment: what was read still holds
        paths = sorted({self._own.place / name for name in names} - self._own.paths)
        files = {path: _read_file(path, self._files.get(path)) for path in paths}
        if files != self._files:
            self._files, self._merged = files, None

    def events(self) -> list[Event]:
        """Return the events of all kernels, in order of time, each once. Do not change them."""
        with self._lock:
            self.save_kept()
            self._read_files()
            if self._merged is None:
                every = [event for file in self._files.values() for event in file.events]
                once = {event["id"]: event for event in [*every, *self._mine]}
                self._merged = sorted(once.values(), key=lambda event: event["time"])
            return self._merged

    def spoiled_files(self) -> Iterator[tuple[str, int]]:
        """Yield the name of each file with unreadable lines, and their number."""
        with self._lock:
            self._read_files()
            counts = [(path.name, file.spoiled) for path, file in self._files.items()]
        yield from (count for count in counts if count[1])


def _line_of(event: Event) -> bytes:
    # A learner's text may hold half a character (a lone surrogate), which UTF-8 cannot write.
    return (json.dumps(event, ensure_ascii=False) + "\n").encode("utf-8", errors="replace")


def _read_file(path: Path, before: _File | None) -> _File:
    """Return what is in a file; what was read before, if it has not grown."""
    try:
        size = path.stat().st_size
        if before and before.size == size:
            return before
        return _File(size, [], 1) if size > _LARGEST_FILE else _parse_lines(path.read_bytes())
    except OSError:
        return before or _File(0, [], 1)


def _parse_lines(data: bytes) -> _File:
    """Read the finished lines of a file; the last one may still be being written."""
    file = _File(len(data))
    for line in data.split(b"\n"):
        if not line.strip():
            continue
        try:
            event = json.loads(line) if len(line) <= _LONGEST_LINE else None
        except (ValueError, RecursionError):
            event = None
        if event is not None and is_event(event):
            file.events.append(event)
        else:
            file.spoiled += 1
    return file


@cache
def _log_in(place: Path | None) -> Log:
    log = Log(place)
    # The last chance for what no event and no look at the log has brought to the disk.
    atexit.register(log.save_kept)
    return log


def the_log() -> Log:
    """Return this kernel's log, in the learner's folder."""
    return _log_in(log_folder())
