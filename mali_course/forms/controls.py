"""The controls of an explorer: lists to choose from, as HTML and as values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape

from mali_course.core.messages import say

__all__ = ["Control", "chosen_value", "controls_html", "make_control"]


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


def make_control(texts: Callable[[str], str], name: str, options: Iterable[str],
                 default: str = "", others: Callable[[str], str] = str) -> Control:
    """Return a control whose label is the text with its name.

    Parameters
    ----------
    texts : callable
        Takes a key and returns a text, or raises a `KeyError`.
    name : str
    options : iterable of str
        The values, in the order shown. The label of a value is the text ``NAME_VALUE``, with ``_``
        for spaces.
    default : str
        The first option if "".
    others : callable
        Gives the label of a value for which there is no text.

    Examples
    --------
    >>> texts = {"year": "Year", "year_any": "all years"}
    >>> make_control(texts.__getitem__, "year", ["any", "2019"]).options
    (('any', 'all years'), ('2019', '2019'))
    """
    pairs = []
    for value in options:
        try:
            label = texts(f"{name}_{value.replace(' ', '_')}")
        except KeyError:
            label = others(value)
        pairs.append((value, label))
    return Control(name, texts(name), tuple(pairs), default or pairs[0][0])


def chosen_value(control: Control, values: Mapping[str, str]) -> str:
    """Return the value of a control, or its default where the value is missing or odd.

    Examples
    --------
    >>> chosen_value(Control("year", "Year", (("2019", "2019"),), "2019"), {"year": "soon"})
    '2019'
    """
    value = values.get(control.name)
    known = [option for option, _ in control.options]
    return value if isinstance(value, str) and value in known else control.default


def controls_html(controls: Iterable[Control]) -> str:
    """Return the controls of an explorer as HTML."""
    fields = []
    for control in controls:
        options = "".join(
            f'<option value="{escape(value)}"{" selected" if value == control.default else ""}>'
            f"{escape(label)}</option>"
            for value, label in control.options
        )
        fields.append(
            f'<label class="mali-field"><span>{escape(control.label)}</span> '
            f'<select name="{control.name}">{options}</select></label>'
        )
    legend = escape(say("interface.explorer.controls"))
    return f"<fieldset><legend>{legend}</legend>{''.join(fields)}</fieldset>"
