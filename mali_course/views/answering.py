"""An answer sent by a form -> what the page shows: shared by ask(), guess() and test().

Nothing here needs a widget: the browser edition answers with the same functions.
"""

from __future__ import annotations

from mali_course.core.html import paragraph
from mali_course.core.messages import say
from mali_course.forms.exchange import Reply, Respond, Submission
from mali_course.forms.render import feedback_html, rubric_html
from mali_course.forms.responses import response_of, response_text
from mali_course.questions.feedback import Feedback
from mali_course.questions.item import Item
from mali_course.questions.shapes import Written
from mali_course.record.attempts import Attempts
from mali_course.record.summary import ItemState

__all__ = ["guess_line", "guess_responder", "not_saved_line", "responder"]


def not_saved_line(problem: str) -> str:
    """Return a paragraph that says why an answer could not be saved, or nothing."""
    return paragraph(say("interface.question.not_saved", reason=problem)) if problem else ""


def guess_line(state: ItemState, item: Item) -> str:
    """Return a paragraph that repeats the guess made before reading, or nothing."""
    if state.guess is None:
        return ""
    return paragraph(say("interface.question.guess_was", guess=response_text(item, state.guess)))


def _feedback_reply(
    attempts: Attempts, feedback: Feedback, before: str = "", met: list[str] | None = None
) -> Reply:
    """Return what the page shows after a try.

    Parameters
    ----------
    attempts : Attempts
    feedback : Feedback
        What the learner is told.
    before : str
        HTML that is announced first.
    met : list of str, optional
        Criteria of a written answer that the learner ticked.
    """
    status, view = feedback_html(feedback, attempts.item)
    shape = attempts.item.as_shape()
    if isinstance(shape, Written) and feedback.state in ("kept", "judged"):
        view += rubric_html(shape, met or ())
    return Reply(before + status + not_saved_line(attempts.problem), view, feedback.state)


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
    >>> respond = responder(Attempts(find("01-02"), the_log()))
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
        elif sent.action == "answer":
            last = _feedback_reply(attempts, attempts.show())
        else:
            judged = sent.action == "judge"
            feedback = attempts.answer(response_of(item, sent.values, judged=judged))
            # The guess may be younger than this form, where all cells were run at once.
            guessed = guess_line(attempts.state, item) if feedback.state != "unread" else ""
            last = _feedback_reply(attempts, feedback, guessed, met=sent.values.get("met"))
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
            feedback = attempts.keep(response_of(attempts.item, sent.values))
            kept = paragraph(say("interface.question.guess_kept"))
            kept += not_saved_line(attempts.problem)
            last = _feedback_reply(attempts, feedback) if feedback else Reply(kept, state="kept")
        return last

    return respond
