"""check(): a value that the learner computed, with the same steps of feedback as a question."""

from __future__ import annotations

from mali_course.core.html import button, next_button, paragraph, text_of, title_html
from mali_course.core.messages import say
from mali_course.forms.exchange import Reply, Submission
from mali_course.forms.live import LiveForm
from mali_course.forms.render import about, feedback_html
from mali_course.forms.saved import saved_value_html
from mali_course.questions.bank import find
from mali_course.questions.feedback import Feedback
from mali_course.questions.item import Item
from mali_course.questions.kinds.code import Code
from mali_course.questions.values import plain_value
from mali_course.record.attempts import Attempts
from mali_course.record.log import the_log
from mali_course.views.answering import not_saved_line

__all__ = ["Checked", "check"]


class Checked(LiveForm):
    """What `check` shows: the verdict on a value, and what may be read about it.

    It is a form, so that a notebook keeps the verdict and neither reasons nor solution.

    Attributes
    ----------
    item_id : str
    state : str
        The state that the verdict rests on, such as "right".
    text : str
        What is told, as text.
    """

    def __init__(
        self, item: Item, told: Reply, saved: str, attempts: Attempts | None = None
    ) -> None:
        self.item_id, self.state = item.id, told.state
        self.text = text_of(told.status)
        self._attempts = attempts
        title = title_html(say("saved.value_title", id=item.id)) if attempts else ""
        super().__init__(title, self._answer, saved, text_of(saved), first=told, news=True)

    def _answer(self, sent: Submission) -> Reply:
        if sent.action != "answer" or self._attempts is None:
            return Reply()
        return _reply(self._attempts, self._attempts.show())

    def __repr__(self) -> str:
        return self.text


def _log_form(value: object) -> object:
    plain = plain_value(value)
    if plain is None or isinstance(plain, bool | int | float | str):
        return plain if not isinstance(plain, str) else plain[:200]
    return str(plain)[:200] if isinstance(plain, list) else type(value).__name__


def _reply(attempts: Attempts, feedback: Feedback) -> Reply:
    item = attempts.item
    status, view = feedback_html(feedback, item)
    # Who does not program must be able to leave: nothing need be tried first.
    unread = feedback.state == "unread" and not feedback.answer
    if feedback.may_ask or unread:
        view += button("answer", say("interface.question.answer"), about=about(item))
    view += next_button(item.id, leads=feedback.state == "right" or bool(feedback.answer))
    return Reply(status + not_saved_line(attempts.problem), view, feedback.state)


def _calm(item: Item, words: str, attempts: Attempts | None = None) -> Checked:
    """Return what is shown where nothing was tried yet; a notebook keeps the words alone.

    With attempts, the learner may see the answer and go on.
    """
    html = paragraph(words)
    view = ""
    if attempts:
        view = button("answer", say("interface.question.answer"), about=about(item))
        view += next_button(item.id)
    return Checked(item, Reply(html, view, "unread"), html, attempts)


def check(item_id: str = "", value: object = ..., *, answer: bool = False) -> Checked:
    """Check a value that you computed.

    Parameters
    ----------
    item_id : str
        A question that is answered with code, such as ``"01-16"``.
    value : object
        Your value. The dots ``...`` mean "not yet".
    answer : bool
        True shows the answer, without another try.

    Returns
    -------
    Checked
        The feedback: the first two tries give hints, the third the answer.

    Raises
    ------
    CourseError
        If there is no such question.

    Examples
    --------
    >>> from mali_course.questions import bank
    >>> first = next(item.id for item in bank.items() if item.kind == "code")
    >>> check(first, ...).state
    'unread'
    """
    item = find(item_id)
    if not isinstance(item, Code):
        return _calm(item, say("interface.unread.not_code", id=item.id))
    attempts = Attempts(item, the_log())
    if value is ... and not answer:
        return _calm(item, item.kind_text("unread_dots"), attempts)
    logged = _log_form(value)
    told = attempts.show() if answer else attempts.answer(value, logged=logged)
    last = attempts.last_answer()
    tries = last.tries if last else 0
    saved = saved_value_html(item, "" if answer else str(logged), told.state, tries)
    return Checked(item, _reply(attempts, told), saved, attempts)
