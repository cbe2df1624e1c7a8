"""From the groups of 2012 to JNIM and the Islamic State's branch, year by year."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from mali_course.charts.lanes import LanesPicture
from mali_course.charts.lineage_data import Descent, Group, date_words, links_text
from mali_course.charts.style import REPORT_DATE
from mali_course.core.dates import year_fraction
from mali_course.core.formats import day, in_words, listed
from mali_course.core.table import Table
from mali_course.explorers.explorer_base import (
    Explorer,
    ExplorerView,
    explorer_texts,
    joined,
    start_upper,
)
from mali_course.forms.controls import make_control

__all__ = ["LineageExplorer"]

_ALL, _REPORT = "all", "report"
_FIRST_YEAR = 2011

_texts = explorer_texts(__name__)


class LineageExplorer(Explorer):
    """Which armed Islamist groups existed when, and from which others they came.

    Examples
    --------
    >>> chart = LineageExplorer().view({"until": "2013"})
    >>> "the end of 2013" in chart.reading
    True
    """

    def __init__(self) -> None:
        descent = Descent()
        years = map(str, range(_FIRST_YEAR, REPORT_DATE.year))
        super().__init__(
            partial(_View, descent), _Picture(descent),
            make_control(_texts, "until", (*years, _REPORT), _REPORT, _limit_text),
            make_control(_texts, "group", (_ALL, *descent.groups), _ALL,
                         lambda name: _full_name(descent.groups[name])),
        )
        self._descent = descent

    def refusal(self, values: Mapping[str, str]) -> str:
        """Refuse to follow a group before its start."""
        return "" if _View(self._descent, **values).begun else "begun"


def _full_name(group: Group) -> str:
    """Return the name by which a group is called here, and what it stands for."""
    full = group.row["name"]
    return group.name if full == group.name else _texts("option_group", name=group.name, full=full)


class _Picture:
    """The lanes, as far as a view goes."""

    def __init__(self, descent: Descent) -> None:
        self.lanes = LanesPicture(descent)
        self.figure = self.lanes.page.figure

    def show_view(self, view: _View) -> None:
        self.lanes.show(view.moment, view.chosen, view.title_text(), view.summary_text())


def _limit_text(until: str) -> str:
    if until == _REPORT:
        return _texts("report_day", date=day(REPORT_DATE))
    return _texts("end_of", year=until)


class _View(ExplorerView):
    """The groups and their links up to a moment; one group may be followed."""

    def __init__(self, descent: Descent, until: str, group: str) -> None:
        self.descent, self.group = descent, "" if group == _ALL else group
        self.limit = _limit_text(until)
        self.at_report = until == _REPORT
        self.year = REPORT_DATE.year if self.at_report else int(until)
        self.moment = year_fraction(REPORT_DATE) if self.at_report else self.year + 1 - 1e-6
        self.links = descent.links_until(self.moment)
        self.alone = descent.groups_alone(self.moment)
        self.traced = descent.traced_groups(self.group, self.moment) if self.group else []
        self.chosen = {self.group, *self.traced} if self.group else set(descent.groups)

    @property
    def begun(self) -> bool:
        return not self.group or self.descent.groups[self.group].start <= self.moment

    def title_text(self) -> str:
        moment = day(REPORT_DATE) if self.at_report else _texts("moment_year", year=self.year)
        if self.group:
            return _texts("headline_group", group=self.group, moment=moment)
        return _texts("headline", moment=start_upper(moment),
                      count=in_words(len(self.alone)))

    def summary_text(self) -> str:
        """Return the words in the picture."""
        if not self.group:
            return self.news_text("summary")
        if not self.traced:
            return _texts("summary_group_none")
        return _texts("summary_group", groups=listed(self.traced))

    def news_text(self, key: str) -> str:
        links = links_text(link for link in self.links if link.at >= self.year)
        return _texts(key if links else f"{key}_none", year=self.year, links=links)

    def reading_text(self) -> str:
        moment = (_texts("on_report_day", date=day(REPORT_DATE)) if self.at_report
                  else _texts("at_end_of", year=self.year))
        if not self.group:
            return self.groups_text(moment)
        links = [link for link in self.links if self.group in (link.actor, link.target)]
        key = "reading_group" if links else "reading_group_none"
        traced = "reading_traced_one" if len(self.traced) == 1 else "reading_traced"
        return joined(
            _texts(key, group=self.group, moment=moment, links=links_text(links)),
            key == "reading_group" and bool(self.traced) and _texts(
                traced, count=in_words(len(self.traced)), groups=_names_text(self.traced)))

    def groups_text(self, moment: str) -> str:
        return joined(
            _texts("reading_all", moment=moment, count=in_words(len(self.alone)),
                   total=in_words(len(self.descent.groups)), groups=_names_text(self.alone)),
            *(_texts("reading_inside", group=group, parts=listed(names))
              for group, names in self.descent.merged_groups(self.moment).items()),
            self.news_text("reading_new"))

    def alt_text(self) -> str:
        groups = self.descent.groups
        seen = [name for name, group in groups.items() if group.start <= self.moment]
        text = _texts("alt", total=in_words(len(groups)), first=_FIRST_YEAR,
                      last=REPORT_DATE.year, moment=self.limit, groups=_names_text(seen))
        return joined(text, bool(self.group) and _texts("alt_group", group=self.group))

    def source_ids(self) -> tuple[str, ...]:
        return self.descent.sources

    def data_table(self) -> Table:
        """Return the links, the chosen ones first, and then the groups."""
        links = sorted(self.links,
                       key=lambda link: not {link.actor, link.target} <= self.chosen)
        cells: list[tuple[str | None, ...]] = [
            (date_words(link.row["since"]) or None, _texts(f"verb_{link.relation}"), link.actor,
             link.target, link.row["source_id"], link.row["note"] or None) for link in links
        ]
        cells += [
            (date_words(group.row["founded"]) or _texts("start_unknown"), _texts("a_group"),
             f"{name}: {group.row['name']}" if group.row["name"] != name else name,
             date_words(group.row["ended"]) or None, group.row["source_id"],
             group.row["note"] or None)
            for name, group in self.descent.groups.items() if group.start <= self.moment
        ]
        heads = ("date", "what", "who", "other", "source_id", "note")
        caption = _texts("caption_group" if self.group else "caption", moment=self.limit,
                         group=self.group)
        return Table(caption, tuple(_texts(f"col_{head}") for head in heads), tuple(cells))


def _names_text(groups: list[str]) -> str:
    return listed(groups) if groups else _texts("alt_none")
