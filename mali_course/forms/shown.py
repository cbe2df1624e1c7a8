"""Something to show in a notebook that is not live."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mali_course.core.html import no_formulas, text_of

__all__ = ["Shown", "block"]


@dataclass(frozen=True)
class Shown:
    """HTML with its text twin.

    Parameters
    ----------
    html : str
        For the notebook and exported pages.
    text : str
        For a terminal, a diff, or where HTML is not shown.

    Examples
    --------
    >>> Shown("<p>Good morning.</p>", "Good morning.")
    Good morning.
    """

    html: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        return {"text/html": no_formulas(self.html), "text/plain": self.text}


def block(html: str) -> Shown:
    """Return HTML with its text, in a column that can be read.

    Examples
    --------
    >>> block("<p>Good morning.</p>")
    Good morning.
    """
    style = "max-width:var(--mali-column,44rem);line-height:1.5"
    return Shown(f'<div class="mali-block" style="{style}">{html}</div>', text_of(html))
