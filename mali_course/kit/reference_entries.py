"""The terms and the sources of the whole course, for the documents and for the site."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from mali_course.core.content import data_path, read_csv
from mali_course.core.datasets import dataset, dataset_names
from mali_course.core.lessons import Lesson, lessons

__all__ = ["GlossaryEntry", "glossary_entries", "map_sources", "tables_by_source"]

# An id in running text, such as UN_QDE135.
_SOURCE_ID = re.compile(r"\b[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+\b")


@dataclass(frozen=True)
class GlossaryEntry:
    """A term with its meanings, and for each meaning the lessons that give it."""

    term: str
    meanings: dict[str, list[Lesson]]

    @property
    def sort_key(self) -> tuple[str, str]:
        """Its place in the alphabet: case, accents and points do not count."""
        bare = unicodedata.normalize("NFKD", self.term).encode("ascii", "ignore").decode()
        return (re.sub(r"[^a-z0-9 ]", "", bare.lower()), self.term)

    @property
    def initial(self) -> str:
        """The letter under which it stands."""
        return self.sort_key[0][:1].upper()


@cache
def glossary_entries() -> tuple[GlossaryEntry, ...]:
    """Return the terms of all lessons in alphabetical order, each one once.

    Examples
    --------
    >>> glossary_entries()[0].term
    'accord'
    """
    entries: dict[str, GlossaryEntry] = {}
    for lesson in lessons():
        for term in lesson.terms:
            entry = entries.setdefault(term.term.casefold(), GlossaryEntry(term.term, {}))
            entry.meanings.setdefault(term.meaning, []).append(lesson)
    return tuple(sorted(entries.values(), key=lambda entry: entry.sort_key))


@cache
def tables_by_source() -> dict[str, list[str]]:
    """Return the names of the tables that use each source, by its id.

    Examples
    --------
    >>> tables_by_source()["GEONAMES_ML"]
    ['towns']
    """
    tables: dict[str, list[str]] = defaultdict(list)
    for name in dataset_names():
        for source_id in dataset(name).source_ids:
            tables[source_id].append(name)
    return {row["source_id"]: tables[row["source_id"]] for row in read_csv("sources.csv")}


@cache
def map_sources() -> frozenset[str]:
    """Return the ids of the sources of the maps.

    Examples
    --------
    >>> "NATURAL_EARTH" in map_sources()
    True
    """
    return frozenset(_SOURCE_ID.findall(data_path("geo/README.md").read_text(encoding="utf-8")))
