"""A fault in an item file is named with its file, item and field, and what is expected."""

from __future__ import annotations

from typing import Any

import pytest
from samples import table

from mali_course.core.errors import CourseError
from mali_course.questions import bank
from mali_course.questions.kinds import read_item


def places(*locators: str, key: tuple[str, ...] = ("3.1.1",)) -> list[dict[str, Any]]:
    """Options of an evidence item; "" is that no sentence says so."""
    return [
        {"locator": locator, "feedback": "f", "key": locator in key}
        if locator
        else {"none": True, "feedback": "f", "key": "" in key}
        for locator in (*locators, "")
    ]


FAULTS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("choice", {"stem": None}, ["stem", "a text", "nothing"]),
    ("choice", {"stem": "  "}, ["stem", "a text"]),
    ("choice", {"cites": "1.2.2"}, ["cites", "a list of texts"]),
    ("choice", {"minutes": "two"}, ["minutes", "a number"]),
    ("choice", {"kind": "choise"}, ["kind", "one of choice"]),
    ("choice", {"hint": "x"}, ["hint", "not a field here"]),
    ("choice", {"option": []}, ["option", "3 to 5"]),
    (
        "choice",
        {"option": [{"text": t, "feedback": "f"} for t in "abc"]},
        ["option", "exactly one"],
    ),
    (
        "choice",
        {"option": [{"text": t, "key": True, "feedback": "f"} for t in "abc"]},
        ["option", "exactly one"],
    ),
    ("choices", {"option": [{"text": t, "feedback": "f"} for t in "abc"]}, ["option", "at least"]),
    (
        "choice",
        {"option": [{"text": t, "keys": True, "feedback": "f"} for t in "abc"]},
        ["option 1", "keys", "not a field here"],
    ),
    (
        "claim",
        {"statement": [{"text": "t", "verdict": "maybe", "feedback": {}}] * 3},
        ["verdict", "one of says"],
    ),
    (
        "claim",
        {"statement": [{"text": "t", "verdict": "says", "feedback": {"says": "x"}}] * 3},
        ["otherwise", "a text"],
    ),
    ("number", {"value": "many"}, ["value", "a number"]),
    ("number", {"slip": [{"feedback": "x"}]}, ["low", "a number"]),
    ("number", {"slip": [{"value": 1, "low": 0, "feedback": "x"}]}, ["low", "beside a value"]),
    ("words", {"accept": []}, ["accept", "a list of texts"]),
    (
        "order",
        {"event": [{"text": str(n), "place": n, "feedback": "f"} for n in (1, 2, 3)]},
        ["event", "not the right one"],
    ),
    (
        "order",
        {"event": [{"text": str(n), "place": n, "feedback": "f"} for n in (1, 1, 3)]},
        ["event", "each once"],
    ),
    (
        "match",
        {"pair": [{"left": n, "right": "same", "feedback": "f"} for n in "abc"]},
        ["pair", "differ"],
    ),
    ("code", {"starter": 'x = 1\nmali.check("00-15", x)'}, ["starter", "..."]),
    ("code", {"solution": "answer = 1"}, ["solution", "last line"]),
    ("open", {"criterion": [{"text": "one"}]}, ["criterion", "3 to 5"]),
    ("evidence", {"claim": None}, ["claim", "a text"]),
    ("evidence", {"option": places("3.1.1", "3.1.3")}, ["option", "every sentence"]),
    ("evidence", {"option": places("3.1.2", "3.1.1", "3.1.3")}, ["option", "in the order"]),
    ("evidence", {"option": places("3.1.1", "3.1.2", "3.1.3")[:-1]}, ["option", "none = true"]),
    ("evidence", {"option": places("9.1.1", "9.1.2")}, ["option 1", "a sentence of the report"]),
    ("evidence", {"option": places("3.1.1", "3.1.2", "3.1.3", key=())}, ["option", "key = true"]),
    (
        "evidence",
        {"option": places("3.1.1", "3.1.2", "3.1.3", key=("3.1.1", ""))},
        ["option", "none alone"],
    ),
]


@pytest.mark.parametrize(("kind", "changes", "said"), FAULTS)
def test_a_fault_is_named(kind: str, changes: dict[str, Any], said: list[str]) -> None:
    with pytest.raises(CourseError) as caught:
        read_item(table(kind, **changes), "07-made-up.toml", 3)
    message = str(caught.value)
    assert message.startswith("07-made-up.toml, item 00-15")
    for part in said:
        assert part in message


def test_an_item_without_an_id_is_named_by_its_number() -> None:
    with pytest.raises(CourseError, match="item number 3"):
        read_item(table("choice", id=None), "07-made-up.toml", 3)


def test_an_unknown_question_is_answered_with_the_ids_there_are() -> None:
    with pytest.raises(CourseError, match="01-01"):
        bank.find("01-99")


@pytest.mark.parametrize("odd", [None, 7, "", "  ", "99-01", ["01-01"], "🙂"])
def test_an_odd_question_id_gets_a_plain_sentence(odd: Any) -> None:
    with pytest.raises(CourseError, match="There is no question"):
        bank.find(odd)
