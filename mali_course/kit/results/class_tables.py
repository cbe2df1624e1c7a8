"""The tables of the class page: objectives, lessons, items, learners and files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mali_course.core.table import Table
from mali_course.kit.results.class_reader import Learner
from mali_course.kit.results.class_results import ClassResults, Superseded
from mali_course.kit.results.class_statistics import LessonFigures, ObjectiveFigures
from mali_course.kit.results.figure_texts import interval_text, page_text, percent, signed
from mali_course.kit.results.handed_in import Skipped
from mali_course.kit.results.item_statistics import FEW, FEW_FOR_R, ItemFigures

__all__ = [
    "Names",
    "item_table",
    "learner_table",
    "lesson_table",
    "objective_table",
    "older_table",
    "skipped_table",
]


@dataclass(frozen=True)
class Names:
    """How learners and files are called: by name and file, or by number alone."""

    shown: bool
    numbers: dict[str, int]

    def learner(self, learner: Learner) -> str:
        """Return what stands for a learner."""
        if self.shown:
            return learner.name or page_text("no_name")
        return page_text("numbered", number=self.numbers[learner.file])

    def file(self, file: str) -> str:
        """Return what stands for a file."""
        return file if self.shown else page_text("hidden")


def _table(caption: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> Table:
    headings = tuple(page_text(f"col_{name}") for name in columns.split())
    return Table(caption, headings, tuple(rows))


def objective_table(tried: Sequence[ObjectiveFigures]) -> Table:
    """Return objectives that somebody tried, with what to do."""
    rows = []
    for row in tried:
        assert row.right is not None
        few = row.note == "few"
        rows.append((
            page_text("objective", id=row.objective.id, text=row.objective.text),
            row.right.count,
            "–" if few else percent(row.right.value),
            "–" if few else interval_text(row.right),
            page_text(f"objective_{row.note or 'fine'}", few=FEW),
            ", ".join(row.locators),
        ))
    columns = "objective learners share interval say read"
    return _table(page_text("objectives_caption"), columns, rows)


def lesson_table(begun: Sequence[LessonFigures]) -> Table:
    """Return how far the class is in the lessons that somebody has begun."""
    rows = [
        (page_text("lesson", id=lesson.id, title=lesson.title), lesson.begun, lesson.count,
         f"{lesson.done:.1f}", lesson.graded, f"{lesson.first:.1f}")
        for lesson in begun
    ]
    columns = "lesson begun count mean_done graded mean_first"
    return _table(page_text("lessons_caption"), columns, rows)


def _remarks(row: ItemFigures) -> str:
    if row.right is None:
        return page_text("nobody" if row.notes else "self_judged")
    return " ".join(page_text(f"item_{key}", few=FEW_FOR_R) for key in row.notes) or "–"


def _slips_text(row: ItemFigures) -> str:
    if not row.slips:
        return "–"
    texts = page_text("or").join(text for text, _ in row.slips[:3])
    more = page_text("and_more", count=len(row.slips) - 3) if len(row.slips) > 3 else ""
    return page_text("slip", text=texts + more, count=row.slips[0][1])


def _discrimination_text(row: ItemFigures) -> str:
    if row.right is None:
        return "–"
    if row.right.count < FEW or row.r_count < FEW_FOR_R:
        return page_text("too_few", count=row.r_count)
    if row.r is None or row.r_interval is None:
        return page_text("all_alike")
    low, high = map(signed, row.r_interval)
    return page_text("discrimination", r=signed(row.r), low=low, high=high)


def _right_text(row: ItemFigures) -> str:
    if row.right is None:
        return "–"
    count = row.right.count
    part = round(row.right.value * count)
    if count < FEW:
        return page_text("right_few", part=part, count=count)
    return page_text("right", part=part, count=count, value=percent(row.right.value),
                     interval=interval_text(row.right))


def item_table(lesson: str, figures: Sequence[ItemFigures]) -> Table:
    """Return the items of a lesson."""
    rows = [
        (
            row.item.id,
            page_text("stem", stem=row.item.stem.replace("`", ""), kind=row.item.kind_text("name")),
            _right_text(row),
            _discrimination_text(row),
            _slips_text(row),
            row.shown,
            _remarks(row),
        )
        for row in figures
    ]
    columns = "item stem share discrimination slip shown remark"
    return _table(page_text("items_caption", id=lesson), columns, rows)


def learner_table(results: ClassResults, begun: Sequence[LessonFigures], names: Names) -> Table:
    """Return who handed in, with counts by lesson."""
    headings = [page_text(f"col_{name}") for name in ("learner", "file", "last")]
    headings += [
        page_text("col_counts", id=lesson.id, count=lesson.count, graded=lesson.graded)
        for lesson in begun
    ]
    rows = []
    for learner in results.learners:
        counts = (results.lesson_counts(learner, lesson.id) for lesson in begun)
        texts = (page_text("counts", done=done, first=first) for done, first, _ in counts)
        name, file = names.learner(learner), names.file(learner.file)
        rows.append((name, file, learner.last_day or "–", *texts))
    return Table(page_text("learners_caption"), tuple(headings), tuple(rows))


def older_table(superseded: Sequence[Superseded], names: Names) -> Table:
    """Return the files of which the same learner has a newer one."""
    rows = [
        (names.file(file.file), names.file(file.newer),
         page_text("by_name" if file.by_name else "by_start"))
        for file in superseded
    ]
    return _table(page_text("older_caption"), "older newer how", rows)


def skipped_table(skipped: Sequence[Skipped], count: int, names: Names) -> Table:
    """Return the files that do not count."""
    rows = [(names.file(file.file), file.why) for file in skipped]
    return _table(page_text("skipped_caption", count=count), "file why", rows)
