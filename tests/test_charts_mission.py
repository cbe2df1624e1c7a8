"""Charts and explorers of lesson 5: counted again from the files, like compared with like."""

from __future__ import annotations

import datetime
import itertools
from collections import Counter
from pathlib import Path

import pytest
from drawn import count_word, drawn_chart, picture_text, table_rows, visible_texts
from matplotlib.patches import Rectangle

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import MARGIN, WIDTH
from mali_course.explorers import EXPLORERS, explore, explorer
from mali_course.explorers.explorer_base import Explorer
from mali_course.explorers.gallery.mandate import MandateExplorer
from mali_course.explorers.gallery.recount import RecountExplorer
from mali_course.explorers.mandate_picture import STANDINGS

DATA = Path(__file__).resolve().parent.parent / "data"
NAMES = ("mission-strength", "mission-budget", "mission-deaths")
REPORT = "2020-01-17"
CAUSES = ("malicious act", "illness", "accident", "to be determined")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
SMALL_WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def month(date: str) -> str:
    return f"{MONTHS[int(date[5:7]) - 1]} {date[:4]}"


def deaths(cause: str = "all") -> list[dict[str, str]]:
    return [
        row
        for row in table_rows("mission_deaths")
        if row["incident_on"] <= REPORT and cause in ("all", row["cause"])
    ]


@pytest.fixture(scope="module")
def charts() -> dict[str, Chart]:
    return {name: drawn_chart(name) for name in NAMES}


@pytest.fixture(scope="module")
def mandate() -> MandateExplorer:
    return MandateExplorer()


@pytest.fixture(scope="module")
def recount() -> RecountExplorer:
    return RecountExplorer()


def mandate_views() -> list[dict[str, str]]:
    resolutions = ("any", *(row["resolution"] for row in table_rows("mission_mandates")))
    themes = ("any", *dict.fromkeys(row["theme"] for row in table_rows("mandate_tasks")))
    return [
        {"resolution": resolution, "theme": theme}
        for resolution, theme in itertools.product(resolutions, themes)
    ]


def recount_views() -> list[dict[str, str]]:
    return [
        {"by": by, "cause": cause, "measure": measure}
        for by, cause, measure in itertools.product(
            ("year", "nationality", "region"),
            ("all", "malicious act"),
            ("number", "share", "per thousand"),
        )
    ]


@pytest.fixture(scope="module")
def everything(
    charts: dict[str, Chart], mandate: MandateExplorer, recount: RecountExplorer
) -> list[Chart]:
    some = mandate_views()
    return [
        *charts.values(),
        *(mandate.view(view) for view in (some[0], some[9], *some[12::12], some[-1])),
        *(recount.view(view) for view in recount_views()),
    ]


# --- Every picture ----------------------------------------------------------------------------


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
            percent = round(100 * int(row["personnel"]) / limit)
            told = f"{int(row['personnel']):,} in {month(row['as_of'])} ({percent} percent of"
            assert f"{told} {limit:,})" in reading
    below = all(
        int(row["personnel"]) <= ceiling(row["component"], row["as_of"])
        for row in table_rows("mission_strength")
        if row["component"] != "all personnel"
    )
    assert below == ("Each count lies below" in reading)
    assert "No count for 17 January 2020 was found." in reading
    assert not [row for row in table_rows("mission_strength") if "2019-07" < row["as_of"] <= REPORT]


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
            "Soldiers alone": ("military",),
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
        or row["precision"] == "unclear"
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
    assert "with civilians" in picture_text(charts["mission-strength"])


# --- The budget ---------------------------------------------------------------------------------


def times_left_out() -> list[tuple[datetime.date, datetime.date]]:
    """Return the first and the last day of each time for which the table has no row."""
    rows = sorted(table_rows("mission_budget"), key=lambda row: row["period_start"])
    day = datetime.timedelta(days=1)
    found = []
    until = datetime.date.fromisoformat(rows[0]["period_end"])
    for row in rows:
        begin = datetime.date.fromisoformat(row["period_start"])
        if begin > until + day:
            found.append((until + day, begin - day))
        until = max(until, datetime.date.fromisoformat(row["period_end"]))
    return found


