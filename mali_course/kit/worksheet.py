"""``mali-course worksheet LESSON``: a sheet with room to write, and its answer key."""

from __future__ import annotations

import datetime
import re
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from html import escape
from pathlib import Path

from mali_course.core.lessons import Lesson, chosen_lessons
from mali_course.core.messages import say
from mali_course.kit import pdf
from mali_course.questions.item import Item
from mali_course.questions.kinds.code import Code

__all__ = ["arguments", "key_html", "run", "sheet_html"]

_SHORT = 20  # rows of a chart's table that paper has room for in any case


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "lessons", metavar="LESSON", nargs="+", help=say("kit_worksheet.lesson")
    )
    parser.add_argument(
        "--folder", type=Path, default=Path("worksheets"), help=say("kit_worksheet.folder")
    )
    pdf.arguments(parser)
    parser.add_argument("--no-text", action="store_true", help=say("kit_worksheet.no_text"))
    parser.add_argument("--force", action="store_true", help=say("kit_worksheet.force"))


def _on_paper(item: Item) -> bool:
    needs = isinstance(item, Code) or item.needs.startswith(("explorer:", "data:"))
    # A stem that names a function of the course sends learners to a notebook as well.
    return not needs and "mali." not in item.stem


def _items(lesson: Lesson) -> tuple[list[Item], list[Item]]:
    """Return the items for paper and for a computer, in the order in which the notebook asks."""
    from mali_course.kit.notebook_blocks import stored_blocks
    from mali_course.questions import bank

    asked = [block.name for block in stored_blocks(lesson) if block.kind == "ask"]
    known = sorted(
        bank.lesson_items(lesson.id),
        key=lambda item: asked.index(item.id) if item.id in asked else len(asked),
    )
    paper = [item for item in known if _on_paper(item)]
    return paper, [item for item in known if not _on_paper(item)]


def _digest(lesson: Lesson, items: Iterable[Item]) -> str:
    """Return the sentences of the lesson's sections, and others that a question rests on."""
    from mali_course.core.html import rich
    from mali_course.core.report import sentences

    wanted = {locator for item in items for locator in item.cites}
    rows = "".join(
        f"<li><strong>{one.locator}</strong> {rich(one.gist)}</li>"
        for one in sentences()
        if one.locator in wanted or int(one.locator.split(".")[0]) in lesson.sections
    )
    title = escape(say("kit_worksheet.sheet.text"))
    return f'<h2>{title}</h2><ul class="digest">{rows}</ul>' if rows else ""


def _picture(html: str, users: list[Item]) -> str:
    """Return a chart for paper, with its table if it is short or a question names it."""
    label = escape(say("kit_worksheet.sheet.chart", ids=", ".join(item.id for item in users)))
    # On paper a fold cannot be opened.
    folds = r"<details>.*?</details>"
    folded = "".join(re.findall(folds, html, flags=re.DOTALL))
    table = re.search(r'<div class="mali-table".*?</table></div>', folded)
    figure = re.sub(folds, "", html, flags=re.DOTALL)
    word = say("kit_worksheet.sheet.table_word")
    below = ""
    if table and (table[0].count("<tr>") <= _SHORT or any(word in one.stem for one in users)):
        below = f'<div class="sheet-table">{table[0]}</div>'
    return f'<div class="sheet-chart"><p class="small">{label}</p>{figure}</div>{below}'


def _pictures(lesson: Lesson, items: Iterable[Item]) -> dict[str, str]:
    """Return the charts that the items need: the item that comes first to the chart's HTML."""
    from mali_course.kit.notebook_blocks import stored_blocks

    stored = {
        block.name: "".join(block.results)
        for block in stored_blocks(lesson)
        if block.kind == "chart"
    }
    users: dict[str, list[Item]] = {}
    for item in items:
        if item.needs.startswith("chart:"):
            users.setdefault(item.needs.removeprefix("chart:"), []).append(item)
    found: dict[str, str] = {}
    for name, those in users.items():
        if name not in stored:
            from mali_course.charts import chart

            stored[name] = chart(name).to_html()
        found[those[0].id] = _picture(stored[name], those)
    return found


def _needs(item: Item, lesson: Lesson) -> str:
    kind, _, name = item.needs.partition(":")
    if kind == "explorer":
        text = say("kit_worksheet.sheet.needs_explorer", notebook=lesson.notebook)
    elif kind == "data":
        text = say("kit_worksheet.sheet.needs_data", table=name)
    else:
        return ""
    return f'<p class="small">{escape(text)}</p>'


def _page(title: str, body: str, paper: str) -> str:
    from mali_course.kit.page_frame import breakable, page_style
    from mali_course.kit.templating import render

    return render(
        "paper.html",
        title=title,
        style_css=page_style(Path(__file__).with_name("worksheet.css")) + pdf.paper_style(paper),
        main_html=breakable(body),
        foot=say("kit_worksheet.sheet.foot"),
    )


