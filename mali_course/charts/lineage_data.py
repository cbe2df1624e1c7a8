"""The armed groups of lesson 4 and their links as dated facts, ready to be drawn and told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mali_course.charts.canvas import REPORT_AT, ChartTexts, Row, sources_of
from mali_course.core.datasets import rows
from mali_course.core.dates import PartialDate, year_fraction
from mali_course.core.formats import listed

__all__ = ["Descent", "Group", "Link", "date_words", "links_text"]

_TEXTS = ChartTexts("explorers/lineage")

# From top to bottom, so that few links cross a group that they do not concern.
_ORDER = ("Katiba Macina", "Ansar Dine", "AQIM Sahara branch", "AQIM", "Al Moulathamoun", "MUJAO",
          "Al Mourabitoun", "JNIM", "ISGS", "Ansarul Islam")


def date_words(date: PartialDate | None) -> str:
    """Return a date in words, as exactly as the source gives it; nothing where it gives none."""
    return date.in_words() if date else ""


@dataclass(frozen=True)
class Group:
    """A group, from its start to its end as points in time."""

    row: Row
    name: str
    start: float  # before all others if no source dates it
    end: float | None

    @classmethod
    def of_row(cls, row: Row) -> Group:
        """Return the group of a row."""
        return cls(row, row["group"], year_fraction(row["founded"]) if row["founded"] else 0.0,
                   year_fraction(row["ended"]) if row["ended"] else None)

    def is_alive(self, moment: float) -> bool:
        """Whether it had begun at a moment and not ended."""
        return self.start <= moment and (self.end is None or self.end > moment)


@dataclass(frozen=True)
class Link:
    """A link between two groups, or between a group and one outside of the table."""

    row: Row
    actor: str  # such as the group that splits off
    target: str  # such as the group that it splits from
    relation: str
    at: float  # where it begins in time: before all others if no source dates it

    @classmethod
    def of_row(cls, row: Row) -> Link:
        """Return the link of a row."""
        return cls(row, row["actor"], row["target"], row["relation"],
                   year_fraction(row["since"]) if row["since"] else 0.0)

    @property
    def is_merger(self) -> bool:
        """Whether the actor goes into its target."""
        return self.relation == "merged_into"

    @property
    def step(self) -> tuple[str, str] | None:
        """From which group to which it leads in time, if it does."""
        if self.relation in ("split_from", "part_of"):
            return self.target, self.actor
        return (self.actor, self.target) if self.is_merger else None


def links_text(links: Iterable[Link]) -> str:
    """Return links as short sentences with their dates; groups that did the same stand together."""
    together: dict[tuple[str, str, PartialDate | None], list[str]] = {}
    for link in links:
        key = (link.relation, link.target, link.row["since"])
        together.setdefault(key, []).append(link.actor)
    return "; ".join(
        _TEXTS("link" if since else "link_undated", actor=listed(actors),
               verb=_TEXTS(f"verb_{relation}"), target=target, when=date_words(since))
        for (relation, target, since), actors in together.items())


class Descent:
    """All groups and links of the tables up to the report.

    Examples
    --------
    >>> "JNIM" in Descent().groups
    True
    """

    def __init__(self) -> None:
        groups = {row["group"]: Group.of_row(row) for row in rows("armed_groups")}
        order = {name: place for place, name in enumerate(_ORDER)}
        self.groups: dict[str, Group] = {
            name: groups[name] for name in sorted(groups, key=lambda name: order.get(name, 99))
            if groups[name].start <= REPORT_AT}
        links = map(Link.of_row, rows("group_links"))
        self.links: list[Link] = sorted((link for link in links if link.at <= REPORT_AT),
                                        key=lambda link: link.at)
        self.sources: tuple[str, ...] = sources_of(rows("armed_groups"),
                                                   (link.row for link in self.links))

    def links_until(self, moment: float) -> list[Link]:
        """Return the links that had begun at a moment."""
        return [link for link in self.links if link.at <= moment]

    def merged_groups(self, moment: float) -> dict[str, list[str]]:
        """Return the groups that had become part of another, by that other."""
        merged: dict[str, list[str]] = {}
        for link in self.links_until(moment):
            if link.is_merger and link.actor in self.groups:
                merged.setdefault(link.target, []).append(link.actor)
        return merged

    def groups_alone(self, moment: float) -> list[str]:
        """Return the groups of their own at a moment: begun, not ended, not part of another."""
        parts = {link.actor for link in self.links_until(moment)
                 if link.is_merger or link.relation == "part_of"}
        return [name for name, group in self.groups.items()
                if group.is_alive(moment) and name not in parts]

    def drawn_at(self, link: Link) -> float:
        """Return where a link is drawn: at the start of the group that it begins, if it does."""
        begun = self.groups.get(link.target if link.is_merger else link.actor)
        since, founded = link.row["since"], begun.row["founded"] if begun else None
        same = since and founded and str(founded).startswith(str(since))
        return begun.start if begun and same else link.at

    def traced_groups(self, name: str, moment: float) -> list[str]:
        """Return the groups from which one came and those that came from it, in time.

        Examples
        --------
        >>> "MUJAO" in Descent().traced_groups("JNIM", 2020.0)
        True
        """
        steps = [link.step for link in self.links_until(moment) if link.step]
        before = _reached_from(name, [(later, earlier) for earlier, later in steps])
        after = _reached_from(name, steps)
        return [group for group in self.groups if group in before | after]


def _reached_from(name: str, steps: Sequence[tuple[str, str]]) -> set[str]:
    reached: set[str] = set()
    fresh: Iterable[str] = [name]
    while fresh:
        fresh = {later for earlier, later in steps if earlier in fresh} - reached - {name}
        reached |= set(fresh)
    return reached
