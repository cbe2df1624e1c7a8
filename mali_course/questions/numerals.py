"""Reads numbers as people write them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from mali_course.core.messages import say

__all__ = ["read_number"]

_DIGITS = re.compile(r"[+-]?\d[\d.,]*(?:e[+-]?\d{1,2})?")
_LONGEST = 100


@cache
def _word_lists() -> dict[str, tuple[str, ...]]:
    names = ("before", "units", "units_of", "numerals", "tens")
    return {name: tuple(say(f"interface.number.{name}").split("|")) for name in names}


@cache
def _multipliers() -> dict[str, float]:
    pairs = (entry.split("=") for entry in say("interface.number.multipliers").split("|"))
    return {word: float(value) for word, value in pairs}


def _plain_digits(text: str) -> str:
    """Fold digits of any script to ASCII, spaces in numbers and dashes to one form, and case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    out = []
    for char in folded:
        digit = unicodedata.decimal(char, None)
        out.append(str(digit) if digit is not None else char)
    plain = "".join(out).replace("\u2212", "-").replace("\u2013", "-").replace("\u066c", ",")
    plain = plain.replace("\u066b", ".").replace("'", "").replace("\u2019", "").replace("_", "")
    plain = re.sub(r"(?<=\d)[\s\u00a0\u202f]+(?=\d{3}(?!\d))", "", plain)
    return re.sub(r"\s+", " ", plain).strip(" .;:!?")


def _digit_readings(digits: str) -> list[float]:
    """Return what a run of digits, commas and points can mean, likeliest first."""
    digits, _, exponent = digits.rstrip(".,").partition("e")
    power = 10.0 ** int(exponent) if exponent else 1.0
    forms = []
    body = digits.lstrip("+-")
    for thousands, decimal in ((",", "."), (".", ",")):
        whole, point, rest = body.partition(decimal)
        groups = whole.split(thousands)
        grouped = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
        if (len(groups) == 1 or (grouped and groups[0])) and (
            not point or (rest.isdigit() and whole)
        ):
            forms.append(float("".join(groups) + "." + (rest or "0")))
    sign = -1.0 if digits.startswith("-") else 1.0
    return list(dict.fromkeys(sign * form * power for form in forms))


def _read_words(words: list[str]) -> list[float]:
    """Read number words up to millions: "two hundred and one thousand"."""
    numerals, tens = _word_lists()["numerals"], _word_lists()["tens"]
    total = part = 0.0
    seen = False
    for word in words:
        if word in numerals:
            part += numerals.index(word)
        elif word in tens:
            part += 10 * tens.index(word)
        elif word in _multipliers() and seen:
            scale = _multipliers()[word]
            if scale >= 1000:
                total, part = total + part * scale, 0.0
            else:
                part *= scale
        elif word == say("interface.number.and") and seen:
            continue
        else:
            return []
        seen = True
    return [total + part] if seen else []


def _is_unit(rest: str, unit: str) -> bool:
    known = {*_word_lists()["units"], *re.findall(r"\w+", unit.casefold())}
    small = set(_word_lists()["units_of"])
    tokens = re.findall(r"\w+|[^\w\s]", rest)
    return all(token in known or token in small or token in "%$€£()/." for token in tokens)


def read_number(text: object, unit: str = "") -> tuple[float, ...]:
    """Read a number as a person writes it.

    Parameters
    ----------
    text : object
        What was typed: ``"201,000"``, ``"201 000"``, ``"201k"``, ``"$140 million"``, ``"34,4 %"``,
        ``"about two hundred"``. Anything else than text, or text of more than 100 characters, is
        not read.
    unit : str
        The unit asked for; its words may follow the number.

    Returns
    -------
    tuple of float
        The possible readings, likeliest first: ``"201.000"`` is 201 or, where the point groups
        thousands, 201,000. Empty if the text is not one finite number.

    Examples
    --------
    >>> read_number("$140 million")
    (140000000.0,)
    >>> read_number("between 10 and 20")
    ()
    """
    if not isinstance(text, str) or len(text) > _LONGEST:
        return ()
    plain = _plain_digits(text)
    before: Iterable[str] = sorted(_word_lists()["before"], key=len, reverse=True)
    stripped = True
    while stripped:
        stripped = False
        for word in before:
            if plain.startswith(word) and (
                not word[-1].isalpha() or not plain[len(word) :][:1].isalpha()
            ):
                plain, stripped = plain[len(word) :].lstrip(), True
    match = _DIGITS.match(plain)
    if match:
        values, rest = _digit_readings(match.group()), plain[match.end() :].strip()
        if any(char.isdigit() for char in re.sub(r"\b(km|m)2\b", "", rest)):
            return ()
        name = re.match(r"[a-z]+\.?", rest)
        if name and name.group().rstrip(".") in _multipliers():
            scale = _multipliers()[name.group().rstrip(".")]
            values, rest = [value * scale for value in values], rest[name.end() :].strip()
        if not _is_unit(rest, unit):
            return ()
    else:
        words = re.findall(r"[a-z]+", plain)
        while words and _is_unit(words[-1], unit) and words[-1] not in _multipliers():
            words.pop()
        values = _read_words(words) if re.fullmatch(r"[a-z\s%$-]*", plain) else []
    return tuple(value for value in values if math.isfinite(value))
