"""The prose of a chart, whole in ``data/charts/NAME.toml``; a chart is then a picture and its rows.

A test holds each number of the prose against the table of the chart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from matplotlib.figure import Figure

from mali_course.charts.canvas import Row, headed_table, sources_of
from mali_course.charts.chart_base import Chart
from mali_course.core import schema
from mali_course.core.content import read_toml

__all__ = ["ChartProse", "NamedProse", "TableProse", "chart_prose"]


@dataclass(frozen=True, kw_only=True)
class TableProse:
    """Caption of the table, and the heading of each column in their order."""

    caption: str
    columns: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ChartProse:
    """The texts of a chart, as its file holds them.

    Parameters
    ----------
    title, alt, reading, note : str
        As those of a `Chart`.
    source : str
        The line at the foot of the picture.
    table : TableProse
    labels : mapping
        Words in the picture.
    derived : mapping, optional
        Numbers of the prose that are no cell of the table, which the test counts there: ``"rows"``,
        ``"distinct year"`` or ``"sum best"``, perhaps with conditions after a colon, and conditions
        alone, which count rows: ``"use = used, whom_it_affects ~ Mali"`` (``~``: as a part of the
        cell; ``!=`` and ``!~``: not). ``stated`` is a list of numbers that say something of the
        picture itself, or that a test of the chart checks.

    Examples
    --------
    >>> chart_prose("levers").table.columns["instrument"]
    'Lever'
    """

    title: str
    alt: str
    reading: str
    source: str
    table: TableProse
    note: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    derived: Any = None

    def label(self, key: str, **fields: object) -> str:
        """Return a label of the picture with its fields filled in.

        Examples
        --------
        >>> chart_prose("coalitions").label("since", date="Jul 2019")
        'since Jul 2019'
        """
        return self.labels[key].format(**fields)


@dataclass(frozen=True, kw_only=True)
class NamedProse(ChartProse):
    """The texts of a chart, which know the name of their file.

    Parameters
    ----------
    name : str
        Of the chart and of its file.
    """

    name: str

    def chart_of(self, figure: Figure, rows: Iterable[Row], *, sources: tuple[str, ...] = (),
                 **computed: Callable[[Row], object]) -> Chart:
        """Return the chart of a figure.

        Parameters
        ----------
        figure : Figure
        rows : iterable of mapping
            Of the table.
        sources : tuple of str
            If they are not those of the rows.
        **computed
            How cells are made that are not as in the rows; see `canvas.rows_table`.

        Raises
        ------
        ValueError
            If the file names a column that is neither in the rows nor computed.
        """
        rows = list(rows)
        for column in self.table.columns:
            if column not in computed and any(column not in row for row in rows):
                raise ValueError(
                    f"data/charts/{self.name}.toml, [table.columns]: the rows have no {column!r}; "
                    f"there are {', '.join({**rows[0], **computed})}")
        table = headed_table(self.table.caption, self.table.columns, rows, **computed)
        return Chart(figure, self.title, self.alt, self.reading, table,
                     sources or sources_of(rows), self.note)


@cache
def chart_prose(name: str) -> NamedProse:
    """Return the prose of a chart.

    Raises
    ------
    CourseError
        If its file is missing, or a text in it.
    """
    file = f"charts/{name}.toml"
    return schema.read(NamedProse, {**read_toml(file), "name": name}, file)
