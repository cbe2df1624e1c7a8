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
    def missing(self) -> tuple[str, ...]:
        """The parts that are still open."""
        values = (self.source, self.relation, self.target, self.place)
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
        "relation": {one.id for one in argument.relations},
        "to": claims,
        "place": set(argument.places),
    }
    found = []
    for number in range(1, MOST + 1):
        parts = []
        for name in PARTS:
            given = values.get(f"{name}-{number}")
            first = given[0] if isinstance(given, list | tuple) and given else given
            parts.append(first if isinstance(first, str) and first in known[name] else "")
        if any(parts):
            found.append(Drawn(number, *parts))
    return tuple(found)


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
    made = [link for link in argument.links if link.verdict != "absent"]
    if any((link.source, link.target) == (drawn.source, drawn.target) for link in made):
        return say("argument.why.other_word")
    if any((link.source, link.target) == (drawn.target, drawn.source) for link in made):
        return say("argument.why.other_way")
    if drawn.relation in argument.causes and _leads_by_causes(argument, drawn.source, drawn.target):
        return say("argument.why.by_way")
    return say("argument.why.nothing")


def _judge_row(argument: Argument, drawn: Drawn, before: Sequence[Drawn]) -> Judged:
    if drawn.missing:
        names = ", ".join(say(f"argument.form.{name}") for name in drawn.missing)
        return Judged(drawn, None, False, (say("argument.unread.missing", names=names),))
    if drawn.source == drawn.target:
        return Judged(drawn, None, False, (say("argument.unread.same"),))
    link_of = (drawn.source, drawn.relation, drawn.target)
    for one in before:
        if (one.source, one.relation, one.target) == link_of:
            twice = say("argument.unread.twice", number=one.number)
            return Judged(drawn, None, False, (twice,))
    link = argument.find_link(*link_of)
    if link is None:
        return Judged(drawn, "absent", False, (_why_absent(argument, drawn),))
    if link.verdict == "absent":
        return Judged(drawn, "absent", False, (link.feedback,))
    gist = sentence(drawn.place).gist
    if drawn.place in link.places:
        return Judged(
            drawn,
            link.verdict,
            True,
            (link.feedback, say("argument.place.right", place=drawn.place)),
        )
    wrong = say("argument.place.wrong", place=drawn.place, gist=gist)
    return Judged(drawn, link.verdict, False, (link.feedback, wrong))


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
    read = [one for one in judged if one.verdict]
    if not read:
        return "unread", 0.0
    score = sum(one.right for one in read) / len(read)
    if score == 1:
        return "right", score
    return ("partly" if any(one.verdict != "absent" for one in read) else "wrong"), score
