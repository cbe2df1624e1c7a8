"""The class page: one HTML file with all that it shows, without scripts and other hosts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from mali_course.charts.chart_base import Chart
from mali_course.core.formats import day, listed
from mali_course.core.table import Table
from mali_course.forms.page import look_style
from mali_course.kit.results import class_tables
from mali_course.kit.results.class_charts import item_chart, lesson_chart
from mali_course.kit.results.class_results import ClassResults
from mali_course.kit.results.class_statistics import (
    RETEACH,
    LessonFigures,
    ObjectiveFigures,
    lesson_figures,
    objective_figures,
)
from mali_course.kit.results.class_tables import Names
from mali_course.kit.results.figure_texts import page_text, percent
from mali_course.kit.results.handed_in import Skipped
from mali_course.kit.results.item_statistics import (
    EASY,
    FEW,
    FEW_FOR_R,
    HARD,
    WEAK,
    ItemFigures,
    item_figures,
)
from mali_course.kit.templating import render
from mali_course.record.log import course_version

__all__ = ["class_page"]

MOST_ROWS = 500  # learners or files that the page names; the CSV files name all


class _LessonSection(NamedTuple):
    """The items of a lesson, as a chart if anybody tried one, and as a table."""

    id: str
    title: str
    chart: Chart | None
    table: Table


def class_page(
    results: ClassResults, skipped: Sequence[Skipped], today: date, *, names: bool = True
) -> str:
    """Return the class page.

    Parameters
    ----------
    results : ClassResults
        With at least one learner.
    skipped : sequence of Skipped
    today : date
        The day that the page gives as its own.
    names : bool
        Show the names that learners typed and the names of their files. Without them the page
        can be shown to the class.

    Examples
    --------
    >>> from mali_course.kit.results.class_reader import ClassReader
    >>> from mali_course.kit.results.class_results import class_of
    >>> from mali_course.record.portable import Packed
    >>> reader = ClassReader()
    >>> learner = reader.read_learner(Packed("Ada <b>", "1", []), "ada.json")
    >>> "Ada &lt;b&gt;" in class_page(class_of(reader, [learner]), [], date(2026, 11, 24))
    True
    """
    figures = item_figures(results)
    objectives = objective_figures(results, figures)
    far = lesson_figures(results)
    begun = [lesson for lesson in far if lesson.begun]
    count = len(results.learners)
    source = page_text("source", count=count, date=day(today))
    lessons = [_lesson_section(results, lesson, figures, source) for lesson in begun]
    tried = [objective for objective in objectives if objective.right]
    called = Names(names, {learner.file: n for n, learner in enumerate(results.learners, start=1)})
    return render(
        "class_page.html",
        title=page_text("title"),
        style_css=look_style() + Path(__file__).with_name("class_page.css").read_text("utf-8"),
        source=source,
        warning=_size_warning(count),
        summary=_summary_lines(results, figures, objectives, skipped, today),
        objectives_lead=page_text("objectives_lead", limit=percent(RETEACH), few=FEW),
        objective_table=class_tables.objective_table(tried) if tried else None,
        chart=lesson_chart(begun, source, class_tables.lesson_table(begun)) if begun else None,
        not_begun=[lesson.id for lesson in far if not lesson.begun],
        lessons=lessons,
        count=count,
        learner_table=(
            class_tables.learner_table(results, begun, called) if count <= MOST_ROWS else None
        ),
        **_file_values(results, skipped, called),
        method=_method_lines(),
        method_sources=page_text("method_sources").split("|"),
    )


def _lesson_section(
    results: ClassResults, lesson: LessonFigures, figures: Mapping[str, ItemFigures], source: str
) -> _LessonSection:
    items = [figures[results.items[place].id] for place in results.places[lesson.id]]
    table = class_tables.item_table(lesson.id, items)
    title = page_text("lesson", id=lesson.id, title=lesson.title)
    chart = item_chart(lesson.id, items, source, table)
    return _LessonSection(f"lesson-{lesson.id}", title, chart, table)


def _size_warning(count: int) -> str:
    if count < FEW:
        return page_text("small", count=count, few=FEW)
    return page_text("medium", count=count, few=FEW_FOR_R) if count < FEW_FOR_R else ""


def _summary_lines(
    results: ClassResults,
    figures: Mapping[str, ItemFigures],
    objectives: Sequence[ObjectiveFigures],
    skipped: Sequence[Skipped],
    today: date,
) -> list[str]:
    older = len(results.superseded)
    lines = [
        page_text("counted", count=len(results.learners), older=older, skipped=len(skipped))
    ]
    weak = sum(objective.note == "reteach" for objective in objectives)
    if weak:
        lines.append(page_text("reteach_some", count=weak, limit=percent(RETEACH)))
    elif any(objective.right and objective.note != "few" for objective in objectives):
        lines.append(page_text("reteach_none", limit=percent(RETEACH)))
    for key in ("against", "weak", "hard"):
        ids = [row.item.id for row in figures.values() if key in row.notes]
        if ids:
            lines.append(page_text(f"note_{key}", items=listed(ids)))
    return lines + _file_lines(results, today)


def _file_lines(results: ClassResults, today: date) -> list[str]:
    """Return what is odd about files that count."""
    here, lines = course_version(), []
    versions = sorted({learner.course for learner in results.learners} - {"", here})
    if versions:
        lines.append(page_text("versions", versions=listed(versions), own=here))
    for which in ("earlier", "unknown"):
        count = sum(getattr(learner, which) for learner in results.learners)
        if count:
            lines.append(page_text(which, count=count))
    late = sum(learner.last_day > today.isoformat() for learner in results.learners)
    if late:
        lines.append(page_text("clock", count=late))
    return lines


def _file_values(
    results: ClassResults, skipped: Sequence[Skipped], names: Names
) -> dict[str, object]:
    """Return which files do not count, and why."""
    older, alike = results.superseded[:MOST_ROWS], results.alike[:MOST_ROWS]
    most = max(len(results.superseded), len(skipped), len(results.alike))
    shown = skipped[:MOST_ROWS]
    return {
        "older_table": class_tables.older_table(older, names) if older else None,
        "alike": [listed(names.file(file) for file in group[:20]) for group in alike],
        "skipped_table": (
            class_tables.skipped_table(shown, len(skipped), names) if shown else None
        ),
        "files_many": page_text("files_many", most=MOST_ROWS) if most > MOST_ROWS else "",
    }


def _method_lines() -> list[str]:
    return [
        page_text("method_first"),
        page_text("method_done"),
        page_text("method_difficulty", few=FEW, hard=percent(HARD), easy=percent(EASY)),
        page_text("method_discrimination", few=FEW_FOR_R, weak=WEAK),
        page_text("method_objectives", limit=percent(RETEACH), few=FEW),
        page_text("method_slips"),
        page_text("method_file"),
    ]
