"""The explorers: explore() shows one as a live form."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from mali_course.core.errors import CourseError
from mali_course.core.libraries import imported
from mali_course.core.messages import LANGUAGE, say
from mali_course.core.suggest import nearest
from mali_course.explorers.explorer_base import Explorer
from mali_course.forms.controls import controls_html
from mali_course.forms.exchange import Reply, Submission
from mali_course.forms.live import LiveForm

if TYPE_CHECKING:
    from mali_course.charts.chart_base import Chart

__all__ = ["EXPLORERS", "explore", "explorer"]

# Name: module and class. A new explorer is one module and one line here.
EXPLORERS: Mapping[str, tuple[str, str]] = {
    "g5": ("g5", "G5Explorer"),
    "crisis": ("crisis", "CrisisExplorer"),
    "accord": ("accord", "AccordExplorer"),
    "lineage": ("lineage", "LineageExplorer"),
    "violence-places": ("violence_places", "ViolencePlacesExplorer"),
    "mandate": ("mandate", "MandateExplorer"),
    "recount": ("recount", "RecountExplorer"),
    "aid": ("aid", "AidExplorer"),
    "since": ("since", "SinceExplorer"),
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
        near, known = nearest(name, EXPLORERS), ", ".join(EXPLORERS)
        raise CourseError(say("interface.explorer.unknown", name=name, near=near, names=known))
    module, cls = EXPLORERS[name]
    gallery = imported(f"mali_course.explorers.gallery.{module}", "matplotlib")
    made: Explorer = getattr(gallery, cls)()
    return made


def _reply(chart: Chart) -> Reply:
    # What is announced is the reading; the picture and its table stand below it.
    return Reply(f"<p>{escape(chart.reading)}</p>", chart.to_html(live=True))


def explore(name: str = "") -> LiveForm:
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

    def respond(sent: Submission) -> Reply:
        values = {name: given[0] for name, given in sent.values.items() if given}
        return _reply(one.view(values))

    head = f"<p><strong>{escape(one.title)}</strong></p><p>{escape(one.question)}</p>"
    chart = one.view({})
    first = _reply(chart)
    note = f"<p><em>{escape(say('interface.explorer.static'))}</em></p>"
    shown = f"{head}{first.status}{first.view}{note}"
    return LiveForm(
        head + controls_html(one.controls),
        respond,
        f'<div class="mali-explorer" lang="{LANGUAGE}">{shown}</div>',
        f"{one.title}\n{one.question}\n{chart.reading}",
        first=first,
        on_change=True,
    )
