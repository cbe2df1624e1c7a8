"""The charts of the class page, each with its text twin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts import style
from mali_course.charts.canvas import ChartTexts
from mali_course.charts.chart_base import Chart
from mali_course.core.formats import listed
from mali_course.core.table import Table
from mali_course.kit.results.class_statistics import LessonFigures
from mali_course.kit.results.figure_texts import percent, signed
from mali_course.kit.results.item_statistics import FEW, FEW_FOR_R, ItemFigures

__all__ = ["item_chart", "lesson_chart"]

_TEXTS = ChartTexts("kit_results.chart")

_ROW = 0.3  # inches a row
_LEFT, _MIDDLE = 0.72, 3.02  # where the two panels begin
_PANEL = 2.05  # their width
_HEAD, _FOOT = 0.42, 0.62  # above and below them

_DONE: Mapping[str, Any] = {"color": style.BLUE, "edgecolor": style.BLUE, "hatch": ""}
_FIRST: Mapping[str, Any] = {"color": "white", "edgecolor": style.GREEN, "hatch": "////"}
_USUAL: Mapping[str, Any] = {"marker": "o", "color": style.BLUE}
_TO_LOOK_AT: Mapping[str, Any] = {"marker": "D", "color": style.VERMILLION}
_OF_FEW: Mapping[str, Any] = {**_USUAL, "markerfacecolor": "white"}


def lesson_chart(begun: Sequence[LessonFigures], source: str, table: Table) -> Chart:
    """Draw how far the class is: two bars a lesson that somebody has begun."""
    with style.plain_style():
        figure = _draw_lessons(begun, source)
    furthest = max(begun, key=lambda lesson: lesson.shares[0])
    done, first = map(percent, furthest.shares)
    return Chart(
        figure=figure,
        title=_TEXTS("lessons_title"),
        alt=_TEXTS("lessons_alt", lessons=listed(lesson.id for lesson in begun)),
        reading=_TEXTS("lessons_reading", lesson=furthest.id, done=done, first=first,
                       begun=furthest.begun),
        table=table,
        sources=(source,),
    )


def _draw_lessons(begun: Sequence[LessonFigures], source: str) -> Figure:
    body = 0.55 + len(begun) * 0.66 + 0.3
    page = style.sheet(_TEXTS("lessons_title"), source, body)
    axes = page.place(style.MARGIN, 0.3, 0.6, 0.35)
    axes.set(xlim=(0, 1), ylim=(len(begun) - 0.35, -0.75), yticks=[])
    _percent_axis(axes, (0, 0.25, 0.5, 0.75, 1))
    for row, lesson in enumerate(begun):
        name = _TEXTS("lesson", id=lesson.id, title=lesson.title, begun=lesson.begun)
        axes.text(0, row - 0.36, name, size=style.LABEL, weight="bold", va="center",
                  path_effects=style.halo())
        looks = zip((-0.1, 0.16), lesson.shares, (_DONE, _FIRST), strict=True)
        for below, share, look in looks:
            axes.barh(row + below, share, height=0.24, **look)
            axes.text(share + 0.012, row + below, percent(share), size=style.SMALL, va="center",
                      color=style.ink(look["edgecolor"]))
    _draw_bar_key(page.place(style.MARGIN, body - 0.32, 0.1, 0.02))
    return page.figure


def _draw_bar_key(axes: Axes) -> None:
    axes.set(xlim=(0, style.WIDTH), ylim=(0, 1))
    axes.set_axis_off()
    for x, key, look in ((0.0, "done", _DONE), (1.6, "first", _FIRST)):
        axes.barh(0.5, 0.3, left=x, height=0.45, **look)
        axes.text(x + 0.4, 0.5, _TEXTS(key), size=style.SMALL, va="center")


def _percent_axis(axes: Axes, ticks: Sequence[float]) -> None:
    style.plain_axes(axes, grid="x")
    axes.set_xticks(ticks, [percent(tick) for tick in ticks], size=style.SMALL)


def item_chart(
    lesson: str, figures: Sequence[ItemFigures], source: str, table: Table
) -> Chart | None:
    """Draw difficulty and discrimination of a lesson's items; None where nobody tried any."""
    judged = [row for row in figures if row.right is not None]
    if not judged:
        return None
    heading = _TEXTS("items_title", lesson=lesson)
    with style.plain_style():
        figure = _draw_items(heading, judged, source)
    by_share = sorted(judged, key=lambda row: row.right.value if row.right else 0)
    with_r = [row for row in judged if row.r_interval]
    low, high = _share_text(by_share[0]), _share_text(by_share[-1])
    return Chart(
        figure=figure,
        title=heading,
        alt=_TEXTS("items_alt", count=len(judged), lesson=lesson, low=low, high=high,
                   discrimination=_discrimination_text(with_r)),
        reading=_reading(by_share, with_r),
        table=table,
        sources=(source,),
    )


