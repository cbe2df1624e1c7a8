"""Charts of lesson 7: counts recomputed from the files, gaps drawn as gaps."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from drawn import drawn_chart, picture_text, table_rows
from matplotlib.lines import Line2D

from mali_course.charts.chart_base import Chart
from mali_course.core.statuses import statuses

DATA = Path(__file__).resolve().parent.parent / "data"
NAMES = ("claim-map", "versions")
STATUSES = ("fact", "estimate", "allegation", "judgement", "plan")
REPORT = "2020-01-17"


OUTLINE = table_rows("report/outline")
VERSIONS = table_rows("report_versions")
DATES = table_rows("report_version_dates")


def several() -> dict[str, list[dict[str, str]]]:
    """Return the items that more than one version has."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in sorted(VERSIONS, key=lambda row: row["version_date"]):
        found.setdefault(row["item"], []).append(row)
    return {item: rows for item, rows in found.items() if len(rows) > 1}


def figure(row: dict[str, str]) -> str:
    money = "$" if row["unit"] == "usd" else ""
    return f"{row['qualifier']} {money}{int(row['value']):,}".strip()


def marks(shown: Chart, *markers: str) -> list[Line2D]:
    [axes] = shown.figure.axes
    return [line for line in axes.lines if line.get_marker() in markers]


@pytest.fixture(scope="module")
def charts() -> dict[str, Chart]:
    return {name: drawn_chart(name) for name in NAMES}


# --- The claim map --------------------------------------------------------------------------------


def test_the_map_counts_as_the_outline_does(charts: dict[str, Chart]) -> None:
    shown = charts["claim-map"]
    counts = Counter((row["section"], row["status"]) for row in OUTLINE)
    rows = {(row[0].split()[0], row[1].lower()): row for row in shown.table.rows}
    assert {key: row[2] for key, row in rows.items()} == counts
    for (section, status), row in rows.items():
        mine = [one for one in OUTLINE if (one["section"], one["status"]) == (section, status)]
        named = [one for one in mine if one["attribution"]]
        assert row[3] == len(named)
        for one in named:
            assert f"{one['locator']}: {one['attribution']}" in row[4]
    facts = sum(row["status"] == "fact" for row in OUTLINE)
    assert f"{facts} of {len(OUTLINE)}" in shown.title


def points(line: Line2D) -> list[tuple[float, float]]:
    return list(zip(line.get_xdata(), line.get_ydata(), strict=True))  # type: ignore[arg-type]


def test_every_sentence_is_one_mark_of_its_status(charts: dict[str, Chart]) -> None:
    lines = marks(charts["claim-map"], *(each.marker for each in statuses()))
    small = [line for line in lines if line.get_markersize() < 4]
    large = [line for line in lines if line not in small]
    hollow = [line for line in large if line.get_markerfacecolor() == "white"]
    seen: set[tuple[float, float]] = set()
    for each in statuses():
        mine = [line for line in large if line.get_marker() == each.marker]
        assert {line.get_markeredgecolor() for line in mine} == {each.colour}
        legend, *places = sorted((y, x) for line in mine for x, y in points(line))
        assert legend < min(places), "the first mark stands beside the name of the column"
        rows = [row for row in OUTLINE if row["status"] == each.name]
        assert len(places) == len(rows)
        assert sum(len(points(line)) for line in mine if line in hollow) == sum(
            bool(row["attribution"]) for row in rows
        )
        seen.update(places)
    assert len(seen) == len(OUTLINE)
    # Those of others differ without colour too: they have a dot inside, at the same places.
    dotted = sorted(point for line in small for point in points(line))
    assert dotted == sorted(point for line in hollow for point in points(line))


def test_who_is_named_stands_in_the_picture(charts: dict[str, Chart]) -> None:
    seen = picture_text(charts["claim-map"])
    for row in OUTLINE:
        if row["attribution"]:
            assert f"{row['locator']}: {row['attribution']}" in seen


