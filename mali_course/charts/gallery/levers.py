"""What the United States can use in Mali: who decides about it, and whom it affects."""

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
    LABEL,
    MARGIN,
    PURPLE,
    SMALL,
    SOFT,
    VERMILLION,
    WIDTH,
    plain_style,
    sheet,
    text_width,
    wrap,
)
from mali_course.core.datasets import rows
from mali_course.core.formats import in_words, listed
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["levers"]

Row = Mapping[str, Any]

_AFFECTED = ("Mali", "Neighbours", "France", "U.N. mission", "Listed people")
_USES = ("used", "held back", "waived", "under discussion")
_COLOURS = dict(zip(_USES, (BLUE, VERMILLION, VERMILLION, PURPLE), strict=True))
_GROUPS = ("congress", "president", "departments", "not_named")
_COLUMNS = tuple(WIDTH - MARGIN - 0.25 - at for at in (2.2, 1.65, 1.1, 0.55, -0.04))
_LEFT = MARGIN + 0.05
_NAMES = _COLUMNS[0] - 0.17 - _LEFT  # width of the names
_NAME = SMALL + 0.4
_ROW, _HEAD, _TOP, _FOOT = 0.245, 0.28, 0.46, 0.34


def _say(key: str, **fields: object) -> str:
    return say(f"charts_aid.levers.{key}", **fields)


def _group(row: Row) -> str:
    """Return who decides, by the words that the table uses: the highest that has a part in it."""
    for group in ("not_named", "congress", "president"):
        if any(word in row["who_decides"] for word in words_of_group(group)):
            return group
    return "departments"


def words_of_group(group: str) -> Sequence[str]:
    """Return the words of the table that mean a group of those who decide.

    Examples
    --------
    >>> words_of_group("congress")
    ['Congress']
    """
    return _say(f"words_{group}").split("|")


def _affected(row: Row) -> list[str]:
    return [one.strip() for one in row["whom_it_affects"].split(";")]


def _grouped() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {group: [] for group in _GROUPS}
    for row in rows("levers"):
        found[_group(row)].append(row)
    return {group: own for group, own in found.items() if own}


def levers() -> Chart:
    """Draw the levers as a matrix: a row each, a column for each whom they affect.

    Examples
    --------
    >>> "lever" in levers().reading
    True
    """
    grouped = _grouped()
    every = [row for own in grouped.values() for row in own]
    sources = tuple(dict.fromkeys(row["source_id"] for row in every))
    affected = Counter(one for row in every for one in _affected(row))
    uses = Counter(row["use"] for row in every)
    title = _say("title", count=in_words(len(every)))
    with plain_style():
        figure = _draw(title, grouped)
    return Chart(
        figure=figure,
        title=title,
        alt=_say("alt", count=len(every), columns=listed(map(_label, _AFFECTED)),
                 groups="; ".join(
                     _say("alt_group", group=_say(f"group_{group}"),
                          names=listed(row["instrument"] for row in own))
                     for group, own in grouped.items())),
        reading=_reading(every, affected, uses),
        table=_table(every),
        sources=sources,
        note=_say("note"),
    )


def _label(affected: str) -> str:
    return _say(f"affects_{_AFFECTED.index(affected)}")


def _reading(every: Sequence[Row], affected: Mapping[str, int], uses: Mapping[str, int]) -> str:
    order = sorted(_AFFECTED, key=lambda one: -affected[one])
    counts = listed(_say("count_one" if affected[one] == 1 else "count",
                         count=in_words(affected[one]), whom=_label(one))
                    for one in order)
    not_used = listed(f"{in_words(uses[one])} {_say(f'use_{_USES.index(one)}')}"
                      for one in _USES[1:] if uses[one])
    unnamed = [row for row in every if _unnamed(row)]
    elsewhere = sum(_group(row) != "not_named" for row in unnamed)
    return _say("reading", all=in_words(len(every)), counts=counts, others=not_used,
                used=in_words(uses["used"]).capitalize(), unnamed=in_words(len(unnamed)),
                elsewhere=in_words(elsewhere))


def _unnamed(row: Row) -> bool:
    """Tell whether the report leaves open who decides."""
    return bool(row["named_in_report"] != "yes")


