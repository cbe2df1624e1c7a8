"""The explorer of the time since the report: series held against the files, later years marked."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from drawn import count_word, drawn_lines, picture_text, spots, table_rows, visible_texts
from matplotlib.patches import Rectangle

from mali_course.charts.chart_base import Chart
from mali_course.explorers.gallery.since import SinceExplorer

COUNTRIES = {"deaths_mali": "Mali", "deaths_burkina": "Burkina Faso", "deaths_niger": "Niger"}
SERIES = ("inside", "refugees", *COUNTRIES)
BASES = ("2016", "2017", "2018", "2019")


def series(name: str, column: str = "best") -> dict[int, int]:
    found: Counter[int] = Counter()
    if name in COUNTRIES:
        for row in (*table_rows("violence_by_country"), *table_rows("violence_since")):
            if row["country"] == COUNTRIES[name] and int(row["year"]) >= 2012:
                found[int(row["year"])] += int(row[column])
        return dict(found)
    measure = {"inside": "internally_displaced", "refugees": "refugees"}[name]
    return {
        int(row["year"]): int(row["persons"])
        for row in table_rows("displacement_by_year")
        if row["measure"] == measure and row["counted_by"] == "UNHCR" and int(row["year"]) >= 2012
    }


def bars(shown: Chart) -> dict[int, Rectangle]:
    """Return the bars that are seen, by their year."""
    shown.to_png(60)
    rectangles = [bar for bar in shown.figure.axes[0].patches if isinstance(bar, Rectangle)]
    return {round(bar.get_x() + bar.get_width() / 2): bar
            for bar in rectangles if bar.get_visible()}


@pytest.fixture(scope="module")
def since() -> SinceExplorer:
    return SinceExplorer()


def test_the_controls_offer_the_series_and_the_years_of_all(since: SinceExplorer) -> None:
    assert [[value for value, _ in control.options] for control in since.controls] == [
        list(SERIES),
        list(BASES),
    ]
    assert since.controls[1].default == "2019"


@pytest.mark.parametrize(("name", "base"), list(itertools.product(SERIES, BASES)))
def test_every_view_says_what_the_files_say(since: SinceExplorer, name: str, base: str) -> None:
    shown = since.view({"series": name, "base": base})
    values = series(name)
    last, peak = max(values), max(values, key=lambda year: values[year])
    times = f"{values[last] / values[int(base)]:,.1f}"
    assert f"{values[int(base)]:,} in {base} and {values[last]:,} in {last}" in shown.reading
    assert f"{times} times as many" in shown.reading
    assert f"highest year is {peak} ({values[peak]:,})" in shown.reading
    later = [year for year in values if year > 2019]
    above = sum(values[year] > values[int(base)] for year in later)
    each = "each" if above == len(later) else count_word(above)
    assert f"In {each} of the {count_word(len(later))} years after the report" in shown.reading
    assert times in shown.title
    assert [(int(row[0]), row[1]) for row in shown.table.rows] == sorted(values.items())
    if name in COUNTRIES:
        low, high = series(name, "low"), series(name, "high")
        assert f"run from {low[last]:,} to {high[last]:,}" in shown.reading


@pytest.mark.parametrize("name", SERIES)
def test_bars_are_as_high_as_their_figures_and_later_ones_are_striped(
    since: SinceExplorer, name: str
) -> None:
    shown = since.view({"series": name})
    seen = picture_text(shown)
    assert "report, 17 January 2020" in seen
    assert "Striped: after the report" in seen
    found = bars(shown)
    assert {year: bar.get_height() for year, bar in found.items()} == series(name)
    assert all(bool(bar.get_hatch()) == (year > 2019) for year, bar in found.items())
    (diamonds,) = drawn_lines(shown, marker="D")
    assert bool(spots(diamonds)) == (name == "inside")
    (limits,) = drawn_lines(shown, linewidth=1.3)
    assert bool(spots(limits)) == (name in COUNTRIES)


@pytest.mark.parametrize(("name", "base"), list(itertools.product(SERIES, BASES)))
def test_the_words_at_the_line_cover_no_bar(since: SinceExplorer, name: str, base: str) -> None:
    shown = since.view({"series": name, "base": base})
    words = f"{base}: {series(name)[int(base)]:,}"
    (tag,) = (text for text in visible_texts(shown) if text.get_text() == words)
    assert shown.title in {text.get_text() for text in visible_texts(shown)}, "it fits in one line"
    box = tag.get_window_extent().transformed(shown.figure.axes[0].transData.inverted())
    assert box.x1 < 2019.5  # left of the line of the report
    for year, bar in bars(shown).items():
        if box.x0 < year + 0.37 and year - 0.37 < box.x1:
            top = series(name, "high")[year] if name in COUNTRIES else bar.get_height()
            assert box.y0 >= top, year


def test_the_question_of_the_lesson_has_one_answer() -> None:
    peaks = {name: max(series(name), key=lambda year: series(name)[year]) for name in SERIES}
    assert [name for name, peak in peaks.items() if peak == 2022] == ["deaths_mali"]
