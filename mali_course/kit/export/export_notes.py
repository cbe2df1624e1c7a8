"""The text file beside an export: what is in it, how it is held, and what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mali_course.core.lessons import Lesson
from mali_course.core.messages import say
from mali_course.kit.export.entries import Entry, Left
from mali_course.kit.templating import render
from mali_course.questions.shapes import Parts, Phrases, Pick, Spans, Written

__all__ = ["export_notes", "left_line", "lessons_text"]


def lessons_text(lessons: Sequence[Lesson]) -> str:
    """Return which lessons these are, in words."""
    if len(lessons) == 1:
        return say("kit_export.one", lesson=lessons[0].id)
    return say("kit_export.several", count=len(lessons))


def left_line(left: Left) -> str:
    """Return which item was left out, and why, on one line."""
    kind = left.item.kind_text("name")
    return say("kit_export.left_row", id=left.item.id, kind=kind, reason=left.reason)


def _shape_name(entry: Entry) -> str:
    """Return what the words of a format call an item of this shape."""
    if entry.code:
        return "code"
    match entry.shape:
        case Pick(many=many):
            return "choices" if many else "choice"
        case Parts(task=task):
            return task
        case Spans():
            return "number"
        case Phrases():
            return "words"
        case Written():
            return "written"
    raise TypeError(type(entry.shape))


def _held_lines(format_name: str, entries: Sequence[Entry]) -> Iterator[str]:
    """Yield how the format holds each kind of question."""
    by_kind = {type(entry.item): entry for entry in entries}
    for kind in sorted(by_kind, key=lambda kind: kind.rank):
        held = say(f"exports/{format_name}.held.{_shape_name(by_kind[kind])}")
        yield f"{kind.kind_text('name')}: {held}"


def export_notes(
    format_name: str,
    lessons: Sequence[Lesson],
    entries: Sequence[Entry],
    left: Sequence[Left],
    files: Sequence[str],
) -> str:
    """Return the text of the file.

    Parameters
    ----------
    format_name : str
    lessons, entries, left
        What was asked for, what is in the export, and what is not.
    files : sequence of str
        The files of the export.
    """
    again = say(f"exports/{format_name}.again")
    return render(
        "export_notes.txt",
        format=format_name,
        count=len(entries),
        all=len(entries) + len(left),
        lessons=lessons_text(lessons),
        files=files,
        held=_held_lines(format_name, entries),
        left=list(map(left_line, left)),
        again=again.replace("{category}", say("kit_export.page.category")),
    )
