"""The charts: chart() draws one by name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mali_course.core.errors import CourseError
from mali_course.core.libraries import imported
from mali_course.core.messages import say
from mali_course.core.suggest import nearest_names
from mali_course.core.typed import meant_name

if TYPE_CHECKING:
    from mali_course.charts.chart_base import Chart

__all__ = ["CHARTS", "chart"]

# A chart is a module of gallery/ with a function draw(); its name is that of the module.
_GALLERY = Path(__file__).with_name("gallery")
CHARTS = tuple(sorted(path.stem.replace("_", "-") for path in _GALLERY.glob("[a-z]*.py")))


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
    meant = meant_name(name, CHARTS)
    if meant is None:
        near, known = nearest_names(name, CHARTS), ", ".join(CHARTS)
        raise CourseError(say("charts.unknown", name=name, near=near, names=known))
    module = imported(f"mali_course.charts.gallery.{meant.replace('-', '_')}", "matplotlib")
    with imported("mali_course.charts.style").plain_style():
        drawn: Chart = module.draw()
    return drawn
