"""Charts of lesson 8: numbers recomputed from the files, later years marked."""

from __future__ import annotations

import datetime
import itertools
from collections import Counter

import pytest
from drawn import count_word, drawn_chart, picture_text, table_rows, visible_texts

from mali_course.charts.chart_base import Chart

NAMES = ("events-since", "judgements-since")


@pytest.fixture(scope="module")
def charts() -> dict[str, Chart]:
    return {name: drawn_chart(name) for name in NAMES}


# --- Both charts --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_marks_the_day_of_the_report(charts: dict[str, Chart], name: str) -> None:
    assert "report, 17 January 2020" in picture_text(charts[name])
    assert len(charts[name].sources) > 5


# --- Events -------------------------------------------------------------------------------------


def test_every_event_stands_in_the_picture_and_in_the_table(charts: dict[str, Chart]) -> None:
    shown = charts["events-since"]
    seen = picture_text(shown)
    rows = table_rows("events_since")
    assert shown.title.startswith(count_word(len(rows)))
    for row in rows:
        assert row["label"] in seen
    assert [row[2] for row in shown.table.rows] == [row["event"] for row in rows]
    assert [row[0] for row in shown.table.rows] == [row["date"] for row in rows]
    assert set(shown.sources) == {row["source_id"] for row in rows}


def test_events_stand_in_order_below_the_line_of_the_report(charts: dict[str, Chart]) -> None:
    shown = charts["events-since"]
    places = {text.get_text(): text.get_window_extent().y0 for text in visible_texts(shown)}
    heights = [
        next(y for said, y in places.items() if said.endswith(f": {row['label']}"))
        for row in table_rows("events_since")
    ]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] < places["report, 17 January 2020"]


def test_what_the_prose_says_of_the_events_still_holds(charts: dict[str, Chart]) -> None:
    """It is written by hand; a new event may change it."""
    rows = table_rows("events_since")
    assert rows[0]["label"] in charts["events-since"].alt
    assert rows[-1]["label"] in charts["events-since"].alt
    assert Counter(row["date"][:4] for row in rows).most_common(1) == [("2025", 8)]
    days = [datetime.date.fromisoformat(f"{row['date']}-01"[:10]) for row in rows]
    gap = max(itertools.pairwise(days), key=lambda days: days[1] - days[0])
    assert gap == (datetime.date(2022, 8, 15), datetime.date(2023, 6, 30))


def test_kinds_have_marks_of_their_own(charts: dict[str, Chart]) -> None:
    (axes,) = charts["events-since"].figure.axes
    marks: Counter[tuple[object, object]] = Counter()
    for line in axes.lines:
        if line.get_marker() in ("s", "o", "D", "^"):
            marks[line.get_marker(), line.get_color()] += 1
    assert len({marker for marker, _ in marks}) == len({colour for _, colour in marks}) == 4
    kinds = Counter(row["kind"] for row in table_rows("events_since"))
    assert sorted(marks.values()) == sorted(count + 1 for count in kinds.values())  # and the key


# --- Statements ---------------------------------------------------------------------------------


def test_every_statement_stands_in_its_group(charts: dict[str, Chart]) -> None:
    shown = charts["judgements-since"]
    rows = table_rows("judgements")
    places = {text.get_text(): text.get_window_extent().y0 for text in visible_texts(shown)}
    heads = {
        "held": "Held: later evidence fits",
        "overtaken": "Overtaken: right for its date, then changed",
        "not followed": "Not followed: a plan or call",
        "open": "Open: evidence does not decide",
    }
    edges = [*(places[head] for head in heads.values()), 0]
    for place, verdict in enumerate(heads):
        for row in rows:
            height = places[f"{row['locator']} {row['label']}"]
            assert (edges[place] > height > edges[place + 1]) == (row["verdict"] == verdict)
    assert Counter(row[3] for row in shown.table.rows) == Counter(row["verdict"] for row in rows)
    assert {row[0] for row in shown.table.rows} == {row["locator"] for row in rows}


def test_the_first_statement_to_be_overtaken_fell_with_the_elections() -> None:
    """The last with the sanctions of the U.N.; the reading says both."""
    dated = sorted(r["since"] for r in table_rows("judgements") if r["verdict"] == "overtaken")
    assert (dated[0], dated[-1]) == ("2020-03-29", "2023-08-30")


def test_a_bar_ends_with_its_evidence_and_an_open_one_nowhere(charts: dict[str, Chart]) -> None:
    (axes,) = charts["judgements-since"].figure.axes
    bars = [line for line in axes.lines if line.get_linewidth() == 4]
    dotted = [line for line in axes.lines if line.get_linestyle() == ":"]
    rows = table_rows("judgements")
    assert len(dotted) == sum(row["verdict"] == "open" for row in rows)
    ends = sorted(float(line.get_xdata()[1]) for line in bars)  # type: ignore[index, arg-type]
    years = sorted(int(row["since"][:4]) for row in rows if row["since"])
    assert len(ends) == len(years)
    assert all(year <= end <= year + 1 for year, end in zip(years, ends, strict=True))
