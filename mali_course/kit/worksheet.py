"""``mali-course worksheet LESSON``: a sheet with room to write, and its answer key."""

from __future__ import annotations

import datetime
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from mali_course.charts import chart
from mali_course.core.errors import CourseError
from mali_course.core.formats import day
from mali_course.core.lessons import Lesson, chosen_lessons
from mali_course.core.messages import say
from mali_course.core.report import Sentence, about_report, sentences
from mali_course.core.table import Table
from mali_course.forms import explained
from mali_course.forms.paper import paper_html
from mali_course.forms.render import meta_line
from mali_course.kit import pdf
from mali_course.kit.notebook_blocks import stored_blocks
from mali_course.kit.output import refuse_existing, write_files
from mali_course.kit.page_frame import page_style
from mali_course.kit.progress_bar import with_progress_bar
from mali_course.kit.templating import render
from mali_course.kit.with_report import add_report_argument, report_note, report_source
from mali_course.original.kept import originals
from mali_course.questions import bank
from mali_course.questions.item import Item
from mali_course.questions.kinds.code import Code

__all__ = ["arguments", "fits_paper", "key_html", "run", "sheet_html"]

_FEW_ROWS = 20  # a chart's table for which paper has room in any case: below as many rows


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("lessons", metavar="LESSON", nargs="+", help=say("kit_worksheet.lesson"))
    parser.add_argument(
        "--folder", type=Path, default=Path("worksheets"), help=say("kit_worksheet.folder")
    )
    pdf.add_print_arguments(parser)
    parser.add_argument("--no-text", action="store_true", help=say("kit_worksheet.no_text"))
    add_report_argument(parser)
    parser.add_argument("--force", action="store_true", help=say("kit_worksheet.force"))


def fits_paper(item: Item) -> bool:
    """Return whether an item can be answered without a computer."""
    needs = isinstance(item, Code) or item.needs.startswith(("explorer:", "data:"))
    # A stem that names a function of the course sends learners to a notebook as well.
    return not needs and "mali." not in item.stem


def _asked_items(lesson: Lesson) -> tuple[list[Item], list[Item]]:
    """Return the items for paper and for a computer, in the order in which the notebook asks."""
    asked = [block.name for block in stored_blocks(lesson) if block.kind == "ask"]
    items = sorted(
        bank.lesson_items(lesson.id),
        key=lambda item: asked.index(item.id) if item.id in asked else len(asked),
    )
    on_paper = [item for item in items if fits_paper(item)]
    return on_paper, [item for item in items if not fits_paper(item)]


def _digest_sentences(lesson: Lesson, items: Iterable[Item]) -> list[Sentence]:
    """Return the sentences of the lesson's sections, and others that a question rests on."""
    cited = {locator for item in items for locator in item.cites}
    return [
        sentence
        for sentence in sentences()
        if sentence.locator in cited or int(sentence.locator.split(".")[0]) in lesson.sections
    ]


class _SheetChart(NamedTuple):
    """A chart for paper, with the items that need it."""

    html: str
    table: Table
    items: list[Item]

    @property
    def with_table(self) -> bool:
        """Whether its table stands below it: it is short, or a question names it."""
        word = say("kit_worksheet.sheet.table_word")
        few = len(self.table.rows) < _FEW_ROWS
        return few or any(word in item.stem for item in self.items)


def _sheet_charts(items: Iterable[Item]) -> dict[str, _SheetChart]:
    """Return the charts that the items need, by the id of the item that comes first."""
    users: dict[str, list[Item]] = {}
    for item in items:
        if item.needs.startswith("chart:"):
            users.setdefault(item.needs.removeprefix("chart:"), []).append(item)
    return {those[0].id: _SheetChart(*_chart_parts(name), those) for name, those in users.items()}


@cache
def _chart_parts(name: str) -> tuple[str, Table]:
    """Return a chart for paper and its table: drawn once, for all sheets of a command."""
    shown = chart(name)
    return shown.to_html(folds=False), shown.table


def _needs_text(lesson: Lesson, item: Item) -> str:
    kind, _, name = item.needs.partition(":")
    if kind == "explorer":
        return say("kit_worksheet.sheet.needs_explorer", notebook=lesson.notebook)
    return say("kit_worksheet.sheet.needs_data", table=name) if kind == "data" else ""


