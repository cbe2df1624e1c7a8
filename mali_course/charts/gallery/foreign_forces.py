"""Foreign forces and missions in and around Mali, in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLUE,
    GREEN,
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
    plain_axes,
    plain_style,
    sheet,
    text_width,
)
from mali_course.core.datasets import rows
from mali_course.core.dates import PartialDate, year_fraction
from mali_course.core.formats import day, in_words, listed, number, words_of
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["foreign_forces"]

Row = Mapping[str, Any]

# One colour a leader; the leader's name stands beside the bar as well.
_COLOURS = {"France": BLUE, "United Nations": GREEN, "European Union": PURPLE}

_LEFT = 0.32  # inches from the figure's edge to the time axis
_LONGEST = 36  # letters that fit on a line below a bar, left of the report


def _say(key: str, **fields: object) -> str:
    return say(f"charts.foreign-forces.{key}", **fields)


@dataclass(frozen=True)
class _Mission:
    name: str
    led_by: str
    start: date
    end: date
    over: bool  # before the report
    strengths: tuple[Row, ...]

    @property
    def known(self) -> list[Row]:
        """The newest number of each kind that is dated and not later than the report."""
        dated = [row for row in self.strengths
                 if row["strength_as_of"] and row["strength_as_of"].first <= REPORT_DATE]
        newest: dict[str, PartialDate] = {}
        for row in dated:
            newest[row["kind"]] = max(newest.get(row["kind"], row["strength_as_of"]),
                                      row["strength_as_of"])
        return [row for row in dated if row["strength_as_of"] == newest[row["kind"]]]


def _missions() -> list[_Mission]:
    names = dict.fromkeys(row["mission"] for row in rows("foreign_missions"))
    found = []
    for name in names:
        own = tuple(row for row in rows("foreign_missions") if row["mission"] == name)
        first = own[0]
        found.append(_Mission(name, first["led_by"], first["start"].first,
                              first["end"].first, first["end_known_in_january_2020"] == "yes",
                              own))
    return sorted(found, key=lambda one: one.start)


def _limit(row: Row) -> str:
    """Return the source's word before the number, such as "over", or nothing."""
    return next((word for word in words_of("foreign-forces.limits")
                 if row["note"].startswith(word)), "")


def _area(row: Row) -> str:
    return next((f" ({area})" for area in words_of("foreign-forces.areas") if area in row["note"]),
                "")


def _strength(row: Row) -> str:
    return _say("strength", limit=_limit(row), number=number(row["strength"]),
                kind=_say(f"kind_{row['kind']}"), as_of=row["strength_as_of"].short(),
                area=_area(row)).strip()


def foreign_forces() -> Chart:
    """Draw the missions as bars in time, with the day of the report marked.

    Examples
    --------
    >>> "January 2020" in foreign_forces().reading
    True
    """
    missions = _missions()
    with plain_style():
        figure = _draw(missions)
    present = _present(missions)
    gone = [one for one in missions if one.over]
    regional, local = _two_counts(present)
    return Chart(
        figure=figure,
        title=_say("title"),
        alt=_say("alt", count=in_words(len(missions)), first=missions[0].start.year,
                 gone=listed(one.name for one in gone),
                 present=listed(one.name for one in present), date=day(REPORT_DATE)),
        reading=_say("reading", date=day(REPORT_DATE), count=in_words(len(present)),
                     present=listed(one.name for one in present), gone=in_words(len(gone)),
                     mission=regional["mission"], regional=number(regional["strength"]),
                     limit=_limit(local), local=number(local["strength"])),
        table=_table(missions),
        sources=tuple(dict.fromkeys(
            source for row in rows("foreign_missions")
            for source in (row["source_id"], *row["dates_from"].split("; "))
        )),
        note=_say("note"),
    )


def _present(missions: list[_Mission]) -> list[_Mission]:
    return [one for one in missions if one.start <= REPORT_DATE and not one.over]


