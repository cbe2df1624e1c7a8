"""report(): the learner adds the report, and its own words then appear under our digest."""

from __future__ import annotations

from base64 import b64decode
from html import escape
from urllib.parse import urlsplit
from weakref import WeakSet

from mali_course.core.bibliography import recognise_text, report_places_html
from mali_course.core.errors import CourseError
from mali_course.core.formats import listed
from mali_course.core.home import is_borrowed
from mali_course.core.html import button, details_html, paragraph, text_of, title_html
from mali_course.core.lessons import Lesson, lesson
from mali_course.core.messages import LANGUAGE, say
from mali_course.core.report import in_order, sentence, sentences
from mali_course.forms.digest import digest_html, originals_html
from mali_course.forms.exchange import Reply, Submission, Values
from mali_course.forms.live import LiveForm
from mali_course.original import fetching
from mali_course.original.bringing import Brought, recognise_file
from mali_course.original.kept import (
    keep_own,
    originals,
    own_file,
    own_originals,
    read_originals,
    remove_own,
    shared_file,
)
from mali_course.original.outcome import outcome_text, paragraphs_text
from mali_course.record.course_state import sentences_of
from mali_course.record.item_state import items_behind
from mali_course.record.log import the_log

__all__ = ["report"]


def _content(values: Values) -> bytes:
    """Return the file that the page sent as a ``data:`` address."""
    given = "".join(values.get("file", [])[:1])
    if not given.startswith("data:"):
        raise CourseError(say("report_form.no_file"))
    try:
        return b64decode(given.partition(",")[2])
    except ValueError:  # no page sends this
        raise CourseError(say("report_form.no_file")) from None


def _bring_html(*, leads: bool) -> str:
    """Return the controls with which a file is chosen, or fetched."""
    hosts = listed([str(urlsplit(place.url).hostname) for place in fetching.fetched_places()])
    about = paragraph(say("report_form.fetch_about", hosts=hosts))
    fetching_html = about + button("fetch", say("report_form.fetch"))
    return (
        paragraph(say("report_form.places"))
        + report_places_html()
        + details_html(escape(say("report_form.fetch_fold")), fetching_html, "fetch")
        + f'<label class="mali-field"><span>{escape(say("report_form.file"))}</span> '
        '<input type="file" name="file" data-binary '
        'accept=".pdf,.html,.htm,.mht,.mhtml,.txt,application/pdf,text/html,text/plain"></label>'
        + button("read", say("report_form.read"), leads=leads)
    )


