"""Takes a file that somebody brings, and says whether it is the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mali_course.original.fingerprints import fingerprints, letters_of, whole_of

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
    """
    text = content.decode("utf-8", errors="replace")
    letters, places = letters_of(text)
    found = {}
    for one in fingerprints():
        for begin in range(len(letters) - one.length + 1):
            if whole_of(letters[begin : begin + one.length]) == one.whole:
                end = places[begin + one.length - 1] + 1
                while end < len(text) and text[end] in '.)”"':
                    end += 1
                found[one.locator] = " ".join(text[places[begin] : end].split())
                break
    return Brought(found)
