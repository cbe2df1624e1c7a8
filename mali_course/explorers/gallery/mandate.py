"""The mandate of MINUSMA, resolution by resolution: its tasks, its ceiling, and what was new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from mali_course.charts.chart_base import Chart
from mali_course.core.datasets import rows
from mali_course.core.formats import day, in_words, listed, number
from mali_course.core.messages import say
from mali_course.core.table import Table
from mali_course.explorers.mandate_picture import STANDINGS, MandatePicture
from mali_course.forms.controls import Control, choose

__all__ = ["MandateExplorer"]

Row = Mapping[str, Any]

_ANY = "any"
_NEW, _CHANGED = "first named", "changed"


def _say(key: str, **fields: object) -> str:
    return say(f"charts_mission.mandate.{key}", **fields)


class MandateExplorer:
    """What each resolution asks of the mission, and when it was first asked.

    Examples
    --------
    >>> chart = MandateExplorer().view({"resolution": "2295 (2016)"})
    >>> "15,209" in chart.reading
    True
    """

    name = "mandate"

    def __init__(self) -> None:
        self.title: str = _say("title")
        self.question: str = _say("question")
        self._mandates = sorted(rows("mission_mandates"), key=lambda row: row["adopted_on"])
        self._dates = {row["resolution"]: row["adopted_on"] for row in self._mandates}
        self._tasks = sorted(rows("mandate_tasks"), key=lambda row: self._dates[row["resolution"]])
        themes = dict.fromkeys(row["theme"] for row in self._tasks)
        self.controls: tuple[Control, ...] = (
            Control("resolution", _say("resolution"),
                    ((_ANY, _say("any_resolution")), *((one, one) for one in self._dates)), _ANY),
            Control("theme", _say("theme"),
                    ((_ANY, _say("any_theme")), *((one, one) for one in themes)), _ANY),
        )
        self._picture = MandatePicture()

    def view(self, values: Mapping[str, str]) -> Chart:
        """Return the tasks of a resolution, of a group, or all of them in a grid.

        Parameters
        ----------
        values : mapping
            ``resolution`` and ``theme``; what is odd or missing is replaced by "any".

        Returns
        -------
        Chart
            All views share one figure, which is set to this view when it is drawn.

        Examples
        --------
        >>> MandateExplorer().view({"theme": "no such thing"}).table.columns[0]
        'Resolution'
        """
        resolution, theme = (choose(one, values) for one in self.controls)
        tasks = [row for row in self._tasks
                 if resolution in (_ANY, row["resolution"]) and theme in (_ANY, row["theme"])]
        mandates = [row for row in self._mandates if resolution in (_ANY, row["resolution"])]
        mandate = mandates[0] if resolution != _ANY else None
        title, source = _headline(resolution, theme), _say("source")
        if mandate or theme != _ANY:
            prepare = partial(self._picture.rows, mandate, self._dates, tasks, title, source)
        else:
            prepare = partial(self._picture.grid, mandates, tasks, title, source)
        return Chart(
            figure=self._picture.page.figure,
            title=title,
            alt=_alt(mandate, theme, tasks),
            reading=self._reading(mandate, theme, tasks),
            table=_table(mandates, tasks, title, theme),
            sources=tuple(dict.fromkeys(
                row["source_id"] for row in [*(mandates if theme == _ANY else ()), *tasks]
            )) or tuple(row["source_id"] for row in mandates[:1]),
            note=_say("note"),
            prepare=prepare,
        )

    def _reading(self, mandate: Row | None, theme: str, tasks: Sequence[Row]) -> str:
        if mandate:
            return self._of_resolution(mandate, theme, tasks)
        if theme != _ANY:
            return _say("reading_theme", theme=theme, count=in_words(len(tasks)),
                        all=in_words(len(self._mandates)),
                        uses=listed(_say("use", resolution=row["resolution"],
                                         standing=row["standing"]) for row in tasks))
        first = self._mandates[0]["resolution"]
        start = [row["theme"] for row in tasks if row["resolution"] == first]
        themes = dict.fromkeys(row["theme"] for row in tasks)
        uses = Counter(row["theme"] for row in tasks)
        (most, count), = uses.most_common(1)
        return _say("reading_all", themes=in_words(len(themes)), resolution=first,
                    start=in_words(len(start)).capitalize(),
                    later=in_words(len(themes) - len(start)), most=most,
                    count=in_words(count), all=in_words(len(self._mandates)))

    def _of_resolution(self, mandate: Row, theme: str, tasks: Sequence[Row]) -> str:
        name = mandate["resolution"]
        parts = [_say("reading_resolution", resolution=name, when=day(mandate["adopted_on"]))]
        if theme != _ANY:
            parts.append(_say("reading_one", theme=theme, standing=tasks[0]["standing"])
                         if tasks else _say("reading_silent", theme=theme))
            return " ".join(parts)
        parts.append(self._ceiling(mandate))
        new = [row["theme"] for row in tasks if row["standing"] == _NEW]
        other = [row["theme"] for row in tasks if row["standing"] == _CHANGED]
        parts.append(_say("reading_new", themes=listed(new)) if new else _say("reading_no_new"))
        if other:
            parts.append(_say("reading_changed", themes=listed(other)))
        parts += [_say("reading_priority", standing=row["standing"].capitalize(),
                       theme=row["theme"]) for row in tasks if "priority" in row["standing"]]
        return " ".join(parts)

    def _ceiling(self, mandate: Row) -> str:
        if mandate["uniformed"] is None:
            return _say("sets_no_ceiling")
        before = [row["uniformed"] for row in self._mandates
                  if row["adopted_on"] < mandate["adopted_on"] and row["uniformed"] is not None]
        now = number(mandate["uniformed"])
        if not before:
            return _say("reading_first_ceiling", ceiling=now)
        if before[-1] == mandate["uniformed"]:
            return _say("reading_same_ceiling", ceiling=now)
        return _say("reading_new_ceiling", ceiling=now, before=number(before[-1]))


def _headline(resolution: str, theme: str) -> str:
    if resolution == _ANY:
        return _say("headline_all") if theme == _ANY else _say("headline_theme", theme=theme)
    if theme == _ANY:
        return _say("headline_resolution", resolution=resolution)
    return _say("headline_both", resolution=resolution, theme=theme)


def _alt(mandate: Row | None, theme: str, tasks: Sequence[Row]) -> str:
    counts = Counter(row["standing"] for row in tasks)
    signs = listed(_say("count", count=in_words(counts[one]), standing=one)
                   for one in STANDINGS if counts[one]) if tasks else ""
    if not tasks:
        return _say("alt_none")
    if mandate or theme != _ANY:
        key = "alt_row" if len(tasks) == 1 else "alt_rows"
        about = _say("alt_about") if mandate else ""
        return f"{_say(key, count=in_words(len(tasks)), signs=signs)} {about}".strip()
    themes = "; ".join(
        _say("alt_theme", theme=one, uses=listed(
            _say("use", resolution=row["resolution"].split()[0], standing=row["standing"])
            for row in tasks if row["theme"] == one))
        for one in dict.fromkeys(row["theme"] for row in tasks))
    return _say("alt_grid", themes=themes)


def _table(mandates: Sequence[Row], tasks: Sequence[Row], title: str, theme: str) -> Table:
    cells: list[tuple[Any, ...]] = []
    for row in mandates:
        if theme == _ANY:
            cells.append((row["resolution"], row["adopted_on"], _say("kind_ceiling"),
                          row["decision"], row["uniformed"], None, row["note"] or None))
        cells += [(row["resolution"], row["adopted_on"], task["theme"], task["task"], None,
                   task["standing"], task["note"] or None)
                  for task in tasks if task["resolution"] == row["resolution"]]
    heads = tuple(_say(f"col_{one}") for one in
                  ("resolution", "adopted", "theme", "task", "ceiling", "standing", "note"))
    if not cells:
        cells = [(_say("nothing"), *(None for _ in heads[1:]))]
    return Table(_say("caption", title=title), heads, tuple(cells))
