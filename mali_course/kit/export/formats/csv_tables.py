"""CSV: one table of the items and one of their answers, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mali_course.core.messages import say
from mali_course.kit.export.entries import Entry
from mali_course.kit.export.entry_html import reading_lines, source_line
from mali_course.kit.export.typed_answers import typed_answers
from mali_course.kit.spreadsheet import csv_text
from mali_course.questions.shapes import Answer, Parts, Pick, Shape, Spans, Written

__all__ = ["ANSWER_COLUMNS", "ITEM_COLUMNS", "MARKS", "NAME", "RANK", "write"]

NAME = "csv"
RANK = 5
MARKS = False
ITEM_COLUMNS = (
    "item", "lesson", "lesson_title", "objective", "objective_text", "tags", "kind", "minutes",
    "cites", "question", "unit", "code", "picture", "picture_text", "picture_data", "data",
    "reading", "source", "hint", "explanation",
)
ANSWER_COLUMNS = (
    "item", "part", "part_text", "answer", "low", "high", "right", "feedback",
)


def _yes_or_no(right: bool) -> str:
    return say("exports/csv.yes" if right else "exports/csv.no")


def _choice_cells(answer: Answer) -> tuple[str, ...]:
    return answer.text, "", "", _yes_or_no(answer.right), answer.feedback


def _answer_rows(shape: Shape) -> Iterator[tuple[str, ...]]:
    """Yield the rows of an item: part, its text, answer, low, high, right, feedback."""
    match shape:
        case Pick():
            for answer in shape.answers:
                yield "", "", *_choice_cells(answer)
        case Parts():
            for number, part in enumerate(shape.parts, start=1):
                for answer in part.answers:
                    yield str(number), part.text, *_choice_cells(answer)
        case Written():
            yield "", say("exports/csv.model"), shape.model, "", "", _yes_or_no(True), ""
            for number, text in enumerate(shape.criteria, start=1):
                yield str(number), say("exports/csv.criterion"), text, "", "", "", ""
        case _:
            for typed in typed_answers(shape):
                right = _yes_or_no(typed.right)
                yield "", "", typed.text, typed.low, typed.high, right, typed.feedback


def _picture_cells(entry: Entry) -> tuple[str, str, str]:
    """Return where the picture is, its words, and its data."""
    picture = entry.picture
    if not picture:
        return "", "", ""
    sources = say("kit_export.page.sources", sources=picture.sources)
    words = " ".join(filter(None, (picture.alt, picture.note, sources)))
    return f"pictures/{picture.name}", words, picture.table.to_text()


def _item_row(entry: Entry) -> tuple[str, ...]:
    item = entry.item
    data = [entry.data.to_text() if entry.data else "", entry.data_note]
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
        entry.code.starter if entry.code else "",
        *_picture_cells(entry),
        "\n".join(filter(None, data)),
        "\n".join(reading_lines(entry)),
        source_line() if entry.reading else "",
        item.where,
        item.explain,
    )


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
    answers = ((entry.item.id, *row) for entry in entries for row in _answer_rows(entry.shape))
    files = {
        f"{name}-items.csv": csv_text([ITEM_COLUMNS, *map(_item_row, entries)]).encode(),
        f"{name}-answers.csv": csv_text([ANSWER_COLUMNS, *answers]).encode(),
    }
    for entry in entries:
        if entry.picture:
            files[f"pictures/{entry.picture.name}"] = entry.picture.png
    return files
