"""The prose in data/charts is static: each of its numbers is held against the chart's table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from drawn import drawn_chart
from matplotlib.figure import Figure

from mali_course.charts import CHARTS
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import ChartProse, chart_prose
from mali_course.core.table import Table

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


def cell_of(row: Mapping[str, str], column: str) -> str:
    if column not in row:
        raise ValueError(f"no column {column!r} in [table.columns]; there are {', '.join(row)}")
    return row[column]


def fits(row: Mapping[str, str], condition: str) -> bool:
    """Tell whether a row fits ``column = value`` or ``column ~ part of it``, with ``!`` for not."""
    parts = re.fullmatch(r"(\w+) (!?[=~]) (.+)", condition)
    if not parts:
        raise ValueError(f"{condition!r} is no condition, such as 'column ~ part of its cell'")
    column, operator, value = parts.groups()
    cell = cell_of(row, column)
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
    match how:
        case "rows":
            return len(chosen)
        case "sum":
            return sum(int(cell_of(row, column)) for row in chosen)
        case "distinct":
            return len({cell_of(row, column) for row in chosen})
    raise ValueError('it begins with "rows", "distinct COLUMN" or "sum COLUMN", or is a condition')


def derived_counts(prose: ChartProse) -> dict[str, Any]:
    return {query: count for query, count in (prose.derived or {}).items() if query != "stated"}


def counted_for(name: str, rows: list[dict[str, str]], query: str) -> int:
    try:
        return counted(rows, query)
    except ValueError as problem:
        raise ValueError(f"data/charts/{name}.toml, [derived], {query!r}: {problem}") from problem


def table_rows(shown: Chart, prose: ChartProse) -> list[dict[str, str]]:
    return [dict(zip(prose.table.columns, ("" if cell is None else str(cell) for cell in line),
                     strict=True)) for line in shown.table.rows]


def cells_text(table: Table) -> str:
    """Return a table without caption and headings, which are prose."""
    return table.to_text().removeprefix(f"{table.caption}\n{' | '.join(table.columns)}\n")


def entries_of(shown: Chart, prose: ChartProse) -> dict[str, str]:
    """Return each text of a chart's file by the name of its entry."""
    return {
        "title": shown.title, "alt": shown.alt, "reading": shown.reading, "note": shown.note,
        "source": prose.source, "caption": shown.table.caption,
        **{f"[labels] {key}": text for key, text in prose.labels.items()},
        **{f"[table.columns] {key}": text for key, text in prose.table.columns.items()},
    }


def test_every_chart_has_a_file_and_every_file_a_chart() -> None:
    assert set(NAMES) == set(CHARTS)


@pytest.mark.parametrize("name", NAMES)
def test_what_the_prose_counts_is_what_the_table_has(name: str) -> None:
    prose = chart_prose(name)
    rows = table_rows(drawn_chart(name), prose)
    for query, count in derived_counts(prose).items():
        found = counted_for(name, rows, query)
        assert found == count, (
            f"data/charts/{name}.toml, [derived], {query!r}: the table has {found}, not {count}; "
            "write this number there and in the prose")


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_the_prose_is_known(name: str) -> None:
    prose, shown = chart_prose(name), drawn_chart(name)
    known = numbers_in(cells_text(shown.table)) | REPORT
    known |= {float(count) for count in derived_counts(prose).values()}
    # What the prose says of the picture itself, or what a test of the chart checks.
    known |= set(map(float, (prose.derived or {}).get("stated", [])))
    for entry, text in entries_of(shown, prose).items():
        unknown = ", ".join(f"{number:g}" for number in sorted(numbers_in(text) - known))
        assert not unknown, (
            f"data/charts/{name}.toml, {entry}: no cell of the table has {unknown} (words from "
            "two to twelve are numbers too). Put it under [derived] with what is counted, or "
            f"there under stated, or reword: {text}")


@pytest.mark.parametrize("name", NAMES)
def test_derived_numbers_are_used(name: str) -> None:
    prose = chart_prose(name)
    said = numbers_in(" ".join(entries_of(drawn_chart(name), prose).values())) | {1.0}
    for query, count in derived_counts(prose).items():
        assert count in said, (
            f"data/charts/{name}.toml, [derived], {query!r}: no text says {count}; remove the line")


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


@pytest.mark.parametrize(("query", "said"), [
    ("row", "it begins with"), ("sums count", "it begins with"), ("rows: use == x", "no condition"),
    ("distinct who", "no column 'who'"), ("who = Mali", "no column 'who'"),
])
def test_a_wrong_key_of_derived_is_said_with_its_file(query: str, said: str) -> None:
    with pytest.raises(ValueError, match=rf"charts/levers\.toml, \[derived\], '{query}': .*{said}"):
        counted_for("levers", [{"use": "used"}], query)


def test_caption_and_headings_are_no_cells() -> None:
    assert numbers_in(cells_text(Table("777 towns", ("Town", "At 888"), (("Gao", 9),)))) == {9}


def test_a_column_that_the_rows_have_not_is_said_with_its_file() -> None:
    said = r"data/charts/levers\.toml, \[table\.columns\]: the rows have no 'instrument'"
    with pytest.raises(ValueError, match=said):
        chart_prose("levers").chart_of(Figure(), [{"source_id": "CRS"}])
