"""The report in our own words: sections, paragraphs and sentences with their locators."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from mali_course.core.content import read_csv, read_toml
from mali_course.core.errors import CourseError
from mali_course.core.messages import say
from mali_course.core.schema import Complaint, read, tables
from mali_course.core.typed import plain_signs, without_quotes

__all__ = [
    "Paragraph",
    "Place",
    "Report",
    "Section",
    "Sentence",
    "about_report",
    "find_place",
    "in_order",
    "page_text",
    "paragraphs_of",
    "section",
    "sections",
    "sentence",
    "sentences",
    "whole_paragraphs",
]


@dataclass(frozen=True)
class Sentence:
    """What one sentence of the report says, in our own words.

    Parameters
    ----------
    locator : str
        ``"3.1.2"``: section, paragraph, sentence.
    page : int
        Page of the official PDF.
    gist : str
        Our own wording.
    status : str
        fact, estimate, allegation, judgement or plan.
    attribution : str
        To whom the report gives it; "" for the report itself.
    """

    locator: str
    page: int
    gist: str
    status: str
    attribution: str

    @property
    def section(self) -> int:
        """The number of its section."""
        return int(self.locator.partition(".")[0])

    @property
    def paragraph(self) -> str:
        """The locator of its paragraph."""
        return self.locator.rpartition(".")[0]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its locator ``"3.1"`` and its sentences."""

    locator: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Section:
    """A section: its number, its title and its paragraphs."""

    number: int
    title: str
    paragraphs: tuple[Paragraph, ...]


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where to find the report.

    Parameters
    ----------
    name : str
        The name of the site.
    url : str
    gives : str
        What you find there.
    opened : str
        The ISO date on which somebody in the project opened it and saw the report; "" for nobody.
    fetched : bool
        Whether the course tries it when a learner has the report fetched.
    """

    name: str
    url: str
    gives: str
    opened: str = ""
    fetched: bool = True

    def check(self, complain: Complaint) -> None:
        """Refuse an address that is not one of the web, and what is no date."""
        if not re.fullmatch(r"https://[^\s\"<>,]+", self.url):
            complain("url", "an address that begins with https://")
        if self.opened and not _is_day(self.opened):
            complain("opened", "a date such as 2026-11-29, or \"\" while nobody has opened it")


@dataclass(frozen=True, kw_only=True)
class Report:
    """What is needed to find the report itself, and to recognise the right version.

    Parameters
    ----------
    title, publisher, product : str
    version : int
    date : str
        ISO date of the version.
    recognise : tuple of str
        Words by which you recognise this version: at the top of the paper, and at its foot.
    section_titles : tuple of str
    places : tuple of Place
        Where to find it, the best place first.
    """

    title: str
    publisher: str
    product: str
    version: int
    date: str
    recognise: tuple[str, ...]
    section_titles: tuple[str, ...]
    places: tuple[Place, ...] = tables("place", 1, 9)

    @property
    def url(self) -> str:
        """The first of its addresses."""
        return self.places[0].url

    @property
    def named_places(self) -> tuple[Place, ...]:
        """The places to name: up to the first one that somebody has opened, or all.

        Nobody is sent to an address alone that nobody has opened.
        """
        opened = (number for number, place in enumerate(self.places, 1) if place.opened)
        return self.places[: next(opened, None)]

    def check(self, complain: Complaint) -> None:
        """Refuse a date that is none, and signs of the paper that are not two."""
        if not _is_day(self.date):
            complain("date", "a date such as 2020-01-17")
        if len(self.recognise) != 2:
            complain("recognise", "two texts: one at the top of the paper, one at its foot")


@cache
def about_report() -> Report:
    """Return the report's title, publisher, version, date, and the places where to find it.

    Examples
    --------
    >>> about_report().product
    'IF10116'
    """
    return read(Report, read_toml("report/report.toml"), "report/report.toml")


@cache
def sentences() -> tuple[Sentence, ...]:
    """Return all sentences in the order of the report.

    Examples
    --------
    >>> len(sentences())
    79
    """
    return tuple(
        Sentence(row["locator"], int(row["page"]), row["gist"], row["status"], row["attribution"])
        for row in read_csv("report/outline.csv")
    )


@cache
def _by_locator() -> dict[str, Sentence]:
    return {sentence.locator: sentence for sentence in sentences()}


def in_order(locators: Iterable[str]) -> tuple[str, ...]:
    """Return locators in the order of the report, each once.

    Examples
    --------
    >>> in_order(["1.10.1", "1.2.1", "1.2.1"])
    ('1.2.1', '1.10.1')
    """
    return tuple(sorted(set(locators), key=lambda one: [int(step) for step in one.split(".")]))


@cache
def sections() -> tuple[Section, ...]:
    """Return the sections with their paragraphs.

    Examples
    --------
    >>> sections()[2].title
    'A Stalled Peace Accord'
    """
    tree: dict[str, dict[str, list[Sentence]]] = {}
    for each in sentences():
        number, paragraph, _ = each.locator.split(".")
        tree.setdefault(number, {}).setdefault(f"{number}.{paragraph}", []).append(each)
    return tuple(
        Section(
            int(number),
            about_report().section_titles[int(number) - 1],
            tuple(Paragraph(locator, tuple(group)) for locator, group in inside.items()),
        )
        for number, inside in tree.items()
    )


def sentence(locator: str) -> Sentence:
    """Return one sentence.

    Raises
    ------
    CourseError
        If there is none of that locator.

    Examples
    --------
    >>> sentence("1.2.2").page
    1
    """
    if isinstance(locator, str) and locator in _by_locator():
        return _by_locator()[locator]
    raise CourseError(say("interface.report.no_sentence", locator=locator))


def section(number: int) -> Section:
    """Return one section.

    Raises
    ------
    CourseError
        If there is none of that number.
    """
    for each in sections():
        if each.number == number:
            return each
    raise CourseError(say("interface.report.no_section", number=number))


def _place_numbers(text: str) -> list[str]:
    """Return the numbers of a place: of "3.1.2", "§ 3.1.2", "Sentence 3,1,2." or "٣.١.٢"."""
    plain = without_quotes(plain_signs(text)).casefold()
    plain = re.sub(rf"^(?:§|{say('interface.report.words')})*[\s.:]*", "", plain)
    if not re.fullmatch(r"\d{1,3}(\s*[.,]\s*\d{1,3}){0,2}", plain, re.ASCII):
        return []
    return [str(int(number)) for number in re.findall(r"\d+", plain)]


def find_place(place: object) -> Section | Paragraph | Sentence:
    """Return a section for ``3`` or ``"3"``, a paragraph for ``"3.1"``, a sentence for ``"3.1.2"``.

    Raises
    ------
    CourseError
        If the report has no such place, or it is not written like one.

    Examples
    --------
    >>> find_place("1.2").locator
    '1.2'
    """
    # A learner who writes read(1.2) means paragraph 1.2; the number 1.2 prints as just that.
    text = str(place) if isinstance(place, int | float | str) else ""
    parts = _place_numbers(text)
    if isinstance(place, bool) or not parts:
        raise CourseError(say("interface.report.bad_place", place=place))
    text = ".".join(parts)
    if len(parts) == 3:
        return sentence(text)
    whole = section(int(parts[0]))
    if len(parts) == 1:
        return whole
    for paragraph in whole.paragraphs:
        if paragraph.locator == text:
            return paragraph
    raise CourseError(
        say(
            "interface.report.no_paragraph",
            locator=text,
            number=whole.number,
            last=len(whole.paragraphs),
        )
    )


def paragraphs_of(places: Iterable[object]) -> tuple[tuple[Sentence, ...], ...]:
    """Return the sentences of places in groups, one a paragraph, each sentence once.

    Parameters
    ----------
    places : iterable
        Sections, paragraphs or sentences, as `find_place` takes them. Sentences that are named one
        by one stay in the order named, and make a group.

    Raises
    ------
    CourseError
        If the report has no such place.

    Examples
    --------
    >>> [len(group) for group in paragraphs_of(["1.1", "1.2.2", "3.3.2"])]
    [5, 2]
    """
    groups: list[list[Sentence]] = []
    seen: set[Sentence] = set()
    single = False  # whether the last group is of sentences named one by one
    for place in places:
        match find_place(place):
            case Section(paragraphs=paragraphs):
                found = [list(paragraph.sentences) for paragraph in paragraphs]
            case Paragraph(sentences=inside):
                found = [list(inside)]
            case Sentence() as one:
                if not single:
                    groups.append([])
                groups[-1] += [one] if one not in seen else []
                single = True
                seen.add(one)
                continue
        single = False
        for group in found:
            groups.append([one for one in group if one not in seen])
            seen.update(group)
    return tuple(tuple(group) for group in groups if group)


def whole_paragraphs(locators: Iterable[str]) -> tuple[str, ...]:
    """Return the locators of all sentences in the paragraphs of some, in the report's order.

    Examples
    --------
    >>> whole_paragraphs(["3.2.1"])[:2]
    ('3.2.1', '3.2.2')
    """
    paragraphs = {sentence(locator).paragraph for locator in locators}
    return tuple(one.locator for one in sentences() if one.paragraph in paragraphs)


def page_text(found: Iterable[Sentence]) -> str:
    """Return the pages of sentences: "1", or "1–2".

    Examples
    --------
    >>> page_text(sentences())
    '1–2'
    """
    return "–".join(str(page) for page in sorted({one.page for one in found}))
