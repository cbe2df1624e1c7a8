"""Claims and links, read from ``data/argument.toml``; every fault is named with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from mali_course.core.content import read_toml
from mali_course.core.errors import CourseError
from mali_course.core.fields import Fields
from mali_course.core.report import sentence

__all__ = ["FILE", "Argument", "Claim", "Link", "Relation", "read_argument", "the_argument"]

FILE = "argument.toml"

Verdict = Literal["supported", "suggested", "absent"]
VERDICTS: tuple[Verdict, ...] = ("supported", "suggested", "absent")
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


@dataclass(frozen=True)
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

    source: str
    relation: str
    target: str
    verdict: Verdict
    places: tuple[str, ...]
    feedback: str


@dataclass(frozen=True)
class Argument:
    """What an argument map is built from.

    Parameters
    ----------
    title, question : str
    places : tuple of str
        Locators to choose from.
    causes : tuple of str
        Ids of the relations that are causes.
    claims : tuple of Claim
    relations : tuple of Relation
    links : tuple of Link
        Any other link counts as absent.
    """

    title: str
    question: str
    places: tuple[str, ...]
    causes: tuple[str, ...]
    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...]
    links: tuple[Link, ...]

    def find(self, source: str, relation: str, target: str) -> Link | None:
        """Return the link that the course judges, or None."""
        for link in self.links:
            if (link.source, link.relation, link.target) == (source, relation, target):
                return link
        return None


def _places(fields: Fields) -> tuple[str, ...]:
    found = fields.texts("places")
    if not 6 <= len(found) <= 24 or len(set(found)) < len(found):
        fields.complain("places", "6 to 24 locators, each once")
    for locator in found:
        try:
            sentence(locator)
        except CourseError:
            fields.complain("places", f"sentences of the report, and {locator!r} is none")
    if list(found) != sorted(found, key=lambda one: [int(step) for step in one.split(".")]):
        fields.complain("places", "locators in the order of the report")
    return found


def _named(fields: Fields, name: str, least: int, most: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for table in fields.tables(name, least, most):
        own, text = table.text("id"), table.text("text")
        if own in found:
            table.complain("id", "an id of its own")
        if len(text) > _LONGEST or text in found.values():
            table.complain("text", f"a text of its own of at most {_LONGEST} letters")
        found[own] = text
    return found


def _link(
    table: Fields, claims: Mapping[str, str], relations: Mapping[str, str], places: tuple[str, ...]
) -> Link:
    ends = {}
    for name, known in (("from", claims), ("relation", relations), ("to", claims)):
        ends[name] = table.text(name)
        if ends[name] not in known:
            table.complain(name, "one of " + ", ".join(known))
    if ends["from"] == ends["to"]:
        table.complain("to", "another claim than in 'from'")
    verdict = table.text("verdict")
    if verdict not in VERDICTS:
        table.complain("verdict", "one of " + ", ".join(VERDICTS))
    own = table.texts("places") if verdict != "absent" or table.has("places") else ()
    if any(locator not in places for locator in own):
        table.complain("places", "locators of the list 'places' at the top")
    return Link(ends["from"], ends["relation"], ends["to"], verdict, own, table.text("feedback"))


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
    fields = Fields(table, file)
    title, question, places = fields.text("title"), fields.text("question"), _places(fields)
    claims, relations = _named(fields, "claim", 5, 12), _named(fields, "relation", 2, 4)
    causes = fields.texts("causes")
    if not set(causes) < set(relations):
        fields.complain("causes", "some of " + ", ".join(relations))
    links: list[Link] = []
    for entry in fields.tables("link", sum(_LEAST.values()), 60):
        link = _link(entry, claims, relations, places)
        if any(
            (link.source, link.relation, link.target) == (one.source, one.relation, one.target)
            for one in links
        ):
            entry.complain("to", "each link once")
        links.append(link)
    fields.finish()
    for verdict, least in _LEAST.items():
        if sum(link.verdict == verdict for link in links) < least:
            fields.complain("link", f"at least {least} links with the verdict {verdict!r}")
    joined = {end for link in links for end in (link.source, link.target)}
    for claim in claims:
        if claim not in joined:
            fields.complain("claim", f"claims that a link joins, and {claim!r} is in none")
    return Argument(
        title,
        question,
        places,
        causes,
        tuple(Claim(own, text) for own, text in claims.items()),
        tuple(Relation(own, text) for own, text in relations.items()),
        tuple(links),
    )


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
