"""argue(): the learner joins claims of the report, and the form says what the text does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

from mali_course.argument.claims import Argument, the_argument
from mali_course.argument.judging import MOST, PARTS, Judged, judge, rows_of, state_of
from mali_course.core.html import (
    button,
    details_html,
    inline_html,
    paragraph,
    text_of,
    title_html,
)
from mali_course.core.libraries import imported
from mali_course.core.messages import LANGUAGE, say
from mali_course.core.report import sentence
from mali_course.forms.exchange import Reply, Submission, Values
from mali_course.forms.live import LiveForm
from mali_course.forms.original_html import original_html
from mali_course.record.item_state import ItemState, item_states
from mali_course.record.log import Log, the_log
from mali_course.views.answering import not_saved_line

__all__ = ["FORM", "argue"]

FORM = "argument"  # the name of the form in the log
_SIGNS = {"supported": "✓", "suggested": "?", "absent": "✗", None: "–"}


def _head(argument: Argument) -> str:
    return (
        title_html(argument.title)
        + paragraph(argument.question)
        + paragraph(say("argument.form.how", count=MOST))
    )


def _select(name: str, number: int, options: Iterable[tuple[str, str]]) -> str:
    choices = "".join(
        f'<option value="{escape(value)}">{escape(text)}</option>' for value, text in options
    )
    return (
        f'<label class="mali-field mali-stack"><span>{escape(say(f"argument.form.{name}"))}</span> '
        f'<select name="{name}-{number}"><option value="">{escape(say("argument.form.choose"))}'
        f"</option>{choices}</select></label>"
    )


def _row(argument: Argument, number: int) -> str:
    claims = [(claim.id, claim.text) for claim in argument.claims]
    options = {
        "from": claims,
        "relation": [(relation.id, relation.text) for relation in argument.relations],
        "to": claims,
        "place": [(place, place) for place in argument.places],
    }
    boxes = "".join(_select(name, number, options[name]) for name in PARTS)
    legend = escape(say("argument.form.row", number=number))
    return f'<fieldset><legend>{legend}</legend><div class="mali-parts">{boxes}</div></fieldset>'


def _places(argument: Argument) -> str:
    rows = "".join(
        f'<li data-locator="{place}" data-plain>{place}: {inline_html(sentence(place).gist)}'
        f"{original_html(place, told=False)}</li>"
        for place in argument.places
    )
    return details_html(escape(say("argument.form.places")), f"<ul>{rows}</ul>")


def _body(argument: Argument, open_rows: Iterable[int]) -> str:
    """Return the controls; rows after the second open when they are wanted."""
    rows = ""
    for number in range(1, MOST + 1):
        row = _row(argument, number)
        if number > 2:
            title = escape(say("argument.form.further", number=number))
            row = details_html(title, row)
            if number in open_rows:
                row = row.replace("<details", "<details open", 1)
        rows += row
    check = button("check", say("argument.form.check"), leads=True)
    return (
        f'<div class="mali-argument" lang="{LANGUAGE}">{_head(argument)}{_places(argument)}'
        f"{rows}{check}</div>"
    )


def _saved(argument: Argument, links: str = "") -> str:
    """Return what a notebook keeps: the links of the learner, or what there is to join."""
    def listed(key: str, texts: Iterable[str]) -> str:
        rows = "".join(f"<li>{inline_html(text)}</li>" for text in texts)
        return f"<p>{escape(say(key))}</p><ul>{rows}</ul>"

    if links:
        lists = f"<p>{escape(say('argument.form.yours'))}</p>{links}"
        return _saved_block(argument, lists)
    lists = listed("argument.form.claims", (claim.text for claim in argument.claims))
    lists += listed("argument.form.relations", (one.text for one in argument.relations))
    return _saved_block(argument, lists)


def _saved_block(argument: Argument, inside: str) -> str:
    note = f"<p><em>{escape(say('argument.form.note_static'))}</em></p>"
    return f'<div class="mali-argument" lang="{LANGUAGE}">{_head(argument)}{inside}{note}</div>'


def _link_text(argument: Argument, source: str, relation: str, target: str) -> dict[str, str]:
    claims = {claim.id: claim.text for claim in argument.claims}
    relations = {one.id: one.text for one in argument.relations}
    return {"source": claims[source], "relation": relations[relation], "target": claims[target]}


def _told(argument: Argument, judged: Sequence[Judged], *, why: bool = True) -> str:
    """Return the links with the verdict on each, and with the reasons or without."""
    rows = ""
    for one in judged:
        verdict = say(f"argument.verdict.{one.verdict or 'open'}")
        said = escape(say("argument.told.row", number=one.drawn.number, verdict=verdict))
        head = f'<span aria-hidden="true">{_SIGNS[one.verdict]}</span> {said}'
        drawn = one.drawn
        link = ""
        if not drawn.missing:
            fields = _link_text(argument, drawn.source, drawn.relation, drawn.target)
            link = f"<br>{escape(say('argument.told.link', **fields))}"
        texts = "".join(f"<br>{inline_html(text)}" for text in one.texts) if why else ""
        rows += f'<li style="margin:.5em 0"><strong>{head}</strong>{link}{texts}</li>'
    return f'<ul style="list-style:none;padding:0">{rows}</ul>' if rows else ""


def _answer(argument: Argument) -> str:
    rows = "".join(
        "<li>"
        + escape(
            say(
                "argument.told.answer_row",
                places=", ".join(link.places),
                **_link_text(argument, link.source, link.relation, link.target),
            )
        )
        + "</li>"
        for link in argument.links
        if link.verdict == "supported"
    )
    return f"<p><strong>{escape(say('argument.told.answer'))}</strong></p><ul>{rows}</ul>"


class _Map:
    """A map at one form."""

    def __init__(self, argument: Argument, log: Log) -> None:
        self._argument, self._log = argument, log
        self._last = Reply()

    def state(self) -> ItemState:
        """Return what is kept of the map, in this kernel and in others."""
        own = (event for event in self._log.events() if event["item"] == FORM)
        return item_states(own).get(FORM, ItemState())

    def built(self) -> tuple[Values, Sequence[Judged]]:
        """Return what the lists hold, and how it was judged; nothing of what is not yet sent."""
        state = self.state()
        kept = state.response if state.draft is None else state.draft
        values = {
            str(name): [value]
            for name, value in (kept.items() if isinstance(kept, dict) else ())
            if isinstance(value, str)
        }
        return values, judge(self._argument, values) if values and state.draft is None else ()

    def saved(self) -> str:
        """Return the map as a notebook keeps it now: without the reasons, which tell more."""
        values, judged = self.built()
        if not judged:  # nothing is judged of what is still being built
            rows = rows_of(self._argument, values)
            judged = [Judged(row, None, False, ()) for row in rows if not row.missing]
        return _saved(self._argument, _told(self._argument, judged, why=False))

    def _keep(self, event: str, values: Values, **more: object) -> str:
        rows = rows_of(self._argument, values)
        kept = {
            f"{name}-{row.number}": value
            for row in rows
            for name, value in zip(
                PARTS, (row.source, row.relation, row.target, row.place), strict=True
            )
            if value
        }
        return self._log.add({"item": FORM, "event": event, "response": kept, **more})

    def _check(self, values: Values) -> Reply:
        # Imported at the first check, so that the form is on screen before matplotlib is loaded.
        argument_map = imported("mali_course.views.argument_picture", "matplotlib").argument_map

        judged = judge(self._argument, values)
        state, score = state_of(judged)
        told = _told(self._argument, judged)
        if state == "unread":
            words = paragraph(say("argument.unread.nothing"))
            return Reply(words + told, state=state, values=values)
        problem = self._keep("answer", values, state=state, score=round(score, 4))
        count = sum(bool(one.verdict) for one in judged)
        right = sum(one.right for one in judged)
        heading = paragraph(say("argument.told.heading", right=right, count=count), "mali-heading")
        view = argument_map(self._argument, judged).to_html()
        view += button("answer", say("argument.form.answer"))
        return Reply(heading + told + not_saved_line(problem), view, state, values=values)

    def respond(self, sent: Submission) -> Reply:
        """Answer what the page sent."""
        if sent.action == "draft":
            self._keep("draft", sent.values)
        elif sent.action == "answer":
            self._log.add({"item": FORM, "event": "shown"})
            answer = _answer(self._argument)
            self._last = Reply(answer, self._last.view, "shown", values=sent.values)
        else:
            self._last = self._check(sent.values)
        self._last = replace(self._last, saved=self.saved())
        return self._last


def argue() -> LiveForm:
    """Build an argument map: join claims of the report, and name the sentence that joins them.

    Returns
    -------
    LiveForm
        Shown as the last value of a cell: up to five links, which the form judges one by one. What
        was built before is there again.

    Examples
    --------
    >>> argue().send_values({}, action="check").state
    'unread'
    """
    argument = the_argument()
    desk = _Map(argument, the_log())
    draft, judged = desk.built()
    open_rows = [row.number for row in rows_of(argument, draft)]
    before = paragraph(say("argument.form.restored")) + _told(argument, judged)
    first = Reply(before, values=draft if judged else None) if open_rows else None
    return LiveForm(
        _body(argument, open_rows),
        desk.respond,
        desk.saved(),
        text_of(_saved(argument)),
        first=first,
        draft=draft,
    )
