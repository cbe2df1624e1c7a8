"""``python -m mali_course.kit.number_words``: words such as "million" in all languages.

It writes ``data/numbers/multipliers.csv`` from the compact number formats of the Unicode CLDR, as
babel has them: "K", "Mio.", "万", "lakh". Some words mean different factors in different languages;
then all of them stand there.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from babel import Locale, localedata

from mali_course.core.typed import plain_signs
from mali_course.core.whole_files import write_whole
from mali_course.questions.number_scales import plain_scale

__all__ = ["main", "scales"]

FILE = "data/numbers/multipliers.csv"


def _patterns(locale: Locale) -> Iterator[tuple[Decimal, str]]:
    for length in ("short", "long"):
        for sizes in (locale.compact_decimal_formats.get(length) or {}).values():
            for size, pattern in sizes.items():
                yield Decimal(size), pattern.pattern.split(";")[0]


def scales() -> dict[str, list[int]]:
    """Return each word that CLDR writes beside a number, with the factors that it can mean."""
    found: dict[str, set[int]] = {}
    for name in localedata.locale_identifiers():
        for size, pattern in _patterns(Locale.parse(name)):
            # One word, on one side of the zeros, which say how many digits stay before it.
            parts = re.fullmatch(r"([^0]*)(0+)([^0]*)", plain_signs(pattern))
            if not parts or (parts[1].strip() and parts[3].strip()):
                continue
            word = plain_scale(re.sub(r"'(.*?)'", r"\1", parts[1] + parts[3]))
            if word:
                found.setdefault(word, set()).add(int(size / 10 ** (len(parts[2]) - 1)))
    return {word: sorted(factors) for word, factors in sorted(found.items())}


def main() -> int:
    """Write the file; returns the exit code."""
    rows = [f"{word},{'|'.join(map(str, factors))}\n" for word, factors in scales().items()]
    text = "word,factors\n" + "".join(rows)
    write_whole({Path(__file__).resolve().parents[2] / FILE: text.encode()}, replace=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
