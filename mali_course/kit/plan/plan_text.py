"""A plan as plain text for a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from mali_course.core.messages import say
from mali_course.kit.plan.plan_blocks import plan_blocks
from mali_course.kit.plan.plan_clock import minutes_text
from mali_course.kit.plan.plan_model import Plan
from mali_course.kit.templating import render

__all__ = ["plan_list_text", "plan_text"]

_WIDTH = 79  # a terminal of 80 columns begins a new line after the 80th
_FIGURES = 20  # of it for minutes


def _wrapped_text(text: str, first: str = "", rest: str | None = None) -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first) if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _underlined_text(text: str, sign: str = "-") -> str:
    wrapped = _wrapped_text(text)
    return f"{wrapped}\n{sign * max(map(len, wrapped.splitlines()))}"


def _glance_row(number: str, title: str, minutes: str, home: str) -> str:
    """Return a session with its minutes in class and at home, in columns."""
    width = _WIDTH - _FIGURES
    first, *rest = textwrap.wrap(
        f"{number}{title}", width - 2, subsequent_indent=" " * len(number)
    ) or [""]
    return "\n".join([f"{first:<{width}}{minutes:>9}{home:>11}", *rest])


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
    return render(
        "plan.txt",
        title=plan.title,
        whole=only is None,
        blocks=plan_blocks(plan, start, only),
        wrapped=_wrapped_text,
        underlined=_underlined_text,
        glance_row=_glance_row,
    ).strip("\n")


def _plan_span(plan: Plan) -> str:
    """Return how many sessions and minutes a plan has."""
    count = len(plan.sessions)
    fields = {
        "sessions": say(f"kit_plan.list.sessions{'_one' if count == 1 else ''}", count=count),
        "minutes": minutes_text(plan.minutes),
    }
    if plan.home_minutes:
        return say("kit_plan.list.line", **fields, home=minutes_text(plan.home_minutes))
    return say("kit_plan.list.line_alone", **fields)


def plan_list_text(plans: Iterable[Plan]) -> str:
    """Return all plans in short.

    Examples
    --------
    >>> from mali_course.kit.plan.plan_loader import plans
    >>> "half-day" in plan_list_text(plans().values())
    True
    """
    lines = [_underlined_text(say("kit_plan.list.title"), "=")]
    for plan in plans:
        texts = (plan.title, _plan_span(plan), plan.for_whom)
        lines += ["", plan.name, *(_wrapped_text(text, "  ") for text in texts)]
    return "\n".join([*lines, "", _wrapped_text(say("kit_plan.list.how"))])
