"""The flag ``--with-report``: the report's own sentences in what a command makes for others.

Without it a command shows none, whatever somebody has brought to this computer.
"""

from __future__ import annotations

import datetime
from argparse import ArgumentParser, Namespace

from mali_course.core.errors import CourseError
from mali_course.core.formats import day
from mali_course.core.messages import say
from mali_course.core.report import about_report
from mali_course.original.fingerprints import fingerprints
from mali_course.original.kept import originals

__all__ = ["add_report_argument", "report_note", "report_source"]


def add_report_argument(parser: ArgumentParser) -> None:
    """Add the flag; the command line then lets the command show sentences."""
    parser.add_argument("--with-report", action="store_true", help=say("kit_report.with.help"))


def report_note(options: Namespace) -> str:
    """Return what is to be said of the sentences before a command begins, or "".

    Raises
    ------
    CourseError
        If they are asked for and nobody has brought them.

    Examples
    --------
    >>> report_note(Namespace(with_report=False))
    ''
    """
    if not options.with_report:
        return ""
    found, count = len(originals()), len(fingerprints())
    if not found:
        raise CourseError(say("kit_report.with.none"))
    return say("kit_report.with.some", found=found, count=count) if found < count else ""


def report_source(key: str = "kit_report.with.source") -> str:
    """Return the line that says where printed sentences come from; "" where none may be shown.

    Parameters
    ----------
    key : str
        That of the words for it.

    Examples
    --------
    >>> report_source()
    ''
    """
    if not originals():
        return ""
    report = about_report()
    return say(
        key,
        publisher=report.publisher,
        title=report.title,
        product=report.product,
        version=report.version,
        date=day(datetime.date.fromisoformat(report.date)),
    )
