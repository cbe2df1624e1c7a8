"""The steps of feedback: where to look, what the text says there, then the answer.

Nothing is ever locked: after one try the learner may ask for the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from mali_course.core.messages import say
from mali_course.core.report import sentence
from mali_course.questions.item import Item
from mali_course.questions.outcome import Mark, Outcome, State
from mali_course.questions.shapes import Pick, Written

__all__ = ["LAST_TRY", "Feedback", "feedback"]

LAST_TRY = 3
# From which share of equal words on a reason says again what the feedback on the answer says.
_SAID_SHARE = 0.6


@dataclass(frozen=True)
class Feedback:
    """What a learner is told after a try, in parts that a renderer lays out.

    Parameters
    ----------
    state : str
        State of the outcome, or "shown" where the learner asked for the answer.
    heading : str
        "Correct.", "Not yet." ...
    notes, marks
        As in the outcome.
    where : str
        First hint, or "".
    digest : tuple of (str, str)
        Locator and gist of the sentences that the item rests on; empty until they are due.
    answer : tuple of str
        Lines of the answer; empty until they are due.
    explain : str
        Why; "" until it is due.
    others : tuple of Mark
        Every option without a mark, with its feedback, once the answer is known.
    may_ask : bool
        Whether the learner may ask for the answer now.
    folded : bool
        Whether the answer and its reasons lie under a fold: they were told before.
    """

    state: State | str
    heading: str
    notes: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    where: str = ""
    digest: tuple[tuple[str, str], ...] = ()
    answer: tuple[str, ...] = ()
    explain: str = ""
    others: tuple[Mark, ...] = ()
    may_ask: bool = False
    folded: bool = False


def _digest_of(item: Item) -> tuple[tuple[str, str], ...]:
    return tuple((locator, sentence(locator).gist) for locator in item.cites)


def _other_options(item: Item, marks: Iterable[Mark]) -> tuple[Mark, ...]:
    shape = item.as_shape()
    if not isinstance(shape, Pick):
        return ()
    marked = {mark.part for mark in marks}
    return tuple(
        Mark(label, answer.right, answer.feedback)
        for answer, label in zip(shape.answers, shape.labels, strict=True)
        if answer.value not in marked
    )


def _is_said_already(text: str, marks: Iterable[Mark]) -> bool:
    """Whether most words of a text have just been read beside the answer."""
    long_words = set(re.findall(r"\w{4,}", text.casefold()))
    read = set(re.findall(r"\w{4,}", " ".join(mark.text for mark in marks).casefold()))
    return len(long_words & read) >= _SAID_SHARE * len(long_words)


def _with_answer(item: Item, shown: Feedback) -> Feedback:
    return replace(
        shown,
        answer=item.key_lines(),
        explain=item.explain,
        digest=_digest_of(item),
        others=_other_options(item, shown.marks),
    )


def feedback(
    item: Item,
    outcome: Outcome | None,
    tries: int,
    *,
    told: bool = False,
    was_right: bool = False,
    same: bool = False,
) -> Feedback:
    """Return what to tell a learner.

    Parameters
    ----------
    item : Item
    outcome : Outcome or None
        What grading said; None if the learner asks for the answer.
    tries : int
        Tries so far in this round, this one included where it counts.
    told : bool
        Whether the answer was told before: then it is never taken away again.
    was_right : bool
        Whether an answer was right before this one.
    same : bool
        Whether this is the wrong answer that was given last.

    Returns
    -------
    Feedback

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> feedback(find("01-31"), None, 1).state
    'shown'
    """
    if outcome is None:
        return _with_answer(item, Feedback("shown", say("interface.feedback.shown")))
    shown = Feedback(
        outcome.state,
        say(f"interface.feedback.{outcome.state}"),
        outcome.notes,
        outcome.marks,
    )
    if was_right and outcome.state not in ("right", "kept", "judged"):
        stays = say("interface.feedback.stays")
        shown = replace(shown, notes=(*shown.notes, stays))
    if same:
        again = say("interface.feedback.same")
        shown = replace(shown, heading=f"{shown.heading} {again}")
    if outcome.state == "unread":
        if told:
            return replace(_with_answer(item, shown), folded=True)
        return replace(shown, may_ask=tries > 0)
    if isinstance(item.as_shape(), Written):
        return _with_answer(item, shown)
    if outcome.state == "right":
        reasons = replace(_with_answer(item, shown), answer=())
        is_said = _is_said_already(item.explain, shown.marks)
        return replace(reasons, explain="") if is_said else reasons
    if told or tries >= LAST_TRY:
        return _with_answer(item, shown)
    digest = _digest_of(item) if tries >= 2 else ()
    return replace(shown, where=item.where, digest=digest, may_ask=True)
