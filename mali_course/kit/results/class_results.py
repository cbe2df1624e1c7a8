"""A class: its learners, each with the newest of their files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from unicodedata import normalize

from mali_course.kit.results.class_reader import DONE, RIGHT, SHOWN, ClassReader, Learner
from mali_course.questions.item import Item
from mali_course.questions.shapes import Written

__all__ = ["ClassResults", "Superseded", "class_of"]


@dataclass(frozen=True)
class Superseded:
    """A file of which the same learner has a newer one."""

    file: str
    newer: str
    by_name: bool  # known by the typed name alone: the two files have no beginning in common


@dataclass(frozen=True)
class ClassResults:
    """A class: its learners, and what was noticed about their files.

    Parameters
    ----------
    learners : tuple of Learner
        One for each learner, by name and then by file.
    items : tuple of Item
    superseded : tuple of Superseded
    alike : tuple of tuple of str
        Files under different names that begin with the same answer.
    """

    learners: tuple[Learner, ...]
    items: tuple[Item, ...]
    superseded: tuple[Superseded, ...]
    alike: tuple[tuple[str, ...], ...]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Lesson to the places of its items."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, item in enumerate(self.items):
            places[item.id[:2]].append(place)
        return dict(places)

    @cached_property
    def graded(self) -> dict[str, list[int]]:
        """Lesson to the places of the items that the course judges: all but written texts."""
        graded = [not isinstance(item.as_shape(), Written) for item in self.items]
        return {
            lesson: [place for place in places if graded[place]]
            for lesson, places in self.places.items()
        }

    def lesson_counts(self, learner: Learner, lesson: str) -> tuple[int, int, int]:
        """Return a learner's items of a lesson: done, right at first try, answer looked up."""
        standings = [learner.standings[place] for place in self.places[lesson]]
        first = [learner.first[place] for place in self.graded[lesson]]
        return standings.count(DONE), first.count(RIGHT), standings.count(SHOWN)


def _name_key(name: str) -> str:
    return " ".join(normalize("NFKC", name).casefold().split())


def class_of(
    reader: ClassReader, files: Sequence[Learner], *, names_repeat: bool = False
) -> ClassResults:
    """Return a class in which each learner counts once, with the newest file.

    Files belong to one learner if the same name was typed. A file without a name belongs to the
    learner whose file begins with the same event.

    Parameters
    ----------
    reader : ClassReader
        That read the files.
    files : sequence of Learner
    names_repeat : bool
        Different people may have typed the same name: then files with the same name belong
        together only if they begin with the same event.

    Examples
    --------
    >>> from mali_course.record.portable import Packed
    >>> reader = ClassReader()
    >>> both = [reader.read_learner(Packed("Ada", "1", []), name) for name in ("a.json", "b.json")]
    >>> [learner.file for learner in class_of(reader, both).learners]
    ['b.json']
    """
    learners: list[Learner] = []
    superseded: list[Superseded] = []
    for group in _files_by_learner(files, names_repeat):
        *older, newest = sorted(group, key=lambda file: (file.newest, file.count, file.file))
        name = next((file.name for file in [newest, *reversed(older)] if file.name), "")
        learners.append(replace(newest, name=name))
        superseded += [
            Superseded(file.file, newest.file, file.origin != newest.origin) for file in older
        ]
    return ClassResults(
        tuple(sorted(learners, key=lambda file: (not file.name, _name_key(file.name), file.file))),
        reader.items,
        tuple(sorted(superseded, key=lambda row: row.file)),
        _files_alike(learners),
    )


def _files_by_learner(files: Sequence[Learner], names_repeat: bool) -> Iterable[list[Learner]]:
    groups: dict[tuple[str, str], list[Learner]] = defaultdict(list)
    owners: dict[str, set[tuple[str, str]]] = defaultdict(set)  # by the first event
    for file in files:
        if file.name:
            key = (_name_key(file.name), file.origin if names_repeat else "")
            groups[key].append(file)
            owners[file.origin].add(key)
    for file in files:
        if not file.name:
            named = owners[file.origin] if file.origin else set()
            unnamed = ("", file.origin or file.file)
            groups[next(iter(named)) if len(named) == 1 else unnamed].append(file)
    return groups.values()


def _files_alike(learners: Iterable[Learner]) -> tuple[tuple[str, ...], ...]:
    files: dict[str, list[str]] = defaultdict(list)
    for learner in learners:
        if learner.origin:
            files[learner.origin].append(learner.file)
    return tuple(sorted(tuple(sorted(group)) for group in files.values() if len(group) > 1))
