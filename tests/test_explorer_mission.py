"""The explorers of the mission: counted again from the files, like compared with like."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from drawn import drawn_lines, picture_text, spots, table_rows, visible_texts
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import MARGIN, WIDTH
from mali_course.explorers.gallery.mandate import MandateExplorer
from mali_course.explorers.gallery.recount import RecountExplorer
from mali_course.explorers.mandate_picture import STANDINGS

REPORT = "2020-01-17"
MANDATES = table_rows("mission_mandates")
TASKS = table_rows("mandate_tasks")


@pytest.fixture(scope="module")
def mandate() -> MandateExplorer:
    return MandateExplorer()


@pytest.fixture(scope="module")
def recount() -> RecountExplorer:
    return RecountExplorer()


# --- The recount ------------------------------------------------------------------------------


def deaths(cause: str = "all") -> list[dict[str, str]]:
    return [
        row
        for row in table_rows("mission_deaths")
        if row["incident_on"] <= REPORT and cause in ("all", row["cause"])
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


@pytest.mark.parametrize("view", recount_views(), ids=str)
def test_every_view_counts_as_the_file_does(recount: RecountExplorer, view: dict[str, str]) -> None:
    shown, rows = recount.view(view), deaths(view["cause"])
    counts = Counter(row[view["by"]] for row in rows)
    assert {str(row[0]): row[1] for row in shown.table.rows} == dict(counts)
    assert f"the list has {len(rows)} deaths" in shown.reading
    for row in shown.table.rows:
        assert row[2] == pytest.approx(100 * row[1] / len(rows), abs=0.051)
    if view["by"] != "year":
        assert [row[1] for row in shown.table.rows] == sorted(counts.values(), reverse=True)
        african = {row[view["by"]]: row["african"] for row in rows}
        assert {row[0]: row[3] for row in shown.table.rows} == african


@pytest.mark.parametrize("view", recount_views(), ids=str)
def test_bars_are_as_long_as_their_numbers(recount: RecountExplorer, view: dict[str, str]) -> None:
    shown = recount.view(view)
    shown.to_png(30)
    rate = view["measure"] == "per thousand" and view["by"] == "year"
    cells = [row[6 if rate else 1] for row in shown.table.rows]
    numbers = [number for number in cells if number]
    bars = [bar for bar in shown.figure.axes[0].patches
            if isinstance(bar, Rectangle) and bar.get_visible()]
    longest = max(bar.get_width() for bar in bars)
    assert [bar.get_width() / longest for bar in bars] == pytest.approx(
        [number / max(numbers) for number in numbers], abs=0.006)
    if view["by"] == "nationality":
        striped = [bar.get_hatch() is not None for bar in bars]
        assert striped == [row[3] == "no" for row in shown.table.rows]


@pytest.mark.parametrize("cause", ["all", "malicious act"])
def test_a_rate_needs_a_number_of_the_same_people(recount: RecountExplorer, cause: str) -> None:
    groups = {"uniformed": ("military", "police"), "military": ("military",)}
    known = {row["rate_year"]: row for row in table_rows("mission_strength") if row["rate_year"]}
    shown = recount.view({"by": "year", "cause": cause, "measure": "per thousand"})
    seen = picture_text(shown)
    for line in shown.table.rows:
        strength = known.get(str(line[0]))
        if not strength:
            assert line[3:] == (None,) * 4
            continue
        group = groups.get(strength["component"])
        own = sum(row["year"] == str(line[0]) and (not group or row["personnel_type"] in group)
                  for row in deaths(cause))
        people = int(strength["personnel"])
        assert line[3:5] == (own, people)
        assert line[6] == round(1000 * own / people, 2)
        assert f"{1000 * own / people:.1f} ({own} of {people:,}" in seen
        assert f"{1000 * own / people:.1f} in {line[0]}" in shown.reading
    assert "For 2014 and 2016 there is no rate" in shown.reading
    assert seen.count("no number of people") == 2
    assert seen.count("so no rate") == 1  # of 2013 there is a number, for half a year


@pytest.mark.parametrize("by", ["nationality", "region"])
def test_no_rate_where_there_are_no_people_to_divide_by(recount: RecountExplorer, by: str) -> None:
    measure = recount.offers({"by": by})[-1]
    closed = {option.value: option.reason for option in measure.options if option.reason}
    assert closed == {"per thousand": f"no numbers of people by {by}"}
    shown = recount.view({"by": by, "measure": "per thousand"})
    assert repr(shown) == repr(recount.view({"by": by}))


def test_what_the_questions_ask_can_be_seen(recount: RecountExplorer) -> None:
    every = recount.view({"by": "nationality"}).table.rows
    attacks = recount.view({"by": "nationality", "cause": "malicious act"}).table.rows
    assert [row[0] for row in every[:2]] == ["Chad", "Burkina Faso"]
    assert [row[0] for row in attacks[:2]] == ["Chad", "Guinea"]
    region = recount.view({"by": "region", "cause": "malicious act", "measure": "share"})
    assert "90" not in region.reading  # the sum is the learner's to find


# --- The mandate ------------------------------------------------------------------------------


def fitting(view: dict[str, str]) -> list[dict[str, str]]:
    return [
        row for row in TASKS if all(value in ("any", row[name]) for name, value in view.items())
    ]


def mandate_views() -> list[dict[str, str]]:
    """Return every choice that some task fits."""
    resolutions = ("any", *(row["resolution"] for row in MANDATES))
    themes = ("any", *dict.fromkeys(row["theme"] for row in TASKS))
    every = [{"resolution": resolution, "theme": theme}
             for resolution, theme in itertools.product(resolutions, themes)]
    return [view for view in every if view["theme"] == "any" or fitting(view)]


def signs(shown: Chart) -> dict[str, Line2D]:
    """Return the signs of each standing, in the order of the line of counts."""
    marks = [line for line in drawn_lines(shown, linestyle="None")
             if isinstance(line.get_marker(), str)]
    marks.sort(key=lambda line: spots(line)[0])
    return dict(zip(STANDINGS, marks, strict=True))


def test_every_view_shows_the_rows_that_fit(mandate: MandateExplorer) -> None:
    for view in mandate_views():
        shown, rows = mandate.view(view), fitting(view)
        counts = Counter(row["standing"] for row in rows)
        assert {standing: len(spots(line)) - 1 for standing, line in signs(shown).items()} == {
            standing: counts[standing] for standing in STANDINGS}
        tasks = [row[3] for row in shown.table.rows if row[5] is not None]
        assert Counter(tasks) == Counter(row["task"] for row in rows)
        assert shown.sources
        if view["theme"] == "any":
            mandates = [row for row in MANDATES if view["resolution"] in ("any", row["resolution"])]
            assert set(shown.sources) == {row["source_id"] for row in (*rows, *mandates)}
    assert {row["standing"] for row in TASKS} == set(STANDINGS)


def test_a_resolution_tells_what_is_new_in_it(mandate: MandateExplorer) -> None:
    for row in MANDATES:
        shown = mandate.view({"resolution": row["resolution"]})
        tasks = fitting({"resolution": row["resolution"]})
        for task in tasks:
            assert task["theme"] in shown.reading or task["standing"] == "named again"
        new = any(task["standing"] == "first named" for task in tasks)
        assert new == ("First named in the texts we read" in shown.reading)
        seen = picture_text(shown)
        assert all(task["task"] in seen for task in tasks)
        if row["uniformed"]:
            assert f"{int(row['military']):,} soldiers and {int(row['police']):,} police" in seen


def test_a_resolution_tells_whether_its_ceiling_is_new(mandate: MandateExplorer) -> None:
    before = ""
    for row in MANDATES:
        reading = mandate.view({"resolution": row["resolution"]}).reading
        ceiling = row["uniformed"]
        if not ceiling:
            assert "sets no ceiling" in reading
            continue
        assert f"{int(ceiling):,}" in reading
        if before and ceiling != before:
            assert f"now {int(ceiling):,}; before it was {int(before):,}" in reading
        before = ceiling


def test_the_grid_has_a_sign_where_the_file_has_a_row(mandate: MandateExplorer) -> None:
    shown = mandate.view({})
    texts = {text.get_text(): text.get_position() for text in visible_texts(shown)}
    marks = {standing: spots(line) for standing, line in signs(shown).items()}
    for row in TASKS:
        x = texts[row["resolution"][:4]][0]
        name = row["theme"][0].upper() + row["theme"][1:]
        y = next(spot[1] for words, spot in texts.items() if name.startswith(words) and words[5:])
        assert any(abs(x - at) < 0.01 and abs(y - height) < 0.2
                   for at, height in marks[row["standing"]]), row
    seen = picture_text(shown)
    assert "no explicit mandate for it (5.1.5)" in seen
    assert not [row for row in TASKS if "pursue" in row["task"].lower()]
    for limit in {row["uniformed"] for row in MANDATES if row["uniformed"]}:
        assert f"{int(limit):,}" in seen
    (spans,) = drawn_lines(shown, linewidth=2.4)
    assert all(x < WIDTH - MARGIN for x, _ in spots(spans)[:2])


def test_signs_differ_without_their_colour(mandate: MandateExplorer) -> None:
    shown = mandate.view({})
    digits = [line for line in drawn_lines(shown, linestyle="None")
              if not isinstance(line.get_marker(), str)]
    looks = set()
    for line in signs(shown).values():
        digit = [number for number, inside in enumerate(digits) if spots(inside) == spots(line)]
        looks.add((str(line.get_marker()), line.get_markerfacecolor() == "white", *digit))
    assert len(looks) == len(STANDINGS)
