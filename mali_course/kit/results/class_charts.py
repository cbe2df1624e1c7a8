"""The charts of the class page, each with its text twin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLUE,
    GREEN,
    GRID,
    INK,
    LABEL,
    MARGIN,
    SMALL,
    SOFT,
    VERMILLION,
    WIDTH,
    halo,
    ink,
    plain_axes,
    plain_style,
    sheet,
    text_width,
    wrap,
)
from mali_course.core.formats import listed
from mali_course.core.messages import say
from mali_course.core.table import Table
from mali_course.kit.results.item_statistics import (
    FEW,
    FEW_FOR_R,
    ItemFigures,
    LessonFigures,
    correlation_interval,
)

__all__ = ["ClassChart", "item_chart", "lesson_chart", "percent"]

_ROW = 0.3  # inches a row
_LEFT, _MIDDLE = 0.72, 3.02  # where the two panels begin
_PANEL = 2.05  # their width
_HEAD, _FOOT = 0.42, 0.62  # above and below them


@dataclass(frozen=True, eq=False)
class ClassChart(Chart):
    """A chart of a class: its source is the files of the class, not the bibliography."""

    def caption_html(self) -> str:
        """Return what stands below the picture: what to see in it, and where the data is from."""
        see = f"<strong>{escape(say('charts.frame.see'))}</strong> {escape(self.reading)}"
        return "<br>".join([see, f"<small>{escape(self.sources[0])}</small>"])

    def to_html(self, **parts: Any) -> str:
        """Return the chart with its table below it: a teacher reads both, also in print."""
        caption = f'<figcaption style="line-height:1.5">{self.caption_html()}</figcaption>'
        figure = f'<figure class="mali-chart">{self.picture_html()}{caption}</figure>'
        return figure + self.table.to_html()


def percent(value: float) -> str:
    """Return a share in percent; only all is 100, and only none is 0.

    Examples
    --------
    >>> percent(0.5), percent(0.999), percent(0.001)
    ('50%', '99%', '1%')
    """
    rounded = round(100 * value)
    if value not in (0, 1):
        rounded = min(99, max(1, rounded))
    return say("kit_results.format.percent", number=rounded)


def _say(key: str, **fields: object) -> str:
    return say(f"kit_results.chart.{key}", **fields)


def lesson_chart(figures: Sequence[LessonFigures], source: str, table: Table) -> ClassChart:
    """Draw how far the class is: two bars a lesson that somebody has begun."""
    begun = [one for one in figures if one.begun]
    with plain_style():
        figure = _draw_lessons(begun, source)
    furthest = max(begun, key=lambda one: one.done / one.count)
    return ClassChart(
        figure=figure,
        title=_say("lessons_title"),
        alt=_say("lessons_alt", lessons=listed(one.id for one in begun)),
        reading=_say("lessons_reading", lesson=furthest.id,
                     done=percent(furthest.done / furthest.count),
                     first=percent(furthest.first / max(1, furthest.graded)),
                     begun=furthest.begun),
        table=table,
        sources=(source,),
    )


def _draw_lessons(begun: Sequence[LessonFigures], source: str) -> Figure:
    body = 0.55 + len(begun) * 0.66 + 0.3
    page = sheet(_say("lessons_title"), source, body)
    axes = page.place(MARGIN, 0.3, 0.6, 0.35)
    axes.set(xlim=(0, 1), ylim=(len(begun) - 0.35, -0.75), yticks=[])
    _percent_axis(axes)
    for row, one in enumerate(begun):
        axes.text(0, row - 0.36, _say("lesson", id=one.id, title=one.title, begun=one.begun),
                  size=LABEL, weight="bold", va="center", path_effects=halo())
        shares = (one.done / one.count, one.first / max(1, one.graded))
        for at, value, colour, hatch in zip((-0.1, 0.16), shares, (BLUE, GREEN), ("", "////"),
                                            strict=True):
            axes.barh(row + at, value, height=0.24, color=colour if not hatch else "white",
                      edgecolor=colour, hatch=hatch)
            axes.text(value + 0.012, row + at, percent(value), size=SMALL, va="center",
                      color=ink(colour))
    top = page.place(MARGIN, body - 0.32, 0.1, 0.02)
    top.set(xlim=(0, WIDTH), ylim=(0, 1))
    top.set_axis_off()
    for x, key, colour, hatch in ((0.0, "done", BLUE, ""), (1.6, "first", GREEN, "////")):
        top.barh(0.5, 0.3, left=x, height=0.45, color=colour if not hatch else "white",
                 edgecolor=colour, hatch=hatch)
        top.text(x + 0.4, 0.5, _say(key), size=SMALL, va="center")
    return page.figure


def _percent_axis(axes: Axes) -> None:
    plain_axes(axes, grid="x")
    ticks = (0, 0.25, 0.5, 0.75, 1)
    axes.set_xticks(ticks, [percent(tick) for tick in ticks], size=SMALL)


def item_chart(
    lesson: str, figures: Sequence[ItemFigures], source: str, table: Table
) -> ClassChart | None:
    """Draw difficulty and discrimination of a lesson's items; None where nobody tried any."""
    judged = [one for one in figures if one.right is not None]
    if not judged:
        return None
    heading = _say("items_title", lesson=lesson)
    with plain_style():
        figure = _draw_items(heading, judged, source)
    order = sorted(judged, key=lambda one: one.right.value if one.right else 0)
    shown = [one for one in judged if one.r is not None and one.r_count >= FEW_FOR_R]
    return ClassChart(
        figure=figure,
        title=heading,
        alt=_say("items_alt", count=len(judged), lesson=lesson, low=_named(order[0]),
                 high=_named(order[-1]), discrimination=_alt_of_r(shown)),
        reading=_reading(order, shown),
        table=table,
        sources=(source,),
    )


