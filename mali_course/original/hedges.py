"""The words of the report by which a sentence says how sure it is, from ``data/report/hedges.csv``.

The file holds where they stand and what they do, and no word: words are counted as in
`mali_course.original.fingerprints.Fingerprint.words`. It has the words that say how sure a
sentence is, whose claim it is, that a number is not exact, or how far a statement reaches; not what
an action is for ("to train"), nor how large or bad a thing is called, nor an act that is done by
words ("charged").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby
from typing import Literal, get_args

from mali_course.core.content import read_csv
from mali_course.core.messages import say
from mali_course.core.schema import Complaint, read
from mali_course.original.fingerprints import fingerprints, letters_of, whole_of

__all__ = ["Hedge", "hedges", "marked_html", "meanings"]

_FILE = "report/hedges.csv"
_WORDS = re.compile(r"([1-9]\d*)(?:-([1-9]\d*))?")
_Kind = Literal[
    "allegation",
    "appearance",
    "attribution",
    "estimate",
    "extent",
    "judgement",
    "limit",
    "plan",
    "possibility",
    "rounding",
    "unknown",
]


@dataclass(frozen=True, kw_only=True)
class Hedge:
    """Words of a sentence that stand together and say how sure it is.

    Parameters
    ----------
    locator : str
        That of the sentence.
    words : str
        The numbers of the first and the last of them, ``"6-7"``, or of the only one, ``"6"``.
    kind : str
        What they do.
    """

    locator: str
    words: str
    kind: _Kind

    def check(self, complain: Complaint) -> None:
        """Refuse what is no range of word numbers."""
        if not _WORDS.fullmatch(self.words) or self.first > self.last:
            complain("words", "the number of a word, or of the first and the last: 6-7")

    @property
    def first(self) -> int:
        """The number of the first word."""
        return int(self.words.partition("-")[0])

    @property
    def last(self) -> int:
        """The number of the last word."""
        return int(self.words.rpartition("-")[2])

    @property
    def meaning(self) -> str:
        """What they do, in words."""
        return say(f"hedges.kind.{self.kind}")


def meanings() -> list[str]:
    """Return what marked words do, a line for each kind.

    Examples
    --------
    >>> "how it looks, no more" in meanings()
    True
    """
    return [say(f"hedges.kind.{kind}") for kind in get_args(_Kind)]


@cache
def _by_locator() -> dict[str, tuple[Hedge, ...]]:
    rows = (read(Hedge, row, _FILE) for row in read_csv(_FILE))
    return {locator: tuple(group) for locator, group in groupby(rows, lambda row: row.locator)}


def hedges(locator: str) -> tuple[Hedge, ...]:
    """Return what is known of a sentence, in the order of its words.

    Examples
    --------
    >>> [hedge.kind for hedge in hedges("1.5.1")]
    ['possibility']
    """
    return _by_locator().get(locator, ())


def _places(text: str, locator: str) -> list[tuple[int, int, Hedge]]:
    """Return where marked words begin and end in a text; nowhere if it is not that sentence."""
    found = hedges(locator)
    one = next((one for one in fingerprints() if one.locator == locator), None)
    if not found or one is None:
        return []
    letters, places = letters_of(text)
    if whole_of(letters) != one.whole or max(hedge.last for hedge in found) > len(one.words):
        return []
    # Words are found by their letters: a file may have cut or joined words.
    return [
        (
            places[sum(one.words[: hedge.first - 1])],
            places[sum(one.words[: hedge.last]) - 1] + 1,
            hedge,
        )
        for hedge in found
    ]


def marked_html(text: str, locator: str, *, telling: bool = True) -> str:
    """Return a sentence of the report as HTML, with marks at the words that say how sure it is.

    What a mark means is its title, for a mouse. A screen reader reads the sentence undisturbed, and
    tells after it which words are marked. The style sheet shows this line where one sentence is
    looked at, in explanations, and everywhere on a device without a mouse.

    Parameters
    ----------
    text : str
        The sentence. If it is not the one of that locator, nothing is marked.
    locator : str
    telling : bool
        Whether it is said what the words do. A hint points at them and leaves that to the learner.

    Examples
    --------
    >>> marked_html("1 < 2", "1.5.1")
    '1 &lt; 2'
    """
    marked = _places(text, locator)
    html, done = "", 0
    for begin, end, hedge in marked:
        title = f' title="{escape(hedge.meaning, quote=True)}"' if telling else ""
        html += escape(text[done:begin], quote=False)
        html += f'<mark class="mali-hedge"{title}>{escape(text[begin:end], quote=False)}</mark>'
        done = end
    html += escape(text[done:], quote=False)
    line = escape(_line(text, marked, telling), quote=False)
    name = "mali-hidden mali-hedge-line" + " mali-hedge-told" * telling
    heard = f'<span class="{name}"> {line} </span>'
    return html + (heard if line else "")


def _line(text: str, marked: list[tuple[int, int, Hedge]], telling: bool) -> str:
    if not marked:
        return ""
    said = []
    for kind, group in groupby(marked, key=lambda one: one[2].meaning):
        words = ", ".join(f"“{text[begin:end]}”" for begin, end, _ in group)
        said.append(f"{words} ({kind})" if telling else words)
    return f"{say('hedges.marked')} {'; '.join(said)}."
