"""The four amounts of the report: where else they stand, and which months a total covers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
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
    plain_axes,
    plain_style,
    sheet,
    text_width,
    wrap,
)
from mali_course.core.datasets import publishers, rows
from mali_course.core.dates import year_fraction
from mali_course.core.formats import day, in_words, listed, number
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["aid_figures", "aid_periods"]

Row = Mapping[str, Any]

_FIGURES = ("bilateral", "humanitarian", "g5", "mission")
_REPORT, _SAME, _PART, _WHOLE, _NEAR = "report", "same", "part", "whole", "near"
_MORE, _UP_TO = "more than", "up to"
_MILLION = 1_000_000
_ROOM = WIDTH - 2 * MARGIN
_BAR = 0.2  # height of a bar in inches
# Filled, striped, dotted or empty: no two need their colour to be told apart.
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    _REPORT: {"facecolor": BLUE, "edgecolor": BLUE},
    _SAME: {"facecolor": "white", "edgecolor": GREEN, "hatch": "////"},
    _PART: {"facecolor": "white", "edgecolor": VERMILLION, "hatch": ".."},
    _WHOLE: {"facecolor": "white", "edgecolor": INK},
    _NEAR: {"facecolor": "white", "edgecolor": PURPLE},
}


def _say(key: str, **fields: object) -> str:
    return say(f"charts_aid.figures.{key}", **fields)


def _points(figure: str, *roles: str) -> list[Row]:
    """Return the amounts that belong to a figure of the report, that of the report first."""
    own = [row for row in rows("us_aid_points") if row["figure"] == figure and row["role"] in roles]
    return sorted(own, key=lambda row: roles.index(row["role"]))


def _dollars(row: Row, word: str = "qualifier") -> str:
    """Return an amount as exact as its source gives it, with the word before it."""
    dollars = row["dollars"]
    places = len(f"{dollars / _MILLION:.6f}".rstrip("0").split(".")[1])
    amount = number(dollars) if places > 1 else \
        _say("millions", count=number(dollars / _MILLION, places))
    return f"{row[word]} ${amount}".strip()


def _sources(every: Sequence[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["source_id"] for row in every))


# --- Where else a figure stands -----------------------------------------------------------------


def aid_figures() -> Chart:
    """Draw each of the report's four amounts above those of other sources, on one scale.

    Examples
    --------
    >>> "327 million" in aid_figures().reading
    True
    """
    panels = [_panel(one) for one in _FIGURES]
    every = [row for own in panels for row in own]
    title = _say("title", count=in_words(len(panels)).capitalize())
    with plain_style():
        figure = _draw_figures(title, panels)
    return Chart(
        figure=figure,
        title=title,
        alt=_say("alt", count=in_words(len(panels)).capitalize(),
                 parts="; ".join(_alt_part(own) for own in panels)),
        reading=_reading(panels),
        table=_table(_say("caption"), [row for one in _FIGURES
                                       for row in _points(one, *_LOOKS)]),
        sources=_sources(every),
        note=_say("note"),
    )


def _panel(figure: str) -> list[Row]:
    """Return what is drawn of a figure: no parts of totals that are something else."""
    near = {row["period"] for row in _points(figure, _NEAR)}
    return [row for row in _points(figure, _REPORT, _SAME, _PART, _WHOLE)
            if row["role"] != _PART or row["period"] not in near]


def _rounds_to(row: Row, said: Row) -> bool:
    return bool(round(row["dollars"] / _MILLION) == round(said["dollars"] / _MILLION))


def _alt_part(own: Sequence[Row]) -> str:
    said, *others = own
    told = listed(_say("alt_other", amount=_dollars(row), who=row["said_by"],
                       role=_say(f"role_{row['role']}")) for row in others)
    return _say("alt_part", amount=_dollars(said), item=said["item"], at=said["cites"],
                others=told)


def _reading(panels: Sequence[Sequence[Row]]) -> str:
    """Say which amounts stand elsewhere for the same time, and what is known of the others."""
    traced, parts = [], []
    for said, *others in panels:
        same = [row for row in others if row["role"] == _SAME and _rounds_to(row, said)]
        if any(row["period"] == said["period"] for row in same):
            traced.append(said)
            continue
        for row in others:
            fields = {"said": _dollars(said), "at": said["cites"], "amount": _dollars(row),
                      "period": row["period"], "item": row["item"], "who": row["said_by"]}
            if row in same:
                parts.append(_say("reading_other_words", said_period=said["period"],
                                  said_item=said["item"], **fields))
        whole = [row for row in others if row["role"] == _WHOLE]
        if whole:
            shares = sorted(100 * said["dollars"] / row["dollars"] for row in whole)
            parts.append(_say("reading_share", said=_dollars(said), at=said["cites"],
                              low=number(shares[0], 1), high=number(shares[-1], 1),
                              count=in_words(len(whole))))
            dues = next(row for row in rows("levers")
                        if row["kind"] == "money" and row["cites"] == said["cites"])
            parts.append(_say("reading_dues", limit=dues["limit"], note=dues["note"]))
    told = listed(_say("traced_one", said=_dollars(said), at=said["cites"]) for said in traced)
    first = _say("reading_traced", told=told)
    return " ".join((first, *parts))


def _table(caption: str, every: Sequence[Row]) -> Table:
    names = ("item", "qualifier", "dollars", "period", "period_start", "period_end", "said_by",
             "role", "cites", "source_id", "note")
    cells = []
    for row in every:
        shown = dict(row) | {"role": _say(f"role_{row['role']}")}
        cells.append(tuple(None if shown[name] == "" else shown[name] for name in names))
    return Table(caption, tuple(_say(f"col_{name}") for name in names), tuple(cells))


_SMALL_LINE, _HEAD = SMALL * 1.3 / 72, LABEL * 1.35 / 72
_GAP = 0.1  # below the rows of a panel


def _what(row: Row) -> str:
    """Return what an amount is and who says so; what the report's amount is stands above it."""
    if row["role"] == _REPORT:
        return ""
    return wrap(_say("row_what", who=row["said_by"], item=row["item"]), _ROOM, SMALL)


