"""Judges the links that a learner drew: pure, and total over whatever a form may send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mali_course.argument.claims import Argument, Verdict
from mali_course.core.messages import say
from mali_course.core.report import sentence

__all__ = ["MOST", "PARTS", "Drawn", "Judged", "judge", "rows_of", "state_of"]

MOST = 5
PARTS = ("from", "relation", "to", "place")  # the list boxes of a row


@dataclass(frozen=True)
class Drawn:
    """A row as the learner left it: ids, or "" where nothing was chosen."""

    number: int
    source: str
    relation: str
    target: str
    place: str

    @property
    def ends(self) -> tuple[str, str, str]:
        """What makes two rows the same, as `Link.ends`."""
        return self.source, self.relation, self.target

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts that are still open."""
        values = (*self.ends, self.place)
        return tuple(name for name, value in zip(PARTS, values, strict=True) if not value)


@dataclass(frozen=True)
class Judged:
    """What the text does with a row.

    Parameters
    ----------
    drawn : Drawn
    verdict : {"supported", "suggested", "absent"} or None
        None where the row cannot be judged yet.
    at_place : bool
        Whether the sentence chosen is one that carries the link.
    texts : tuple of str
        Why.
    """

    drawn: Drawn
    verdict: Verdict | None
    at_place: bool
    texts: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Supported, and at the right place."""
        return self.verdict == "supported" and self.at_place


def rows_of(argument: Argument, values: Mapping[str, Sequence[str]]) -> tuple[Drawn, ...]:
    """Return the rows that have something in them.

    Parameters
    ----------
    argument : Argument
    values : mapping
        Name of each list box, ``"from-1"``, to its values. What is not to choose counts as nothing.
    """
    claims = {claim.id for claim in argument.claims}
    known = {
        "from": claims,
        "relation": {relation.id for relation in argument.relations},
        "to": claims,
        "place": set(argument.places),
    }
    rows = []
    for number in range(1, MOST + 1):
        parts = []
        for name in PARTS:
            given = values.get(f"{name}-{number}")
            first = given[0] if isinstance(given, list | tuple) and given else given
            parts.append(first if isinstance(first, str) and first in known[name] else "")
        if any(parts):
            rows.append(Drawn(number, *parts))
    return tuple(rows)


def _leads_by_causes(argument: Argument, start: str, end: str) -> bool:
    """Whether causes that the text supports lead from one claim to another, by way of others.

    A sequence or a "despite" is no step of such a chain.
    """
    seen, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        for link in argument.links:
            cause = link.verdict == "supported" and link.relation in argument.causes
            if cause and link.source == here and link.target not in seen:
                seen.add(link.target)
                ahead.append(link.target)
    return end in seen - {start}


def _why_absent(argument: Argument, drawn: Drawn) -> str:
    made = {(link.source, link.target) for link in argument.links if link.verdict != "absent"}
    if (drawn.source, drawn.target) in made:
        return say("argument.why.other_word")
    if (drawn.target, drawn.source) in made:
        return say("argument.why.other_way")
    if drawn.relation in argument.causes and _leads_by_causes(argument, drawn.source, drawn.target):
        return say("argument.why.by_way")
    return say("argument.why.nothing")


def _judge_row(argument: Argument, drawn: Drawn, before: Sequence[Drawn]) -> Judged:
    unread = _why_unread(drawn, before)
    if unread:
        return Judged(drawn, None, False, (unread,))
    link = argument.find_link(*drawn.ends)
    if link is None:
        return Judged(drawn, "absent", False, (_why_absent(argument, drawn),))
    if link.verdict == "absent":
        return Judged(drawn, "absent", False, (link.feedback,))
    at_place = drawn.place in link.places
    of_place = say(f"argument.place.{'right' if at_place else 'wrong'}", place=drawn.place,
                   gist=sentence(drawn.place).gist)
    return Judged(drawn, link.verdict, at_place, (link.feedback, of_place))


def _why_unread(drawn: Drawn, before: Sequence[Drawn]) -> str:
    if drawn.missing:
        names = ", ".join(say(f"argument.form.{name}") for name in drawn.missing)
        return say("argument.unread.missing", names=names)
    if drawn.source == drawn.target:
        return say("argument.unread.same")
    for row in before:
        if row.ends == drawn.ends:
            return say("argument.unread.twice", number=row.number)
    return ""


def judge(argument: Argument, values: Mapping[str, Sequence[str]]) -> tuple[Judged, ...]:
    """Judge the rows of a form.

    Parameters
    ----------
    argument : Argument
    values : mapping
        As `rows_of` takes them.

    Returns
    -------
    tuple of Judged
        One for each row that has something in it.

    Examples
    --------
    >>> from mali_course.argument.claims import the_argument
    >>> judge(the_argument(), {"from-1": ["nothing like it"]})
    ()
    """
    rows = rows_of(argument, values)
    return tuple(_judge_row(argument, drawn, rows[:place]) for place, drawn in enumerate(rows))


def state_of(judged: Sequence[Judged]) -> tuple[str, float]:
    """Return the state of a map, as questions have it, and its score from 0 to 1.

    Examples
    --------
    >>> state_of(())
    ('unread', 0.0)
    """
    read = [row for row in judged if row.verdict]
    if not read:
        return "unread", 0.0
    score = sum(row.right for row in read) / len(read)
    if score == 1:
        return "right", score
    return ("partly" if any(row.verdict != "absent" for row in read) else "wrong"), score
