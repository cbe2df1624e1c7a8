"""A learner who answers every question of the course, in order, sees it complete."""

from __future__ import annotations

import mali_course as mali
from mali_course.core.lessons import lessons
from mali_course.forms.responses import values_of
from mali_course.questions import bank
from mali_course.questions.item import Item
from mali_course.questions.kinds.code import Code
from mali_course.questions.kinds.open import Open
from mali_course.record.item_state import ItemState, item_states
from mali_course.record.log import the_log


def answer(item: Item) -> None:
    """Answer an item right, as the page or a code cell does."""
    if isinstance(item, Code):
        assert mali.check(item.id, item.value).state == "right"
        return
    form = mali.ask(item.id)
    if isinstance(item, Open):
        form.send_values({"text": [item.model]}, "check")
        met = [str(number) for number in range(len(item.criteria))]
        form.send_values({"text": [item.model], "met": met}, "judge")
        return
    assert form.send_values(values_of(item, item.key_response()), "check").state == "right"


def undone() -> list[str]:
    states = item_states(the_log().events())
    return [item.id for item in bank.items() if not states.get(item.id, ItemState()).answered]


def test_every_answer_counts_until_the_course_is_complete() -> None:
    everything = [item for one in lessons() for item in bank.lesson_items(one.id)]
    assert set(undone()) == {item.id for item in everything}
    for number, item in enumerate(everything, start=1):
        answer(item)
        assert len(undone()) == len(everything) - number, item.id
    for one in lessons():
        count = len(bank.lesson_items(one.id))
        if not count:
            continue  # the mixed test
        shown = mali.progress(one.id).reply["view"]
        assert f"{count} of {count} questions answered" in shown, one.id
        assert "You have answered every question of this lesson" in shown, one.id
    assert "You have worked on all 79 sentences" in mali.progress().reply["view"]
