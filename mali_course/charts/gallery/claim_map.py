"""The claim map: each sentence of the report by section, status and whether it names others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLUE,
    GRID,
    INK,
    LABEL,
    MARGIN,
    SMALL,
    SOFT,
    VERMILLION,
    WIDTH,
    plain_style,
    sheet,
    wrap,
)
from mali_course.core.datasets import publishers
from mali_course.core.formats import in_words, listed
from mali_course.core.messages import say
from mali_course.core.report import Section, Sentence, sections
from mali_course.core.table import Table

__all__ = ["claim_map"]

_SOURCE = "CRS_2020_01"
_SQUARE = 0.15  # inches from one square to the next
_NUMBER = 0.27  # inches for the number before the squares
_LINE = SMALL * 1.35 / 72
# A column a status: its width in inches, and how many squares stand side by side in it.
_COLUMNS: Mapping[str, tuple[float, int]] = {
    "fact": (1.46, 7), "estimate": (0.82, 3), "allegation": (0.86, 3), "judgement": (1.08, 5),
    "plan": (0.78, 3),
}


def _sentences(section: Section) -> list[Sentence]:
    return [one for paragraph in section.paragraphs for one in paragraph.sentences]


def _who(found: Sequence[Sentence]) -> str:
    """Return who is named, and where: one name once, with all its sentences."""
    by_name: dict[str, list[str]] = {}
    for one in found:
        if one.attribution:
            by_name.setdefault(one.attribution, []).append(one.locator)
    return "; ".join(
        say("charts_whole.map.who", locator=", ".join(locators), who=name)
        for name, locators in by_name.items()
    )


def _height(section: Section) -> tuple[float, str]:
    """Return the inches that a section needs, and who is named in it, in lines."""
    counts = Counter(one.status for one in _sentences(section))
    lines = max(-(-counts[status] // across) for status, (_, across) in _COLUMNS.items())
    who = wrap(_who(_sentences(section)), WIDTH - 2 * MARGIN, SMALL)
    height = LABEL * 1.4 / 72 + lines * _SQUARE + 0.12
    return height + (who.count("\n") + 1) * _LINE * bool(who), who


def _marks(axes: Axes, points: Sequence[tuple[float, float]], **look: Any) -> None:
    xs, ys = zip(*points, strict=True) if points else ((), ())
    axes.plot(xs, ys, linestyle="none", marker="s", markersize=7.6, **look)


def _draw(title: str) -> Figure:
    parts = [(section, *_height(section)) for section in sections()]
    head = 0.28
    body = head + sum(height for _, height, _ in parts)
    page = sheet(title, say("charts_whole.map.source", publishers=publishers([_SOURCE])), body)
    axes = page.place(0, 0, 0, 0)
    axes.set_axis_off()
    axes.set(xlim=(0, WIDTH), ylim=(body, 0), xticks=[], yticks=[])
    lefts, left = {}, MARGIN
    for (status, (width, _)), name in zip(_COLUMNS.items(), _heads(), strict=True):
        lefts[status] = left
        axes.text(left, 0.04, name, size=SMALL, weight="bold", va="top")
        left += width
    own: list[tuple[float, float]] = []
    others: list[tuple[float, float]] = []
    y = head
    for section, height, who in parts:
        axes.plot([MARGIN, WIDTH - MARGIN], [y - 0.05] * 2, color=GRID, linewidth=0.8)
        _section(axes, y, section, lefts, own, others)
        if who:
            low = y + height - 0.1
            axes.text(MARGIN, low, who, size=SMALL, color=SOFT, va="bottom", linespacing=1.2)
        y += height
    _marks(axes, own, color=BLUE)
    _marks(axes, others, markerfacecolor="white", markeredgecolor=VERMILLION, markeredgewidth=1.6)
    # The dot inside makes them differ where there is no colour.
    axes.plot([x for x, _ in others], [y for _, y in others], linestyle="none", marker="o",
              markersize=2.6, color=INK)
    return page.figure


def _heads() -> list[str]:
    return say("charts_whole.map.heads").split("|")


def _section(axes: Axes, y: float, section: Section, lefts: Mapping[str, float],
             own: list[tuple[float, float]], others: list[tuple[float, float]]) -> None:
    found = _sentences(section)
    name = say("charts_whole.map.section", number=section.number, title=section.title)
    axes.text(MARGIN, y, name, size=LABEL, weight="bold", va="top")
    y += LABEL * 1.4 / 72 + _SQUARE / 2
    for status, left in lefts.items():
        mine = [one for one in found if one.status == status]
        axes.text(left + _NUMBER - 0.07, y, str(len(mine) or "–"), size=SMALL, ha="right",
                  va="center", color=INK if mine else SOFT)
        for place, one in enumerate(mine):
            row, column = divmod(place, _COLUMNS[status][1])
            point = (left + _NUMBER + (column + 0.4) * _SQUARE, y + row * _SQUARE)
            (others if one.attribution else own).append(point)


def _counts(found: Sequence[Sentence]) -> str:
    counts = Counter(one.status for one in found)
    return listed(
        say("charts_whole.map.alt_count", count=in_words(counts[status]), status=name)
        for status, name in _names(counts).items()
        if counts[status]
    )


def _names(counts: Mapping[str, int]) -> dict[str, str]:
    one = say("charts_whole.map.statuses").split("|")
    many = say("charts_whole.map.statuses_many").split("|")
    return {
        status: single if counts[status] == 1 else plural
        for status, single, plural in zip(_COLUMNS, one, many, strict=True)
    }


def _reading() -> str:
    by_section = {section.number: _sentences(section) for section in sections()}
    every = [one for found in by_section.values() for one in found]

    def share(number: int, *, judged: bool) -> float:
        found = by_section[number]
        mine = [one for one in found if (one.status == "judgement" if judged else one.attribution)]
        return len(mine) / len(found)

    most = max(by_section, key=lambda number: share(number, judged=True))
    named = max(by_section, key=lambda number: share(number, judged=False))
    return say(
        "charts_whole.map.reading",
        count=len(every),
        counts=_counts(every),
        others=sum(bool(one.attribution) for one in every),
        most=most,
        judged=sum(one.status == "judgement" for one in by_section[most]),
        all=len(by_section[most]),
        named=named,
        named_count=sum(bool(one.attribution) for one in by_section[named]),
        named_all=len(by_section[named]),
    )


def _table() -> Table:
    rows = []
    for section in sections():
        name = say("charts_whole.map.section", number=section.number, title=section.title)
        for status, word in zip(_COLUMNS, _heads(), strict=True):
            found = [one for one in _sentences(section) if one.status == status]
            if found:
                others = [one for one in found if one.attribution]
                rows.append((name, word, len(found), len(others), _who(found) or None))
    names = ("section", "status", "count", "others", "who")
    columns = tuple(say(f"charts_whole.map.col_{column}") for column in names)
    return Table(say("charts_whole.map.caption"), columns, tuple(rows))


def claim_map() -> Chart:
    """Draw the sentences of the report by section and status, and which of them name others.

    Examples
    --------
    >>> claim_map().table.columns[1]
    'Status'
    """
    every = [one for section in sections() for one in _sentences(section)]
    facts = sum(one.status == "fact" for one in every)
    title = say("charts_whole.map.title", facts=facts, count=len(every))
    alt = say(
        "charts_whole.map.alt",
        sections=in_words(len(sections())),
        rows="; ".join(
            say("charts_whole.map.alt_row", number=section.number,
                counts=_counts(_sentences(section)))
            for section in sections()
        ),
        others=sum(bool(one.attribution) for one in every),
        count=len(every),
    )
    with plain_style():
        figure = _draw(title)
    return Chart(figure, title, alt, _reading(), _table(), (_SOURCE,),
                 say("charts_whole.map.note"))
