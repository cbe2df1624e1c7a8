"""Questions of earlier editions, whose ids are not used again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from mali_course.core.content import read_csv
from mali_course.core.lessons import lesson
from mali_course.core.messages import say

__all__ = ["Retired", "retired", "retired_ids"]


@dataclass(frozen=True)
class Retired:
    """A question that an earlier edition had, from ``data/retired.csv``.

    Parameters
    ----------
    id : str
    edition : str
        The last edition that had it.
    successor : str
        The id of the question that takes its place, or "".
    why : str
        A sentence for the learner.
    """

    id: str
    edition: str
    successor: str
    why: str

    @property
    def text(self) -> str:
        """What somebody is told whose notebook still asks it."""
        after = say("interface.question.successor", id=self.successor) if self.successor else ""
        return say(
            "interface.question.retired",
            id=self.id,
            edition=self.edition,
            why=" ".join(filter(None, (self.why, after))),
            notebook=lesson(self.id[:2]).notebook,
        )


@cache
def _by_id() -> dict[str, Retired]:
    return {row["id"]: Retired(**row) for row in read_csv("retired.csv")}


def retired(item_id: str) -> Retired | None:
    """Return the question of an earlier edition with an id, or None.

    Examples
    --------
    >>> retired("01-31") is None
    True
    """
    return _by_id().get(item_id)


def retired_ids() -> frozenset[str]:
    """Return the ids of all questions that only earlier editions had.

    Examples
    --------
    >>> "01-31" in retired_ids()
    False
    """
    return frozenset(_by_id())
