"""What stands around an answer in every format: question, picture, data, sentences, reasons."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from html import escape

from mali_course.core.formats import day
from mali_course.core.html import inline_html, paragraph
from mali_course.core.messages import LANGUAGE, say
from mali_course.core.report import about_report
from mali_course.core.table import Table
from mali_course.kit.export.entries import Entry
from mali_course.kit.export.typed_answers import slip_text
from mali_course.questions.answers import plain_number
from mali_course.questions.shapes import Parts, Phrases, Spans, Value, Written

__all__ = [
    "code_block", "compute_line", "in_language", "key_html", "list_html", "part_slips_html",
    "question_html", "reading_lines", "slips_html", "source_line", "surroundings_html",
]


def in_language(html: str) -> str:
    """Return HTML that says which language it is in."""
    return f'<div lang="{LANGUAGE}">{html}</div>' if html else ""


def list_html(rows: Iterable[str], tag: str = "ul") -> str:
    """Return a list of rows, which are HTML, or nothing.

    Examples
    --------
    >>> list_html(["One", "Two"], 'ol type="a"')
    '<ol type="a"><li>One</li><li>Two</li></ol>'
    """
    inside = "".join(f"<li>{row}</li>" for row in rows)
    return f"<{tag}>{inside}</{tag.split()[0]}>" if inside else ""


def _titled_list(key: str, rows: Iterable[str]) -> str:
    listed = list_html(rows)
    return f"<p>{escape(say(key))}</p>{listed}" if listed else ""


def code_block(code: str) -> str:
    r"""Return code as HTML on one line: some formats end a question at a line's end.

    Examples
    --------
    >>> code_block("a = 1 < 2\nb")
    '<pre>a = 1 &lt; 2<br>b</pre>'
    """
    return "<pre>" + "<br>".join(escape(code, quote=False).splitlines()) + "</pre>"


def _table_html(table: Table) -> str:
    return table.to_html().replace(' data-lm-suppress-shortcuts="true"', "")


def source_line() -> str:
    """Return where the sentences of the report come from."""
    report = about_report()
    return say(
        "kit_export.page.source",
        publisher=report.publisher,
        title=report.title,
        product=report.product,
        version=report.version,
        date=day(datetime.date.fromisoformat(report.date)),
    )


def reading_lines(entry: Entry) -> tuple[str, ...]:
    """Return the sentences that an item rests on, in the words of the course."""
    return tuple(f"{sentence.gist} ({sentence.locator})" for sentence in entry.reading)


def surroundings_html(entry: Entry, picture: str) -> str:
    """Return as HTML what an item needs outside its notebook: chart, table, sentences.

    Parameters
    ----------
    entry : Entry
    picture : str
        The address of its picture, as the format writes it.
    """
    html = ""
    if entry.picture:
        alt = say("kit_export.page.shown", alt=entry.picture.alt)
        html += (
            f'<p><img src="{escape(picture, quote=True)}" alt="{escape(alt, quote=True)}" '
            'style="max-width:100%;height:auto"></p>'
        )
        html += paragraph(entry.picture.note) + _table_html(entry.picture.table)
        html += paragraph(say("kit_export.page.sources", sources=entry.picture.sources))
    if entry.data:
        html += _table_html(entry.data)
    html += paragraph(entry.data_note)
    if entry.reading:
        html += f"<p><em>{escape(say('interface.report.read', own=''))}</em></p>"
        html += list_html(map(inline_html, reading_lines(entry)))
        html += f"<p><small>{escape(source_line())}</small></p>"
    return html


def compute_line(entry: Entry) -> str:
    """Return what to do with the code of an item."""
    key = "compute" if entry.data else "compute_there"
    return say(f"kit_export.page.{key}", lesson=entry.lesson.id)


def question_html(entry: Entry, picture: str) -> str:
    """Return the question as HTML, without its answers: the platform has controls of its own.

    Parameters
    ----------
    entry : Entry
    picture : str
        The address of its picture.

    Examples
    --------
    >>> from mali_course.kit.export.entries import gather
    >>> from mali_course.core.lessons import lesson
    >>> entries, _ = gather([lesson("00")], marks=True)
    >>> question_html(entries[0], "")[:20]
    '<div lang="en"><p>Se'
    """
    html = f"<p>{inline_html(entry.item.stem)}</p>"
    if entry.code:
        html += code_block(entry.code.starter)
        html += paragraph(compute_line(entry))
    html += surroundings_html(entry, picture)
    if isinstance(entry.shape, Spans) and entry.shape.unit:
        html += paragraph(say("interface.question.number", unit=entry.shape.unit))
    return in_language(html)


def slips_html(entry: Entry) -> str:
    """Return the usual slips with their feedback as HTML, for a format that cannot tell them apart.

    What is said of any other wrong answer comes first.
    """
    match entry.shape:
        case Spans(spans=answers) | Phrases(phrases=answers):
            rows = (
                f"<em>{inline_html(slip_text(answer))}</em> – {inline_html(answer.feedback)}"
                for answer in answers
                if not answer.right
            )
            return paragraph(entry.shape.wrong) + _titled_list("kit_export.page.slips", rows)
    return ""


def part_slips_html(shape: Parts) -> str:
    """Return what is said of wrong places as HTML, for a format that has no feedback for them."""
    return _titled_list(
        "kit_export.page.parts",
        (
            f"<em>{inline_html(part.text)}</em> – {inline_html(feedback)}"
            for part in shape.parts
            for feedback in dict.fromkeys(answer.feedback for answer in part.answers)
            if feedback
        ),
    )


def _value_text(entry: Entry) -> str:
    """Return the value that code should give."""
    match entry.shape:
        case Spans(spans=[right, *_], unit=unit):
            return f"{plain_number(float(right.middle))} {unit}".strip()
        case Phrases(phrases=[right, *_]):
            return right.forms[0]
        case Value(text=text):
            return text
    return ""


def _answer_html(entry: Entry) -> str:
    if entry.code:
        solution = paragraph(say("kit_export.page.solution")) + code_block(entry.code.solution)
        return paragraph(_value_text(entry)) + solution
    html = list_html(map(inline_html, entry.item.key_lines()))
    if isinstance(entry.shape, Written):
        html += _titled_list("kit_export.page.criteria", map(inline_html, entry.shape.criteria))
    return html


def key_html(entry: Entry) -> str:
    """Return as HTML what is shown after the answer: the key, why, and the sentences behind it."""
    item = entry.item
    key = "model" if isinstance(entry.shape, Written) else "answer"
    title, why = say(f"interface.feedback.{key}"), say("interface.feedback.explain")
    html = f"<p><strong>{escape(title)}</strong></p>{_answer_html(entry)}"
    html += f"<p><strong>{escape(why)}</strong> {inline_html(item.explain)}</p>"
    html += paragraph(say("kit_export.page.sentences", locators=", ".join(item.cites)))
    return in_language(html)
