"""The explorers: explore() shows one as a live form."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from importlib import import_module

from mali_course.errors import CourseError
from mali_course.explorers.base import Explorer
from mali_course.forms.html import controls_html
from mali_course.forms.live import LiveForm, Reply, Submission
from mali_course.suggest import nearest
from mali_course.words import say

__all__ = ["EXPLORERS", "explore", "explorer"]

# Name: module and class. A new explorer is one module and one line here.
EXPLORERS: Mapping[str, tuple[str, str]] = {
    "g5": ("g5", "G5Explorer"),
    "crisis": ("crisis", "CrisisExplorer"),
    "accord": ("accord", "AccordExplorer"),
}


def explorer(name: str) -> Explorer:
    """Return an explorer by name.

    Raises
    ------
    CourseError
        If there is none of that name.

    Examples
    --------
    >>> len(explorer("g5").controls) <= 4
    True
    """
    if not isinstance(name, str) or name not in EXPLORERS:
        raise CourseError(
            say("interface.explorer.unknown", name=name, names=", ".join(EXPLORERS))
            + nearest(name, EXPLORERS)
        )
    module, cls = EXPLORERS[name]
    made: Explorer = getattr(import_module(f"mali_course.explorers.{module}"), cls)()
    return made


def explore(name: str) -> LiveForm:
    """Show an explorer: choose what a chart shows, and read it.

    Parameters
    ----------
    name : str
        Such as ``"g5"``.

    Raises
    ------
    CourseError
        If there is none of that name.

    Examples
    --------
    >>> explore("g5").on_change
    True
    """
    one = explorer(name)

    def view(values: Mapping[str, list[str]]) -> Reply:
        chart = one.view({key: given[0] for key, given in values.items() if given})
        # What is announced is the reading; the picture and its table stand below it.
        return Reply(f"<p>{escape(chart.reading)}</p>", chart.to_html(live=True))

    def respond(sent: Submission) -> Reply:
        return view(sent.values)

    head = (f"<p><strong>{escape(one.title)}</strong></p>"
            f"<p>{escape(one.question)}</p>")
    first = one.view({})
    note = f"<p><em>{escape(say('interface.explorer.static'))}</em></p>"
    return LiveForm(
        head + controls_html(one.controls),
        respond,
        f'<div class="mali-explorer" lang="en">{head}{first.to_html()}{note}</div>',
        f"{one.title}\n{one.question}\n{first.reading}",
        first=view({}),
        on_change=True,
    )