def _row_height(row: Row) -> float:
    return _BAR + len(_what(row).splitlines()) * _SMALL_LINE + 0.065


def _draw_figures(title: str, panels: Sequence[Sequence[Row]]) -> Figure:
    every = [row for own in panels for row in own]
    body = sum(map(_row_height, every)) + (_HEAD + _GAP) * len(panels)
    page = sheet(title, _say("source"), body)
    # Inches from the left and from the top.
    axes = page.place(0, 0, 0, 0)
    axes.set_axis_off()
    axes.set(xlim=(0, WIDTH), ylim=(body, 0), xticks=[], yticks=[])
    one = _ROOM / max(row["dollars"] for row in every)
    y = 0.0
    for own in panels:
        if y:
            axes.plot([MARGIN, WIDTH - MARGIN], [y - _GAP * 0.6] * 2, color=GRID, linewidth=0.8)
        axes.text(MARGIN, y, _say("heading", item=_upper(own[0]["item"]), at=own[0]["cites"]),
                  size=LABEL, weight="bold", va="top")
        y += _HEAD
        for row in own:
            _figure_row(axes, y, row, row["dollars"] * one)
            y += _row_height(row)
        y += _GAP
    return page.figure


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]


def _figure_row(axes: Axes, y: float, row: Row, length: float) -> None:
    role = row["role"]
    axes.add_patch(Rectangle((MARGIN, y), length, _BAR, linewidth=1, **_LOOKS[role]))
    if row["qualifier"] == _MORE:
        axes.plot([MARGIN + length + 0.05], [y + _BAR / 2], ">", color=_LOOKS[role]["edgecolor"],
                  markersize=6)
    elif row["qualifier"] == _UP_TO:
        axes.plot([MARGIN + length] * 2, [y - 0.04, y + _BAR + 0.015], color=INK, linewidth=2.4)
    key = "row_report" if role == _REPORT else "row_later" if _later(row) else "row"
    words = _say(key, amount=_dollars(row), period=row["period"])
    # A long bar is empty and has room for words.
    beside = text_width(words, SMALL, "bold") < _ROOM - length - 0.14
    axes.text(MARGIN + (length + 0.14 if beside else 0.08), y + _BAR / 2, words, size=SMALL,
              weight="bold", va="center")
    axes.text(MARGIN, y + _BAR + 0.02, _what(row), size=SMALL, color=SOFT, va="top",
              linespacing=1.2)


