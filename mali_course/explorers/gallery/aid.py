"""U.S. aid to Mali by fiscal year: what was requested, appropriated, obligated and disbursed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mali_course.charts.style import REPORT_DATE
from mali_course.core.datasets import publisher_names, rows
from mali_course.core.formats import day, in_words, listed, number
from mali_course.core.table import Table
from mali_course.explorers.aid_picture import MILLION, STEPS, TOTAL, AidPicture
from mali_course.explorers.explorer_base import Explorer, ExplorerView, explorer_texts, joined
from mali_course.forms.controls import make_control

__all__ = ["AidExplorer"]

_ALL, _BOTH, _PERSON = "all", "both", "person"
# The report came out in this fiscal year, which began on 1 October of the year before.
_OPEN_YEAR = REPORT_DATE.year
_REPORT = "CRS_2020_01"
_REPORT_ITEM = "bilateral aid to Mali, FY"

_texts = explorer_texts(__name__)


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
def _aid_data() -> AidData:
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


class AidExplorer(Explorer):
    """How much U.S. aid to Mali there was in a fiscal year, by the step that the money had taken.

    Examples
    --------
    >>> chart = AidExplorer().view({"measure": "obligated", "year": "2018"})
    >>> "233,612,925 obligated" in chart.reading
    True
    """

    def __init__(self) -> None:
        data = _aid_data()
        super().__init__(
            AidView, AidPicture(data),
            make_control(_texts, "measure", (*STEPS, _ALL)),
            make_control(_texts, "year", map(str, data.years), str(data.said_year),
                         lambda year: _texts("fiscal_year", year=year)),
            make_control(_texts, "download", (*data.downloads, _BOTH), data.downloads[-1],
                         lambda year: _texts("option_download", year=year)),
            make_control(_texts, "unit", (TOTAL, _PERSON)),
        )

    def refusal(self, values: Mapping[str, str]) -> str:
        """Refuse a year without an amount, or without people by whom to divide it."""
        view = AidView(**values)
        if not any(view.year in view.data.dollars[measure, download]
                   for measure in view.measures for download in view.downloads):
            return "figure"
        return "people" if view.in_unit(1, view.year) is None else ""


class AidView(ExplorerView):
    """What is chosen."""

    def __init__(self, measure: str, year: str, download: str, unit: str) -> None:
        self.data, self.measure, self.year, self.unit = _aid_data(), measure, int(year), unit
        self.measures = STEPS if measure == _ALL else (measure,)
        # The newest first.
        self.downloads = self.data.downloads[::-1] if download == _BOTH else (download,)
        self.source_text = _texts("source", publishers=publisher_names(self.source_ids()))
        self.report_amount = self.in_unit(self.data.said, self.data.said_year) or 0

    def in_unit(self, dollars: float, year: int) -> float | None:
        """Return an amount in the chosen unit; None where nobody says how many people there are."""
        if self.unit == TOTAL:
            return dollars
        return dollars / self.data.persons[year] if year in self.data.persons else None

    def series(self, measure: str, download: str, *, part: bool = False) -> dict[int, float]:
        """Return the amounts by year: of years that were complete, or of the others."""
        values = {year: self.in_unit(dollars, year)
                  for year, dollars in self.data.dollars[measure, download].items()
                  if ((measure, download, year) in self.data.part) == part}
        return {year: value for year, value in values.items() if value is not None}

    def value_text(self, value: float) -> str:
        """Return an amount as it is written everywhere, without its unit."""
        return number(value) if self.unit == TOTAL else number(value, 2)

    def amount_text(self, measure: str, download: str, year: int) -> str:
        """Return an amount in words, or that there is none."""
        dollars = self.data.dollars[measure, download].get(year)
        if dollars is None:
            return _texts("no_figure")
        value = self.in_unit(dollars, year)
        text = _texts("no_people") if value is None else self.value_text(value)
        part = (measure, download, year) in self.data.part
        return _texts("part", amount=text) if part else text

    def report_text(self) -> str:
        millions = _texts("millions", count=number(self.report_amount / MILLION))
        return _texts("report_said", amount=millions if self.unit == TOTAL
                      else self.value_text(self.report_amount))

    def title_text(self) -> str:
        if self.measure == _ALL:
            return _texts(f"headline_all_{self.unit}", count=in_words(len(STEPS)).capitalize(),
                          year=self.year)
        # The newest copy that has the year.
        newest = next(download for download in self.downloads
                      if self.year in self.data.dollars[self.measure, download])
        amount = self.in_unit(self.data.dollars[self.measure, newest][self.year], self.year) or 0
        if self.unit == _PERSON:
            words = _texts("dollars_person", amount=self.value_text(amount))
        else:
            words = _texts("dollars_millions", amount=number(amount / MILLION, 1))
        part = (self.measure, newest, self.year) in self.data.part
        return _texts("headline_part" if part else "headline", year=self.year, amount=words,
                      measure=self.measure.capitalize())

    def reading_text(self) -> str:
        year, persons = self.year, self.data.persons
        return joined(
            *map(self.amounts_text, self.downloads),
            self.unit == _PERSON and year in persons and _texts(
                "reading_people", year=year, persons=number(persons.get(year, 0))),
            self.differences_text() if len(self.downloads) > 1
            else self.measure != _ALL and self.extremes_text(),
            year == self.data.said_year and self.beside_text(),
            year >= _OPEN_YEAR and _texts(
                "reading_open" if year == _OPEN_YEAR else "reading_later", year=year,
                date=day(REPORT_DATE)))

    def amounts_text(self, download: str) -> str:
        """Return the amounts of the year in one download, and which of them are missing."""
        held = [measure for measure in self.measures
                if self.year in self.data.dollars[measure, download]]
        missing = [measure for measure in self.measures if measure not in held]
        amounts = [_texts("amount", amount=self.amount_text(measure, download, self.year),
                          measure=measure) for measure in held]
        return joined(
            bool(held) and _texts(
                f"reading_{self.unit}", year=self.year, download=download,
                amounts=listed(amounts)),
            bool(missing) and _texts("reading_missing", download=download, year=self.year,
                                     measures=listed(missing)))

    def extremes_text(self) -> str:
        """Return the largest and the smallest amount of the years that were over at the report."""
        series = {year: value for year, value in
                  self.series(self.measure, self.downloads[0]).items() if year < _OPEN_YEAR}
        most, least = max(series, key=series.__getitem__), min(series, key=series.__getitem__)
        return _texts("reading_extremes", measure=self.measure, first=min(series),
                      last=max(series), most=most, most_amount=self.value_text(series[most]),
                      least=least, least_amount=self.value_text(series[least]))

    def differences_text(self) -> str:
        """Return in how many years the two downloads have different amounts."""
        parts = []
        for measure in self.measures:
            newer, older = (self.data.dollars[measure, download] for download in self.downloads)
            common = sorted(newer.keys() & older.keys())
            gaps = {year: abs(newer[year] - older[year]) for year in common
                    if newer[year] != older[year]}
            parts.append(_texts("differ" if gaps else "differ_none", measure=measure,
                                count=len(gaps), all=len(common),
                                year=max(gaps, key=gaps.__getitem__, default=None)))
        return _texts("differences", told="; ".join(parts))

    def beside_text(self) -> str:
        """Set the amounts of the report's year beside its own."""
        data, parts = self.data, []
        for measure in self.measures:
            dollars = data.dollars[measure, self.downloads[0]].get(data.said_year)
            if dollars is not None:
                same = round(dollars / MILLION) == round(data.said / MILLION)
                key = "same" if same else "more" if dollars > data.said else "less"
                parts.append(_texts(f"beside_{key}", measure=measure,
                                    millions=number(dollars / MILLION, 1)))
        said = _texts("millions", count=number(data.said / MILLION))
        return _texts("beside", said=said, at=data.said_at, told="; ".join(parts))

    def alt_text(self) -> str:
        years = self.data.years
        rings = len(self.downloads) > 1 and _texts("alt_rings", download=self.downloads[-1])
        return joined(
            _texts("alt", unit=_texts(f"alt_{self.unit}"), first=years[0], last=years[-1],
                   year=self.year, date=day(REPORT_DATE), said_year=self.data.said_year,
                   report=self.report_text()),
            *map(self.line_text, self.measures), rings)

    def line_text(self, measure: str) -> str:
        series = self.series(measure, self.downloads[0])
        first, last, peak = min(series), max(series), max(series, key=series.__getitem__)
        start, end, top = (self.value_text(series[year]) for year in (first, last, peak))
        return _texts("alt_line", measure=measure, first=first, last=last, start=start, peak=peak,
                      top=top, end=end)

    def data_table(self) -> Table:
        """Return all amounts of the view, those of the chosen year first."""
        keys = [(measure, download) for measure in self.measures for download in self.downloads]
        heads = [_texts("col_amount", measure=measure.capitalize(), download=download)
                 for measure, download in keys]
        persons = self.unit == _PERSON
        cells = tuple(
            (_texts("fiscal_year", year=year), *(self.amount_text(*key, year) for key in keys),
             *([self.data.persons.get(year)] if persons else []))
            for year in sorted(reversed(self.data.years), key=lambda year: year != self.year))
        return Table(_texts(f"caption_{self.unit}", year=self.year),
                     (_texts("col_year"), *heads, *([_texts("col_persons")] if persons else [])),
                     cells)

    def source_ids(self) -> tuple[str, ...]:
        """Return the sources, that of the report's own amount last."""
        people = (self.data.people,) if self.unit == _PERSON else ()
        return (*(self.data.sources[each] for each in self.downloads), *people, _REPORT)
