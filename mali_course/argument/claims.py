"""Claims and links, read from ``data/argument.toml``; every fault is named with its place.

Learners choose a claim, the word of a link, another claim, and a locator. A link that is not listed
counts as absent: then it is said whether the text joins the two claims the other way round, with
another word, by way of another claim, or not at all. Some of the locators should carry no link, and
no feedback names the right one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from mali_course.core.content import read_toml
from mali_course.core.errors import CourseError
from mali_course.core.report import sentence
from mali_course.core.schema import Complaint, read, renamed, tables

__all__ = ["FILE", "Argument", "Claim", "Link", "Relation", "read_argument", "the_argument"]

FILE = "argument.toml"

Verdict = Literal["supported", "suggested", "absent"]
_LEAST: Mapping[str, int] = {"supported": 5, "suggested": 2, "absent": 3}
_LONGEST = 80  # letters of a claim: a longer one does not fit into a closed list box


@dataclass(frozen=True)
class Claim:
    """A claim to choose."""

    id: str
    text: str


@dataclass(frozen=True)
class Relation:
    """The word of a link."""

    id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link that the course judges.

    Parameters
    ----------
    source, relation, target : str
        Ids.
    verdict : {"supported", "suggested", "absent"}
        The text makes it, only suggests it, or does not make it.
    places : tuple of str
        Locators of the sentences that carry it.
    feedback : str
        Why.
    """

    source: str = renamed("from")
    relation: str
    target: str = renamed("to")
    verdict: Verdict
    places: tuple[str, ...] = ()
    feedback: str

    @property
    def ends(self) -> tuple[str, str, str]:
        """What makes two links the same."""
        return self.source, self.relation, self.target

    def check(self, complain: Complaint) -> None:
        """Refuse a link to itself, and one that the text makes nowhere."""
        if self.source == self.target:
            complain("to", "another claim than in 'from'")
        if self.verdict != "absent" and not self.places:
            complain("places", "a list of texts")


@dataclass(frozen=True, kw_only=True)
class Argument:
    """What an argument map is built from.

    Parameters
    ----------
    title, question : str
    places : tuple of str
        Locators to choose from.
    claims : tuple of Claim
    relations : tuple of Relation
    causes : tuple of str
        Ids of the relations that are causes.
    links : tuple of Link
        Any other link counts as absent.
    """

    title: str
    question: str
    places: tuple[str, ...]
    claims: tuple[Claim, ...] = tables("claim", 5, 12)
    relations: tuple[Relation, ...] = tables("relation", 2, 4)
    causes: tuple[str, ...]
    links: tuple[Link, ...] = tables("link", sum(_LEAST.values()), 60)

    def find_link(self, source: str, relation: str, target: str) -> Link | None:
        """Return the link that the course judges, or None."""
        ends = (source, relation, target)
        return next((link for link in self.links if link.ends == ends), None)

    def check(self, complain: Complaint) -> None:
        """Refuse what does not fit together."""
        _check_places(self.places, complain)
        _check_entries("claim", self.claims, complain)
        _check_entries("relation", self.relations, complain)
        relations = [relation.id for relation in self.relations]
        if not set(self.causes) < set(relations):
            complain("causes", "some of " + ", ".join(relations))
        for number, link in enumerate(self.links, start=1):
            self._check_link(link, number, complain.inside("link", number))
        for verdict, least in _LEAST.items():
            if sum(link.verdict == verdict for link in self.links) < least:
                complain("link", f"at least {least} links with the verdict {verdict!r}")
        joined = {end for link in self.links for end in (link.source, link.target)}
        for claim in self.claims:
            if claim.id not in joined:
                complain("claim", f"claims that a link joins, and {claim.id!r} is in none")

    def _check_link(self, link: Link, number: int, complain: Complaint) -> None:
        claims = [claim.id for claim in self.claims]
        relations = [relation.id for relation in self.relations]
        for name, end, known in (("from", link.source, claims),
                                 ("relation", link.relation, relations),
                                 ("to", link.target, claims)):
            if end not in known:
                complain(name, "one of " + ", ".join(known))
        if not set(link.places) <= set(self.places):
            complain("places", "locators of the list 'places' at the top")
        if link.ends in [before.ends for before in self.links[:number - 1]]:
            complain("to", "each link once")


def _check_places(places: Sequence[str], complain: Complaint) -> None:
    if not 6 <= len(places) <= 24 or len(set(places)) < len(places):
        complain("places", "6 to 24 locators, each once")
    for locator in places:
        try:
            sentence(locator)
        except CourseError:
            complain("places", f"sentences of the report, and {locator!r} is none")
    if list(places) != sorted(places, key=lambda locator: [*map(int, locator.split("."))]):
        complain("places", "locators in the order of the report")


def _check_entries(name: str, entries: Sequence[Claim | Relation], complain: Complaint) -> None:
    for number, entry in enumerate(entries, start=1):
        before = entries[:number - 1]
        if entry.id in [other.id for other in before]:
            complain.inside(name, number)("id", "an id of its own")
        if len(entry.text) > _LONGEST or entry.text in [other.text for other in before]:
            expected = f"a text of its own of at most {_LONGEST} letters"
            complain.inside(name, number)("text", expected)


def read_argument(table: Mapping[str, Any], file: str = FILE) -> Argument:
    """Read the claims and links of an argument map.

    Parameters
    ----------
    table : mapping
        As `tomllib` gives it.
    file : str
        Name of the file, for messages.

    Raises
    ------
    CourseError
        If a field is missing, unknown or not as it must be. The message names file, entry and
        field, and says what is expected.

    Examples
    --------
    >>> read_argument({"title": "Cause and effect"})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    mali_course.core.errors.CourseError: argument.toml, field 'question': expected a text, ...
    """
    return read(Argument, table, file)


@cache
def the_argument() -> Argument:
    """Return the argument map of the course.

    Raises
    ------
    CourseError
        If its file is missing or faulty.

    Examples
    --------
    >>> len(the_argument().claims) >= 5
    True
    """
    return read_argument(read_toml(FILE))
