"""What exactly was wrong in a wrong answer: the distractor chosen, for every kind of item.

A slip is a short key such as ``"b"`` or ``"2:says"``, which is counted; `describe` turns it into
words. Responses come from files that anybody may have written, so that any JSON value is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from mali_course.core.messages import say
from mali_course.kit.results.handed_in import clean
from mali_course.questions.answers import plain_number
from mali_course.questions.item import Item
from mali_course.questions.kinds.choice import Choice
from mali_course.questions.kinds.choices import Choices
from mali_course.questions.kinds.claim import VERDICTS, Claim
from mali_course.questions.kinds.code import Code
from mali_course.questions.kinds.match import Match
from mali_course.questions.kinds.number import Number
from mali_course.questions.kinds.open import Open
from mali_course.questions.kinds.order import Order
from mali_course.questions.kinds.words import Words
from mali_course.questions.numerals import read_number
from mali_course.questions.outcome import letter
from mali_course.questions.spelling import plain_words, same_words

__all__ = ["describe", "slips_of", "typed"]

_LONGEST = 60  # letters of what a learner typed


def typed(item: Item) -> bool:
    """Whether a slip of the item is what somebody typed, and not one of the options."""
    return isinstance(item, Number | Words | Code)


def _letters(response: Any, count: int) -> set[str]:
    given = response if isinstance(response, list) else [response]
    known = {letter(index) for index in range(count)}
    return {part.lower() for part in given[:99] if isinstance(part, str)} & known


def _parts(response: Any, count: int) -> dict[int, str]:
    """Return the parts of a response that the item has, numbered from 1."""
    if not isinstance(response, Mapping):
        return {}
    given = {number: response.get(str(number)) for number in range(1, count + 1)}
    return {number: value for number, value in given.items() if isinstance(value, str)}


def _order(item: Order, response: Any) -> list[str]:
    places = {str(n) for n in range(1, len(item.events) + 1)}
    given = {n: place for n, place in _parts(response, len(places)).items() if place in places}
    if len(set(given.values())) < len(places):
        return []
    line = sorted(given, key=lambda n: int(given[n]))
    return [
        f"{a}>{b}" for a, b in pairwise(line)
        if item.events[a - 1].place > item.events[b - 1].place
    ]


def _number(item: Number, response: Any) -> list[str]:
    readings = read_number(response, item.unit) if isinstance(response, str) else []
    return [plain_number(readings[0])[:_LONGEST]] if readings else []


def _words(item: Words, response: Any) -> list[str]:
    if not isinstance(response, str):
        return []
    for number, slip in enumerate(item.slips):
        if same_words(response, slip.accept, near=True):
            return [f"#{number}"]
    return [clean(plain_words(response[:200]), _LONGEST)]


def _code(response: Any) -> list[str]:
    if isinstance(response, bool) or not isinstance(response, int | float | str):
        return []
    if isinstance(response, str):
        return [clean(response, _LONGEST)]
    return [plain_number(response)] if abs(response) < 1e15 else []


def slips_of(item: Item, response: Any) -> list[str]:
    """Return the slips in a response that was not right, each once.

    Parameters
    ----------
    item : Item
    response : Any
        As the log keeps it; what cannot be read has no slips.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> slips_of(find("01-02"), "zebra")
    []
    """
    match item:
        case Choice():
            key = {letter(i) for i, option in enumerate(item.options) if option.key}
            return sorted(_letters(response, len(item.options)) - key)[:1]
        case Choices():
            chosen = _letters(response, len(item.options))
            key = {letter(i) for i, option in enumerate(item.options) if option.key}
            if not chosen:
                return []
            return [f"+{one}" for one in sorted(chosen - key)] + [
                f"-{one}" for one in sorted(key - chosen)
            ]
        case Claim():
            return [
                f"{number}:{verdict}"
                for number, verdict in _parts(response, len(item.statements)).items()
                if verdict in VERDICTS and verdict != item.statements[number - 1].verdict
            ]
        case Match():
            sides = {letter(index): text for index, text in enumerate(item.rights)}
            return [
                f"{number}:{side.lower()}"
                for number, side in _parts(response, len(item.pairs)).items()
                if sides.get(side.lower(), item.pairs[number - 1].right)
                != item.pairs[number - 1].right
            ]
        case Order():
            return _order(item, response)
        case Number():
            return _number(item, response)
        case Words():
            return [slip for slip in _words(item, response) if slip]
        case Code():
            return [slip for slip in _code(response) if slip]
        case Open():
            met = response.get("met") if isinstance(response, Mapping) else None
            if not isinstance(met, list):
                return []
            numbers = (str(n) for n in range(1, len(item.criteria) + 1))
            return [f"-{number}" for number in numbers if number not in met]
    raise TypeError(type(item))


def describe(item: Item, slip: str) -> str:
    """Return a slip in words.

    Examples
    --------
    >>> from mali_course.questions.bank import items
    >>> one = next(item for item in items() if item.kind == "choice")
    >>> describe(one, "b") == f"b) {one.options[1].text}"
    True
    """
    match item:
        case Choice():
            return f"{slip}) {item.options[ord(slip) - 97].text}"
        case Choices():
            text = f"{slip[1]}) {item.options[ord(slip[1]) - 97].text}"
            return say(f"kit_results.slip.{'ticked' if slip[0] == '+' else 'missed'}", text=text)
        case Claim():
            number, verdict = slip.split(":")
            text = item.statements[int(number) - 1].text
            return say("kit_results.slip.claim", text=text,
                       verdict=say(f"interface.verdict.{verdict}"))
        case Match():
            number, side = slip.split(":")
            return say("kit_results.slip.match", left=item.pairs[int(number) - 1].left,
                       right=item.rights[ord(side) - 97])
        case Order():
            first, second = (item.events[int(n) - 1].text for n in slip.split(">"))
            return say("kit_results.slip.order", first=first, second=second)
        case Words() if slip.startswith("#"):
            return item.slips[int(slip[1:])].accept[0]
        case Open():
            return say("kit_results.slip.open", text=item.criteria[int(slip[1:]) - 1].text)
        case Number():
            return f"{slip} {item.unit}".strip()
    return slip