def _printed_page(template: str, lesson: Lesson, paper: str, **values: object) -> str:
    part = "sheet" if template == "worksheet.html" else "key"
    return render(
        template,
        title=say(f"kit_worksheet.{part}.title", id=lesson.id, title=lesson.title),
        style_css=page_style(Path(__file__).with_name("worksheet.css")) + pdf.paper_style(paper),
        source=report_source(),
        foot=say("kit_worksheet.sheet.foot"),
        **values,
    )


def sheet_html(lesson: Lesson, *, text: bool = True, paper: str = "a4") -> str:
    """Return the worksheet of a lesson. It holds no key.

    Where sentences of the report may be shown, each stands below what we say of it.

    Parameters
    ----------
    lesson : Lesson
    text : bool
        With what the report says, in our words.
    paper : {"a4", "letter"}

    Examples
    --------
    >>> from mali_course.core.lessons import lesson
    >>> "Worksheet 00" in sheet_html(lesson("00"))
    True
    """
    on_paper, with_computer = _asked_items(lesson)
    report = about_report()
    about = say(
        "kit_worksheet.sheet.about",
        questions=len(on_paper),
        minutes=f"{sum(item.minutes for item in on_paper):g}",
        report=f"{report.product}, version {report.version},",
        date=day(datetime.date.fromisoformat(report.date)),
    )
    return _printed_page(
        "worksheet.html",
        lesson,
        paper,
        about=about,
        sentences=_digest_sentences(lesson, on_paper) if text or originals() else [],
        text=text,
        originals=originals(),
        on_paper=on_paper,
        charts=_sheet_charts(on_paper),
        with_computer=with_computer,
        needs_text=partial(_needs_text, lesson),
        paper_html=paper_html,
    )


def _glance_table(items: Iterable[Item]) -> Table:
    """Return all answers in short, for marking many sheets."""
    heads = tuple(say(f"kit_worksheet.key.{part}") for part in ("question", "answer", "rests"))
    rows = tuple((item.id, item.short_key(), ", ".join(item.cites)) for item in items)
    return Table(say("kit_worksheet.key.glance"), heads, rows)


def key_html(lesson: Lesson, *, paper: str = "a4") -> str:
    """Return the answer key of a lesson's worksheet, for the teacher.

    Parameters
    ----------
    lesson : Lesson
    paper : {"a4", "letter"}

    Examples
    --------
    >>> from mali_course.core.lessons import lesson
    >>> "Answer key 00" in key_html(lesson("00"))
    True
    """
    items = [item for group in _asked_items(lesson) for item in group]
    return _printed_page(
        "answer_key.html",
        lesson,
        paper,
        glance=_glance_table(items) if items else None,
        items=items,
        header=meta_line,
        key_html=explained.key_html,
        objectives={objective.id: objective.text for objective in lesson.objectives},
        discussion=lesson.discussion,
    )


def _file_stems(lesson: Lesson) -> tuple[str, str]:
    return f"worksheet-{lesson.id}", f"worksheet-{lesson.id}-answers"


def run(options: Namespace) -> int:
    """Write the sheets and their keys, and say where they are."""
    named = chosen_lessons(options.lessons)
    chosen = [lesson for lesson in named if bank.lesson_items(lesson.id)]
    empty = [lesson.id for lesson in named if lesson not in chosen]
    none = say("kit_worksheet.no_questions", lessons=", ".join(empty)) if empty else ""
    if not chosen:
        raise CourseError(none)
    note = report_note(options)
    suffixes = (".html",) if options.no_pdf else (".html", ".pdf")
    names = (stem + end for lesson in chosen for stem in _file_stems(lesson) for end in suffixes)
    refuse_existing(options.folder, names, force=options.force)
    pages: dict[str, str] = {}
    for lesson in chosen:
        sheet, key = _file_stems(lesson)
        pages[f"{sheet}.html"] = sheet_html(lesson, text=not options.no_text, paper=options.paper)
        pages[f"{key}.html"] = key_html(lesson, paper=options.paper)
    files: dict[str, str | bytes] = {**pages}
    problem = ""
    if not options.no_pdf:
        bar = with_progress_bar(pages.items(), say("kit_worksheet.doing"))
        printed, problem = pdf.print_pages(bar)
        files |= printed
    written = write_files(options.folder, files, force=options.force)
    listed = ", ".join(path.name for path in written)
    print(say("kit_worksheet.written", count=len(written), folder=options.folder, names=listed))
    for each in filter(None, (none, note, problem)):
        print(each)
    return 0
