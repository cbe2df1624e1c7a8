"""U.S. aid to Mali by fiscal year: what was requested, appropriated, obligated and disbursed."""

from __future__ import annotations

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
    aid_texts,
)
from mali_course.explorers.aid_picture import AidPicture
from mali_course.explorers.explorer_base import Explorer
from mali_course.forms.controls import make_control

__all__ = ["AidExplorer"]


class AidExplorer(Explorer):
    """How much U.S. aid to Mali there was in a fiscal year, by the step that the money had taken.

    Examples
    --------
    >>> chart = AidExplorer().view({"measure": "obligated", "year": "2018"})
    >>> "233,612,925 obligated" in chart.reading
    True
    """

    def __init__(self) -> None:
        data = aid_data()
        downloads = {each: aid_texts("option_download", year=each) for each in data.downloads}
        years = {str(year): aid_texts("fiscal_year", year=year) for year in data.years}
        super().__init__(
            make_control(aid_texts, "measure",
                         {step: aid_texts(f"option_{step}") for step in (*STEPS, ALL)}),
            make_control(aid_texts, "year", years, str(data.said_year)),
            make_control(aid_texts, "download", downloads | {BOTH: aid_texts("option_both")},
                         data.downloads[-1]),
            make_control(aid_texts, "unit",
                         {unit: aid_texts(f"option_{unit}") for unit in (TOTAL, PERSON)}),
        )
        self._picture = AidPicture()

    def chart(self, measure: str, year: str, download: str, unit: str) -> Chart:
        """Return the chart of a measure, with one year to look at closely."""
        view = AidView(measure, int(year), download, unit)
        title = _title_text(view)
        return Chart(
            figure=self._picture.page.figure,
            title=title,
            alt=_alt_text(view),
            reading=_reading_text(view),
            table=_amount_table(view),
            sources=view.sources,
            note=aid_texts("note"),
            prepare=partial(self._picture.show_view, view, title),
        )


def _title_text(view: AidView) -> str:
    if view.measure == ALL:
        count = in_words(len(STEPS)).capitalize()
        return aid_texts(f"headline_all_{view.unit}", count=count, year=view.year)
    newest = view.downloads[0]
    dollars = aid_data().dollars[view.measure, newest].get(view.year)
    amount = None if dollars is None else view.in_unit(dollars, view.year)
    if amount is None:
        return aid_texts("headline_none", measure=view.measure, year=view.year)
    if view.unit == PERSON:
        words = aid_texts("dollars_person", amount=view.value_text(amount))
    else:
        words = aid_texts("dollars_millions", amount=number(amount / MILLION, 1))
    part = (view.measure, newest, view.year) in aid_data().part
    return aid_texts("headline_part" if part else "headline", measure=view.measure.capitalize(),
                     year=view.year, amount=words)


def _reading_text(view: AidView) -> str:
    year, persons = view.year, aid_data().persons
    parts = [text for download in view.downloads for text in _amount_texts(view, download)]
    if view.unit == PERSON and year in persons:
        parts.append(aid_texts("reading_people", year=year, persons=number(persons[year])))
    if len(view.downloads) > 1:
        differences = "; ".join(_difference_text(view, measure) for measure in view.measures)
        parts.append(aid_texts("differences", told=differences))
    elif view.measure != ALL:
        parts.append(_extremes_text(view))
    if year == aid_data().said_year:
        parts.append(_report_text(view))
    if year >= OPEN_YEAR:
        key = "reading_open" if year == OPEN_YEAR else "reading_later"
        parts.append(aid_texts(key, year=year, date=day(REPORT_DATE)))
    return " ".join(parts)


