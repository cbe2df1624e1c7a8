"""The log of what a learner does: JSON Lines, one file a kernel, only ever appended to.

Two notebooks never write into one file, so nothing is lost when they run at once; a line is one
write, so a kill at any moment loses no finished line; a torn or foreign line is skipped.
Within a kernel a form may answer in a thread of its own while a cell runs, so a log has a lock.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import RLock
from typing import Any

import platformdirs

__all__ = ["Event", "Log", "course_version", "is_event", "log_folder", "the_log"]

Event = Mapping[str, Any]

_NUMBER = int | float  # made once: a class has millions of events
_LONGEST_LINE = 200_000
_LARGEST_FILE = 50_000_000


def log_folder() -> Path:
    """Return the folder of the log: the user's own data folder, or ``MALI_COURSE_HOME``.

    Examples
    --------
    >>> log_folder().name
    'progress'
    """
    home = os.environ.get("MALI_COURSE_HOME")
    base = Path(home).expanduser() if home else Path(platformdirs.user_data_path("mali-course"))
    return base / "progress"


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
    place : pathlib.Path
        Its folder; made at the first write.

    Examples
    --------
    >>> import tempfile
    >>> log = Log(Path(tempfile.mkdtemp()))
    >>> log.add({"item": "01-02", "event": "answer"})
    ''
    >>> [event["item"] for event in log.events()]
    ['01-02']
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self._lock = RLock()
        self._files: dict[Path, _File] = {}
        self._unsaved: list[Event] = []
        self._merged: list[Event] | None = None  # until something changes
        self._listeners: dict[str, Callable[[], None]] = {}
        now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        self._own_file = place / f"{now}-{os.getpid()}-{os.urandom(3).hex()}.jsonl"

    def add(self, event: Mapping[str, Any]) -> str:
        """Write an event; id, time and course version are added where they are missing.

        Returns
        -------
        str
            "" or, if it could not be written, why. Then it is kept in memory, so that `events`
            and a download still have it.
        """
        stamp = datetime.now(UTC).isoformat(timespec="milliseconds")
        whole = {"id": os.urandom(8).hex(), "time": stamp, "course": course_version(), **event}
        return self._keep_all([whole], self._own_file)

    def add_all(self, events: list[Event]) -> str:
        """Write events as they are, all in one file of their own. Returns as `add`."""
        return self._keep_all(events, self.place / f"restored-{os.urandom(6).hex()}.jsonl")

    def _keep_all(self, events: list[Event], file: Path) -> str:
        with self._lock:
            problem = self._write_lines(events, file)
            if problem:
                self._unsaved.extend(events)
                self._merged = None
        for listener in list(self._listeners.values()):
            listener()
        return problem

    def _write_lines(self, events: list[Event], file: Path) -> str:
        lines = "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events)
        # A learner's text may hold half a character (a lone surrogate), which UTF-8 cannot write.
        data = lines.encode("utf-8", errors="replace")
        try:
            self.place.mkdir(parents=True, exist_ok=True)
            handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                while data:
                    data = data[os.write(handle, data) :]
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            return f"{error.strerror or error}."
        return ""

    def listen(self, name: str, listener: Callable[[], None]) -> None:
        """Call something after each write of this kernel, in place of what had the name before."""
        self._listeners[name] = listener

    def _read_files(self) -> None:
        """Read what has changed since the last time."""
        try:
            paths = sorted(self.place.glob("*.jsonl"))
        except OSError:
            paths = []
        files = {path: _read_file(path, self._files.get(path)) for path in paths}
        if files != self._files:
            self._files, self._merged = files, None

    def events(self) -> list[Event]:
        """Return the events of all kernels, in order of time, each once. Do not change them."""
        with self._lock:
            self._read_files()
            if self._merged is None:
                every = [event for file in self._files.values() for event in file.events]
                once = {event["id"]: event for event in [*every, *self._unsaved]}
                self._merged = sorted(once.values(), key=lambda event: event["time"])
            return self._merged

    def spoiled_files(self) -> Iterator[tuple[str, int]]:
        """Yield the name of each file with unreadable lines, and their number."""
        with self._lock:
            self._read_files()
            counts = [(path.name, file.spoiled) for path, file in self._files.items()]
        yield from (count for count in counts if count[1])


def _read_file(path: Path, before: _File | None) -> _File:
    """Return what is in a file; what was read before, if it has not grown."""
    try:
        size = path.stat().st_size
        if before and before.size == size:
            return before
        return _File(size, [], 1) if size > _LARGEST_FILE else _parse_lines(path.read_bytes())
    except OSError:
        return _File(0, [], 1)


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
def _log_in(place: Path) -> Log:
    return Log(place)


def the_log() -> Log:
    """Return this kernel's log, in the learner's folder."""
    return _log_in(log_folder())
