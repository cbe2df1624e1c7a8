"""The prose in data/charts is static: each of its numbers is held against the chart's table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from drawn import drawn_chart

from mali_course.charts import CHARTS
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import ChartProse, chart_prose

FOLDER = Path(__file__).resolve().parent.parent / "data" / "charts"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))
WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
         "ten": 10, "eleven": 11, "twelve": 12}  # "one" is too often no number
REPORT = {17.0, 2020.0}


def in_full(millions: str) -> str:
    return str(round(float(millions.replace(",", "")) * 1_000_000))


def numbers_in(text: str) -> set[float]:
    """Return the numbers of a text, also those in words; places in the report are none."""
    plain = re.sub(r"\b\d\.\d(\.\d)?\b(?! percent)", " ", text)
    plain = re.sub(r"(\d{4})-(\d\d)(?:-(\d\d))?", r"\1 \2 \3 ", plain)
    plain = re.sub(r"([\d.,]+) million", lambda found: in_full(found[1]), plain)
    digits = re.findall(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])", plain)
    words = re.findall(rf"\b({'|'.join(WORDS)})\b", text.lower())
    return {float(found.replace(",", "")) for found in digits} | {
        float(WORDS[found]) for found in words}


def fits(row: Mapping[str, str], condition: str) -> bool:
    """Tell whether a row fits ``column = value`` or ``column ~ part of it``, with ``!`` for not."""
    column, operator, value = re.fullmatch(r"(\w+) (!?[=~]) (.+)", condition).groups()  # type: ignore[union-attr]
    cell = row[column]
    found = cell == value if operator[-1] == "=" else value in cell
    return found is not operator.startswith("!")


def counted(rows: list[dict[str, str]], query: str) -> int:
    """Return what a key of [derived] asks: ``rows``, ``distinct COLUMN`` or ``sum COLUMN``.

    Conditions follow after a colon, with commas between them; alone they count rows.
    """
    what, _, conditions = query.partition(": ")
    if re.search("[=~]", what):
        what, conditions = "rows", query
    needed = [condition for condition in conditions.split(", ") if condition]
    chosen = [row for row in rows if all(fits(row, condition) for condition in needed)]
    how, _, column = what.partition(" ")
    if how == "sum":
        return sum(int(row[column]) for row in chosen)
    return len(chosen) if how == "rows" else len({row[column] for row in chosen})


def derived_counts(prose: ChartProse) -> dict[str, Any]:
    return {query: count for query, count in (prose.derived or {}).items() if query != "stated"}


@pytest.fixture(scope="module")
def drawn() -> dict[str, Chart]:
    return {name: drawn_chart(name) for name in NAMES}


def table_rows(shown: Chart, prose: ChartProse) -> list[dict[str, str]]:
    return [dict(zip(prose.table.columns, ("" if cell is None else str(cell) for cell in line),
                     strict=True)) for line in shown.table.rows]


def test_every_chart_has_a_file_and_every_file_a_chart() -> None:
    assert set(NAMES) == set(CHARTS)


@pytest.mark.parametrize("name", NAMES)
def test_what_the_prose_counts_is_what_the_table_has(name: str, drawn: dict[str, Chart]) -> None:
    prose = chart_prose(name)
    rows = table_rows(drawn[name], prose)
    assert {query: counted(rows, query) for query in derived_counts(prose)} == derived_counts(prose)


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_the_prose_is_known(name: str, drawn: dict[str, Chart]) -> None:
    prose, shown = chart_prose(name), drawn[name]
    known = numbers_in(shown.table.to_text()) | REPORT
    known |= {float(count) for count in derived_counts(prose).values()}
    # What the prose says of the picture itself, or what a test of the chart checks.
    known |= set(map(float, (prose.derived or {}).get("stated", [])))
    for text in (shown.title, shown.alt, shown.reading, shown.note):
        assert numbers_in(text) <= known, text


@pytest.mark.parametrize("name", NAMES)
def test_derived_numbers_are_used(name: str) -> None:
    prose = chart_prose(name)
    said = numbers_in(" ".join((prose.title, prose.alt, prose.reading, prose.note))) | {1.0}
    assert set(map(float, derived_counts(prose).values())) <= said


def test_a_changed_table_would_be_found() -> None:
    rows = [{"use": "used", "whom": "Mali; France"}, {"use": "waived", "whom": "Mali"}]
    assert counted(rows, "rows") == 2
    assert counted(rows, "use = used") == 1
    assert counted(rows, "whom ~ Mali, use != used") == 1
    assert counted(rows, "distinct whom: whom ~ Mali") == 2
    assert counted(rows, "whom !~ France") == 1
    assert counted([{"count": "3"}, {"count": "4"}], "sum count") == 7
    assert numbers_in("Of 15 levers, seven (6.1.2) had 2.5 percent on 2019-03-04") == {
        15, 7, 2.5, 2019, 3, 4}
