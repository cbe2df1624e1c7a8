"""The gradebook and the list of files, as CSV."""

from __future__ import annotations

from collections.abc import Sequence

from mali_course.core.messages import say
from mali_course.kit.results.class_reader import RIGHT, ClassResults, Learner
from mali_course.kit.results.handed_in import Skipped
from mali_course.kit.spreadsheet import csv_text

__all__ = ["file_list", "gradebook"]

def lesson_counts(found: ClassResults, learner: Learner, lesson: str) -> tuple[int, int, int]:
    """Return a learner's items of a lesson: done, right at the first try, answer looked up."""
    places = found.places[lesson]
    return (
        sum(learner.standings[place] == 3 for place in places),
        sum(learner.first[place] == RIGHT for place in found.graded[lesson]),
        sum(learner.standings[place] == 2 for place in places),
    )


def gradebook(found: ClassResults) -> str:
    """Return the gradebook: a row a learner, three columns a lesson and three for all.

    Examples
    --------
    >>> from mali_course.kit.results.class_reader import Folder, class_of
    >>> gradebook(class_of(Folder(), []))[1:20]
    '"Name typed","File"'
    """
    head = [say(f"kit_results.gradebook.{name}") for name in ("name", "file", "last")]
    parts: list[tuple[str, int, int]] = [
        (lesson, len(places), len(found.graded[lesson]))
        for lesson, places in found.places.items()
    ]
    whole = sum(part[1] for part in parts), sum(part[2] for part in parts)
    parts.append((say("kit_results.gradebook.all"), *whole))
    for name, count, graded in parts:
        head.append(say("kit_results.gradebook.done", lesson=name, count=count))
        head.append(say("kit_results.gradebook.first", lesson=name, count=graded))
        head.append(say("kit_results.gradebook.shown", lesson=name))
    rows: list[list[str | int]] = [list(head)]
    for learner in found.learners:
        counts = [lesson_counts(found, learner, lesson) for lesson in found.places]
        totals = [sum(one) for one in zip(*counts, strict=True)]
        rows.append([
            learner.name, learner.file, learner.last_day,
            *(number for one in counts for number in one), *totals,
        ])
    return csv_text(rows)


def file_list(found: ClassResults, skipped: Sequence[Skipped]) -> str:
    """Return what became of each file: counted, older than another of the same learner, skipped.

    Examples
    --------
    >>> from mali_course.kit.results.class_reader import Folder, class_of
    >>> "notes.txt" in file_list(class_of(Folder(), []), [Skipped("notes.txt", "foreign")])
    True
    """
    rows = [(one.file, say("kit_results.files.counted"), "") for one in found.learners]
    rows += [
        (one.file, say("kit_results.files.older"), say("kit_results.files.newer", file=one.newer))
        for one in found.superseded
    ]
    rows += [(one.file, say("kit_results.files.skipped"), one.why) for one in skipped]
    head = tuple(say(f"kit_results.files.{name}") for name in ("file", "what", "why"))
    return csv_text([head, *sorted(rows)])
