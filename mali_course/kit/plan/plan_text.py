"""A plan as plain text for a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from mali_course.core.messages import say
from mali_course.kit.plan import plan_labels
from mali_course.kit.plan.plan_model import Activity, Plan, Session

__all__ = ["list_text", "plan_text"]

_WIDTH = 79  # a terminal of 80 columns begins a new line after the 80th
_TIME = 14  # "00:00  000  " and its margin


def _wrapped(text: str, first: str = "", rest: str | None = None) -> Iterator[str]:
    indent = " " * len(first) if rest is None else rest
    yield from textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _title(text: str, line: str) -> Iterator[str]:
    lines = list(_wrapped(text))
    yield from lines
    yield line * max(map(len, lines))


def _listed(title: str, texts: Iterable[str]) -> Iterator[str]:
    yield ""
    yield from _title(title, "-")
    for text in texts:
        yield from _wrapped(text, "- ")


def _activity(one: Activity, begin: float, start: int | None) -> Iterator[str]:
    time = f"{plan_labels.clock(begin, start):>5}  {plan_labels.minutes(one.minutes):>3}"
    yield ""
    yield from _wrapped(plan_labels.heading(one), f"{time:<{_TIME}}")
    margin = " " * _TIME
    for note in plan_labels.notes(one):
        yield from _wrapped(note, margin)
    if one.exercise and (one.exercise.cards or one.exercise.sheet):
        yield from _wrapped(say("kit_plan.show.paper"), margin)
    for step in one.exercise.steps if one.exercise else ():
        text = say("kit_plan.show.step", minutes=f"{step.minutes:>2g}", what=step.what)
        label = text[: len(text) - len(step.what)]
        yield from _wrapped(step.what, margin + label)


def _session(number: int, one: Session, begin: float, start: int | None) -> Iterator[str]:
    yield ""
    yield ""
    title = say("kit_plan.show.session", number=number, title=one.title)
    yield from _title(f"{title} ({plan_labels.span(one, begin, start)})", "-")
    if one.pause is not None:
        yield say("kit_plan.show.pause", minutes=plan_labels.minutes(one.pause))
    for part in one.activities:
        yield from _activity(part, begin, start)
        begin += part.minutes
    if one.homework:
        yield ""
        yield say("kit_plan.show.home", minutes=plan_labels.minutes(plan_labels.home(one)))
        for piece in one.homework:
            text = say("kit_plan.show.home_line", pieces=plan_labels.named(piece), how=piece.how)
            yield from _wrapped(text, "- ")


def _glance(plan: Plan) -> Iterator[str]:
    yield ""
    yield from _title(say("kit_plan.show.glance"), "-")
    heads = (say("kit_plan.show.col_minutes"), say("kit_plan.show.col_home"))
    yield f"{'':<{_WIDTH - 20}}{heads[0]:>9}{heads[1]:>11}"
    for number, one in enumerate(plan.sessions, start=1):
        in_class, at_home = one.minutes, plan_labels.home(one)
        numbers = f"{plan_labels.minutes(in_class):>9}{plan_labels.minutes(at_home):>11}"
        lines = textwrap.wrap(f"{number:>2}. {one.title}", _WIDTH - 22, subsequent_indent="    ")
        yield f"{lines[0]:<{_WIDTH - 20}}{numbers}"
        yield from lines[1:]
    yield from _wrapped(say("kit_plan.show.glance_note"))


def plan_text(plan: Plan, start: int | None = None, only: int | None = None) -> str:
    """Return a plan, or one session of it, as text of at most 79 columns.

    Parameters
    ----------
    plan : Plan
    start : int, optional
        Minutes after midnight at which a day begins. None: count from 0:00.
    only : int, optional
        Number of the only session to show.

    Examples
    --------
    >>> from mali_course.kit.plan.plan_loader import plan
    >>> plan_text(plan("half-day")).splitlines()[0]
    'A half-day workshop: the tour and Mali at a glance'
    """
    numbered = list(enumerate(zip(plan.sessions, plan_labels.starts(plan), strict=True), start=1))
    if only is not None:
        session, begin = numbered[only - 1][1]
        return "\n".join(_session(only, session, begin, start)).strip("\n")
    lines = [*_title(plan.title, "=")]
    lines += _wrapped(f"{say('kit_plan.show.for_whom')} {plan.for_whom}")
    lines += _listed(say("kit_plan.show.about"), plan.about)
    lines += _listed(say("kit_plan.show.prepare"), plan.prepare)
    lines += ["", *_title(say("kit_plan.show.print"), "-")]
    for one in plan.prints:
        lines += [f"  {one.command}", *_wrapped(one.copies, "    ")]
    lines += _listed(say("kit_plan.show.materials"), plan.materials)
    lines += _listed(say("kit_plan.show.network"), plan.network_fails)
    lines += _glance(plan)
    for number, (session, begin) in numbered:
        lines += _session(number, session, begin, start)
    lines += ["", "", *_title(say("kit_plan.show.account"), "-")]
    lines += _wrapped(say("kit_plan.show.account_lead"))
    for of in plan.lessons:
        lines += ["", say("kit_plan.show.lesson_title", id=of.id, title=of.title)]
        for fate in plan_labels.fates(plan, of):
            lines += _wrapped(fate, "  ", "    ")
    lines += ["", *_wrapped(say("kit_plan.show.foot"))]
    return "\n".join(lines)


def list_text(plans: Iterable[Plan]) -> str:
    """Return all plans in short.

    Examples
    --------
    >>> from mali_course.kit.plan.plan_loader import plans
    >>> "half-day" in list_text(plans().values())
    True
    """
    lines = [*_title(say("kit_plan.list.title"), "=")]
    for one in plans:
        count = len(one.sessions)
        sessions = (
            say("kit_plan.list.sessions_one")
            if count == 1
            else say("kit_plan.list.sessions", count=count)
        )
        whole = plan_labels.minutes(one.minutes)
        told = (
            say(
                "kit_plan.list.line",
                sessions=sessions,
                minutes=whole,
                home=plan_labels.minutes(one.home_minutes),
            )
            if one.home_minutes
            else say("kit_plan.list.line_alone", sessions=sessions, minutes=whole)
        )
        lines += ["", one.name]
        for text in (one.title, told, one.for_whom):
            lines += _wrapped(text, "  ")
    lines += ["", *_wrapped(say("kit_plan.list.how"))]
    return "\n".join(lines)
