"""A TOML table becomes an object, or a plain sentence says which field is wrong and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pytest

from mali_course.core.errors import CourseError
from mali_course.core.schema import Complaint, read, read_tagged, renamed, tables

Side = Literal["left", "right"]


@dataclass(frozen=True, kw_only=True)
class Leaf:
    text: str
    key: bool = False

    def check(self, complain: Complaint) -> None:
        if self.text == "bad":
            complain("text", "something good")


@dataclass(frozen=True, kw_only=True)
class Stem:
    note: str = ""
    size: float


@dataclass(frozen=True, kw_only=True)
class Tree(Stem):
    name: str
    age: int
    side: Side
    labels: tuple[str, ...]
    rings: tuple[int, ...]
    feedback: Mapping[Side, str]
    about: Mapping[str, str]
    value: Any
    roots: Leaf
    leaves: tuple[Leaf, ...] = tables("leaf", 1, 3)
    twigs: tuple[Leaf, ...] = tables("twig")
    origin: str = renamed("from")
    pause: float | None = None


def whole(**changes: Any) -> dict[str, Any]:
    """Return a sound table with changes; a change to None takes a field away."""
    table = {
        "name": " Baobab\n", "size": 5, "age": 7, "side": "left", "labels": ["a"], "rings": [],
        "feedback": {"left": "x", "right": " y "}, "about": {"any": "text"}, "value": [1, "b"],
        "roots": {"text": "deep"}, "leaf": [{"text": "green", "key": True}], "from": "Mopti",
    }
    table.update(changes)
    return {name: value for name, value in table.items() if value is not None}


def test_a_sound_table_is_read() -> None:
    tree = read(Tree, whole(), "a.toml")
    assert (tree.name, tree.size, tree.note, tree.origin) == ("Baobab", 5, "", "Mopti")
    assert tree.leaves == (Leaf(text="green", key=True),)
    assert (tree.twigs, tree.rings, tree.labels, tree.pause) == ((), (), ("a",), None)
    assert tree.feedback == {"left": "x", "right": "y"}
    assert read(Tree, whole(pause=3, note=""), "a.toml").pause == 3


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": None}, "a.toml, field 'name': expected a text, found nothing."),
        ({"name": " "}, "a.toml, field 'name': expected a text, found ' '."),
        ({"note": 3}, "a.toml, field 'note': expected a text, found 3."),
        ({"age": 7.5}, "a.toml, field 'age': expected a whole number, found 7.5."),
        ({"age": True}, "a.toml, field 'age': expected a whole number, found True."),
        ({"size": "5"}, "a.toml, field 'size': expected a number, found '5'."),
        ({"side": "up"}, "a.toml, field 'side': expected one of left, right, found 'up'."),
        ({"labels": []}, "a.toml, field 'labels': expected a list of texts, found []."),
        ({"labels": "a"}, "a.toml, field 'labels': expected a list of texts, found 'a'."),
        ({"rings": ["1"]}, "a.toml, field 'rings': expected a list of whole numbers, found ['1']."),
        ({"value": None}, "a.toml, field 'value': expected a value, found nothing."),
        ({"pause": "no"}, "a.toml, field 'pause': expected a number, found 'no'."),
        ({"roots": "deep"}, "a.toml, field 'roots': expected a table, found 'deep'."),
        ({"roots": {}}, "a.toml, roots, field 'text': expected a text, found nothing."),
        ({"from": None}, "a.toml, field 'from': expected a text, found nothing."),
        ({"leaf": []}, "a.toml, field 'leaf': expected 1 to 3 of them, found []."),
        ({"leaf": None}, "a.toml, field 'leaf': expected 1 to 3 of them, found nothing."),
        ({"leaf": {"text": "x"}},
         "a.toml, field 'leaf': expected tables, each under [[tree.leaf]], found {'text': 'x'}."),
        ({"leaf": [{"text": "x"}, {"text": "bad"}]},
         "a.toml, leaf 2, field 'text': expected something good, found 'bad'."),
        ({"leaf": [{"text": "x", "keys": True}]},
         "a.toml, leaf 1, field 'keys': not a field here. Fields here: key, text."),
        ({"feedback": {"left": "x"}},
         "a.toml, feedback, field 'right': expected a text, found nothing."),
        ({"feedback": {"left": "x", "right": "y", "up": "z"}},
         "a.toml, feedback, field 'up': not a field here. Fields here: left, right."),
        ({"about": {"any": 3}}, "a.toml, about, field 'any': expected a text, found 3."),
        ({"name": "x" * 80, "side": "y" * 80},
         "a.toml, field 'side': expected one of left, right, found '" + "y" * 56 + "...."),
    ],
)
def test_a_fault_is_named_with_its_place_and_what_is_expected(
    changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(CourseError) as caught:
        read(Tree, whole(**changes), "a.toml", "tree.")
    assert str(caught.value) == said


def test_a_mistyped_field_is_refused_with_those_there_are() -> None:
    with pytest.raises(CourseError, match=r"'nme': not a field here\. Fields here: about, age,"):
        read(Tree, whole(nme="x"), "a.toml")


def test_a_tag_chooses_the_class() -> None:
    classes: dict[str, type[Any]] = {"leaf": Leaf, "tree": Tree}
    assert read_tagged(classes, {"kind": "leaf", "text": "x"}, "a.toml") == Leaf(text="x")
    for odd in ("loaf", 3, ["leaf"], None):
        table = {"text": "x"} if odd is None else {"kind": odd, "text": "x"}
        with pytest.raises(CourseError, match=r"a\.toml, field 'kind': expected one of leaf, tree"):
            read_tagged(classes, table, "a.toml")
