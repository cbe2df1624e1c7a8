"""Charts of lesson 5: counted again from the files, like compared with like."""

from __future__ import annotations

from collections import Counter

import pytest
from drawn import drawn_chart, picture_text, table_rows
from matplotlib.patches import Rectangle

from mali_course.charts.chart_base import Chart

NAMES = ("mission-strength", "mission-deaths")
REPORT = "2020-01-17"
CAUSES = ("malicious act", "illness", "accident", "to be determined")


def deaths(cause: str = "all") -> list[dict[str, str]]:
    return [
        row
        for row in table_rows("mission_deaths")
        if row["incident_on"] <= REPORT and cause in ("all", row["cause"])
    ]


@pytest.fixture(scope="module")
def charts() -> dict[str, Chart]:
    return {name: drawn_chart(name) for name in NAMES}


# --- The size of the mission --------------------------------------------------------------------


def test_every_ceiling_and_count_is_told(charts: dict[str, Chart]) -> None:
    shown = charts["mission-strength"]
    seen = picture_text(shown)
    for row in table_rows("mission_strength"):
        people = f"{int(row['personnel']):,}"
        assert people in seen
        assert people in shown.alt
        assert people in shown.table.to_text()
    for row in table_rows("mission_mandates"):
        for counted in ("military", "police", "uniformed"):
            if row[counted]:
                assert f"{int(row[counted]):,}" in seen
                assert f"{int(row[counted]):,}" in shown.alt
    used = {
        row["source_id"]
        for row in (*table_rows("mission_strength"), *table_rows("mission_mandates"))
    }
    assert set(shown.sources) == used


def ceiling(counted: str, date: str) -> int:
    found = [row for row in table_rows("mission_mandates") if row[counted]]
    return int([row[counted] for row in found if row["adopted_on"] <= date][-1])


def test_the_reading_sets_soldiers_against_soldiers(charts: dict[str, Chart]) -> None:
    reading = charts["mission-strength"].reading
    for row in table_rows("mission_strength"):
        if row["component"] == "military" and row["precision"] != "unclear":
            limit = ceiling("military", row["as_of"])
            assert f"({100 * int(row['personnel']) / limit:.0f} percent of {limit:,})" in reading
    # "Each count lies below the ceiling for the same people."
    for row in table_rows("mission_strength"):
        if row["component"] != "all personnel":
            assert int(row["personnel"]) < ceiling(row["component"], row["as_of"])


def test_points_stand_alone_and_in_the_panel_of_their_kind(charts: dict[str, Chart]) -> None:
    panels = charts["mission-strength"].figure.axes
    wanted = {
        kind: sorted(
            int(row["personnel"])
            for row in table_rows("mission_strength")
            if row["component"] in kinds
        )
        for kind, kinds in {
            "together": ("uniformed", "all personnel"),
            "Soldiers only": ("military",),
            "Police": ("police",),
        }.items()
    }
    for kind, people in wanted.items():
        (axes,) = (one for one in panels if any(kind in text.get_text() for text in one.texts))
        points = [line for line in axes.lines if line.get_marker() != "None"]
        assert all(len(line.get_xdata()) == 1 for line in points)  # type: ignore[arg-type]
        assert sorted(line.get_ydata()[0] for line in points) == people  # type: ignore[index]
        assert axes.get_ylim()[0] == 0


def test_what_cannot_be_compared_is_hollow(charts: dict[str, Chart]) -> None:
    hollow = {
        int(row["personnel"])
        for row in table_rows("mission_strength")
        if row["component"] == "all personnel"
        or row["precision"] in ("published", "unclear")
        or row["after_report"] == "yes"
    }
    points = [
        line
        for axes in charts["mission-strength"].figure.axes
        for line in axes.lines
        if line.get_marker() != "None"
    ]
    for line in points:
        empty = line.get_markerfacecolor() == "white"
        assert empty == (int(line.get_ydata()[0]) in hollow)  # type: ignore[index]
    diamonds = [line for line in points if line.get_marker() == "D"]
    assert len(diamonds) == 1
    assert "not said to be in uniform" in picture_text(charts["mission-strength"])


# --- The deaths ---------------------------------------------------------------------------------


def test_deaths_are_counted_as_in_the_file(charts: dict[str, Chart]) -> None:
    shown = charts["mission-deaths"]
    rows = deaths()
    counts = Counter((row["year"], row["cause"]) for row in rows)
    assert {row["cause"] for row in rows} == set(CAUSES)
    for line in shown.table.rows[:-2]:
        own = [counts[str(line[0]), cause] for cause in CAUSES]
        assert list(line[1:]) == [*own, sum(own)]
    every = [len(deaths(cause)) for cause in CAUSES]
    assert list(shown.table.rows[-1][1:]) == [*every, len(rows)]


def test_bars_of_all_causes_share_one_scale(charts: dict[str, Chart]) -> None:
    shown = charts["mission-deaths"]
    shown.to_png(100)
    heights = []
    for axes, cause in zip(shown.figure.axes, reversed(CAUSES), strict=True):
        bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
        assert sum(bar.get_height() for bar in bars) == len(deaths(cause))
        low, high = axes.get_ylim()
        assert low == 0
        heights.append(axes.get_window_extent().height / high)
    assert max(heights) - min(heights) < 0.01
    assert len({axes.patches[0].get_hatch() for axes in shown.figure.axes}) == len(CAUSES)
