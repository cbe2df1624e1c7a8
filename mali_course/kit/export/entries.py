"""Goes over the bank once for every format: each item with what it needs outside its notebook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mali_course.core.datasets import Column, dataset, publishers, rows
from mali_course.core.lessons import Lesson
from mali_course.core.messages import say
from mali_course.core.report import Paragraph, Sentence, find, sentences
from mali_course.core.table import Table
from mali_course.kit.progress_bar import steps
from mali_course.questions.bank import lesson_items
from mali_course.questions.item import Item
from mali_course.questions.kinds.code import Code
from mali_course.questions.shapes import Shape, Value

__all__ = ["Entry", "Left", "Picture", "gather"]

_MOST_ROWS = 64  # a longer table is no reading matter beside a question
_NOT_SHOWN = ("source_id", "note")
_LOCATOR = re.compile(r"(?<![\d.])[1-6]\.\d{1,2}\.\d{1,2}(?![\d.]*\d)")


@dataclass(frozen=True)
class Picture:
    """A chart as a file, with its words, its table and its sources."""

    name: str
    png: bytes
    alt: str
    note: str
    sources: str
    table: Table


@dataclass(frozen=True)
class Entry:
    """An item with what it needs outside its notebook.

    Parameters
    ----------
    item : Item
    shape : Shape
        What it asks and how each answer is met.
    lesson : Lesson
    objective : str
        The text of its objective.
    picture : Picture or None
        The chart without which it cannot be answered.
    data : Table or None
        The table without which it cannot be answered, if it is short enough to be read.
    data_note : str
        Where that table comes from, or where to find it if it is long.
    reading : tuple of Sentence
        The paragraphs that its answer rests on.
    """

    item: Item
    shape: Shape
    lesson: Lesson
    objective: str
    picture: Picture | None
    data: Table | None
    data_note: str
    reading: tuple[Sentence, ...]

    @property
    def tags(self) -> tuple[str, str]:
        """The tags of lesson and objective, fit for every format: no spaces, no signs."""
        return f"lesson-{self.lesson.id}", f"objective-{self.item.objective}"

    @property
    def title(self) -> str:
        """The id and the first words of the question."""
        stem = self.item.stem.replace("`", "")
        if len(stem) > 60:
            stem = say("kit_export.page.more", text=stem[:60].rpartition(" ")[0].rstrip(",.:;"))
        return f"{self.item.id} {stem}"


@dataclass(frozen=True)
class Left:
    """An item that a format cannot hold, and why."""

    item: Item
    reason: str


def _reading(item: Item) -> tuple[Sentence, ...]:
    """Return the paragraphs of the sentences that an item cites or names."""
    known = {one.locator for one in sentences()}
    named = (one for one in _LOCATOR.findall(item.stem) if one in known)
    wanted = {locator.rpartition(".")[0] for locator in (*item.cites, *named)}
    found: list[Sentence] = []
    for locator in sorted(wanted, key=lambda text: [int(part) for part in text.split(".")]):
        paragraph = find(locator)
        if isinstance(paragraph, Paragraph):
            found += paragraph.sentences
    return tuple(found)


def _picture(name: str, kept: dict[str, Picture]) -> Picture:
    if name not in kept:
        from mali_course.charts import chart

        drawn = chart(name)
        kept[name] = Picture(
            f"{name}.png",
            drawn.to_png(),
            f"{drawn.title}. {drawn.alt}",
            drawn.note,
            publishers(drawn.sources),
            drawn.table,
        )
    return kept[name]


def _cell(value: Any, column: Column) -> Any:
    if column.loaded_as == "text":
        return str(value or "")
    # A year has no thousands.
    return str(value) if column.name.endswith("year") and isinstance(value, int) else value


def _data(name: str) -> tuple[Table | None, str]:
    about = dataset(name)
    whole = rows(name)
    if len(whole) > _MOST_ROWS:
        load = say("kit_export.page.load", name=name)
        note = say("kit_export.page.large", title=about.title, count=len(whole), load=load)
        return None, note
    shown = [column for column in about.columns if column.name not in _NOT_SHOWN]
    table = Table(
        about.title,
        tuple(column.name for column in shown),
        tuple(tuple(_cell(row[one.name], one) for one in shown) for row in whole),
    )
    return table, say("kit_export.page.sources", sources=publishers(about.source_ids))


def _cannot(item: Item, asked: Shape, marks: bool) -> str:
    """Return why an item cannot be held, or nothing."""
    kind, _, name = item.needs.partition(":")
    if kind == "explorer":
        return say("kit_export.reason.explorer", name=name)
    if kind not in ("", "chart", "data"):
        return say("kit_export.reason.needs", needs=item.needs)
    if marks and isinstance(asked, Value):
        what = say("kit_export.reason.list" if asked.list else "kit_export.reason.truth")
        return say("kit_export.reason.value", what=what)
    return ""


def gather(lessons: Sequence[Lesson], *, marks: bool) -> tuple[tuple[Entry, ...], tuple[Left, ...]]:
    """Go over the items of some lessons.

    Parameters
    ----------
    lessons : sequence of Lesson
    marks : bool
        Whether the format marks answers by itself, as a learning platform does. It can then hold
        numbers and words, but no list that was computed.

    Returns
    -------
    (tuple of Entry, tuple of Left)
        What can be held, and what cannot, both in the order of the bank.

    Examples
    --------
    >>> from mali_course.core.lessons import lesson
    >>> entries, left = gather([lesson("00")], marks=True)
    >>> entries[0].tags, left
    (('lesson-00', 'objective-00-a'), ())
    """
    kept: dict[str, Picture] = {}
    entries, left = [], []
    pairs = [(one, item) for one in lessons for item in lesson_items(one.id)]
    for one, item in steps(pairs, say("kit_export.doing")):
        asked = item.as_shape()
        if reason := _cannot(item, asked, marks):
            left.append(Left(item, reason))
            continue
        kind, _, name = item.needs.partition(":")
        about = item.dataset if isinstance(item, Code) else name if kind == "data" else ""
        data, note = _data(about) if about else (None, "")
        entries.append(
            Entry(
                item=item,
                shape=asked,
                lesson=one,
                objective={two.id: two.text for two in one.objectives}.get(item.objective, ""),
                picture=_picture(name, kept) if kind == "chart" else None,
                data=data,
                data_note=note,
                reading=_reading(item),
            )
        )
    return tuple(entries), tuple(left)
