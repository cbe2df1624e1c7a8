"""Foreign forces and missions in and around Mali, in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.core.datasets import rows
from mali_course.core.dates import year_fraction
from mali_course.core.formats import day, in_words, listed, number
from mali_course.core.table import Table

__all__ = ["draw"]

_TEXTS = canvas.ChartTexts("charts.foreign-forces")

# One colour a leader; the leader's name stands beside the bar as well.
_COLOURS = {"France": style.BLUE, "United Nations": style.GREEN, "European Union": style.PURPLE}
_COLUMNS = ("mission", "led_by", "start", "end", "end_known", "people", "kind", "as_of", "remark",
            "source_id")

_LEFT = 0.32  # inches from the figure's edge to the time axis
_EDGE = (style.MARGIN - _LEFT) * 72  # points from the axis to where words begin
_LONGEST = 36  # letters that fit on a line below a bar, left of the report


@dataclass(frozen=True)
class _Mission:
    name: str
    led_by: str
    start: date
    end: date
    is_over: bool  # before the report
    counts: tuple[Row, ...]

    @property
    def known_counts(self) -> list[Row]:
        """The newest number of each kind that is dated and not later than the report."""
        dated = [row for row in self.counts if row["strength_as_of"]
                 and row["strength_as_of"].first <= style.REPORT_DATE]
        newest = {kind: max(row["strength_as_of"] for row in dated if row["kind"] == kind)
                  for kind in {row["kind"] for row in dated}}
        return [row for row in dated if row["strength_as_of"] == newest[row["kind"]]]


def _all_missions() -> list[_Mission]:
    by_mission: dict[str, list[Row]] = {}
    for row in rows("foreign_missions"):
        by_mission.setdefault(row["mission"], []).append(row)
    missions = [
        _Mission(name, counts[0]["led_by"], counts[0]["start"].first, counts[0]["end"].first,
                 counts[0]["end_known_in_january_2020"] == "yes", tuple(counts))
        for name, counts in by_mission.items()]
    return sorted(missions, key=lambda mission: mission.start)


def draw() -> Chart:
    """Draw the missions as bars in time, with the day of the report marked.

    Examples
    --------
    >>> "January 2020" in draw().reading
    True
    """
    missions = _all_missions()
    present = [mission for mission in missions
               if mission.start <= style.REPORT_DATE and not mission.is_over]
    gone = [mission for mission in missions if mission.is_over]
    report = day(style.REPORT_DATE)
    names = listed(mission.name for mission in present)
    regional, local = _two_areas(present)
    return Chart(
        figure=_draw_missions(missions),
        title=_TEXTS("title"),
        alt=_TEXTS("alt", count=in_words(len(missions)), first=missions[0].start.year,
                  gone=listed(mission.name for mission in gone), present=names, date=report),
        reading=_TEXTS("reading", date=report, count=in_words(len(present)), present=names,
                      gone=in_words(len(gone)), mission=regional["mission"],
                      regional=number(regional["strength"]), limit=local["qualifier"],
                      local=number(local["strength"])),
        table=_counts_table(missions),
        sources=tuple(dict.fromkeys(
            source for row in rows("foreign_missions")
            for source in (row["source_id"], *row["dates_from"].split("; ")))),
        note=_TEXTS("note"),
    )


def _area_text(row: Row) -> str:
    return next((f" ({area})" for area in _TEXTS.split("areas") if area in row["note"]), "")


def _two_areas(missions: list[_Mission]) -> tuple[Row, Row]:
    """Return two counts of one mission at one time that differ by area, the larger one first."""
    for mission in missions:
        local = [row for row in mission.known_counts if _area_text(row)]
        if len(local) == 2:
            larger, smaller = sorted(local, key=lambda row: -row["strength"])
            return larger, smaller
    raise ValueError("no mission has two counts by area")


def _counts_table(missions: list[_Mission]) -> Table:
    return canvas.rows_table(
        _TEXTS, _COLUMNS, [row for mission in missions for row in mission.counts],
        end_known=lambda row: _TEXTS(row["end_known_in_january_2020"]),
        people=lambda row: row["strength"],
        kind=lambda row: _TEXTS(f"kind_{row['kind']}"),
        as_of=lambda row: row["strength_as_of"] or _TEXTS("undated"),
        remark=lambda row: "; ".join(filter(None, (row["qualifier"], row["note"]))))


# --- The picture ------------------------------------------------------------------------------


def _draw_missions(missions: list[_Mission]) -> Figure:
    page = style.sheet(_TEXTS("title"), _TEXTS("source"), 0.86 * len(missions) + 0.7)
    axes = page.place(_LEFT, 0.28, style.MARGIN, 0.36)
    for place, mission in enumerate(missions):
        _draw_bar(axes, -place, mission)
        _write_names(axes, 0.16 - place, mission)
        _write_counts(axes, -0.15 - place, mission)
    style.plain_axes(axes, grid="x")
    first = missions[0].start.year
    last = max(year_fraction(mission.end) for mission in missions)
    axes.set(xlim=(first + 0.85, last + 0.35), ylim=(0.55 - len(missions), 0.55),
             xticks=list(range(first + 1, int(last) + 1, 2)), yticks=[])
    canvas.draw_report_line(axes, linewidth=1.4, zorder=4)
    canvas.draw_label(axes, canvas.report_label(), (canvas.REPORT_AT, 1), (-4, 12), "above",
                      ha="right", va="center", weight="bold")
    canvas.draw_label(axes, _TEXTS("after"), (canvas.REPORT_AT, 1), (4, 12), "above", va="center",
                      color=style.SOFT)
    return page.figure


def _draw_bar(axes: Axes, y: float, mission: _Mission) -> None:
    """Draw a bar that is striped after the report."""
    colour = _COLOURS.get(mission.led_by, style.VERMILLION)
    start, end, report = year_fraction(mission.start), year_fraction(mission.end), canvas.REPORT_AT
    axes.barh(y, min(end, report) - start, 0.24, left=start, color=colour, zorder=2)
    if end > report:
        axes.barh(y, end - report, 0.24, left=report, facecolor="white", edgecolor=colour,
                  hatch="////", linewidth=1, zorder=2)


def _write_names(axes: Axes, y: float, mission: _Mission) -> None:
    left, leader = _EDGE, _TEXTS("leader", led_by=mission.led_by)
    room = (style.WIDTH - 2 * style.MARGIN - 0.1
            - style.text_width(mission.name, style.LABEL + 0.5, "bold"))
    fits = style.text_width(leader, style.LABEL) < room
    for words, size, weight in ((mission.name, style.LABEL + 0.5, "bold"),
                                (leader, style.LABEL if fits else style.SMALL, "normal")):
        canvas.draw_label(axes, words, (0, y), (left, 0), "beside", size=size, weight=weight,
                          va="bottom", path_effects=style.halo(3), zorder=5)
        left += style.text_width(words, size, weight) * 72 + 5


def _write_counts(axes: Axes, y: float, mission: _Mission) -> None:
    counts = [
        _TEXTS("strength", limit=row["qualifier"], number=number(row["strength"]),
              kind=_TEXTS(f"kind_{row['kind']}"), area=_area_text(row),
              as_of=row["strength_as_of"].short()).strip()
        for row in mission.known_counts]
    between = "; " if len("".join(counts)) < _LONGEST else ";\n"
    canvas.draw_label(axes, between.join(counts), (0, y), (_EDGE, 0), "beside", size=style.SMALL,
                      va="top", linespacing=1.15, path_effects=style.halo(3), zorder=5)
