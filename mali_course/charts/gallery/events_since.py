"""After the report: what was reported, and which of its statements held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
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
    ink,
    plain_axes,
    plain_style,
    sheet,
    spread,
    text_width,
)
from mali_course.core.datasets import rows
from mali_course.core.dates import PartialDate, year_fraction
from mali_course.core.formats import day, in_words, listed
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["events_since", "judgements_since"]

Row = Mapping[str, Any]

# Colour and marker of each kind of event: no two share any.
_KINDS = {
    "rule": (BLUE, "s"),
    "partners": (GREEN, "o"),
    "accord and courts": (PURPLE, "D"),
    "violence": (VERMILLION, "^"),
}
_VERDICTS = {"held": GREEN, "overtaken": BLUE, "not followed": VERMILLION, "open": SOFT}
_LEFT = 0.62  # inches from the figure's edge to the line of time
_PITCH, _HEAD = 0.27, 0.25  # inches: a statement, and the heading of a group


def _say(key: str, **fields: object) -> str:
    return say(f"charts_since.{key}", **fields)


def _word(prefix: str, value: str) -> str:
    return _say(f"{prefix}_{value.replace(' ', '_')}")


def _told(date: PartialDate) -> str:
    """Return a day in full words, and a month or a year in few letters."""
    return date.in_words() if date.precision == "day" else date.short()


def _sources(table: Sequence[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["source_id"] for row in table))


# --- Events -----------------------------------------------------------------------------------


def _events() -> list[Row]:
    return sorted(rows("events_since"), key=lambda row: row["date"])


def events_since() -> Chart:
    """Draw the events after the report down a line of time.

    Examples
    --------
    >>> "later than the report" in events_since().reading
    True
    """
    found = _events()
    title = _say("events.title", count=in_words(len(found)))
    with plain_style():
        figure = _draw_events(found, title)
    counts = Counter(row["kind"] for row in found)
    kinds = listed(
        _say("events.kind_count", count=in_words(counts[kind]), kind=_word("events.kind", kind))
        for kind in _KINDS
    )
    years = Counter(row["date"].year for row in found)
    busiest = max(years, key=lambda year: (years[year], -year))
    before, after = max(
        pairwise(found), key=lambda two: two[1]["date"].first - two[0]["date"].first
    )
    first, last = found[0], found[-1]
    return Chart(
        figure=figure,
        title=title,
        alt=_say(
            "events.alt", count=in_words(len(found)), last=last["date"].year, kinds=kinds,
            first_date=_told(first["date"]), first=first["label"],
            last_date=_told(last["date"]), final=last["label"],
        ),
        reading=_say(
            "events.reading", count=in_words(len(found)), kinds=kinds, year=busiest,
            most=in_words(years[busiest]), gap_first=_told(before["date"]),
            gap_last=_told(after["date"]),
        ),
        table=_events_table(found),
        sources=_sources(found),
        note=_say("events.note"),
    )


def _events_table(found: Sequence[Row]) -> Table:
    heads = ("date", "kind", "event", "place", "locator", "source_id", "review", "note")
    cells = tuple(
        (str(row["date"]), _word("events.kind", row["kind"]), row["event"], row["place"],
         row["locator"], row["source_id"], row["review_by"].isoformat(), row["note"] or None)
        for row in found
    )
    caption = _say("events.caption", first=found[0]["date"].year,
                   last=found[-1]["date"].year)
    return Table(caption, tuple(_say(f"events.col_{key}") for key in heads), cells)


def _draw_events(found: Sequence[Row], title: str) -> Figure:
    page = sheet(title, _say("events.source"), 5.75)
    axes = page.place(_LEFT, 0.12, MARGIN, 0.34)
    last = year_fraction(found[-1]["date"].first)
    top, bottom = REPORT_DATE.year - 0.06, last + 0.3
    axes.set(xlim=(0, 1), ylim=(bottom, top), xticks=[],
             yticks=list(range(REPORT_DATE.year, int(last) + 1)))
    plain_axes(axes, grid="")
    height = 5.75 - 0.12 - 0.34
    per_inch = (bottom - top) / height
    spine, turn, words = 0.02, 0.075, 0.125
    axes.plot([spine, spine], [top, bottom], color=SOFT, linewidth=1, zorder=1)
    report = year_fraction(REPORT_DATE)
    axes.axhline(report, color=INK, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
    axes.text(1, report - 0.02, say("charts.frame.report_date", date=day(REPORT_DATE)),
              ha="right", va="bottom", weight="bold", size=SMALL)
    wanted = [year_fraction(row["date"].first) for row in found]
    end = bottom - 0.05 * per_inch
    heights = spread(wanted, 0.2 * per_inch, report + 0.13 * per_inch, end - 0.16 * per_inch)
    leads_x: list[float] = []
    leads_y: list[float] = []
    for row, true, shown in zip(found, wanted, heights, strict=True):
        leads_x += [spine, turn, words - 0.035, float("nan")]
        leads_y += [true, shown, shown, float("nan")]
        axes.text(words, shown, _say("events.row", date=row["date"].short(), label=row["label"]),
                  size=SMALL, va="center", color=ink(_KINDS[row["kind"]][0]))
    axes.plot(leads_x, leads_y, color="#b0b0b0", linewidth=0.8, zorder=1)
    for kind, (colour, marker) in _KINDS.items():
        own = [at for row, at in zip(found, heights, strict=True) if row["kind"] == kind]
        axes.plot([words - 0.026] * len(own), own, marker, color=colour, markersize=6.5, zorder=3)
    axes.plot([spine] * len(found), wanted, ".", color=INK, markersize=5, clip_on=False, zorder=3)
    axes.text(words, end, _say("events.end"), size=SMALL, va="center", color=SOFT)
    _legend(axes, height)
    return page.figure


def _legend(axes: Axes, height: float) -> None:
    """Name the marks in a line above the axes."""
    room = WIDTH - _LEFT - MARGIN
    x, y = (MARGIN - _LEFT) / room, 1 + 0.2 / height
    for kind, (colour, marker) in _KINDS.items():
        word = _word("events.kind", kind)
        axes.plot([x + 0.07 / room], [y], marker, color=colour, markersize=7, clip_on=False,
                  transform=axes.transAxes)
        axes.text(x + 0.18 / room, y, word, transform=axes.transAxes, va="center",
                  color=ink(colour), size=SMALL + 0.4)
        x += (0.38 + text_width(word, SMALL + 0.4)) / room


# --- Statements of the report -----------------------------------------------------------------


def _grouped() -> dict[str, list[Row]]:
    """Return the statements by verdict, in the order of their dates and then of the report."""
    found: dict[str, list[Row]] = {verdict: [] for verdict in _VERDICTS}
    for row in rows("judgements"):
        found[row["verdict"]].append(row)
    for own in found.values():
        own.sort(key=lambda row: (str(row["since"] or "9999"), row["locator"]))
    return found


def judgements_since() -> Chart:
    """Draw how long statements of the report lasted.

    Examples
    --------
    >>> "overtaken" in judgements_since().reading
    True
    """
    groups = _grouped()
    count = sum(map(len, groups.values()))
    title = _say("judgements.title", count=in_words(count))
    with plain_style():
        figure = _draw_judgements(groups, title)
    overtaken = groups["overtaken"]
    first, last = overtaken[0], overtaken[-1]
    counts = {verdict.replace(" ", "_"): in_words(len(own)) for verdict, own in groups.items()}
    return Chart(
        figure=figure,
        title=title,
        alt=_say("judgements.alt", count=in_words(count), date=day(REPORT_DATE),
                 soonest=_told(first["since"]), latest=_told(last["since"]), **counts),
        reading=_say(
            "judgements.reading", count=in_words(count), first=first["label"],
            first_locator=first["locator"], first_date=_told(first["since"]), last=last["label"],
            last_locator=last["locator"], last_date=_told(last["since"]), **counts,
        ),
        table=_judgements_table(groups),
        sources=_sources([row for own in groups.values() for row in own]),
        note=_say("judgements.note"),
    )


def _judgements_table(groups: Mapping[str, Sequence[Row]]) -> Table:
    heads = ("locator", "status", "judgement", "verdict", "evidence", "since", "source_id",
             "review", "note")
    cells = tuple(
        (row["locator"], row["status"], row["judgement"], _word("judgements.short", verdict),
         row["evidence"], row["since"] and str(row["since"]), row["source_id"],
         row["review_by"].isoformat(), row["note"] or None)
        for verdict, own in groups.items() for row in own
    )
    return Table(_say("judgements.caption"),
                 tuple(_say(f"judgements.col_{key}") for key in heads), cells)


def _draw_judgements(groups: Mapping[str, Sequence[Row]], title: str) -> Figure:
    count = sum(map(len, groups.values()))
    height = count * _PITCH + len(groups) * _HEAD
    page = sheet(title, _say("judgements.source"), height + 0.5)
    axes = page.place(MARGIN, 0.24, MARGIN, 0.26)
    report = year_fraction(REPORT_DATE)
    dates = [row["since"].first for own in groups.values() for row in own if row["since"]]
    last = max(dates).year + 1
    axes.set(xlim=(report - 0.06, last + 0.15), ylim=(height, 0), yticks=[],
             xticks=list(range(REPORT_DATE.year + 1, last + 1)))
    plain_axes(axes, grid="x")
    axes.axvline(report, color=INK, linewidth=1.4, linestyle=(0, (4, 3)), zorder=1)
    axes.annotate(say("charts.frame.report_date", date=day(REPORT_DATE)), (report, 1), (0, 5),
                  xycoords=("data", "axes fraction"), textcoords="offset points", va="bottom",
                  weight="bold", size=SMALL)
    y = 0.0
    for verdict, own in groups.items():
        axes.text(report + 0.06, y + 0.15, _word("judgements.verdict", verdict), size=LABEL,
                  weight="bold", va="center", color=ink(_VERDICTS[verdict]), bbox=_BACK)
        y += _HEAD
        for row in own:
            axes.text(report + 0.06, y + 0.075,
                      _say("judgements.row", locator=row["locator"], label=row["label"]),
                      size=SMALL, va="center", bbox=_BACK)
            axes.text(1, y + 0.075, row["since"].short() if row["since"] else "?", size=SMALL,
                      va="center", ha="right", color=ink(_VERDICTS[verdict]), bbox=_BACK,
                      transform=axes.get_yaxis_transform())
            _bar(axes, y + 0.2, row, last)
            y += _PITCH
    return page.figure


_BACK = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}


def _bar(axes: Axes, y: float, row: Row, last: int) -> None:
    """Draw how long a statement lasted: to an end, to the latest evidence, or unknown."""
    report, colour = year_fraction(REPORT_DATE), _VERDICTS[row["verdict"]]
    if not row["since"]:
        axes.plot([report, last], [y, y], ":", color=colour, linewidth=2)
        return
    end = year_fraction(row["since"])
    held = row["verdict"] == "held"
    axes.plot([report, end], [y, y], color=colour, linewidth=4, solid_capstyle="butt")
    axes.plot([end], [y], ">" if held else "|", color=colour, markersize=8 if held else 9,
              markeredgewidth=0 if held else 2.4)
