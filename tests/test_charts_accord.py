"""Charts and explorer of lesson 3: numbers recomputed from the files, limits drawn as limits."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from drawn import (
    count_word,
    covering_words,
    cut_words,
    drawn_chart,
    picture_text,
    small_words,
    table_rows,
    visible_texts,
)
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from mali_course.charts.cached_text import KeptText
from mali_course.charts.chart_base import Chart
from mali_course.core.dates import PartialDate
from mali_course.explorers import EXPLORERS, explore, explorer
from mali_course.explorers.explorer_base import Explorer
from mali_course.explorers.gallery.accord import AccordExplorer

DATA = Path(__file__).resolve().parent.parent / "data"
NAMES = ("accord-measures", "coalitions")
STATES = ("not begun", "not done", "begun", "partly", "done", "not stated")
SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def views() -> list[dict[str, str]]:
    owing = ("any", "government", "armed groups", "both")
    pillars = ("any", *dict.fromkeys(row["pillar"] for row in table_rows("accord_commitments")))
    return [
        {"owed_by": owed_by, "pillar": pillar, "state": state}
        for owed_by, pillar, state in itertools.product(owing, pillars, ("any", *STATES))
    ]


def fitting(view: dict[str, str]) -> list[dict[str, str]]:
    return [
        row
        for row in table_rows("accord_commitments")
        if all(value in ("any", row[name]) for name, value in view.items())
    ]


@pytest.fixture(scope="module")
def tracker() -> AccordExplorer:
    return AccordExplorer()


@pytest.fixture(scope="module")
def charts() -> dict[str, Chart]:
    return {name: drawn_chart(name) for name in NAMES}


@pytest.fixture(scope="module")
def some_views(tracker: AccordExplorer) -> list[Chart]:
    return [
        tracker.view(view)
        for view in (
            {},
            {"owed_by": "government"},
            {"pillar": "security"},
            {"state": "not stated"},
            {"owed_by": "armed groups", "pillar": "justice"},
            {"owed_by": "armed groups", "state": "not done"},
        )
    ]


# --- The explorer -----------------------------------------------------------------------------


def test_every_view_counts_as_the_file_does(tracker: AccordExplorer) -> None:
    every = table_rows("accord_commitments")
    for view in views():
        shown, rows = tracker.view(view), fitting(view)
        counts = Counter(row["state"] for row in rows)
        for text in (shown.alt, shown.reading, shown.title, shown.table.caption):
            assert len(text) > 15
            assert "{" not in text
        assert 0 < len(shown.sources) == len({row["source_id"] for row in rows or every})
        if not rows:
            assert "No commitment" in shown.reading
            assert shown.table.rows[0][1:] == (None,) * (len(shown.table.columns) - 1)
            continue
        assert Counter(row[0] for row in shown.table.rows) == Counter(
            row["commitment"] for row in rows
        )
        assert [row[3] for row in shown.table.rows] == [
            next(one["state"] for one in rows if one["commitment"] == row[0])
            for row in shown.table.rows
        ]
        if len(rows) == 1:
            assert shown.reading.startswith(f"One of {count_word(len(every))} ")
            assert rows[0]["commitment"] in shown.reading
            assert rows[0]["said_by"] in shown.reading
            assert f"state was: {rows[0]['state']}." in shown.reading
            continue
        told = re.search(r"tell it: (.*?)\.", shown.reading)
        assert told
        said = dict(reversed(one.split(" ", 1)) for one in re.split(", | and ", told[1]))
        assert said == {state: count_word(count) for state, count in counts.items()}, view
        if view["state"] == "any":
            assert f"{counts['done']} of {len(rows)} done" in shown.title
        else:
            assert f"{len(rows)} of {len(every)}" in shown.title


def test_the_first_view_compares_the_sides(tracker: AccordExplorer) -> None:
    reading = tracker.view({}).reading
    every = table_rows("accord_commitments")
    assert f"{count_word(sum(row['in_report'] == 'yes' for row in every))} of them named" in reading
    for side, phrase in (
        ("government", "owed by the government alone"),
        ("armed groups", "owed by the armed groups alone"),
        ("both", "owed by both sides"),
    ):
        own = [row for row in every if row["owed_by"] == side]
        done = sum(row["state"] == "done" for row in own)
        told = (
            f"{count_word(len(own))} {phrase}, of which {count_word(done) if done else 'none'} done"
        )
        assert told in reading.lower()


def test_the_picture_says_what_the_table_says(tracker: AccordExplorer) -> None:
    for view in ({}, {"pillar": "security"}, {"owed_by": "both", "state": "partly"}):
        shown = tracker.view(view)
        seen = picture_text(shown)
        full = {"owed_by": "any", "pillar": "any", "state": "any"} | view
        rows = fitting(full)
        for row in rows:
            assert row["commitment"] in seen
            assert row["done_by_january_2020"] in seen
            assert f"Says: {row['said_by']}" in seen
        # Colour is not the only sign: each state has its word, once above and once a row.
        names = Counter(text.get_text() for text in visible_texts(shown))
        for state in STATES:
            assert names[state] == 1 + sum(row["state"] == state for row in rows)
        assert not [text for text in names if text == "nothing"]


def test_signs_differ_without_their_colour(tracker: AccordExplorer) -> None:
    signs = tracker._picture.signs
    inside = tracker._picture.inside
    looks = {
        state: (
            line.get_fillstyle(),
            str(line.get_markerfacecolor()) == "white",
            inside[state].get_marker() if state in inside else "",
        )
        for state, line in signs.items()
    }
    assert tuple(looks) == STATES
    assert len(set(looks.values())) == len(STATES)


def test_every_state_has_as_many_signs_as_rows(tracker: AccordExplorer) -> None:
    for view in views():
        tracker.view(view).prepare()  # type: ignore[misc]
        counts = Counter(row["state"] for row in fitting(view))
        for state, line in tracker._picture.signs.items():
            assert len(line.get_xdata()) == 1 + counts[state]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"owed_by": "", "pillar": "", "state": ""},
        {"owed_by": "France", "pillar": "war", "state": "finished"},
        {"owed_by": "government "},
        {"owed_by": None, "state": 3},
        {"pillar": ["security"]},
        {"other": "x"},
    ],
)
def test_odd_values_mean_the_defaults(tracker: AccordExplorer, values: dict[str, str]) -> None:
    assert repr(tracker.view(values)) == repr(tracker.view({}))


def test_the_explorer_is_what_the_form_expects(tracker: AccordExplorer) -> None:
    one: Explorer = tracker
    assert "accord" in EXPLORERS
    assert isinstance(explorer("accord"), AccordExplorer)
    assert explore("accord").on_change
    assert len(one.controls) <= 4
    values = {"owed_by": "owed_by", "pillar": "pillar", "state": "state"}
    for control in one.controls:
        options = [value for value, _ in control.options]
        assert control.default in options
        assert len(options) == len(set(options))
        assert all(label.strip() for _, label in control.options)
        # Nothing in the file that no choice shows.
        assert {row[values[control.name]] for row in table_rows("accord_commitments")} <= set(
            options
        )


def test_views_keep_their_pictures(tracker: AccordExplorer) -> None:
    first = tracker.view({"pillar": "security"})
    alone = first.to_png(60)
    second = tracker.view({"owed_by": "both"})
    assert second.figure is first.figure
    assert second.to_png(60) != alone
    assert first.to_png(60) == alone
    # Words that are copied look like words that are drawn.
    assert AccordExplorer().view({"pillar": "security"}).to_png(60) == alone


def test_kept_words_are_copied_and_not_drawn_again(tracker: AccordExplorer) -> None:
    shown = tracker.view({})
    shown.to_png(90)
    kept = len(tracker._picture.kept)
    shown.to_png(90)
    assert len(tracker._picture.kept) == kept
    assert any(isinstance(text, KeptText) for text in shown.figure.findobj(Text))


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
    assert len(later) == 1
    assert f"{later[0]['measured_by']} is of {later[0]['as_of'][:4]}" in reading
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


# --- All of them --------------------------------------------------------------------------------


def test_some_views_can_be_read(some_views: list[Chart]) -> None:
    for shown in some_views:
        assert cut_words(shown) == small_words(shown) == covering_words(shown) == []
