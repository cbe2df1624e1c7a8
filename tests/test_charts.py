"""Charts: no picture without words, no number that is not in the data, nothing cut or hidden."""

from __future__ import annotations

import dataclasses
import itertools
import json
import math
import subprocess
import sys
import threading
from pathlib import Path

import matplotlib
import pytest
from drawn import (
    Page,
    drawn_chart,
    numbers,
    picture_text,
    table_numbers,
    table_rows,
    visible_texts,
)
from matplotlib.patches import Rectangle

from mali_course.charts import CHARTS, chart, style
from mali_course.charts.chart_base import Chart
from mali_course.core.errors import CourseError
from mali_course.core.table import Table

DATA = Path(__file__).resolve().parent.parent / "data"


@pytest.fixture(scope="module")
def charts() -> dict[str, Chart]:
    return {name: drawn_chart(name) for name in CHARTS}


# --- A chart is refused without its words -----------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"alt": ""},
        {"alt": "A chart"},
        {"alt": " " * 40},
        {"reading": ""},
        {"reading": "Look."},
        {"title": " "},
        {"sources": ()},
        {"table": None},
    ],
)
def test_a_chart_without_its_words_is_refused(
    charts: dict[str, Chart], change: dict[str, object]
) -> None:
    with pytest.raises(ValueError, match="a chart needs"):
        dataclasses.replace(charts["elections"], **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("caption", "columns", "rows"),
    [
        ("", ("A",), ((1,),)),
        ("T", ("",), ((1,),)),
        ("T", ("A",), ()),
        ("T", ("A", "B"), ((1,),)),
        ("T", (), ((),)),
    ],
)
def test_a_table_without_its_words_is_refused(
    caption: str, columns: tuple[str, ...], rows: tuple[tuple[object, ...], ...]
) -> None:
    with pytest.raises(ValueError, match="a table needs"):
        Table(caption, columns, rows)


@pytest.mark.parametrize("head", ["Year", "year", "Fiscal year"])
def test_years_have_no_thousands_in_any_column(head: str) -> None:
    shown = Table("T", ("Country", head, "Deaths in the year"), (("Mali", 2019, 2019),))
    assert shown.to_text().splitlines()[-1] == "Mali | 2019 | 2,019"
    html = shown.to_html()
    assert ">2019</td>" in html
    assert ">2,019</td>" in html


@pytest.mark.parametrize("name", ["", "displacment", "Mali-Maps", None, 3, ["elections"]])
def test_an_unknown_chart_is_answered_with_the_names_there_are(name: object) -> None:
    with pytest.raises(CourseError) as told:
        chart(name)  # type: ignore[arg-type]
    assert all(known in str(told.value) for known in CHARTS)
    if name == "displacment":
        assert 'Did you mean: "displacement"?' in str(told.value)


# --- Numbers in words come from the table -----------------------------------------------------

def result(year: str, name: str) -> dict[str, str]:
    (row,) = (
        row
        for row in table_rows("elections_results")
        if row["date"].startswith(year)
        and row["round"] == "2"
        and row["status"] == "final"
        and row["candidate"].endswith(name)
    )
    return row


def share(year: str, name: str) -> float:
    return float(result(year, name)["share_percent"])


def distance(first: str, second: str) -> float:
    """Haversine formula; the package uses another one."""
    towns = {row["name"]: row for row in table_rows("geo/towns")}
    a, b = (
        (math.radians(float(towns[one]["lat"])), math.radians(float(towns[one]["lon"])))
        for one in (first, second)
    )
    half = (
        math.sin((a[0] - b[0]) / 2) ** 2
        + math.cos(a[0]) * math.cos(b[0]) * math.sin((a[1] - b[1]) / 2) ** 2
    )
    return 2 * 6371 * math.asin(math.sqrt(half))


def test_numbers_of_the_map_are_distances_of_its_towns(charts: dict[str, Chart]) -> None:
    shown = {row[0]: row[-1] for row in charts["mali-map"].table.rows}
    for town in ("Mopti", "Gao", "Kidal"):
        assert shown[town] == round(distance("Bamako", town), -1)


