"""chart(): a chart by its name, and what of it can be tapped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from mali_course.charts import chart as drawn_chart
from mali_course.core.typed import meant_name
from mali_course.forms.claims_on_tap import claims_html

if TYPE_CHECKING:
    from mali_course.charts.chart_base import Chart

__all__ = ["chart"]

_ON_TAP: Mapping[str, Callable[[], str]] = {"claim-map": claims_html}


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
        Where each mark of the picture is something to read, marks that open it stand in its place.

    Raises
    ------
    CourseError
        If there is no chart of that name; the message lists those there are.

    Examples
    --------
    >>> 'type="radio"' in chart("claim-map").to_html()
    True
    """
    drawn = drawn_chart(name)
    on_tap = _ON_TAP.get(meant_name(name, _ON_TAP) or "")
    return replace(drawn, on_tap=on_tap()) if on_tap else drawn
