"""The two coalitions of the accord: members, groups that broke away, fights and truces by date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows
from mali_course.core.dates import PartialDate, year_fraction
from mali_course.core.formats import listed

__all__ = ["draw"]

_PROSE = chart_prose("coalitions")
_SIDES = {"CMA": style.BLUE, "Platform": style.GREEN}
_ROOM = style.WIDTH - 2 * style.MARGIN
_ROW = 0.24  # inches between the names of members
_GAP = 0.62  # between the two coalitions, where lines join the wings of a group
_BOX = (_ROOM - _GAP) / 2
_SPLIT_ROW = 0.25  # between the groups that broke away
_STRIP = 0.4  # between the strips of time
_LEGEND = 0.46
_TICKS = 0.26  # below the strips, for the years
_LINE, _HIGH_LINE, _SMALL_LINE = (  # heights of a line of text
    size * 1.32 / 72 for size in (style.LABEL, style.LABEL + 2, style.SMALL))
_HEAD = 0.1 + _HIGH_LINE + 2 * _SMALL_LINE + 0.04  # above the members in a box
# Opponents of the CMA and of GATIA that have a strip of time of their own, the rarest first:
# an entry belongs to the first that it names. GATIA stands for the Platform.
_OPPONENTS = {
    "Islamic State": "strip_is", "Government": "strip_government", "MSA": "strip_msa",
    "GATIA": "strip_platform", "Platform": "strip_platform", "MAA": "strip_maa",
}
_STRIPS = ("strip_government", "strip_platform", "strip_msa", "strip_maa", "strip_is")
_FIGHT, _TRUCE, _SPLIT, _SIGNING, _FOUNDING = "fight", "ceasefire", "split", "signing", "founding"
_MARKS: Mapping[str, Mapping[str, Any]] = {
    _FIGHT: {"marker": "X", "markersize": 9, "color": style.BLACK, "markeredgecolor": "white",
             "markeredgewidth": 0.9},
    _TRUCE: {"marker": "d", "markersize": 9, "color": "white", "markeredgecolor": style.BLUE,
             "markeredgewidth": 1.7},
    _FOUNDING: {"marker": "^", "markersize": 8, "color": style.PURPLE},
    _SIGNING: {"marker": "s", "markersize": 6.5, "color": style.GREEN, "markeredgecolor": "white",
               "markeredgewidth": 0.9},
}
_STRIPED: Mapping[str, Any] = {"facecolor": "white", "edgecolor": style.VERMILLION,
                               "hatch": "////", "linewidth": 1}


def draw() -> Chart:
    """Draw the coalitions of the accord, and when their members fought, made truces and split.

    Examples
    --------
    >>> "CMA" in draw().reading
    True
    """
    return _PROSE.chart_of(_draw_figure(), _table_rows(), sources=canvas.sources_of(
        rows("coalitions"), rows("coalition_events")))


# --- Reading the tables -----------------------------------------------------------------------


def _side_members(side: str) -> list[Row]:
    return [row for row in rows("coalitions")
            if row["coalition"] == side and row["kind"] == "member"]


def _events_of(*kinds: str) -> list[Row]:
    return [row for row in rows("coalition_events") if row["kind"] in kinds]


def _parties_of(row: Row) -> list[str]:
    return [str(party) for party in row["parties"].split("; ")]


def _stem_of(group: str) -> str:
    """Return what two wings of a group have in common, such as "MAA"."""
    return re.sub(r" \(.*\)$|-\d$", "", group)


def _strip_of(row: Row) -> str:
    """Return the strip of time to which a fight or a truce belongs."""
    parties = _parties_of(row)
    return next(strip for opponent, strip in _OPPONENTS.items() if opponent in parties)


def _is_yearly(row: Row) -> bool:
    return bool(row["date"].precision == "year")


@dataclass(frozen=True)
class _Split:
    """A group that people announced who had left others."""

    date: PartialDate
    group: str
    left: tuple[str, ...]

    @property
    def left_words(self) -> str:
        """Say what they had left; both coalitions in one word."""
        return _PROSE.label("both_coalitions") if set(self.left) == set(_SIDES) else (
            listed(self.left))


def _dated_splits() -> list[_Split]:
    splits = []
    for row in _events_of(_SPLIT):
        group, *left = _parties_of(row)
        splits.append(_Split(row["date"], group, tuple(left)))
    return sorted(splits, key=lambda split: split.date)


def _paired_members() -> list[tuple[Row | None, Row | None]]:
    """Return the members of both side by side; wings of one group share a line."""
    left, right = map(_side_members, _SIDES)
    pairs = [(row, other) for row in left for other in right
             if _stem_of(row["group"]) == _stem_of(other["group"])]
    paired = [row for pair in pairs for row in pair]
    alone: list[list[Row | None]] = [
        [row for row in members if row not in paired] for members in (left, right)
    ]
    longest = max(map(len, alone))
    for members in alone:
        members.extend([None] * (longest - len(members)))
    return [*zip(*alone, strict=True), *pairs]


def _table_rows() -> list[Row]:
    """Return the events in the order of time, and then the groups."""
    events = [row | {"who": row["parties"],
                     "what": _PROSE.labels.get(f"kind_{row['kind']}", row["kind"])}
              for row in sorted(rows("coalition_events"), key=lambda row: row["date"])]
    groups = [row | {"who": row["group"], "what": _standing_words(row), "date": row["since"],
                     "event": _full_name(row)}
              for row in rows("coalitions")]
    return [*events, *groups]


def _standing_words(row: Row) -> str:
    key = row["kind"] if row["kind"] in ("coalition", "member") else "outside"
    return _PROSE.label(f"is_{key}", coalition=row["coalition"], kind=row["kind"])


def _full_name(row: Row) -> str:
    if not row["broke_from"]:
        return str(row["name"])
    return _PROSE.label("broke_from", name=row["name"], group=row["broke_from"])


# --- The groups -------------------------------------------------------------------------------


def _draw_figure() -> Figure:
    upper = (_LINE + 0.08 + _HEAD + _ROW * len(_paired_members()) + 0.2
             + _LINE + 0.06 + _SPLIT_ROW * len(_dated_splits())
             + 2 * _SMALL_LINE + 0.22)
    body = upper + 0.36 + _STRIP * (len(_STRIPS) + 1) + _TICKS + _LEGEND
    page = style.sheet(_PROSE.title, _PROSE.source, body)
    _draw_groups(canvas.inch_axes(page, upper, bottom=body - upper))
    _draw_time(page.place(style.MARGIN, _LEGEND + _TICKS, style.MARGIN, upper + 0.36))
    _draw_legend(canvas.inch_axes(page, _LEGEND, top=body - _LEGEND))
    return page.figure


def _draw_groups(axes: Axes) -> None:
    since = [row["since"].year for side in _SIDES for row in _side_members(side)]
    axes.text(style.MARGIN, 0, _PROSE.label("panel_groups", first=min(since), last=max(since)),
              size=style.LABEL, weight="bold", va="top")
    top, pairs = _LINE + 0.08, _paired_members()
    height = _HEAD + _ROW * len(pairs) + 0.1
    lefts = [style.MARGIN + place * (_BOX + _GAP) for place in range(2)]
    for side, left, line in zip(_SIDES, lefts, ("-", (0, (6, 2))), strict=True):
        axes.add_artist(FancyBboxPatch(
            (left, top), _BOX, height, boxstyle="round,pad=0,rounding_size=0.07",
            mutation_aspect=1, facecolor="white", edgecolor=_SIDES[side], linewidth=2,
            linestyle=line))
        _draw_head(axes, left, top + 0.08, side)
    y = top + _HEAD + _ROW / 2
    for pair in pairs:
        for left, row in zip(lefts, pair, strict=True):
            if row is not None:
                _draw_member(axes, left, y, row)
        if all(pair) and len({_stem_of(row["group"]) for row in pair if row}) == 1:
            _draw_bracket(axes, y)
        y += _ROW
    y = _draw_splits(axes, top + height + 0.1)
    jihadist = [row["group"] for row in rows("coalitions") if row["kind"] == "designated jihadist"]
    axes.text(style.MARGIN, y, style.wrap(_PROSE.label("out", groups=listed(jihadist)), _ROOM,
                                          style.SMALL), size=style.SMALL, va="top", linespacing=1.2)


def _draw_bracket(axes: Axes, y: float) -> None:
    """Join the two wings of a group."""
    axes.annotate("", (style.MARGIN + _BOX + _GAP + 0.04, y), (style.MARGIN + _BOX - 0.04, y),
                  arrowprops={"arrowstyle": "|-|,widthA=0.25,widthB=0.25", "color": style.SOFT,
                              "linewidth": 1.3, "shrinkA": 0, "shrinkB": 0}, zorder=4)


def _draw_head(axes: Axes, left: float, y: float, side: str) -> None:
    axes.text(left + 0.1, y, side, size=style.LABEL + 2, weight="bold",
              color=style.ink(_SIDES[side]), va="top")
    y += _HIGH_LINE
    (formed,) = (row["since"] for row in rows("coalitions") if row["group"] == side)
    # Of several signatures the last one counts.
    signed = max(row["date"] for row in _events_of(_SIGNING) if side in _parties_of(row))
    for key, date in (("formed", formed), ("signed", signed)):
        axes.text(left + 0.1, y, _PROSE.label(key, date=date.short()),
                  size=style.SMALL, va="top")
        y += _SMALL_LINE


def _draw_member(axes: Axes, left: float, y: float, row: Row) -> None:
    group, is_wing = row["group"], "(" in row["group"]
    axes.text(left + 0.1, y, _stem_of(group) if is_wing else group, size=style.LABEL,
              weight="bold", va="center")
    joined = [event["date"] for event in _events_of("joining") if _parties_of(event)[0] == group]
    if joined or is_wing:
        words = _PROSE.label("since", date=joined[0].short()) if joined else (
            _PROSE.label("wing"))
        axes.text(left + 0.66, y, words, size=style.SMALL, color=style.SOFT, va="center")


def _draw_splits(axes: Axes, y: float) -> float:
    """List the groups that broke away, and return where the list ends."""
    axes.text(style.MARGIN, y, _PROSE.label("panel_splits"), size=style.LABEL, weight="bold",
              va="top")
    y += _LINE + 0.06 + _SPLIT_ROW / 2
    for split in _dated_splits():
        axes.text(style.MARGIN, y, split.date.short(), size=style.SMALL, va="center",
                  color=style.SOFT)
        axes.text(style.MARGIN + 0.95, y, _PROSE.label("left", groups=split.left_words),
                  size=style.LABEL, va="center")
        axes.annotate("", (style.MARGIN + 3.05, y), (style.MARGIN + 2.7, y),
                      arrowprops={"arrowstyle": "-|>", "color": style.INK, "linewidth": 1.2,
                                  "shrinkA": 0, "shrinkB": 0})
        axes.text(style.MARGIN + 3.13, y, split.group, size=style.LABEL, weight="bold",
                  va="center")
        axes.text(style.MARGIN + 3.6, y, _next_words(split.group), size=style.SMALL,
                  color=style.SOFT, va="center")
        y += _SPLIT_ROW
    return y - _SPLIT_ROW / 2 + 0.06


def _next_words(group: str) -> str:
    """Say where a group that broke away stood next: in a coalition, in both or outside."""
    years = {row["coalition"]: row["since"].year for row in rows("coalitions")
             if row["since"] and _stem_of(row["group"]) == group}
    inside = [side for side in _SIDES if side in years]
    if not inside:
        return _PROSE.label("next_outside")
    return _PROSE.label("next_both" if len(inside) == 2 else "next_in",
                        year=min(years[side] for side in inside), side=inside[0])


# --- Time -------------------------------------------------------------------------------------


def _draw_time(axes: Axes) -> None:
    canvas.draw_label(axes, _PROSE.label("panel_time"), (0, 1), (0, 19), "axes", weight="bold",
                      va="bottom")
    for place, strip in enumerate(_STRIPS):
        _draw_fights(axes, -place - 1, strip)
    _draw_strip_name(axes, 0, "strip_accord")
    for row in _events_of(_SIGNING, _FOUNDING):
        axes.plot(year_fraction(row["date"]), 0, linestyle="none", zorder=4,
                  **_MARKS[row["kind"]])
    style.plain_axes(axes, grid="x")
    years = range(min(row["date"].year for row in rows("coalition_events")),
                  style.REPORT_DATE.year + 1)
    axes.set(xlim=(years[0], years[-1] + 0.22), ylim=(-len(_STRIPS) - 0.42, 0.62), xticks=years,
             yticks=[])
    axes.set_xticks([year + 0.5 for year in years[:-1]], [str(year) for year in years[:-1]])
    axes.grid(False)
    for year in years:
        axes.axvline(year, color=style.GRID, linewidth=0.8, zorder=0)
    canvas.draw_report_line(axes, linewidth=1.4, zorder=4)
    canvas.draw_label(axes, canvas.report_label(), (canvas.REPORT_AT, 1), (4, 3), "above",
                      ha="right", va="bottom", size=style.SMALL, weight="bold")


def _draw_strip_name(axes: Axes, y: float, strip: str) -> None:
    canvas.draw_label(axes, _PROSE.label(strip), (0, y + 0.18), (2, 0), "beside",
                      size=style.SMALL, weight="bold", va="bottom", path_effects=style.halo(3),
                      zorder=5)


def _draw_fights(axes: Axes, y: float, strip: str) -> None:
    """Draw the years with fights of a strip, and on them dated fights and truces."""
    _draw_strip_name(axes, y, strip)
    events = [row for row in _events_of(_FIGHT, _TRUCE) if _strip_of(row) == strip]
    for year in sorted({row["date"].year for row in events if _is_yearly(row)}):
        axes.barh(y - 0.03, 0.97, 0.3, left=year + 0.015, align="center", zorder=2, **_STRIPED)
    for row in events:
        if not _is_yearly(row):
            # A truce stands on the lower edge, so that it does not cover a fight close to it.
            axes.plot(year_fraction(row["date"]),
                      y - (0.03 if row["kind"] == _FIGHT else 0.22),
                      linestyle="none", zorder=4, **_MARKS[row["kind"]])


def _draw_legend(axes: Axes) -> None:
    y = 0.14
    axes.add_artist(Rectangle((style.MARGIN, y - 0.07), 0.24, 0.14, **_STRIPED))
    axes.text(style.MARGIN + 0.3, y, _PROSE.label("sign_year"), size=style.SMALL, va="center")
    y += 0.24
    labels = [_PROSE.label(f"sign_{kind}") for kind in (_FIGHT, _TRUCE, _FOUNDING, _SIGNING)]
    places = canvas.draw_key_labels(axes, labels, style.MARGIN, y, indent=0.24, step=0.52)
    for x, kind in zip(places, (_FIGHT, _TRUCE, _FOUNDING, _SIGNING), strict=True):
        axes.plot(x + 0.1, y, linestyle="none", **_MARKS[kind])
