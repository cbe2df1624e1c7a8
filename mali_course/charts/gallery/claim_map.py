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
from mali_course.core.statuses import status

__all__ = ["draw"]

_PROSE = chart_prose("claim-map")
_MARK = 0.155  # inches from one mark to the next
_NUMBER = 0.26  # inches for the number before the marks
_SIZES: Mapping[str, float] = {"s": 7.4, "o": 8.0, "^": 8.4, "D": 6.6, ">": 8.4}  # look alike large
_NAME, _LINE = style.LABEL * 1.4 / 72, style.SMALL * 1.35 / 72
_HEAD = 0.28
# A column a status: its width in inches, and how many marks stand side by side in it.
_COLUMNS: Mapping[str, tuple[float, int]] = {
    "fact": (1.35, 7), "estimate": (0.85, 3), "allegation": (0.98, 3), "judgement": (1.08, 5),
    "plan": (0.74, 3),
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


def _with_status(sentences: Sequence[Sentence], name: str) -> list[Sentence]:
    return [sentence for sentence in sentences if sentence.status == name]


def _with_others(sentences: Sequence[Sentence]) -> list[Sentence]:
    return [sentence for sentence in sentences if sentence.attribution]


def _name(name: str) -> str:
    return status(name).word.capitalize()


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
    cells = [(section, name, _with_status(_sentences_of(section), name))
             for section in sections() for name in _COLUMNS]
    return [{"section": _section_name(section), "status": _name(name),
             "count": len(sentences), "others": len(_with_others(sentences)),
             "who": _named_text(sentences)}
            for section, name, sentences in cells if sentences]


# --- The picture ------------------------------------------------------------------------------


def _section_height(section: Section) -> tuple[float, str]:
    """Return the inches that a section needs, and who is named in it, in lines."""
    sentences = _sentences_of(section)
    lines = max(-(-len(_with_status(sentences, name)) // across)
                for name, (_, across) in _COLUMNS.items())
    named = style.wrap(_named_text(sentences), style.WIDTH - 2 * style.MARGIN, style.SMALL)
    height = _NAME + lines * _MARK + 0.12
    return height + (named.count("\n") + 1) * _LINE * bool(named), named


def _draw_figure() -> Figure:
    parts = [(section, *_section_height(section)) for section in sections()]
    figure, axes = canvas.inch_canvas(_PROSE.title, _PROSE.source,
                                      _HEAD + sum(height for _, height, _ in parts))
    lefts, left = {}, style.MARGIN
    for name, (width, _) in _COLUMNS.items():
        lefts[name] = left
        # The mark before the name of the column is its legend.
        _draw_marks(axes, name, [(left + 0.06, 0.115)])
        axes.text(left + 0.15, 0.04, _name(name), size=style.SMALL, weight="bold", va="top")
        left += width
    # Where the marks stand of sentences that name nobody else, and of those that do.
    points: dict[tuple[str, bool], list[tuple[float, float]]] = {
        (name, others): [] for name in _COLUMNS for others in (False, True)
    }
    y = _HEAD
    for section, height, named in parts:
        canvas.draw_rule(axes, y - 0.05)
        _draw_section(axes, y, section, lefts, points)
        if named:
            axes.text(style.MARGIN, y + height - 0.1, named, size=style.SMALL, color=style.SOFT,
                      va="bottom", linespacing=1.2)
        y += height
    for (name, others), places in points.items():
        _draw_marks(axes, name, places, hollow=others)
    return figure


def _draw_marks(axes: Axes, name: str, points: Sequence[tuple[float, float]], *,
                hollow: bool = False) -> None:
    """Draw the marks of a status; white with a dot inside where somebody else is named."""
    kind = status(name)
    across, down = [x for x, _ in points], [y for _, y in points]
    look: dict[str, Any] = {"linestyle": "none", "marker": kind.marker,
                            "markersize": _SIZES[kind.marker], "markeredgecolor": kind.colour}
    if hollow:
        axes.plot(across, down, **look, markerfacecolor="white", markeredgewidth=1.6)
        axes.plot(across, down, linestyle="none", marker="o", markersize=2.6, color=style.INK)
    else:
        axes.plot(across, down, **look, markerfacecolor=kind.colour, markeredgewidth=0)


def _draw_section(axes: Axes, y: float, section: Section, lefts: Mapping[str, float],
                  points: Mapping[tuple[str, bool], list[tuple[float, float]]]) -> None:
    """Draw name and counts of a section, and add where its marks stand to the points."""
    axes.text(style.MARGIN, y, _section_name(section), size=style.LABEL, weight="bold", va="top")
    y += _NAME + _MARK / 2
    for name, left in lefts.items():
        sentences = _with_status(_sentences_of(section), name)
        axes.text(left + _NUMBER - 0.07, y, str(len(sentences) or "–"), size=style.SMALL,
                  ha="right", va="center", color=style.INK if sentences else style.SOFT)
        for place, sentence in enumerate(sentences):
            row, column = divmod(place, _COLUMNS[name][1])
            points[name, bool(sentence.attribution)].append(
                (left + _NUMBER + (column + 0.4) * _MARK, y + row * _MARK))