def _two_counts(missions: list[_Mission]) -> tuple[Row, Row]:
    """Return two counts of one mission at one time that differ by area, the larger one first."""
    for one in missions:
        known = [row for row in one.known if _area(row)]
        if len(known) == 2:
            larger, smaller = sorted(known, key=lambda row: -row["strength"])
            return larger, smaller
    raise ValueError("no mission has two counts by area")


def _table(missions: list[_Mission]) -> Table:
    cells = []
    for one in missions:
        for row in one.strengths:
            known = _say("yes" if one.over else "no")
            cells.append((one.name, one.led_by, str(row["start"]), str(row["end"]), known,
                          row["strength"], _say(f"kind_{row['kind']}"),
                          str(row["strength_as_of"] or _say("undated")),
                          row["note"] or None, row["source_id"]))
    heads = ("mission", "led_by", "start", "end", "end_known", "people", "kind", "as_of", "remark",
             "source_id")
    return Table(_say("caption"), tuple(_say(key) for key in heads), tuple(cells))


def _draw(missions: list[_Mission]) -> Figure:
    page = sheet(_say("title"), _say("source"), 0.86 * len(missions) + 0.7)
    axes = page.place(_LEFT, 0.28, MARGIN, 0.36)
    report = year_fraction(REPORT_DATE)
    for place, one in enumerate(missions):
        _bar(axes, -place, one, report)
    plain_axes(axes, grid="x")
    last = max(year_fraction(one.end) for one in missions)
    years = list(range(missions[0].start.year + 1, int(last) + 1, 2))
    axes.set(xlim=(missions[0].start.year + 0.85, last + 0.35),
             ylim=(0.55 - len(missions), 0.55), xticks=years, yticks=[])
    axes.axvline(report, color=INK, linewidth=1.4, linestyle=(0, (4, 3)), zorder=4)
    axes.annotate(say("charts.frame.report_date", date=day(REPORT_DATE)), (report, 1), (-4, 12),
                  xycoords=("data", "axes fraction"), textcoords="offset points", ha="right",
                  va="center", weight="bold")
    axes.annotate(_say("after"), (report, 1), (4, 12), xycoords=("data", "axes fraction"),
                  textcoords="offset points", va="center", color=SOFT)
    return page.figure


def _bar(axes: Axes, y: float, one: _Mission, report: float) -> None:
    colour = _COLOURS.get(one.led_by, VERMILLION)
    start, end = year_fraction(one.start), year_fraction(one.end)
    axes.barh(y, min(end, report) - start, 0.24, left=start, color=colour, zorder=2)
    if end > report:
        axes.barh(y, end - report, 0.24, left=report, facecolor="white", edgecolor=colour,
                  hatch="////", linewidth=1, zorder=2)
    left = (MARGIN - _LEFT) * 72
    room = WIDTH - 2 * MARGIN - text_width(one.name, LABEL + 0.5, "bold") - 0.1
    fits = text_width(_leader(one), LABEL) < room
    for text, size, weight in ((one.name, LABEL + 0.5, "bold"),
                               (_leader(one), LABEL if fits else SMALL, "normal")):
        axes.annotate(text, (0, y + 0.16), (left, 0), xycoords=("axes fraction", "data"),
                      textcoords="offset points", size=size, weight=weight, va="bottom",
                      path_effects=halo(3), zorder=5)
        left += text_width(text, size, weight) * 72 + 5
    numbers = [_strength(row) for row in one.known]
    between = "; " if len("".join(numbers)) < _LONGEST else ";\n"
    axes.annotate(between.join(numbers), (0, y - 0.15), ((MARGIN - _LEFT) * 72, 0),
                  xycoords=("axes fraction", "data"), textcoords="offset points", size=SMALL,
                  va="top", linespacing=1.15, path_effects=halo(3), zorder=5)


def _leader(one: _Mission) -> str:
    return _say("leader", led_by=one.led_by)
