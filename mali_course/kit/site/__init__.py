"""``mali-course site DIR``: the whole course as static pages.

The pages need no script, ask no other host for anything and work from a folder. They are made from
the stored notebooks: charts are drawn again, but no cell is executed, and the same course gives the
same files.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from mali_course.core.lessons import lessons
from mali_course.core.messages import say
from mali_course.kit.output import refuse_existing, write_files
from mali_course.kit.page_frame import page_style
from mali_course.kit.progress_bar import with_progress_bar
from mali_course.kit.site.data_pages import data_pages
from mali_course.kit.site.lesson_page import lesson_pages
from mali_course.kit.site.reference_pages import (
    glossary_page,
    index_page,
    report_page,
    sources_pages,
)
from mali_course.kit.site.site_frame import STYLE
from mali_course.kit.with_report import add_report_argument, report_note

__all__ = ["arguments", "run", "site_files"]


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("folder", metavar="DIR", type=Path, help=say("kit_site.folder"))
    add_report_argument(parser)
    parser.add_argument("--force", action="store_true", help=say("kit_site.force"))


def site_files() -> dict[str, str | bytes]:
    """Return every file of the site: path inside it to content.

    Raises
    ------
    CourseError
        If a notebook is missing or holds an error.

    Examples
    --------
    >>> files = site_files()
    >>> {"index.html", "glossary.html", "style.css"} <= set(files)
    True
    """
    files: dict[str, str | bytes] = {
        "index.html": index_page(),
        "report.html": report_page(),
        "glossary.html": glossary_page(),
        STYLE: page_style(Path(__file__).with_name("site.css")),
    }
    for lesson in with_progress_bar(lessons(), say("kit_site.doing")):
        files.update(lesson_pages(lesson))
    files.update(sources_pages())
    files.update(data_pages())
    return files


def run(options: Namespace) -> int:
    """Write the site, and say where it is."""
    note = report_note(options)
    refuse_existing(options.folder, ["index.html"], force=options.force)
    files = site_files()
    written = write_files(options.folder, files, force=options.force)
    size = sum(path.stat().st_size for path in written)
    print(
        say(
            "kit_site.done",
            pages=sum(name.endswith(".html") for name in files),
            files=len(files),
            size=f"{size / 1e6:.1f}",
            folder=options.folder,
            first=options.folder / "index.html",
        )
    )
    if note:
        print(note)
    return 0
