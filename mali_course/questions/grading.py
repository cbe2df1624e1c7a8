"""Grades responses: one pure function a kind of item, total over any response.

A response is what a form can send, as JSON values; `mali_course.questions.kinds` says of each kind
what it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from mali_course.core.messages import say
from mali_course.questions.kinds import (
    Choice,
    Choices,
    Claim,
    Code,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Words,
)
from mali_course.questions.numerals import read_number
from mali_course.questions.outcome import Mark, Outcome, State, letter, unread
from mali_course.questions.spelling import same_words
from mali_course.questions.values import grade_code

__all__ = ["grade"]


def _state(score: float, marks: tuple[Mark, ...]) -> State:
    """Return "partly" for whatever is not all right and has a right part, in every kind alike."""
    if score >= 1:
        return "right"
    return "partly" if any(mark.right for mark in marks) else "wrong"


def _index(chosen: object, options: tuple[Option, ...]) -> int | None:
    if isinstance(chosen, str) and len(chosen) == 1 and "a" <= chosen.lower() <= "z":
        index = ord(chosen.lower()) - ord("a")
        return index if index < len(options) else None
    return None


def _by_number(response: object, count: int) -> dict[int, str]:
    """Return the answered parts, numbered from 1; parts that cannot be read are left out."""
    if not isinstance(response, Mapping):
        return {}
    wanted = {str(number): number for number in range(1, count + 1)}
    return {
        wanted[key]: value
        for key, value in response.items()
        if isinstance(key, str) and key in wanted and isinstance(value, str) and value
    }


def _choice(item: Choice, response: object) -> Outcome:
    index = _index(response, item.options)
    if index is None:
        return unread(say("interface.unread.choice"))
    option = item.options[index]
    return Outcome("right" if option.key else "wrong", float(option.key), (option.feedback,))


def _choices(item: Choices, response: object) -> Outcome:
    given = response if isinstance(response, list | tuple) else [response]
    chosen = {index for part in given if (index := _index(part, item.options)) is not None}
    if not chosen:
        return unread(say("interface.unread.choices"))
    keys = {index for index, option in enumerate(item.options) if option.key}
    hits, slips, missed = len(chosen & keys), len(chosen - keys), len(keys - chosen)
    notes = [say("interface.question.missed")] if missed else []
    marks = tuple(
        Mark(f"{letter(index)})", item.options[index].key, item.options[index].feedback)
        for index in sorted(chosen)
    )
    score = max(0.0, (hits - slips) / len(keys))
    return Outcome(_state(score, marks), score, tuple(notes), marks)


def _claim(item: Claim, response: object) -> Outcome:
    given = _by_number(response, len(item.statements))
    given = {
        number: verdict
        for number, verdict in given.items()
        if verdict in item.statements[number - 1].feedback
    }
    if len(given) < len(item.statements):
        return unread(say("interface.unread.claim", missing=_missing(given, len(item.statements))))
    marks = tuple(
        Mark(f"{number})", given[number] == statement.verdict, statement.feedback[given[number]])
        for number, statement in enumerate(item.statements, start=1)
    )
    return _sum_of(marks)


def _missing(given: Mapping[int, str], count: int) -> str:
    return ", ".join(str(number) for number in range(1, count + 1) if number not in given)


def _sum_of(marks: tuple[Mark, ...]) -> Outcome:
    score = sum(mark.right for mark in marks) / len(marks)
    return Outcome(_state(score, marks), score, (), marks)


def _number(item: Number, response: object) -> Outcome:
    readings = read_number(response, item.unit)
    if not readings:
        return unread(say("interface.unread.number"))
    room = item.tolerance + 1e-9 * max(1.0, abs(item.value))
    if any(abs(value - item.value) <= room for value in readings):
        return Outcome("right", 1.0, (item.right,))
    for value in readings:
        for slip in item.slips:
            near = 1e-9 * max(1.0, abs(value))
            if slip.low - near <= value <= slip.high + near:
                return Outcome("wrong", 0.0, (slip.feedback,))
    for value in readings:
        for factor in (10, 100, 1_000, 1_000_000):
            if item.value and (
                abs(value * factor - item.value) <= room or abs(value / factor - item.value) <= room
            ):
                return Outcome("wrong", 0.0, (say("interface.question.zeros"),))
    return Outcome("wrong", 0.0, (item.wrong,))


def _words(item: Words, response: object) -> Outcome:
    if not isinstance(response, str) or not any(char.isalnum() for char in response):
        return unread(say("interface.unread.words"))
    for near in (False, True):
        if same_words(response, item.accept, near=near):
            return Outcome("right", 1.0, (item.right,))
        for slip in item.slips:
            if same_words(response, slip.accept, near=near):
                return Outcome("wrong", 0.0, (slip.feedback,))
    return Outcome("wrong", 0.0, (item.wrong,))


def _order(item: Order, response: object) -> Outcome:
    count = len(item.events)
    given = {
        number: int(place)
        for number, place in _by_number(response, count).items()
        if place in {str(n) for n in range(1, count + 1)}
    }
    if len(given) < count:
        missing = ", ".join(
            f"“{event.text}”" for n, event in enumerate(item.events, start=1) if n not in given
        )
        return unread(say("interface.unread.order", missing=missing))
    if len(set(given.values())) < count:
        return unread(say("interface.unread.order_twice"))
    line = sorted(given, key=given.__getitem__)
    swapped = tuple(
        say(
            "interface.question.swapped",
            first=item.events[a - 1].text,
            second=item.events[b - 1].text,
        )
        for a, b in pairwise(line)
        if item.events[a - 1].place > item.events[b - 1].place
    )
    marks = tuple(
        Mark(
            f"“{event.text}”",
            given[number] == event.place,
            "" if given[number] == event.place else event.feedback,
        )
        for number, event in enumerate(item.events, start=1)
    )
    pairs = [(a, b) for i, a in enumerate(line) for b in line[i + 1 :]]
    agree = sum(item.events[a - 1].place < item.events[b - 1].place for a, b in pairs)
    score = agree / len(pairs)
    return Outcome(_state(score, marks), score, swapped, marks)


def _match(item: Match, response: object) -> Outcome:
    rights = item.rights
    letters = {letter(index): text for index, text in enumerate(rights)}
    given = {
        number: letters[chosen.lower()]
        for number, chosen in _by_number(response, len(item.pairs)).items()
        if chosen.lower() in letters
    }
    if len(given) < len(item.pairs):
        missing = _missing(given, len(item.pairs))
        return unread(say("interface.unread.match", missing=missing))
    extra = {side.right: side.feedback for side in item.extras}
    marks = tuple(
        Mark(
            f"{number})",
            given[number] == pair.right,
            "" if given[number] == pair.right else extra.get(given[number], pair.feedback),
        )
        for number, pair in enumerate(item.pairs, start=1)
    )
    return _sum_of(marks)


def _open(item: Open, response: object) -> Outcome:
    given = response if isinstance(response, Mapping) else {"text": response}
    text, met = given.get("text"), given.get("met")
    if not isinstance(text, str) or len(text.split()) < 3:
        return unread(say("interface.unread.open"))
    if not isinstance(met, list | tuple):
        return Outcome("kept", 0.0)
    count = len(item.criteria)
    found = {part for part in met if isinstance(part, str)} & {str(n) for n in range(1, count + 1)}
    return Outcome(
        "judged",
        len(found) / count,
        (say("interface.question.judged", met=len(found), count=count),),
    )


_GRADERS: Mapping[type[Item], Callable[[Any, object], Outcome]] = {
    Choice: _choice,
    Choices: _choices,
    Claim: _claim,
    Number: _number,
    Words: _words,
    Order: _order,
    Match: _match,
    Open: _open,
    Code: grade_code,
}


def grade(item: Item, response: object) -> Outcome:
    """Grade a response.

    Parameters
    ----------
    item : Item
        Any item of the bank.
    response : object
        What the learner answered; see the item's class for its form. Any other object is "unread".

    Returns
    -------
    Outcome

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> grade(find("01-01"), None).state
    'unread'
    """
    return _GRADERS[type(item)](item, response)
