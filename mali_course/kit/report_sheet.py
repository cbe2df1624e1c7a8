"""``mali-course report --print``: the report as a sheet whose sentences have their locators."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from mali_course.core.errors import CourseError
from mali_course.core.messages import say
from mali_course.core.report import about_report, sections
from mali_course.kit import pdf
from mali_course.kit.output import refuse_existing, write_files
from mali_course.kit.page_frame import page_style
from mali_course.kit.templating import render
from mali_course.kit.with_report import report_source
from mali_course.original.fingerprints import fingerprints
from mali_course.original.kept import originals, showing_originals

__all__ = ["print_report", "report_sheet_html"]

_NAME = "report-with-locators"


def report_sheet_html(paper: str = "a4") -> str:
    """Return the report with a locator beside each sentence, as a page that stands alone.

    Parameters
    ----------
    paper : {"a4", "letter"}

    Raises
    ------
    CourseError
        If nobody has brought the report.

    Examples
    --------
    >>> report_sheet_html()
    Traceback (most recent call last):
    mali_course.core.errors.CourseError: ...
    """
    texts, count = originals(), len(fingerprints())
    if not texts:
        raise CourseError(say("kit_report.sheet.none"))
    lacks = say("kit_report.sheet.lacks", count=count - len(texts), all=count)
    style = page_style(Path(__file__).with_name("report_sheet.css"))
    return render(
        "report_sheet.html",
        title=say("kit_report.sheet.title", title=about_report().title),
        style_css=style + pdf.paper_style(paper),
        source=report_source(),
        lacks=lacks if len(texts) < count else "",
        sections=sections(),
        texts=texts,
        foot=say("kit_report.sheet.foot"),
    )


def print_report(options: Namespace) -> None:
    """Write the sheet, and say where it is."""
    suffixes = (".html",) if options.no_pdf else (".html", ".pdf")
    names = [_NAME + suffix for suffix in suffixes]
    refuse_existing(options.folder, names, force=options.force)
    with showing_originals(True):
        page = report_sheet_html(options.paper)
    files: dict[str, str | bytes] = {names[0]: page}
    printed, problem = ({}, "") if options.no_pdf else pdf.print_pages([(names[0], page)])
    written = write_files(options.folder, {**files, **printed}, force=options.force)
    listed = ", ".join(path.name for path in written)
    print(say("kit_report.sheet.written", folder=options.folder, names=listed))
    if problem:
        print(problem)
