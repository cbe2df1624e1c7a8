"""Who was listed under sanctions: terrorist groups, and people under the rules for Mali."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLUE,
    GRID,
    INK,
    LABEL,
    MARGIN,
    REPORT_DATE,
    SMALL,
    SOFT,
    VERMILLION,
    WIDTH,
    Sheet,
    plain_axes,
    plain_style,
    sheet,
    text_width,
    wrap,
)
from mali_course.core.datasets import rows
from mali_course.core.dates import year_fraction
from mali_course.core.formats import day, in_words, listed
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["designations"]

Row = Mapping[str, Any]

_TERRORISM, _MALI = "global terrorism", "Mali"
_UN, _US = "U.N.", "U.S."
# The two who list have a lane, a colour and a sign of their own.
_LOOKS = {_UN: (BLUE, "o"), _US: (VERMILLION, "s")}
_LANE, _GAP = 0.2, 0.08  # inches: height of a lane, space between rows
_NAMES = 1.22  # width of the names on the left
_REACH = WIDTH - 2 * MARGIN - _NAMES  # width of the axis


def _say(key: str, **fields: object) -> str:
    return say(f"charts_aid.designations.{key}", **fields)


def _regime(regime: str) -> list[Row]:
    return [row for row in rows("designations") if row["regime"] == regime]


def _lanes(own: Sequence[Row]) -> dict[str, list[list[Row]]]:
    """Return the rows by who is listed; of each, the lanes of the U.N. and of the U.S.

    The rules for Mali are one row: what they are is said beside each sign.
    """
    found: dict[str, list[Row]] = {}
    for row in sorted(own, key=lambda one: one["date"]):
        name = _say("rules") if row["kind"] == "rules" else _name(row)
        found.setdefault(name, []).append(row)
    return {name: _by_lane(mine) for name, mine in found.items()}


def _by_lane(own: Sequence[Row]) -> list[list[Row]]:
    """Return the rows of each who lists, a later step apart, so that words have room."""
    lanes: dict[tuple[int, bool], list[Row]] = {}
    for row in own:
        key = (list(_LOOKS).index(row["authority"]), row["event"] != "listed")
        lanes.setdefault(key, []).append(row)
    return [lanes[key] for key in sorted(lanes)]


def _name(row: Row) -> str:
    return str(row["who"][0].upper() + row["who"][1:])


def designations() -> Chart:
    """Draw two time lines: groups on terrorism lists, and people listed under rules for Mali.

    Examples
    --------
    >>> "report" in designations().reading
    True
    """
    every = rows("designations")
    sources = tuple(dict.fromkeys(row["source_id"] for row in every))
    panels = {regime: _lanes(_regime(regime)) for regime in (_TERRORISM, _MALI)}
    title = _say("title")
    with plain_style():
        figure = _draw(title, panels)
    return Chart(
        figure=figure,
        title=title,
        alt=_say("alt", terrorism=_alt(panels[_TERRORISM]), mali=_alt(panels[_MALI]),
                 date=day(REPORT_DATE)),
        reading=_reading(every),
        table=_table(every),
        sources=sources,
        note=_say("note"),
    )


def _date(row: Row) -> str:
    """Return a date as exact as its source gives it."""
    return str(row["date"].short())


def _at(row: Row) -> tuple[float, float]:
    """Return the first and the last point in time that a date can mean."""
    first = year_fraction(row["date"].first)
    return first, first + {"year": 1, "month": 1 / 12, "day": 0}[row["date"].precision]


def _alt(panel: Mapping[str, Sequence[Sequence[Row]]]) -> str:
    return "; ".join(
        _say("alt_row", name=name, events=listed(
            _say("alt_event", by=row["authority"], what=_measures(row), date=_date(row))
            for lane in lanes for row in lane))
        for name, lanes in panel.items()
    )


def _measures(row: Row) -> str:
    if row["kind"] == "group":
        return _say("listed_later" if row["after_report"] == "yes" else "listed")
    return str(row["event"])


def _reading(every: Sequence[Row]) -> str:
    groups = [row for row in every if row["kind"] == "group"]
    before = [row for row in groups if row["after_report"] != "yes"]
    both = {row["who"] for row in before if row["authority"] == _UN} & {
        row["who"] for row in before if row["authority"] == _US}
    people = [row for row in every if row["kind"] == "individuals" and row["event"] == "listed"]
    counts = {row["who"]: row for row in people}
    parts = [_say("reading_groups", date=day(REPORT_DATE),
                  count=in_words(len({row["who"] for row in before})), both=in_words(len(both)))]
    for who in counts:
        by = [row["authority"] for row in people if row["who"] == who]
        key = "reading_both" if len(by) > 1 else "reading_one"
        cites = dict.fromkeys(row["cites"] for row in people if row["who"] == who)
        parts.append(_say(key, who=_name(counts[who]), by=by[0], at=", ".join(cites)))
    later = [row for row in every if row["after_report"] == "yes"]
    parts += [_say("reading_later", who=row["who"], by=row["authority"]) for row in later]
    return " ".join(parts)


def _table(every: Sequence[Row]) -> Table:
    names = ("who", "authority", "regime", "event", "measures", "date", "precision", "count",
             "cites", "after_report", "source_id", "note")
    order = sorted(every, key=lambda row: (row["regime"] != _TERRORISM, row["date"]))
    shown = ({**row, "date": str(row["date"]), "precision": row["date"].precision} for row in order)
    cells = tuple(tuple(None if row[name] == "" else row[name] for name in names) for row in shown)
    return Table(_say("caption"), tuple(_say(f"col_{name}") for name in names), cells)


# --- The picture ------------------------------------------------------------------------------


def _height(panel: Mapping[str, Sequence[Sequence[Row]]]) -> float:
    return sum(len(lanes) * _LANE + _GAP for lanes in panel.values())


def _draw(title: str, panels: Mapping[str, Mapping[str, Sequence[Sequence[Row]]]]) -> Figure:
    above, below = 0.48, 0.28
    heights = [_height(panel) for panel in panels.values()]
    body = sum(heights) + (above + below) * len(heights) + 0.26
    page = sheet(title, _say("source"), body)
    top = 0.26
    for (regime, panel), height in zip(panels.items(), heights, strict=True):
        top += above
        axes = page.place(_NAMES + MARGIN, body - top - height, MARGIN, top)
        _panel(page, axes, regime, panel, height)
        top += height + below
    _legend(page, body)
    return page.figure


def _legend(page: Sheet, body: float) -> None:
    axes = page.place(0, body - 0.24, 0, 0)
    axes.set_axis_off()
    axes.set(xlim=(0, WIDTH), ylim=(0, 1), xticks=[], yticks=[])
    x = MARGIN + 0.08
    for by, (colour, marker) in _LOOKS.items():
        axes.plot([x], [0.45], marker, color=colour, markersize=8)
        words = _say("by_un" if by == _UN else "by_us")
        axes.text(x + 0.13, 0.45, words, size=SMALL, va="center")
        x += 0.38 + text_width(words, SMALL)


def _panel(page: Sheet, axes: Axes, regime: str, panel: Mapping[str, Sequence[Sequence[Row]]],
           height: float) -> None:
    every = [row for lanes in panel.values() for lane in lanes for row in lane]
    report = year_fraction(REPORT_DATE)
    first = int(min(_at(row)[0] for row in every))
    last = max(report, *(_at(row)[1] for row in every))
    margin = (last - first) * 0.03
    plain_axes(axes, grid="x")
    step = 4 if last - first > 8 else 1
    ticks = [year for year in range(first, int(last) + 1) if (2020 - year) % step == 0]
    axes.set(xlim=(first - margin, last + margin), ylim=(height, 0), yticks=[], xticks=ticks)
    axes.set_xticks(ticks, [str(year) for year in ticks])
    # Words above the axes, from the edge of the figure.
    axes.annotate(_say(f"panel_{'mali' if regime == _MALI else 'terrorism'}"), (0, 1),
                  (-_NAMES * 72, 23), xycoords="axes fraction", textcoords="offset points",
                  size=LABEL, weight="bold", va="center")
    axes.axvline(report, color=INK, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
    axes.annotate(say("charts.frame.report_date", date=day(REPORT_DATE)), (1, 1), (0, 8),
                  xycoords="axes fraction", textcoords="offset points", size=SMALL, ha="right",
                  va="center", weight="bold")
    scale = (last - first + 2 * margin) / _REACH  # years an inch
    y = 0.0
    for name, lanes in panel.items():
        if y:
            axes.plot([0, 1], [y] * 2, color=GRID, linewidth=0.8,
                      transform=axes.get_yaxis_transform())
        middle = y + _GAP / 2 + len(lanes) * _LANE / 2
        axes.annotate(wrap(name, _NAMES - 0.05, SMALL, "bold"), (0, middle), (-_NAMES * 72, 0),
                      xycoords=axes.get_yaxis_transform(), textcoords="offset points", size=SMALL,
                      weight="bold", va="center", linespacing=1.1)
        y += _GAP / 2
        for lane in lanes:
            _lane(axes, y + _LANE / 2, lane, scale, (first, last))
            y += _LANE
        y += _GAP / 2


def _lane(axes: Axes, y: float, lane: Sequence[Row], scale: float,
          span: tuple[int, float]) -> None:
    """Draw the signs of a lane, and their words on the side that has room."""
    for place, row in enumerate(lane):
        start, end = _at(row)
        colour, marker = _LOOKS[row["authority"]]
        later = row["after_report"] == "yes"
        if end - start > 0.5:  # a year: a bar as long as it
            axes.plot([start, end], [y, y], color=colour, linewidth=4, solid_capstyle="butt")
        axes.plot([(start + end) / 2], [y], marker, markersize=8, color=colour, zorder=3,
                  markerfacecolor="white" if later or row["kind"] == "rules" else colour,
                  markeredgewidth=1.7)
        words = _words(row)
        need = (text_width(words, SMALL) + 0.12) * scale
        free = start - (span[0] if not place else _at(lane[place - 1])[1])
        left = need < free
        axes.text((start - 0.1 * scale) if left else (end + 0.1 * scale), y, words, size=SMALL,
                  ha="right" if left else "left", va="center", color=SOFT if later else INK,
                  zorder=2, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6})


def _words(row: Row) -> str:
    if row["after_report"] == "yes":
        return _say("words_later", date=_date(row))
    if row["kind"] != "individuals":
        return _date(row)
    key = "words" if row["event"] == "listed" else "words_added"
    return _say(key, date=_date(row), what=row["measures"])
