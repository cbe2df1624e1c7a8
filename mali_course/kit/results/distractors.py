"""What exactly was wrong in a wrong answer: the distractor chosen, in words.

A slip is a short key such as ``"b"`` or ``"2:says"``, which is counted; `Distractors.slip_text`
turns it into words. It is written over the shapes of questions, so it knows no kind. Responses come
from files that anybody may have written, so that any JSON value is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from mali_course.core.messages import say
from mali_course.kit.results.handed_in import clean_line
from mali_course.questions.answers import plain_number
from mali_course.questions.item import Item
from mali_course.questions.numbered_parts import answers_by_part
from mali_course.questions.numerals import read_number
from mali_course.questions.picking import chosen_indexes
from mali_course.questions.shapes import Parts, Phrases, Pick, Spans, Value, Written
from mali_course.questions.spelling import plain_words, same_words

__all__ = ["Distractors"]

_LONGEST = 60  # letters of what a learner typed


class Distractors:
    """The wrong answers to an item.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> distractors = Distractors(find("01-31"))
    >>> distractors.slips_in("zebra")
    []
    """

    def __init__(self, item: Item) -> None:
        self.item, self.shape = item, item.as_shape()

    @property
    def are_typed(self) -> bool:
        """Whether a slip is what somebody typed or computed, and not one of some options."""
        return isinstance(self.shape, Spans | Phrases | Value)

    def slips_in(self, response: Any) -> list[str]:
        """Return the slips in a response that was not right, each once.

        Parameters
        ----------
        response : Any
            As the log keeps it; what cannot be read has no slips.
        """
        if not self.item.has_form:
            return _computed_slips(response)
        match self.shape:
            case Pick() as pick:
                return _pick_slips(pick, response)
            case Parts() as parts:
                return _parts_slips(parts, response)
            case Spans(unit=unit):
                around = f"{unit} {self.item.stem}"
                readings = read_number(response, around) if isinstance(response, str) else []
                return [plain_number(value)[:_LONGEST] for value in readings[:1]]
            case Phrases() as phrases:
                return _phrase_slips(phrases, response)
            case Written(criteria=criteria):
                return _criteria_slips(len(criteria), response)
            case Value():
                return _computed_slips(response)

    def slip_text(self, slip: str) -> str:
        """Return a slip in words.

        Examples
        --------
        >>> from mali_course.questions.bank import find
        >>> Distractors(find("01-31")).slip_text("b")[:2]
        'b)'
        """
        if not self.item.has_form:
            return slip  # what was computed
        match self.shape:
            case Pick(many=many) as pick:
                values = [answer.value for answer in pick.answers]
                label = pick.labels[values.index(slip[-1])]
                if not many:
                    return label
                key = "ticked" if slip.startswith("+") else "missed"
                return say(f"kit_results.slip.{key}", text=label)
            case Parts() as parts:
                return _parts_text(parts, slip)
            case Spans(unit=unit):
                return f"{slip} {unit}".strip()
            case Phrases(phrases=phrases) if slip.startswith("#"):
                return phrases[int(slip[1:])].forms[0]
            case Written(criteria=criteria):
                return say("kit_results.slip.open", text=criteria[int(slip[1:]) - 1])
        return slip


def _pick_slips(pick: Pick, response: Any) -> list[str]:
    answers = pick.answers
    chosen = [answers[index] for index in chosen_indexes(response, len(answers))]
    wrong = [answer.value for answer in chosen if not answer.right]
    if not pick.many:
        return wrong[:1]
    if not chosen:
        return []
    missed = [answer.value for answer in answers if answer.right and answer not in chosen]
    return [f"+{value}" for value in wrong] + [f"-{value}" for value in missed]


def _parts_slips(shape: Parts, response: Any) -> list[str]:
    count = len(shape.parts)
    values = [answer.value for answer in shape.answers]
    chosen = answers_by_part(response, count, {*values, *map(str.upper, values)})
    given = {number: value.lower() for number, value in chosen.items()}
    right = {number: part.right.value for number, part in enumerate(shape.parts, start=1)}
    if shape.task != "order":
        return [f"{number}:{value}" for number, value in given.items() if value != right[number]]
    if len(set(given.values())) < count:
        return []
    line = sorted(given, key=lambda number: int(given[number]))
    return [
        f"{first}>{second}"
        for first, second in pairwise(line)
        if int(right[first]) > int(right[second])
    ]


def _parts_text(shape: Parts, slip: str) -> str:
    if shape.task == "order":
        first, second = (shape.parts[int(number) - 1].text for number in slip.split(">"))
        return say("kit_results.slip.order", first=first, second=second)
    number, value = slip.split(":")
    answer = next(answer for answer in shape.answers if answer.value == value)
    part = shape.parts[int(number) - 1].text
    return say(f"kit_results.slip.{shape.task}", part=part, answer=answer.text)


def _phrase_slips(shape: Phrases, response: Any) -> list[str]:
    if not isinstance(response, str):
        return []
    for number, phrase in enumerate(shape.phrases):
        if not phrase.right and same_words(response, phrase.forms, near=True):
            return [f"#{number}"]
    return list(filter(None, [clean_line(plain_words(response[:200]), _LONGEST)]))


def _criteria_slips(count: int, response: Any) -> list[str]:
    met = response.get("met") if isinstance(response, Mapping) else None
    if not isinstance(met, list):
        return []
    return [f"-{number}" for number in range(1, count + 1) if str(number) not in met]


def _computed_slips(response: Any) -> list[str]:
    if isinstance(response, str):
        return list(filter(None, [clean_line(response, _LONGEST)]))
    if isinstance(response, bool) or not isinstance(response, int | float):
        return []
    return [plain_number(response)] if abs(response) < 1e15 else []
