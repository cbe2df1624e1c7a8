"""The numbers of the bank as people of all countries write them: made by babel, for tests."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from babel import Locale, localedata
from babel.numbers import format_compact_decimal, format_currency, format_decimal, format_percent

from mali_course.questions import bank
from mali_course.questions.kinds.number import Number

__all__ = ["numbers_of_the_world"]

ITEMS = [item for item in bank.items() if isinstance(item, Number)]
# Each decimal digit of Unicode, and the Chinese ones.
ZEROS = [chr(code) for code in range(0x110000) if chr(code).isdecimal()][::10]
HAN = "〇一二三四五六七八九"
# What is written around a number, and what comes along when one is copied.
AROUND = [
    "{}", "{}", "{}", "{}", " {}\n", "\u200e{}\u200f", "\ufeff{}", "\u200b{}\u200b",
    "\u2067{}\u2069",
    "“{}”", "«\u00a0{}\u00a0»", "„{}“", "'{}'", "({})", "{}.", "{}!", "= {}", "~{}", "≈ {}",
    "at most {}", "At most {}", "max. {}", "maximum {}", "{} max", "≤{}", "≤ {}", "<= {}",
    "no more than {}", "up to {}", "about {}", "circa {}", "ca. {}", "c. {}", "approx. {}",
    "it is {}", "It's {}.", "I think {}", "the answer is {}", "{} in total", "exactly {}",
]
AROUND_PEOPLE = ["{} troops and police", "{} uniformed personnel", "{} people", "{} persons"]


@cache
def _locales() -> tuple[Locale, ...]:
    return tuple(map(Locale.parse, localedata.locale_identifiers()))


def _system(locale: Locale, chance: random.Random) -> str:
    """Return a system of numbers that the locale has its own signs for."""
    symbols = locale.number_symbols
    named = {locale.default_numbering_system, *locale.other_numbering_systems.values()}
    fit = sorted(name for name in named if symbols.get(name, {}).get("decimal"))
    return chance.choice(fit or ["latn"])


def _formatted(item: Number, locale: Locale, system: str, chance: random.Random) -> str:
    value = Decimal(str(item.value))
    forms = ["decimal", "decimal", "plain", "short", "long"]
    forms += ["percent"] * 4 if "percent" in item.unit else []
    forms += ["currency"] * 4 if "dollars" in item.unit else []
    match chance.choice(forms):
        case "decimal":
            return format_decimal(value, locale=locale, numbering_system=system)
        case "plain":
            return format_decimal(
                value, locale=locale, numbering_system=system, group_separator=False
            )
        case "percent":
            return format_percent(value / 100, locale=locale, numbering_system=system)
        case "currency":
            return format_currency(value, "USD", locale=locale, numbering_system=system)
        case length if str(locale).startswith("sw"):
            # babel counts the digits of its patterns twice, and so writes another number.
            return format_decimal(value, locale=locale)
        case length:
            return format_compact_decimal(
                value, format_type=length, locale=locale, fraction_digits=6, numbering_system=system
            )


def _in_other_digits(text: str, chance: random.Random) -> str:
    """Return a text with native digits, which babel itself does not write."""
    zero = chance.choice([*ZEROS, HAN])
    digits = HAN if zero == HAN else [chr(ord(zero) + value) for value in range(10)]
    return "".join(digits[int(char)] if char in "0123456789" else char for char in text)


def numbers_of_the_world(count: int, seed: int) -> Iterator[tuple[Number, str, str]]:
    """Yield items of the bank with a text that writes their key, and where it is written so.

    Each locale has its turn before one comes again.
    """
    chance = random.Random(seed)
    locales = list(_locales())
    for number in range(count):
        if number % len(locales) == 0:
            chance.shuffle(locales)
        item, locale = chance.choice(ITEMS), locales[number % len(locales)]
        text = _formatted(item, locale, _system(locale, chance), chance)
        if chance.random() < 0.3:
            text = _in_other_digits(text, chance)
        if chance.random() < 0.1:  # another space, as a keyboard or a word processor has it
            text = text.replace("\u00a0", chance.choice(" \u202f\u2009")).replace("'", "’")
        around = chance.choice(AROUND + (AROUND_PEOPLE if "person" in item.unit else []))
        yield item, around.format(text), str(locale)
