"""The command ``mali-course results FOLDER``."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from mali_course.core.errors import CourseError
from mali_course.core.messages import say
from mali_course.kit.output import write_files
from mali_course.kit.progress_bar import with_progress_bar
from mali_course.kit.results.class_page import class_page
from mali_course.kit.results.class_reader import ClassReader, Learner
from mali_course.kit.results.class_results import class_of
from mali_course.kit.results.gradebook import file_list, gradebook
from mali_course.kit.results.handed_in import Skipped, files_in, read_packed, shown_path

__all__ = ["arguments", "run"]

_SHOWN = 20  # files of a sort that the terminal names; files.csv names all


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("folder", type=Path, help=say("kit_results.option.folder"))
    parser.add_argument("--to", type=Path, help=say("kit_results.option.to"))
    parser.add_argument("--force", action="store_true", help=say("kit_results.option.force"))
    parser.add_argument("--no-names", action="store_true", help=say("kit_results.option.no_names"))
    parser.add_argument(
        "--names-repeat", action="store_true", help=say("kit_results.option.names_repeat")
    )


def run(options: Namespace) -> int:
    """Read the folder, write the results, and say what was read and what was skipped."""
    target = options.to or options.folder / "results"
    if options.to is None and os.path.islink(target):
        # It came with the files, so it may lead anywhere.
        raise CourseError(say("kit_results.fault.link", folder=target))
    reader = ClassReader()
    files, skipped = _read_folder(reader, options.folder, target)
    _print_some("skipped", "more", [{"file": row.file, "why": row.why} for row in skipped])
    if not files:
        raise CourseError(say("kit_results.fault.nothing", folder=options.folder))
    results = class_of(reader, files, names_repeat=options.names_repeat)
    older = [{"file": row.file, "newer": row.newer} for row in results.superseded]
    _print_some("older", "more_older", older)
    today = datetime.now().astimezone().date()
    pages = {
        "class.html": class_page(results, skipped, today, names=not options.no_names),
        "gradebook.csv": gradebook(results),
        "files.csv": file_list(results, skipped),
    }
    written = write_files(target, pages, force=options.force)
    print(say("kit_results.said.done", learners=len(results.learners), files=len(files),
              skipped=len(skipped), folder=target))
    for path in written:
        print(f"  {path}")
    return 0


def _read_folder(
    reader: ClassReader, folder: Path, target: Path
) -> tuple[list[Learner], list[Skipped]]:
    paths, skipped = files_in(folder, target)
    files = []
    for path in with_progress_bar(paths, say("kit_results.said.reading")):
        name, packed = shown_path(path, folder), read_packed(path)
        if isinstance(packed, str):
            skipped.append(Skipped(name, packed))
        else:
            files.append(reader.read_learner(packed, name))
    return files, sorted(skipped, key=lambda row: row.file)


def _print_some(key: str, more: str, rows: Sequence[Mapping[str, str]]) -> None:
    for row in rows[:_SHOWN]:
        print(say(f"kit_results.said.{key}", **row))
    if len(rows) > _SHOWN:
        print(say(f"kit_results.said.{more}", count=len(rows) - _SHOWN))
