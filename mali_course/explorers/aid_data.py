"""U.S. aid to Mali as its explorer needs it: the tables, and what of them is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mali_course.charts.style import REPORT_DATE
from mali_course.core.datasets import publishers, rows
from mali_course.core.formats import number
from mali_course.explorers.explorer_base import explorer_texts

__all__ = [
    "ALL", "BOTH", "MILLION", "OPEN_YEAR", "PERSON", "STEPS", "TOTAL", "AidData", "AidView",
    "aid_data", "aid_texts",
]

ALL, BOTH, TOTAL, PERSON = "all", "both", "total", "person"
STEPS = ("requested", "appropriated", "obligated", "disbursed")  # as money takes them
MILLION = 1_000_000
# The report came out in this fiscal year, which began on 1 October of the year before.
OPEN_YEAR = REPORT_DATE.year
_REPORT = "CRS_2020_01"
_REPORT_ITEM = "bilateral aid to Mali, FY"

aid_texts = explorer_texts("aid")


@dataclass(frozen=True)
class AidData:
    """The tables as this explorer needs them."""

    dollars: Mapping[tuple[str, str], Mapping[int, int]]  # measure, download: year: dollars
    part: frozenset[tuple[str, str, int]]  # measure, download, year: not complete
    persons: Mapping[int, int]
    sources: Mapping[str, str]  # of a download
    people: str  # source of the persons
    years: tuple[int, ...]
    said: int  # dollars of the report, and their year
    said_year: int
    said_at: str

    @property
    def downloads(self) -> tuple[str, ...]:
        """The downloads, the oldest first."""
        return tuple(sorted(self.sources))


@cache
def aid_data() -> AidData:
    """Read the tables.

    Examples
    --------
    >>> aid_data().dollars["appropriated", "2025"][2018]
    139892000
    """
    table = [{**row, "download": str(row["download"])} for row in rows("us_aid")]
    dollars: dict[tuple[str, str], dict[int, int]] = {}
    for row in table:
        amounts = dollars.setdefault((row["measure"], row["download"]), {})
        amounts[row["fiscal_year"]] = row["dollars"]
    people = [row for row in rows("g5_indicators")
              if row["country"] == "Mali" and row["indicator"] == "population"]
    said = next(row for row in rows("report_figures") if row["item"].startswith(_REPORT_ITEM))
    years = [row["fiscal_year"] for row in table]
    return AidData(
        dollars=dollars,
        part=frozenset((row["measure"], row["download"], row["fiscal_year"])
                       for row in table if row["complete"] != "yes"),
        persons={row["year"]: round(row["value"]) for row in people if row["value"] is not None},
        sources={row["download"]: row["source_id"] for row in table},
        people=people[0]["source_id"],
        years=tuple(range(min(years), max(years) + 1)),
        said=round(said["value"]),
        said_year=int(said["item"].removeprefix(_REPORT_ITEM)),
        said_at=said["locator"],
    )


@dataclass(frozen=True)
class AidView:
    """What is chosen.

    Examples
    --------
    >>> AidView("requested", 2018, "2025", "total").report_text
    'report: $140 million'
    """

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

    def in_unit(self, dollars: float, year: int) -> float | None:
        """Return an amount in the chosen unit; None where nobody says how many people there are."""
        if self.unit == TOTAL:
            return dollars
        return dollars / aid_data().persons[year] if year in aid_data().persons else None

    def series(self, measure: str, download: str, *, part: bool = False) -> dict[int, float]:
        """Return the amounts by year: of years that were complete, or of the others."""
        values = {year: self.in_unit(dollars, year)
                  for year, dollars in aid_data().dollars[measure, download].items()
                  if ((measure, download, year) in aid_data().part) == part}
        return {year: value for year, value in values.items() if value is not None}

    def value_text(self, value: float) -> str:
        """Return an amount as it is written everywhere, without its unit."""
        return number(value) if self.unit == TOTAL else number(value, 2)

    def amount_text(self, measure: str, download: str, year: int) -> str:
        """Return an amount in words, or that there is none."""
        dollars = aid_data().dollars[measure, download].get(year)
        if dollars is None:
            return aid_texts("no_figure")
        value = self.in_unit(dollars, year)
        text = aid_texts("no_people") if value is None else self.value_text(value)
        part = (measure, download, year) in aid_data().part
        return aid_texts("part", amount=text) if part else text

    @property
    def report_amount(self) -> float:
        """What the report says, in the chosen unit."""
        return self.in_unit(aid_data().said, aid_data().said_year) or 0

    @property
    def report_text(self) -> str:
        """What the report says, in words."""
        amount = aid_texts("millions", count=number(self.report_amount / MILLION))
        return aid_texts("report_said", amount=amount if self.unit == TOTAL
                         else self.value_text(self.report_amount))

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources, that of the report's own amount last."""
        people = (aid_data().people,) if self.unit == PERSON else ()
        return (*(aid_data().sources[each] for each in self.downloads), *people, _REPORT)

    @property
    def source_text(self) -> str:
        """The line below the picture."""
        return aid_texts("source", publishers=publishers(self.sources))