def test_the_reading_names_the_sections_with_the_largest_shares(charts: dict[str, Chart]) -> None:
    reading = charts["claim-map"].reading
    size = Counter(row["section"] for row in OUTLINE)
    judged = Counter(row["section"] for row in OUTLINE if row["status"] == "judgement")
    named = Counter(row["section"] for row in OUTLINE if row["attribution"])
    most = max(size, key=lambda section: judged[section] / size[section])
    assert f"Section {most} has the largest share of judgements" in reading
    assert f"({judged[most]} of {size[most]})" in reading
    often = max(size, key=lambda section: named[section] / size[section])
    assert f"section {often} names others most often ({named[often]} of {size[often]})" in reading


# --- The versions ---------------------------------------------------------------------------------


def test_every_figure_of_two_versions_stands_in_the_picture(charts: dict[str, Chart]) -> None:
    shown = charts["versions"]
    seen = picture_text(shown)
    for item, rows in several().items():
        assert item in seen
        for row in rows:
            if row["value"]:
                assert figure(row) in seen
                assert f"{figure(row)} ({row['version_date']})" in shown.alt


def test_there_is_a_sign_where_a_version_has_the_item_and_nowhere_else(
    charts: dict[str, Chart],
) -> None:
    shown = charts["versions"]
    signs = [line for line in marks(shown, "o", "s") if line.get_markersize() == 6]
    drawn = sum(len(line.get_xdata()) for line in signs)  # type: ignore[arg-type]
    assert drawn == sum(len(rows) for rows in several().values())
    later = [line for line in signs if line.get_markerfacecolor() == "white"]
    hollow = sum(len(line.get_xdata()) for line in later)  # type: ignore[arg-type]
    assert hollow == sum(
        row["version_date"] > REPORT for rows in several().values() for row in rows
    )
    # No line joins two signs.
    assert all(line.get_linestyle() == "None" for line in signs)


def test_the_strip_says_how_much_of_each_version_was_read(charts: dict[str, Chart]) -> None:
    shown = charts["versions"]
    strip = [line for line in marks(shown, "o", "d", "x") if line.get_markersize() == 7]
    # Each kind of sign stands once more beside the word that says what it means.
    counts = sorted(len(line.get_xdata()) - 1 for line in strip)  # type: ignore[arg-type]
    read = Counter(row["read"] for row in DATES)
    assert counts == sorted(read.values())
    looks = {
        (line.get_marker(), line.get_fillstyle(), str(line.get_markerfacecolor())) for line in strip
    }
    assert len(looks) == len(read)
    assert f"{len(DATES)} known versions" in shown.alt


def test_the_table_has_every_row_and_every_unread_version(charts: dict[str, Chart]) -> None:
    rows = charts["versions"].table.rows
    nothing = [row for row in DATES if row["read"] == "nothing"]
    assert len(rows) == len(VERSIONS) + len(nothing)
    text = charts["versions"].table.to_text()
    for row in VERSIONS:
        assert row["says"] in text
    for row in nothing:
        assert any(cells[0].isoformat() == row["version_date"] for cells in rows)


def test_single_figures_are_named_and_a_gap_is_not_a_loss(charts: dict[str, Chart]) -> None:
    note = charts["versions"].note
    for item in {row["item"] for row in VERSIONS} - set(several()):
        assert item in note
    assert "not the same as dropped" in note
    assert "not proof that something was dropped" in charts["versions"].reading


def test_what_is_later_is_told_as_later(charts: dict[str, Chart]) -> None:
    shown = charts["versions"]
    assert "report, 17 January 2020" in picture_text(shown)
    reading = shown.reading
    rows = max(several().values(), key=lambda rows: sum(bool(row["value"]) for row in rows))
    after = next(row for row in rows if row["version_date"] > REPORT)
    now = next(row for row in rows if row["version_date"] == REPORT)
    assert f"the report itself {figure(now)};" in reading
    assert f"after the report, gives {figure(after)}" in reading


# --- Both -----------------------------------------------------------------------------------------
