"""Who died in the mission: one panel for each cause, year by year up to the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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
    ink,
    plain_axes,
    plain_style,
    sheet,
)
from mali_course.core.datasets import publishers, rows
from mali_course.core.formats import day, in_words, listed
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["deaths_before_the_report", "mission_deaths"]

Row = Mapping[str, Any]

_MALICIOUS = "malicious act"
# Colour and hatch of each cause; the names stand in the picture.
_LOOKS: Mapping[str, tuple[str, str]] = {
    _MALICIOUS: (BLUE, ""),
    "illness": (VERMILLION, "////"),
    "accident": (GREEN, "...."),
    "to be determined": (PURPLE, "xxxx"),
    "unknown": (SOFT, ""),
}
_DEATH = 0.056  # inches of one death, the same in each panel
_HEAD = 0.44  # inches for the heading of a panel and the number on its highest bar


def _say(key: str, **fields: object) -> str:
    return say(f"charts_mission.deaths.{key}", **fields)


def deaths_before_the_report() -> list[Row]:
    """Return the rows of the list that the report could know.

    Examples
    --------
    >>> all(row["after_report"] == "no" for row in deaths_before_the_report())
    True
    """
    return [row for row in rows("mission_deaths") if row["after_report"] == "no"]


def mission_deaths() -> Chart:
    """Draw the deaths in the mission by year and cause.

    Examples
    --------
    >>> mission_deaths().table.columns[0]
    'Year'
    """
    every = deaths_before_the_report()
    years = range(min(row["year"] for row in every), REPORT_DATE.year)
    counts = {cause: Counter(row["year"] for row in every if row["cause"] == cause)
              for cause in _LOOKS}
    counts = {cause: found for cause, found in counts.items() if found}
    sources = tuple(dict.fromkeys(row["source_id"] for row in every))
    title = _say("title")
    with plain_style():
        figure = _draw(title, counts, years, sources)
    return Chart(
        figure=figure,
        title=title,
        alt=_alt(counts, years),
        reading=_reading(counts, years, len(every)),
        table=_table(counts, years),
        sources=sources,
        note=_say("note"),
    )


def _total(found: Counter[int]) -> int:
    return sum(found.values())


def _alt(counts: Mapping[str, Counter[int]], years: Sequence[int]) -> str:
    panels = " ".join(
        _say("alt_panel", cause=_say(f"name_{cause.replace(' ', '_')}"),
             years=listed(_say("in_year", count=found[year], year=year) for year in years))
        for cause, found in counts.items())
    return _say("alt", count=in_words(len(counts)).capitalize(), first=years[0],
                last=years[-1], panels=panels)


def _reading(counts: Mapping[str, Counter[int]], years: Sequence[int], every: int) -> str:
    attacks = counts[_MALICIOUS]
    total = _total(attacks)
    more = [year for year in years
            if sum(found[year] for found in counts.values()) > 2 * attacks[year]]
    others = listed(_say("other", count=_total(found), cause=_say(f"in_{cause.replace(' ', '_')}"))
                    for cause, found in counts.items() if cause != _MALICIOUS)
    parts = [_say("reading", date=day(REPORT_DATE), all=every, count=total,
                  others=others)]
    if more:
        parts.append(_say("reading_more", years=listed(map(str, more))))
    late = sum(found[REPORT_DATE.year] for found in counts.values())
    parts.append(_say("reading_january", year=REPORT_DATE.year, count=in_words(late)))
    return " ".join(parts)


def _table(counts: Mapping[str, Counter[int]], years: Sequence[int]) -> Table:
    cells: list[tuple[Any, ...]] = []
    for year in years:
        own = [found[year] for found in counts.values()]
        cells.append((year, *own, sum(own)))
    late = [found[REPORT_DATE.year] for found in counts.values()]
    cells.append((_say("until", date=day(REPORT_DATE)), *late, sum(late)))
    sums = [_total(found) for found in counts.values()]
    cells.append((_say("all"), *sums, sum(sums)))
    heads = (_say("col_year"), *(_say(f"name_{cause.replace(' ', '_')}") for cause in counts),
             _say("all"))
    return Table(_say("caption", date=day(REPORT_DATE)), heads, tuple(cells))


# --- The picture ------------------------------------------------------------------------------


def _draw(title: str, counts: Mapping[str, Counter[int]], years: Sequence[int],
          sources: Sequence[str]) -> Figure:
    heights = {cause: max(found.values()) * _DEATH for cause, found in counts.items()}
    below = 0.42  # for the years
    body = sum(heights.values()) + _HEAD * len(heights) + below
    page = sheet(title, _say("source", publishers=publishers(sources)), body)
    low = below
    for place, (cause, height) in enumerate(reversed(heights.items())):
        axes = page.place(MARGIN, low, MARGIN, body - low - height)
        _panel(axes, cause, counts[cause], years, last=place == 0)
        low += height + _HEAD
    return page.figure


def _panel(axes: Axes, cause: str, found: Counter[int], years: Sequence[int], *,
           last: bool) -> None:
    colour, hatch = _LOOKS[cause]
    plain_axes(axes, grid="")
    axes.spines["bottom"].set_visible(True)
    # What is left on the right is January 2020, up to the day of the report.
    axes.set(xlim=(years[0] - 0.5, years[-1] + 0.75), ylim=(0, max(found.values())), yticks=[])
    bars = axes.bar(list(years), [found[year] for year in years], width=0.62, edgecolor=colour,
                    facecolor="white" if hatch else colour, hatch=hatch, linewidth=1.2)
    for bar, year in zip(bars, years, strict=True):
        axes.annotate(str(found[year]), (year, bar.get_height()), (0, 2), ha="center", size=SMALL,
                      textcoords="offset points", color=INK if found[year] else SOFT)
    axes.axvline(years[-1] + 0.55, color=INK, linewidth=1, linestyle=(0, (4, 3)))
    heading = _say("heading", cause=_say(f"name_{cause.replace(' ', '_')}"), count=_total(found))
    axes.annotate(heading, (0, 1), (0, 15), xycoords="axes fraction", size=LABEL, weight="bold",
                  textcoords="offset points", color=ink(colour))
    axes.set_xticks(list(years), [str(year) if last else "" for year in years])
    axes.tick_params(labelsize=SMALL)
    if last:
        axes.annotate(_say("half"), (years[0], 0), (0, -18), textcoords="offset points",
                      ha="center", va="top", size=SMALL, color=SOFT)
        axes.annotate(say("charts.frame.report_date", date=day(REPORT_DATE)),
                      (years[-1] + 0.75, 0), (0, -18), textcoords="offset points", ha="right",
                      va="top", size=SMALL)
