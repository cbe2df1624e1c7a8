"""Charts as a reader sees them: drawn once a session, with the words that stand in the picture."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from mali_course.charts import chart, style
from mali_course.charts.chart_base import Chart

__all__ = [
    "Page",
    "Word",
    "count_word",
    "covering_words",
    "cut_words",
    "drawn_chart",
    "drawn_lines",
    "numbers",
    "picture_text",
    "small_words",
    "spots",
    "table_numbers",
    "table_rows",
    "visible_texts",
    "words_of",
]

DATA = Path(__file__).resolve().parent.parent / "data"
NARROW = 320  # pixels of a small telephone
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w.]*\d)")


def table_rows(name: str) -> list[dict[str, str]]:
    """Read a table without the package, so that one checks the other.

    A name without a folder is that of a file in data/sets/.
    """
    path = name if "/" in name else f"sets/{name}"
    with (DATA / f"{path}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def count_word(count: int) -> str:
    """Return how the course writes a count in a sentence."""
    return _SMALL[count] if count < len(_SMALL) else str(count)


def numbers(text: str) -> set[str]:
    """Return the numbers in a text, without locators such as 1.2.2 and fiscal years."""
    plain = re.sub(r"\b\d\.\d\.\d\b|\bFY\d+\b", "", text)
    return {number.rstrip(",") for number in _NUMBER.findall(plain)}


def table_numbers(shown: Chart) -> set[str]:
    cells = shown.table.to_text()
    return numbers(cells) | numbers(cells.replace("-", " "))


class Page(HTMLParser):
    """Fails where tags do not match; keeps what the tests ask for."""

    VOID = frozenset({"img", "br"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"<{tag}> repeats an attribute"
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            self.inside[tag] = self.inside.get(tag, "") + data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.seen if name == tag]


@cache
def drawn_chart(name: str) -> Chart:
    """Return a chart, which is drawn once for all tests of a process. Change nothing in it."""
    return chart(name)


def _undrawn(shown: Chart) -> Iterator[Text]:
    """Yield the labels of ticks that a figure has but does not draw."""
    for axes in shown.figure.axes:
        labels = (*axes.get_xticklabels(), *axes.get_yticklabels())
        if not axes.axison:
            yield from labels
            continue
        for text in axes.get_xticklabels():
            middle = sum(text.get_window_extent().intervalx) / 2
            if not axes.bbox.x0 - 1 <= middle <= axes.bbox.x1 + 1:
                yield text


def visible_texts(shown: Chart) -> list[Text]:
    """Draw a chart and return the texts that are seen in it."""
    shown.to_png(100)
    undrawn = {id(text) for text in _undrawn(shown)}
    return [
        text
        for text in shown.figure.findobj(Text)
        if text.get_visible()
        and text.get_text().strip()
        and text.figure is not None
        and id(text) not in undrawn
        # A label whose point is outside the axes has no box and is not drawn.
        and math.isfinite(text.get_window_extent().x0)
    ]


def picture_text(shown: Chart) -> str:
    """Return all words of the picture, as one line."""
    return " ".join(" ".join(text.get_text() for text in visible_texts(shown)).split())


def drawn_lines(shown: Chart, **look: object) -> list[Line2D]:
    """Return the lines and marks that are seen in a chart and look so, as in ``marker="o"``."""
    if shown.prepare:
        shown.prepare()
    return [
        line
        for axes in shown.figure.axes
        for line in axes.lines
        if line.get_visible()
        and all(getattr(line, f"get_{name}")() == value for name, value in look.items())
    ]


def spots(line: Line2D) -> list[tuple[float, float]]:
    """Return where the marks of a line stand."""
    xs, ys = line.get_data()
    return list(zip(map(float, xs), map(float, ys), strict=True))


@dataclass(frozen=True)
class Word:
    """A text of a picture, with its size in points and its box in pixels."""

    text: str
    size: float
    box: Bbox
    tick: bool


@lru_cache(64)
def _seen(shown: Chart) -> tuple[list[Word], Bbox]:
    """Draw a chart and return the words that are seen in it, and its edge in the same pixels."""
    texts = visible_texts(shown)
    ticks = {id(text) for axes in shown.figure.axes for text in axes.get_xticklabels()}
    with style.plain_style():  # as they are drawn
        words = [
            # Of an annotation the words alone, without a line to its point.
            Word(
                text.get_text(),
                text.get_fontsize(),
                Text.get_window_extent(text),
                id(text) in ticks,
            )
            for text in texts
        ]
    return words, shown.figure.bbox.frozen()


def words_of(shown: Chart) -> list[Word]:
    """Return the words that are seen in a chart."""
    return _seen(shown)[0]


def cut_words(shown: Chart) -> list[str]:
    """Return the words that the edge of the picture cuts."""
    words, edge = _seen(shown)
    return [
        word.text
        for word in words
        if word.box.x0 < edge.x0 - 1
        or word.box.x1 > edge.x1 + 1
        or word.box.y0 < edge.y0 - 1
        or word.box.y1 > edge.y1 + 1
    ]


def small_words(shown: Chart) -> list[str]:
    """Return the words that are below 7 points where the picture is as wide as a telephone."""
    per_point = NARROW / (shown.figure.get_size_inches()[0] * 72)
    return [word.text for word in words_of(shown) if word.size * per_point < 7]


def covering_words(shown: Chart) -> list[tuple[str, str]]:
    """Return the pairs of words that cover each other."""
    pairs = combinations([word for word in words_of(shown) if not word.tick], 2)
    return [(one.text, other.text) for one, other in pairs if _meet(one.box, other.box)]


def _meet(one: Bbox, other: Bbox) -> bool:
    # Boxes are a little larger than their letters.
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return wide >= 1.5 and high >= 3
