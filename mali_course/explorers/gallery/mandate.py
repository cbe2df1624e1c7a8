"""The mandate of MINUSMA, resolution by resolution: its tasks, its ceiling, and what was new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from mali_course.charts.canvas import Row, rows_table, sources_of
from mali_course.core.datasets import rows
from mali_course.core.formats import day, in_words, listed, number
from mali_course.core.table import Table
from mali_course.explorers.explorer_base import Explorer, ExplorerView, explorer_texts, joined
from mali_course.explorers.mandate_picture import STANDINGS, MandatePicture
from mali_course.forms.controls import make_control

__all__ = ["MandateExplorer"]

_ANY = "any"
_NEW, _CHANGED = "first named", "changed"

_texts = explorer_texts(__name__)


@cache
def _mandates() -> Mapping[str, Row]:
    """Return the resolutions by their name, the oldest first."""
    table = sorted(rows("mission_mandates"), key=lambda row: row["adopted_on"])
    return {row["resolution"]: row for row in table}


@cache
def _tasks() -> Sequence[Row]:
    """Return the tasks of all resolutions, each with the day of its own."""
    tasks = [{**row, "adopted_on": _mandates()[row["resolution"]]["adopted_on"]}
             for row in rows("mandate_tasks")]
    return sorted(tasks, key=lambda task: task["adopted_on"])


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
            MandateView, MandatePicture(),
            make_control(_texts, "resolution", (_ANY, *_mandates()), others=_dated_resolution),
            make_control(_texts, "theme", (_ANY, *themes)),
        )

    def refusal(self, values: Mapping[str, str]) -> str:
        """Refuse a group of tasks that our copies do not name there."""
        free = values["theme"] == _ANY  # then a resolution still has its decision and its ceiling
        return "" if free or MandateView(**values).tasks else "silent"


def _dated_resolution(name: str) -> str:
    """Return the number of a resolution with its day."""
    return _texts("option_resolution", number=name.split()[0],
                  when=day(_mandates()[name]["adopted_on"]))


@dataclass(frozen=True)
class MandateView(ExplorerView):
    """What is chosen: all, one resolution, one group of tasks, or both."""

    resolution: str
    theme: str

    @cached_property
    def mandates(self) -> list[Row]:
        return [row for name, row in _mandates().items() if self.resolution in (_ANY, name)]

    @property
    def mandate(self) -> Row | None:
        return self.mandates[0] if self.resolution != _ANY else None

    @cached_property
    def tasks(self) -> list[Row]:
        return [task for task in _tasks() if self.resolution in (_ANY, task["resolution"])
                and self.theme in (_ANY, task["theme"])]

    @property
    def themes(self) -> Mapping[str, list[Row]]:
        """The tasks by their group."""
        groups: dict[str, list[Row]] = {}
        for task in self.tasks:
            groups.setdefault(task["theme"], []).append(task)
        return groups

    @property
    def is_grid(self) -> bool:
        return self.resolution == self.theme == _ANY

    def title_text(self) -> str:
        if self.resolution == _ANY:
            return _texts("headline_all" if self.is_grid else "headline_theme", theme=self.theme)
        key = "headline_resolution" if self.theme == _ANY else "headline_both"
        return _texts(key, resolution=self.resolution, theme=self.theme)

    def reading_text(self) -> str:
        if self.mandate:
            start = _texts("reading_resolution", resolution=self.resolution,
                           when=day(self.mandate["adopted_on"]))
            return joined(start, *(self.news_texts(self.mandate) if self.theme == _ANY
                                   else [self.standing_text()]))
        total = in_words(len(_mandates()))
        if self.theme != _ANY:
            return _texts("reading_theme", theme=self.theme, all=total,
                          count=in_words(len(self.tasks)),
                          uses=listed(_texts("use", **task) for task in self.tasks))
        uses = Counter(task["theme"] for task in self.tasks)
        [(most, count)] = uses.most_common(1)
        return _texts("reading_all", themes=in_words(len(uses)), most=most,
                      count=in_words(count), all=total)

    def standing_text(self) -> str:
        return _texts("reading_one", **self.tasks[0])

    def news_texts(self, mandate: Row) -> list[str | bool]:
        """Return what is new in a resolution: its ceiling, and the standing of its tasks."""
        new, changed = ([task["theme"] for task in self.tasks if task["standing"] == standing]
                        for standing in (_NEW, _CHANGED))
        return [
            _ceiling_text(mandate),
            _texts("reading_new", themes=listed(new)) if new else _texts("reading_no_new"),
            bool(changed) and _texts("reading_changed", themes=listed(changed)),
            *(_texts("reading_priority", standing=task["standing"].capitalize(),
                     theme=task["theme"]) for task in self.tasks if "priority" in task["standing"]),
        ]

    def alt_text(self) -> str:
        if self.is_grid:
            return _texts("alt_grid", themes="; ".join(
                _texts("alt_theme", theme=theme, uses=listed(
                    _texts("use", resolution=task["resolution"].split()[0],
                           standing=task["standing"]) for task in tasks))
                for theme, tasks in self.themes.items()))
        if not self.tasks:
            return _texts("alt_none")
        counts = Counter(task["standing"] for task in self.tasks)
        signs = listed(_texts("count", count=in_words(counts[standing]), standing=standing)
                       for standing in STANDINGS if counts[standing])
        return joined(_texts("alt_row" if len(self.tasks) == 1 else "alt_rows",
                             count=in_words(len(self.tasks)), signs=signs),
                      self.mandate is not None and _texts("alt_about"))

    def data_table(self) -> Table:
        """Return the tasks by resolution, each after what the resolution decides."""
        columns = ("resolution", "adopted_on", "theme", "task", "uniformed", "standing", "note")
        none: Row = dict.fromkeys(columns)
        shown: list[Row] = []
        for mandate in self.mandates:
            if self.theme == _ANY:
                decision = {"theme": _texts("kind_ceiling"), "task": mandate["decision"]}
                shown.append({**none, **mandate, **decision})
            shown += [{**none, **task} for task in self.tasks
                      if task["resolution"] == mandate["resolution"]]
        return rows_table(_texts, columns, shown, _texts("caption", title=self.title_text()))

    def source_ids(self) -> tuple[str, ...]:
        shown = [*(self.mandates if self.theme == _ANY else ()), *self.tasks]
        return sources_of(shown)


def _ceiling_text(mandate: Row) -> str:
    if mandate["uniformed"] is None:
        return _texts("sets_no_ceiling")
    ceiling = number(mandate["uniformed"])
    before = [number(row["uniformed"]) for row in _mandates().values()
              if row["adopted_on"] < mandate["adopted_on"] and row["uniformed"] is not None]
    if not before:
        return _texts("reading_first_ceiling", ceiling=ceiling)
    key = "reading_same_ceiling" if before[-1] == ceiling else "reading_new_ceiling"
    return _texts(key, ceiling=ceiling, before=before[-1])
