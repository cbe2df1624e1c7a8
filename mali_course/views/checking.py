"""check(): a value that the learner computed, with the same steps of feedback as a question."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from mali_course.core.html import paragraph, text_of
from mali_course.core.messages import say
from mali_course.forms.render import feedback_html
from mali_course.forms.shown import Shown
from mali_course.questions.bank import find
from mali_course.questions.kinds.code import Code
from mali_course.questions.values import plain_value
from mali_course.record.attempts import Attempts
from mali_course.record.log import the_log

__all__ = ["Checked", "check"]

# What stands behind a comma serves where the course's style sheet is not.
_STYLE = (
    "border-left:.4rem solid var(--mali-verdict,currentColor);padding:.25rem .75rem;"
    "background:var(--mali-verdict-soft,transparent);max-width:var(--mali-column,40rem)"
)


@dataclass(frozen=True)
class Checked(Shown):
    """What `check` shows, with the state that it rests on."""

    item_id: str
    state: str

    __repr__ = Shown.__repr__


def _log_form(value: object) -> object:
    plain = plain_value(value)
    if plain is None or isinstance(plain, bool | int | float | str):
        return plain if not isinstance(plain, str) else plain[:200]
    return str(plain)[:200] if isinstance(plain, list) else type(value).__name__


def check(item_id: str = "", value: object = ..., *, answer: bool = False) -> Checked:
    """Check a value that you computed.

    Parameters
    ----------
    item_id : str
        A question that is answered with code, such as ``"01-13"``.
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
        words = say("interface.unread.not_code", id=item.id)
        return Checked(paragraph(words), words, item.id, "unread")
    attempts = Attempts(item, the_log())
    if answer:
        feedback = attempts.show()
    elif value is ...:
        # The cell as it stands: say so calmly, the same on every machine.
        words = item.kind_text("unread_dots")
        return Checked(paragraph(words), words, item.id, "unread")
    else:
        feedback = attempts.answer(value, logged=_log_form(value))
    status, view = feedback_html(feedback, item)
    if feedback.may_ask and feedback.state != "unread":
        status += paragraph(say("interface.question.code_answer", id=item.id))
    if attempts.problem:
        status += paragraph(say("interface.question.not_saved", reason=attempts.problem))
    attributes = f'class="mali-check" data-state="{feedback.state}" role="status"'
    html = f'<div {attributes} style="{escape(_STYLE)}">{status}{view}</div>'
    return Checked(html, text_of(status), item.id, feedback.state)
