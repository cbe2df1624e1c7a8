"""From the values of a form to a response, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mali_course.forms.exchange import Values
from mali_course.questions.item import Item
from mali_course.questions.shapes import Phrases, Pick, Spans, Written

__all__ = ["response_of", "response_text", "values_of"]


def response_of(item: Item, values: Values, *, judged: bool = False) -> Any:
    """Return the response that the values of a form make.

    Parameters
    ----------
    item : Item
    values : mapping
        Name of each control to its values.
    judged : bool
        For a written answer: with the learner's own judgement.
    """
    first = {name: given[0] for name, given in values.items() if given}
    match item.as_shape():
        case Pick(many=True):
            return list(values.get("answer", []))
        case Pick() | Spans() | Phrases():
            return first.get("answer")
        case Written():
            text = {"text": first.get("text", "")}
            return {**text, "met": list(values.get("met", []))} if judged else text
    return first


def _texts_of(given: object) -> list[str]:
    return [str(part) for part in given] if isinstance(given, list) else [str(given)]


def values_of(item: Item, response: Any) -> dict[str, list[str]]:
    """Return the values that show a response in a form; odd responses show nothing."""
    match item.as_shape():
        case Pick(many=True):
            return {"answer": _texts_of(response)} if isinstance(response, list) else {}
        case Pick() | Spans() | Phrases():
            return {"answer": [response]} if isinstance(response, str) else {}
    if not isinstance(response, Mapping):
        return {}
    return {str(name): _texts_of(given) for name, given in response.items()}


def response_text(item: Item, response: Any) -> str:
    """Return a response as one line for the learner, such as the guess made before reading."""
    match item.as_shape():
        case Pick(many=False) as pick:
            labels = zip(pick.answers, pick.labels, strict=True)
            chosen = (label for answer, label in labels if answer.value == response)
            return next(chosen, str(response))
        case Spans(unit=unit):
            return f"{response} ({unit})"
    return str(response)
