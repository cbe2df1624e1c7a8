"""Charts of lesson 6: amounts as exact as their sources, what came later marked."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawn import (
    drawn_chart,
    picture_text,
    table_rows,
)
from matplotlib.patches import Rectangle

from mali_course.charts.chart_base import Chart

DATA = Path(__file__).resolve().parent.parent / "data"
NAMES = ("aid-figures", "levers")
SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


@pytest.fixture(scope="module")
def charts() -> dict[str, Chart]:
    return {name: drawn_chart(name) for name in NAMES}


# --- The four amounts -----------------------------------------------------------------------------


def told(row: dict[str, str]) -> str:
    """Write an amount as its source does: in full, or in millions with at most one place."""
    dollars = int(row["dollars"])
    full = f"{dollars:,}"
    if dollars % 100_000 == 0:
        full = f"{dollars / 1_000_000:,.10g} million"
    return f"{row['qualifier']} ${full}".strip()


def drawn_of(figure: str) -> list[dict[str, str]]:
    own = [row for row in table_rows("us_aid_points") if row["figure"] == figure]
    near = {row["period"] for row in own if row["role"] == "near"}
    return [
        row
        for row in own
        if row["role"] in ("report", "same", "whole")
        or (row["role"] == "part" and row["period"] not in near)
    ]


def test_every_amount_stands_in_the_picture_and_in_the_table(charts: dict[str, Chart]) -> None:
    shown = charts["aid-figures"]
    seen = picture_text(shown)
    for figure in ("bilateral", "humanitarian", "g5", "mission"):
        for row in drawn_of(figure):
            assert f"{told(row)}, {row['period']}" in seen
            assert told(row) in shown.alt
            if row["role"] != "report":
                assert f"{row['said_by']}: {row['item']}" in seen
            if row["after_report"] == "yes":
                assert f"{told(row)}, {row['period']} (published after the report)" in seen
    text = shown.table.to_text()
    assert len(shown.table.rows) == len(table_rows("us_aid_points"))
    for row in table_rows("us_aid_points"):
        assert f"{int(row['dollars']):,}" in text
        assert row["item"] in text


def test_bars_are_as_long_as_their_amounts(charts: dict[str, Chart]) -> None:
    (axes,) = charts["aid-figures"].figure.axes
    bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    rows = [
        row for figure in ("bilateral", "humanitarian", "g5", "mission") for row in drawn_of(figure)
    ]
    assert len(bars) == len(rows)
    longest = max(int(row["dollars"]) for row in rows)
    full = max(bar.get_width() for bar in bars)
    assert sorted(bar.get_width() / full for bar in bars) == pytest.approx(
        sorted(int(row["dollars"]) / longest for row in rows)
    )
    assert len({bar.get_x() for bar in bars}) == 1
    # No meaning by colour alone: filled, striped, dotted or empty.
    looks = {(bar.get_hatch(), bar.get_facecolor() == (1, 1, 1, 1)) for bar in bars}
    assert looks == {(None, False), ("////", True), ("..", True), (None, True)}


def test_the_reading_tells_what_is_found_elsewhere(charts: dict[str, Chart]) -> None:
    reading = charts["aid-figures"].reading
    assert reading.startswith("$140 million (6.1.2) and $89 million (6.1.2) are found")
    assert "obligated" in reading
    whole = [int(row["dollars"]) for row in drawn_of("mission") if row["role"] == "whole"]
    shares = [100 * 327_000_000 / budget for budget in whole]
    assert f"{min(shares):.1f} to {max(shares):.1f} percent" in reading
    (dues,) = (
        row for row in table_rows("levers") if row["kind"] == "money" and row["cites"] == "6.2.3"
    )
    assert f"{dues['limit']}; {dues['note']}." in reading


# --- The levers ---------------------------------------------------------------------------------


def test_every_lever_has_its_signs(charts: dict[str, Chart]) -> None:
    shown = charts["levers"]
    rows = table_rows("levers")
    seen = picture_text(shown)
    (axes,) = shown.figure.axes
    signs = [line for line in axes.lines if line.get_marker() == "o"]
    # One sign a cell, and one each in the key below.
    cells = sum(len(row["whom_it_affects"].split(";")) for row in rows)
    assert sum(len(line.get_xdata()) for line in signs) == cells + 4  # type: ignore[arg-type]
    for row in rows:
        assert row["instrument"] in seen
        assert row["instrument"] in shown.alt
        starred = row["named_in_report"] == "no" and row["who_decides"] != "not named"
        assert (f"{row['instrument']} *" in seen) == starred
    text = shown.table.to_text()
    for row in rows:
        for column in ("who_decides", "use_in_report", "limit"):
            assert row[column] in text
