"""CSV: one table of the items and one of their answers, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mali_course.core.messages import say
from mali_course.kit.export.entries import Entry
from mali_course.kit.export.surroundings import phrase_text, reading_lines, source_line, span_text
from mali_course.kit.spreadsheet import csv_text
from mali_course.questions.kinds.code import Code
from mali_course.questions.shapes import Parts, Phrases, Pick, Shape, Spans, Value, Written, digits

__all__ = ["ANSWER_COLUMNS", "ITEM_COLUMNS", "MARKS", "write"]

MARKS = False
ITEM_COLUMNS = (
    "item", "lesson", "lesson_title", "objective", "objective_text", "tags", "kind", "minutes",
    "cites", "question", "unit", "code", "picture", "picture_text", "picture_data", "data",
    "reading", "source", "hint", "explanation",
)
ANSWER_COLUMNS = (
    "item", "part", "part_text", "answer", "low", "high", "right", "feedback",
)


def _yes(right: bool) -> str:
    return say("kit_export.tables.yes" if right else "kit_export.tables.no")


def _answers(shape: Shape) -> Iterator[tuple[str, ...]]:
    """Yield the rows of an item: part, its text, answer, low, high, right, feedback."""
    any_other = say("kit_export.page.any_other")
    match shape:
        case Pick():
            for one in shape.answers:
                yield "", "", one.text, "", "", _yes(one.right), one.feedback
        case Parts():
            for number, part in enumerate(shape.parts, start=1):
                for one in part.answers:
                    yield str(number), part.text, one.text, "", "", _yes(one.right), one.feedback
        case Spans():
            for span in shape.spans:
                low, high = digits(span.low), digits(span.high)
                yield "", "", span_text(span), low, high, _yes(span.right), span.feedback
            yield "", "", any_other, "", "", _yes(False), shape.wrong
        case Phrases():
            for phrase in shape.phrases:
                yield "", "", phrase_text(phrase), "", "", _yes(phrase.right), phrase.feedback
            yield "", "", any_other, "", "", _yes(False), shape.wrong
        case Value():
            yield "", "", shape.text, "", "", _yes(True), shape.right
            for text, feedback in shape.slips:
                yield "", "", text, "", "", _yes(False), feedback
            yield "", "", any_other, "", "", _yes(False), shape.wrong
        case Written():
            yield "", say("kit_export.tables.model"), shape.model, "", "", _yes(True), ""
            for number, text in enumerate(shape.criteria, start=1):
                yield str(number), say("kit_export.tables.criterion"), text, "", "", "", ""


def _item(entry: Entry) -> tuple[str, ...]:
    item, picture = entry.item, entry.picture
    data = [entry.data.to_text()] if entry.data else []
    return (
        item.id,
        entry.lesson.id,
        entry.lesson.title,
        item.objective,
        entry.objective,
        " ".join(entry.tags),
        item.kind,
        f"{item.minutes:g}",
        " ".join(item.cites),
        item.stem,
        entry.shape.unit if isinstance(entry.shape, Spans) else "",
        item.starter if isinstance(item, Code) else "",
        f"pictures/{picture.name}" if picture else "",
        " ".join(filter(None, (picture.alt, picture.note, _sources(picture.sources))))
        if picture
        else "",
        picture.table.to_text() if picture else "",
        "\n".join([*data, *filter(None, [entry.data_note])]),
        "\n".join(reading_lines(entry)),
        source_line() if entry.reading else "",
        item.where,
        item.explain,
    )


def _sources(text: str) -> str:
    return say("kit_export.page.sources", sources=text)


def write(entries: Sequence[Entry], name: str) -> dict[str, bytes]:
    """Return the two tables and the pictures; see `mali_course.kit.export.formats.moodle.write`.

    Examples
    --------
    >>> from mali_course.kit.export.entries import gather
    >>> from mali_course.core.lessons import lesson
    >>> entries, _ = gather([lesson("00")], marks=False)
    >>> list(write(entries, "mali-course"))
    ['mali-course-items.csv', 'mali-course-answers.csv']
    """
    answers = ((entry.item.id, *row) for entry in entries for row in _answers(entry.shape))
    files = {
        f"{name}-items.csv": csv_text([ITEM_COLUMNS, *map(_item, entries)]).encode(),
        f"{name}-answers.csv": csv_text([ANSWER_COLUMNS, *answers]).encode(),
    }
    for entry in entries:
        if entry.picture:
            files[f"pictures/{entry.picture.name}"] = entry.picture.png
    return files
