"""An answer sent by a form -> what the page shows: shared by ask(), guess() and test().

Nothing here needs a widget, so that an answer can be tried without a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mali_course.core.html import next_button, paragraph
from mali_course.core.messages import say
from mali_course.forms.digest import told_html
from mali_course.forms.exchange import Reply, Respond, Submission, Values
from mali_course.forms.render import feedback_html, marks_html
from mali_course.forms.responses import response_of, response_text, values_of
from mali_course.forms.saved import saved_html
from mali_course.questions.feedback import LAST_TRY, Feedback
from mali_course.questions.item import Item
from mali_course.questions.shapes import Written
from mali_course.record.attempts import Attempts, LastAnswer
from mali_course.record.item_state import ItemState

__all__ = [
    "first_reply",
    "guess_line",
    "guess_responder",
    "not_saved_line",
    "responder",
    "saved_guess",
    "saved_question",
]


def not_saved_line(problem: str) -> str:
    """Return a paragraph that says why an answer could not be saved, or nothing."""
    return paragraph(say("interface.question.not_saved", reason=problem)) if problem else ""


def guess_line(state: ItemState, item: Item) -> str:
    """Return a paragraph that repeats the guess made before reading, or nothing."""
    if state.guess is None:
        return ""
    return paragraph(say("interface.question.guess_was", guess=response_text(item, state.guess)))


def saved_question(attempts: Attempts) -> str:
    """Return a question as a notebook keeps it now: with the last answer, or what is being written.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> from mali_course.record.log import the_log
    >>> attempts = Attempts(find("01-31"), the_log())
    >>> told = attempts.answer("a")
    >>> "your answer" in saved_question(attempts)
    True
    """
    item, draft = attempts.item, attempts.state.draft
    if isinstance(draft, Mapping) and str(draft.get("text", "")).strip():
        return saved_html(item, response=draft)
    last = attempts.last_answer()
    if last is None:
        return saved_html(item)
    return saved_html(item, response=last.response, outcome=last.outcome, tries=last.tries)


def saved_guess(attempts: Attempts) -> str:
    """Return the guess before reading as a notebook keeps it now."""
    return saved_html(attempts.item, guess=True, response=attempts.state.guess)


def _onward(attempts: Attempts, feedback: Feedback) -> str:
    """Return the button that leads on, once there was an answer; a test has a way of its own."""
    if attempts.test or (feedback.state == "unread" and attempts.last_answer() is None):
        return ""
    done = feedback.state in ("right", "judged") or (feedback.answer and feedback.state != "kept")
    return next_button(attempts.item.id, leads=bool(done))


def _feedback_reply(
    attempts: Attempts, feedback: Feedback, values: Values, guessed: str = ""
) -> Reply:
    """Return what the page shows of an answer.

    Parameters
    ----------
    attempts : Attempts
    feedback : Feedback
        What the learner is told.
    values : mapping
        The answer, as the page holds it.
    guessed : str
        HTML that repeats the guess made before reading.
    """
    met = values.get("met", ())
    status, view = feedback_html(feedback, attempts.item, guessed=guessed, met=met)
    onward = _onward(attempts, feedback)
    return Reply(
        status + not_saved_line(attempts.problem),
        view + onward,
        feedback.state,
        marks=marks_html(feedback.marks),
        values=values,
        told=told_html(attempts.item, attempts.behind()),
        saved=saved_question(attempts),
    )


def _met_before(last: LastAnswer) -> str:
    if last.tries == 1:
        tries = say("interface.question.one_try")
    else:
        tries = say("interface.question.tries", count=last.tries)
    return say(f"interface.question.before_{last.outcome.state}", tries=tries)


def first_reply(attempts: Attempts) -> Reply | None:
    """Return what the form of a question shows before anything is sent, or nothing.

    A question met again says how the last answer was judged and what was said of it. A wrong one
    comes without the answer to the question, so that it can be tried again; where the answer was
    told, it lies under a fold.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> from mali_course.record.log import the_log
    >>> attempts = Attempts(find("01-31"), the_log())
    >>> first_reply(attempts) is None
    True
    >>> told = attempts.answer("a")
    >>> "not yet, one try" in first_reply(attempts).status
    True
    """
    item, state = attempts.item, attempts.state
    guessed, last = guess_line(state, item), attempts.last_answer()
    if last is None:
        return Reply(guessed) if guessed else None
    told = attempts.judge(last.outcome, min(last.tries, LAST_TRY - 1))
    if told.state == "unread":  # the question is not what it was
        return Reply(guessed + paragraph(say("interface.question.before_unread")))
    told = replace(told, heading=_met_before(last), folded=True)
    return _feedback_reply(attempts, told, values_of(item, last.response), guessed)


def responder(attempts: Attempts) -> Respond:
    """Return the function that answers what the form of one item sends.

    Parameters
    ----------
    attempts : Attempts
        The learner at that item.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> from mali_course.record.log import the_log
    >>> respond = responder(Attempts(find("01-31"), the_log()))
    >>> respond(Submission("check", {})).state
    'unread'
    """
    item = attempts.item
    last = Reply()

    def respond(sent: Submission) -> Reply:
        nonlocal last
        if sent.action == "draft":
            if isinstance(item.as_shape(), Written):
                attempts.draft(response_of(item, sent.values))
                last = replace(last, saved=saved_question(attempts))
        elif sent.action == "answer":
            last = _feedback_reply(attempts, attempts.show(), sent.values)
            given = attempts.last_answer()
            if given and given.response == response_of(item, sent.values):
                # What was judged stands there still, and so do its marks.
                last = replace(last, marks=marks_html(given.outcome.marks))
        else:
            judged = sent.action == "judge"
            told = attempts.answer(response_of(item, sent.values, judged=judged))
            # The guess may be younger than this form, where all cells were run at once.
            guessed = guess_line(attempts.state, item) if told.state != "unread" else ""
            last = _feedback_reply(attempts, told, sent.values, guessed)
        return last

    return respond


def guess_responder(attempts: Attempts) -> Respond:
    """Return the function that keeps what the form of a guess sends.

    Parameters
    ----------
    attempts : Attempts
        The learner at that item.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> from mali_course.record.log import the_log
    >>> keep = guess_responder(Attempts(find("01-01"), the_log()))
    >>> keep(Submission("keep", {"answer": ["5"]})).state
    'kept'
    """
    last = Reply()

    def respond(sent: Submission) -> Reply:
        nonlocal last
        if sent.action != "draft":
            told = attempts.keep(response_of(attempts.item, sent.values))
            if told:
                last = _feedback_reply(attempts, told, sent.values)
            else:
                kept = paragraph(say("interface.question.guess_kept"))
                kept += not_saved_line(attempts.problem)
                onward = next_button(attempts.item.id, leads=True)
                last = Reply(kept, onward, state="kept", values=sent.values)
            last = replace(last, saved=saved_guess(attempts))
        return last

    return respond