class _ReportForm:
    """One form: what it shows of what is there, and what each button does."""

    def __init__(self, chosen: Lesson | None) -> None:
        self._lesson = chosen
        every = [one.locator for one in sentences()]
        # A lesson beside the report has no sentences of its own.
        self._locators = list(sentences_of(chosen) if chosen else ()) or every
        self._scope = "_lesson" if len(self._locators) < len(every) else ""
        self.form = LiveForm(
            self.body(),
            self.respond,
            self.saved(),
            text_of(self.saved()),
            slow={"read": say("report_form.reading"), "fetch": say("report_form.fetching")},
        )

    def body(self) -> str:
        """Return what is there, and the controls."""
        there = originals()
        if there:
            inside = self._there_html(set(there))
        else:
            inside = paragraph(say("report_form.about", count=len(sentences())))
            inside = self._framed(say("report_form.fold"), inside + _bring_html(leads=True))
        return f'<div class="mali-report" lang="{LANGUAGE}">{inside}</div>'

    def _framed(self, line: str, inside: str) -> str:
        """Return what is to be done: below the title, or in a lesson under a fold of one line.

        The focus goes to either when it takes the place of something else.
        """
        if self._lesson:
            html = details_html(escape(line), inside, "report")
            return html.replace("<summary ", "<summary data-start ", 1)
        title = title_html(say("report_form.title")).replace("<h3 ", "<h3 data-start ", 1)
        return title + inside

    def _there_html(self, there: set[str]) -> str:
        missing = [locator for locator in self._locators if locator not in there]
        count = len(self._locators)
        line = say(f"report_form.there.all{self._scope}", count=count)
        if missing:
            line = say(
                f"report_form.there.some{self._scope}",
                there=count - len(missing),
                count=count,
                paragraphs=paragraphs_text(missing),
            )
        more = ""
        if len(there) < len(sentences()):
            title = escape(say("report_form.fold_more"))
            more = details_html(title, _bring_html(leads=False), "bring")
        if self._lesson:
            return self._framed(line, more + _kept_html())
        title = escape(say("report_form.there.kept_title"))
        kept = details_html(title, _kept_html(), "kept")
        return self._framed(line, paragraph(line, "mali-heading") + more + kept)

    def saved(self) -> str:
        """Return what a notebook keeps: the same for every learner."""
        title = "" if self._lesson else title_html(say("report_form.title"))
        static = paragraph(say("report_form.static"))
        return f'<div class="mali-report" lang="{LANGUAGE}">{title}{static}</div>'

    def respond(self, sent: Submission) -> Reply:
        """Answer what the page sent."""
        try:
            match sent.action:
                case "read":
                    return self._bring(recognise_file(_content(sent.values)))
                case "fetch":
                    return self._bring(fetching.fetch_report())
                case "remove":
                    return self._remove()
        except CourseError as problem:
            return Reply(paragraph(str(problem)), state="unread", originals=_originals_now())
        return Reply()

    def _bring(self, brought: Brought) -> Reply:
        if not brought.sentences:
            status = paragraph(outcome_text(brought), "mali-heading") + paragraph(recognise_text())
            return Reply(status, state="unread", originals=_originals_now())
        problem_html = ""
        try:
            keep_own(brought.sentences)
        except CourseError as problem:
            problem_html = paragraph(str(problem))
        there = originals()
        status = paragraph(outcome_text(brought, there), "mali-heading") + problem_html
        if len(there) < len(sentences()):
            status += paragraph(say("report_form.rest"))
        if self._lesson:  # its passages are the sample
            if brought.sentences.keys() & self._locators:
                status += paragraph(say("report_form.recognised_lesson"))
            return self._changed(status, "")
        first = sentence(in_order(brought.sentences)[0]).paragraph
        status += paragraph(say("report_form.recognised", paragraph=first))
        behind = items_behind(the_log().events())
        view = f"<p><strong>{escape(say('report_form.sample', paragraph=first))}</strong></p>"
        return self._changed(status, view + digest_html([first], behind=behind))

    def _remove(self) -> Reply:
        remove_own()
        stays = "removed_own" if originals() else "removed"
        return self._changed(paragraph(say(f"report_form.{stays}")), "")

    def _changed(self, status: str, view: str) -> Reply:
        """Show what is there now, in the other forms too."""
        now = _originals_now()
        for other in list(_FORMS):
            if other is not self:
                other.form.show(Reply(body=other.body(), originals=now))
        return Reply(status, view, "kept", body=self.body(), originals=now)


# The forms that this Python shows.
_FORMS: WeakSet[_ReportForm] = WeakSet()


def _originals_now() -> dict[str, str]:
    return originals_html(items_behind(the_log().events()))


def _kept_html() -> str:
    """Return where the sentences are, and the button that removes what the learner has brought."""
    html = ""
    if own_originals():
        filed = read_originals(own_file())
        where = say("report_form.there.kept", path=own_file())
        html += paragraph(where if filed else say("report_form.there.held"))
        html += paragraph(say("report_form.there.notebooks"))
        html += paragraph(say("report_form.there.borrowed")) if is_borrowed() else ""
        html += button("remove", say("report_form.remove"))
    if read_originals(shared_file()):
        html += paragraph(say("report_form.there.shared"))
    return html


def report(number: str | int | None = None) -> LiveForm:
    """Add the report, so that its own words appear under our digest, or remove it again.

    The course does not contain the report's text. It recognises the sentences in the file that you
    choose, or that it fetches when you ask it to, and keeps them in your own data folder.

    Parameters
    ----------
    number : str or int, optional
        A lesson, such as ``"03"``: there it takes one line, and opens on demand.

    Raises
    ------
    CourseError
        If there is no such lesson.

    Examples
    --------
    >>> form = report()
    >>> "does not contain its text" in form.body
    True
    >>> form.send_values({}, action="read").status
    '<p>Choose a file first, then press “Read the file”.</p>'
    """
    one = _ReportForm(None if number is None else lesson(number))
    _FORMS.add(one)
    return one.form
