"""What every explorer is: a question, a few controls, and a chart for their values."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mali_course.charts.canvas import ChartTexts
from mali_course.forms.controls import Control, chosen_value

if TYPE_CHECKING:
    from mali_course.charts.chart_base import Chart

__all__ = ["Explorer", "explorer_texts"]


def explorer_texts(module: str) -> ChartTexts:
    """Return the texts of an explorer, ``data/words/LANGUAGE/explorers/MODULE.toml``.

    Parameters
    ----------
    module : str
        Name of its module; what stands before a dot is left out.

    Examples
    --------
    >>> explorer_texts("mali_course.explorers.gallery.g5")("year")
    'Year'
    """
    return ChartTexts(f"explorers/{module.rpartition('.')[2]}")


class Explorer(ABC):
    """A question about data that the learner answers by changing what is shown.

    An explorer is a class made from this one, in a module of `mali_course.explorers.gallery` that
    bears its name. All its views share one figure, which is set to a view when that is drawn.

    Parameters
    ----------
    *controls : Control
        At most four.

    Examples
    --------
    >>> from mali_course.explorers import explorer
    >>> g5 = explorer("g5")
    >>> g5.name, [control.name for control in g5.controls]
    ('g5', ['indicator', 'year'])
    """

    def __init__(self, *controls: Control) -> None:
        module = type(self).__module__
        texts = explorer_texts(module)
        self.name: str = module.rpartition(".")[2].replace("_", "-")
        self.title: str = texts("title")
        self.question: str = texts("question")
        self.controls = controls

    def view(self, values: Mapping[str, str]) -> Chart:
        """Return the chart for the values of the controls.

        Parameters
        ----------
        values : mapping
            Name of a control to its value; what is odd or missing is replaced by the default.

        Examples
        --------
        >>> from mali_course.explorers import explorer
        >>> explorer("g5").view({"indicator": "no such thing"}).table.columns[0]
        'Year'
        """
        return self.chart(**{one.name: chosen_value(one, values) for one in self.controls})

    @abstractmethod
    def chart(self, *args: Any, **chosen: Any) -> Chart:
        """Return the chart for values that are all there, each by the name of its control."""
