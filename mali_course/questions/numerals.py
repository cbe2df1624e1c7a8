"""Reads numbers as people write them, in English and with the digits and signs of any country."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from mali_course.core.messages import say
from mali_course.core.typed import plain_signs
from mali_course.questions.digit_runs import RUN, digit_readings
from mali_course.questions.number_scales import Scale, english_scales, scale_after, scale_before
from mali_course.questions.spelled_numbers import is_number_word, spelled_number

__all__ = ["Readings", "number_readings", "one_way_form", "read_number"]

_LONGEST = 200
_SEPARATORS = str.maketrans({
    "\u060c": ",", "\u066c": ",", "\u2e41": ",", "\u3001": ",", "\u066b": ".", "\u066a": "%",
})
_HAN_DIGITS = {ord(sign): str(value) for value, sign in enumerate("〇一二三四五六七八九")}
_SIGNS = "%()[]{}.,:;=~≈<>≤≥≦≧!?*/|\"'"
_SIGN_KINDS = ("Sc", "Pi", "Pf", "Ps", "Pe")  # of money; quotation marks and brackets
_WORD = re.compile(r"[^\W\d_]+|[^\s\w]|_")


@dataclass(frozen=True)
class Readings:
    """What a text can mean as a number.

    Parameters
    ----------
    likely : tuple of float
        Likeliest first; empty if it is not one finite number.
    foreign : tuple of float
        What it means only in another language, where its word is an English one too.
    """

    likely: tuple[float, ...] = ()
    foreign: tuple[float, ...] = ()


@cache
def _words(*names: str) -> frozenset[str]:
    return frozenset(word for name in names for word in say(f"interface.number.{name}").split("|"))


def _plain_text(text: str) -> str:
    plain = plain_signs(text).casefold().translate(_SEPARATORS)
    plain = plain.translate(_HAN_DIGITS)
    plain = re.sub(r"\b(k?m) ?2\b", r"\1", re.sub(r"\s+", " ", plain))
    for phrase in _words("phrases"):
        plain = plain.replace(phrase, "")
    return plain.strip()


def _known_words(around: str) -> frozenset[str]:
    """Return the words that may stand around a number: ours, and those of the question."""
    asked = re.findall(r"[^\W\d_]+", around.casefold())
    fit = {word for word in asked if not is_number_word(word)} - _words("turning")
    return _words("around", "units", "units_of") | fit


def _are_known(text: str, known: Iterable[str]) -> bool:
    return all(
        token in known or token in _SIGNS or unicodedata.category(token[0]) in _SIGN_KINDS
        for token in _WORD.findall(text)
    )


def _split_sign(before: str) -> tuple[int, str]:
    """Take the sign of the number from the text before it."""
    minus = say("interface.number.minus")
    found = re.search(r"(?:^|(?<=[\s(=:~≈]))([+-])[$€£]?$|^([+-])\s*[$€£]?\s*$", before)
    if found:
        return -1 if "-" in found.group() else 1, before[: found.start()]
    if re.search(rf"\b{minus}\s*$", before):
        return -1, before.rstrip().removesuffix(minus)
    return 1, before


def _find_scale(before: str, after: str, known: Iterable[str]) -> tuple[Scale, str]:
    """Return the word that makes the number larger, if any, and what else stands around."""
    found = scale_after(after)
    if found:
        rest = f"{before} | {found.rest}"
    else:
        found = scale_before(before)
        rest = f"{found.rest} | {after}" if found else f"{before} | {after}"
    if found is None:
        found = Scale("", (Decimal(1),), ())
    elif found.word not in english_scales() and _are_known(found.word, known):
        # An English word here, a number elsewhere: "min" is a thousand in Azerbaijan.
        found = Scale(found.word, (Decimal(1),), found.factors)
    return found, rest


def _floats(numbers: Iterable[Decimal]) -> tuple[float, ...]:
    floats = dict.fromkeys(float(number) for number in numbers)
    return tuple(number for number in floats if math.isfinite(number))


def _read_digits(plain: str, found: re.Match[str], known: Iterable[str]) -> Readings:
    sign, before = _split_sign(plain[: found.start()])
    after = re.sub(r"^\s*\+(?=\W|$)", "", plain[found.end() :])  # "15,000+"
    scale, rest = _find_scale(before, after, known)
    if not _are_known(rest, known):
        return Readings()
    numbers = [sign * number for number in digit_readings(found.group())]
    return Readings(
        _floats(number * factor for factor in scale.factors for number in numbers),
        _floats(number * factor for factor in scale.foreign for number in numbers),
    )


def _read_words(plain: str, known: Iterable[str]) -> Readings:
    words = [word for word in _WORD.findall(plain.replace("-", " ")) if word not in _SIGNS]
    places = [place for place, word in enumerate(words) if is_number_word(word)]
    if not places:
        return Readings()
    first, end = places[0], places[-1] + 1
    if first and words[first - 1] in _words("one"):
        first -= 1
    sign, before = _split_sign(" ".join(words[:first]))
    number = spelled_number(words[first:end])
    if number is None or not _are_known(f"{before} {' '.join(words[end:])}", known):
        return Readings()
    return Readings(_floats([sign * number]))


def number_readings(text: object, around: str = "") -> Readings:
    """Return what a text can mean as a number.

    Parameters
    ----------
    text : object
        What was typed: ``"201,000"``, ``"201 000"``, ``"201k"``, ``"$140 million"``, ``"34,4 %"``,
        ``"at most two hundred"``. Anything else than text, or text of more than 200 characters,
        is not read.
    around : str
        The unit and the question; their words may stand around the number.

    Examples
    --------
    >>> number_readings("1.234").likely
    (1.234, 1234.0)
    >>> number_readings("15,2 B").foreign[0]
    15200.0
    """
    if not isinstance(text, str) or len(text) > _LONGEST:
        return Readings()
    plain, known = _plain_text(text), _known_words(around)
    runs = list(RUN.finditer(plain))
    if runs:
        return _read_digits(plain, runs[0], known) if len(runs) == 1 else Readings()
    return _read_words(plain, known)


def read_number(text: object, around: str = "") -> tuple[float, ...]:
    """Return the likely readings of a text as a number; see `number_readings`.

    Examples
    --------
    >>> read_number("$140 million")
    (140000000.0,)
    >>> read_number("between 10 and 20")
    ()
    """
    return number_readings(text, around).likely


def one_way_form(number: float) -> str:
    """Return a number so that it can be read in one way only.

    Examples
    --------
    >>> one_way_form(1234.0), one_way_form(1.234)
    ('1234', '1.2340')
    """
    text = f"{Decimal(repr(number)):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if len(read_number(text)) == 1 else text + "0"
