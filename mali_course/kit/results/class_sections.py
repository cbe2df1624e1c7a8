"""The parts of the class page: tables and charts of objectives, lessons, items and files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from mali_course.core.formats import listed
from mali_course.core.messages import say
from mali_course.core.table import Table
from mali_course.kit.results.class_charts import item_chart, lesson_chart, percent, signed
from mali_course.kit.results.class_reader import ClassResults, Learner
from mali_course.kit.results.gradebook import lesson_counts
from mali_course.kit.results.handed_in import Skipped
from mali_course.kit.results.item_statistics import (
    FEW,
    FEW_FOR_R,
    RETEACH,
    ItemFigures,
    LessonFigures,
    ObjectiveFigures,
    Share,
    correlation_interval,
)

__all__ = [
    "MOST_ROWS",
    "Names",
    "files_html",
    "items_html",
    "learners_html",
    "lessons_html",
    "list_html",
    "objectives_html",
    "text_html",
]

MOST_ROWS = 500  # learners or files that the page names; the CSV files name all


def _say(key: str, **fields: object) -> str:
    return say(f"kit_results.page.{key}", **fields)


def text_html(text: str) -> str:
    """Return a paragraph."""
    return f"<p>{escape(text)}</p>"


def list_html(lines: Iterable[str]) -> str:
    """Return a list."""
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


@dataclass(frozen=True)
class Names:
    """How learners and files are called: by name and file, or by number alone."""

    shown: bool
    numbers: dict[str, int]

    def learner(self, learner: Learner) -> str:
        """Return what stands for a learner."""
        if self.shown:
            return learner.name or _say("no_name")
        return _say("numbered", number=self.numbers[learner.file])

    def file(self, file: str) -> str:
        """Return what stands for a file."""
        return file if self.shown else _say("hidden")


def _interval(one: Share) -> str:
    return _say("interval", low=percent(one.low), high=percent(one.high))


def objectives_html(objectives: Sequence[ObjectiveFigures]) -> str:
    """Return the objectives, the weakest first, with what to do."""
    tried = [one for one in objectives if one.right]
    if not tried:
        return text_html(_say("nothing_tried"))
    columns = tuple(_say(f"col_{name}") for name in
                    ("objective", "learners", "share", "interval", "say", "read"))
    rows = tuple(
        (
            _say("objective", id=one.objective.id, text=one.objective.text),
            one.right.count,
            "–" if "few" in one.notes else percent(one.right.value),
            "–" if "few" in one.notes else _interval(one.right),
            _say(f"objective_{one.notes[0]}" if one.notes else "objective_fine", few=FEW),
            ", ".join(one.locators),
        )
        for one in tried if one.right
    )
    table = Table(_say("objectives_caption"), columns, rows).to_html()
    return text_html(_say("objectives_lead", limit=percent(RETEACH), few=FEW)) + table


def lessons_html(far: Sequence[LessonFigures], source: str) -> str:
    """Return how far the class is, as a chart with its table."""
    begun = [one for one in far if one.begun]
    if not begun:
        return text_html(_say("nothing_tried"))
    columns = tuple(_say(f"col_{name}") for name in
                    ("lesson", "begun", "count", "mean_done", "graded", "mean_first"))
    rows = tuple(
        (_say("lesson", id=one.id, title=one.title), one.begun, one.count, f"{one.done:.1f}",
         one.graded, f"{one.first:.1f}")
        for one in begun
    )
    table = Table(_say("lessons_caption"), columns, rows)
    not_begun = [one.id for one in far if not one.begun]
    more = text_html(_say("not_begun", lessons=listed(not_begun))) if not_begun else ""
    return lesson_chart(far, source, table).to_html() + more


def _remarks(one: ItemFigures) -> str:
    if one.right is None:
        return _say("self_judged" if one.item.kind == "open" else "nobody")
    return " ".join(_say(f"item_{key}", few=FEW_FOR_R) for key in one.notes) or "–"


def _slips(one: ItemFigures) -> str:
    if not one.slips:
        return "–"
    count = one.slips[0][1]
    texts = _say("or").join(text for text, _ in one.slips[:3])
    more = _say("and_more", count=len(one.slips) - 3) if len(one.slips) > 3 else ""
    return _say("slip", text=texts + more, count=count)


def _discrimination(one: ItemFigures) -> str:
    if one.right is None or one.right.count < FEW or one.r_count < FEW_FOR_R:
        return _say("too_few", count=one.r_count) if one.right else "–"
    if one.r is None:
        return _say("all_alike")
    low, high = correlation_interval(one.r, one.r_count)
    return _say("discrimination", r=signed(one.r), low=signed(low), high=signed(high))


def _right(one: ItemFigures) -> str:
    if one.right is None:
        return "–"
    count = one.right.count
    part = round(one.right.value * count)
    if count < FEW:
        return _say("right_few", part=part, count=count)
    return _say("right", part=part, count=count, value=percent(one.right.value),
                interval=_interval(one.right))


def items_html(lesson: LessonFigures, figures: Sequence[ItemFigures], source: str) -> str:
    """Return the items of a lesson, as a chart with its table."""
    names = ("item", "stem", "share", "discrimination", "slip", "shown", "remark")
    rows = tuple(
        (
            one.item.id,
            _say("stem", stem=one.item.stem.replace("`", ""),
                 kind=one.item.kind_text("name")),
            _right(one),
            _discrimination(one),
            _slips(one),
            one.shown,
            _remarks(one),
        )
        for one in figures
    )
    caption = _say("items_caption", id=lesson.id)
    table = Table(caption, tuple(_say(f"col_{name}") for name in names), rows)
    chart = item_chart(lesson.id, figures, source, table)
    return chart.to_html() if chart else table.to_html()


def learners_html(found: ClassResults, begun: Sequence[LessonFigures], called: Names) -> str:
    """Return who handed in, with counts by lesson."""
    lead = text_html(_say("learners_lead"))
    if len(found.learners) > MOST_ROWS:
        return lead + text_html(_say("learners_many", count=len(found.learners)))
    columns = [_say(f"col_{name}") for name in ("learner", "file", "last")]
    columns += [_say("col_counts", id=one.id, count=one.count, graded=one.graded) for one in begun]
    rows = tuple(
        (
            called.learner(one), called.file(one.file), one.last_day or "–",
            *(_say("counts", done=done, first=first)
              for done, first, _ in (lesson_counts(found, one, lesson.id) for lesson in begun)),
        )
        for one in found.learners
    )
    return lead + Table(_say("learners_caption"), tuple(columns), rows).to_html()


def files_html(found: ClassResults, skipped: Sequence[Skipped], called: Names) -> str:
    """Return which files do not count, and why."""
    if not (found.superseded or skipped or found.alike):
        return text_html(_say("files_fine"))
    html = ""
    if found.superseded:
        rows = tuple(
            (called.file(one.file), called.file(one.newer),
             _say("by_name" if one.by_name else "by_start"))
            for one in found.superseded[:MOST_ROWS]
        )
        columns = tuple(_say(f"col_{name}") for name in ("older", "newer", "how"))
        html += text_html(_say("older_lead"))
        html += Table(_say("older_caption"), columns, rows).to_html()
    if found.alike:
        html += text_html(_say("alike_lead")) + list_html(
            listed(called.file(file) for file in group[:20]) for group in found.alike[:MOST_ROWS]
        )
    if skipped:
        rows_of = tuple((called.file(one.file), one.why) for one in skipped[:MOST_ROWS])
        columns = (_say("col_file"), _say("col_why"))
        html += Table(_say("skipped_caption", count=len(skipped)), columns, rows_of).to_html()
    if max(len(found.superseded), len(skipped), len(found.alike)) > MOST_ROWS:
        html += text_html(_say("files_many", most=MOST_ROWS))
    return html


