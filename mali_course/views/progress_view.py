"""progress(): how the learner is doing, and the controls to keep or move what they did."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from mali_course.core.errors import CourseError
from mali_course.core.home import is_borrowed
from mali_course.core.html import button, details_html, paragraph, text_of, title_html
from mali_course.core.lessons import Lesson, lesson
from mali_course.core.messages import LANGUAGE, say
from mali_course.forms.exchange import Reply, Submission
from mali_course.forms.live import LiveForm
from mali_course.questions import bank
from mali_course.questions.retired import retired_ids
from mali_course.record.course_state import lesson_state, lesson_states, sentences_worked_on
from mali_course.record.item_state import ItemState, item_states
from mali_course.record.log import Log, the_log
from mali_course.record.portable import file_name, pack_log, restore_events, where_saved
from mali_course.views.progress_parts import lesson_html, whole_html
from mali_course.views.summary_page import page_name, summary_page

__all__ = ["progress", "progress_html"]


def _earlier_html(states: Mapping[str, ItemState], chosen: Lesson | None) -> str:
    """Return how many answers are on questions that only an earlier edition had."""
    begin = f"{chosen.id}-" if chosen else ""
    count = sum(
        state.answered
        for item_id, state in states.items()
        if item_id in retired_ids() and item_id.startswith(begin)
    )
    return paragraph(say("progress.whole.earlier", count=count)) if count else ""


def progress_html(log: Log, chosen: Lesson | None = None) -> str:
    """Return the progress in a lesson, or in the whole course, as HTML."""
    states = item_states(log.events())
    worked = sentences_worked_on(states)
    if chosen:
        html = lesson_html(lesson_state(chosen, states), worked)
    else:
        html = whole_html(lesson_states(states), worked)
    html += _earlier_html(states, chosen)
    if log.place and log.problem:
        unsaved = say("interface.progress.unsaved", reason=log.problem)
        html = paragraph(unsaved, "mali-heading") + html
    for file, count in log.spoiled_files():
        html += paragraph(say("interface.progress.spoiled", file=file, count=count))
    return html


def _title(chosen: Lesson | None) -> str:
    if chosen:
        return say("progress.lesson.title", lesson=chosen.id)
    return say("progress.whole.title")


def _reminder(log: Log) -> str:
    """Return a sentence where what is done is soon forgotten, else ""."""
    if log.place is None:
        return where_saved(log)
    return say("progress.keep.reminder") if is_borrowed() else ""


def _tools_html(log: Log) -> str:
    # A page opened on a class server is not "this computer", so the folder is shown.
    file = (
        button("download", say("interface.progress.download"))
        + f'<label class="mali-field"><span>{escape(say("interface.progress.file"))}</span> '
        '<input type="file" name="file" accept=".json,application/json"></label>'
        + button("restore", say("interface.progress.restore"))
        + paragraph(where_saved(log))
    )
    reminder = paragraph(_reminder(log), "mali-heading")
    return (
        f'<div class="mali-keep" data-past>{reminder}'
        f'<label class="mali-field"><span>{escape(say("progress.keep.name"))}</span> '
        '<input type="text" name="learner" autocomplete="off" maxlength="80"></label>'
        + button("page", say("progress.keep.page"))
        + details_html(escape(say("progress.keep.move")), file, "move")
        + "</div>"
    )


def _body_html(log: Log, chosen: Lesson | None) -> str:
    # What is typed and which fold is open stay where they are when the view above is replaced.
    return (
        f'<div class="mali-progress" data-progress="{chosen.id if chosen else ""}">'
        f"{title_html(_title(chosen))}<div data-view></div>{_tools_html(log)}</div>"
    )


def _static_html(chosen: Lesson | None) -> str:
    """Return what a saved notebook holds: the same for every learner."""
    words = (
        say("progress.keep.static", count=len(bank.lesson_items(chosen.id)))
        if chosen
        else say("progress.keep.static_whole")
    )
    title = f'<h3 class="mali-title">{escape(_title(chosen))}</h3>'
    return f'<div class="mali-progress" lang="{LANGUAGE}">{title}{paragraph(words)}</div>'


def progress(number: str | int | None = None) -> LiveForm:
    """Show how you are doing, in one lesson or in all; keep a page about it, or move it.

    A mark for each question says how it went and leads to it. Below stand the sentences to look at
    again. All this changes by itself when you answer a question.

    Parameters
    ----------
    number : str or int, optional
        A lesson, such as ``"01"``. One without questions of its own shows all.

    Raises
    ------
    CourseError
        If there is no such lesson.

    Examples
    --------
    >>> form = progress("01")
    >>> "0 of 14 questions answered" in form.reply["view"]
    True
    """
    log = the_log()
    chosen = None if number is None else lesson(number)
    if chosen and not bank.lesson_items(chosen.id):
        chosen = None  # the mixed test asks the questions of all lessons

    def respond(sent: Submission) -> Reply:
        if sent.action == "draft":
            return Reply()
        given = {name: values[0] for name, values in sent.values.items() if values}
        learner = given.get("learner", "")
        file, status = None, ""
        try:
            if sent.action == "page":
                name = page_name(learner)
                page = summary_page(item_states(log.events()), learner)
                file = {"name": name, "type": "text/html", "text": page}
                status = say("progress.keep.page_saved", name=name)
            elif sent.action == "download":
                text = pack_log(log, learner)
                name = file_name(learner)
                file = {"name": name, "type": "application/json", "text": text}
                status = say("interface.progress.downloaded", name=name)
            elif sent.action == "restore":
                text = given.get("file", "")
                status = restore_events(log, text) if text else say("interface.progress.no_file")
        except CourseError as problem:
            status = str(problem)
        return Reply(paragraph(status), progress_html(log, chosen), file=file)

    static = _static_html(chosen)
    first = Reply(view=progress_html(log, chosen))
    form = LiveForm(_body_html(log, chosen), respond, static, text_of(static), first=first)
    log.listen(str(number), lambda: form.show(Reply(view=progress_html(log, chosen))))
    return form
