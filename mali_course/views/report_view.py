"""read(), cite(), about(), terms() and sources(): texts of the course, shown with their twins."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from mali_course.core.datasets import Dataset, dataset, rows, source
from mali_course.core.html import details_html, inline_html, link, text_of
from mali_course.core.lessons import lesson
from mali_course.core.messages import say
from mali_course.core.report import Paragraph, Section, Sentence, about_report, find_place
from mali_course.core.table import Table
from mali_course.forms.shown import Shown

__all__ = ["about", "cite", "essay_html", "read", "sources", "terms"]


def _block(html: str) -> str:
    return f'<div style="max-width:44rem;line-height:1.5">{html}</div>'


def _shown(html: str) -> Shown:
    return Shown(_block(html), text_of(html))


def _source_line(page: int | str) -> str:
    report = about_report()
    line = say(
        "interface.report.source",
        publisher=report.publisher,
        title=report.title,
        product=report.product,
        version=report.version,
        date=report.date,
        page=page,
    )
    official = say("interface.report.official", product=report.product)
    return f"<p><small>{escape(line)}</small></p><p><small>{link(report.url, official)}</small></p>"


def _sentences(sentences: Iterable[Sentence]) -> str:
    listed = "".join(
        f'<li style="margin:.4em 0"><strong>{one.locator}</strong> {inline_html(one.gist)}</li>'
        for one in sentences
    )
    return f'<ul style="list-style:none;padding:0">{listed}</ul>'


def _sentences_of(place: str | int | float) -> list[Sentence]:
    match find_place(place):
        case Section(paragraphs=paragraphs):
            return [one for paragraph in paragraphs for one in paragraph.sentences]
        case Paragraph(sentences=sentences):
            return list(sentences)
        case Sentence() as sentence:
            return [sentence]


def _together(places: tuple[str | int | float, ...]) -> Shown:
    """Show several places of the report one below the other, in the order asked for."""
    found = list(dict.fromkeys(one for place in places for one in _sentences_of(place)))
    heading = f"<p><strong>{escape(say('interface.report.read'))}</strong></p>"
    pages = "–".join(str(page) for page in sorted({one.page for one in found}))
    return _shown(heading + _sentences(found) + _source_line(pages))


def read(place: str | int | float = "", *more: str | int | float) -> Shown:
    """Show what a part of the report says, in our own words, with locators.

    Parameters
    ----------
    place : str, int or float
        A section (3), a paragraph ("3.1") or a sentence ("3.1.2").
    *more : str, int or float
        Other places, to compare: they are shown below it.

    Raises
    ------
    CourseError
        If the report has no such place.

    Examples
    --------
    >>> read("1.2.3").text.splitlines()[1][:5]
    '1.2.3'
    >>> [line[:5] for line in read("1.1.2", "3.3.2").text.splitlines()[1:3]]
    ['1.1.2', '3.3.2']
    """
    if more:
        return _together((place, *more))
    found = find_place(place)
    match found:
        case Section():
            title = f"{found.number}. {found.title}"
            parts = [_sentences(paragraph.sentences) for paragraph in found.paragraphs]
            page = found.paragraphs[0].sentences[0].page
        case Paragraph():
            title = f"{say('interface.report.read')} ({found.locator})"
            parts, page = [_sentences(found.sentences)], found.sentences[0].page
        case Sentence():
            title = f"{say('interface.report.read')} ({found.locator})"
            parts, page = [_sentences([found])], found.page
    heading = f"<p><strong>{escape(title)}</strong></p>"
    return _shown(heading + "".join(parts) + _source_line(page))


def cite(locator: str = "") -> Shown:
    """Show one sentence with its status and to whom the report gives it.

    Parameters
    ----------
    locator : str
        Such as ``"1.2.2"``.

    Raises
    ------
    CourseError
        If the report has no such sentence.

    Examples
    --------
    >>> "according to" in cite("1.2.2").text
    True
    """
    found = find_place(locator)
    if not isinstance(found, Sentence):
        # A section or paragraph has no single status: read() is what was meant.
        return read(locator)
    status = say("interface.report.status", status=say(f"interface.status.{found.status}"))
    by = say(
        "interface.report.according",
        attribution=found.attribution or say("interface.report.itself"),
    )
    return _shown(
        _sentences([found]) + f"<p>{escape(status)}; {escape(by)}</p>" + _source_line(found.page)
    )


def _source_list(source_ids: Iterable[str]) -> str:
    entries = (source(source_id) for source_id in source_ids)
    listed = "".join(
        f"<li>{escape(one.publisher)}: {escape(one.title)} ({escape(one.version_or_date)}). "
        f"{link(one.url)} [{escape(one.source_id)}]</li>"
        for one in entries
    )
    return f"<ul>{listed}</ul>"


def about(name: str = "") -> Shown:
    """Show the essay of a data set: what it holds, who collected it, how, what is uncertain.

    Parameters
    ----------
    name : str
        Such as ``"displacement_points"``.

    Raises
    ------
    CourseError
        If there is no such data set.

    Examples
    --------
    >>> about("displacement_points").text.startswith("About the data")
    True
    """
    found = dataset(name)
    title = say("interface.data.about", title=found.title)
    size = f"({len(rows(name))} × {len(found.columns)})"
    return _shown(f"<p><strong>{escape(title)}</strong> {size}</p>{_essay(found)}")


def essay_html(found: Dataset) -> str:
    """Return what `about` shows of a data set, without its title.

    Examples
    --------
    >>> essay_html(dataset("towns"))[:4]
    '<div'
    """
    return _block(_essay(found))


def _essay(found: Dataset) -> str:
    html = f"<p><em>{say('interface.data.question')}:</em> {inline_html(found.question)}</p>"
    for part in ("holds", "collected", "how", "uncertain"):
        html += (
            f"<p><strong>{say(f'interface.data.{part}')}.</strong> "
            f"{inline_html(found.essay[part])}</p>"
        )
    columns = Table(
        say("interface.data.columns"),
        tuple(say(f"interface.data.{part}") for part in ("column", "type", "unit", "meaning")),
        tuple((c.name, c.loaded_as, c.unit, c.meaning) for c in found.columns),
    )
    html += columns.to_html()
    html += f"<p><strong>{say('interface.data.licence')}.</strong> {escape(found.licence)}</p>"
    html += f"<p><strong>{say('interface.data.sources')}</strong></p>"
    return html + _source_list(found.source_ids)


def terms(number: str | int = "") -> Shown:
    """Show the terms of a lesson with their meanings.

    Raises
    ------
    CourseError
        If there is no such lesson.

    Examples
    --------
    >>> terms("01").text.startswith("Terms of lesson 01")
    True
    """
    found = lesson(number)
    title = say("interface.lesson.terms", lesson=found.id, title=found.title)
    listed = "".join(
        f"<p><strong>{inline_html(term.term)}</strong>: {inline_html(term.meaning)}</p>"
        for term in found.terms
    )
    return _shown(f"<p><strong>{escape(title)}</strong></p>{listed}")


def sources(number: str | int = "") -> Shown:
    """Show the sources of the data that a lesson uses.

    Raises
    ------
    CourseError
        If there is no such lesson.

    Examples
    --------
    >>> sources("01").text.startswith("Sources of lesson 01")
    True
    """
    found = lesson(number)
    title = say("interface.data.sources_of", lesson=found.id, title=found.title)
    html = f"<p><strong>{escape(title)}</strong></p>"
    for name in found.data:
        about_data = dataset(name)
        title = f"{escape(about_data.title)} (<code>{name}</code>)"
        html += details_html(title, _source_list(about_data.source_ids))
    return _shown(html)
