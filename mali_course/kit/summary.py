"""``mali-course summary``: a page about a learner's progress, to keep or to hand in.

Learners use it too, so it needs nothing that they do not have.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from mali_course.core.errors import CourseError
from mali_course.core.messages import say
from mali_course.kit import pdf
from mali_course.kit.output import refuse_existing, write_files
from mali_course.record.item_state import item_states
from mali_course.record.log import the_log
from mali_course.record.portable import LARGEST, Packed, open_packed
from mali_course.views.summary_page import page_name, summary_page

__all__ = ["arguments", "run"]


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "file", metavar="FILE", nargs="?", type=Path, help=say("kit_summary.file")
    )
    parser.add_argument("--name", default="", help=say("kit_summary.name"))
    parser.add_argument("--folder", type=Path, default=Path(), help=say("kit_summary.folder"))
    pdf.add_print_arguments(parser)
    parser.add_argument("--force", action="store_true", help=say("kit_summary.force"))


def _read(file: Path) -> Packed:
    try:
        with file.open("rb") as given:
            data = given.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise CourseError(say("kit_summary.no_file", file=file, reason=error)) from None
    packed = open_packed(data.decode("utf-8", errors="replace"))
    events = sorted(packed.events, key=lambda event: event["time"])
    return Packed(packed.learner, packed.course, events)


def run(options: Namespace) -> int:
    """Run the command; return its exit code."""
    packed = _read(options.file) if options.file else Packed("", "", the_log().events())
    learner = options.name or packed.learner
    name = page_name(learner)
    refuse_existing(options.folder, [name], force=options.force)
    page = summary_page(
        item_states(packed.events), learner, style=pdf.paper_style(options.paper)
    )
    files: dict[str, str | bytes] = {name: page}
    printed, problem = ({}, "") if options.no_pdf else pdf.print_pages([(name, page)])
    written = write_files(options.folder, {**files, **printed}, force=options.force)
    names = ", ".join(path.name for path in written)
    print(say("kit_summary.written", folder=options.folder.absolute(), names=names))
    if problem:
        print(problem)
    return 0
