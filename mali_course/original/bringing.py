"""Takes a file that somebody brings, and says whether it is the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mali_course.core.errors import CourseError
from mali_course.core.messages import say
from mali_course.original.dated import DATED
from mali_course.original.fingerprints import fingerprints
from mali_course.original.reading_apart import read_apart
from mali_course.original.unreadable import LARGEST, UnreadableError

__all__ = ["Brought", "recognise_file"]


@dataclass(frozen=True)
class Brought:
    """What a file holds of the report.

    Parameters
    ----------
    sentences : mapping
        Locator to text of each sentence that was recognised.
    dated : str
        The date that the file gives itself, as it stands there, or "".

    Examples
    --------
    >>> Brought({"1.1.1": "A sentence."}).missing[0]
    '1.1.2'
    """

    sentences: Mapping[str, str]
    dated: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The locators of the sentences that were not recognised."""
        return tuple(o.locator for o in fingerprints() if o.locator not in self.sentences)


def recognise_file(content: bytes) -> Brought:
    """Return what a file holds of the report: a PDF, a saved web page or a text.

    Raises
    ------
    CourseError
        If it cannot be read: in a sentence, what it is and what to do.

    Examples
    --------
    >>> recognise_file(b"Another text. Updated January 17, 2020")
    Brought(sentences={}, dated='Updated January 17, 2020')
    """
    try:
        found = read_apart(content, fingerprints())
    except UnreadableError as error:
        largest = LARGEST // 1_000_000
        words = say(f"original.unreadable.{error.reason}")
        raise CourseError(words.format(**error.fields, largest=largest)) from None
    dated = found.pop(DATED, "")
    order = [one.locator for one in fingerprints()]
    return Brought({locator: found[locator] for locator in order if locator in found}, dated)
