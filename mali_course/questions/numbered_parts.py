"""What kinds share whose response gives an answer to each of several numbered parts."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from mali_course.questions.outcome import Mark, Outcome, state_of
from mali_course.questions.shapes import Parts

__all__ = ["answers_by_part", "grade_parts", "missing_parts"]


def answers_by_part(response: object, count: int, values: Collection[str]) -> dict[int, str]:
    """Return the answered parts, numbered from 1; parts that cannot be read are left out.

    Parameters
    ----------
    response : object
        A mapping of the part's number, as text, to the value of an answer.
    count : int
        How many parts there are.
    values : collection of str
        The answers that there are.

    Examples
    --------
    >>> answers_by_part({"2": "a", "7": "a", "1": "z"}, 3, ["a", "b"])
    {2: 'a'}
    """
    if not isinstance(response, Mapping):
        return {}
    given = {number: response.get(str(number)) for number in range(1, count + 1)}
    return {
        number: value
        for number, value in given.items()
        if isinstance(value, str) and value in values
    }


def missing_parts(given: Collection[int], count: int) -> str:
    """Return the numbers of the parts without an answer.

    Examples
    --------
    >>> missing_parts({2: "a"}, 3)
    '1, 3'
    """
    return ", ".join(str(number) for number in range(1, count + 1) if number not in given)


def grade_parts(shape: Parts, given: Mapping[int, str]) -> Outcome:
    """Grade an answer to every part: the score is the share of parts that are right."""
    marks = []
    for number, part in enumerate(shape.parts, start=1):
        chosen = next(answer for answer in part.answers if answer.value == given[number])
        marks.append(Mark(f"{number})", chosen.right, chosen.feedback, str(number)))
    score = sum(mark.right for mark in marks) / len(marks)
    return Outcome(state_of(score, marks), score, (), tuple(marks))
