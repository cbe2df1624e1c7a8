"""What a learner is told of their progress: a lesson, or the whole course, as HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape
from itertools import groupby

from mali_course.core.html import details_html, inline_html, paragraph
from mali_course.core.lessons import Lesson, lessons
from mali_course.core.messages import say
from mali_course.core.report import in_order, sentence, sentences
from mali_course.forms.digest import original_below
from mali_course.questions.item import Item
from mali_course.questions.kinds.evidence import Evidence
from mali_course.record.course_state import (
    LessonState,
    lesson_state,
    locators_again,
    sentences_of,
)
from mali_course.record.item_state import ItemState, Sign
from mali_course.views.strip import (
    counts_html,
    past_button,
    question_link,
    sign_html,
    sign_shapes,
    strip_html,
)

__all__ = [
    "MOST",
    "lesson_html",
    "lesson_link",
    "praise",
    "sentence_rows",
    "strip_of",
    "whole_html",
]

_ENOUGH = 3  # questions tried, from which on it is said that most were right at the first try
MOST = 0.75  # the share from which on it is said


def lesson_link(lesson: Lesson, text: str) -> str:
    """Return a way to the notebook of a lesson."""
    return f'<a class="mali-lesson-link" href="{lesson.notebook}">{escape(text)}</a>'


def strip_of(state: LessonState, *, ways: bool = True) -> str:
    """Return the strip of a lesson."""
    signs = {item.id: state.sign_of(item) for item in state.items}
    return strip_html(signs, say("progress.strip.of_lesson", lesson=state.lesson.id), ways=ways)


def praise(states: Iterable[ItemState]) -> tuple[str, ...]:
    """Return what can truly be said in praise of answers: a sentence or two, or none.

    Examples
    --------
    >>> right = ItemState("done", first_try={"state": "right"})
    >>> len(praise([right, right, right])), praise([right, right, right, *[ItemState("tried")] * 9])
    (1, ())
    """
    tried = [one for one in states if one.standing != "new"]
    signs = Counter(one.sign for one in tried)
    judged, first = len(tried) - signs["written"], signs["first"]
    said = []
    if judged >= _ENOUGH and first == judged:
        said.append(say("progress.well.all_first", count=judged))
    elif judged >= _ENOUGH and first >= MOST * judged:
        said.append(say("progress.well.most_first", first=first, count=judged))
    if signs["later"]:
        said.append(say("progress.well.later", count=signs["later"]))
    if signs["written"]:
        said.append(say("progress.well.written"))
    return tuple(said[:2])


def _praise_html(states: Iterable[ItemState]) -> str:
    return "".join(paragraph(text, "mali-well") for text in praise(states))


def _line_html(state: LessonState | None, answered: int, count: int) -> str:
    """Return how many questions are answered, and the way to the next one."""
    line = escape(say("progress.lesson.line", answered=answered, count=count))
    following = state.next if state else None
    if following:
        key = "next" if answered else "first"
        way = question_link(following.id, say("progress.lesson.question", id=following.id))
        line += f". {escape(say(f'progress.lesson.{key}'))} {way}"
    return f'<p class="mali-heading">{line}.</p>'


def _sentence_html(locator: str, items: Iterable[Item]) -> str:
    ways = " ".join(question_link(item_id) for item_id in sorted(item.id for item in items))
    return (
        f'<li data-locator="{locator}"><strong>{locator}</strong> '
        f"{inline_html(sentence(locator).gist)}{f' ({ways})' if ways else ''}"
        f"{original_below(locator)}</li>"
    )


def sentence_rows(called: Mapping[str, Iterable[Item]]) -> str:
    """Return sentences with their text as a list, in the order of the report.

    Parameters
    ----------
    called : mapping
        The locator of each sentence to the items to which it gives the way.
    """
    rows = "".join(_sentence_html(locator, called[locator]) for locator in in_order(called))
    return f'<ul class="mali-sentences" role="list">{rows}</ul>'


def _again_html(chosen: Sequence[LessonState]) -> str:
    """Return the sentences to look at again, with their text, under a fold; or nothing."""
    called: dict[str, list[Item]] = {}
    for state in chosen:
        for locator, items in locators_again(state).items():
            called.setdefault(locator, []).extend(items)
    if not called:
        return ""
    title = say("progress.lesson.again", count=len(called))
    return details_html(escape(title), sentence_rows(called), "again")


def _missing_html(state: LessonState, missing: Sequence[str]) -> str:
    """Return sentences without an answered question, and below each paragraph the way to some.

    Which question is on which sentence is not said: that would be a hint.
    """
    html = ""
    for _, together in groupby(missing, key=lambda locator: sentence(locator).paragraph):
        mine = list(together)
        # In a question about evidence the sentences themselves are the answer.
        on_them = [
            item
            for item in state.items
            if not isinstance(item, Evidence) and not set(mine).isdisjoint(item.cites)
        ]
        ways = " ".join(question_link(item_id) for item_id in sorted(item.id for item in on_them))
        html += sentence_rows(dict.fromkeys(mine, ()))
        html += f"<p>{escape(say('progress.lesson.ask'))} {ways}</p>"
    return html


def _sentences_html(state: LessonState, worked: Collection[str]) -> str:
    """Return how many sentences of a lesson have an answered question, or that all have."""
    own = sentences_of(state.lesson)
    everything = state.answered == len(state.items)
    closing = paragraph(say("progress.lesson.end_all"), "mali-end") if everything else ""
    if not own:
        return closing
    if len(state.lesson.sections) > 1:
        return closing + _all_sentences_html(worked)
    section, count = state.lesson.sections[0], len(own)
    missing = [locator for locator in own if locator not in worked]
    if not missing:
        return closing + paragraph(
            say("progress.lesson.end", section=section, count=count), "mali-end"
        )
    if not state.begun:
        return ""
    done = count - len(missing)
    left = paragraph(say("progress.lesson.left", section=section, done=done, count=count))
    title = escape(say("progress.lesson.missing", count=len(missing)))
    return left + details_html(title, _missing_html(state, missing), "missing")


def _all_sentences_html(worked: Collection[str]) -> str:
    """Return how many sentences of the report have an answered question, and which have none."""
    every = [one.locator for one in sentences()]
    missing = [locator for locator in every if locator not in worked]
    if not missing:
        return paragraph(say("progress.whole.end", count=len(every)), "mali-end")
    done, left = len(every) - len(missing), len(missing)
    html = ""
    for one in lessons():
        mine = [locator for locator in missing if locator in sentences_of(one)]
        if len(one.sections) == 1 and mine:
            row = say("progress.lesson.row", lesson=one.id, title=one.title)
            html += f"<p><strong>{escape(row)}</strong></p>"
            html += _missing_html(lesson_state(one, {}), mine)
    line = say("progress.whole.left", done=done, count=len(every), left=left)
    title = escape(say("progress.lesson.missing", count=left))
    return paragraph(line) + details_html(title, html, "missing")


def _objective_rows(state: LessonState) -> tuple[str, int]:
    """Return a line for each objective of a lesson, and how many of them have no open question."""
    rows, done = "", 0
    for objective in state.lesson.objectives:
        own = [item for item in state.items if item.objective == objective.id]
        signs = [state.sign_of(item) for item in own]
        answered = sum(state.state_of(item).answered for item in own)
        done += answered == len(signs)
        of = say("progress.lesson.of", answered=answered, count=len(signs))
        bar = "".join(map(sign_html, signs))
        rows += f"<li>{inline_html(objective.text)} <span>{bar} {escape(of)}</span></li>"
    return rows, done


def _objectives_html(chosen: Sequence[LessonState]) -> str:
    html, done, count = "", 0, 0
    for state in chosen:
        rows, reached = _objective_rows(state)
        done, count = done + reached, count + len(state.lesson.objectives)
        if len(chosen) > 1:
            row = say("progress.lesson.row", lesson=state.lesson.id, title=state.lesson.title)
            html += f"<p><strong>{escape(row)}</strong></p>"
        html += f'<ul class="mali-objectives" role="list">{rows}</ul>'
    title = escape(say("progress.lesson.objectives", done=done, count=count))
    return details_html(title, html, "objectives")


def _folds_html(chosen: Sequence[LessonState]) -> str:
    title = escape(say("progress.whole.counts_title"))
    counts = paragraph(say("progress.whole.counts"))
    return _objectives_html(chosen) + details_html(title, counts, "counts")


def lesson_html(state: LessonState, worked: Collection[str]) -> str:
    """Return what a learner is told of a lesson.

    Parameters
    ----------
    state : LessonState
    worked : collection of str
        Locators of the sentences on which a question was answered, in any lesson.

    Examples
    --------
    >>> from mali_course.core.lessons import lesson
    >>> "Question 01-31, not tried yet" in lesson_html(lesson_state(lesson("01"), {}), ())
    True
    """
    return (
        sign_shapes()
        + _line_html(state, state.answered, len(state.items))
        + strip_of(state)
        + counts_html(state.counts)
        + _praise_html(map(state.state_of, state.items))
        + _again_html([state])
        + _sentences_html(state, worked)
        + _folds_html([state])
    )


def whole_html(chosen: Sequence[LessonState], worked: Collection[str]) -> str:
    """Return what a learner is told of the whole course.

    Parameters
    ----------
    chosen : sequence of LessonState
        All lessons.
    worked : collection of str
        As for `lesson_html`.

    Examples
    --------
    >>> "0 of 79" not in whole_html([], ()) and "79 are left" in whole_html([], ())
    True
    """
    counts: Counter[Sign] = sum((state.counts for state in chosen), Counter())
    answered = sum(state.answered for state in chosen)
    count = sum(len(state.items) for state in chosen)
    rows = ""
    for state in chosen:
        title = say("progress.lesson.row", lesson=state.lesson.id, title=state.lesson.title)
        of = say("progress.lesson.of", answered=state.answered, count=len(state.items))
        rows += f'<h4 class="mali-lesson">{lesson_link(state.lesson, title)} <span>{of}</span></h4>'
        rows += strip_of(state)
    return (
        sign_shapes()
        + _line_html(_lesson_to_go_on(chosen), answered, count)
        + _praise_html(state.state_of(item) for state in chosen for item in state.items)
        + _again_html(chosen)
        + counts_html(counts)
        + past_button()
        + rows
        + _all_sentences_html(worked)
        + _folds_html(chosen)
    )


def _lesson_to_go_on(chosen: Sequence[LessonState]) -> LessonState | None:
    """Return the lesson last worked in, or the one after it that has an open question."""
    newest = [max(state.state_of(item).last for item in state.items) for state in chosen]
    if not newest:
        return None
    last = newest.index(max(newest)) if max(newest) else 0
    return next((state for state in (*chosen[last:], *chosen[:last]) if state.next), None)
