"""progress(): the learner's progress, and the controls to keep or move it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import starmap

from mali_course.core.errors import CourseError
from mali_course.core.html import button, paragraph, text_of
from mali_course.core.lessons import Lesson, lesson, lessons
from mali_course.core.messages import say
from mali_course.core.table import Table
from mali_course.forms.exchange import Reply, Submission
from mali_course.forms.live import LiveForm
from mali_course.questions import bank
from mali_course.record.log import Log, the_log
from mali_course.record.portable import file_name, pack_log, restore_events, where_saved
from mali_course.record.summary import ObjectiveState, item_states, objective_states

__all__ = ["progress", "summary_html"]


def _lesson_html(lesson: Lesson, states: Sequence[ObjectiveState]) -> str:
    count, done = sum(state.count for state in states), sum(state.done for state in states)
    first, seen = sum(state.first for state in states), sum(state.seen for state in states)
    title = say("interface.progress.title_lesson", lesson=lesson.id, title=lesson.title)
    begun = any(state.revisit or len(state.left) < state.count for state in states)
    key = "summary" if begun else "summary_none"
    line = say(f"interface.progress.{key}", done=done, count=count, first=first, seen=seen)
    nothing, of = say("interface.progress.nothing"), "interface.progress.of"
    rows = [
        (
            state.objective.text,
            say(of, done=state.done, count=state.count),
            str(state.first),
            str(state.seen),
            ", ".join(state.left) or nothing,
            ", ".join(state.revisit) or nothing,
        )
        for state in states
    ]
    total = say("interface.progress.total")
    rows.append((total, say(of, done=done, count=count), str(first), str(seen), nothing, nothing))
    names = ("objective", "done", "first", "seen", "left", "revisit")
    columns = tuple(say(f"interface.progress.{name}") for name in names)
    return paragraph(line) + Table(title, columns, tuple(rows)).to_html()


def _whole_html(states: Sequence[ObjectiveState]) -> str:
    done, count = sum(state.done for state in states), sum(state.count for state in states)
    return paragraph(say("interface.progress.whole", done=done, count=count), "mali-heading")


def summary_html(log: Log, chosen: tuple[Lesson, ...]) -> str:
    """Return the progress in some lessons as HTML: a sentence and a table each, and their sum."""
    items = item_states(log.events())
    by_lesson = {lesson: objective_states(lesson, items) for lesson in chosen}
    every = [state for states in by_lesson.values() for state in states]
    html = _whole_html(every) if len(chosen) > 1 else ""
    html += "".join(starmap(_lesson_html, by_lesson.items()))
    if log.place and log.problem:
        html += paragraph(say("interface.progress.unsaved", reason=log.problem))
    for file, count in log.spoiled_files():
        html += paragraph(say("interface.progress.spoiled", file=file, count=count))
    return html


def _tools(log: Log) -> str:
    # A page opened on Binder or a class server is not "this computer", so the folder is shown.
    return (
        f"<fieldset><legend>{escape(say('interface.progress.tools'))}</legend>"
        f'<label class="mali-field"><span>{escape(say("interface.progress.name"))}</span> '
        '<input type="text" name="learner" autocomplete="off"></label>'
        + button("download", say("interface.progress.download"))
        + f'<label class="mali-field"><span>{escape(say("interface.progress.file"))}</span> '
        '<input type="file" name="file" accept=".json,application/json"></label>'
        + button("restore", say("interface.progress.restore"))
        + paragraph(where_saved(log))
        + "</fieldset>"
    )


def progress(number: str | int | None = None) -> LiveForm:
    """Show your progress, in one lesson or in all; download it or restore it.

    Parameters
    ----------
    number : str or int, optional
        A lesson, such as ``"01"``.

    Raises
    ------
    CourseError
        If there is no such lesson.

    Examples
    --------
    >>> "objective" in str(progress("01")._repr_mimebundle_()[0]["text/html"]).lower()
    True
    """
    log = the_log()
    with_items = tuple(one for one in lessons() if one.id in bank.lessons())
    chosen = with_items if number is None else (lesson(number),)

    def respond(sent: Submission) -> Reply:
        given = {name: values[0] for name, values in sent.values.items() if values}
        file, status = None, ""
        try:
            if sent.action == "download":
                text = pack_log(log, given.get("learner", ""))
                name = file_name(given.get("learner", ""))
                file = {"name": name, "type": "application/json", "text": text}
                status = say("interface.progress.downloaded", name=name)
            elif sent.action == "restore":
                text = given.get("file", "")
                status = restore_events(log, text) if text else say("interface.progress.no_file")
        except CourseError as problem:
            status = str(problem)
        return Reply(paragraph(status), summary_html(log, chosen), file=file)

    summary = summary_html(log, chosen)
    form = LiveForm(_tools(log), respond, summary, text_of(summary), first=Reply(view=summary))
    log.listen(str(number), lambda: form.show(Reply(view=summary_html(log, chosen))))
    return form
