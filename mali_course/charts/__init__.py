"""The charts: chart() draws one by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mali_course.errors import CourseError
from mali_course.quick import imported, uninterrupted
from mali_course.suggest import nearest
from mali_course.words import say

if TYPE_CHECKING:
    from mali_course.charts.base import Chart

__all__ = ["CHARTS", "chart"]

# Name: module and function. A new chart is one function and one line here.
CHARTS: Mapping[str, tuple[str, str]] = {
    "mali-map": ("maps", "mali_map"),
    "sahel-map": ("maps", "sahel_map"),
    "displacement": ("displacement", "displacement"),
    "elections": ("elections", "elections"),
    "foreign-forces": ("forces", "foreign_forces"),
    "north-and-texas": ("crisis", "north_and_texas"),
    "actors-2012": ("actors", "actors_2012"),
    "accord-measures": ("accord", "accord_measures"),
    "coalitions": ("coalitions", "coalitions"),
    "deaths-by-country": ("insurgency", "deaths_by_country"),
    "count-releases": ("releases", "count_releases"),
    "civilians-killed-by": ("civilians", "civilians_killed_by"),
    "mission-strength": ("mission", "mission_strength"),
    "mission-budget": ("mission_money", "mission_budget"),
    "mission-deaths": ("mission_deaths", "mission_deaths"),
    "aid-figures": ("aid", "aid_figures"),
    "aid-periods": ("aid", "aid_periods"),
    "levers": ("levers", "levers"),
    "designations": ("designations", "designations"),
    "claim-map": ("claim_map", "claim_map"),
    "versions": ("versions", "versions"),
    "events-since": ("since", "events_since"),
    "judgements-since": ("since", "judgements_since"),
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
    draw = getattr(imported(f"mali_course.charts.{module}"), function)
    with uninterrupted():
        drawn: Chart = draw()
    return drawn
