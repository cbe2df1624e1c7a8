"""No key leaves Python before it is due.

The proof is by twins: an item and a twin whose every secret differs must look the same, to the
last letter, in all that a page or a saved notebook holds before a try.
"""

from __future__ import annotations

import dataclasses
import json
from itertools import count
from pathlib import Path
from typing import Any, get_args

import pytest
from wrong_responses import mistakes

from mali_course.core.content import notebooks_folder
from mali_course.forms.live import LiveForm
from mali_course.forms.render import Variant, question_html, question_text
from mali_course.questions import bank
from mali_course.questions.item import Item
from mali_course.questions.kinds.choice import Choice
from mali_course.questions.kinds.claim import Claim
from mali_course.questions.kinds.code import Code
from mali_course.questions.kinds.match import Match
from mali_course.questions.kinds.number import Number
from mali_course.questions.kinds.open import Criterion, Open
from mali_course.questions.kinds.order import Order
from mali_course.questions.kinds.words import Words
from mali_course.record.attempts import Attempts
from mali_course.record.log import the_log
from mali_course.views import asking
from mali_course.views.answering import saved_question
from mali_course.views.asking import ask

ITEMS = bank.items()
VARIANTS = get_args(Variant)
SECRET = "A secret that differs."


def twin(item: Item) -> Item:
    """Return the item with every secret changed: key, feedback, hints, explanation, model."""
    change: dict[str, Any] = {"explain": SECRET, "where": SECRET}
    match item:
        case _ if hasattr(item, "options"):
            change["options"] = tuple(
                dataclasses.replace(option, key=not option.key, feedback=SECRET)
                for option in item.options
            )
        case Claim():
            other = {"says": "otherwise", "otherwise": "silent", "silent": "says"}
            change["statements"] = tuple(
                dataclasses.replace(
                    s, verdict=other[s.verdict], feedback=dict.fromkeys(other, SECRET)
                )
                for s in item.statements
            )
        case Number():
            change.update(value=item.value + 1, tolerance=9.0, right=SECRET, wrong=SECRET, slips=())
        case Words():
            change.update(accept=(SECRET,), right=SECRET, wrong=SECRET, slips=())
        case Order():
            places = [event.place for event in item.events]
            change["events"] = tuple(
                dataclasses.replace(event, place=place, feedback=SECRET)
                for event, place in zip(item.events, places[1:] + places[:1], strict=True)
            )
        case Match():
            rights = [pair.right for pair in item.pairs]
            change["pairs"] = tuple(
                dataclasses.replace(pair, right=right, feedback=SECRET)
                for pair, right in zip(item.pairs, rights[1:] + rights[:1], strict=True)
            )
        case Code():
            change.update(value=SECRET, solution=SECRET, right=SECRET, wrong=SECRET, slips=())
        case Open():
            change.update(model=SECRET, criteria=tuple(Criterion(SECRET) for _ in item.criteria))
    return dataclasses.replace(item, **change)


def everything(item: Item, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return all that a page or a saved notebook holds of an item before the first try."""
    monkeypatch.setattr(asking, "find", lambda item_id: item)
    form = ask(item.id)
    parts = [question_html(item, variant) for variant in VARIANTS]
    parts += [question_html(item, "live", guess=True), question_text(item)]
    bundle = form._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    parts += [str(data["text/html"]), str(data["text/plain"])]
    if isinstance(form, LiveForm):
        state = form.get_state()
        parts.append(
            json.dumps(
                {
                    name: str(state[name])
                    for name in sorted(state)
                    if not name.startswith("_") and name not in ("layout", "form_id")
                }
            )
        )
    return "\n".join(parts)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_nothing_shown_before_a_try_depends_on_the_key(
    item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = everything(item, monkeypatch)
    assert shown == everything(twin(item), monkeypatch)
    assert SECRET not in shown
    assert item.stem.split("`")[0][:20] in shown.replace("&lt;", "<").replace("&amp;", "&")


def _same_verdict(item: Item, response: Any) -> Item:
    """Return the item with every text changed that a learner is told, and with the same key."""
    change: dict[str, Any] = {"explain": SECRET, "where": SECRET}
    for name in ("right", "wrong", "model"):
        if hasattr(item, name):
            change[name] = SECRET
    for name in ("options", "events", "pairs", "extras", "slips"):
        if hasattr(item, name):
            parts = getattr(item, name)
            change[name] = tuple(dataclasses.replace(part, feedback=SECRET) for part in parts)
    if isinstance(item, Claim):
        change["statements"] = tuple(
            dataclasses.replace(s, feedback=dict.fromkeys(s.feedback, SECRET))
            for s in item.statements
        )
    if isinstance(item, Open):
        change["criteria"] = tuple(Criterion(SECRET) for _ in item.criteria)
    # Another wrong option may be the key: what was not chosen must not matter.
    if isinstance(item, Choice):
        letters = [answer.value for answer in item.as_shape().answers]
        free = [n for n, option in enumerate(item.options)
                if not option.key and letters[n] != response]
        if response != item.key_response():
            change["options"] = tuple(
                dataclasses.replace(option, key=n == free[0])
                for n, option in enumerate(change["options"])
            )
    return dataclasses.replace(item, **change)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_what_is_saved_after_a_try_depends_on_the_verdict_alone(
    item: Item, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learners = count()

    def saved_after(one: Item, responses: list[Any]) -> list[str]:
        monkeypatch.setenv("MALI_COURSE_HOME", str(tmp_path / str(next(learners))))
        monkeypatch.setattr(asking, "find", lambda item_id: one)
        attempts = Attempts(one, the_log())
        found = []
        for response in responses:
            attempts.answer(response)
            data = ask(one.id)._repr_mimebundle_()
            bundle = data[0] if isinstance(data, tuple) else data
            found += [saved_question(attempts), str(bundle["text/html"])]
        return found

    wrong = [mistake.response for mistake in mistakes(item)] or [item.key_response()]
    for response in (wrong[0], item.key_response()):
        told = saved_after(item, [response] * 4)  # beyond the try that tells the answer
        assert told == saved_after(_same_verdict(item, response), [response] * 4)
        assert not any(SECRET in html for html in told)


def test_a_planted_leak_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same comparison fails once a template marks the key."""
    item = next(item for item in ITEMS if isinstance(item, Choice))
    honest = Choice.controls_html

    def leaky(item: Choice, *context: Any) -> str:
        keys = "".join(str(int(option.key)) for option in item.options)
        return f"{honest(item, *context)}<!-- {keys} -->"

    monkeypatch.setattr(Choice, "controls_html", leaky)
    assert everything(item, monkeypatch) != everything(twin(item), monkeypatch)


def secrets(item: Item) -> list[str]:
    """Return the texts of an item that no saved notebook may hold."""
    texts = [item.explain, item.where, *(row.text for row in item.answer_feedback())]
    if isinstance(item, Open | Code):
        texts += ["\n".join(item.key_lines())]
    return [text for text in texts if len(text) > 15]


@pytest.mark.parametrize("path", sorted(notebooks_folder().glob("*.ipynb")), ids=lambda p: p.stem)
def test_no_saved_notebook_holds_a_secret(path: Any) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert "widgets" not in notebook["metadata"]
    saved = json.dumps(notebook["cells"], ensure_ascii=False)
    plain = saved.replace("\\n", "\n").replace('\\"', '"').replace("&#x27;", "'")
    for item in bank.lesson_items(path.stem[:2]):
        for text in secrets(item):
            assert text not in plain, f"{item.id}: {text}"
