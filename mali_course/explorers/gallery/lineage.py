"""From the groups of 2012 to JNIM and the Islamic State's branch, year by year."""

from __future__ import annotations

from functools import cached_property, partial

from mali_course.charts.chart_base import Chart
from mali_course.charts.lanes import LanesPicture
from mali_course.charts.lineage_data import Descent, Link, date_words, links_text
from mali_course.charts.style import REPORT_DATE
from mali_course.core.dates import year_fraction
from mali_course.core.formats import day, in_words, listed
from mali_course.core.table import Table
from mali_course.explorers.explorer_base import Explorer, explorer_texts
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
        self._descent = Descent()
        years = {str(year): _texts("end_of", year=year)
                 for year in range(_FIRST_YEAR, REPORT_DATE.year)}
        report = {_REPORT: _texts("report_day", date=day(REPORT_DATE))}
        super().__init__(
            make_control(_texts, "until", years | report, _REPORT),
            make_control(_texts, "group", {_ALL: _texts("all_groups")} | {
                group: group for group in self._descent.groups}),
        )
        self._picture = LanesPicture(self._descent)

    def chart(self, until: str, group: str) -> Chart:
        """Return the groups and their links up to a moment."""
        view = _View(self._descent, until, "" if group == _ALL else group)
        title = view.title_text()
        return Chart(
            figure=self._picture.page.figure,
            title=title,
            alt=view.alt_text(),
            reading=view.reading_text(),
            table=view.link_table(),
            sources=self._descent.sources,
            note=_texts("note"),
            prepare=partial(self._picture.show, view.moment, view.chosen, title,
                            view.summary_text()),
        )


class _View:
    """One choice of the controls, in words."""

    def __init__(self, descent: Descent, until: str, group: str) -> None:
        self.descent, self.group = descent, group
        self.at_report = until == _REPORT
        self.year = REPORT_DATE.year if self.at_report else int(until)
        self.moment = year_fraction(REPORT_DATE) if self.at_report else self.year + 1 - 1e-6
        self.links = descent.links_until(self.moment)
        self.alone = descent.groups_alone(self.moment)
        self.traced = descent.traced_groups(group, self.moment) if group else []
        self.chosen = {group, *self.traced} if group else set(descent.groups)

    def moment_text(self, of_report: str, of_year: str) -> str:
        """Return the moment in words, by a key for the day of the report and one for a year."""
        return _texts(of_report if self.at_report else of_year, date=day(REPORT_DATE),
                      year=self.year)

    @cached_property
    def limit(self) -> str:
        return self.moment_text("report_day", "end_of")

    @property
    def begun(self) -> bool:
        return not self.group or self.descent.groups[self.group].start <= self.moment

    @property
    def new_links(self) -> list[Link]:
        return [link for link in self.links if link.at >= self.year]

    @property
    def group_links(self) -> list[Link]:
        return [link for link in self.links if self.group in (link.actor, link.target)]

    def title_text(self) -> str:
        moment = day(REPORT_DATE) if self.at_report else _texts("moment_year", year=self.year)
        if self.group:
            return _texts("headline_group", group=self.group, moment=moment)
        return _texts("headline", moment=moment[0].upper() + moment[1:],
                      count=in_words(len(self.alone)))

    def summary_text(self) -> str:
        """Return the words in the picture."""
        if not self.begun:
            return _texts("not_yet", group=self.group)
        if not self.group:
            return self._news_text("summary")
        if not self.traced:
            return _texts("summary_group_none")
        return _texts("summary_group", groups=listed(self.traced))

    def _news_text(self, key: str) -> str:
        links = links_text(self.new_links)
        return _texts(key if links else f"{key}_none", year=self.year, links=links)

    def reading_text(self) -> str:
        moment = self.moment_text("on_report_day", "at_end_of")
        if not self.group:
            return self._all_groups_text(moment)
        if not self.begun:
            return _texts("reading_group_absent", group=self.group, moment=moment)
        if not self.group_links:
            return _texts("reading_group_none", group=self.group, moment=moment)
        text = _texts("reading_group", group=self.group, moment=moment,
                      links=links_text(self.group_links))
        if not self.traced:
            return text
        traced = _texts("reading_traced_one" if len(self.traced) == 1 else "reading_traced",
                        count=in_words(len(self.traced)), groups=listed(self.traced))
        return f"{text} {traced}"

    def _all_groups_text(self, moment: str) -> str:
        return " ".join((
            _texts("reading_all", moment=moment, count=in_words(len(self.alone)),
                   total=in_words(len(self.descent.groups)), groups=_names_text(self.alone)),
            *(_texts("reading_inside", group=group, parts=listed(names))
              for group, names in self.descent.merged_groups(self.moment).items()),
            self._news_text("reading_new"),
        ))

    def alt_text(self) -> str:
        groups = self.descent.groups
        seen = [name for name, group in groups.items() if group.start <= self.moment]
        text = _texts("alt", total=in_words(len(groups)), first=_FIRST_YEAR,
                      last=REPORT_DATE.year, moment=self.limit, groups=_names_text(seen))
        return f"{text} {_texts('alt_group', group=self.group)}" if self.group else text

    def link_table(self) -> Table:
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
