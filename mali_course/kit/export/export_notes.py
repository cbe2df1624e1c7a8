"""The text file beside an export: what is in it, how it is held, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence

from mali_course.core.lessons import Lesson
from mali_course.core.messages import say
from mali_course.kit.export.entries import Entry, Left

__all__ = ["left_line", "lessons_text", "notes"]


def lessons_text(lessons: Sequence[Lesson]) -> str:
    """Return which lessons these are, in words."""
    if len(lessons) == 1:
        return say("kit_export.one", lesson=lessons[0].id)
    return say("kit_export.several", count=len(lessons))


def left_line(left: Left) -> str:
    """Return which item was left out, and why, on one line."""
    kind = left.item.kind_text("name")
    return say("kit_export.left_row", id=left.item.id, kind=kind, reason=left.reason)


def notes(
    form: str,
    lessons: Sequence[Lesson],
    entries: Sequence[Entry],
    left: Sequence[Left],
    files: Sequence[str],
) -> str:
    """Return the text of the file.

    Parameters
    ----------
    form : str
        Name of the format.
    lessons, entries, left
        What was asked for, what is in the export, and what is not.
    files : sequence of str
        The files of the export.
    """
    kinds = {type(entry.item) for entry in entries}
    category = say("kit_export.page.category")
    lines = [
        say("kit_export.notes.title", format=form),
        "",
        say(
            "kit_export.notes.in_it",
            count=len(entries),
            all=len(entries) + len(left),
            lessons=lessons_text(lessons),
        ),
        "",
        say("kit_export.notes.files"),
        *(f"- {name}" for name in files),
        "",
        say("kit_export.notes.held"),
        *(
            f"- {kind.kind_text('name')}: {kind.kind_text(f'export.{form}')}"
            for kind in sorted(kinds, key=lambda kind: kind.rank)
        ),
        "",
        *([say("kit_export.notes.left")] if left else [say("kit_export.notes.left_none")]),
        *(f"- {left_line(one)}" for one in left),
        "",
        say("kit_export.notes.again"),
        say(f"kit_export.{form}.again").replace("{category}", category),
        "",
        say("kit_export.notes.private"),
        say("kit_export.notes.rights"),
    ]
    return "\n".join(lines) + "\n"
