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

__all__ = ["Event", "Log", "course_version", "folder", "is_event", "the_log"]

Event = Mapping[str, Any]

_NUMBER = int | float  # made once: a class has millions of events
_LONGEST_LINE = 200_000
_LARGEST_FILE = 50_000_000


def folder() -> Path:
    """Return the folder of the log: the user's own data folder, or ``MALI_COURSE_HOME``.

    Examples
    --------
    >>> folder().name
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


def is_event(found: object) -> bool:
    """Whether something read from a file is an event of this course."""
    return (
        isinstance(found, dict)
        and isinstance(found.get("id"), str)
        and isinstance(found.get("time"), str)
        and isinstance(found.get("item"), str)
        and isinstance(found.get("event"), str)
        and isinstance(found.get("state", ""), str)
        and isinstance(found.get("score", 0), _NUMBER)
        and 0 <= found.get("score", 0) <= 1
        and isinstance(found.get("try", 0), int)
    )


@dataclass
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
        self._listeners: dict[str, Callable[[], None]] = {}
        now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        self._own = place / f"{now}-{os.getpid()}-{os.urandom(3).hex()}.jsonl"

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
        with self._lock:
            problem = self._write([whole], self._own)
            if problem:
                self._unsaved.append(whole)
        for listener in list(self._listeners.values()):
            listener()
        return problem

    def add_all(self, events: list[Event]) -> str:
        """Write events as they are, all in one file of their own. Returns as `add`."""
        file = self.place / f"restored-{os.urandom(6).hex()}.jsonl"
        with self._lock:
            problem = self._write(events, file)
            if problem:
                self._unsaved.extend(events)
        for listener in list(self._listeners.values()):
            listener()
        return problem

    def _write(self, events: list[Event], file: Path) -> str:
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

    def _read(self) -> None:
        try:
            found = sorted(self.place.glob("*.jsonl"))
        except OSError:
            found = []
        for path in found:
            try:
                size = path.stat().st_size
                if size > _LARGEST_FILE:
                    self._files[path] = _File(size, [], 1)
                elif path not in self._files or self._files[path].size != size:
                    self._files[path] = _parse(path.read_bytes())
            except OSError:
                self._files[path] = _File(0, [], 1)
        for path in [path for path in self._files if path not in found]:
            del self._files[path]

    def events(self) -> list[Event]:
        """Return the events of all kernels, in order of time, each once."""
        with self._lock:
            self._read()
            every = [event for file in self._files.values() for event in file.events]
            every += self._unsaved
        once = {event["id"]: event for event in every}
        return sorted(once.values(), key=lambda event: event["time"])

    def spoiled(self) -> Iterator[tuple[str, int]]:
        """Yield the name of each file with unreadable lines, and their number."""
        with self._lock:
            self._read()
            found = [(path.name, file.spoiled) for path, file in self._files.items()]
        yield from (one for one in found if one[1])


def _parse(data: bytes) -> _File:
    """Read the finished lines of a file; the last one may still be being written."""
    file = _File(len(data))
    for line in data.split(b"\n"):
        if not line.strip():
            continue
        try:
            found = json.loads(line) if len(line) <= _LONGEST_LINE else None
        except (ValueError, RecursionError):
            found = None
        if found is not None and is_event(found):
            file.events.append(found)
        else:
            file.spoiled += 1
    return file


@cache
def _log_in(place: Path) -> Log:
    return Log(place)


def the_log() -> Log:
    """Return this kernel's log, in the learner's folder."""
    return _log_in(folder())
