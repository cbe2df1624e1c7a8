"""``mali-course report``: the report's own sentences, for all who use this installation.

Learners use it too, so all but ``--print`` needs nothing that they do not have.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from mali_course.core.bibliography import recognise_text, report_places_lines
from mali_course.core.errors import CourseError
from mali_course.core.formats import listed
from mali_course.core.messages import say
from mali_course.kit import pdf
from mali_course.original.bringing import Brought, recognise_file
from mali_course.original.fetching import fetch_report, fetched_places
from mali_course.original.fingerprints import fingerprints
from mali_course.original.kept import (
    keep_originals,
    own_file,
    read_originals,
    remove_originals,
    shared_file,
)
from mali_course.original.outcome import outcome_text
from mali_course.original.unreadable import LARGEST

__all__ = ["arguments", "run"]


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("file", metavar="FILE", nargs="?", type=Path, help=say("kit_report.file"))
    parser.add_argument("--fetch", action="store_true", help=say("kit_report.fetch"))
    parser.add_argument("--remove", action="store_true", help=say("kit_report.remove"))
    parser.add_argument("--mine", action="store_true", help=say("kit_report.mine"))
    parser.add_argument("--print", action="store_true", help=say("kit_report.print"))
    parser.add_argument(
        "--folder", type=Path, default=Path("report"), help=say("kit_report.folder")
    )
    pdf.add_print_arguments(parser)
    parser.add_argument("--force", action="store_true", help=say("kit_report.force"))


def _place(options: Namespace) -> Path:
    """Return the file that is meant: that of the installation, or one's own."""
    if not options.mine:
        return shared_file()
    own = own_file()
    if own is None:
        raise CourseError(say("kit_report.no_home"))
    return own


def _reason(problem: Exception) -> str:
    return f"{getattr(problem, 'strerror', None) or problem}."


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as given:
            return given.read(LARGEST + 1)  # more is refused as too large by whoever recognises it
    except (OSError, ValueError) as problem:
        told = say("kit_report.no_file", file=file, reason=_reason(problem))
        raise CourseError(told) from None


def _fetched() -> Brought:
    print(say("kit_report.asking", places=listed([place.name for place in fetched_places()])))
    try:
        return fetch_report()
    except CourseError as problem:
        lines = (str(problem), *report_places_lines(), say("kit_report.then"))
        raise CourseError("\n".join(lines)) from None


def _keep(brought: Brought, place: Path, options: Namespace) -> None:
    """Keep what was recognised, and say what is there now."""
    if not brought.sentences:
        raise CourseError(f"{outcome_text(brought)} {recognise_text()}")
    try:
        keep_originals(brought.sentences, place)
    except (OSError, ValueError) as problem:  # ValueError: a name that no system takes
        key = "not_mine" if options.mine else "not_shared"
        told = say(f"kit_report.{key}", file=place, reason=_reason(problem))
        raise CourseError(told) from None
    print(outcome_text(brought, read_originals(place)))
    print(say("kit_report.kept_mine" if options.mine else "kit_report.kept", file=place))


def _remove(place: Path) -> None:
    try:
        removed = remove_originals(place)
    except (OSError, ValueError) as problem:
        told = say("kit_report.not_removed", file=place, reason=_reason(problem))
        raise CourseError(told) from None
    print(say("kit_report.removed" if removed else "kit_report.nothing", file=place))
    left = [file for file in (shared_file(), own_file()) if read_originals(file)]
    for file in left:
        print(say("kit_report.still", file=file))
    if removed and not left:
        print(say("kit_report.alone"))


def _tell() -> None:
    """Say what is there, and what to do where nothing is."""
    count = len(fingerprints())
    there = 0
    for key, path in (("all", shared_file()), ("own", own_file())):
        found = len(read_originals(path))
        there += found
        if path and found:
            print(say(f"kit_report.there.{key}", found=found, count=count, file=path))
        elif path:
            print(say(f"kit_report.there.{key}_none", file=path))
    if there:
        print(say("kit_report.there.shown"))
        return
    print(say("kit_report.there.why"))
    print("\n".join(report_places_lines()))
    print(say("kit_report.bring"))


def run(options: Namespace) -> int:
    """Run the command; return its exit code."""
    if options.remove and (options.file or options.fetch or options.print):
        raise CourseError(say("kit_report.remove_alone"))
    if options.file and options.fetch:
        raise CourseError(say("kit_report.one_way"))
    if options.remove:
        _remove(_place(options))
    elif options.file or options.fetch:
        place = _place(options)
        brought = _fetched() if options.fetch else recognise_file(_content(options.file))
        _keep(brought, place, options)
    elif not options.print:
        _tell()
    if options.print:
        # Only this part needs what teachers have.
        from mali_course.kit.report_sheet import print_report

        print_report(options)
    return 0