def test_the_map_says_which_regions_are_the_north_and_the_centre(charts: dict[str, Chart]) -> None:
    parts = {row[1]: row[2] for row in charts["mali-map"].table.rows}
    names = {
        feature["properties"]["name"]
        for feature in json.loads((DATA / "geo/mali_admin1.geojson").read_text("utf-8"))["features"]
    }
    assert set(parts) <= names
    assert {region for region, part in parts.items() if part == "north"} == {
        "Tombouctou",
        "Gao",
        "Kidal",
    }
    assert {region for region, part in parts.items() if part == "centre"} == {"Mopti", "Ségou"}


def test_members_and_neighbours_on_the_map_of_the_sahel(charts: dict[str, Chart]) -> None:
    shown = charts["sahel-map"]
    members = {row[0] for row in shown.table.rows if row[1] == "yes"}
    borders = {row[0] for row in shown.table.rows if row[2] == "yes"}
    assert members == {"Mali", "Mauritania", "Niger", "Burkina Faso", "Chad"}
    assert borders == {
        "Algeria",
        "Burkina Faso",
        "Côte d'Ivoire",
        "Guinea",
        "Mauritania",
        "Niger",
        "Senegal",
    }


def test_the_report_says_roughly_double_and_the_counts_lie_on_both_sides(
    charts: dict[str, Chart],
) -> None:
    year_ends = {
        int(row["year"]): int(row["persons"])
        for row in table_rows("displacement_by_year")
        if row["measure"] == "internally_displaced" and row["counted_by"] == "UNHCR"
    }
    known = {year: year_ends[year] for year in range(2012, 2020)}
    extremes = max(known, key=known.__getitem__), min(known, key=known.__getitem__)
    assert extremes == (2013, 2016), "reading and alt text say so"
    points = {
        row["as_of"]: int(row["persons"])
        for row in table_rows("displacement_points")
        if row["measure"] == "idps_in_mali"
    }
    by_points = points["2019-09-30"] / points["2018-09-30"]
    by_years = year_ends[2019] / year_ends[2018]
    assert 1.5 < by_years < 2 < by_points < 2.5
    assert {f"{by_points:.1f}", f"{by_years:.1f}"} <= numbers(charts["displacement"].reading)


def test_the_figures_of_the_report_stand_in_the_picture(charts: dict[str, Chart]) -> None:
    words = picture_text(charts["displacement"])
    assert "1.2.2: over 201,000" in words
    assert "1.2.2: nearly 139,000" in words


def test_votes_and_lead_of_the_winner_fell(charts: dict[str, Chart]) -> None:
    years = ("2013", "2018")
    leads = {year: share(year, "Keïta") - share(year, "Cissé") for year in years}
    assert result("2018", "Keïta")["votes"] < result("2013", "Keïta")["votes"]
    assert leads["2018"] < leads["2013"]
    assert {f"{lead:.2f}" for lead in leads.values()} <= table_numbers(charts["elections"])


def test_sources_that_disagree_on_an_election_stand_in_the_table(charts: dict[str, Chart]) -> None:
    disagreements = {"34.42", "34.54", "45.73", "77.61", "77.62", "67.16", "67.17"}
    assert disagreements <= table_numbers(charts["elections"])


def test_two_counts_of_one_operation_differ_in_what_they_count(charts: dict[str, Chart]) -> None:
    """What each counts is for the learner to find, in the picture and in the table."""
    words = picture_text(charts["foreign-forces"])
    assert "4,500 deployed, Jan 2020 (whole Sahel)" in words
    assert "over 1,000 deployed, Jan 2020 (Mali only)" in words


# --- HTML and text ----------------------------------------------------------------------------


def test_html_is_escaped(charts: dict[str, Chart]) -> None:
    odd = dataclasses.replace(
        charts["elections"],
        alt='A "quoted" text with <b> & more of it',
        reading="Less than < and more than > stand in this sentence.",
    )
    found = Page(odd.to_html())
    assert '"quoted" text with <b> &' in str(found.all("img")[0]["alt"])
    assert not found.all("b")


def test_text_and_picture_are_the_same_in_another_process() -> None:
    script = (
        "import hashlib; from mali_course.charts import chart\n"
        "for name in ('elections', 'mali-map'):\n"
        "    c = chart(name); print(hashlib.sha256(c.to_png(72)).hexdigest(), repr(c))"
    )
    once, twice = (
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            cwd=DATA.parent,
        ).stdout
        for _ in range(2)
    )
    assert once == twice


