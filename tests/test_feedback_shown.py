"""Feedback as a page shows it: the verdict first, the reason at the option, nothing twice."""

from __future__ import annotations

import re
from typing import Any

import pytest
from samples import KINDS, sample
from wrong_responses import mistakes

from mali_course.core.html import text_of
from mali_course.core.messages import say
from mali_course.core.report import sentence, sentences
from mali_course.forms.live import LiveForm
from mali_course.forms.passage_fold import passage_fold
from mali_course.forms.render import feedback_html, marks_html, question_html
from mali_course.forms.responses import values_of
from mali_course.questions import bank
from mali_course.questions.feedback import feedback
from mali_course.questions.item import Item
from mali_course.questions.shapes import Written
from mali_course.views.asking import ask, guess

MARKED = [sample(kind) for kind in KINDS if kind not in ("code", "open")]
EACH = pytest.mark.parametrize("item", MARKED, ids=lambda item: item.kind)


def plain(html: str) -> str:
    return " ".join(text_of(html).split())


def shown(item: Item, response: Any, tries: int) -> tuple[str, str, dict[str, str]]:
    """Return status and view as text, and the marks beside the controls."""
    told = feedback(item, item.grade_response(response), tries)
    status, view = feedback_html(told, item)
    return plain(status), plain(view), marks_html(told.marks)


@EACH
def test_a_right_answer_is_told_once(item: Item) -> None:
    status, view, marks = shown(item, item.key_response(), 1)
    assert status.startswith("✓ Correct.")
    told = [mark.text for mark in item.grade_response(item.key_response()).marks if mark.text]
    assert all(any(text in html for html in marks.values()) for text in told)
    assert not any(text in view for text in told)
    assert item.explain not in status
    assert item.explain in view
    assert say("interface.feedback.answer") not in status + view


@EACH
def test_a_wrong_answer_gets_its_reason_beside_it_and_then_the_answer(item: Item) -> None:
    mistake = mistakes(item)[0]
    first, second, third = (shown(item, mistake.response, tries) for tries in (1, 2, 3))
    for status, _, marks in (first, second, third):
        assert re.match("(✗ Not yet|◐ Partly right)[.]", status)
        assert any(mistake.feedback in html for html in marks.values())
    assert item.where in first[0]
    assert say("interface.feedback.digest", own="") not in first[0]
    assert say("interface.feedback.digest", own="") in second[0]
    for status, view, _ in (first, second):
        assert item.explain not in status + view
        assert say("interface.question.answer") in view
    answer, why = say("interface.feedback.answer"), say("interface.feedback.explain")
    assert 0 < third[0].index(answer) < third[0].index(why) < third[0].index(item.explain)
    # What the report says may be read under a fold then.
    assert say("interface.feedback.digest", own="") not in third[0]
    assert say("interface.feedback.digest", own="") in third[1]


def test_a_reason_that_says_the_same_again_is_left_out() -> None:
    said = "5.1.1 gives the ceiling: more people would have needed a new decision."
    item = sample("number", right=said, explain=said)
    right = item.grade_response(item.key_response())
    assert feedback(item, right, 1).explain == ""
    other = sample("number", right=said)
    assert feedback(other, right, 1).explain == other.explain != ""
    assert feedback(item, None, 1).explain == item.explain


def test_the_guess_is_repeated_after_the_verdict() -> None:
    form = guess("01-01")
    assert isinstance(form, LiveForm)
    form.send_values({"answer": ["12"]}, "keep")
    asked = ask("01-01")
    assert isinstance(asked, LiveForm)
    said = plain(asked.send_values({"answer": ["13"]}, "check").status)
    assert said.startswith("✗ Not yet. Before reading, your guess was: 12")


def test_what_to_look_for_stands_between_the_own_text_and_the_model() -> None:
    item = next(item for item in bank.items() if isinstance(item.as_shape(), Written))
    form = ask(item.id)
    assert isinstance(form, LiveForm)
    reply = form.send_values({"text": ["One two three four."]}, "check")
    model = item.key_lines()[0]
    assert model not in reply.status
    view = plain(reply.view)
    rubric = view.index(say("interface.feedback.rubric"))
    assert rubric < view.index(say("interface.question.judge")) < view.index(model[:40])
    judged = form.send_values({"text": ["One two three four."], "met": ["2"]}, "judge")
    assert 'checked type="checkbox" name="met" value="2"' in judged.view
    # Who comes back finds it as it was.
    again = ask(item.id)
    assert isinstance(again, LiveForm)
    assert 'checked type="checkbox" name="met" value="2"' in again.reply["view"]


@EACH
def test_a_sign_is_not_spoken_beside_its_word(item: Item) -> None:
    for response in (item.key_response(), mistakes(item)[0].response):
        told = feedback(item, item.grade_response(response), 3)
        html = "".join([*feedback_html(told, item), *marks_html(told.marks).values()])
        assert set("✓✗◐") & set(html)
        assert not set("✓✗◐") & set(re.sub('<span aria-hidden="true">.</span>', "", html))


@EACH
def test_the_page_hides_below_only_what_stands_beside(item: Item) -> None:
    """Each reason in the live region names the place where it can be read as well."""
    told = feedback(item, item.grade_response(mistakes(item)[0].response), 1)
    status, _ = feedback_html(told, item)
    assert re.findall('data-reason="([^"]*)"', status) == list(marks_html(told.marks))


def test_the_way_to_the_next_question_comes_with_an_answer() -> None:
    form = ask("01-31")
    assert isinstance(form, LiveForm)
    assert 'data-go="next"' not in form.send_values({}, "check").view
    assert 'data-go="next"' in form.send_values({"answer": ["a"]}, "check").view


def test_who_asks_for_the_answer_keeps_the_marks_of_what_was_judged() -> None:
    item = bank.find("01-31")
    form = ask(item.id)
    assert isinstance(form, LiveForm)
    form.send_values({"answer": ["a"]}, "check")
    assert list(form.send_values({"answer": ["a"]}, "answer").marks) == ["a"]
    assert form.send_values({"answer": ["b"]}, "answer").marks == {}
    assert values_of(item, "b") == form.reply["values"]


def test_the_passage_lies_in_a_fold_above_its_question() -> None:
    for item in bank.items():
        fold = passage_fold(item)
        assert bool(fold) == (not item.shows_passage)
        if not fold or not item.has_form:
            continue
        shown = question_html(item)
        assert shown.index(fold) < shown.index("<fieldset>")
        assert fold in question_html(item, "page")
        assert fold not in question_html(item, guess=True)
        # Whole paragraphs: what is asked for is not to be found by what is shown.
        inside = plain(fold)
        for one in sentences():
            cited = any(one.paragraph == sentence(place).paragraph for place in item.cites)
            assert (f" {one.locator} " in inside) == cited, (item.id, one.locator)


def test_what_shows_its_passage_has_all_of_it_among_its_answers() -> None:
    """Else the fold would be wanted there too."""
    for item in bank.items():
        if item.shows_passage:
            texts = plain(question_html(item))
            own = {sentence(place).paragraph for place in item.cites}
            assert all(one.gist in texts for one in sentences() if one.paragraph in own)
