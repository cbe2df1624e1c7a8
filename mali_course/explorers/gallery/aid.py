"""U.S. aid to Mali by fiscal year: what was requested, appropriated, obligated and disbursed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import REPORT_DATE
from mali_course.core.formats import day, in_words, listed, number
from mali_course.core.table import Table
from mali_course.explorers.aid_data import (
    ALL,
    BOTH,
    MILLION,
    OPEN_YEAR,
    PERSON,
    STEPS,
    TOTAL,
    AidView,
    aid_data,
    report_words,
    source_ids,
    tell,
)
from mali_course.explorers.aid_picture import AidPicture
from mali_course.forms.controls import Control, choose

__all__ = ["AidExplorer"]


class AidExplorer:
    """How much U.S. aid to Mali there was in a fiscal year, by the step that the money had taken.

    Examples
    --------
    >>> chart = AidExplorer().view({"measure": "obligated", "year": "2018"})
    >>> "233,612,925 obligated" in chart.reading
    True
    """

    name = "aid"

    def __init__(self) -> None:
        self.title: str = tell("title")
        self.question: str = tell("question")
        data = aid_data()
        self.controls: tuple[Control, ...] = (
            Control("measure", tell("measure"),
                    (*((one, tell(f"option_{one}")) for one in STEPS), (ALL, tell("option_all"))),
                    STEPS[0]),
            Control("year", tell("year"),
                    tuple((str(one), tell("fiscal_year", year=one)) for one in data.years),
                    str(data.said_year)),
            Control("download", tell("download"),
                    (*((one, tell("option_download", year=one)) for one in data.downloads),
                     (BOTH, tell("option_both"))), data.downloads[-1]),
            Control("unit", tell("unit"),
                    tuple((one, tell(f"option_{one}")) for one in (TOTAL, PERSON)), TOTAL),
        )
        self._picture = AidPicture()

    def view(self, values: Mapping[str, str]) -> Chart:
        """Return the chart of a measure, with one year to look at closely.

        Parameters
        ----------
        values : mapping
            ``measure``, ``year``, ``download`` and ``unit``; what is odd or missing is replaced by
            the default.

        Returns
        -------
        Chart
            All views share one figure, which is set to this view when it is drawn.

        Examples
        --------
        >>> AidExplorer().view({"unit": "no such thing"}).table.columns[0]
        'Fiscal year'
        """
        measure, year, download, unit = (choose(one, values) for one in self.controls)
        view = AidView(measure, int(year), download, unit)
        title = _headline(view)
        return Chart(
            figure=self._picture.page.figure,
            title=title,
            alt=_alt(view),
            reading=_reading(view),
            table=_table(view),
            sources=source_ids(view),
            note=tell("note"),
            prepare=partial(self._picture.show, view, title),
        )


def _headline(view: AidView) -> str:
    if view.measure == ALL:
        return tell(f"headline_all_{view.unit}", count=in_words(len(STEPS)).capitalize(),
                     year=view.year)
    newest = view.downloads[0]
    value = aid_data().dollars[view.measure, newest].get(view.year)
    amount = None if value is None else view.value(value, view.year)
    if amount is None:
        return tell("headline_none", measure=view.measure, year=view.year)
    written = tell("dollars_person", amount=view.plain(amount)) if view.unit == PERSON else \
        tell("dollars_millions", amount=number(amount / MILLION, 1))
    key = "headline_part" if (view.measure, newest, view.year) in aid_data().part else "headline"
    return tell(key, measure=view.measure.capitalize(), year=view.year, amount=written)


def _reading(view: AidView) -> str:
    parts = [_amounts(view, download) for download in view.downloads]
    if view.unit == PERSON and view.year in aid_data().persons:
        parts.append(tell("reading_people", year=view.year,
                          persons=number(aid_data().persons[view.year])))
    if len(view.downloads) > 1:
        parts.append(_differences(view))
    elif view.measure != ALL:
        parts.append(_extremes(view))
    if view.year == aid_data().said_year:
        parts.append(_beside_report(view))
    if view.year >= OPEN_YEAR:
        key = "reading_open" if view.year == OPEN_YEAR else "reading_later"
        parts.append(tell(key, year=view.year, date=day(REPORT_DATE)))
    return " ".join(one for one in parts if one)


def _amounts(view: AidView, download: str) -> str:
    held = [one for one in view.measures if view.year in aid_data().dollars[one, download]]
    known = held if view.value(1, view.year) is not None else []
    missing = [one for one in view.measures if one not in held]
    parts = []
    if known:
        amounts = listed(tell("amount", amount=view.told(one, download, view.year), measure=one)
                         for one in known)
        parts.append(tell(f"reading_{view.unit}", download=download, year=view.year,
                          amounts=amounts))
    elif held:
        parts.append(tell("reading_no_people", year=view.year, measures=listed(held)))
    if missing:
        parts.append(tell("reading_missing", download=download, year=view.year,
                          measures=listed(missing)))
    return " ".join(parts)


def _extremes(view: AidView) -> str:
    """Return the largest and the smallest amount of the years that were over at the report."""
    series = {year: value for year, value in view.series(view.measure, view.downloads[0]).items()
              if year < OPEN_YEAR}
    most, least = max(series, key=series.__getitem__), min(series, key=series.__getitem__)
    return tell("reading_extremes", measure=view.measure, first=min(series), last=max(series),
                most=most, most_amount=view.plain(series[most]), least=least,
                least_amount=view.plain(series[least]))


def _differences(view: AidView) -> str:
    """Return in how many years the two downloads have different amounts."""
    told = []
    for measure in view.measures:
        one, other = (aid_data().dollars[measure, download] for download in view.downloads)
        common = sorted(one.keys() & other.keys())
        apart = [year for year in common if one[year] != other[year]]
        if not apart:
            told.append(tell("differ_none", measure=measure, all=len(common)))
            continue
        widest = max(apart, key=lambda year: abs(one[year] - other[year]))
        told.append(tell("differ", measure=measure, count=len(apart), all=len(common),
                         year=widest))
    return tell("differences", told="; ".join(told))


def _beside_report(view: AidView) -> str:
    data = aid_data()
    said = tell("millions", count=number(data.said / MILLION))
    newest = view.downloads[0]
    told = []
    for measure in view.measures:
        dollars = data.dollars[measure, newest].get(data.said_year)
        if dollars is None:
            continue
        same = round(dollars / MILLION) == round(data.said / MILLION)
        key = "same" if same else "more" if dollars > data.said else "less"
        told.append(tell(f"beside_{key}", measure=measure, millions=number(dollars / MILLION, 1)))
    return tell("beside", said=said, at=data.said_at, year=data.said_year, told="; ".join(told))


def _alt(view: AidView) -> str:
    data = aid_data()
    parts = [tell("alt", unit=tell(f"alt_{view.unit}"), first=data.years[0], last=data.years[-1],
                  year=view.year, date=day(REPORT_DATE), said_year=data.said_year,
                  report=report_words(view))]
    for measure in view.measures:
        series = view.series(measure, view.downloads[0])
        peak = max(series, key=series.__getitem__)
        parts.append(tell("alt_line", measure=measure, first=min(series), last=max(series),
                          start=view.plain(series[min(series)]), peak=peak,
                          top=view.plain(series[peak]), end=view.plain(series[max(series)])))
    if len(view.downloads) > 1:
        parts.append(tell("alt_rings", download=view.downloads[1]))
    return " ".join(parts)


def _table(view: AidView) -> Table:
    """Return all amounts of the view, those of the chosen year first."""
    data = aid_data()
    order = [view.year, *(one for one in reversed(data.years) if one != view.year)]
    keys = [(measure, download) for measure in view.measures for download in view.downloads]
    heads = tuple(tell("col_amount", measure=measure.capitalize(), download=download)
                  for measure, download in keys)
    persons: Sequence[str] = (tell("col_persons"),) if view.unit == PERSON else ()
    cells = []
    for year in order:
        people = (data.persons.get(year),) if persons else ()
        told = (view.told(measure, download, year) for measure, download in keys)
        cells.append((tell("fiscal_year", year=year), *told, *people))
    return Table(tell(f"caption_{view.unit}", year=view.year),
                 (tell("col_year"), *heads, *persons), tuple(cells))
