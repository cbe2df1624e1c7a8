"""A plan as a page to print."""

from __future__ import annotations

from pathlib import Path

from mali_course.core.messages import say
from mali_course.kit.page_frame import page_style
from mali_course.kit.pdf import paper_style
from mali_course.kit.plan.plan_blocks import plan_blocks
from mali_course.kit.plan.plan_model import Plan
from mali_course.kit.templating import render

__all__ = ["plan_html"]


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
    return render(
        "plan.html",
        title=plan.title,
        style_css=page_style(Path(__file__).with_name("plan.css")) + paper_style(paper),
        blocks=plan_blocks(plan, start, only),
        foot=say("kit_plan.show.foot"),
    )
