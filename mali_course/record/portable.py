"""Progress as one file that a learner takes along: written by download, read by restore.

What is written can always be read back: a large log is compressed, and one that is too large even
so is refused before a file is made.
"""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mali_course.core.errors import CourseError
from mali_course.core.messages import say
from mali_course.record.log import Event, Log, course_version, is_event

__all__ = [
    "FILE_NAME",
    "FORMAT",
    "LARGEST",
    "Packed",
    "file_name",
    "open_packed",
    "pack_log",
    "restore_events",
    "where_saved",
]

FILE_NAME = "mali-course-progress.json"
# Bytes of a file that is read. A page sends no more (`live.js`), and the server's connection to a
# page takes about twice as many.
LARGEST = 5_000_000
# Bytes of one that is written: an editor may change the ends of its lines.
_LARGEST_WRITTEN = 4_000_000
_LARGEST_UNPACKED = 40_000_000
FORMAT = "mali-course-progress"


def file_name(learner: str = "", base: str = FILE_NAME) -> str:
    """Return a name for a progress file, with the learner's name if there is one, and today's date.

    A teacher who collects the files of a class then has one name a learner.

    Parameters
    ----------
    learner : str
    base : str
        The name without both.

    Examples
    --------
    >>> file_name("Ada L.")[:27]
    'mali-course-progress-ada-l-'
    """
    plain = re.sub(r"\W+", "-", learner.casefold())[:40].strip("-")
    today = datetime.now().astimezone().date().isoformat()
    stem, _, ending = base.rpartition(".")
    return "-".join(part for part in (stem, plain, today) if part) + f".{ending}"


def _bytes_in(text: str) -> int:
    # Half a character is written as a question mark.
    return len(text.encode("utf-8", errors="replace"))


def pack_log(log: Log, learner: str = "") -> str:
    """Return the text of a progress file.

    Parameters
    ----------
    log : Log
    learner : str
        A name, only if the learner typed one for the teacher.

    Raises
    ------
    CourseError
        If the log is larger than any file that could be read back.
    """
    about = {"format": FORMAT, "version": 1, "course": course_version(), "learner": learner[:200]}
    events = log.events()
    text = json.dumps({**about, "events": events}, ensure_ascii=False, indent=0)
    if _bytes_in(text) <= _LARGEST_WRITTEN:
        return text
    for some in (events, _without_old_drafts(events)):
        lines = json.dumps(some, ensure_ascii=False).encode("utf-8", errors="replace")
        packed = b64encode(zlib.compress(lines, 9)).decode("ascii")
        text = json.dumps({**about, "version": 2, "packed": packed}, ensure_ascii=False)
        if len(lines) <= _LARGEST_UNPACKED and _bytes_in(text) <= _LARGEST_WRITTEN:
            return text
    raise CourseError(say("interface.progress.too_much", folder=log.place or "–"))


def _without_old_drafts(events: list[Event]) -> list[Event]:
    """Return the events without drafts that a later draft or answer has replaced.

    The first event stays in any case: by it, the files of one learner are known.
    """
    kept: list[Event] = []
    replaced: set[str] = set()
    for number in range(len(events) - 1, -1, -1):
        event = events[number]
        draft = event["event"] == "draft"
        if not (draft and event["item"] in replaced) or not number:
            kept.append(event)
        if draft or event["event"] == "answer":
            replaced.add(event["item"])
    return kept[::-1]


@dataclass(frozen=True)
class Packed:
    """What a progress file holds.

    Parameters
    ----------
    learner : str
        The name, if the learner typed one.
    course : str
        Version of the course that wrote the file.
    events : list of Event
    """

    learner: str
    course: str
    events: list[Event]


def open_packed(text: str) -> Packed:
    """Return what a progress file holds.

    Raises
    ------
    CourseError
        If the text is not a progress file of this course, damaged, or larger than any that the
        course writes.

    Examples
    --------
    >>> open_packed('{"format": "mali-course-progress", "learner": "Ada", "events": []}').learner
    'Ada'
    """
    if _bytes_in(text) > LARGEST:
        raise CourseError(say("interface.progress.too_large"))
    try:
        content = json.loads(text.removeprefix("\ufeff"))  # Notepad's mark
    except (ValueError, RecursionError):
        raise CourseError(say("interface.progress.bad_file")) from None
    events = _events_in(content) if isinstance(content, dict) else None
    if (
        events is None
        or content.get("format") != FORMAT
        or not all(is_event(event) for event in events)
    ):
        raise CourseError(say("interface.progress.bad_file"))
    learner, course = content.get("learner", ""), content.get("course", "")
    return Packed(
        learner if isinstance(learner, str) else "",
        course if isinstance(course, str) else "",
        events,
    )


def _events_in(content: dict[str, Any]) -> list[Any] | None:
    """Return the list of events in a progress file, plain or compressed, or None."""
    events, packed = content.get("events"), content.get("packed")
    if isinstance(packed, str):
        unpacking = zlib.decompressobj()
        try:
            lines = unpacking.decompress(b64decode(packed), _LARGEST_UNPACKED)
            events = json.loads(lines) if unpacking.eof else None
        except (zlib.error, ValueError, RecursionError):
            return None
    return events if isinstance(events, list) else None


def restore_events(log: Log, text: str) -> str:
    """Add the events of a progress file that the log does not have yet.

    Returns
    -------
    str
        A sentence that says how many were added.

    Raises
    ------
    CourseError
        If the text is not a progress file. The log is then as it was.
    """
    here = {event["id"] for event in log.events()}
    new = [event for event in open_packed(text).events if event["id"] not in here]
    if not new:
        return say("interface.progress.restored_none")
    problem = log.add_all(new)
    answers = sum(event["event"] == "answer" for event in new)
    said = say("interface.progress.restored", count=answers)
    return f"{said} {say('interface.progress.only_here', reason=problem)}" if problem else said


def where_saved(log: Log) -> str:
    """Return a sentence that says where the log keeps what a learner does.

    Examples
    --------
    >>> where_saved(Log(None))[:32]
    'This account has no home folder,'
    """
    if log.place is None:
        return say("interface.progress.memory")
    return say("interface.progress.folder", folder=log.place)
