"""The armed groups of lesson 4 and their links as dated facts, ready to be drawn and told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mali_course.charts.style import REPORT_DATE
from mali_course.core.datasets import rows
from mali_course.core.dates import PartialDate, year_fraction
from mali_course.core.formats import listed
from mali_course.core.messages import say

__all__ = ["Descent", "Group", "Link", "told", "when"]

Row = Mapping[str, Any]

# From top to bottom, so that few links cross a group that they do not concern.
_ORDER = ("Katiba Macina", "Ansar Dine", "AQIM Sahara branch", "AQIM", "Al Moulathamoun", "MUJAO",
          "Al Mourabitoun", "JNIM", "ISGS", "Ansarul Islam")


def when(date: PartialDate | None) -> str:
    """Return a date in words, as exactly as the source gives it; nothing where it gives none."""
    return date.in_words() if date else ""


@dataclass(frozen=True)
class Group:
    """A group with the time of which the table knows."""

    name: str
    row: Row

    @property
    def start(self) -> float:
        """The point in time where it begins; before all others if no source dates it."""
        return year_fraction(self.row["founded"]) if self.row["founded"] else 0.0

    @property
    def end(self) -> float | None:
        """The point in time where it ends, if the table has one."""
        return year_fraction(self.row["ended"]) if self.row["ended"] else None

    def lives(self, moment: float) -> bool:
        """Whether it had begun at a moment and not ended."""
        return self.start <= moment and (self.end is None or self.end > moment)


@dataclass(frozen=True)
class Link:
    """A dated link between two groups, or between a group and one outside of the table."""

    row: Row

    @property
    def actor(self) -> str:
        """Who acts, such as the group that splits off."""
        return str(self.row["actor"])

    @property
    def target(self) -> str:
        """The other end, such as the group that it splits from."""
        return str(self.row["target"])

    @property
    def relation(self) -> str:
        """The kind of link, as in the table."""
        return str(self.row["relation"])

    @property
    def at(self) -> float:
        """The point in time where it begins."""
        return year_fraction(self.row["since"]) if self.row["since"] else 0.0

    @property
    def joins(self) -> bool:
        """Whether the actor goes into its target."""
        return self.relation == "merged_into"


def told(links: Iterable[Link]) -> str:
    """Return links as short sentences with their dates; groups that did the same stand together."""
    together: dict[tuple[str, str, PartialDate | None], list[str]] = {}
    for link in links:
        key = (link.relation, link.target, link.row["since"])
        together.setdefault(key, []).append(link.actor)
    return "; ".join(
        say(f"explorers/lineage.{'link' if since else 'link_undated'}",
            actor=listed(actors), verb=say(f"explorers/lineage.verb_{relation}"),
            target=target, when=when(since))
        for (relation, target, since), actors in together.items())


class Descent:
    """All groups and links of the tables up to the report.

    Examples
    --------
    >>> "JNIM" in Descent().groups
    True
    """

    def __init__(self) -> None:
        table = rows("armed_groups")
        key = next(iter(table[0]))
        end = year_fraction(REPORT_DATE)
        found = {row[key]: Group(row[key], row) for row in table}
        found = {name: one for name, one in found.items() if one.start <= end}
        order = [name for name in _ORDER if name in found]
        self.groups: dict[str, Group] = {
            name: found[name] for name in (*order, *(one for one in found if one not in order))
        }
        links = [Link(row) for row in rows("group_links")]
        self.links: list[Link] = sorted((one for one in links if one.at <= end),
                                        key=lambda one: one.at)
        self.sources: tuple[str, ...] = tuple(dict.fromkeys(
            row["source_id"] for row in (*table, *(one.row for one in self.links))))

    def until(self, moment: float) -> list[Link]:
        """Return the links that had begun at a moment."""
        return [one for one in self.links if one.at <= moment]

    def inside(self, moment: float) -> dict[str, list[str]]:
        """Return the groups that had become part of another, by that other."""
        found: dict[str, list[str]] = {}
        for link in self.until(moment):
            if link.joins and link.actor in self.groups:
                found.setdefault(link.target, []).append(link.actor)
        return found

    def alone(self, moment: float) -> list[str]:
        """Return the groups of their own at a moment: begun, not ended, not part of another."""
        parts = {link.actor for link in self.until(moment)
                 if link.joins or link.relation == "part_of"}
        return [name for name, one in self.groups.items()
                if one.lives(moment) and name not in parts]

    def place(self, link: Link) -> float:
        """Return where a link is drawn: at the start of the group that it begins, if it does."""
        begun = self.groups.get(link.target if link.joins else link.actor)
        since, founded = link.row["since"], begun.row["founded"] if begun else None
        same = since and founded and str(founded).startswith(str(since))
        return begun.start if begun and same else link.at

    def traced(self, name: str, moment: float) -> list[str]:
        """Return the groups from which one came and those that came from it, in time.

        Examples
        --------
        >>> "MUJAO" in Descent().traced("JNIM", 2020.0)
        True
        """
        steps = [_step(one) for one in self.until(moment)]
        known = [step for step in steps if step is not None]
        before = _reach(name, [(later, earlier) for earlier, later in known])
        after = _reach(name, known)
        return [one for one in self.groups if one in before | after]


def _step(link: Link) -> tuple[str, str] | None:
    """Return from which group to which a link leads in time, if it does."""
    if link.relation in ("split_from", "part_of"):
        return link.target, link.actor
    if link.joins:
        return link.actor, link.target
    return None


def _reach(name: str, steps: Sequence[tuple[str, str]]) -> set[str]:
    found: set[str] = set()
    fresh: Iterable[str] = [name]
    while fresh:
        fresh = {later for earlier, later in steps if earlier in fresh} - found - {name}
        found |= set(fresh)
    return found
