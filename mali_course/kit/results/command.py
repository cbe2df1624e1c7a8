"""The command ``mali-course results FOLDER``."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from mali_course.core.errors import CourseError
from mali_course.core.libraries import imported
from mali_course.core.messages import say

__all__ = ["arguments", "run"]

_SHOWN = 20  # skipped files that the terminal names; files.csv names all


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
    from mali_course.kit.output import write_files
    from mali_course.kit.progress_bar import steps
    from mali_course.kit.results.class_reader import Folder, class_of
    from mali_course.kit.results.gradebook import file_list, gradebook
    from mali_course.kit.results.handed_in import Skipped, files_of, read_packed, shown_path

    target = options.to or options.folder / "results"
    if options.to is None and os.path.islink(target):
        # It came with the files, so it may lead anywhere.
        raise CourseError(say("kit_results.fault.link", folder=target))
    paths, skipped = files_of(options.folder, target)
    folder, learners = Folder(), []
    for path in steps(paths, say("kit_results.said.reading")):
        name = shown_path(path, options.folder)
        packed = read_packed(path)
        if isinstance(packed, str):
            skipped.append(Skipped(name, packed))
        else:
            learners.append(folder.fold(packed, name))
    skipped.sort(key=lambda one: one.file)
    for one in skipped[:_SHOWN]:
        print(say("kit_results.said.skipped", file=one.file, why=one.why))
    if len(skipped) > _SHOWN:
        print(say("kit_results.said.more", count=len(skipped) - _SHOWN))
    if not learners:
        raise CourseError(say("kit_results.fault.nothing", folder=options.folder))

    from datetime import datetime

    class_page = imported("mali_course.kit.results.class_page", "matplotlib").class_page

    found = class_of(folder, learners, names_repeat=options.names_repeat)
    for older in found.superseded[:_SHOWN]:
        print(say("kit_results.said.older", file=older.file, newer=older.newer))
    if len(found.superseded) > _SHOWN:
        print(say("kit_results.said.more_older", count=len(found.superseded) - _SHOWN))
    today = datetime.now().astimezone().date()
    files = {
        "class.html": class_page(found, skipped, today, names=not options.no_names),
        "gradebook.csv": gradebook(found),
        "files.csv": file_list(found, skipped),
    }
    written = write_files(target, files, force=options.force)
    print(say("kit_results.said.done", learners=len(found.learners), files=len(learners),
              skipped=len(skipped), folder=target))
    for path in written:
        print(f"  {path}")
    return 0