def test_amounts_have_their_length_and_gaps_have_none(charts: dict[str, Chart]) -> None:
    shown = charts["mission-budget"]
    (axes,) = shown.figure.axes
    boxes = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    gaps = [box for box in boxes if box.get_linestyle() != "solid"]
    bars = [box for box in boxes if box not in gaps]
    rows = table_rows("mission_budget")
    amounts = sorted(int(row["amount_usd"]) for row in rows if row["amount_usd"])
    one = max(bar.get_width() for bar in bars) / amounts[-1]
    assert sorted(bar.get_width() / one for bar in bars) == pytest.approx(amounts)
    missing = [row["period"] for row in rows if not row["amount_usd"]]
    seen = picture_text(shown)
    left_out = len(times_left_out())
    assert seen.count("not found") == len(gaps) == len(missing) + left_out
    assert f", {missing[0]} and {missing[1]} no amount was found" in shown.reading


def test_time_that_the_budget_leaves_out_is_shown(charts: dict[str, Chart]) -> None:
    ((first, last),) = times_left_out()
    assert (first.isoformat(), last.isoformat()) == ("2014-01-01", "2014-06-30")
    shown = charts["mission-budget"]
    assert "Jan–Jun 2014" in picture_text(shown)
    assert "For Jan–Jun 2014, " in shown.reading
    assert "Jan–Jun 2014: no amount found" in shown.alt


def test_an_amount_keeps_the_word_of_its_source(charts: dict[str, Chart]) -> None:
    shown = charts["mission-budget"]
    seen = picture_text(shown)
    for row in table_rows("mission_budget"):
        if not row["amount_usd"]:
            continue
        millions = f"{int(row['amount_usd']) / 1e6:,.1f}"
        assert millions in seen
        assert millions in shown.alt
        assert f"{int(row['amount_usd']):,}" in shown.table.to_text()
    assert seen.count("asked for") == 1
    assert seen.count("advice") == 1
    late = [row for row in table_rows("mission_budget") if "after the report" in row["note"]]
    assert seen.count("paper of April 2020") == len(late)
    assert f"{count_word(len(late)).capitalize()} amounts come from a paper" in shown.reading
    (axes,) = shown.figure.axes
    looks = {(patch.get_hatch(), patch.get_facecolor()[:3] == (1, 1, 1)) for patch in axes.patches}
    assert {("////", True), ("....", True), (None, False)} <= looks


# --- The deaths ---------------------------------------------------------------------------------


def test_deaths_are_counted_as_in_the_file(charts: dict[str, Chart]) -> None:
    shown = charts["mission-deaths"]
    rows = deaths()
    attacks = len(deaths("malicious act"))
    assert f"the list has {len(rows)} deaths in the mission. {attacks} of them" in shown.reading
    counts = Counter((row["year"], row["cause"]) for row in rows)
    assert {row["cause"] for row in rows} == set(CAUSES)
    for line in shown.table.rows[:-2]:
        own = [counts[str(line[0]), cause] for cause in CAUSES]
        assert list(line[1:]) == [*own, sum(own)]
    every = [len(deaths(cause)) for cause in CAUSES]
    assert list(shown.table.rows[-1][1:]) == [*every, len(rows)]
    for year in {row["year"] for row in rows}:
        assert f"{counts[year, 'malicious act']} in {year}" in shown.alt


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


# --- The recount --------------------------------------------------------------------------------


def test_every_view_counts_as_the_file_does(recount: RecountExplorer) -> None:
    for view in recount_views():
        shown, rows = recount.view(view), deaths(view["cause"])
        counts = Counter(row[view["by"]] for row in rows)
        cells = {str(row[0]): row[1] for row in shown.table.rows}
        assert cells == dict(counts)
        assert f"the list has {len(rows)} deaths" in shown.reading
        for row in shown.table.rows:
            assert row[2] == pytest.approx(100 * row[1] / len(rows), abs=0.051)
        if view["by"] != "year":
            assert [row[1] for row in shown.table.rows] == sorted(counts.values(), reverse=True)
            african = {row[view["by"]]: row["african"] for row in rows}
            assert {row[0]: row[3] for row in shown.table.rows} == african


