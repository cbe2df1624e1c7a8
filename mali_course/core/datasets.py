"""The data sets: their registry, typed rows, data frames and data essays."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Literal

from mali_course.core.content import data_files, data_path, read_csv, read_toml
from mali_course.core.dates import PartialDate
from mali_course.core.errors import CourseError
from mali_course.core.libraries import imported
from mali_course.core.messages import say
from mali_course.core.schema import Complaint, read, tables
from mali_course.core.suggest import nearest_names
from mali_course.core.typed import meant_name

if TYPE_CHECKING:
    import pandas

__all__ = [
    "Column",
    "Dataset",
    "Source",
    "dataset",
    "dataset_names",
    "load",
    "publisher_names",
    "rows",
    "source",
]

Value = int | float | str | datetime.date | PartialDate | None

_ID = re.compile(r"[A-Z0-9_]{4,}")  # what a source_id looks like
_READ: Mapping[str, Callable[[str], Value]] = {
    "integer": int,
    "number": float,
    "text": str,
    "date": datetime.date.fromisoformat,
    "partial_date": PartialDate,
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    name : str
    type : {"integer", "number", "text", "date", "partial_date"}
    unit : str
        "" for a number without one.
    meaning : str
    blank : bool
        Whether cells may be blank.
    values : tuple of str
        The only texts that a cell may hold; empty where it may hold any.
    """

    name: str
    type: Literal["integer", "number", "text", "date", "partial_date"]
    unit: str = ""
    meaning: str
    blank: bool = False
    values: tuple[str, ...] = ()

    @property
    def loaded_as(self) -> str:
        """What a data frame holds: a partial date is text there."""
        return "text" if self.type == "partial_date" else self.type

    def read_cell(self, cell: str) -> Value:
        """Return the value of a cell of the file.

        Raises
        ------
        ValueError
            If it does not fit the column.
        """
        if not cell:
            return "" if self.type == "text" else None
        if self.values and cell not in self.values:
            raise ValueError(f"{cell!r} is none of the values")
        return _READ[self.type](cell)

    @property
    def expected_text(self) -> str:
        """What `read_cell` takes, for a message."""
        return f"one of {', '.join(self.values)}" if self.values else self.type


@dataclass(frozen=True)
class Source:
    """An entry of the bibliography ``data/sources.csv``."""

    source_id: str
    publisher: str
    title: str
    url: str
    version_or_date: str
    licence: str
    read: str

    @property
    def read_text(self) -> str:
        """How much of it somebody of the course has read: whole, a section or an excerpt."""
        return say(f"interface.data.read.{self.read}")


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A table of the course with all that is known about it, from ``data/datasets``."""

    title: str
    file: str
    question: str
    cites: tuple[str, ...]
    licence: str
    key: tuple[str, ...]
    columns: tuple[Column, ...] = tables("column", 2)
    essay: Mapping[Literal["holds", "collected", "how", "uncertain"], str]

    @property
    def name(self) -> str:
        """The name of its file, without folder and ending."""
        return PurePosixPath(self.file).stem

    def check(self, complain: Complaint) -> None:
        """Refuse a key that is no column."""
        if not set(self.key) <= {column.name for column in self.columns}:
            complain("key", "names of columns")

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The sources of its rows, then those that its notes and its essay name, by first use."""
        table = rows(self.name)
        texts = [value for row in table for value in row.values() if isinstance(value, str)]
        named = (
            word
            for text in (*texts, *self.essay.values())
            for word in _ID.findall(text)
            if word in _bibliography()
        )
        return tuple(dict.fromkeys([*(str(row["source_id"]) for row in table), *named]))


@cache
def dataset_names() -> tuple[str, ...]:
    """Return the names of all data sets, in alphabetical order.

    Examples
    --------
    >>> "displacement_points" in dataset_names()
    True
    """
    return tuple(file.stem for file in data_files("datasets"))


