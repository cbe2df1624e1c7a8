"""The gradebook and the list of files, as CSV."""

from __future__ import annotations

from collections.abc import Sequence

from mali_course.core.messages import say
from mali_course.kit.results.class_results import ClassResults
from mali_course.kit.results.handed_in import Skipped
from mali_course.kit.spreadsheet import csv_text

__all__ = ["file_list", "gradebook"]

def gradebook(results: ClassResults) -> str:
    """Return the gradebook: a row a learner, three columns a lesson and three for all.

    Examples
    --------
    >>> from mali_course.kit.results.class_reader import ClassReader
    >>> from mali_course.kit.results.class_results import class_of
    >>> gradebook(class_of(ClassReader(), []))[1:20]
    '"Name typed","File"'
    """
    head = [say(f"kit_results.gradebook.{name}") for name in ("name", "file", "last")]
    sizes = [
        (lesson, len(places), len(results.graded[lesson]))
        for lesson, places in results.places.items()
    ]
    _, counts, graded_counts = zip(*sizes, strict=True)
    sizes.append((say("kit_results.gradebook.all"), sum(counts), sum(graded_counts)))
    for name, count, graded in sizes:
        head.append(say("kit_results.gradebook.done", lesson=name, count=count))
        head.append(say("kit_results.gradebook.first", lesson=name, count=graded))
        head.append(say("kit_results.gradebook.shown", lesson=name))
    rows: list[list[str | int]] = [list(head)]
    for learner in results.learners:
        by_lesson = [results.lesson_counts(learner, lesson) for lesson in results.places]
        totals = map(sum, zip(*by_lesson, strict=True))
        numbers = (number for lesson in by_lesson for number in lesson)
        rows.append([learner.name, learner.file, learner.last_day, *numbers, *totals])
    return csv_text(rows)


def file_list(results: ClassResults, skipped: Sequence[Skipped]) -> str:
    """Return what became of each file: counted, older than another of the same learner, skipped.

    Examples
    --------
    >>> from mali_course.kit.results.class_reader import ClassReader
    >>> from mali_course.kit.results.class_results import class_of
    >>> "notes.txt" in file_list(class_of(ClassReader(), []), [Skipped("notes.txt", "foreign")])
    True
    """
    rows = [(file.file, say("kit_results.files.counted"), "") for file in results.learners]
    older = say("kit_results.files.older")
    rows += [
        (file.file, older, say("kit_results.files.newer", file=file.newer))
        for file in results.superseded
    ]
    rows += [(file.file, say("kit_results.files.skipped"), file.why) for file in skipped]
    head = tuple(say(f"kit_results.files.{name}") for name in ("file", "what", "why"))
    return csv_text([head, *sorted(rows)])
