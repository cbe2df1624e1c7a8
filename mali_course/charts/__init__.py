"""The charts: chart() draws one by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mali_course.core.errors import CourseError
from mali_course.core.libraries import imported, uninterrupted
from mali_course.core.messages import say
from mali_course.core.suggest import nearest

if TYPE_CHECKING:
    from mali_course.charts.chart_base import Chart

__all__ = ["CHARTS", "chart"]

# Name: module and function. A new chart is one function and one line here.
CHARTS: Mapping[str, tuple[str, str]] = {
    "mali-map": ("mali_map", "mali_map"),
    "sahel-map": ("sahel_map", "sahel_map"),
    "displacement": ("displacement", "displacement"),
    "elections": ("elections", "elections"),
    "foreign-forces": ("foreign_forces", "foreign_forces"),
    "north-and-texas": ("north_and_texas", "north_and_texas"),
    "actors-2012": ("actors_2012", "actors_2012"),
    "accord-measures": ("accord_measures", "accord_measures"),
    "coalitions": ("coalitions", "coalitions"),
    "deaths-by-country": ("deaths_by_country", "deaths_by_country"),
    "count-releases": ("count_releases", "count_releases"),
    "civilians-killed-by": ("civilians_killed_by", "civilians_killed_by"),
    "mission-strength": ("mission_strength", "mission_strength"),
    "mission-budget": ("mission_budget", "mission_budget"),
    "mission-deaths": ("mission_deaths", "mission_deaths"),
    "aid-figures": ("aid_figures", "aid_figures"),
    "aid-periods": ("aid_figures", "aid_periods"),
    "levers": ("levers", "levers"),
    "designations": ("designations", "designations"),
    "claim-map": ("claim_map", "claim_map"),
    "versions": ("versions", "versions"),
    "events-since": ("events_since", "events_since"),
    "judgements-since": ("events_since", "judgements_since"),
}


def chart(name: str = "") -> Chart:
    """Draw a chart of the course.

    Parameters
    ----------
    name : str
        Such as ``"displacement"``.

    Returns
    -------
    Chart
        Shown as the last value of a cell: a picture, what to see in it, and its data as a table.

    Raises
    ------
    CourseError
        If there is no chart of that name; the message lists those there are.

    Examples
    --------
    >>> chart("elections").table.columns[0]
    'Run-off of'
    """
    if not isinstance(name, str) or name not in CHARTS:
        near, known = nearest(name, CHARTS), ", ".join(CHARTS)
        raise CourseError(say("charts.unknown", name=name, near=near, names=known))
    module, function = CHARTS[name]
    draw = getattr(imported(f"mali_course.charts.gallery.{module}"), function)
    with uninterrupted():
        drawn: Chart = draw()
    return drawn
