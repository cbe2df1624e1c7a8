"""What every explorer is: a question, a few controls, and a chart for their values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any, Protocol

from matplotlib.figure import Figure

from mali_course.charts.canvas import ChartTexts
from mali_course.charts.chart_base import Chart
from mali_course.core.table import Table
from mali_course.forms.controls import Control, Offer, Option, chosen_value

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
        self._texts = explorer_texts(module)
        self.name: str = module.rpartition(".")[2].replace("_", "-")
        self.title: str = self._texts("title")
        self.question: str = self._texts("question")
        self.controls = controls
        self._make_view, self._picture = make_view, picture

    def refusal(self, values: Mapping[str, str]) -> str:
        """Return why nothing can be shown for values that go together, "" if something can.

        Parameters
        ----------
        values : mapping
            Name of each control to one of its values.

        Returns
        -------
        str
            Name of a section of the explorer's words, ``[closed.NAME]``, which says in few words
            for each control why a value of it is greyed out. In the braces of these words stand
            names of controls, in whose place comes what is chosen there.
        """
        return ""

    def offered_values(self, name: str, values: Mapping[str, str]) -> Collection[str]:
        """Return the values that a list offers at all, where it depends on other controls.

        The default of the control must be one of them, whatever is chosen elsewhere.
        """
        return [value for control in self.controls if control.name == name
                for value, _ in control.options]

    def settled(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return a value for each control, for which there is something to show.

        Parameters
        ----------
        values : mapping
            Name of a control to its value; what is odd or missing is replaced by the default. So
            is, from the last control on, what cannot be shown together with the others.

        Examples
        --------
        >>> from mali_course.explorers import explorer
        >>> explorer("recount").settled({"by": "region", "measure": "per thousand"})
        {'by': 'region', 'cause': 'all', 'measure': 'number'}
        """
        settled = self._narrowed({one.name: chosen_value(one, values) for one in self.controls})
        for control in reversed(self.controls):
            if not self.refusal(settled):
                break
            settled = self._narrowed({**settled, control.name: control.default})
        return settled

    def _narrowed(self, values: dict[str, str]) -> dict[str, str]:
        """Return values in which each list has chosen one that it offers."""
        return {one.name: values[one.name]
                if values[one.name] in self.offered_values(one.name, values) else one.default
                for one in self.controls}

    def offers(self, values: Mapping[str, str]) -> tuple[Offer, ...]:
        """Return the controls as they stand for values: what each offers, and why not the rest.

        Examples
        --------
        >>> from mali_course.explorers import explorer
        >>> [option.value for offer in explorer("recount").offers({"by": "region"})
        ...  for option in offer.options if option.reason]
        ['per thousand']
        """
        chosen = self.settled(values)
        return tuple(self._offer(control, chosen) for control in self.controls)

    def _offer(self, control: Control, chosen: dict[str, str]) -> Offer:
        offered = self.offered_values(control.name, chosen)
        return Offer(control, chosen[control.name], tuple(
            Option(value, label, self._reason(control, {**chosen, control.name: value}))
            for value, label in control.options if value in offered))

    def _reason(self, control: Control, values: dict[str, str]) -> str:
        refusal = self.refusal(self._narrowed(values))
        if not refusal:
            return ""
        labels = {one.name: one.label_of(values[one.name]) for one in self.controls}
        return self._texts(f"closed.{refusal}.{control.name}", **labels)

    def view(self, values: Mapping[str, str]) -> Chart:
        """Return the chart for the values of the controls.

        Parameters
        ----------
        values : mapping
            Name of a control to its value, as for `settled`.

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
        view = self._make_view(**self.settled(values))
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
