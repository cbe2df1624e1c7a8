"""Goes over the bank once for every format: each item with what it needs outside its notebook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from mali_course.core.datasets import Column, dataset, publisher_names, rows
from mali_course.core.lessons import Lesson
from mali_course.core.messages import say
from mali_course.core.report import Sentence, sentence, sentences, whole_paragraphs
from mali_course.core.table import Table
from mali_course.kit.progress_bar import with_progress_bar
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
    lesson : Lesson
    picture : Picture or None
        The chart without which it cannot be answered.
    data : Table or None
        The table without which it cannot be answered, if it is short enough to be read.
    data_note : str
        Where that table comes from, or where to find it if it is long.
    reading : tuple of Sentence
        The paragraphs that its answer rests on.

    Attributes
    ----------
    shape : Shape
        What it asks and how each answer is met.
    """

    item: Item
    lesson: Lesson
    picture: Picture | None = None
    data: Table | None = None
    data_note: str = ""
    reading: tuple[Sentence, ...] = ()
    shape: Shape = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shape", self.item.as_shape())

    @property
    def code(self) -> Code | None:
        """The item, if its answer is computed in a cell."""
        return self.item if isinstance(self.item, Code) else None

    @property
    def objective(self) -> str:
        """The text of its objective."""
        texts = {objective.id: objective.text for objective in self.lesson.objectives}
        return texts.get(self.item.objective, "")

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
    named = (locator for locator in _LOCATOR.findall(item.stem) if locator in known)
    return tuple(map(sentence, whole_paragraphs((*item.cites, *named))))


def _drawn_picture(name: str) -> Picture:
    from mali_course.charts import chart

    drawn = chart(name)
    return Picture(
        f"{name}.png",
        drawn.to_png(),
        f"{drawn.title}. {drawn.alt}",
        drawn.note,
        publisher_names(drawn.sources),
        drawn.table,
    )


def _cell(value: Any, column: Column) -> Any:
    if column.loaded_as == "text":
        return str(value or "")
    # A year has no thousands.
    return str(value) if column.name.endswith("year") and isinstance(value, int) else value


def _data_table(name: str) -> tuple[Table | None, str]:
    """Return a table, if it is short enough, and where it comes from or is to be found."""
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
        tuple(tuple(_cell(row[column.name], column) for column in shown) for row in whole),
    )
    return table, say("kit_export.page.sources", sources=publisher_names(about.source_ids))


def _reason_against(item: Item, marks: bool) -> str:
    """Return why an item cannot be held, or nothing."""
    kind, _, name = item.needs.partition(":")
    if kind == "explorer":
        return say("kit_export.reason.explorer", name=name)
    if kind not in ("", "chart", "data"):
        return say("kit_export.reason.needs", needs=item.needs)
    shape = item.as_shape()
    if marks and isinstance(shape, Value):
        what = say("kit_export.reason.list" if shape.list else "kit_export.reason.truth")
        return say("kit_export.reason.value", what=what)
    return ""


def _entry(item: Item, lesson: Lesson, pictures: dict[str, Picture]) -> Entry:
    kind, _, name = item.needs.partition(":")
    if kind == "chart" and name not in pictures:
        pictures[name] = _drawn_picture(name)
    about = item.dataset if isinstance(item, Code) else name if kind == "data" else ""
    data, note = _data_table(about) if about else (None, "")
    picture = pictures[name] if kind == "chart" else None
    return Entry(item, lesson, picture, data, note, _reading(item))


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
    pictures: dict[str, Picture] = {}
    entries, left = [], []
    pairs = [(lesson, item) for lesson in lessons for item in lesson_items(lesson.id)]
    for lesson, item in with_progress_bar(pairs, say("kit_export.doing")):
        if reason := _reason_against(item, marks):
            left.append(Left(item, reason))
        else:
            entries.append(_entry(item, lesson, pictures))
    return tuple(entries), tuple(left)