def _amount_texts(view: AidView, download: str) -> list[str]:
    """Return the amounts of the year in one download, and which of them are missing."""
    held = [measure for measure in view.measures
            if view.year in aid_data().dollars[measure, download]]
    missing = [measure for measure in view.measures if measure not in held]
    parts = []
    if held and view.in_unit(1, view.year) is None:
        parts.append(aid_texts("reading_no_people", year=view.year, measures=listed(held)))
    elif held:
        amounts = listed(
            aid_texts("amount", amount=view.amount_text(measure, download, view.year),
                      measure=measure) for measure in held)
        parts.append(aid_texts(f"reading_{view.unit}", download=download, year=view.year,
                               amounts=amounts))
    if missing:
        parts.append(aid_texts("reading_missing", download=download, year=view.year,
                               measures=listed(missing)))
    return parts


def _extremes_text(view: AidView) -> str:
    """Return the largest and the smallest amount of the years that were over at the report."""
    series = {year: value for year, value in view.series(view.measure, view.downloads[0]).items()
              if year < OPEN_YEAR}
    most, least = max(series, key=series.__getitem__), min(series, key=series.__getitem__)
    return aid_texts("reading_extremes", measure=view.measure, first=min(series),
                     last=max(series), most=most, most_amount=view.value_text(series[most]),
                     least=least, least_amount=view.value_text(series[least]))


def _difference_text(view: AidView, measure: str) -> str:
    """Return in how many years the two downloads have different amounts."""
    newer, older = (aid_data().dollars[measure, download] for download in view.downloads)
    common = sorted(newer.keys() & older.keys())
    gaps = {year: abs(newer[year] - older[year]) for year in common if newer[year] != older[year]}
    if not gaps:
        return aid_texts("differ_none", measure=measure, all=len(common))
    return aid_texts("differ", measure=measure, count=len(gaps), all=len(common),
                     year=max(gaps, key=gaps.__getitem__))


def _report_text(view: AidView) -> str:
    """Set the amounts of the report's year beside its own."""
    data = aid_data()
    parts = []
    for measure in view.measures:
        dollars = data.dollars[measure, view.downloads[0]].get(data.said_year)
        if dollars is not None:
            same = round(dollars / MILLION) == round(data.said / MILLION)
            key = "same" if same else "more" if dollars > data.said else "less"
            parts.append(aid_texts(f"beside_{key}", measure=measure,
                                   millions=number(dollars / MILLION, 1)))
    return aid_texts("beside", said=aid_texts("millions", count=number(data.said / MILLION)),
                     at=data.said_at, told="; ".join(parts))


def _alt_text(view: AidView) -> str:
    data = aid_data()
    parts = [aid_texts("alt", unit=aid_texts(f"alt_{view.unit}"), first=data.years[0],
                       last=data.years[-1], year=view.year, date=day(REPORT_DATE),
                       said_year=data.said_year, report=view.report_text)]
    for measure in view.measures:
        series = view.series(measure, view.downloads[0])
        first, last, peak = min(series), max(series), max(series, key=series.__getitem__)
        start, end, top = (view.value_text(series[year]) for year in (first, last, peak))
        parts.append(aid_texts("alt_line", measure=measure, first=first, last=last, start=start,
                               peak=peak, top=top, end=end))
    if len(view.downloads) > 1:
        parts.append(aid_texts("alt_rings", download=view.downloads[1]))
    return " ".join(parts)


def _amount_table(view: AidView) -> Table:
    """Return all amounts of the view, those of the chosen year first."""
    keys = [(measure, download) for measure in view.measures for download in view.downloads]
    heads = [aid_texts("col_amount", measure=measure.capitalize(), download=download)
             for measure, download in keys]
    persons = view.unit == PERSON
    cells = [
        (aid_texts("fiscal_year", year=year), *(view.amount_text(*key, year) for key in keys),
         *([aid_data().persons.get(year)] if persons else []))
        for year in sorted(reversed(aid_data().years), key=lambda each: each != view.year)
    ]
    return Table(aid_texts(f"caption_{view.unit}", year=view.year),
                 (aid_texts("col_year"), *heads, *([aid_texts("col_persons")] if persons else [])),
                 tuple(cells))
