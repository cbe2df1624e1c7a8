"""``mali-course export``: the questions for a learning platform, for Anki or as tables."""

from __future__ import annotations

import pkgutil
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from mali_course.core.errors import CourseError
from mali_course.core.lessons import lesson, lessons
from mali_course.core.messages import say
from mali_course.kit.export import formats
from mali_course.kit.export.entries import gather
from mali_course.kit.export.export_notes import export_notes, left_line, lessons_text
from mali_course.kit.output import write_files

__all__ = ["arguments", "export_formats", "run"]


@cache
def export_formats() -> Mapping[str, ModuleType]:
    """Return the modules of the formats by their names: those in the folder ``formats``.

    A module says its NAME, its RANK in the list of all, whether the format MARKS answers by itself,
    and has ``write(entries, name)``, which returns files. Its words are in
    ``data/words/LANGUAGE/exports/NAME.toml``.

    Examples
    --------
    >>> "moodle" in export_formats()
    True
    """
    modules = [
        import_module(f"{formats.__name__}.{module.name}")
        for module in pkgutil.iter_modules(formats.__path__)
    ]
    return {module.NAME: module for module in sorted(modules, key=lambda module: module.RANK)}


def _format_help() -> str:
    *first, last = (say(f"exports/{name}.short") for name in export_formats())
    return say("kit_export.format", formats=", ".join(first), last=last)


def arguments(parser: ArgumentParser) -> None:
    """Add what the command can be told."""
    parser.add_argument("format", choices=list(export_formats()), help=_format_help())
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
    named = {chosen.id for chosen in map(lesson, options.lesson or [])}
    chosen_lessons = [each for each in lessons() if not named or each.id in named]
    module = export_formats()[options.format]
    entries, left = gather(chosen_lessons, marks=module.MARKS)
    if not entries:
        ids = ", ".join(each.item.id for each in left) or "–"
        raise CourseError(say("kit_export.none", ids=ids))
    name = "-".join(["mali-course", *sorted(named)])
    files: dict[str, str | bytes] = dict(module.write(entries, name))
    notes = export_notes(options.format, chosen_lessons, entries, left, list(files))
    files[f"{name}-{options.format}-notes.txt"] = notes
    paths = write_files(options.folder, files, force=options.force)
    print(
        say(
            "kit_export.done",
            count=len(entries),
            all=len(entries) + len(left),
            lessons=lessons_text(chosen_lessons),
            file=paths[0],
        )
    )
    for each in left:
        print(say("kit_export.left", row=left_line(each)))
    print(say("kit_export.beside", file=paths[-1]))
    return 0
