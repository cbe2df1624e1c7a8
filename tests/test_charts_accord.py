"""Charts of lesson 3: numbers recomputed from the files, limits drawn as limits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from drawn import (
    count_word,
    drawn_chart,
    picture_text,
    table_rows,
    visible_texts,
)
from matplotlib.patches import Rectangle

from mali_course.charts.chart_base import Chart
from mali_course.core.dates import PartialDate

DATA = Path(__file__).resolve().parent.parent / "data"
NAMES = ("accord-measures", "coalitions")
SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


@pytest.fixture(scope="module")
def charts() -> dict[str, Chart]:
    return {name: drawn_chart(name) for name in NAMES}


# --- What observers measured --------------------------------------------------------------------


def test_every_figure_stands_in_the_words_and_in_the_table(charts: dict[str, Chart]) -> None:
    shown = charts["accord-measures"]
    seen = picture_text(shown)
    for row in table_rows("accord_measures"):
        figure = f"{float(row['value']):,.10g}"
        said = f"{row['qualifier']} {figure}".strip()
        assert said in seen
        assert said in shown.alt
        assert row["measured_by"] in shown.alt
        assert row["measured_by"] in seen
        assert figure in shown.table.to_text()
        assert row["scale_note"] in shown.table.to_text()
    assert len(shown.table.rows) == len(table_rows("accord_measures"))
    assert set(shown.sources) == {row["source_id"] for row in table_rows("accord_measures")}


def test_the_reading_names_limits_and_what_came_later(charts: dict[str, Chart]) -> None:
    reading = charts["accord-measures"].reading
    rows = table_rows("accord_measures")
    limits = [row for row in rows if row["qualifier"] in ("at most", "more than")]
    assert f"{count_word(len(limits)).capitalize()} figures are limits" in reading
    for row in limits:
        assert f"{row['qualifier']} {row['value']} percent" in reading
        assert row["measure"] in reading
    later = [row for row in rows if row["as_of"] > "2020-01-17"]
    assert f"{count_word(len(later)).capitalize()} figures are later than the report" in reading
    for row in later:
        assert row["value"] in reading or row["as_of"][:4] in reading
    numbers = set(re.findall(r"\d+(?:\.\d+)?", reading))
    known = {row["value"] for row in rows} | {row["as_of"][:4] for row in rows} | {"78", "17"}
    assert numbers <= known | {"2020"}
    assert "Read what each figure counts" in reading
    # Who measured is not who passed a figure on.
    assert "Crisis Group" not in reading + charts["accord-measures"].alt
    assert "article of the International Crisis Group" in str(charts["accord-measures"].note)


def test_scales_say_where_they_end(charts: dict[str, Chart]) -> None:
    seen = picture_text(charts["accord-measures"])
    for end in ("0 to 78 commitments", "0 to 100 percent of provisions", "0 to 100 points"):
        assert end in seen


def widths(shown: Chart) -> Sequence[tuple[float, Rectangle]]:
    """Return the boxes of the picture with their share of the full scale."""
    (axes,) = shown.figure.axes
    boxes = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    full = max(box.get_width() for box in boxes)
    return [(box.get_width() / full, box) for box in boxes]


def test_bars_are_as_long_as_their_share_of_their_own_scale(charts: dict[str, Chart]) -> None:
    found = widths(charts["accord-measures"])
    for share in (0.22, 20 / 78, 0.25, 0.60, 0.15, 0.3125):
        assert any(abs(one - share) < 1e-9 for one, _ in found), share
    # A limit is an area of dots with a wall, not a bar.
    dotted = sorted(one for one, box in found if box.get_hatch() == "..")
    assert dotted == pytest.approx([1 - 0.667, 0.5])
    assert all(box.get_facecolor() == (1, 1, 1, 1) for _, box in found if box.get_hatch() == "..")
    assert picture_text(charts["accord-measures"]).count("somewhere here") == 2


def test_no_line_joins_two_figures(charts: dict[str, Chart]) -> None:
    (axes,) = charts["accord-measures"].figure.axes
    for line in axes.lines:
        xs, ys = line.get_data()
        assert len(xs) == 2
        assert xs[0] == xs[1] or ys[0] == ys[1], "only walls, cells and the line of the report"
    assert not axes.axison, "there is no scale for all"


def test_what_is_later_stands_below_the_line_of_the_report(charts: dict[str, Chart]) -> None:
    found = {text.get_text(): text for text in visible_texts(charts["accord-measures"])}
    line = found["report, 17 January 2020"].get_window_extent().y0
    for row in table_rows("accord_measures"):
        heading = next(
            text
            for said, text in found.items()
            if said.lower().startswith(row["measure"].split(" fu")[0].lower()[:18])
        )
        below = heading.get_window_extent().y0 < line
        assert below == (row["as_of"] > "2020-01-17"), row["measure"]


# --- The coalitions -----------------------------------------------------------------------------


def test_every_member_stands_in_its_box(charts: dict[str, Chart]) -> None:
    shown = charts["coalitions"]
    axes = shown.figure.axes[0]
    found = [text for text in visible_texts(shown) if text.axes is axes]
    boxes = {
        side: axes.patches[place].get_window_extent()  # type: ignore[call-arg]
        for place, side in enumerate(("CMA", "Platform"))
    }
    for row in table_rows("coalitions"):
        if row["kind"] != "member":
            continue
        name = row["group"].split(" (")[0]
        inside = [
            text
            for text in found
            if text.get_text() == name
            and boxes[row["coalition"]].contains(*text.get_window_extent().p0)
            and boxes[row["coalition"]].contains(*text.get_window_extent().p1)
        ]
        assert len(inside) == 1, row["group"]
        assert name in shown.alt
    seen = picture_text(shown)
    assert "signed: 20 Jun 2015" in seen
    assert "signed: 15 May 2015" in seen
    for row in table_rows("coalitions"):
        if row["kind"] == "designated jihadist":
            assert row["group"] in seen
            assert row["group"] in shown.alt


def test_years_of_fights_are_those_of_the_file(charts: dict[str, Chart]) -> None:
    shown = charts["coalitions"]
    listed = [row for row in table_rows("coalition_events") if row["kind"] == "fight"]
    yearly = [row for row in listed if row["precision"] == "year"]
    time_axes = shown.figure.axes[1]
    bars = [(round(bar.get_y()), round(bar.get_x())) for bar in time_axes.patches]  # type: ignore[attr-defined]
    assert len(bars) == len(set(bars)), "a year is drawn once a pair"
    # A year can have two entries for one strip: the CMA against GATIA alone and with others.
    assert {year for _, year in bars} == {int(row["date"]) for row in yearly}
    doubles = [row for row in yearly if row["parties"] == "CMA; GATIA; MAA; CMFPR-1"]
    assert len(bars) == len(yearly) - sum(row["date"] == "2015" for row in doubles)
    marks = [line for line in time_axes.lines if line.get_marker() == "X"]
    assert len(marks) == len(listed) - len(yearly)
    platform = {
        int(row["date"])
        for row in yearly
        if "CMA" in row["parties"].split("; ") and "GATIA" in row["parties"].split("; ")
    }
    assert platform == set(range(min(platform), max(platform) + 1))
    assert f"in the years {min(platform)} to {max(platform)}" in shown.reading


def test_what_the_reading_says_of_later_years_is_what_the_file_has(
    charts: dict[str, Chart],
) -> None:
    events = table_rows("coalition_events")
    assert "For 2018 and 2019 UCDP lists no fight between the CMA and GATIA" in (
        charts["coalitions"].reading
    )
    assert not [
        row
        for row in events
        if row["kind"] == "fight"
        and row["date"] >= "2018"
        and {"GATIA", "CMA"} <= set(row["parties"].split("; "))
    ]
    for row in events:
        if row["kind"] == "split":
            group = row["parties"].split("; ")[0]
            dated = f"{group} ({PartialDate(row['date']).in_words()})"
            assert dated in charts["coalitions"].reading


def test_all_events_and_groups_stand_in_the_table(charts: dict[str, Chart]) -> None:
    shown = charts["coalitions"]
    assert len(shown.table.rows) == len(table_rows("coalition_events")) + len(
        table_rows("coalitions")
    )
    text = shown.table.to_text()
    for row in table_rows("coalition_events"):
        assert row["event"] in text
    for row in table_rows("coalitions"):
        assert row["name"] in text
    dates = [row[0] for row in shown.table.rows[: len(table_rows("coalition_events"))]]
    assert dates == sorted(dates)


def test_the_date_of_the_report_is_marked(charts: dict[str, Chart]) -> None:
    shown = charts["coalitions"]
    assert "report, 17 January 2020" in picture_text(shown)
    assert any(
        len(line.get_xdata()) == 2  # type: ignore[arg-type]
        and all(abs(float(x) - (2020 + 16 / 366)) < 0.001 for x in line.get_xdata())  # type: ignore[arg-type,union-attr]
        for line in shown.figure.axes[1].lines
    )
