"""The claim map: each sentence of the report by section, status and whether it names others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.report import Section, Sentence, sections

__all__ = ["draw"]

_PROSE = chart_prose("claim-map")
_SQUARE = 0.15  # inches from one square to the next
_NUMBER = 0.27  # inches for the number before the squares
_NAME, _LINE = style.LABEL * 1.4 / 72, style.SMALL * 1.35 / 72
_HEAD = 0.28
# A column a status: its width in inches, and how many squares stand side by side in it.
_COLUMNS: Mapping[str, tuple[float, int]] = {
    "fact": (1.46, 7), "estimate": (0.82, 3), "allegation": (0.86, 3), "judgement": (1.08, 5),
    "plan": (0.78, 3),
}


def draw() -> Chart:
    """Draw the sentences of the report by section and status, and which of them name others.

    Examples
    --------
    >>> draw().table.columns[1]
    'Status'
    """
    return _PROSE.chart_of(_draw_figure(), _table_rows(), sources=("CRS_2020_01",))


def _sentences_of(section: Section) -> list[Sentence]:
    return [sentence for paragraph in section.paragraphs for sentence in paragraph.sentences]


def _with_status(sentences: Sequence[Sentence], status: str) -> list[Sentence]:
    return [sentence for sentence in sentences if sentence.status == status]


def _with_others(sentences: Sequence[Sentence]) -> list[Sentence]:
    return [sentence for sentence in sentences if sentence.attribution]


def _section_name(section: Section) -> str:
    return f"{section.number} {section.title}"


def _named_text(sentences: Sequence[Sentence]) -> str:
    """Return who is named, and where: one name once, with all its sentences."""
    by_name: dict[str, list[str]] = {}
    for sentence in _with_others(sentences):
        by_name.setdefault(sentence.attribution, []).append(sentence.locator)
    return "; ".join(f"{', '.join(locators)}: {name}" for name, locators in by_name.items())


def _table_rows() -> list[Row]:
    """Return a row for each section and status that occurs in it."""
    cells = [(section, status, _with_status(_sentences_of(section), status))
             for section in sections() for status in _COLUMNS]
    return [{"section": _section_name(section), "status": _PROSE.label(status),
             "count": len(sentences), "others": len(_with_others(sentences)),
             "who": _named_text(sentences)}
            for section, status, sentences in cells if sentences]


# --- The picture ------------------------------------------------------------------------------


def _section_height(section: Section) -> tuple[float, str]:
    """Return the inches that a section needs, and who is named in it, in lines."""
    sentences = _sentences_of(section)
    lines = max(-(-len(_with_status(sentences, status)) // across)
                for status, (_, across) in _COLUMNS.items())
    named = style.wrap(_named_text(sentences), style.WIDTH - 2 * style.MARGIN, style.SMALL)
    height = _NAME + lines * _SQUARE + 0.12
    return height + (named.count("\n") + 1) * _LINE * bool(named), named


def _draw_figure() -> Figure:
    parts = [(section, *_section_height(section)) for section in sections()]
    figure, axes = canvas.inch_canvas(_PROSE.title, _PROSE.source,
                                      _HEAD + sum(height for _, height, _ in parts))
    lefts, left = {}, style.MARGIN
    for status, (width, _) in _COLUMNS.items():
        lefts[status] = left
        axes.text(left, 0.04, _PROSE.label(status), size=style.SMALL, weight="bold", va="top")
        left += width
    # Where the squares stand of sentences that name nobody else, and of those that do.
    points: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
    y = _HEAD
    for section, height, named in parts:
        canvas.draw_rule(axes, y - 0.05)
        _draw_section(axes, y, section, lefts, points)
        if named:
            axes.text(style.MARGIN, y + height - 0.1, named, size=style.SMALL, color=style.SOFT,
                      va="bottom", linespacing=1.2)
        y += height
    _draw_marks(axes, points[False], "s", 7.6, color=style.BLUE)
    _draw_marks(axes, points[True], "s", 7.6, markerfacecolor="white",
                markeredgecolor=style.VERMILLION, markeredgewidth=1.6)
    # The dot inside makes them differ where there is no colour.
    _draw_marks(axes, points[True], "o", 2.6, color=style.INK)
    return figure


def _draw_marks(axes: Axes, points: Sequence[tuple[float, float]], marker: str, size: float,
                **look: Any) -> None:
    axes.plot([x for x, _ in points], [y for _, y in points], linestyle="none", marker=marker,
              markersize=size, **look)


def _draw_section(axes: Axes, y: float, section: Section, lefts: Mapping[str, float],
                  points: Mapping[bool, list[tuple[float, float]]]) -> None:
    """Draw name and counts of a section, and add where its squares stand to the points."""
    axes.text(style.MARGIN, y, _section_name(section), size=style.LABEL, weight="bold", va="top")
    y += _NAME + _SQUARE / 2
    for status, left in lefts.items():
        sentences = _with_status(_sentences_of(section), status)
        axes.text(left + _NUMBER - 0.07, y, str(len(sentences) or "–"), size=style.SMALL,
                  ha="right", va="center", color=style.INK if sentences else style.SOFT)
        for place, sentence in enumerate(sentences):
            row, column = divmod(place, _COLUMNS[status][1])
            points[bool(sentence.attribution)].append(
                (left + _NUMBER + (column + 0.4) * _SQUARE, y + row * _SQUARE))
