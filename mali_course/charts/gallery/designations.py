"""Who was listed under sanctions: terrorist groups, and people under the rules for Mali."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows
from mali_course.core.dates import year_fraction

__all__ = ["draw"]

# Of each who is listed, the rows of the U.N. and those of the U.S., a later step apart.
Panel = Mapping[str, Sequence[Sequence[Row]]]

_PROSE = chart_prose("designations")
_REGIMES = ("global terrorism", "Mali")  # a panel each
# The two who list have a lane, a colour and a sign of their own.
_LOOKS = {"U.N.": (style.BLUE, "o"), "U.S.": (style.VERMILLION, "s")}
_LENGTHS = {"day": 0.0, "month": 1 / 12, "year": 1.0}  # years that a date can mean
_LANE, _GAP = 0.2, 0.08  # inches: height of a lane, space between rows
_ABOVE, _BELOW, _KEY = 0.48, 0.28, 0.26  # inches: above and below a panel, and for the key
_NAMES = 1.22  # width of the names on the left
_REACH = style.WIDTH - 2 * style.MARGIN - _NAMES  # width of the axis


def draw() -> Chart:
    """Draw two time lines: groups on terrorism lists, and people listed under rules for Mali.

    Examples
    --------
    >>> "report" in draw().reading
    True
    """
    listings = sorted(rows("designations"), key=lambda row: row["date"])
    listings.sort(key=lambda row: _REGIMES.index(row["regime"]))
    panels = {regime: _panel_lanes(row for row in listings if row["regime"] == regime)
              for regime in _REGIMES}
    return _PROSE.chart_of(_draw_panels(panels), listings,
                           precision=lambda row: row["date"].precision,
                           sources=canvas.sources_of(rows("designations")))


def _panel_lanes(listings: Iterable[Row]) -> Panel:
    """Return the lanes by who is listed; the listings are in the order of time.

    The rules for Mali are one row: what they are is said beside each sign.
    """
    panel: dict[str, dict[tuple[int, bool], list[Row]]] = {}
    for row in listings:
        who = _PROSE.label("rules") if row["kind"] == "rules" else row["who"]
        lane = (list(_LOOKS).index(row["authority"]), row["event"] != "listed")
        panel.setdefault(who[0].upper() + who[1:], {}).setdefault(lane, []).append(row)
    return {name: [lanes[lane] for lane in sorted(lanes)] for name, lanes in panel.items()}


def _date_text(row: Row) -> str:
    return str(row["date"].short())


def _is_later(row: Row) -> bool:
    return bool(row["after_report"] == "yes")


def _time_span(row: Row) -> tuple[float, float]:
    """Return the first and the last point in time that a date can mean."""
    first = year_fraction(row["date"].first)
    return first, first + _LENGTHS[row["date"].precision]


# --- The picture ------------------------------------------------------------------------------


def _draw_panels(panels: Mapping[str, Panel]) -> Figure:
    heights = {regime: sum(len(lanes) * _LANE + _GAP for lanes in panel.values())
               for regime, panel in panels.items()}
    body = sum(heights.values()) + (_ABOVE + _BELOW) * len(heights) + _KEY
    page = style.sheet(_PROSE.title, _PROSE.source, body)
    top = _KEY
    for regime, panel in panels.items():
        top += _ABOVE
        axes = page.place(_NAMES + style.MARGIN, body - top - heights[regime], style.MARGIN, top)
        _draw_panel(axes, _PROSE.labels[regime], panel, heights[regime])
        top += heights[regime] + _BELOW
    _draw_key(canvas.inch_axes(page, 0.24, bottom=body - 0.24))
    return page.figure


def _draw_key(axes: Axes) -> None:
    labels = [_PROSE.labels[authority] for authority in _LOOKS]
    places = canvas.draw_key_labels(axes, labels, style.MARGIN + 0.08, 0.132, indent=0.13,
                                    step=0.38)
    for x, (colour, marker) in zip(places, _LOOKS.values(), strict=True):
        axes.plot([x], [0.132], marker, color=colour, markersize=8)


def _draw_panel(axes: Axes, heading: str, panel: Panel, height: float) -> None:
    spans = [_time_span(row) for lanes in panel.values() for lane in lanes for row in lane]
    first = int(min(start for start, _ in spans))
    last = max(canvas.REPORT_AT, *(end for _, end in spans))
    margin = (last - first) * 0.03
    style.plain_axes(axes, grid="x")
    step = 4 if last - first > 8 else 1
    ticks = [year for year in range(first, int(last) + 1) if (2020 - year) % step == 0]
    axes.set(xlim=(first - margin, last + margin), ylim=(height, 0), yticks=[], xticks=ticks)
    axes.set_xticks(ticks, [str(year) for year in ticks])
    # Words above the axes, from the edge of the figure.
    canvas.draw_label(axes, heading, (0, 1), (-_NAMES * 72, 23), "axes", size=style.LABEL,
                      weight="bold", va="center")
    canvas.draw_report_line(axes, zorder=1)
    canvas.draw_label(axes, canvas.report_label(), (1, 1), (0, 8), "axes", size=style.SMALL,
                      ha="right", va="center", weight="bold")
    scale = (last - first + 2 * margin) / _REACH  # years an inch
    y = 0.0
    for name, lanes in panel.items():
        if y:
            axes.plot([0, 1], [y] * 2, color=style.GRID, linewidth=0.8,
                      transform=axes.get_yaxis_transform())
        canvas.draw_label(
            axes, style.wrap(name, _NAMES - 0.05, style.SMALL, "bold"),
            (0, y + _GAP / 2 + len(lanes) * _LANE / 2), (-_NAMES * 72, 0), "beside",
            size=style.SMALL, weight="bold", va="center", linespacing=1.1)
        for place, lane in enumerate(lanes):
            _draw_lane(axes, y + _GAP / 2 + (place + 0.5) * _LANE, lane, scale, first)
        y += _GAP + len(lanes) * _LANE


def _draw_lane(axes: Axes, y: float, lane: Sequence[Row], scale: float, first: int) -> None:
    """Draw the signs of a lane, and their words on the side that has room."""
    taken: float = first
    for row in lane:
        start, end = _time_span(row)
        colour, marker = _LOOKS[row["authority"]]
        if end - start > 0.5:  # a year: a bar as long as it
            axes.plot([start, end], [y, y], color=colour, linewidth=4, solid_capstyle="butt")
        hollow = _is_later(row) or row["kind"] == "rules"
        axes.plot([(start + end) / 2], [y], marker, markersize=8, color=colour, zorder=3,
                  markerfacecolor="white" if hollow else colour, markeredgewidth=1.7)
        words = _sign_text(row)
        left = (style.text_width(words, style.SMALL) + 0.12) * scale < start - taken
        axes.text((start - 0.1 * scale) if left else (end + 0.1 * scale), y, words,
                  size=style.SMALL, ha="right" if left else "left", va="center", zorder=2,
                  color=style.SOFT if _is_later(row) else style.INK, bbox=canvas.white_box(0.6))
        taken = end


def _sign_text(row: Row) -> str:
    if _is_later(row):
        return _PROSE.label("words_later", date=_date_text(row))
    if row["kind"] != "individuals":
        return _date_text(row)
    key = "words" if row["event"] == "listed" else "words_added"
    return _PROSE.label(key, date=_date_text(row), what=row["measures"])
