"""What every explorer is: a question, a few controls, and a chart for their values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from matplotlib.figure import Figure

from mali_course.charts.canvas import ChartTexts
from mali_course.charts.chart_base import Chart
from mali_course.core.table import Table
from mali_course.forms.controls import Control, chosen_value

__all__ = [
    "Explorer", "ExplorerPicture", "ExplorerView", "explorer_texts", "joined", "start_upper",
]


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


def joined(*sentences: str | bool | None, between: str = " ") -> str:
    """Return sentences as one text; what is empty, False or None is left out.

    Examples
    --------
    >>> joined("There is a figure.", None, "", "It is small.")
    'There is a figure. It is small.'
    """
    return between.join(str(sentence) for sentence in sentences if sentence)


def start_upper(text: str) -> str:
    """Return a text that begins with a capital letter.

    Examples
    --------
    >>> start_upper("the government of Mali")
    'The government of Mali'
    """
    return text[:1].upper() + text[1:]


class ExplorerView(Protocol):
    """What the values of the controls choose, told in words and as a table.

    A class made from it has as its note the text "note".
    """

    def title_text(self) -> str:
        """Return what the chart is about."""

    def alt_text(self) -> str:
        """Return what the picture shows, for those who do not see it."""

    def reading_text(self) -> str:
        """Return what to see in it."""

    def note_text(self) -> str:
        """Return a limit that a reader should know."""
        return explorer_texts(type(self).__module__)("note")

    def data_table(self) -> Table:
        """Return the data behind it."""

    def source_ids(self) -> tuple[str, ...]:
        """Return the keys of its sources."""


class ExplorerPicture(Protocol):
    """A figure that is drawn once, and in which the views move what changes."""

    @property
    def figure(self) -> Figure:
        """The figure of all views."""

    def show_view(self, view: Any) -> None:
        """Set the figure to a view."""


class Explorer:
    """A question about data that the learner answers by changing what is shown.

    An explorer is a class made from this one, in a module of `mali_course.explorers.gallery` that
    bears its name.

    Parameters
    ----------
    make_view : callable
        Takes the values of the controls, each by its name.
    picture : ExplorerPicture
    *controls : Control
        At most four.

    Examples
    --------
    >>> from mali_course.explorers import explorer
    >>> g5 = explorer("g5")
    >>> g5.name, [control.name for control in g5.controls]
    ('g5', ['indicator', 'year'])
    """

    def __init__(self, make_view: Callable[..., ExplorerView], picture: ExplorerPicture,
                 *controls: Control) -> None:
        module = type(self).__module__
        texts = explorer_texts(module)
        self.name: str = module.rpartition(".")[2].replace("_", "-")
        self.title: str = texts("title")
        self.question: str = texts("question")
        self.controls = controls
        self._make_view, self._picture = make_view, picture

    def view(self, values: Mapping[str, str]) -> Chart:
        """Return the chart for the values of the controls.

        Parameters
        ----------
        values : mapping
            Name of a control to its value; what is odd or missing is replaced by the default.

        Returns
        -------
        Chart
            All views share one figure, which is set to this view when it is drawn.

        Examples
        --------
        >>> from mali_course.explorers import explorer
        >>> explorer("g5").view({"indicator": "no such thing"}).table.columns[0]
        'Year'
        """
        view = self._make_view(**{one.name: chosen_value(one, values) for one in self.controls})
        return Chart(
            figure=self._picture.figure,
            title=view.title_text(),
            alt=view.alt_text(),
            reading=view.reading_text(),
            table=view.data_table(),
            sources=view.source_ids(),
            note=view.note_text(),
            prepare=partial(self._picture.show_view, view),
        )
