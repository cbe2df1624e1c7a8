"""What holds for every kind of question, tried on a sample of each.

That no key is seen before it is due is tried on every question of the course in test_leaks.py,
and the exports read every kind back in test_kit_export.py.
"""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import KINDS, sample
from test_leaks import SECRET, everything, twin
from wrong_responses import mistakes

from mali_course.core.html import text_of
from mali_course.core.lessons import lesson
from mali_course.forms.explained import folds_html
from mali_course.forms.paper import paper_html
from mali_course.forms.render import question_html
from mali_course.forms.responses import response_of, values_of
from mali_course.kit.slides.question_slides import question_slides
from mali_course.questions.item import Item
from mali_course.questions.kinds import all_kinds
from mali_course.record.attempts import Attempts
from mali_course.record.log import the_log

EACH = pytest.mark.parametrize("item", [sample(kind) for kind in KINDS], ids=KINDS)
STATES = {"right", "partly", "wrong", "unread", "kept", "judged"}
CONTROLS = "<(input|select|textarea|button|form|details)"


def plain(text: str) -> str:
    return " ".join(text_of(text).split())


def test_every_kind_has_a_sample() -> None:
    assert set(KINDS) == set(all_kinds())


# --- Answers --------------------------------------------------------------------------------------


@EACH
def test_the_key_is_right_and_each_mistake_gets_its_feedback(item: Item) -> None:
    assert item.grade_response(item.key_response()).state in ("right", "judged")
    for mistake in mistakes(item):
        outcome = item.grade_response(mistake.response)
        assert outcome.state in ("wrong", "partly")
        assert outcome.score < 1
        assert mistake.feedback in [*outcome.notes, *(mark.text for mark in outcome.marks)]


@EACH
def test_a_response_goes_through_the_form_and_back(item: Item) -> None:
    if not item.has_form:
        return
    shown = question_html(item, "live")
    for response in (item.key_response(), *(mistake.response for mistake in mistakes(item))):
        values = values_of(item, response)
        assert response_of(item, values, judged="met" in values) == response
        assert all(f'name="{name}"' in shown for name in values if name != "met")


@EACH
def test_what_cannot_be_read_is_said_and_costs_no_try(item: Item) -> None:
    attempts = Attempts(item, the_log())
    empty = response_of(item, {}) if item.has_form else ...
    for response in (empty, None, object()):
        assert item.grade_response(response).notes[0]
        assert attempts.answer(response).state == "unread"
    assert the_log().events() == []


_scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**400, max_value=10**401)
    | st.floats()
    | st.text(max_size=200)
    | st.text(alphabet="0123456789.,-+eE kmb%$٠١٢٣٤٥٦٧٨٩०१२", max_size=120)
    | st.sampled_from(["a", "b", "c", "z", "A", "says", "1", "2", "²", "①", "", "1e999", "nan"])
    | st.binary(max_size=20)
    | st.just(...)
    | st.builds(object)
)
_responses = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=6)
        | st.tuples(inner, inner)
        | st.dictionaries(
            st.sampled_from(["1", "2", "3", "4", "answer", "text", "met", "-1", "٣"])
            | st.text(max_size=5),
            inner,
            max_size=6,
        )
        | st.dictionaries(st.integers(), inner, max_size=3)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("examples", [200, pytest.param(1_000, marks=pytest.mark.nightly)])
@EACH
def test_any_response_gets_an_outcome(item: Item, examples: int) -> None:
    @settings(
        max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(_responses)
    def check(response: Any) -> None:
        outcome = item.grade_response(response)
        assert outcome.state in STATES
        assert 0.0 <= outcome.score <= 1.0
        assert math.isfinite(outcome.score)
        if outcome.state == "unread":
            assert outcome.notes[0]
        if outcome.state == "right":
            assert outcome.score == 1.0

    check()


class Hostile:
    """An object whose every question about it raises."""

    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError(name)

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("eq")

    def __repr__(self) -> str:
        raise RuntimeError("repr")

    __hash__ = None  # type: ignore[assignment]


class Text(str):
    def __eq__(self, other: object) -> bool:
        raise RuntimeError("eq")

    __hash__ = str.__hash__


@EACH
def test_hostile_objects_get_an_outcome(item: Item) -> None:
    nested: list[Any] = []
    nested.append(nested)
    for response in (Hostile, Text("b"), nested, {"1": nested}, range(10**9), 10**5000):
        assert item.grade_response(response).state in STATES
    if not item.has_form:
        assert item.grade_response(Hostile()).state == "unread"


@EACH
def test_each_part_has_a_place_for_its_mark(item: Item) -> None:
    """Outside the label, so that a mark does not become part of the name of its control."""
    if not item.has_form:
        return
    shown = question_html(item, "live")
    places = re.findall('<div class="mali-mark" data-mark="([^"]*)"></div>', shown)
    assert len(set(places)) == len(places) > 0
    assert not re.search('<label(?:(?!</label>).)*mali-mark', shown)
    for mistake in mistakes(item):
        marks = item.grade_response(mistake.response).marks
        assert marks
        assert {mark.part for mark in marks} <= set(places)


# --- What is shown --------------------------------------------------------------------------------


@EACH
def test_no_key_is_shown_before_a_try(item: Item, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = everything(item, monkeypatch)
    assert shown == everything(twin(item), monkeypatch)
    assert SECRET not in shown
    assert item.explain not in shown


@EACH
def test_a_sheet_of_paper_has_room_to_write(item: Item) -> None:
    html = paper_html(item)
    assert re.search('class="mali-(tick|blank|lines-to-write|claims)[ "]', html)
    assert not re.search(CONTROLS, html)


@EACH
def test_a_static_page_has_all_steps_under_folds(item: Item) -> None:
    html = folds_html(item)
    assert not any(name in html for name in ("<button", "<script"))
    folded = plain(html)
    for text in (item.where, item.explain, *(one.text for one in item.answer_feedback())):
        assert plain(text) in folded


@EACH
def test_slides_ask_and_then_answer(item: Item) -> None:
    slides = question_slides(item, lesson("01"))
    kinds = [slide.kind for slide in slides]
    assert kinds == sorted(kinds)  # all of "question" before all of "reveal"
    assert set(kinds) == {"question", "reveal"}
    answer = plain(" ".join(slide.body for slide in slides if slide.kind == "reveal"))
    assert item.explain in answer
    assert "1.2.2 (page 1)" in answer
    assert not re.search(CONTROLS, str(slides))