def test_bars_are_as_long_as_their_numbers(recount: RecountExplorer) -> None:
    for view in recount_views():
        shown = recount.view(view)
        shown.prepare()  # type: ignore[misc]
        rate = view["measure"] == "per thousand" and view["by"] == "year"
        column = 6 if rate else 1
        wanted = [row[column] for row in shown.table.rows if row[column]]
        bars = [bar for bar in recount._picture.bars if bar.get_visible()]
        found = [bar.get_width() / max(one.get_width() for one in bars) for bar in bars]
        assert found == pytest.approx([one / max(wanted) for one in wanted], abs=0.006)
        if view["by"] == "nationality":
            striped = [bar.get_hatch() is not None for bar in bars]
            assert striped == [row[3] == "no" for row in shown.table.rows]


def test_a_rate_needs_a_number_of_the_same_people(recount: RecountExplorer) -> None:
    groups = {"uniformed": ("military", "police"), "military": ("military",)}
    known = {row["rate_year"]: row for row in table_rows("mission_strength") if row["rate_year"]}
    for cause in ("all", "malicious act"):
        shown = recount.view({"by": "year", "cause": cause, "measure": "per thousand"})
        seen = picture_text(shown)
        for line in shown.table.rows:
            strength = known.get(str(line[0]))
            if not strength:
                assert line[3:] == (None,) * 4
                continue
            group = groups.get(strength["component"])
            own = sum(
                row["year"] == str(line[0]) and (not group or row["personnel_type"] in group)
                for row in deaths(cause)
            )
            people = int(strength["personnel"])
            assert line[3:5] == (own, people)
            assert line[6] == round(1000 * own / people, 2)
            assert f"{1000 * own / people:.1f} ({own} of {people:,}" in seen
            assert f"{1000 * own / people:.1f} in {line[0]}" in shown.reading
        assert "For 2014 and 2016 there is no rate" in shown.reading
        assert seen.count("no number of people found") == 2
        assert seen.count("so no rate") == 1  # of 2013 there is a number, for half a year


@pytest.mark.parametrize("by", ["nationality", "region"])
def test_no_rate_where_there_are_no_people_to_divide_by(recount: RecountExplorer, by: str) -> None:
    shown = recount.view({"by": by, "measure": "per thousand"})
    plain = recount.view({"by": by})
    assert "A rate is not possible here" in shown.reading
    assert shown.title == plain.title
    assert shown.table == plain.table


def test_what_the_questions_ask_can_be_seen(recount: RecountExplorer) -> None:
    every = recount.view({"by": "nationality"}).table.rows
    attacks = recount.view({"by": "nationality", "cause": "malicious act"}).table.rows
    assert [row[0] for row in every[:2]] == ["Chad", "Burkina Faso"]
    assert [row[0] for row in attacks[:2]] == ["Chad", "Guinea"]
    region = recount.view({"by": "region", "cause": "malicious act", "measure": "share"})
    assert "90" not in region.reading  # the sum is the learner's to find


# --- The mandate --------------------------------------------------------------------------------


def fitting(view: dict[str, str]) -> list[dict[str, str]]:
    return [
        row
        for row in table_rows("mandate_tasks")
        if all(value in ("any", row[name]) for name, value in view.items())
    ]


def test_every_view_shows_the_rows_that_fit(mandate: MandateExplorer) -> None:
    for view in mandate_views():
        shown, rows = mandate.view(view), fitting(view)
        shown.prepare()  # type: ignore[misc]
        counts = Counter(row["standing"] for row in rows)
        for standing in STANDINGS:
            line = mandate._picture.signs[standing]
            assert len(line.get_xdata()) == 1 + counts[standing]  # type: ignore[arg-type]
        tasks = [row[3] for row in shown.table.rows if row[5] is not None]
        assert Counter(tasks) == Counter(row["task"] for row in rows)
        assert shown.sources
        if view["theme"] == "any":
            ids = {row["source_id"] for row in rows} | {
                row["source_id"]
                for row in table_rows("mission_mandates")
                if view["resolution"] in ("any", row["resolution"])
            }
            assert set(shown.sources) == ids
        if not rows:
            assert "does not mean that it was dropped" in shown.reading
    assert {row["standing"] for row in table_rows("mandate_tasks")} == set(STANDINGS)


