"""What the cells of solved and mistaken copies call: answer as the page would, and print the reply.

The feedback that the bank promises is printed only if the reply really shows it.
"""

from __future__ import annotations

from mali_course.asking import shown_forms
from mali_course.checking import Checked
from mali_course.forms.live import Values
from mali_course.items import bank
from mali_course.items.answers import key_lines
from mali_course.record.log import the_log
from mali_course.record.summary import item_states
from mali_course.text import text_of
from mali_course.words import say

__all__ = ["give", "standing", "told"]

_SAID = {"right": "correct", "wrong": "not correct", "partly": "not correct"}


def _print(item_id: str, state: str, shown: str, feedback: str) -> None:
    print(f"{item_id}: {_SAID.get(state, state)}")
    if feedback:
        plain = " ".join(shown.split())
        found = " ".join(text_of(feedback).replace("`", "").split()) in plain
        print(feedback if found else f"The feedback is missing. The reply was: {shown}")
    answer = say("interface.feedback.answer")
    if state in ("wrong", "partly") and answer not in shown:
        early = [line for line in key_lines(bank.find(item_id)) if len(line) > 12 and line in shown]
        if early:
            print(f"The answer was given away: {early}")


def give(item_id: str, values: Values, action: str, feedback: str = "") -> None:
    """Answer the form last shown for an item, and print the state and the feedback.

    Parameters
    ----------
    item_id : str
    values : mapping
        As the page sends them.
    action : str
        Value of the button pressed.
    feedback : str
        What the reply must show; printed only if it does.
    """
    reply = shown_forms()[item_id].send_values(values, action)
    _print(item_id, reply.state, text_of(reply.status), feedback)


def told(checked: Checked, feedback: str) -> None:
    """Print what `check` said, as `give` does."""
    _print(checked.item_id, checked.state, checked.text, feedback)


def standing(lesson: str) -> None:
    """Print how many items of a lesson are done."""
    states = item_states(the_log().events())
    items = bank.lesson_items(lesson)
    done = sum(item.id in states and states[item.id].standing == "done" for item in items)
    print(f"{done} of {len(items)} done")
