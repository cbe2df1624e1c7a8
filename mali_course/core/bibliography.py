"""Sources as links of words: no reader wants to hear an address of 300 letters."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from html import escape

from mali_course.core.datasets import Source, source
from mali_course.core.formats import day, listed
from mali_course.core.html import link
from mali_course.core.messages import say
from mali_course.core.report import Place, about_report

__all__ = [
    "recognise_text",
    "report_html",
    "report_places_html",
    "report_places_lines",
    "report_places_markdown",
    "report_places_parts",
    "source_link",
    "source_list",
]

# What would mean something else in Markdown, at the end of an address or inside of it.
_IN_ADDRESS = str.maketrans({"(": "%28", ")": "%29", " ": "%20"})


def source_link(entry: Source) -> str:
    """Return publisher, title and date of a source as a link to it.

    Examples
    --------
    >>> ">Congressional Research Service: IF10116" in source_link(source("CRS_2020_01"))
    True
    """
    return link(entry.url, f"{entry.publisher}: {entry.title} ({entry.version_or_date})")


def source_list(source_ids: Iterable[str], *, licences: bool = False) -> str:
    """Return sources as a list of links, with their ids.

    Parameters
    ----------
    source_ids : iterable of str
    licences : bool
        Whether the licence of each is named.

    Examples
    --------
    >>> source_list(["CRS_2020_01"]).count("<li>")
    1
    """
    rows = ""
    for entry in map(source, source_ids):
        licence = f" {escape(entry.licence)}." if licences else ""
        signs = escape(f"[{entry.source_id}] ({entry.read_text})")
        rows += f"<li>{source_link(entry)}.{licence} {signs}</li>"
    return f"<ul>{rows}</ul>"


def report_html() -> str:
    """Return how the report is cited, with a link to it: the one place that does, once a lesson.

    Examples
    --------
    >>> "IF10116" in report_html()
    True
    """
    report = about_report()
    cited = say(
        "interface.report.source",
        publisher=report.publisher,
        title=report.title,
        product=report.product,
        version=report.version,
        date=day(datetime.date.fromisoformat(report.date)),
    )
    return f"<p>{escape(cited)}</p>{report_places_html()}"


def _place_name(place: Place) -> str:
    report = about_report()
    return say(
        "interface.report.place", title=report.title, version=report.version, name=place.name
    )


def _unopened_text() -> str:
    """Return that nobody of the project could open some of the places, or "" where all were."""
    names = [place.name for place in about_report().named_places if not place.opened]
    return say("interface.report.unopened", names=listed(names)) if names else ""


def recognise_text() -> str:
    """Return how to tell the right version of the report from newer ones.

    Examples
    --------
    >>> "VERSION 9" in recognise_text()
    True
    """
    report = about_report()
    top, foot = report.recognise
    return say("interface.report.recognise", top=top, foot=foot, product=report.product)


def report_places_html() -> str:
    """Return where to find the report, as links, and how to recognise the right version.

    Examples
    --------
    >>> about_report().url in report_places_html()
    True
    """
    rows, texts = report_places_parts()
    shown = "".join(f"<li>{row}</li>" for row in rows)
    return f"<ul>{shown}</ul>" + "".join(f"<p>{text}</p>" for text in texts)


def report_places_parts() -> tuple[list[str], list[str]]:
    """Return the HTML of each place, and that of each text below the places."""
    rows = [
        f"{link(place.url, _place_name(place))}: {escape(place.gives)}."
        for place in about_report().named_places
    ]
    texts = filter(None, (_unopened_text(), recognise_text()))
    return rows, [escape(text) for text in texts]


def report_places_markdown() -> str:
    """Return the same as `report_places_html` for a document in Markdown.

    Examples
    --------
    >>> report_places_markdown().splitlines()[0].startswith("- [Conflict in Mali, version 9")
    True
    """
    rows = "\n".join(
        f"- [{_place_name(place)}]({place.url.translate(_IN_ADDRESS)}): {place.gives}."
        for place in about_report().named_places
    )
    return "\n\n".join(filter(None, (rows, _unopened_text(), recognise_text())))


def report_places_lines() -> tuple[str, ...]:
    """Return the same as `report_places_html` in plain lines, their addresses to be typed.

    Examples
    --------
    >>> sum("https://" in line for line in report_places_lines()) > 0
    True
    """
    rows = (
        f"{_place_name(place)}: {place.gives}. {place.url}" for place in about_report().named_places
    )
    return tuple(filter(None, (recognise_text(), *rows, _unopened_text())))