# --- Which months a total covers ----------------------------------------------------------------


def _period(key: str, **fields: object) -> str:
    return say(f"charts_aid.periods.{key}", **fields)


def aid_periods() -> Chart:
    """Draw the totals of humanitarian aid as bars over the months they cover.

    Examples
    --------
    >>> "months" in aid_periods().reading
    True
    """
    totals = sorted(_points("humanitarian", _REPORT, _SAME, _NEAR),
                    key=lambda row: (row["period_end"], row["period_start"], row["role"]))
    title = _period("title", count=in_words(len(totals)).capitalize())
    with plain_style():
        figure = _draw_periods(title, totals)
    return Chart(
        figure=figure,
        title=title,
        alt=_period("alt", count=in_words(len(totals)).capitalize(), date=day(REPORT_DATE),
                    parts="; ".join(_period("alt_part", amount=_dollars(row), who=row["said_by"],
                                            first=day(row["period_start"]),
                                            last=day(row["period_end"]))
                                    for row in totals)),
        reading=_periods_reading(totals),
        table=_table(_period("caption"), totals),
        sources=_sources(totals),
        note=_period("note"),
    )


def _months(row: Row) -> int:
    """Return the months that a total covers, rounded."""
    days: int = (row["period_end"] - row["period_start"]).days
    return round(days / 30.44)


def _later(row: Row) -> bool:
    return bool(row["after_report"] == "yes")


def _periods_reading(totals: Sequence[Row]) -> str:
    said = next(row for row in totals if row["role"] == _REPORT)
    longest = max(_months(row) for row in totals)
    long = [row for row in totals if _months(row) == longest]
    parts = [_period("reading", said=_dollars(said), at=said["cites"], months=_months(said),
                     count=in_words(len(long)).capitalize(), longest=longest)]
    later = [row for row in totals if _later(row)]
    parts.append(_period("reading_later", count=in_words(len(later)).capitalize(),
                         date=day(REPORT_DATE)))
    return " ".join(parts)


def _draw_periods(title: str, totals: Sequence[Row]) -> Figure:
    step = 0.62
    page = sheet(title, _period("source", publishers=publishers(_sources(totals))),
                 step * len(totals) + 0.85)
    axes = page.place(0.2, 0.42, 0.2, 0.36)
    plain_axes(axes, grid="")
    first = min(year_fraction(row["period_start"]) for row in totals)
    last = max(year_fraction(row["period_end"]) for row in totals)
    axes.set(xlim=(first - 0.06, last + 0.06), ylim=(len(totals), -0.1), yticks=[])
    # Fiscal years begin in October.
    begins = [year + 0.748 for year in range(int(first), int(last) + 1)]
    axes.set_xticks(begins[:-1], [])
    for begin in begins[:-1]:
        axes.axvline(begin, color=GRID, linewidth=0.9, zorder=0)
        axes.annotate(_period("fiscal_year", year=int(begin) + 1), (begin + 0.5, 0), (0, -14),
                      xycoords=("data", "axes fraction"), textcoords="offset points", ha="center",
                      va="center", weight="bold")
    report = year_fraction(REPORT_DATE)
    axes.axvline(report, color=INK, linewidth=1.3, linestyle=(0, (4, 3)), zorder=1)
    axes.annotate(say("charts.frame.report_date", date=day(REPORT_DATE)), (report, 1), (0, 11),
                  xycoords=("data", "axes fraction"), textcoords="offset points", ha="center",
                  va="center", weight="bold", size=SMALL)
    for place, row in enumerate(totals):
        _period_row(axes, place, row, report)
    return page.figure


def _period_row(axes: Axes, place: int, row: Row, report: float) -> None:
    start, end = year_fraction(row["period_start"]), year_fraction(row["period_end"])
    axes.add_patch(Rectangle((start, place + 0.42), end - start, 0.32, linewidth=1.1,
                             **_LOOKS[row["role"]]))
    words = _period("row_report" if row["role"] == _REPORT else "row_later" if _later(row) else
                    "row", amount=_dollars(row), who=row["said_by"], months=_months(row))
    middle = (start + end) / 2
    side = "right" if middle > report - 1.2 else "left"
    axes.text(end if side == "right" else start, place + 0.36, words, size=SMALL, weight="bold",
              ha=side, va="bottom", zorder=4,
              bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8})
