"""What an explorer is: a few controls, and a chart for their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from mali_course.charts.base import Chart

__all__ = ["Control", "Explorer", "choose"]


@dataclass(frozen=True)
class Control:
    """A list to choose one value from.

    Parameters
    ----------
    name : str
        Name of the value.
    label : str
        What the learner reads beside the list.
    options : tuple of (str, str)
        ``(value, label)`` pairs, in the order shown.
    default : str
        The value at the start; one of the options.

    Examples
    --------
    >>> Control("year", "Year", (("2018", "2018"), ("2019", "2019")), "2019").default
    '2019'
    """

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    default: str


class Explorer(Protocol):
    """A question about data that the learner answers by changing what is shown."""

    name: str
    title: str
    question: str
    controls: tuple[Control, ...]

    def view(self, values: Mapping[str, str]) -> Chart:
        """Return the chart for the values of the controls; odd or missing values mean defaults."""
        ...


def choose(control: Control, values: Mapping[str, str]) -> str:
    """Return the value of a control, or its default where the value is missing or odd.

    Examples
    --------
    >>> choose(Control("year", "Year", (("2019", "2019"),), "2019"), {"year": "soon"})
    '2019'
    """
    value = values.get(control.name)
    known = [option for option, _ in control.options]
    return value if isinstance(value, str) and value in known else control.default
