"""U.S. aid to Mali as its explorer needs it: the tables, and what of them is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mali_course.charts.style import REPORT_DATE
from mali_course.core.datasets import publishers, rows
from mali_course.core.formats import number
from mali_course.core.messages import say

__all__ = [
    "ALL", "BOTH", "MILLION", "OPEN_YEAR", "PERSON", "STEPS", "TOTAL", "AidData", "AidView",
    "aid_data", "report_words", "source_ids", "source_line", "tell",
]

ALL, BOTH, TOTAL, PERSON = "all", "both", "total", "person"
STEPS = ("requested", "appropriated", "obligated", "disbursed")  # as money takes them
MILLION = 1_000_000
# The report came out in this fiscal year, which began on 1 October of the year before.
OPEN_YEAR = REPORT_DATE.year
_REPORT = "CRS_2020_01"
_REPORT_ITEM = "bilateral aid to Mali, FY"


def tell(key: str, **fields: object) -> str:
    """Return the words of this explorer under a key.

    Examples
    --------
    >>> tell("fiscal_year", year=2018)
    'FY2018'
    """
    return say(f"charts_aid.explorer.{key}", **fields)


@dataclass(frozen=True)
class AidData:
    """The tables as this explorer needs them."""

    dollars: Mapping[tuple[str, str], Mapping[int, int]]  # measure, download: year: dollars
    part: frozenset[tuple[str, str, int]]  # measure, download, year: not complete
    persons: Mapping[int, int]
    sources: Mapping[str, str]  # of a download
    people: str  # source of the persons
    years: tuple[int, ...]
    downloads: tuple[str, ...]
    said: int  # dollars of the report, and their year
    said_year: int
    said_at: str


@cache
def aid_data() -> AidData:
    """Read the tables.

    Examples
    --------
    >>> aid_data().dollars["appropriated", "2025"][2018]
    139892000
    """
    dollars: dict[tuple[str, str], dict[int, int]] = {}
    part, sources = set(), {}
    for row in rows("us_aid"):
        download, year = str(row["download"]), int(row["fiscal_year"])
        dollars.setdefault((row["measure"], download), {})[year] = row["dollars"]
        sources[download] = row["source_id"]
        if row["complete"] != "yes":
            part.add((row["measure"], download, year))
    people = [row for row in rows("g5_indicators")
              if row["country"] == "Mali" and row["indicator"] == "population"]
    said = next(row for row in rows("report_figures") if row["item"].startswith(_REPORT_ITEM))
    years = sorted({year for own in dollars.values() for year in own})
    return AidData(
        dollars, frozenset(part),
        {row["year"]: round(row["value"]) for row in people if row["value"] is not None},
        sources, people[0]["source_id"], tuple(range(years[0], years[-1] + 1)),
        tuple(sorted(sources)), round(said["value"]),
        int(said["item"].removeprefix(_REPORT_ITEM)), said["locator"],
    )


@dataclass(frozen=True)
class AidView:
    """What is chosen."""

    measure: str
    year: int
    download: str
    unit: str

    @property
    def measures(self) -> tuple[str, ...]:
        """The chosen steps of the money."""
        return STEPS if self.measure == ALL else (self.measure,)

    @property
    def downloads(self) -> tuple[str, ...]:
        """The chosen downloads, the newest first."""
        return aid_data().downloads[::-1] if self.download == BOTH else (self.download,)

    def value(self, dollars: float, year: int) -> float | None:
        """Return an amount in the chosen unit; None where nobody says how many people there are."""
        if self.unit == TOTAL:
            return dollars
        return dollars / aid_data().persons[year] if year in aid_data().persons else None

    def series(self, measure: str, download: str, *, part: bool = False) -> dict[int, float]:
        """Return the amounts by year: of years that were complete, or of the others."""
        found = {}
        for year, dollars in aid_data().dollars[measure, download].items():
            value = self.value(dollars, year)
            if value is not None and ((measure, download, year) in aid_data().part) == part:
                found[year] = value
        return found

    def plain(self, value: float) -> str:
        """Return an amount as it is written everywhere, without its unit."""
        return number(value) if self.unit == TOTAL else number(value, 2)

    def told(self, measure: str, download: str, year: int) -> str:
        """Return an amount in words, or that there is none."""
        dollars = aid_data().dollars[measure, download].get(year)
        if dollars is None:
            return tell("no_figure")
        value = self.value(dollars, year)
        told = tell("no_people") if value is None else self.plain(value)
        if (measure, download, year) in aid_data().part:
            told = tell("part", amount=told)
        return told


def report_words(view: AidView) -> str:
    """Return what the report says, in the unit of a view.

    Examples
    --------
    >>> report_words(AidView("requested", 2018, "2025", "total"))
    'report: $140 million'
    """
    data = aid_data()
    if view.unit == TOTAL:
        amount = tell("millions", count=number(data.said / MILLION))
    else:
        amount = view.plain(data.said / data.persons[data.said_year])
    return tell("report_said", amount=amount)


def source_ids(view: AidView) -> tuple[str, ...]:
    """Return the sources of a view, that of the report's own amount last."""
    data = aid_data()
    people = (data.people,) if view.unit == PERSON else ()
    return (*(data.sources[one] for one in view.downloads), *people, _REPORT)


def source_line(view: AidView) -> str:
    """Return the line below the picture of a view."""
    return tell("source", publishers=publishers(source_ids(view)))