def sheet_html(lesson: Lesson, *, text: bool = True, paper: str = "a4") -> str:
    """Return the worksheet of a lesson. It holds no key.

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
    from mali_course.core.formats import day
    from mali_course.core.report import about_report
    from mali_course.forms.paper import paper_html

    on_paper, with_computer = _items(lesson)
    report = about_report()
    about = say(
        "kit_worksheet.sheet.about",
        questions=len(on_paper),
        minutes=f"{sum(item.minutes for item in on_paper):g}",
        report=f"{report.product}, version {report.version},",
        date=day(datetime.date.fromisoformat(report.date)),
    )
    blank = '<span class="mali-blank"></span>'
    blanks = "".join(
        f"<span>{escape(say(f'kit_worksheet.sheet.{part}'))} {blank}</span>"
        for part in ("name", "date")
    )
    body = f'<p class="who">{blanks}</p><p>{escape(about)}</p>'
    body += f"<p>{escape(say('kit_worksheet.sheet.care'))}</p>"
    if text:
        body += _digest(lesson, on_paper)
    pictures = _pictures(lesson, on_paper)
    body += f"<h2>{escape(say('kit_worksheet.sheet.questions'))}</h2>"
    body += "".join(pictures.get(item.id, "") + paper_html(item) for item in on_paper)
    if with_computer:
        body += f"<h2>{escape(say('kit_worksheet.sheet.computer'))}</h2>"
        body += f"<p>{escape(say('kit_worksheet.sheet.computer_lead'))}</p>"
        body += "".join(
            f'<div class="unit">{_needs(item, lesson)}{paper_html(item)}</div>'
            for item in with_computer
        )
    title = say("kit_worksheet.sheet.title", id=lesson.id, title=lesson.title)
    return _page(title, body, paper)


def _glance(items: Iterable[Item]) -> str:
    """Return all answers in short, for marking many sheets."""
    from mali_course.core.table import Table

    heads = tuple(say(f"kit_worksheet.key.{part}") for part in ("question", "answer", "rests"))
    rows = tuple((item.id, item.short_key(), ", ".join(item.cites)) for item in items)
    table = Table(say("kit_worksheet.key.glance"), heads, rows)
    return f'<div class="glance">{table.to_html()}</div>'


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
    from mali_course.core.html import rich
    from mali_course.forms.explained import key_html as explained
    from mali_course.forms.render import meta_line

    objectives = {one.id: one.text for one in lesson.objectives}
    body = f"<p>{escape(say('kit_worksheet.key.about'))}</p>"
    items = [one for part in _items(lesson) for one in part]
    if items:
        body += _glance(items)
    body += '<div class="keys">'
    for item in items:
        aim = say(
            "kit_worksheet.key.objective",
            id=item.objective,
            text=objectives.get(item.objective, ""),
        )
        body += (
            f"<section><h2>{escape(meta_line(item))}</h2><p><strong>{rich(item.stem)}</strong></p>"
            f'{explained(item)}<p class="small">{rich(aim)}</p></section>'
        )
    body += "</div>"
    if lesson.discussion:
        talk = "".join(
            f"<li><strong>{rich(one.question)}</strong><br>"
            f"<em>{escape(say('kit_worksheet.key.listen'))}</em> {rich(one.listen_for)}</li>"
            for one in lesson.discussion
        )
        body += f"<h2>{escape(say('kit_worksheet.key.talk'))}</h2><ul>{talk}</ul>"
    title = say("kit_worksheet.key.title", id=lesson.id, title=lesson.title)
    return _page(title, body, paper)


def _names(lesson: Lesson) -> tuple[str, str]:
    return f"worksheet-{lesson.id}", f"worksheet-{lesson.id}-answers"


def run(options: Namespace) -> int:
    """Write the sheets and their keys, and say where they are."""
    from mali_course.kit.output import refuse_existing, write_files
    from mali_course.kit.progress_bar import steps

    chosen = chosen_lessons(options.lessons)
    suffixes = (".html",) if options.no_pdf else (".html", ".pdf")
    names = (f"{stem}{end}" for one in chosen for stem in _names(one) for end in suffixes)
    refuse_existing(options.folder, names, force=options.force)
    pages: dict[str, str] = {}
    for one in chosen:
        sheet, key = _names(one)
        pages[f"{sheet}.html"] = sheet_html(one, text=not options.no_text, paper=options.paper)
        pages[f"{key}.html"] = key_html(one, paper=options.paper)
    files: dict[str, str | bytes] = {**pages}
    problem = ""
    if not options.no_pdf:
        printed, problem = pdf.printed(steps(pages.items(), say("kit_worksheet.doing")))
        files |= printed
    written = write_files(options.folder, files, force=options.force)
    listed = ", ".join(path.name for path in written)
    print(say("kit_worksheet.written", count=len(written), folder=options.folder, names=listed))
    if problem:
        print(problem)
    return 0
