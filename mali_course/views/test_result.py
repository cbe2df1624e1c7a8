"""The end of a mixed test: how each question went, and where to go back to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby

from mali_course.core.html import button, details_html, inline_html, paragraph
from mali_course.core.lessons import Lesson
from mali_course.core.messages import say
from mali_course.forms.render import SIGNS
from mali_course.practice.result import Result, objective_results
from mali_course.practice.session import Session
from mali_course.questions.bank import find
from mali_course.questions.item import Item
from mali_course.record.course_state import sentences_behind
from mali_course.record.item_state import ItemState, Sign, item_states
from mali_course.record.log import Event
from mali_course.views.progress_parts import MOST, lesson_link, sentence_rows
from mali_course.views.strip import (
    counts_html,
    past_button,
    question_link,
    sign_html,
    sign_shapes,
    strip_html,
)

__all__ = ["result_html", "result_lines"]


def result_html(session: Session, events: Iterable[Event]) -> str:
    """Return the result of a test.

    Parameters
    ----------
    session : Session
        A test that is over.
    events : iterable of Event
        All events; those of this test alone say how its questions went.

    Examples
    --------
    >>> "Question 01-31, not tried yet" in result_html(Session("a", ("01-31",)), [])
    True
    """
    states = item_states(event for event in events if event.get("test") == session.id)
    signs = {item_id: states.get(item_id, ItemState()).sign for item_id in session.items}
    counts = Counter(signs.values())
    results = objective_results(session)
    return (
        # The focus goes here when the result takes the place of the last question.
        f'<p class="mali-heading" tabindex="-1" data-start>{escape(_result_line(session))}</p>'
        + sign_shapes()
        + past_button()
        + strip_html(signs, say("mixed.strip"))
        + counts_html(counts)
        + paragraph(_praise(session), "mali-well")
        + _back_html(results, session, states)
        + _objectives_html(results, signs)
        + f"<div data-past>{paragraph(say('mixed.how_to_read'))}"
        + button("begin", say("mixed.again"))
        + "</div>"
    )


def _result_line(session: Session) -> str:
    line = say("mixed.result", right=session.right, count=len(session.items))
    unanswered = len(session.items) - len(session.first)
    return f"{line} {say('mixed.unanswered', count=unanswered)}" if unanswered else line


def result_lines(session: Session) -> str:
    """Return the result as a notebook keeps it: how many were right, and which.

    Examples
    --------
    >>> "02-01 ✓" in result_lines(Session("a", ("02-01",), {"02-01": "right"}))
    True
    """
    states = ((item_id, session.first.get(item_id, "")) for item_id in session.items)
    each = ", ".join(f"{item_id} {SIGNS.get(state, '–')}" for item_id, state in states)
    return paragraph(_result_line(session)) + paragraph(each)


def _praise(session: Session) -> str:
    """Return what can truly be said in praise, or ""."""
    share = session.right / len(session.items)
    if share == 1:
        return say("mixed.all_right")
    return say("mixed.most_right") if share >= MOST else ""


def _back_html(
    results: Iterable[Result], session: Session, states: Mapping[str, ItemState]
) -> str:
    """Return where to go back to: for each lesson its parts, questions and sentences."""
    missed = [result for result in results if result.right < result.asked]
    rows = "".join(
        _lesson_html(lesson, list(own), session, states)
        for lesson, own in groupby(missed, key=lambda result: result.lesson)
    )
    if not rows:
        return ""
    return f"<h4>{escape(say('mixed.back'))}</h4>{rows}"


def _lesson_html(
    lesson: Lesson, results: list[Result], session: Session, states: Mapping[str, ItemState]
) -> str:
    title = say("progress.lesson.row", lesson=lesson.id, title=lesson.title)
    parts = dict.fromkeys(part for result in results for part in result.parts)
    named = ", ".join(say("mixed.part", part=part) for part in parts)
    missed = sorted(
        item_id
        for item_id in session.items
        if item_id.startswith(f"{lesson.id}-") and session.first.get(item_id) != "right"
    )
    ways = " ".join(map(question_link, missed))
    called: dict[str, list[Item]] = {}
    for item in map(find, missed):
        for locator in sentences_behind(item, states.get(item.id, ItemState())):
            called.setdefault(locator, []).append(item)
    title_of_fold = escape(say("progress.lesson.again", count=len(called)))
    return (
        f"<p><strong>{lesson_link(lesson, title)}</strong>"
        f"{f': {escape(named)}' if named else ''}<br>"
        f"{escape(say('mixed.questions'))} {ways}</p>"
        + details_html(title_of_fold, sentence_rows(called), f"again-{lesson.id}")
    )


def _objectives_html(results: Iterable[Result], signs: Mapping[str, Sign]) -> str:
    rows = ""
    for result in results:
        goal = result.objective.id
        own = [sign for item_id, sign in signs.items() if find(item_id).objective == goal]
        of = say("mixed.of", right=result.right, count=result.asked)
        bar = "".join(map(sign_html, own))
        rows += f"<li>{inline_html(result.objective.text)} <span>{bar} {escape(of)}</span></li>"
    title = escape(say("mixed.objectives"))
    return details_html(title, f'<ul class="mali-objectives" role="list">{rows}</ul>', "objectives")
