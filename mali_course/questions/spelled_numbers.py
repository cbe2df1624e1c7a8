"""Reads numbers that are written in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from mali_course.core.messages import say
from mali_course.questions.number_scales import english_scales

__all__ = ["is_number_word", "spelled_number"]

_THOUSAND = 1000


@cache
def _word_values() -> dict[str, int]:
    numerals, tens = (say(f"interface.number.{name}").split("|") for name in ("numerals", "tens"))
    none = dict.fromkeys(say("interface.number.none").split("|"), 0)
    values = {word: value for value, word in enumerate(numerals)}
    return {**none, **values, **{word: 10 * value for value, word in enumerate(tens)}}


def is_number_word(word: str) -> bool:
    """Whether a word is a numeral or makes one larger.

    Examples
    --------
    >>> is_number_word("ninety"), is_number_word("troops")
    (True, False)
    """
    return word in _word_values() or word in english_scales()


class _Sum:
    """A number that grows with its words, as long as they follow each other as they should."""

    def __init__(self) -> None:
        self.whole, self.part, self.last_scale = Decimal(0), 0, Decimal("Infinity")
        self.is_sound = True

    def add_numeral(self, value: int) -> None:
        """Add "twenty" or "five": tens after hundreds, ones after tens."""
        room = 100 if value >= 20 or self.part % 100 < 20 else 10
        self.is_sound &= self.part % room == 0 and (room == 100 or 0 < value < 10)
        self.part += value

    def add_scale(self, scale: Decimal) -> None:
        """Multiply by "hundred", or close a group with "thousand"."""
        self.is_sound &= self.part > 0
        if scale < _THOUSAND:
            self.is_sound &= self.part < 100
            self.part *= int(scale)
        else:
            self.is_sound &= scale < self.last_scale
            self.whole, self.part, self.last_scale = self.whole + self.part * scale, 0, scale


def spelled_number(words: Sequence[str]) -> Decimal | None:
    """Return the number that words make, or None.

    Parameters
    ----------
    words : sequence of str
        Small letters, nothing but the number.

    Examples
    --------
    >>> spelled_number("two hundred and one thousand".split())
    Decimal('201000')
    >>> spelled_number(["two", "three"]) is None
    True
    """
    made, ones = _Sum(), say("interface.number.one").split("|")
    last = ""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word in ones and following in english_scales():
            made.add_numeral(1)
        elif word in _word_values():
            made.add_numeral(_word_values()[word])
        elif word in english_scales():
            made.add_scale(english_scales()[word])
        elif word != say("interface.number.and") or not last or not following:
            return None
        last = word
    return made.whole + made.part if last and made.is_sound else None
