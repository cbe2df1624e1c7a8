"""``mali-course export``: the questions for a learning platform, for Anki or as tables."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from mali_course.core.errors import CourseError
from mali_course.core.lessons import lesson, lessons
from mali_course.core.messages import say
from mali_course.kit.export.entries import gather
from mali_course.kit.export.export_notes import left_line, lessons_text, notes
from mali_course.kit.output import write_files

__all__ = ["FORMATS", "arguments", "run"]

# Name and module, which has MARKS and write(entries, name) -> files.
FORMATS: Mapping[str, str] = {
    "moodle": "moodle",
    "qti": "qti",
    "gift": "gift",
    "anki": "anki",
    "csv": "csv_tables",
}


def arguments(parser: ArgumentParser) -> None:
    """Add what the command can be told."""
    parser.add_argument("format", choices=list(FORMATS), help=say("kit_export.format"))
    parser.add_argument("--lesson", action="append", help=say("kit_export.lesson"))
    parser.add_argument(
        "--folder", type=Path, default=Path("mali-course-export"), help=say("kit_export.folder")
    )
    parser.add_argument("--force", action="store_true", help=say("kit_export.force"))


def run(options: Namespace) -> int:
    """Write the export, and say what is in it and what is not.

    Raises
    ------
    CourseError
        If there is no such lesson, nothing to write, or the folder cannot be used.
    """
    wanted = {one.id: one for one in map(lesson, options.lesson or [])}
    chosen = [one for one in lessons() if not wanted or one.id in wanted]
    made = import_module(f"mali_course.kit.export.formats.{FORMATS[options.format]}")
    entries, left = gather(chosen, marks=made.MARKS)
    if not entries:
        ids = ", ".join(one.item.id for one in left) or "–"
        raise CourseError(say("kit_export.none", ids=ids))
    name = "-".join(["mali-course", *sorted(wanted)])
    files: dict[str, str | bytes] = dict(made.write(entries, name))
    beside = f"{name}-{options.format}-notes.txt"
    files[beside] = notes(options.format, chosen, entries, left, list(files))
    paths = write_files(options.folder, files, force=options.force)
    print(
        say(
            "kit_export.done",
            count=len(entries),
            all=len(entries) + len(left),
            lessons=lessons_text(chosen),
            file=paths[0],
        )
    )
    for one in left:
        print(say("kit_export.left", row=left_line(one)))
    print(say("kit_export.beside", file=paths[-1]))
    return 0