def test_chart_stays_a_function_whatever_is_loaded_first() -> None:
    script = (
        "import mali_course as mali; from mali_course.charts.chart_base import Chart\n"
        "import mali_course.charts; from mali_course.charts import chart\n"
        "print(isinstance(mali.chart('elections'), Chart), callable(chart), "
        "callable(mali_course.charts.chart))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=DATA.parent
    )
    assert done.stdout.split() == ["True"] * 3


def test_one_chart_loads_neither_pandas_nor_pyplot() -> None:
    script = (
        "import sys; from mali_course.charts import chart\n"
        "assert 'matplotlib' not in sys.modules\n"
        "chart('elections').to_html()\n"
        "print([m for m in ('pandas', 'matplotlib.pyplot', 'mali_course.charts.gallery.mali_map') "
        "if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=DATA.parent
    )
    assert done.stdout.strip() == "[]"


# --- What can be seen ---------------------------------------------------------------------------


def test_bars_begin_at_zero(charts: dict[str, Chart]) -> None:
    for name in ("displacement", "elections"):
        bars = 0
        for axes in charts[name].figure.axes:
            for patch in axes.patches:
                assert isinstance(patch, Rectangle)
                assert 0 in (patch.get_x(), patch.get_y())
                bars += 1
            assert 0 in (axes.get_xlim()[0], axes.get_ylim()[0])
        assert bars >= 8


def test_the_date_of_the_report_is_marked_where_time_passes_it(
    charts: dict[str, Chart],
) -> None:
    for shown in (charts["displacement"], charts["foreign-forces"]):
        marks = [text.get_text() for text in visible_texts(shown)]
        assert "report, 17 January 2020" in marks, shown.title
        report = 2020 + 16 / 366
        lines = [line for axes in shown.figure.axes for line in axes.lines]
        found = [
            line
            for line in lines
            if len(line.get_xdata()) == 2
            and all(abs(float(x) - report) < 0.01 for x in line.get_xdata())
        ]
        assert found, shown.title


def test_maps_say_what_their_borders_are(charts: dict[str, Chart]) -> None:
    for name in ("mali-map", "sahel-map"):
        words = picture_text(charts[name])
        assert "Boundaries are illustrative" in words
        assert "Western Sahara" in words
        assert "non-self-governing" in charts[name].note


def _luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in matplotlib.colors.to_rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["BLUE", "VERMILLION", "GREEN", "PURPLE", "BLACK", "SOFT"])
def test_colours_reach_their_contrast_on_white(name: str) -> None:
    colour = getattr(style, name)
    assert 1.05 / (_luminance(colour) + 0.05) >= (4.5 if name == "SOFT" else 2.995)
    assert 1.05 / (_luminance(style.ink(colour)) + 0.05) >= 4.5


def test_a_style_of_the_learner_changes_nothing(charts: dict[str, Chart]) -> None:
    plain = charts["elections"].to_png(72)
    with matplotlib.rc_context(
        {
            "font.size": 30,
            "axes.facecolor": "black",
            "text.color": "red",
            "axes.spines.top": True,
            "hatch.linewidth": 9,
            "savefig.facecolor": "black",
            "axes.grid": True,
        }
    ):
        assert chart("elections").to_png(72) == plain
        assert matplotlib.rcParams["font.size"] == 30


@pytest.mark.parametrize("wanted", [[5.0] * 5, [0, 0.1, 0.2, 9.9, 10], [10, 0, 5, 5, 5.1]])
def test_spread_labels_keep_their_order_and_distance(wanted: list[float]) -> None:
    placed = style.spread_apart(wanted, 1, 0, 10)
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], placed[i]))
    steps = [placed[b] - placed[a] for a, b in itertools.pairwise(order)]
    assert min(steps) >= 1 - 1e-9
    assert min(placed) >= 0
    assert max(placed) <= 10


def test_two_threads_that_draw_at_once_draw_as_one_does() -> None:
    """JupyterLab lets an explorer be redrawn in a thread of its own while a cell draws a chart."""
    names = ["displacement", "elections", "foreign-forces"]
    alone = {name: chart(name).to_png(50) for name in names}
    before = dict(matplotlib.rcParams)
    other: list[str] = []

    def draw(order: list[str]) -> None:
        other.extend(name for name in order if chart(name).to_png(50) != alone[name])

    threads = [threading.Thread(target=draw, args=(2 * names[n:] + names[:n],)) for n in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not other
    assert dict(matplotlib.rcParams) == before