def dataset(name: str) -> Dataset:
    """Return what is registered about a data set.

    Parameters
    ----------
    name : str
        One of `names()`.

    Raises
    ------
    CourseError
        If there is no such data set; the message suggests the nearest name.

    Examples
    --------
    >>> dataset("displacement_points").columns[0].name
    'as_of'
    """
    plain = name.strip().removesuffix(".csv") if isinstance(name, str) else name
    meant = meant_name(plain, dataset_names())
    if meant is None:
        near, known = nearest_names(name, dataset_names()), ", ".join(dataset_names())
        raise CourseError(say("interface.data.unknown", name=name, near=near, names=known))
    return _read_dataset(meant)


@cache
def _read_dataset(name: str) -> Dataset:
    return read(Dataset, read_toml(f"datasets/{name}.toml"), f"datasets/{name}.toml")


def rows(name: str) -> tuple[dict[str, Any], ...]:
    """Return the rows of a data set with typed values.

    Parameters
    ----------
    name : str
        One of `names()`.

    Returns
    -------
    tuple of dict
        One a row: column name to int, float, str, `datetime.date` or `PartialDate`; None for a
        blank cell, except in text columns, where it is an empty string. Do not change them: they
        are cached.

    Raises
    ------
    CourseError
        If there is no such data set, or a cell does not fit its column's type.

    Examples
    --------
    >>> rows("displacement_points")[0]["persons"] > 0
    True
    """
    return _read_rows(dataset(name).name)


@cache
def _read_rows(name: str) -> tuple[dict[str, Any], ...]:
    about = _read_dataset(name)
    return tuple(
        {column.name: _cell_value(about, column, cells[column.name], line)
         for column in about.columns}
        for line, cells in enumerate(read_csv(about.file), start=2)
    )


def _cell_value(about: Dataset, column: Column, cell: str, line: int) -> Value:
    try:
        return column.read_cell(cell)
    except ValueError:
        raise CourseError(
            f"{data_path(about.file)}, line {line}: {column.name} should be "
            f"{column.expected_text} but is {cell!r}. Mend the file."
        ) from None


@cache
def _bibliography() -> dict[str, Source]:
    fields = Source.__dataclass_fields__
    return {
        row["source_id"]: Source(**{field: row[field] for field in fields})
        for row in read_csv("sources.csv")
    }


def source(source_id: str) -> Source:
    """Return an entry of the bibliography.

    Raises
    ------
    CourseError
        If there is none of that id.

    Examples
    --------
    >>> source("CRS_2020_01").publisher
    'Congressional Research Service'
    """
    try:
        return _bibliography()[source_id]
    except KeyError:
        raise CourseError(say("interface.data.no_source", source_id=source_id)) from None


def publisher_names(source_ids: Iterable[str]) -> str:
    """Return the publishers of sources, each once.

    Examples
    --------
    >>> publisher_names(["UNHCR_REFUGEES_R"])
    'UNHCR'
    """
    return "; ".join(dict.fromkeys(source(source_id).publisher for source_id in source_ids))


def load(name: str = "") -> pandas.DataFrame:
    """Load a data set as a pandas data frame.

    Parameters
    ----------
    name : str
        One of `names()`, such as ``"displacement_points"``.

    Returns
    -------
    pandas.DataFrame
        Typed columns: whole numbers as ``Int64`` where cells may be blank, else ``int64``; dates as
        ``datetime64``, and text where perhaps only month or year is known. ``attrs`` holds
        ``title``, ``sources`` and ``licence``.

    Raises
    ------
    CourseError
        If there is no such data set; the message lists those there are.

    Examples
    --------
    >>> load("displacement_points")["persons"].max() > 200_000
    np.True_
    """
    about = dataset(name)
    library = imported("pandas")
    frame: pandas.DataFrame = library.DataFrame(
        list(rows(name)), columns=[column.name for column in about.columns]
    )
    for column in about.columns:
        if column.type == "integer":
            frame[column.name] = frame[column.name].astype("Int64" if column.blank else "int64")
        elif column.type == "number":
            frame[column.name] = frame[column.name].astype("float64")
        elif column.type == "date":
            frame[column.name] = library.to_datetime(frame[column.name])
        elif column.type == "partial_date":
            frame[column.name] = [str(date or "") for date in frame[column.name]]
    frame.attrs.update(
        title=about.title, licence=about.licence, sources=", ".join(about.source_ids)
    )
    return frame