def _named(one: ItemFigures) -> str:
    value = percent(one.right.value) if one.right else ""
    return _say("named", id=one.item.id, value=value)


def _alt_of_r(shown: Sequence[ItemFigures]) -> str:
    if not shown:
        return _say("alt_no_r", few=FEW_FOR_R)
    low, high = (end(shown, key=lambda one: one.r or 0) for end in (min, max))
    return _say("alt_r", low=low.item.id, low_r=signed(low.r), high=high.item.id,
                high_r=signed(high.r))


def signed(value: float | None) -> str:
    """Return a correlation with two places and a real minus sign.

    Examples
    --------
    >>> signed(-0.25)
    '−0.25'
    """
    return f"{value:.2f}".replace("-", "−") if value is not None else "–"


def _reading(order: Sequence[ItemFigures], shown: Sequence[ItemFigures]) -> str:
    most = max(one.right.count for one in order if one.right)
    if most < FEW:
        return _say("reading_few", most=most, few=FEW)
    parts = [_say("reading", low=_named(order[0]), high=_named(order[-1]))]
    flagged = {key: [one.item.id for one in order if key in one.notes]
               for key in ("against", "weak", "hard")}
    parts += [_say(f"reading_{key}", items=listed(sorted(ids))) for key, ids in flagged.items()
              if ids]
    if not shown:
        parts.append(_say("alt_no_r", few=FEW_FOR_R))
    return " ".join(parts)


def _draw_items(heading: str, judged: Sequence[ItemFigures], source: str) -> Figure:
    body = _HEAD + len(judged) * _ROW + _FOOT
    page = sheet(heading, source, body)
    right = WIDTH - _LEFT - _PANEL
    low = page.place(_LEFT, _FOOT, right, _HEAD)
    high = page.place(_MIDDLE, _FOOT, WIDTH - _MIDDLE - _PANEL, _HEAD)
    for axes in (low, high):
        axes.set(ylim=(len(judged) - 0.5, -0.5), yticks=[])
    low.set_xlim(-0.03, 1.03)
    high.set_xlim(-0.65, 1.03)
    _percent_axis(low)
    low.set_xticks((0, 0.5, 1), [percent(tick) for tick in (0, 0.5, 1)], size=SMALL)
    plain_axes(high, grid="x")
    high.set_xticks((-0.5, 0, 0.5, 1), [signed(t).rstrip("0").rstrip(".") for t in
                                        (-0.5, 0, 0.5, 1)], size=SMALL)
    high.axvline(0, color=SOFT, linewidth=1)
    for axes, key in ((low, "difficulty"), (high, "discrimination")):
        axes.set_title(wrap(_say(key), _PANEL, LABEL, "bold"), size=LABEL, weight="bold",
                       loc="left", pad=6)
    for row, one in enumerate(judged):
        low.text(-0.08, row, one.item.id, size=LABEL, ha="right", va="center", color=INK)
        assert one.right is not None
        _dot(low, row, one.right.value, (one.right.low, one.right.high),
             _mark(one, ("hard",)))
        if one.r is not None and one.r_count >= FEW_FOR_R:
            _dot(high, row, one.r, correlation_interval(one.r, one.r_count),
                 _mark(one, ("against", "weak")))
        else:
            high.text(0.05, row, _say("all_alike" if one.r_count >= FEW_FOR_R else "too_few"),
                      size=SMALL, color=SOFT, va="center")
    _legend(page.place(MARGIN, 0.0, MARGIN, body - 0.34))
    return page.figure


def _mark(one: ItemFigures, keys: Sequence[str]) -> Mapping[str, Any]:
    if "few" in one.notes:
        return {"marker": "o", "color": BLUE, "markerfacecolor": "white"}
    if any(key in one.notes for key in keys):
        return {"marker": "D", "color": VERMILLION}
    return {"marker": "o", "color": BLUE}


def _dot(axes: Axes, row: float, value: float, ends: tuple[float, float],
         look: Mapping[str, Any]) -> None:
    axes.plot(ends, (row, row), color=look["color"], linewidth=1.6, solid_capstyle="butt",
              clip_on=True)
    axes.plot([value], [row], linestyle="", markersize=7, markeredgewidth=1.5, **look)


def _legend(axes: Axes) -> None:
    axes.set(xlim=(0, WIDTH - 2 * MARGIN), ylim=(0, 1))
    axes.set_axis_off()
    looks: tuple[dict[str, Any], ...] = ({"marker": "o", "color": BLUE},
                                         {"marker": "D", "color": VERMILLION},
                                         {"marker": "o", "color": BLUE, "markerfacecolor": "white"})
    x = 0.0
    for look, key in zip(looks, ("usual", "look", "few"), strict=True):
        axes.plot([x, x + 0.26], [0.5, 0.5], color=look["color"], linewidth=1.6)
        axes.plot([x + 0.13], [0.5], linestyle="", markersize=7, markeredgewidth=1.5, **look)
        words = _say(f"legend_{key}", few=FEW)
        axes.text(x + 0.36, 0.5, words, size=SMALL, va="center")
        x += 0.56 + text_width(words, SMALL)
    axes.axhline(1, color=GRID, linewidth=0.8)
