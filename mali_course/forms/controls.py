"""The controls of an explorer: lists to choose from, as HTML and as values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape

from mali_course.core.messages import say

__all__ = [
    "Control",
    "Offer",
    "Option",
    "chosen_value",
    "chosen_values",
    "controls_html",
    "make_control",
    "renewed_parts",
]

# Of the room in a row, a list gets a part as large as its longest label, within limits: a long one
# is read in full when the list is open.
_SHARES = range(8, 25)
_LONG = 70  # letters of a label from which on its list has a row of its own


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
    one : str
        What one value is, for the buttons to the previous and the next one.

    Examples
    --------
    >>> years = (("2018", "2018"), ("2019", "2019"))
    >>> Control("year", "Year", years, "2019", "year").default
    '2019'
    """

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    default: str
    one: str

    def label_of(self, value: str) -> str:
        """Return the label of a value."""
        return dict(self.options)[value]


@dataclass(frozen=True)
class Option:
    """A value in a list.

    Parameters
    ----------
    value : str
    label : str
    reason : str
        Why it cannot be chosen together with what is chosen elsewhere; "" if it can.
    """

    value: str
    label: str
    reason: str = ""

    def to_html(self, *, selected: bool = False) -> str:
        """Return the option as HTML: with its reason, and greyed out, where it cannot be chosen."""
        label, state = self.label, " selected" if selected else ""
        if self.reason:
            label = say("interface.explorer.closed", label=self.label, reason=self.reason)
            state = " disabled"
        return f'<option value="{escape(self.value)}"{state}>{escape(label)}</option>'


@dataclass(frozen=True)
class Offer:
    """A control as it stands beside the others: what it offers, and what is chosen.

    Parameters
    ----------
    control : Control
    chosen : str
    options : tuple of Option
    """

    control: Control
    chosen: str
    options: tuple[Option, ...]

    def why_text(self) -> str:
        """Return which values cannot be chosen and why; screen readers pass them over in a list.

        Examples
        --------
        >>> control = Control("by", "Sorted by", (("year", "year"), ("region", "region")), "year",
        ...                   "way to sort")
        >>> closed = Option("region", "region", "no numbers of people")
        >>> Offer(control, "year", (Option("year", "year"), closed)).why_text()
        'Greyed out: region (no numbers of people).'
        """
        closed = [option for option in self.options if option.reason]
        if not closed:
            return ""
        named: dict[str, list[str]] = {}
        for option in closed:
            named.setdefault(option.reason, []).append(option.label)
        parts = (
            say("interface.explorer.closed", label=_short_list(labels), reason=reason)
            for reason, labels in named.items()
        )
        return say("interface.explorer.why", closed="; ".join(parts))

    def _end_reached(self, by: int) -> bool:
        values = [option.value for option in self.options if not option.reason]
        return self.chosen == values[-1 if by > 0 else 0]

    def _button_html(self, by: int, sign: str, words: str) -> str:
        name = escape(say(f"interface.explorer.{words}", one=self.control.one))
        state = "true" if self._end_reached(by) else "false"
        return (
            f'<button type="button" data-by="{by}" aria-label="{name}" title="{name}" '
            f'aria-disabled="{state}"><span aria-hidden="true">{sign}</span></button>'
        )

    def to_html(self) -> str:
        """Return the list with its label, between the buttons that step through it."""
        control = self.control
        longest = max(len(option.label) for option in self.options)
        share = min(max(longest, _SHARES[0]), _SHARES[-1])
        wide = " mali-wide" if longest > _LONG else ""
        options = "".join(
            option.to_html(selected=option.value == self.chosen) for option in self.options
        )
        return (
            f'<div class="mali-step{wide}" style="--mali-share:{share}">'
            f"{self._button_html(-1, '◀', 'previous')}"
            f"<label><span>{escape(control.label)}</span> "
            f'<select name="{control.name}" data-part="{control.name}">{options}</select></label>'
            f"{self._button_html(1, '▶', 'next')}"
            f'<span class="mali-why" data-part="{control.name}-why" hidden>'
            f"{escape(self.why_text())}</span></div>"
        )


def _short_list(labels: list[str]) -> str:
    """Return a few labels by name, and how many there are of more: it is heard with each focus."""
    if len(labels) <= 3:
        return ", ".join(labels)
    return say("interface.explorer.many", count=len(labels))


def make_control(texts: Callable[[str], str], name: str, options: Iterable[str],
                 default: str = "", others: Callable[[str], str] = str) -> Control:
    """Return a control whose label is the text with its name.

    Parameters
    ----------
    texts : callable
        Takes a key and returns a text, or raises a `KeyError`. ``NAME_one`` says what one value is.
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
    >>> texts = {"year": "Year", "year_one": "year", "year_any": "all years"}
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
    return Control(name, texts(name), tuple(pairs), default or pairs[0][0], texts(f"{name}_one"))


def chosen_value(control: Control, values: Mapping[str, str]) -> str:
    """Return the value of a control, or its default where the value is missing or odd.

    Examples
    --------
    >>> control = Control("year", "Year", (("2019", "2019"),), "2019", "year")
    >>> chosen_value(control, {"year": "soon"})
    '2019'
    """
    value = values.get(control.name)
    known = [option for option, _ in control.options]
    return value if isinstance(value, str) and value in known else control.default


def chosen_values(offers: Iterable[Offer]) -> dict[str, list[str]]:
    """Return what is chosen, as the values of a form."""
    return {offer.control.name: [offer.chosen] for offer in offers}


def renewed_parts(offers: Iterable[Offer]) -> dict[str, str]:
    """Return the parts of the controls that change with what is chosen, as in a `Reply`.

    What is selected is not in them: so a list that offers the same as before is not touched, and
    neither is the focus in it.
    """
    parts = {}
    for offer in offers:
        name = offer.control.name
        parts[name] = "".join(option.to_html() for option in offer.options)
        parts[f"{name}-why"] = escape(offer.why_text())
    return parts


def controls_html(offers: Iterable[Offer]) -> str:
    """Return the controls of an explorer as HTML, in one row."""
    legend = escape(say("interface.explorer.controls"))
    lists = "".join(offer.to_html() for offer in offers)
    return (
        f'<fieldset class="mali-controls"><legend class="mali-hidden">{legend}</legend>'
        f"{lists}</fieldset>"
    )
