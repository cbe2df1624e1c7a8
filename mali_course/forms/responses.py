"""From the values of a form to a response, and back."""

from __future__ import annotations

from typing import Any

from mali_course.forms.live import Values
from mali_course.questions.kinds import Choice, Choices, Item, Number, Open, Words

__all__ = ["response_of", "response_text", "values_of"]


def response_of(item: Item, values: Values, *, judged: bool = False) -> Any:
    """Return the response that the values of a form make.

    Parameters
    ----------
    item : Item
    values : mapping
        Name of each control to its values.
    judged : bool
        For an open item: with the learner's own judgement.
    """
    first = {name: given[0] for name, given in values.items() if given}
    match item:
        case Choices():
            return list(values.get("answer", []))
        case Choice() | Number() | Words():
            return first.get("answer")
        case Open():
            text = {"text": first.get("text", "")}
            return {**text, "met": list(values.get("met", []))} if judged else text
    return first


def values_of(item: Item, response: Any) -> dict[str, list[str]]:
    """Return the values that show a response in a form; odd responses show nothing."""
    match item:
        case Choices():
            return (
                {"answer": [str(part) for part in response]} if isinstance(response, list) else {}
            )
        case Choice() | Number() | Words():
            return {"answer": [response]} if isinstance(response, str) else {}
    if not isinstance(response, dict):
        return {}
    return {
        str(name): [str(part) for part in given] if isinstance(given, list) else [str(given)]
        for name, given in response.items()
    }


def response_text(item: Item, response: Any) -> str:
    """Return a response as one line for the learner, such as the guess made before reading."""
    match item:
        case Choice() if isinstance(response, str):
            for index, option in enumerate(item.options):
                if response == "abcde"[index]:
                    return f"{response}) {option.text}"
        case Number():
            return f"{response} ({item.unit})"
    return str(response)
