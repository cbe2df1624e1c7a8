"""What an explorer is: a few controls, and a chart for their values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from mali_course.forms.controls import Control

if TYPE_CHECKING:
    from mali_course.charts.chart_base import Chart

__all__ = ["Explorer"]


class Explorer(Protocol):
    """A question about data that the learner answers by changing what is shown."""

    name: str
    title: str
    question: str
    controls: tuple[Control, ...]

    def view(self, values: Mapping[str, str]) -> Chart:
        """Return the chart for the values of the controls; odd or missing values mean defaults."""
        ...