def _share_text(row: ItemFigures) -> str:
    return _TEXTS("named", id=row.item.id, value=percent(row.right.value) if row.right else "")


def _discrimination_text(with_r: Sequence[ItemFigures]) -> str:
    if not with_r:
        return _TEXTS("alt_no_r", few=FEW_FOR_R)
    low, high = (end(with_r, key=lambda row: row.r or 0) for end in (min, max))
    return _TEXTS("alt_r", low=low.item.id, low_r=signed(low.r or 0), high=high.item.id,
                  high_r=signed(high.r or 0))


def _reading(by_share: Sequence[ItemFigures], with_r: Sequence[ItemFigures]) -> str:
    most = max(row.right.count for row in by_share if row.right)
    if most < FEW:
        return _TEXTS("reading_few", most=most, few=FEW)
    parts = [_TEXTS("reading", low=_share_text(by_share[0]), high=_share_text(by_share[-1]))]
    for key in ("against", "weak", "hard"):
        ids = sorted(row.item.id for row in by_share if key in row.notes)
        if ids:
            parts.append(_TEXTS(f"reading_{key}", items=listed(ids)))
    if not with_r:
        parts.append(_TEXTS("alt_no_r", few=FEW_FOR_R))
    return " ".join(parts)


def _draw_items(heading: str, judged: Sequence[ItemFigures], source: str) -> Figure:
    body = _HEAD + len(judged) * _ROW + _FOOT
    page = style.sheet(heading, source, body)
    low = page.place(_LEFT, _FOOT, style.WIDTH - _LEFT - _PANEL, _HEAD)
    high = page.place(_MIDDLE, _FOOT, style.WIDTH - _MIDDLE - _PANEL, _HEAD)
    for axes in (low, high):
        axes.set(ylim=(len(judged) - 0.5, -0.5), yticks=[])
    low.set_xlim(-0.03, 1.03)
    high.set_xlim(-0.65, 1.03)
    _percent_axis(low, (0, 0.5, 1))
    style.plain_axes(high, grid="x")
    high.set_xticks((-0.5, 0, 0.5, 1), ["−0.5", "0", "0.5", "1"], size=style.SMALL)
    high.axvline(0, color=style.SOFT, linewidth=1)
    for axes, key in ((low, "difficulty"), (high, "discrimination")):
        title = style.wrap(_TEXTS(key), _PANEL, style.LABEL, "bold")
        axes.set_title(title, size=style.LABEL, weight="bold", loc="left", pad=6)
    for place, row in enumerate(judged):
        _draw_item(low, high, place, row)
    _draw_dot_key(page.place(style.MARGIN, 0.0, style.MARGIN, body - 0.34))
    return page.figure


def _draw_item(low: Axes, high: Axes, place: int, row: ItemFigures) -> None:
    low.text(-0.08, place, row.item.id, size=style.LABEL, ha="right", va="center", color=style.INK)
    assert row.right is not None
    _draw_dot(low, place, row.right.value, (row.right.low, row.right.high), _look(row, "hard"))
    if row.r is not None and row.r_interval:
        _draw_dot(high, place, row.r, row.r_interval, _look(row, "against", "weak"))
    else:
        text = _TEXTS("all_alike" if row.r_count >= FEW_FOR_R else "too_few")
        high.text(0.05, place, text, size=style.SMALL, color=style.SOFT, va="center")


def _look(row: ItemFigures, *keys: str) -> Mapping[str, Any]:
    if "few" in row.notes:
        return _OF_FEW
    return _TO_LOOK_AT if any(key in row.notes for key in keys) else _USUAL


def _draw_dot(axes: Axes, place: float, value: float, ends: tuple[float, float],
              look: Mapping[str, Any]) -> None:
    axes.plot(ends, (place, place), color=look["color"], linewidth=1.6, solid_capstyle="butt",
              clip_on=True)
    axes.plot([value], [place], linestyle="", markersize=7, markeredgewidth=1.5, **look)


def _draw_dot_key(axes: Axes) -> None:
    axes.set(xlim=(0, style.WIDTH - 2 * style.MARGIN), ylim=(0, 1))
    axes.set_axis_off()
    x = 0.0
    for look, key in ((_USUAL, "usual"), (_TO_LOOK_AT, "look"), (_OF_FEW, "few")):
        axes.plot([x, x + 0.26], [0.5, 0.5], color=look["color"], linewidth=1.6)
        axes.plot([x + 0.13], [0.5], linestyle="", markersize=7, markeredgewidth=1.5, **look)
        words = _TEXTS(f"legend_{key}", few=FEW)
        axes.text(x + 0.36, 0.5, words, size=style.SMALL, va="center")
        x += 0.56 + style.text_width(words, style.SMALL)
    axes.axhline(1, color=style.GRID, linewidth=0.8)
