"""Progress as one file that a learner takes along: written by download, read by restore."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime

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
    "packed_events",
    "restore_events",
]

FILE_NAME = "mali-course-progress.json"
LARGEST = 5_000_000
FORMAT = "mali-course-progress"


def file_name(learner: str = "") -> str:
    """Return a name for a progress file, with the learner's name if there is one, and today's date.

    A teacher who collects the files of a class then has one name a learner.

    Examples
    --------
    >>> file_name("Ada L.")[:27]
    'mali-course-progress-ada-l-'
    """
    plain = re.sub(r"\W+", "-", learner.casefold())[:40].strip("-")
    today = datetime.now().astimezone().date().isoformat()
    return (
        "-".join(part for part in (FILE_NAME.removesuffix(".json"), plain, today) if part) + ".json"
    )


def pack_log(log: Log, learner: str = "") -> str:
    """Return the text of a progress file.

    Parameters
    ----------
    log : Log
    learner : str
        A name, only if the learner typed one for the teacher.
    """
    content = {
        "format": FORMAT,
        "version": 1,
        "course": course_version(),
        "learner": learner[:200],
        "events": log.events(),
    }
    return json.dumps(content, ensure_ascii=False, indent=0)


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
        If the text is not a progress file of this course, damaged, or larger than 5 MB.

    Examples
    --------
    >>> open_packed('{"format": "mali-course-progress", "learner": "Ada", "events": []}').learner
    'Ada'
    """
    if len(text) > LARGEST:
        raise CourseError(say("interface.progress.too_large"))
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise CourseError(say("interface.progress.bad_file")) from None
    events = content.get("events") if isinstance(content, dict) else None
    if (
        not isinstance(content, dict)
        or content.get("format") != FORMAT
        or not isinstance(events, list)
        or not all(is_event(event) for event in events)
    ):
        raise CourseError(say("interface.progress.bad_file"))
    learner, course = content.get("learner", ""), content.get("course", "")
    return Packed(
        learner if isinstance(learner, str) else "",
        course if isinstance(course, str) else "",
        events,
    )


def packed_events(text: str) -> list[Event]:
    """Return the events of a progress file; raises as `opened` does."""
    return open_packed(text).events


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
    new = [event for event in packed_events(text) if event["id"] not in here]
    if not new:
        return say("interface.progress.restored_none")
    problem = log.add_all(new)
    if problem:
        return say("interface.progress.no_folder", folder=log.place, reason=problem)
    answers = sum(event["event"] == "answer" for event in new)
    return say("interface.progress.restored", count=answers)
