"""A report of made-up sentences: as many as the real one has, each with as many words.

The project holds no sentence of the report. So tests recognise, keep and show these, by
fingerprints that are made of them in the place of the real ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from random import Random

from mali_course.core.content import read_csv
from mali_course.original import fingerprints as module
from mali_course.original import kept

_WORDS = """
    almond amber anchor apron autumn bakery basket beacon bottle bramble bridge bucket butter candle
    canvas carpet cedar cellar chalk cherry cinnamon clover cobbler copper corner cotton cradle
    cricket curtain daisy drawer ember engine evening feather fiddle garden ginger glacier goose
    granite hammer harbour hazel heron honey ivory jasmine kettle ladder lantern lemon linen maple
    marble meadow mirror mitten mustard needle nutmeg olive orchard otter paddle pebble pepper piano
    pillow pocket pottery puddle quilt rabbit raven ribbon saddle saffron shepherd shovel silver
    slipper sparrow spoon stable teapot thimble thistle timber tulip tunnel velvet violet walnut
    whistle willow window winter
"""


@cache
def made_up_sentences() -> Mapping[str, str]:
    """Return a sentence for each locator of the report, with as many words as the real one has."""
    made = {}
    for row in read_csv("report/fingerprints.csv"):
        chance = Random(row["locator"])
        words = [chance.choice(_WORDS.split()) for _ in row["words"].split()]
        made[row["locator"]] = f"{' '.join(words).capitalize()}."
    return made


def _made_up_rows() -> tuple[dict[str, str], ...]:
    prints = (module.fingerprint_of(*one) for one in made_up_sentences().items())
    return tuple(
        {
            "locator": one.locator,
            "start": one.start,
            "whole": one.whole,
            "words": " ".join(map(str, one.words)),
        }
        for one in prints
    )


def _forget() -> None:
    module.fingerprints.cache_clear()
    kept._read.cache_clear()


@contextmanager
def made_up_fingerprints() -> Iterator[Mapping[str, str]]:
    """Recognise the made-up sentences in place of the real ones, inside of a ``with`` block."""
    rows = _made_up_rows()
    before, module.read_csv = module.read_csv, lambda name: rows
    _forget()
    try:
        yield made_up_sentences()
    finally:
        module.read_csv = before
        _forget()
