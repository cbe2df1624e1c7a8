"""One small item of each kind, independent of the course's own bank."""

from __future__ import annotations

from typing import Any

from mali_course.questions.item import Item
from mali_course.questions.kinds import read_item

_COMMON: dict[str, Any] = {
    "objective": "00-a",
    "cites": ["1.2.2"],
    "minutes": 1,
    "stem": "What?",
    "where": "Look there.",
    "explain": "Because.",
}

_OWN: dict[str, dict[str, Any]] = {
    "choice": {
        "option": [
            {"text": "one", "feedback": "not one"},
            {"text": "two", "key": True, "feedback": "yes two"},
            {"text": "three", "feedback": "not three"},
        ]
    },
    "choices": {
        "option": [
            {"text": "one", "key": True, "feedback": "yes one"},
            {"text": "two", "key": True, "feedback": "yes two"},
            {"text": "three", "feedback": "not three"},
        ]
    },
    "claim": {
        "statement": [
            {
                "text": f"statement {n}",
                "verdict": verdict,
                "feedback": {v: f"{n} {v}" for v in ("says", "otherwise", "silent")},
            }
            for n, verdict in enumerate(("says", "otherwise", "silent"))
        ]
    },
    "number": {
        "unit": "people",
        "value": 201000,
        "tolerance": 0,
        "right": "yes",
        "wrong": "no",
        "slip": [{"value": 139000, "feedback": "those are refugees"}],
    },
    "words": {
        "accept": ["Operation Barkhane", "Barkhane"],
        "right": "yes",
        "wrong": "no",
        "slip": [{"accept": ["Operation Serval", "Serval"], "feedback": "that was before"}],
    },
    "order": {
        "event": [
            {"text": "second", "place": 2, "feedback": "move second"},
            {"text": "first", "place": 1, "feedback": "move first"},
            {"text": "third", "place": 3, "feedback": "move third"},
        ]
    },
    "match": {
        "pair": [
            {"left": "Mali", "right": "Bamako", "feedback": "not Mali"},
            {"left": "Niger", "right": "Niamey", "feedback": "not Niger"},
            {"left": "Chad", "right": "N'Djamena", "feedback": "not Chad"},
        ],
        "extra": [{"right": "Abuja", "feedback": "Abuja is elsewhere"}],
    },
    "code": {
        "dataset": "displacement_points",
        "starter": 'answer = ...\nmali.check("00-15", answer)',
        "solution": 'answer = 201429\nmali.check("00-15", answer)',
        "value": 201429,
        "right": "yes",
        "wrong": "no",
        "slip": [{"value": 207751, "feedback": "a month later"}],
    },
    "evidence": {
        "claim": "New groups have come up.",
        "option": [
            {"locator": "3.1.1", "feedback": "it names who signed"},
            {"locator": "3.1.2", "feedback": "it is about two of them"},
            {"locator": "3.1.3", "key": True, "feedback": "yes, new groups"},
            {"none": True, "feedback": "one of them does"},
        ],
    },
    "open": {
        "model": "A model answer of some length.",
        "criterion": [{"text": "names it"}, {"text": "dates it"}, {"text": "says who says so"}],
    },
}

KINDS = tuple(_OWN)


def table(kind: str, /, **changes: Any) -> dict[str, Any]:
    """Return the TOML table of a sample, with changes; a change to None removes the field."""
    whole = {"id": "00-15", "kind": kind, **_COMMON, **_OWN[kind], **changes}
    return {name: value for name, value in whole.items() if value is not None}


def sample(kind: str, /, **changes: Any) -> Item:
    """Return a sample item."""
    return read_item(table(kind, **changes), "sample.toml", 1)
