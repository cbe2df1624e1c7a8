"""The five statuses of sentences, from ``data/report/statuses.toml``, and their marks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape

from mali_course.core.content import read_toml
from mali_course.core.messages import say
from mali_course.core.schema import read

__all__ = ["Status", "asked_mark", "status", "status_mark", "statuses"]


@dataclass(frozen=True, kw_only=True)
class Status:
    """A status with its mark: never a colour alone.

    Parameters
    ----------
    name : str
        Key of the status in ``data/report/outline.csv``.
    sign : str
        Its shape as a character.
    marker : str
        The same shape in a chart, as matplotlib calls it.
    colour : str
        Of both, on white.
    """

    name: str
    sign: str
    marker: str
    colour: str

    @property
    def word(self) -> str:
        """What it is called."""
        return say(f"statuses.{self.name}.word")

    @property
    def letter(self) -> str:
        """The letter beside the shape."""
        return say(f"statuses.{self.name}.letter")

    @property
    def meaning(self) -> str:
        """What it says of a sentence."""
        return say(f"statuses.{self.name}.meaning")


@cache
def statuses() -> tuple[Status, ...]:
    """Return the statuses in their order.

    Examples
    --------
    >>> [status.letter for status in statuses()]
    ['F', 'E', 'A', 'J', 'P']
    """
    name = "report/statuses.toml"
    return tuple(read(Status, table, name) for table in read_toml(name)["status"])


@cache
def status(name: str) -> Status:
    """Return a status by its name.

    Examples
    --------
    >>> status("plan").sign
    '►'
    """
    return next(each for each in statuses() if each.name == name)


def _mark(name: str, sign: str, letter: str, word: str, meaning: str) -> str:
    # The sign is for the eye, the word for the ear. A style sheet sets the letter beside the sign
    # and hides the word from the eye; where there is none, the word stands there to be read.
    return (
        f'<span class="mali-status-mark" data-status="{name}" '
        f'title="{escape(f"{word}. {meaning}", quote=True)}">'
        f'<span class="mali-status-sign" data-letter="{letter}" aria-hidden="true">{sign}</span> '
        f'<span class="mali-status-word">{escape(word)}:</span></span>'
    )


def status_mark(name: str) -> str:
    """Return the mark of a status as HTML, with its word and a tooltip.

    Examples
    --------
    >>> ">fact:<" in status_mark("fact")
    True
    """
    found = status(name)
    return _mark(found.name, found.sign, found.letter, found.word, found.meaning)


def asked_mark(item_id: str) -> str:
    """Return what stands in place of a mark that a question asks for.

    Examples
    --------
    >>> "01-37" in asked_mark("01-37")
    True
    """
    word = say("statuses.legend.asked", id=item_id)
    return _mark("asked", "?", "", word, say("statuses.legend.asked_meaning"))
