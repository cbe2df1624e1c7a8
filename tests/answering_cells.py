"""What the cells of solved and mistaken copies call: answer as the page would, and print the reply.

The feedback that the bank promises is printed only if the reply really shows it.
"""

from __future__ import annotations

import re

from wrong_responses import mistakes

from mali_course.argument.claims import Link, the_argument
from mali_course.core.html import text_of
from mali_course.core.messages import say
from mali_course.forms.exchange import Values
from mali_course.forms.live import LiveForm
from mali_course.forms.responses import values_of
from mali_course.questions import bank
from mali_course.record.item_state import item_states
from mali_course.record.log import the_log
from mali_course.views.answering import guess_line
from mali_course.views.checking import Checked

__all__ = ["give", "join", "standing", "take_test", "told"]

_SAID = {"right": "correct", "wrong": "not correct", "partly": "not correct"}


def _without_guess(shown: str, item_id: str) -> str:
    """Return a reply without the line that repeats the guess, which may be the key."""
    state = item_states(the_log().events())[item_id]
    return shown.replace(text_of(guess_line(state, bank.find(item_id))), "", 1)


def _print(item_id: str, state: str, shown: str, feedback: str) -> None:
    print(f"{item_id}: {_SAID.get(state, state)}")
    if feedback:
        plain = " ".join(shown.split())
        found = " ".join(text_of(feedback).replace("`", "").split()) in plain
        print(feedback if found else f"The feedback is missing. The reply was: {shown}")
    answer = say("interface.feedback.answer")
    if state in ("wrong", "partly") and answer not in shown:
        lines = bank.find(item_id).key_lines()
        searched = _without_guess(shown, item_id)
        early = [line for line in lines if len(line) > 12 and line in searched]
        if early:
            print(f"The answer was given away: {early}")


def give(form: LiveForm, item_id: str, values: Values, action: str, feedback: str = "") -> None:
    """Answer the form of an item, and print the state and the feedback.

    Parameters
    ----------
    form : LiveForm
    item_id : str
    values : mapping
        As the page sends them.
    action : str
        Value of the button pressed.
    feedback : str
        What the reply must show; printed only if it does.
    """
    reply = form.send_values(values, action)
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


def take_test(form: LiveForm, *, right: bool) -> None:
    """Take a test to its end, each answer right or each wrong, and print the result.

    Parameters
    ----------
    form : LiveForm
    right : bool
        Answer with the key, or with the first mistake that the bank knows of.
    """
    reply = form.send_values({}, "begin")
    states: list[str] = []
    while found := re.search(r'name="question" value="([0-9-]+)"', reply.body or ""):
        item = bank.find(found[1])
        question = {"question": [item.id]}
        mistake = mistakes(item)[0]
        response = item.key_response() if right else mistake.response
        told_now = form.send_values({**values_of(item, response), **question}, "check")
        states.append(_SAID.get(told_now.state, told_now.state))
        feedback = " ".join(text_of(mistake.feedback).replace("`", "").split())
        if not right and feedback not in " ".join(text_of(told_now.status).split()):
            print(f"{item.id}: the feedback is missing. The reply was: {told_now.status}")
        reply = form.send_values(question, "next")
    correct = states.count("correct")
    result = say("mixed.finished", right=correct, count=len(states))
    print(result if result in text_of(reply.status) else f"No such result: {reply.status}")


def _row(link: Link, number: int) -> dict[str, list[str]]:
    place = (link.places or the_argument().places)[0]
    parts = {"from": link.source, "relation": link.relation, "to": link.target, "place": place}
    return {f"{name}-{number}": [value] for name, value in parts.items()}


def join(form: LiveForm, verdict: str) -> None:
    """Draw each link that has a verdict, one map a link, and print how many were judged so.

    Parameters
    ----------
    form : LiveForm
    verdict : {"supported", "suggested", "absent"}
    """
    links = [link for link in the_argument().links if link.verdict == verdict]
    words = say(f"argument.verdict.{verdict}")
    judged = 0
    for link in links:
        shown = text_of(form.send_values(_row(link, 1), "check").status)
        plain = " ".join(text_of(link.feedback).replace("`", "").split())
        judged += words in shown and plain in " ".join(shown.replace("`", "").split())
    print(f"{verdict}: {judged} of {len(links)}")
