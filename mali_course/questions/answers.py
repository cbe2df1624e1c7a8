"""The keys of items, for those who may see them: the answer shown at last, teachers and tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mali_course.core.messages import say
from mali_course.questions.kinds import (
    VERDICTS,
    Choice,
    Choices,
    Claim,
    Code,
    Item,
    Match,
    Number,
    Open,
    Order,
    Slip,
    Words,
)
from mali_course.questions.outcome import letter

__all__ = ["Mistake", "key_lines", "key_response", "mistakes", "plain_number"]


def plain_number(value: float) -> str:
    """Return a number as text with grouped thousands and no needless decimals.

    Examples
    --------
    >>> plain_number(201429)
    '201,429'
    >>> plain_number(2.6)
    '2.6'
    """
    whole = isinstance(value, int) or float(value).is_integer()
    return f"{int(value):,}" if whole else f"{value:,.10g}"


@dataclass(frozen=True)
class Mistake:
    """A wrong response and the feedback that it must get."""

    response: Any
    feedback: str


def _letters(item: Choice | Choices) -> list[str]:
    return [letter(index) for index, option in enumerate(item.options) if option.key]


def _match_key(item: Match) -> dict[str, str]:
    rights = item.rights
    return {str(n): letter(rights.index(pair.right)) for n, pair in enumerate(item.pairs, start=1)}


_KEYS: Mapping[type[Item], Callable[[Any], Any]] = {
    Choice: lambda item: _letters(item)[0],
    Choices: _letters,
    Claim: lambda item: {str(n): s.verdict for n, s in enumerate(item.statements, start=1)},
    Number: lambda item: plain_number(item.value),
    Words: lambda item: item.accept[0],
    Order: lambda item: {str(n): str(e.place) for n, e in enumerate(item.events, start=1)},
    Match: _match_key,
    Code: lambda item: item.value,
    Open: lambda item: {"text": item.model, "met": [str(n + 1) for n in range(len(item.criteria))]},
}


def key_response(item: Item) -> Any:
    """Return the response that is right, in the form that `grade` takes.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> from mali_course.questions.grading import grade
    >>> item = find("01-02")
    >>> grade(item, key_response(item)).score
    1.0
    """
    return _KEYS[type(item)](item)


def key_lines(item: Item) -> tuple[str, ...]:
    """Return the answer as lines for a person to read."""
    match item:
        case Choice() | Choices():
            return tuple(
                f"{letter(index)}) {option.text}"
                for index, option in enumerate(item.options)
                if option.key
            )
        case Claim():
            return tuple(
                f"{n}) {s.text} – {say(f'interface.verdict.{s.verdict}')}"
                for n, s in enumerate(item.statements, start=1)
            )
        case Number():
            return (f"{plain_number(item.value)} {item.unit}".strip(),)
        case Words():
            return (item.accept[0],)
        case Order():
            ordered = sorted(item.events, key=lambda event: event.place)
            return tuple(f"{event.place}. {event.text}" for event in ordered)
        case Match():
            return tuple(f"{pair.left} – {pair.right}" for pair in item.pairs)
        case Code():
            return tuple(item.solution.splitlines())
        case Open():
            return (item.model,)
    raise TypeError(type(item))


def _wrong_number(item: Number) -> str:
    """Return a value that is neither right nor a slip nor a matter of zeros."""
    value = item.value
    while True:
        value = value * 1.37 + item.tolerance + 7
        if not any(slip.low <= value <= slip.high for slip in item.slips):
            return f"{value:.2f}"


def _between(slip: Slip) -> str:
    return plain_number(slip.low if slip.low == slip.high else (slip.low + slip.high) / 2)


def mistakes(item: Item) -> tuple[Mistake, ...]:
    """Return wrong responses that together reach every feedback of a wrong answer.

    Parameters
    ----------
    item : Item

    Returns
    -------
    tuple of Mistake
        Empty for open items, which have no wrong answer.
    """
    found: list[Mistake] = []
    key = key_response(item)
    match item:
        case Choice():
            found += [
                Mistake(letter(index), option.feedback)
                for index, option in enumerate(item.options)
                if not option.key
            ]
        case Choices():
            found += [
                Mistake([*key, letter(index)], option.feedback)
                for index, option in enumerate(item.options)
                if not option.key
            ]
            if len(key) > 1:
                found.append(Mistake(key[:1], say("interface.question.missed")))
        case Claim():
            found += [
                Mistake({**key, str(n): verdict}, statement.feedback[verdict])
                for n, statement in enumerate(item.statements, start=1)
                for verdict in VERDICTS
                if verdict != statement.verdict
            ]
        case Number():
            found += [Mistake(_between(slip), slip.feedback) for slip in item.slips]
            found.append(Mistake(_wrong_number(item), item.wrong))
        case Words():
            found += [Mistake(form, slip.feedback) for slip in item.slips for form in slip.accept]
            found.append(Mistake("xyzzy", item.wrong))
        case Order():
            places = [str(event.place) for event in item.events]
            for n, event in enumerate(item.events, start=1):
                other = n % len(places)
                swapped = {**key, str(n): places[other], str(other + 1): places[n - 1]}
                found.append(Mistake(swapped, event.feedback))
        case Match():
            shown = [letter(index) for index in range(len(item.rights))]
            for n, pair in enumerate(item.pairs, start=1):
                other = key[str(n % len(item.pairs) + 1)]
                found.append(Mistake({**key, str(n): other}, pair.feedback))
            found += [
                Mistake({**key, "1": shown[item.rights.index(extra.right)]}, extra.feedback)
                for extra in item.extras
            ]
        case Code():
            found += [Mistake(slip.value, slip.feedback) for slip in item.slips]
            found.append(Mistake(_wrong_value(item), item.wrong))
    return tuple(found)


def _wrong_value(item: Code) -> Any:
    match item.value:
        case bool():
            return 0
        case int() | float():
            return item.value * 1.37 + item.tolerance + 7
        case str():
            return "xyzzy"
        case _:
            return []