def test_a_resolution_tells_what_is_new_in_it(mandate: MandateExplorer) -> None:
    before = 0
    for row in table_rows("mission_mandates"):
        shown = mandate.view({"resolution": row["resolution"]})
        own = fitting({"resolution": row["resolution"]})
        for task in own:
            assert task["theme"] in shown.reading or task["standing"] == "named again"
        new = [task["theme"] for task in own if task["standing"] == "first named"]
        assert bool(new) == ("First named in our copies" in shown.reading)
        if not row["uniformed"]:
            assert "sets no ceiling" in shown.reading
            continue
        now = int(row["uniformed"])
        if before and now != before:
            assert f"now {now:,}; before it was {before:,}" in shown.reading
        else:
            assert f"{now:,}" in shown.reading
        before = now
        seen = picture_text(shown)
        assert f"{int(row['military']):,} soldiers and {int(row['police']):,} police" in seen
        for task in own:
            assert task["task"] in seen


def test_the_grid_has_a_sign_where_the_file_has_a_row(mandate: MandateExplorer) -> None:
    shown = mandate.view({})
    found = {text.get_text(): text for text in visible_texts(shown)}
    columns = {row["resolution"]: row["resolution"][:4] for row in table_rows("mission_mandates")}
    for row in table_rows("mandate_tasks"):
        line = mandate._picture.signs[row["standing"]]
        x = found[columns[row["resolution"]]].get_position()[0]
        name = row["theme"][0].upper() + row["theme"][1:]
        y = next(
            text.get_position()[1]
            for said, text in found.items()
            if name.startswith(said) and len(said) > 5
        )
        assert any(
            abs(x - at) < 0.01 and abs(y - height) < 0.2
            for at, height in zip(*line.get_data(), strict=True)
        ), row
    seen = picture_text(shown)
    assert "no explicit mandate for it (5.1.5)" in seen
    assert not [row for row in table_rows("mandate_tasks") if "pursue" in row["task"].lower()]
    for limit in {row["uniformed"] for row in table_rows("mission_mandates") if row["uniformed"]}:
        assert f"{int(limit):,}" in seen
    assert max(x for x, _ in mandate._picture.spans.get_xydata()[:2]) < WIDTH - MARGIN


def test_signs_differ_without_their_colour(mandate: MandateExplorer) -> None:
    picture = mandate._picture
    looks = {
        standing: (
            str(line.get_marker()),
            line.get_markerfacecolor() == "white",
            standing if standing in picture.digits else "",
        )
        for standing, line in picture.signs.items()
    }
    assert len(set(looks.values())) == len(STANDINGS)


# --- Both explorers -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"by": "", "cause": "", "measure": "", "resolution": "", "theme": ""},
        {"by": "month", "cause": "war", "measure": "many", "resolution": "9999", "theme": "all"},
        {"by": "year ", "theme": None, "measure": 3},
        {"resolution": ["2480 (2019)"]},
        {"other": "x"},
    ],
)
def test_odd_values_mean_the_defaults(
    mandate: MandateExplorer, recount: RecountExplorer, values: dict[str, str]
) -> None:
    assert repr(mandate.view(values)) == repr(mandate.view({}))
    assert repr(recount.view(values)) == repr(recount.view({}))


def test_the_explorers_are_what_the_form_expects(
    mandate: MandateExplorer, recount: RecountExplorer
) -> None:
    for one, kind in ((mandate, MandateExplorer), (recount, RecountExplorer)):
        shown: Explorer = one
        assert shown.name in EXPLORERS
        assert isinstance(explorer(shown.name), kind)
        assert explore(shown.name).on_change
        assert len(shown.controls) <= 4
        for control in shown.controls:
            options = [value for value, _ in control.options]
            assert control.default in options
            assert len(options) == len(set(options))
            assert all(label.strip() for _, label in control.options)


def test_views_keep_their_pictures(mandate: MandateExplorer, recount: RecountExplorer) -> None:
    for one, fresh, first, second in (
        (mandate, MandateExplorer, {"resolution": "2164 (2014)"}, {}),
        (recount, RecountExplorer, {"by": "nationality"}, {"measure": "per thousand"}),
    ):
        before = one.view(first)  # type: ignore[attr-defined]
        alone = before.to_png(60)
        after = one.view(second)  # type: ignore[attr-defined]
        assert after.figure is before.figure
        assert after.to_png(60) != alone
        assert before.to_png(60) == alone
        # Words that are copied look like words that are drawn.
        assert fresh().view(first).to_png(60) == alone