def _table(every: Sequence[Row]) -> Table:
    names = ("instrument", "who_decides", "named_in_report", "whom_it_affects", "use",
             "use_in_report", "limit", "cites", "source_id", "note")
    cells = tuple(tuple(row[name] or None for name in names) for row in every)
    return Table(_say("caption"), tuple(_say(f"col_{name}") for name in names), cells)


def _lines(row: Row) -> list[str]:
    name = row["instrument"]
    if _unnamed(row) and _group(row) != "not_named":
        name = _say("by_others", name=name)
    return wrap(name, _NAMES, _NAME).splitlines()


def _height(row: Row) -> float:
    return _ROW + (len(_lines(row)) - 1) * _NAME * 1.2 / 72


def _draw(title: str, grouped: Mapping[str, Sequence[Row]]) -> Figure:
    body = _TOP + _FOOT + sum(_HEAD + sum(map(_height, own)) for own in grouped.values())
    page = sheet(title, _say("source"), body)
    # Inches from the left and from the top.
    axes = page.place(0, 0, 0, 0)
    axes.set_axis_off()
    axes.set(xlim=(0, WIDTH), ylim=(body, 0), xticks=[], yticks=[])
    axes.text(MARGIN, 0.2, _say("corner"), size=SMALL, color=SOFT, va="center")
    for x, heading in zip(_COLUMNS, _say("columns").split("|"), strict=True):
        axes.text(x, 0.2, heading.replace(" ", "\n"), size=SMALL, weight="bold", ha="center",
                  va="center", linespacing=1.1)
    y = _TOP
    marks: dict[str, tuple[list[float], list[float]]] = {use: ([], []) for use in _USES}
    for group, own in grouped.items():
        axes.plot([MARGIN, WIDTH - MARGIN], [y] * 2, color=SOFT, linewidth=0.9)
        axes.text(MARGIN, y + 0.15, _say(f"group_{group}"), size=LABEL, weight="bold", va="center")
        y += _HEAD
        for row in own:
            height = _height(row)
            middle = y + height / 2 - 0.01
            axes.text(_LEFT, middle, "\n".join(_lines(row)), size=_NAME, va="center",
                      linespacing=1.1)
            at = [_COLUMNS[_AFFECTED.index(one)] for one in _affected(row)]
            axes.plot([_LEFT, WIDTH - MARGIN], [y + height - 0.01] * 2, color=GRID,
                      linewidth=0.6)
            if len(at) > 1:
                axes.plot([at[0], at[-1]], [middle] * 2, color=GRID, linewidth=2, zorder=1)
            marks[row["use"]][0].extend(at)
            marks[row["use"]][1].extend([middle] * len(at))
            y += height
    _legend(axes, body - _FOOT / 2 + 0.02, marks)
    for use, (xs, ys) in marks.items():
        _signs(axes, use, xs, ys)
    return page.figure


def _legend(axes: Axes, y: float, marks: Mapping[str, tuple[list[float], list[float]]]) -> None:
    x = MARGIN + 0.12
    for place, use in enumerate(_USES):
        marks[use][0].append(x)
        marks[use][1].append(y)
        words = _say(f"use_{place}")
        axes.text(x + 0.14, y, words, size=SMALL, va="center")
        x += 0.42 + text_width(words, SMALL)


def _signs(axes: Axes, use: str, xs: Sequence[float], ys: Sequence[float]) -> None:
    """Draw signs that can be told apart without their colour: full, half, crossed out, asking."""
    colour = _COLOURS[use]
    (ring,) = axes.plot(xs, ys, "o", markersize=11, color=colour, markeredgewidth=1.8, zorder=3)
    if use == "used":
        return
    ring.set_markerfacecolor("white")
    if use == "held back":
        ring.set(markerfacecolor=colour, markerfacecoloralt="white", fillstyle="left")
    elif use == "waived":
        axes.plot(xs, ys, "x", markersize=6, color=colour, markeredgewidth=1.8, zorder=4)
    else:
        for x, y in zip(xs, ys, strict=True):
            axes.text(x, y, _say("asking"), size=SMALL, weight="bold", ha="center",
                      va="center_baseline", zorder=4)
