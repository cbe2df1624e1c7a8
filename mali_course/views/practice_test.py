"""test(): the mixed test as one live form, a question at a time."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from html import escape

from mali_course.core.html import button, paragraph, text_of, title_html
from mali_course.core.messages import LANGUAGE, say
from mali_course.forms.exchange import Reply, Submission
from mali_course.forms.live import LiveForm
from mali_course.forms.render import question_html
from mali_course.practice.sampling import SIZE, askable_items, sample_items
from mali_course.practice.session import TEST, Session, last_answers, last_session
from mali_course.questions.bank import find
from mali_course.record.attempts import Attempts
from mali_course.record.log import Log, the_log
from mali_course.views.answering import not_saved_line, responder, saved_question
from mali_course.views.test_result import result_html, result_lines

__all__ = ["test"]


def _focused_line(text: str, name: str = "mali-meta") -> str:
    # The focus goes here when a page of the test takes the place of another.
    return f'<p class="{name}" tabindex="-1" data-start>{escape(text)}</p>'


def _intro_html() -> str:
    about = paragraph(say("mixed.about", count=SIZE)) + paragraph(say("mixed.way"))
    return title_html(say("mixed.title")) + about


def _standing(session: Session, item_id: str) -> str:
    """Return which question of a test this is, and how many were right so far."""
    place = session.items.index(item_id) + 1
    words = say("mixed.place_of", place=place, count=len(session.items))
    if session.first:
        words += " " + say("mixed.so_far", right=session.right, count=len(session.first))
    return words


def _saved_block(inside: str) -> str:
    return f'<div class="mali-test" lang="{LANGUAGE}">{inside}</div>'


class _TestController:
    """A test at one form: what is shown, and what each button does."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._respond_here: Callable[[Submission], Reply] | None = None
        self._shown = ""  # id of the question on the page
        self._left_once = False  # Next was pressed before an answer
        self._last = Reply()
        self._problem = ""

    def last_drawn(self) -> Session | None:
        """Return the test drawn last, in this kernel or in another."""
        return last_session(self._log.events(), {item.id for item in askable_items()})

    def _log_event(self, event: str, test: str, **more: object) -> None:
        self._problem = self._log.add({"item": TEST, "event": event, "test": test, **more})

    def first_page(self) -> str:
        """Return the page that stands there before the learner begins or comes back."""
        session = self.last_drawn()
        if session is None:
            return _intro_html() + button("begin", say("mixed.begin"), leads=True)
        if session.next is None:
            return _intro_html() + result_html(session, self._log.events())
        place = session.items.index(session.next) + 1
        left = paragraph(say("mixed.left_at", place=place, count=len(session.items)))
        return (
            _intro_html()
            + left
            + button("next", say("mixed.go_on"), leads=True)
            + button("begin", say("mixed.again"))
        )

    def saved(self) -> str:
        """Return the test as a notebook keeps it now: where it stands, and the question shown."""
        session = self.last_drawn()
        inside = _intro_html()
        if session and self._shown:
            inside += paragraph(_standing(session, self._shown))
            inside += saved_question(Attempts(find(self._shown), self._log, session.id))
            return _saved_block(inside)
        if session and session.next:
            inside += paragraph(_standing(session, session.next))
        elif session:
            inside += result_lines(session)
        return _saved_block(inside + f"<p><em>{escape(say('mixed.note_static'))}</em></p>")

    def _draw_test(self) -> Reply:
        events = self._log.events()
        last = self.last_drawn()
        items = sample_items(askable_items(), last_answers(events), last.first if last else ())
        self._log_event("drawn", os.urandom(6).hex(), items=list(items))
        return self._next_page()

    def _next_page(self) -> Reply:
        """Show the next question, or the result."""
        self._left_once = False
        session = self.last_drawn()
        if session is None:  # the log was taken away meanwhile
            self._shown, self._respond_here = "", None
            return Reply(body=self.first_page())
        if session.next is None:
            self._shown, self._respond_here = "", None
            count = len(session.items)
            status = paragraph(say("mixed.finished", right=session.right, count=count))
            body = title_html(say("mixed.title")) + result_html(session, self._log.events())
            return Reply(status + not_saved_line(self._problem), body=body)
        item = find(session.next)
        self._shown = item.id
        self._respond_here = responder(Attempts(item, self._log, session.id))
        place, count = session.items.index(item.id) + 1, len(session.items)
        buttons = button("next", say("mixed.next" if place < count else "mixed.show_result"))
        more = "" if place == count else button("end", say("mixed.end"))
        body = (
            _focused_line(say("mixed.place_of", place=place, count=count))
            + f'<input type="hidden" name="question" value="{item.id}">'
            + question_html(item, "live", buttons=buttons + more)
        )
        status = paragraph(_standing(session, item.id))
        return Reply(status + not_saved_line(self._problem), body=body)

    def _leave_question(self) -> Reply:
        """Leave the question on the page; one without an answer only when asked twice."""
        session = self.last_drawn()
        if session and self._shown in session.items and self._shown not in session.first:
            if not self._left_once:
                self._left_once = True
                return Reply(paragraph(say("mixed.no_answer")), self._last.view, "unread")
            self._log_event("passed", session.id, question=self._shown)
        return self._next_page()

    def _end_test(self) -> Reply:
        session = self.last_drawn()
        if session:
            self._log_event("ended", session.id)
        return self._next_page()

    def respond(self, sent: Submission) -> Reply:
        """Answer what the page sent."""
        if sent.action == "draft":
            return self._last
        # A second press of a button may arrive when the next question is already there.
        about = "".join(sent.values.get("question", [])[:1])
        if about != self._shown:
            return self._last
        if sent.action == "begin" and not self._shown:
            self._last = self._draw_test()
        elif sent.action == "next":
            self._last = self._leave_question()
        elif sent.action == "end":
            self._last = self._end_test()
        elif self._respond_here:
            self._last = self._respond_here(sent)
        self._last = replace(self._last, saved=self.saved())
        return self._last


def test() -> LiveForm:
    """Begin a mixed test over all sections, or go on with the one that you left.

    Each answer counts as an answer to its question, here and in `progress`. At the end stand a
    result for each objective, and where to go back to.

    Returns
    -------
    LiveForm
        Shown as the last value of a cell: one question at a time.

    Examples
    --------
    >>> form = test()
    >>> first = form.send_values({}, action="begin")
    >>> "Question 1 of 20" in first.body
    True
    """
    controller = _TestController(the_log())
    plain = text_of(_intro_html())
    return LiveForm(controller.first_page(), controller.respond, controller.saved(), plain)
