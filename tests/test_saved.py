"""What a notebook keeps of a question: its last answer with the verdict, and no word of the key."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from samples import KINDS, sample
from test_leaks import secrets
from wrong_responses import mistakes

from mali_course.core.html import text_of
from mali_course.core.messages import say
from mali_course.forms.live import LiveForm
from mali_course.forms.render import SIGNS
from mali_course.forms.responses import values_of
from mali_course.forms.saved import saved_html
from mali_course.questions import bank
from mali_course.questions.item import Item
from mali_course.questions.kinds.code import Code
from mali_course.questions.shapes import Parts, Pick, Written
from mali_course.record.attempts import Attempts
from mali_course.record.log import the_log
from mali_course.views.answering import first_reply, saved_question
from mali_course.views.asking import ask, guess
from mali_course.views.checking import check

EACH = pytest.mark.parametrize("item", [sample(kind) for kind in KINDS], ids=KINDS)
ASKED = [item for item in bank.items() if item.has_form]
LIVE = "<(input|select|textarea|button|form|script|details)"


def kept(form: Any) -> str:
    """Return the HTML that a notebook would keep of a form."""
    bundle = form._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    return str(data["text/html"])


def plain(html: str) -> str:
    return " ".join(text_of(html).split())


@EACH
def test_it_can_be_read_without_controls_and_styles(item: Item) -> None:
    html = saved_html(item)
    assert not re.search(LIVE, html)
    lines = text_of(html).splitlines()
    match item.as_shape():
        case Pick(labels=labels):
            assert all(any(line.endswith(label) for line in lines) for label in labels)
        case Parts() as shape:
            for part in shape.parts:
                assert sum(part.text in line for line in lines) == 1
            if shape.task != "order":
                assert all(answer.text in plain(html) for answer in shape.answers)
    if item.has_form:
        assert say("saved.live") in html
        assert "your answer" not in html


@EACH
def test_it_shows_the_last_answer_and_its_verdict(item: Item) -> None:
    if not item.has_form or isinstance(item.as_shape(), Written):
        return
    attempts = Attempts(item, the_log())
    for tries, mistake in enumerate(mistakes(item)[:2], start=1):
        attempts.answer(mistake.response)
        last = attempts.last_answer()
        assert last
        assert (last.response, last.tries) == (mistake.response, tries)
        html = saved_html(
            item, response=last.response, outcome=last.outcome, tries=last.tries
        )
        words = say("saved.one_try") if tries == 1 else say("saved.tries", count=tries)
        assert words in html
        for right, word in ((True, "right"), (False, "wrong")):
            said = Counter(mark.said or say(f"saved.{word}") for mark in last.outcome.marks
                           if mark.right == right)
            for words, marks in said.items():
                assert plain(html).count(f"{SIGNS[word]} {words}") == marks
            if not said:
                assert f"{SIGNS[word]} {say(f'saved.{word}')}" not in plain(html)
        assert say(f"interface.feedback.{last.outcome.state}") in html
    key = item.key_response()
    html = saved_html(item, response=key, outcome=item.grade_response(key), tries=1)
    assert say("interface.feedback.right") in html
    assert "✗" not in html
    assert not re.search(LIVE, html)


@pytest.mark.parametrize("item", ASKED, ids=lambda item: item.id)
def test_no_saved_answer_holds_a_secret(item: Item) -> None:
    form = ask(item.id)
    assert isinstance(form, LiveForm)
    told = saved_html(item)
    wrong = [mistake.response for mistake in mistakes(item)][:3]
    for response in [*wrong, item.key_response()]:
        for action in ("check", "judge", "answer"):
            form.send_values(values_of(item, response), action)
            for text in secrets(item):
                mine = isinstance(item.as_shape(), Written) and text == item.key_lines()[0]
                assert mine or text in told or text not in form.saved, text


def test_a_form_keeps_each_answer_and_says_so_when_it_is_met_again() -> None:
    form = ask("01-31")
    assert isinstance(form, LiveForm)
    untried = kept(form)
    form.send_values({"answer": ["a"]}, "check")
    assert "Not yet." in kept(form)
    assert "your answer" not in untried
    again = ask("01-31")
    assert isinstance(again, LiveForm)
    assert kept(again) == kept(form)
    assert "You answered this before: not yet, one try." in again.reply["status"]
    assert list(again.reply["marks"]) == ["a"]
    assert again.reply["values"] == again.draft == {"answer": ["a"]}
    key = bank.find("01-31").key_response()
    again.send_values({"answer": [key]}, "check")
    last = ask("01-31")
    assert isinstance(last, LiveForm)
    assert "You answered this before: correct." in last.reply["status"]


def test_a_question_met_again_has_the_answer_that_was_told_under_a_fold() -> None:
    """Three wrong tries leave a question open, to be tried once more; what was told stays."""
    item = bank.find("01-31")
    form = ask(item.id)
    assert isinstance(form, LiveForm)
    for option in "aba":
        said = form.send_values({"answer": [option]}, "check").status
    assert item.key_lines()[0] in plain(said)
    again = ask(item.id)
    assert isinstance(again, LiveForm)
    assert "not yet, 3 tries" in again.reply["status"]
    assert item.key_lines()[0] not in plain(again.reply["status"])
    assert item.explain not in again.reply["status"]
    view = again.reply["view"]
    fold = view[view.index("<details") : view.index("</details>")]
    assert item.key_lines()[0] in plain(fold)
    assert item.explain in plain(fold)
    assert "Show the answer" not in view
    for text in secrets(item):
        assert text not in plain(kept(form)) + plain(kept(again))


def test_a_reply_is_one_message_with_what_is_kept() -> None:
    form = ask("01-31")
    assert isinstance(form, LiveForm)
    messages: list[dict[str, Any]] = []
    form.comm.send = lambda data=None, **rest: messages.append(data)
    form.send_values({"answer": ["a"]}, "check")
    [sent] = [one["state"] for one in messages if "reply" in one.get("state", {})]
    assert {"saved", "reply"} <= set(sent)
    assert sum("saved" in one.get("state", {}) for one in messages) == 1


def test_the_output_names_the_form_that_it_is_kept_of() -> None:
    form = ask("01-31")
    data, metadata = form._repr_mimebundle_()
    view = data["application/vnd.jupyter.widget-view+json"]
    assert isinstance(form, LiveForm)
    assert metadata["mali_course"] == {"form": form.form_id}
    assert view["model_id"] == form.form_id == form.model_id


def test_a_guess_is_kept_without_a_verdict() -> None:
    form = guess("01-01")
    assert isinstance(form, LiveForm)
    assert say("saved.live_guess") in kept(form)
    form.send_values({"answer": ["12"]}, "keep")
    assert "Your guess: 12" in plain(kept(form))
    assert not set("✓✗") & set(kept(form))


def test_a_text_that_is_being_written_is_kept_too() -> None:
    item = next(item for item in ASKED if isinstance(item.as_shape(), Written))
    form = ask(item.id)
    assert isinstance(form, LiveForm)
    form.draft = {"text": ["One line <b>\nand another"]}
    assert "One line &lt;b&gt;<br>and another" in form.saved
    assert say("saved.draft") in form.saved


@pytest.mark.parametrize("kind", KINDS)
def test_odd_answers_of_a_restored_file_are_shown_as_text_or_not_at_all(kind: str) -> None:
    item = sample(kind)
    endless, tag = "9" * 5_000, "<img src=x onerror=alert(1)>"
    for odd in (endless, tag):
        numbered = {str(number): odd for number in range(1, 9)}
        for response in (odd, [odd], {"text": odd, "met": [odd]}, numbered, {"answer": [odd]}):
            the_log().add({"item": item.id, "event": "answer", "response": response})
            attempts = Attempts(item, the_log())
            reply = first_reply(attempts)
            assert reply is not None
            for html in (saved_question(attempts), reply.status, reply.view, *reply.marks.values()):
                assert "<img" not in html


def test_a_computed_value_keeps_its_verdict_and_neither_reason_nor_solution() -> None:
    item = next(item for item in bank.items() if not item.has_form)
    assert isinstance(item, Code)
    first, second = (mistake.response for mistake in mistakes(item)[:2])
    for value in (first, second, first, item.value):
        shown = check(item.id, value)
        data, _ = shown._repr_mimebundle_()
        html = str(data["text/html"])
        assert str(value) in html
        assert say(f"interface.feedback.{shown.state}") in html
        for text in secrets(item):
            assert text not in plain(html) + str(data["text/plain"])
    # What is told stands in the live form: the answer after three tries, and when asked for.
    assert item.right in shown.text
    assert item.solution.splitlines()[0] in text_of(shown.send_values({}, "answer").status)
    # The task knows of it when it is shown again.
    assert "Correct." in plain(kept(ask(item.id)))
