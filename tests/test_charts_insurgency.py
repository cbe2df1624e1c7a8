"""Charts of lesson 4: numbers recomputed from the files, no date before its time."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from drawn import count_word, drawn_chart, picture_text, table_rows
from matplotlib.patches import Rectangle

from mali_course.charts.chart_base import Chart

NAMES = ("deaths-by-country", "count-releases", "civilians-killed-by")


def total(country: str, year: int, column: str = "best") -> int:
    return sum(
        int(row[column])
        for row in table_rows("violence_by_country")
        if row["country"] == country and row["year"] == str(year)
    )


@pytest.fixture(scope="module")
def charts() -> dict[str, Chart]:
    return {name: drawn_chart(name) for name in NAMES}


# --- Deaths by country ------------------------------------------------------------------------


def test_the_reading_compares_mali_with_the_country_that_rose_most(
    charts: dict[str, Chart],
) -> None:
    reading = charts["deaths-by-country"].reading
    countries = {row["country"] for row in table_rows("violence_by_country")} - {"Mali"}
    rise = {country: total(country, 2019) - total(country, 2018) for country in countries}
    assert f"In {max(rise, key=lambda country: rise[country])} it went from" in reading
    assert "sure" not in reading, "a question asks what follows from the range"


def test_each_country_has_its_panel_and_range(charts: dict[str, Chart]) -> None:
    shown = charts["deaths-by-country"]
    seen = picture_text(shown)
    panels = shown.figure.axes
    for country in {row["country"] for row in table_rows("violence_by_country")}:
        assert country in seen
        ends = [total(country, 2019, column) for column in ("best", "low", "high")]
        assert f"2019: {ends[0]:,} ({ends[1]:,} to {ends[2]:,})" in seen
        best = [total(country, year) for year in range(2009, 2020)]
        assert any(list(line.get_ydata()) == best for axes in panels for line in axes.lines), (
            country
        )
        peak = 2009 + best.index(max(best))
        assert f"{country}: highest in {peak}, with {max(best):,}" in shown.alt
    tops = {axes.get_ylim() for axes in panels[:-1]}
    assert len(tops) == 1, "one scale"
    assert "report, 17 January 2020" in seen
    assert all(
        any(abs(float(line.get_xdata()[0]) - (2019.5 + 17 / 366)) < 0.01 for line in axes.lines)  # type: ignore[arg-type,index]
        for axes in panels[:-1]
    )
    assert len(shown.table.rows) == len(
        {(row["country"], row["year"]) for row in table_rows("violence_by_country")}
    )


# --- Releases ---------------------------------------------------------------------------------


def releases() -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for row in table_rows("counts_by_release"):
        if int(row["year"]) < 2020:
            found.setdefault(row["release"], {})[int(row["year"])] = int(row["best"])
    return found


def test_changes_between_releases_are_those_of_the_file(charts: dict[str, Chart]) -> None:
    shown = charts["count-releases"]
    first, *_, last = releases().values()
    seen = picture_text(shown)
    both = sorted(set(first) & set(last))
    changed = [year for year in both if first[year] != last[year]]
    assert (
        f"changed for {count_word(len(changed))} of the {count_word(len(both))} years"
        in shown.reading
    )
    for year in changed:
        change = f"{last[year] - first[year]:+}".replace("-", "−")
        assert f"{change} for {year}" in shown.reading
        assert change in seen
    assert max(first) == 2018
    words_of_it = f"{shown.reading} {shown.note} {shown.alt}"
    assert f"{first[2018]:,}" not in words_of_it, "a question asks for it"
    assert "For 2019 the first release has no count" in shown.reading
    assert "no square" in seen
    for name, own in releases().items():
        assert name in seen
        assert any(
            list(line.get_xdata()) == list(own.values())
            for axes in shown.figure.axes
            for line in axes.lines
        )
    assert len(shown.table.rows) == sum(map(len, releases().values()))


def test_releases_differ_without_their_colour(charts: dict[str, Chart]) -> None:
    axes = charts["count-releases"].figure.axes[-1]
    looks = [(line.get_marker(), line.get_markersize()) for line in axes.lines]
    assert len(looks) == len(set(looks)) == len(releases())


# --- Civilians ----------------------------------------------------------------------------------


def test_bars_and_numbers_are_those_of_the_file(charts: dict[str, Chart]) -> None:
    shown = charts["civilians-killed-by"]
    rows = [row for row in table_rows("civilians_killed_by") if int(row["year"]) < 2020]
    drawn = {
        country
        for country in {row["country"] for row in rows}
        if any(
            int(row["government"]) + int(row["non_state"]) >= 10
            for row in rows
            if row["country"] == country
        )
    }
    seen = picture_text(shown)
    assert all(country in seen for country in {row["country"] for row in rows})
    expected = Counter(
        int(row[side])
        for row in rows
        if row["country"] in drawn
        for side in ("government", "non_state")
        if int(row[side])
    )
    found: Counter[int] = Counter()
    scales = set()
    for axes in shown.figure.axes:
        if not axes.axison:
            continue
        low, high = axes.get_ylim()
        assert low == 0
        scales.add(round(axes.get_window_extent().height / high, 6))
        for bar in axes.patches:
            assert isinstance(bar, Rectangle)
            assert bar.get_y() == 0
            found[round(bar.get_height())] += 1
    assert found == expected
    assert len(scales) == 1, "one scale for all"
    assert len(shown.table.rows) == len(rows)


def test_the_reading_leaves_the_comparison_to_the_learner(charts: dict[str, Chart]) -> None:
    reading = charts["civilians-killed-by"].reading
    rows = [row for row in table_rows("civilians_killed_by") if int(row["year"]) < 2020]
    turned = [
        row
        for row in rows
        if int(row["government"]) > int(row["non_state"])
        and int(row["government"]) + int(row["non_state"]) >= 10
    ]
    assert turned
    assert f"with ten or more killed, {count_word(len(turned))} are the other way round" in reading
    assert not any(row["country"] in reading for row in rows)
    assert "not that nobody was killed" in charts["civilians-killed-by"].note


def test_the_alt_text_names_the_year_with_most_killed_by_a_side(charts: dict[str, Chart]) -> None:
    alt = charts["civilians-killed-by"].alt
    rows = [row for row in table_rows("civilians_killed_by") if int(row["year"]) < 2020]
    for country in re.findall(r"(\w[\w ]+): by a government", alt):
        own = [row for row in rows if row["country"] == country]
        government = max(own, key=lambda row: int(row["government"]))
        other = max(own, key=lambda row: int(row["non_state"]))
        assert (
            f"{country}: by a government most in {government['year']}, with "
            f"{government['government']}; by non-state groups most in {other['year']}, with "
            f"{other['non_state']}"
        ) in alt
