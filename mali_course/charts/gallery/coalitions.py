"""The two coalitions of the accord: members, groups that broke away, fights and truces by date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLACK,
    BLUE,
    GREEN,
    GRID,
    INK,
    LABEL,
    MARGIN,
    PURPLE,
    REPORT_DATE,
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
from mali_course.core.datasets import rows
from mali_course.core.dates import year_fraction
from mali_course.core.formats import day, in_words, listed, month, words_of
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["coalitions"]

Row = Mapping[str, Any]

_SIDES = ("CMA", "Platform")
_LOOKS = {"CMA": BLUE, "Platform": GREEN}
_ROOM = WIDTH - 2 * MARGIN
_ROW = 0.24  # inches between the names of members
_GAP = 0.62  # between the two coalitions, where lines join the wings of a group
_BOX = (_ROOM - _GAP) / 2
_SPLIT_ROW = 0.25  # between the groups that broke away
_STRIP = 0.4  # between the strips of time
_LEGEND = 0.46
_TICKS = 0.26  # below the strips, for the years
# Opponents of the CMA and of GATIA that have a strip of time of their own, the rarest first:
# an entry belongs to the first that it names. GATIA stands for the Platform.
_OPPONENTS = (
    ("Islamic State", "strip_is"), ("Government", "strip_government"), ("MSA", "strip_msa"),
    ("GATIA", "strip_platform"), ("Platform", "strip_platform"), ("MAA", "strip_maa"),
)
_STRIPS = ("strip_government", "strip_platform", "strip_msa", "strip_maa", "strip_is")
_FIGHT, _TRUCE, _SPLIT, _SIGNING, _FOUNDING = "fight", "ceasefire", "split", "signing", "founding"
_MARKS: Mapping[str, Mapping[str, Any]] = {
    _FIGHT: {"marker": "X", "markersize": 9, "color": BLACK, "markeredgecolor": "white",
             "markeredgewidth": 0.9},
    _TRUCE: {"marker": "d", "markersize": 9, "color": "white", "markeredgecolor": BLUE,
             "markeredgewidth": 1.7},
    _SIGNING: {"marker": "s", "markersize": 6.5, "color": GREEN, "markeredgecolor": "white",
               "markeredgewidth": 0.9},
    _FOUNDING: {"marker": "^", "markersize": 8, "color": PURPLE},
}


def _say(key: str, **fields: object) -> str:
    return say(f"charts_accord.coalitions.{key}", **fields)


# --- Reading the tables -----------------------------------------------------------------------


def _members(side: str) -> list[Row]:
    return [row for row in rows("coalitions")
            if row["coalition"] == side and row["kind"] == "member"]


def _coalition(side: str) -> Row:
    (row,) = (row for row in rows("coalitions") if row["group"] == side)
    return row


def _kept_out() -> list[str]:
    return [row["group"] for row in rows("coalitions") if row["kind"] == "designated jihadist"]


def _events(*kinds: str) -> list[Row]:
    return [row for row in rows("coalition_events") if row["kind"] in kinds]


def _parties(row: Row) -> list[str]:
    return [str(one) for one in row["parties"].split("; ")]


def _stem(group: str) -> str:
    """Return what two wings of a group have in common, such as "MAA"."""
    return re.sub(r" \(.*\)$|-\d$", "", group)


def _when(text: str) -> str:
    """Return a date, full or partial, in short words."""
    if text.count("-") < 2:
        return month(text)
    return f"{int(text[-2:])} {month(text[:7])}"


def _long(text: str) -> str:
    """Return a date, full or partial, in full words."""
    if text.count("-") == 2:
        return day(datetime.date.fromisoformat(text))
    if text.count("-") == 1:
        year, number = text.split("-")
        name = words_of("format.months")[int(number) - 1]
        return say("charts.format.month", month=name, year=year)
    return text


def _x(text: str) -> float:
    """Return where a day stands on the axis; a month stands at its middle."""
    full = text if text.count("-") == 2 else f"{text}-15"
    return year_fraction(datetime.date.fromisoformat(full))


def _strip(row: Row) -> str:
    """Return the strip of time to which a fight or a truce belongs."""
    parties = _parties(row)
    return next(strip for opponent, strip in _OPPONENTS if opponent in parties)


@dataclass(frozen=True)
class _Split:
    """A group that people announced who had left others."""

    date: str
    group: str
    left: tuple[str, ...]

    @property
    def of(self) -> str:
        """Say what they had left; both coalitions in one word."""
        return _say("both_coalitions") if set(self.left) == set(_SIDES) else listed(self.left)


def _splits() -> list[_Split]:
    found = []
    for row in sorted(_events(_SPLIT), key=lambda one: one["date"]):
        group, *left = _parties(row)
        found.append(_Split(row["date"], group, tuple(left)))
    return found


def _signed(side: str) -> str:
    """Return when a coalition signed the accord: its last signature."""
    return max(str(row["date"]) for row in _events(_SIGNING) if side in _parties(row))


def _years(strip: str) -> list[int]:
    return [int(row["date"]) for row in _events(_FIGHT)
            if row["precision"] == "year" and _strip(row) == strip]


# --- The chart --------------------------------------------------------------------------------


def coalitions() -> Chart:
    """Draw the coalitions of the accord, and when their members fought, made truces and split.

    Examples
    --------
    >>> "CMA" in coalitions().reading
    True
    """
    title = _say("title")
    every = (*rows("coalitions"), *rows("coalition_events"))
    sources = tuple(dict.fromkeys(row["source_id"] for row in every))
    with plain_style():
        figure = _draw(title)
    return Chart(
        figure=figure,
        title=title,
        alt=_alt(),
        reading=_reading(),
        table=_table(),
        sources=sources,
        note=_say("note"),
    )


def _spans(years: Sequence[int]) -> str:
    """Return years in words, such as "2014 to 2017" or "2014, 2015 and 2017"."""
    found = sorted(set(years))
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
        return _say("span", first=found[0], last=found[-1])
    return listed(map(str, found))


def _alt() -> str:
    wings = [stem for stem in dict.fromkeys(_stem(row["group"]) for row in _members("CMA"))
             if stem in {_stem(row["group"]) for row in _members("Platform")}]
    strips = "; ".join(_say("alt_strip", pair=_say(strip), years=_spans(_years(strip)))
                       for strip in _STRIPS)
    return _say(
        "alt", cma=listed(_name(row) for row in _members("CMA")),
        platform=listed(_name(row) for row in _members("Platform")), wings=listed(wings),
        count=in_words(len(_splits())), out=listed(_kept_out()), strips=strips,
        splits=listed(_say("alt_split", group=one.group, left=one.of, date=_long(one.date))
                      for one in _splits()))


def _name(row: Row) -> str:
    return _stem(row["group"]) if "(" in row["group"] else str(row["group"])


def _reading() -> str:
    platform = _years("strip_platform")
    truces = [row for row in _events(_TRUCE) if _strip(row) == "strip_platform"]
    every = {int(row["date"]) for row in _events(_FIGHT) if row["precision"] == "year"}
    after = [strip for strip in ("strip_msa", "strip_maa") if _years(strip)
             and min(_years(strip)) > max(platform)]
    return _say(
        "reading", years=_spans(platform), truces=in_words(len(truces)),
        none=_spans([year for year in every if year > max(platform)]),
        later="".join(f" {_joined(row)}" for row in _events("joining")),
        after=listed(_say("after", pair=_say(f"{strip}_short"), years=_spans(_years(strip)))
                     for strip in after),
        count=in_words(len(_splits())).capitalize(),
        splits=listed(_say("split_item", group=one.group, date=_long(one.date))
                      for one in _splits()))


def _joined(row: Row) -> str:
    group, side = _parties(row)
    return _say("later", group=group, side=side, date=_long(row["date"]))


def _table() -> Table:
    heads = tuple(_say(f"col_{name}") for name in
                  ("date", "what", "who", "event", "source_id", "note"))
    found = [(row["date"], _say(f"kind_{row['kind']}"), row["parties"], row["event"],
              row["source_id"], row["note"] or None)
             for row in sorted(rows("coalition_events"), key=lambda one: one["date"])]
    for row in rows("coalitions"):
        coalition = row["coalition"]
        what = (_say("is_coalition") if row["kind"] == "coalition"
                else _say("is_member", coalition=coalition) if row["kind"] == "member"
                else _say("is_outside", kind=row["kind"]))
        event = row["name"]
        if row["broke_from"]:
            event = _say("broke_from", name=row["name"], group=row["broke_from"])
        found.append((row["since"] or None, what, row["group"], event, row["source_id"],
                      row["note"] or None))
    return Table(_say("caption"), heads, tuple(found))


# --- The picture ------------------------------------------------------------------------------


def _line(size: float) -> float:
    return size * 1.32 / 72


def _draw(title: str) -> Figure:
    upper = _upper_height()
    strips = _STRIP * (len(_STRIPS) + 1)
    body = upper + 0.36 + strips + _TICKS + _LEGEND
    page = sheet(title, _say("source"), body)
    axes = page.place(0, body - upper, 0, 0)
    axes.set_axis_off()
    axes.set(xlim=(0, WIDTH), ylim=(upper, 0), xticks=[], yticks=[])
    _groups(axes)
    time = page.place(MARGIN, _LEGEND + _TICKS, MARGIN, upper + 0.36)
    time.annotate(_say("panel_time"), (0, 1), (0, 19), xycoords="axes fraction",
                  textcoords="offset points", weight="bold", va="bottom")
    _time(time)
    below = page.place(0, 0, 0, body - _LEGEND)
    below.set_axis_off()
    below.set(xlim=(0, WIDTH), ylim=(_LEGEND, 0), xticks=[], yticks=[])
    _legend(below)
    return page.figure


def _order() -> list[tuple[Row | None, Row | None]]:
    """Return the members of both side by side; wings of one group share a line."""
    left, right = (list(_members(side)) for side in _SIDES)
    pairs = [(one, other) for one in left for other in right
             if _stem(one["group"]) == _stem(other["group"])]
    paired = [row for pair in pairs for row in pair]
    alone: list[list[Row | None]] = [
        [row for row in members if row not in paired] for members in (left, right)
    ]
    longest = max(map(len, alone))
    for members in alone:
        members.extend([None] * (longest - len(members)))
    return [*zip(*alone, strict=True), *pairs]


def _head_height() -> float:
    return 0.1 + _line(LABEL + 2) + 2 * _line(SMALL) + 0.04


def _upper_height() -> float:
    return (_line(LABEL) + 0.08 + _head_height() + _ROW * len(_order()) + 0.2
            + _line(LABEL) + 0.06 + _SPLIT_ROW * len(_splits())
            + 2 * _line(SMALL) + 0.22)


def _frame(axes: Axes, left: float, top: float, width: float, height: float, **look: Any) -> None:
    axes.add_artist(FancyBboxPatch((left, top), width, height, boxstyle="round,pad=0,"
                                  "rounding_size=0.07", mutation_aspect=1, **look))


def _groups(axes: Axes) -> None:
    since = [row["since"][:4] for side in _SIDES for row in _members(side)]
    axes.text(MARGIN, 0, _say("panel_groups", first=min(since), last=max(since)), size=LABEL,
              weight="bold", va="top")
    top = _line(LABEL) + 0.08
    order = _order()
    height = _head_height() + _ROW * len(order) + 0.1
    for place, side in enumerate(_SIDES):
        left = MARGIN + place * (_BOX + _GAP)
        _frame(axes, left, top, _BOX, height, facecolor="white", edgecolor=_LOOKS[side],
               linewidth=2, linestyle="-" if place == 0 else (0, (6, 2)))
        _head(axes, left, top, side)
    y = top + _head_height() + _ROW / 2
    for pair in order:
        for place, row in enumerate(pair):
            if row is not None:
                _member(axes, MARGIN + place * (_BOX + _GAP), y, row)
        one, other = pair
        if one and other and _stem(one["group"]) == _stem(other["group"]):
            axes.annotate("", (MARGIN + _BOX + _GAP + 0.04, y), (MARGIN + _BOX - 0.04, y),
                          arrowprops={"arrowstyle": "|-|,widthA=0.25,widthB=0.25", "color": SOFT,
                                      "linewidth": 1.3, "shrinkA": 0, "shrinkB": 0}, zorder=4)
        y += _ROW
    y = _split_list(axes, top + height + 0.1)
    words = _say("out", groups=listed(_kept_out()))
    axes.text(MARGIN, y, wrap(words, _ROOM, SMALL), size=SMALL, va="top", linespacing=1.2)


def _head(axes: Axes, left: float, top: float, side: str) -> None:
    colour = ink(_LOOKS[side])
    y = top + 0.08
    axes.text(left + 0.1, y, side, size=LABEL + 2, weight="bold", color=colour, va="top")
    y += _line(LABEL + 2)
    lines = (_say("formed", date=_when(_coalition(side)["since"])),
             _say("signed", date=_when(_signed(side))))
    for line in lines:
        axes.text(left + 0.1, y, line, size=SMALL, va="top")
        y += _line(SMALL)


def _member(axes: Axes, left: float, y: float, row: Row) -> None:
    name = _name(row)
    half = "(" in row["group"]
    joined = next((event["date"] for event in _events("joining")
                   if _parties(event)[0] == row["group"]), "")
    axes.text(left + 0.1, y, name, size=LABEL, weight="bold", va="center")
    remark = _say("since", date=_when(joined)) if joined else _say("wing") if half else ""
    if remark:
        axes.text(left + 0.66, y, remark, size=SMALL, color=SOFT, va="center")


def _split_list(axes: Axes, y: float) -> float:
    axes.text(MARGIN, y, _say("panel_splits"), size=LABEL, weight="bold", va="top")
    y += _line(LABEL) + 0.06 + _SPLIT_ROW / 2
    for one in _splits():
        axes.text(MARGIN, y, _when(one.date), size=SMALL, va="center", color=SOFT)
        axes.text(MARGIN + 0.95, y, _say("left", groups=one.of), size=LABEL, va="center")
        axes.annotate("", (MARGIN + 3.05, y), (MARGIN + 2.7, y),
                      arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 1.2,
                                  "shrinkA": 0, "shrinkB": 0})
        axes.text(MARGIN + 3.13, y, one.group, size=LABEL, weight="bold", va="center")
        later = _later(one.group)
        if later:
            axes.text(MARGIN + 3.6, y, later, size=SMALL, color=SOFT, va="center")
        y += _SPLIT_ROW
    return y - _SPLIT_ROW / 2 + 0.06


def _later(group: str) -> str:
    """Say where a group that broke away stood next: in a coalition, in both or outside."""
    found = {row["coalition"]: row["since"][:4] for row in rows("coalitions")
             if _stem(row["group"]) == group}
    inside = [side for side in _SIDES if side in found]
    if not inside:
        return _say("next_outside")
    year = min(found[side] for side in inside)
    return _say("next_both" if len(inside) == 2 else "next_in", year=year, side=inside[0])


def _time(axes: Axes) -> None:
    for place, strip in enumerate(_STRIPS):
        _fights(axes, -place - 1, strip)
    _label(axes, 0, _say("strip_accord"))
    for row in _events(_SIGNING, _FOUNDING):
        axes.plot(_x(row["date"]), 0, linestyle="none", zorder=4, **_MARKS[row["kind"]])
    plain_axes(axes, grid="x")
    first = min(int(row["date"][:4]) for row in rows("coalition_events"))
    last = REPORT_DATE.year
    axes.set(xlim=(first, last + 0.22), ylim=(-len(_STRIPS) - 0.42, 0.62),
             xticks=range(first, last + 1), yticks=[])
    axes.set_xticks([year + 0.5 for year in range(first, last)],
                    [str(year) for year in range(first, last)])
    axes.grid(False)
    for year in range(first, last + 1):
        axes.axvline(year, color=GRID, linewidth=0.8, zorder=0)
    report = year_fraction(REPORT_DATE)
    axes.axvline(report, color=INK, linewidth=1.4, linestyle=(0, (4, 3)), zorder=4)
    axes.annotate(say("charts.frame.report_date", date=day(REPORT_DATE)), (report, 1), (4, 3),
                  xycoords=("data", "axes fraction"), textcoords="offset points", ha="right",
                  va="bottom", size=SMALL, weight="bold")


def _label(axes: Axes, y: float, words: str) -> None:
    axes.annotate(words, (0, y + 0.18), (2, 0), xycoords=("axes fraction", "data"),
                  textcoords="offset points", size=SMALL, weight="bold", va="bottom",
                  path_effects=halo(3), zorder=5)


def _fights(axes: Axes, y: float, strip: str) -> None:
    _label(axes, y, _say(strip))
    for year in sorted(set(_years(strip))):
        axes.barh(y - 0.03, 0.97, 0.3, left=year + 0.015, align="center", facecolor="white",
                  edgecolor=VERMILLION, hatch="////", linewidth=1, zorder=2)
    for row in _events(_FIGHT, _TRUCE):
        if row["precision"] == "year" or _strip(row) != strip:
            continue
        # A truce stands on the lower edge, so that it does not cover a fight close to it.
        axes.plot(_x(row["date"]), y - (0.03 if row["kind"] == _FIGHT else 0.22),
                  linestyle="none", zorder=4, **_MARKS[row["kind"]])


def _legend(axes: Axes) -> None:
    y, x = 0.14, MARGIN
    axes.add_artist(Rectangle((x, y - 0.07), 0.24, 0.14, facecolor="white", edgecolor=VERMILLION,
                             hatch="////", linewidth=1))
    axes.text(x + 0.3, y, _say("sign_year"), size=SMALL, va="center")
    y += 0.24
    for kind in (_FIGHT, _TRUCE, _FOUNDING, _SIGNING):
        words = _say(f"sign_{kind}")
        axes.plot(x + 0.1, y, linestyle="none", **_MARKS[kind])
        axes.text(x + 0.24, y, words, size=SMALL, va="center")
        x += 0.24 + text_width(words, SMALL) + 0.28
