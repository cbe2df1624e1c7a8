"""An answer sent by a form -> what the page shows: shared by ask(), guess() and test()."""

from __future__ import annotations

from collections.abc import Callable

from mali_course.core.html import paragraph
from mali_course.core.messages import say
from mali_course.forms.live import Reply, Submission
from mali_course.forms.render import feedback_html, rubric_html
from mali_course.forms.responses import response_of, response_text
from mali_course.questions.feedback import Feedback
from mali_course.questions.kinds import Item, Open
from mali_course.record.attempts import Attempts
from mali_course.record.summary import ItemState

__all__ = ["guess_line", "reply_of", "responder", "warning"]


def warning(problem: str) -> str:
    """Return a paragraph that says why an answer could not be saved, or nothing."""
    return paragraph(say("interface.question.not_saved", reason=problem)) if problem else ""


def guess_line(state: ItemState, item: Item) -> str:
    """Return a paragraph that repeats the guess made before reading, or nothing."""
    if state.guess is None:
        return ""
    return paragraph(say("interface.question.guess_was", guess=response_text(item, state.guess)))


def reply_of(
    attempts: Attempts, told: Feedback, before: str = "", met: list[str] | None = None
) -> Reply:
    """Return what the page shows after a try.

    Parameters
    ----------
    attempts : Attempts
    told : Feedback
        What the learner is told.
    before : str
        HTML that is announced first.
    met : list of str, optional
        Criteria of an open item that the learner ticked.
    """
    item = attempts.item
    status, view = feedback_html(told, item)
    if isinstance(item, Open) and told.state in ("kept", "judged"):
        view += rubric_html(item, met or ())
    return Reply(before + status + warning(attempts.problem), view, told.state)


def responder(attempts: Attempts) -> Callable[[Submission], Reply]:
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
            if isinstance(item, Open):
                attempts.draft(response_of(item, sent.values))
        elif sent.action == "answer":
            last = reply_of(attempts, attempts.show())
        else:
            judged = sent.action == "judge"
            response = response_of(item, sent.values, judged=judged)
            told = attempts.answer(response)
            # The guess may be younger than this form, where all cells were run at once.
            guessed = guess_line(attempts.state, item) if told.state != "unread" else ""
            last = reply_of(attempts, told, guessed, met=sent.values.get("met"))
        return last

    return respond
