"""A page about a learner's progress, to keep or to hand in: one sheet, complete in itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape
from pathlib import Path

from mali_course.core.formats import day
from mali_course.core.html import inline_html, paragraph
from mali_course.core.messages import LANGUAGE, say
from mali_course.core.report import about_report, in_order, sentence, sentences
from mali_course.forms.page import look_style
from mali_course.record.course_state import (
    LessonState,
    lesson_states,
    locators_again,
    sentences_worked_on,
)
from mali_course.record.item_state import ItemState, Sign
from mali_course.record.portable import file_name
from mali_course.views.progress_parts import praise, strip_of
from mali_course.views.strip import counts_html, sign_shapes

__all__ = ["page_name", "summary_page"]

_STYLE = Path(__file__).with_name("summary_page.css")
_LONGEST_NAME = 80
_MOST_SENTENCES = 5  # with their text; the others by their locators, so that one sheet holds all


def page_name(learner: str = "") -> str:
    """Return a name for the file, with the learner's name if there is one, and today's date.

    Examples
    --------
    >>> page_name("Ada L.")[:26]
    'mali-course-summary-ada-l-'
    """
    return file_name(learner, "mali-course-summary.html")


def summary_page(
    states: Mapping[str, ItemState],
    learner: str = "",
    today: date | None = None,
    style: str = "",
) -> str:
    """Return the page.

    Parameters
    ----------
    states : mapping
        As of `item_states`.
    learner : str
        A name, only if the learner typed one.
    today : datetime.date, optional
        In place of the date of this day.
    style : str
        Further style, such as the size of the paper.

    Examples
    --------
    >>> "0 of the 79 sentences" in summary_page({})
    True
    """
    chosen = lesson_states(states)
    counts: Counter[Sign] = sum((state.counts for state in chosen), Counter())
    every = [state.state_of(item) for state in chosen for item in state.items]
    answered = sum(state.answered for state in chosen)
    line = say("progress.lesson.line", answered=answered, count=sum(counts.values()))
    title = escape(say("progress.page.title"))
    when = day(today or datetime.now().astimezone().date())
    # Neither half letters, which no file can hold, nor signs that turn the writing round.
    name = "".join(letter for letter in " ".join(learner.split()) if letter.isprintable())
    name = name[:_LONGEST_NAME]
    by = say("progress.page.by", name=name) + " · " if name else ""
    body = (
        sign_shapes()
        + f"<h1>{title}</h1>"
        + f"<p>{escape(by + say('progress.page.date', date=when))}</p>"
        + f'<p class="mali-heading">{escape(line)}. {escape(_sentences_line(states))}</p>'
        + "".join(paragraph(text) for text in praise(every))
        + f"<h2>{escape(say('progress.page.lessons'))}</h2>"
        + "".join(map(_lesson_row, chosen))
        + counts_html(counts)
        + f"<h2>{escape(say('progress.page.again'))}</h2>"
        + _again_html(chosen)
        + f"<footer>{paragraph(say('progress.page.made'))}{paragraph(_report_line())}</footer>"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{LANGUAGE}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>{look_style()}{_STYLE.read_text('utf-8')}{style}</style>"
        "</head>"
        f'<body><main class="mali-sheet">{body}</main></body></html>\n'
    )


def _sentences_line(states: Mapping[str, ItemState]) -> str:
    count, done = len(sentences()), len(sentences_worked_on(states))
    if done == count:
        return say("progress.whole.end", count=count)
    return say("progress.whole.left", done=done, count=count, left=count - done)


def _lesson_row(state: LessonState) -> str:
    title = say("progress.lesson.row", lesson=state.lesson.id, title=state.lesson.title)
    of = say("progress.lesson.of", answered=state.answered, count=len(state.items))
    strip = strip_of(state, ways=False)
    return f'<h3 class="mali-lesson">{escape(title)} <span>{escape(of)}</span></h3>{strip}'


def _again_html(chosen: Sequence[LessonState]) -> str:
    locators = in_order(locator for state in chosen for locator in locators_again(state))
    if not locators:
        return paragraph(say("progress.page.again_none"))
    shown, others = locators[:_MOST_SENTENCES], locators[_MOST_SENTENCES:]
    rows = "".join(
        f"<li><strong>{locator}</strong> {inline_html(sentence(locator).gist)}</li>"
        for locator in shown
    )
    more = say("progress.page.again_more", locators=", ".join(others)) if others else ""
    return f'<ul class="mali-sentences">{rows}</ul>{paragraph(more)}'


def _report_line() -> str:
    report = about_report()
    return say(
        "progress.page.report",
        publisher=report.publisher,
        title=report.title,
        product=report.product,
        version=report.version,
        date=report.date,
    )
