"""What grading says of a response."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

__all__ = ["Mark", "Outcome", "State", "letter", "marked", "state_of", "unread"]

State = Literal["right", "partly", "wrong", "unread", "kept", "judged"]


@dataclass(frozen=True)
class Mark:
    """The mark of one part of a response: a statement, an event, a pair, a chosen option.

    Its label is how the question shows that part: ``"1)"``, ``"a)"`` or the text of an event. Its
    `part` names the control that it stands beside: the letter of an option, the number of a part,
    or "" where the question has a single field. What is `said` stands for "right" or "not yet",
    where that would say less than is known.
    """

    label: str
    right: bool
    text: str
    part: str = ""
    said: str = ""


@dataclass(frozen=True)
class Outcome:
    """What grading says of a response.

    Parameters
    ----------
    state : str
        "right", "partly" or "wrong"; "unread" if the response cannot be read, which costs no try;
        "kept" for a written answer that waits for the learner's own judgement, then "judged".
    score : float
        From 0 to 1.
    notes : tuple of str
        Feedback on the whole.
    marks : tuple of Mark
        Feedback on the parts.
    """

    state: State
    score: float
    notes: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


def state_of(score: float, marks: Iterable[Mark]) -> State:
    """Return "partly" for whatever is not all right and has a right part, in every kind alike.

    Examples
    --------
    >>> state_of(0.0, [Mark("a)", True, ""), Mark("b)", False, "")])
    'partly'
    """
    if score >= 1:
        return "right"
    return "partly" if any(mark.right for mark in marks) else "wrong"


def marked(right: bool, text: str, label: str = "", part: str = "") -> Outcome:
    """Return the outcome for a response that is one answer, right or wrong as a whole.

    Parameters
    ----------
    right : bool
    text : str
        The feedback on it.
    label, part : str
        As in `Mark`; both are "" for a field that the learner writes in.

    Examples
    --------
    >>> marked(False, "That is a capital.").marks[0].text
    'That is a capital.'
    """
    marks = (Mark(label, right, text, part),)
    return Outcome("right" if right else "wrong", float(right), (), marks)


def unread(note: str) -> Outcome:
    """Return the outcome for a response that cannot be read."""
    return Outcome("unread", 0.0, (note,))


def letter(index: int) -> str:
    """Return the letter of an option: a, b, c ...

    Examples
    --------
    >>> letter(0)
    'a'
    """
    return "abcdefghijklmnopqrstuvwxyz"[index]
