"""What stands around an answer in every format: question, picture, data, sentences, reasons."""

from __future__ import annotations

import datetime
from html import escape

from mali_course.core.formats import day
from mali_course.core.html import paragraph, rich
from mali_course.core.messages import LANGUAGE, say
from mali_course.core.report import about_report
from mali_course.core.table import Table
from mali_course.kit.export.entries import Entry
from mali_course.questions.answers import plain_number
from mali_course.questions.kinds.code import Code
from mali_course.questions.shapes import (
    Answer,
    Parts,
    Phrase,
    Phrases,
    Pick,
    Span,
    Spans,
    Value,
    digits,
)

__all__ = [
    "block",
    "code_block",
    "compute_line",
    "expected",
    "explained",
    "part_slips",
    "phrase_text",
    "question",
    "reading_lines",
    "slips",
    "source_line",
    "span_text",
    "surroundings",
]


def block(inside: str) -> str:
    """Return HTML that says which language it is in."""
    return f'<div lang="{LANGUAGE}">{inside}</div>' if inside else ""


def code_block(code: str) -> str:
    r"""Return code as HTML on one line: some formats end a question at a line's end.

    Examples
    --------
    >>> code_block("a = 1 < 2\nb")
    '<pre>a = 1 &lt; 2<br>b</pre>'
    """
    return "<pre>" + "<br>".join(escape(code, quote=False).splitlines()) + "</pre>"


def _table(table: Table) -> str:
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
    return tuple(f"{one.gist} ({one.locator})" for one in entry.reading)


def surroundings(entry: Entry, picture: str) -> str:
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
        html += paragraph(entry.picture.note) + _table(entry.picture.table)
        html += paragraph(say("kit_export.page.sources", sources=entry.picture.sources))
    if entry.data:
        html += _table(entry.data)
    html += paragraph(entry.data_note)
    if entry.reading:
        rows = "".join(f"<li>{rich(line)}</li>" for line in reading_lines(entry))
        html += f"<p><em>{escape(say('interface.report.read'))}</em></p><ul>{rows}</ul>"
        html += f"<p><small>{escape(source_line())}</small></p>"
    return html


def compute_line(entry: Entry) -> str:
    """Return what to do with the code of an item."""
    if entry.data:
        return say("kit_export.page.compute", lesson=entry.lesson.id)
    return say("kit_export.page.compute_there", lesson=entry.lesson.id)


def question(entry: Entry, picture: str) -> str:
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
    >>> question(entries[0], "")[:20]
    '<div lang="en"><p>Se'
    """
    html = f"<p>{rich(entry.item.stem)}</p>"
    if isinstance(entry.item, Code):
        html += code_block(entry.item.starter)
        html += paragraph(compute_line(entry))
    html += surroundings(entry, picture)
    if isinstance(entry.shape, Spans) and entry.shape.unit:
        html += paragraph(say("interface.question.number", unit=entry.shape.unit))
    return block(html)


def span_text(span: Span) -> str:
    """Return a span as a person writes it."""
    low, high = (plain_number(float(end)) for end in (span.low, span.high))
    return low if span.low == span.high else say("kit_export.page.between", low=low, high=high)


def phrase_text(phrase: Phrase) -> str:
    """Return the forms of a short answer as one text."""
    return " / ".join(phrase.forms)


def slips(entry: Entry) -> str:
    """Return the usual slips with their feedback as HTML, for a format that cannot tell them apart.

    What is said of any other wrong answer comes first.
    """
    shape = entry.shape
    if isinstance(shape, Spans):
        found = [(_slip_text(one), one.feedback) for one in shape.spans if not one.right]
    elif isinstance(shape, Phrases):
        found = [(phrase_text(one), one.feedback) for one in shape.phrases if not one.right]
    else:
        return ""
    rows = "".join(f"<li><em>{rich(text)}</em> – {rich(said)}</li>" for text, said in found)
    listed = f"<p>{escape(say('kit_export.page.slips'))}</p><ul>{rows}</ul>" if rows else ""
    return paragraph(shape.wrong) + listed


def _slip_text(span: Span) -> str:
    # The value that a learner may have, not the room around it.
    return plain_number(float(digits(span.middle))) if span.room < 1 else span_text(span)


def part_slips(shape: Parts) -> str:
    """Return what is said of wrong places as HTML, for a format that has no feedback for them."""
    rows = ""
    for part in shape.parts:
        said: dict[str, list[Answer]] = {}
        for answer in part.answers:
            if answer.feedback:
                said.setdefault(answer.feedback, []).append(answer)
        for feedback in said:
            rows += f"<li><em>{rich(part.text)}</em> – {rich(feedback)}</li>"
    return f"<p>{escape(say('kit_export.page.parts'))}</p><ul>{rows}</ul>" if rows else ""


def expected(entry: Entry) -> str:
    """Return the answer as HTML."""
    item, shape = entry.item, entry.shape
    if isinstance(item, Code):
        value = shape.text if isinstance(shape, Value) else ""
        if isinstance(shape, Spans):
            value = f"{plain_number(item.value)} {shape.unit}".strip()
        if isinstance(shape, Phrases):
            value = shape.phrases[0].forms[0]
        solution = say("kit_export.page.solution")
        return paragraph(value) + paragraph(solution) + code_block(item.solution)
    lines = "".join(f"<li>{rich(line)}</li>" for line in item.key_lines())
    html = f"<ul>{lines}</ul>"
    if not isinstance(shape, Pick | Parts | Spans | Phrases | Value):
        points = "".join(f"<li>{rich(one)}</li>" for one in shape.criteria)
        html += f"<p>{escape(say('kit_export.page.criteria'))}</p><ul>{points}</ul>"
    return html


def explained(entry: Entry) -> str:
    """Return as HTML what is shown after the answer: the key, why, and the sentences behind it."""
    item = entry.item
    model = entry.item.kind == "open"
    title = say("interface.feedback.model" if model else "interface.feedback.answer")
    why = say("interface.feedback.explain")
    html = f"<p><strong>{escape(title)}</strong></p>{expected(entry)}"
    html += f"<p><strong>{escape(why)}</strong> {rich(item.explain)}</p>"
    html += paragraph(say("kit_export.page.sentences", locators=", ".join(item.cites)))
    return block(html)
