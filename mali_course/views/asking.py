"""ask() and guess(): a question as a live form."""

from __future__ import annotations

from mali_course.core.html import next_button, paragraph
from mali_course.core.messages import say
from mali_course.forms.exchange import Reply
from mali_course.forms.live import LiveForm
from mali_course.forms.render import question_html, question_text
from mali_course.forms.responses import values_of
from mali_course.forms.shown import Shown
from mali_course.questions.bank import find
from mali_course.questions.item import Item
from mali_course.record.attempts import Attempts
from mali_course.record.log import the_log
from mali_course.views.answering import (
    first_reply,
    guess_responder,
    responder,
    saved_guess,
    saved_question,
)

__all__ = ["ask", "guess"]


def _task_shown(item: Item) -> Shown:
    attempts = Attempts(item, the_log())
    return Shown(saved_question(attempts), question_text(item))


def ask(item_id: str = "") -> LiveForm | Shown:
    """Ask a question.

    Parameters
    ----------
    item_id : str
        Such as ``"01-04"``: the lesson, then the number of the question.

    Returns
    -------
    LiveForm or Shown
        Shown as the last value of a cell: a form to answer by mouse or keyboard. Answers given
        before are there again. A question that is answered with code is shown as a task; its
        value goes to `check`.

    Raises
    ------
    CourseError
        If there is no such question.

    Examples
    --------
    >>> form = ask("01-31")
    >>> print(str(form._repr_mimebundle_()[0]["text/plain"]).splitlines()[0][:14])
    Question 01-31
    """
    item = find(item_id)
    if not item.has_form:
        return _task_shown(item)
    attempts = Attempts(item, the_log())
    state = attempts.state
    draft = state.draft if state.draft is not None else state.response
    return LiveForm(
        question_html(item),
        responder(attempts),
        saved_question(attempts),
        question_text(item),
        first=first_reply(attempts),
        draft=values_of(item, draft),
    )


def guess(item_id: str = "") -> LiveForm | Shown:
    """Ask for a guess before reading: it is kept, not judged, and shown again by `ask`.

    Parameters
    ----------
    item_id : str
        The question, which `ask` asks for real later.

    Raises
    ------
    CourseError
        If there is no such question.

    Examples
    --------
    >>> guess("01-01").send_values({"answer": ["5"]}, action="keep").state
    'kept'
    """
    item = find(item_id)
    if not item.has_form:
        return _task_shown(item)
    attempts = Attempts(item, the_log())
    kept = attempts.state.guess
    values = values_of(item, kept)
    told = paragraph(say("interface.question.guess_kept"))
    first = Reply(told, next_button(item.id, leads=True), values=values)
    return LiveForm(
        question_html(item, guess=True),
        guess_responder(attempts),
        saved_guess(attempts),
        question_text(item, guess=True),
        first=None if kept is None else first,
        draft=values,
    )
