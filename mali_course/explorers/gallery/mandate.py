"""The mandate of MINUSMA, resolution by resolution: its tasks, its ceiling, and what was new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial

from mali_course.charts.canvas import Row, rows_table, sources_of
from mali_course.charts.chart_base import Chart
from mali_course.core.datasets import rows
from mali_course.core.formats import day, in_words, listed, number
from mali_course.core.table import Table
from mali_course.explorers.explorer_base import Explorer, explorer_texts
from mali_course.explorers.mandate_picture import STANDINGS, MandatePicture
from mali_course.forms.controls import make_control

__all__ = ["MandateExplorer"]

_ANY = "any"
_NEW, _CHANGED = "first named", "changed"

_texts = explorer_texts(__name__)


@cache
def _mandates() -> dict[str, Row]:
    """Return the resolutions by their name, the oldest first."""
    table = sorted(rows("mission_mandates"), key=lambda row: row["adopted_on"])
    return {row["resolution"]: row for row in table}


@cache
def _tasks() -> Sequence[Row]:
    """Return the tasks of all resolutions, each with the day of its own."""
    tasks = [{**row, "adopted_on": _mandates()[row["resolution"]]["adopted_on"]}
             for row in rows("mandate_tasks")]
    return sorted(tasks, key=lambda task: task["adopted_on"])


@dataclass(frozen=True)
class _View:
    """What is chosen: all, one resolution, one group of tasks, or both."""

    resolution: str
    theme: str

    @cached_property
    def mandates(self) -> list[Row]:
        return [row for name, row in _mandates().items() if self.resolution in (_ANY, name)]

    @cached_property
    def mandate(self) -> Row | None:
        return self.mandates[0] if self.resolution != _ANY else None

    @cached_property
    def tasks(self) -> list[Row]:
        return [task for task in _tasks() if self.resolution in (_ANY, task["resolution"])
                and self.theme in (_ANY, task["theme"])]

    @property
    def themes(self) -> dict[str, list[Row]]:
        """The tasks by their group."""
        groups: dict[str, list[Row]] = {}
        for task in self.tasks:
            groups.setdefault(task["theme"], []).append(task)
        return groups


class MandateExplorer(Explorer):
    """What each resolution asks of the mission, and when it was first asked.

    Examples
    --------
    >>> chart = MandateExplorer().view({"resolution": "2295 (2016)"})
    >>> "15,209" in chart.reading
    True
    """

    def __init__(self) -> None:
        themes = dict.fromkeys(task["theme"] for task in _tasks())
        super().__init__(
            make_control(_texts, "resolution", {_ANY: _texts("any_resolution")} | {
                name: name for name in _mandates()}),
            make_control(_texts, "theme", {_ANY: _texts("any_theme")} | {
                theme: theme for theme in themes}),
        )
        self._picture = MandatePicture()

    def chart(self, resolution: str, theme: str) -> Chart:
        """Return the tasks of a resolution, of a group, or all of them in a grid."""
        view = _View(resolution, theme)
        title = _title_text(view)
        if view.mandate or theme != _ANY:
            prepare = partial(self._picture.show_list, view.mandate, view.tasks, title)
        else:
            prepare = partial(self._picture.show_grid, view.mandates, view.tasks, title)
        shown = [*(view.mandates if theme == _ANY else ()), *view.tasks]
        return Chart(
            figure=self._picture.page.figure,
            title=title,
            alt=_alt_text(view),
            reading=_reading_text(view),
            table=_task_table(view, title),
            sources=sources_of(shown or view.mandates[:1]),
            note=_texts("note"),
            prepare=prepare,
        )


def _title_text(view: _View) -> str:
    if view.resolution == _ANY:
        return _texts("headline_all" if view.theme == _ANY else "headline_theme", theme=view.theme)
    key = "headline_resolution" if view.theme == _ANY else "headline_both"
    return _texts(key, resolution=view.resolution, theme=view.theme)


def _reading_text(view: _View) -> str:
    if view.mandate:
        parts = [_texts("reading_resolution", resolution=view.resolution,
                        when=day(view.mandate["adopted_on"]))]
        parts += _resolution_texts(view.mandate, view.tasks) if view.theme == _ANY else [
            _one_task_text(view)]
        return " ".join(parts)
    if view.theme != _ANY:
        return _texts("reading_theme", theme=view.theme, count=in_words(len(view.tasks)),
                      all=in_words(len(_mandates())),
                      uses=listed(_texts("use", **task) for task in view.tasks))
    first = view.mandates[0]["resolution"]
    start = sum(task["resolution"] == first for task in view.tasks)
    uses = Counter(task["theme"] for task in view.tasks)
    [(most, count)] = uses.most_common(1)
    return _texts("reading_all", themes=in_words(len(uses)), resolution=first,
                  start=in_words(start).capitalize(), later=in_words(len(uses) - start), most=most,
                  count=in_words(count), all=in_words(len(_mandates())))


def _one_task_text(view: _View) -> str:
    if not view.tasks:
        return _texts("reading_silent", theme=view.theme)
    return _texts("reading_one", **view.tasks[0])


def _resolution_texts(mandate: Row, tasks: Sequence[Row]) -> list[str]:
    new, changed = ([task["theme"] for task in tasks if task["standing"] == standing]
                    for standing in (_NEW, _CHANGED))
    parts = [_ceiling_text(mandate),
             _texts("reading_new", themes=listed(new)) if new else _texts("reading_no_new")]
    if changed:
        parts.append(_texts("reading_changed", themes=listed(changed)))
    return parts + [_texts("reading_priority", standing=task["standing"].capitalize(),
                           theme=task["theme"]) for task in tasks if "priority" in task["standing"]]


def _ceiling_text(mandate: Row) -> str:
    if mandate["uniformed"] is None:
        return _texts("sets_no_ceiling")
    before = [row["uniformed"] for row in _mandates().values()
              if row["adopted_on"] < mandate["adopted_on"] and row["uniformed"] is not None]
    ceiling = number(mandate["uniformed"])
    if not before:
        return _texts("reading_first_ceiling", ceiling=ceiling)
    if before[-1] == mandate["uniformed"]:
        return _texts("reading_same_ceiling", ceiling=ceiling)
    return _texts("reading_new_ceiling", ceiling=ceiling, before=number(before[-1]))


def _alt_text(view: _View) -> str:
    if not view.tasks:
        return _texts("alt_none")
    if view.mandate or view.theme != _ANY:
        counts = Counter(task["standing"] for task in view.tasks)
        signs = listed(_texts("count", count=in_words(counts[standing]), standing=standing)
                       for standing in STANDINGS if counts[standing])
        key = "alt_row" if len(view.tasks) == 1 else "alt_rows"
        text = _texts(key, count=in_words(len(view.tasks)), signs=signs)
        return f"{text} {_texts('alt_about')}" if view.mandate else text
    return _texts("alt_grid", themes="; ".join(
        _texts("alt_theme", theme=theme, uses=listed(
            _texts("use", resolution=task["resolution"].split()[0], standing=task["standing"])
            for task in tasks))
        for theme, tasks in view.themes.items()))


def _task_table(view: _View, title: str) -> Table:
    """Return the tasks by resolution, each after what the resolution decides."""
    columns = ("resolution", "adopted_on", "theme", "task", "uniformed", "standing", "note")
    none: Row = dict.fromkeys(columns)
    shown: list[Row] = []
    for mandate in view.mandates:
        if view.theme == _ANY:
            decision = {"theme": _texts("kind_ceiling"), "task": mandate["decision"]}
            shown.append({**none, **mandate, **decision})
        shown += [{**none, **task} for task in view.tasks
                  if task["resolution"] == mandate["resolution"]]
    return rows_table(_texts, columns, shown or [{**none, "resolution": _texts("nothing")}],
                      _texts("caption", title=title))
