"""A plan as a page to print."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from mali_course.core.html import rich
from mali_course.core.messages import say
from mali_course.core.table import Table
from mali_course.kit.page_frame import page_style
from mali_course.kit.pdf import paper_style
from mali_course.kit.plan import plan_labels
from mali_course.kit.plan.plan_model import Activity, Exercise, Plan, Session
from mali_course.kit.templating import render

__all__ = ["plan_html"]


def _listed(title: str, texts: Iterable[str]) -> str:
    items = "".join(f"<li>{rich(text)}</li>" for text in texts)
    return f"<h2>{escape(title)}</h2><ul>{items}</ul>"


def _glance(plan: Plan) -> str:
    heads = tuple(
        say(f"kit_plan.show.col_{name}") for name in ("number", "session", "minutes", "home")
    )
    rows = tuple(
        (f"{number}", one.title, one.minutes, plan_labels.home(one))
        for number, one in enumerate(plan.sessions, start=1)
    )
    title = say("kit_plan.show.glance")
    table = Table(title, heads, rows).to_html()
    note = escape(say("kit_plan.show.glance_note"))
    return f'<h2>{escape(title)}</h2>{table}<p class="small">{note}</p>'


def _steps(exercise: Exercise) -> str:
    rows = "".join(
        f"<li><strong>{plan_labels.minutes(one.minutes)} min</strong> {rich(one.what)}</li>"
        for one in exercise.steps
    )
    return f'<ol class="steps">{rows}</ol>'


def _row(one: Activity, begin: float, start: int | None) -> str:
    notes = "".join(f"<p>{rich(note)}</p>" for note in plan_labels.notes(one))
    steps = _steps(one.exercise) if one.exercise else ""
    return (
        f'<tr><th scope="row">{plan_labels.clock(begin, start)}</th>'
        f'<td class="minutes">{plan_labels.minutes(one.minutes)}</td>'
        f"<td><p><strong>{rich(plan_labels.heading(one))}</strong></p>{notes}{steps}</td></tr>"
    )


def _session(number: int, one: Session, begin: float, start: int | None) -> str:
    title = escape(say("kit_plan.show.session", number=number, title=one.title))
    lead = plan_labels.span(one, begin, start)
    if one.pause is not None:
        lead = f"{lead}. {say('kit_plan.show.pause', minutes=plan_labels.minutes(one.pause))}"
    heads = "".join(
        f'<th scope="col">{escape(say(f"kit_plan.show.col_{name}"))}</th>'
        for name in ("time", "minutes", "what")
    )
    caption = escape(say("kit_plan.show.caption"))
    rows, minute = "", begin
    for part in one.activities:
        rows += _row(part, minute, start)
        minute += part.minutes
    home = ""
    if one.homework:
        at_home = plan_labels.minutes(plan_labels.home(one))
        label = escape(say("kit_plan.show.home", minutes=at_home))
        items = "".join(
            "<li>"
            + rich(say("kit_plan.show.home_line", pieces=plan_labels.named(piece), how=piece.how))
            + "</li>"
            for piece in one.homework
        )
        home = f"<h3>{label}</h3><ul>{items}</ul>"
    return (
        f'<section class="session"><h2>{title}</h2><p>{escape(lead)}</p>'
        f'<div class="mali-table" tabindex="0" role="region" aria-label="{title}">'
        f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>{home}</section>"
    )


def _paper(plan: Plan) -> str:
    """Return what learners get on paper: cards to cut out, sheets to copy."""
    body = ""
    for one in plan.exercises:
        if one.cards:
            title = escape(say("kit_plan.show.cards", title=one.title))
            cards = "".join(f"<li>{rich(text)}</li>" for text in one.cards)
            body += (
                f'<section class="paper"><h2>{title}</h2><ul class="cards">{cards}</ul></section>'
            )
        if one.sheet:
            title = escape(say("kit_plan.show.sheet", title=one.title))
            heads = (say("kit_plan.show.col_look"), say("kit_plan.show.col_found"))
            table = Table(one.title, heads, tuple((text, "") for text in one.sheet)).to_html()
            body += f'<section class="paper sheet"><h2>{title}</h2>{table}</section>'
    return body


def _prints(plan: Plan) -> str:
    items = "".join(
        f"<li><code>{escape(one.command)}</code><br>{rich(one.copies)}</li>" for one in plan.prints
    )
    return f"<h2>{escape(say('kit_plan.show.print'))}</h2><ul>{items}</ul>"


def _account(plan: Plan) -> str:
    body = ""
    for of in plan.lessons:
        title = escape(say("kit_plan.show.lesson_title", id=of.id, title=of.title))
        fates = "".join(f"<li>{rich(fate)}</li>" for fate in plan_labels.fates(plan, of))
        body += f"<h3>{title}</h3><ul>{fates}</ul>"
    head, lead = say("kit_plan.show.account"), say("kit_plan.show.account_lead")
    return f'<section class="account"><h2>{escape(head)}</h2><p>{escape(lead)}</p>{body}</section>'


def plan_html(
    plan: Plan, start: int | None = None, paper: str = "a4", only: int | None = None
) -> str:
    """Return a plan as a page that stands alone.

    Parameters
    ----------
    plan : Plan
    start : int, optional
        Minutes after midnight at which a day begins. None: count from 0:00.
    paper : {"a4", "letter"}
    only : int, optional
        Number of the only session to show.

    Examples
    --------
    >>> from mali_course.kit.plan.plan_loader import plan
    >>> "0:25" in plan_html(plan("half-day"))
    True
    """
    whom = f"<strong>{escape(say('kit_plan.show.for_whom'))}</strong> {rich(plan.for_whom)}"
    numbered = enumerate(zip(plan.sessions, plan_labels.starts(plan), strict=True), start=1)
    sessions = "".join(
        _session(number, one, begin, start)
        for number, (one, begin) in numbered
        if only in (None, number)
    )
    whole = (
        f"<p>{whom}</p>"
        + _listed(say("kit_plan.show.about"), plan.about)
        + _listed(say("kit_plan.show.prepare"), plan.prepare)
        + _prints(plan)
        + _listed(say("kit_plan.show.materials"), plan.materials)
        + _listed(say("kit_plan.show.network"), plan.network_fails)
        + _glance(plan)
        + sessions
        + _account(plan)
        + _paper(plan)
    )
    return render(
        "paper",
        title=plan.title,
        style_css=page_style(Path(__file__).with_name("plan.css")) + paper_style(paper),
        main_html=whole if only is None else sessions,
        foot=say("kit_plan.show.foot"),
    )
