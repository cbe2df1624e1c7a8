"""How a sentence of the report is recognised without its text, from ``data/report``.

Of each sentence the file ``fingerprints.csv`` has the number of its letters and digits, the length
of each of its words, and two checksums. Upper and lower case, accents, spaces, hyphens, quotation
marks and all else that a program may change on the way count for nothing.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import groupby

from mali_course.core.content import read_csv

__all__ = [
    "START",
    "Fingerprint",
    "fingerprint_of",
    "fingerprints",
    "letters_of",
    "start_of",
    "whole_of",
]

START = 12  # letters at the beginning of a sentence that its first checksum is of


@dataclass(frozen=True)
class Fingerprint:
    """What is known of a sentence.

    Parameters
    ----------
    locator : str
    start : str
        Checksum of its first twelve letters: where a sentence may begin.
    whole : str
        Checksum of all its letters and digits.
    words : tuple of int
        The length of each of its words: runs of letters and digits, so that "U.N." is two.
    """

    locator: str
    start: str
    whole: str
    words: tuple[int, ...]

    @property
    def length(self) -> int:
        """How many letters and digits the sentence has."""
        return sum(self.words)


def letters_of(text: str) -> tuple[str, list[int]]:
    r"""Return the letters and digits of a text, plain and small, and where each stands in it.

    Examples
    --------
    >>> letters_of("Kéïta’s co-\n\ufb01nancing")[0]
    'keitascofinancing'
    """
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for part in _plain(sign):
            letters.append(part)
            places.append(place)
    return "".join(letters), places


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", sign).casefold()))


def _checksum(letters: str, size: int) -> str:
    return blake2b(letters.encode(), digest_size=size).hexdigest()


def start_of(letters: str) -> str:
    """Return the checksum of the beginning of some letters: short, so that it tells nothing."""
    return _checksum(letters[:START], 2)


def whole_of(letters: str) -> str:
    """Return the checksum of all of some letters."""
    return _checksum(letters, 16)


def fingerprint_of(locator: str, text: str) -> Fingerprint:
    """Return the fingerprint of a sentence.

    Examples
    --------
    >>> fingerprint_of("9.1.1", "The U.N. counts.").words
    (3, 1, 1, 6)
    """
    letters, places = letters_of(text)
    runs = groupby(enumerate(sorted(set(places))), key=lambda pair: pair[1] - pair[0])
    words = tuple(sum(places.count(place) for _, place in run) for _, run in runs)
    return Fingerprint(locator, start_of(letters), whole_of(letters), words)


@cache
def fingerprints() -> tuple[Fingerprint, ...]:
    """Return the fingerprints of all sentences, in the order of the report.

    Examples
    --------
    >>> len(fingerprints())
    79
    """
    return tuple(
        Fingerprint(
            row["locator"], row["start"], row["whole"], tuple(map(int, row["words"].split()))
        )
        for row in read_csv("report/fingerprints.csv")
    )
