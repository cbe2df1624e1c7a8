"""Words beside digits that make a number larger: "k", "million", and those of other languages."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from mali_course.core.content import read_csv
from mali_course.core.messages import say
from mali_course.core.typed import plain_signs

__all__ = ["Scale", "english_scales", "plain_scale", "scale_after", "scale_before"]


@dataclass(frozen=True)
class Scale:
    """What a word beside a number can mean.

    Parameters
    ----------
    word : str
    factors : tuple of Decimal
        In English; in other languages, if it is no English word.
    foreign : tuple of Decimal
        What an English word can mean elsewhere: "B" is a thousand in Turkish.
    rest : str
        The text without the word.
    """

    word: str
    factors: tuple[Decimal, ...]
    foreign: tuple[Decimal, ...]
    rest: str = ""


def plain_scale(word: str) -> str:
    """Return a word as it is compared: without case, marks of direction and its last point.

    Examples
    --------
    >>> plain_scale("Mio.")
    'mio'
    """
    return " ".join(plain_signs(word).casefold().split()).rstrip(".")


@cache
def english_scales() -> dict[str, Decimal]:
    """Return the English words with their factors.

    Examples
    --------
    >>> english_scales()["thousand"]
    Decimal('1000')
    """
    pairs = (entry.split("=") for entry in say("interface.number.multipliers").split("|"))
    return {word: Decimal(factor) for word, factor in pairs}


@cache
def _all_scales() -> dict[str, tuple[Decimal, ...]]:
    rows = read_csv("numbers/multipliers.csv")
    return {row["word"]: tuple(map(Decimal, row["factors"].split("|"))) for row in rows}


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[:1] in ("L", "M")


def _scale(word: str, rest: str) -> Scale | None:
    english, other = english_scales().get(word), _all_scales().get(word, ())
    if english is not None:
        return Scale(word, (english,), tuple(one for one in other if one != english), rest)
    return Scale(word, other, (), rest) if other else None


def scale_after(text: str) -> Scale | None:
    """Return the word that a text begins with, if it makes the number before it larger.

    Examples
    --------
    >>> scale_after("million people").rest
    'people'
    """
    text = text.lstrip()
    for end in range(min(len(text), 40), 0, -1):
        if end == len(text) or not (_is_letter(text[end]) and _is_letter(text[end - 1])):
            found = _scale(plain_scale(text[:end]), text[end:])
            if found:
                return found
    return None


def scale_before(text: str) -> Scale | None:
    """Return the word that a text ends with, if it makes the number after it larger.

    Examples
    --------
    >>> scale_before("elfu ").factors
    (Decimal('1000'),)
    """
    text = text.rstrip()
    for start in range(max(0, len(text) - 40), len(text)):
        if not start or not (_is_letter(text[start - 1]) and _is_letter(text[start])):
            found = _scale(plain_scale(text[start:]), text[:start])
            if found:
                return found
    return None
