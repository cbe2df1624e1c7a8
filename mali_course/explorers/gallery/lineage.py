"""From the groups of 2012 to JNIM and the Islamic State's branch, year by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from mali_course.charts.chart_base import Chart
from mali_course.charts.lanes import LanesPicture
from mali_course.charts.lineage_data import Descent, Link, told, when
from mali_course.charts.style import REPORT_DATE
from mali_course.core.dates import year_fraction
from mali_course.core.formats import day, in_words, listed
from mali_course.core.messages import say
from mali_course.core.table import Table
from mali_course.forms.controls import Control, choose

__all__ = ["LineageExplorer"]

_ALL = "all"
_FIRST_YEAR = 2011
_REPORT = "report"


def _say(key: str, **fields: object) -> str:
    return say(f"charts_insurgency.lineage.{key}", **fields)


class LineageExplorer:
    """Which armed Islamist groups existed when, and from which others they came.

    Examples
    --------
    >>> chart = LineageExplorer().view({"until": "2013"})
    >>> "the end of 2013" in chart.reading
    True
    """

    name = "lineage"

    def __init__(self) -> None:
        self.title: str = _say("title")
        self.question: str = _say("question")
        self._descent = Descent()
        years = range(_FIRST_YEAR, REPORT_DATE.year)
        self.controls: tuple[Control, ...] = (
            Control("until", _say("until"),
                    (*((str(year), _say("end_of", year=year)) for year in years),
                     (_REPORT, _say("report_day", date=day(REPORT_DATE)))), _REPORT),
            Control("group", _say("group"),
                    ((_ALL, _say("all_groups")), *((name, name) for name in self._descent.groups)),
                    _ALL),
        )
        self._picture = LanesPicture(self._descent)

    def view(self, values: Mapping[str, str]) -> Chart:
        """Return the groups and their links up to a moment.

        Parameters
        ----------
        values : mapping
            ``until`` and ``group``; what is odd or missing is replaced by the default.

        Returns
        -------
        Chart
            All views share one figure, which is set to this view when it is drawn.

        Examples
        --------
        >>> LineageExplorer().view({"group": "no such group"}).table.columns[1]
        'What'
        """
        until, group = (choose(control, values) for control in self.controls)
        view = _View(self._descent, until, group)
        title = view.title()
        return Chart(
            figure=self._picture.page.figure,
            title=title,
            alt=view.alt(),
            reading=view.reading(),
            table=view.table(),
            sources=self._descent.sources,
            note=_say("note"),
            prepare=partial(self._picture.show, view.moment, view.chosen, title, view.summary()),
        )


class _View:
    """One choice of the controls, in words."""

    def __init__(self, descent: Descent, until: str, group: str) -> None:
        self.descent, self.group = descent, "" if group == _ALL else group
        self.year = REPORT_DATE.year if until == _REPORT else int(until)
        at_end = until == _REPORT
        self.moment = year_fraction(REPORT_DATE) if at_end else self.year + 1 - 1e-6
        self.words = (_say("on_report_day", date=day(REPORT_DATE)) if at_end
                      else _say("at_end_of", year=self.year))
        self.limit = (_say("report_day", date=day(REPORT_DATE)) if at_end
                      else _say("end_of", year=self.year))
        self.short = day(REPORT_DATE) if at_end else _say("moment_year", year=self.year)
        self.links = descent.until(self.moment)
        self.alone = descent.alone(self.moment)
        self.traced = descent.traced(self.group, self.moment) if self.group else []
        self.chosen = {self.group, *self.traced} if self.group else set(descent.groups)

    @property
    def begun(self) -> bool:
        return not self.group or self.descent.groups[self.group].start <= self.moment

    @property
    def new(self) -> list[Link]:
        return [link for link in self.links if link.at >= self.year]

    @property
    def own(self) -> list[Link]:
        return [link for link in self.links if self.group in (link.actor, link.target)]

    def title(self) -> str:
        if self.group:
            return _say("headline_group", group=self.group, moment=self.short)
        start = self.short[0].upper() + self.short[1:]
        return _say("headline", moment=start, count=in_words(len(self.alone)))

    def summary(self) -> str:
        """Return the words in the picture."""
        if not self.begun:
            return _say("not_yet", group=self.group)
        if self.group:
            key = "summary_group" if self.traced else "summary_group_none"
            return _say(key, groups=listed(self.traced) if self.traced else "")
        return self._news("summary")

    def _news(self, key: str) -> str:
        links = told(self.new)
        return _say(key if links else f"{key}_none", year=self.year, links=links)

    def reading(self) -> str:
        if not self.group:
            return self._reading_all()
        if not self.begun:
            return _say("reading_group_absent", group=self.group, moment=self.words)
        if not self.own:
            return _say("reading_group_none", group=self.group, moment=self.words)
        parts = [_say("reading_group", group=self.group, moment=self.words, links=told(self.own))]
        if self.traced:
            key = "reading_traced_one" if len(self.traced) == 1 else "reading_traced"
            parts.append(_say(key, count=in_words(len(self.traced)),
                              groups=listed(self.traced)))
        return " ".join(parts)

    def _reading_all(self) -> str:
        parts = [_say("reading_all", moment=self.words, count=in_words(len(self.alone)),
                      total=in_words(len(self.descent.groups)),
                      groups=listed(self.alone) if self.alone else _say("alt_none"))]
        parts += [_say("reading_inside", group=group, parts=listed(names))
                  for group, names in self.descent.inside(self.moment).items()]
        parts.append(self._news("reading_new"))
        return " ".join(parts)

    def alt(self) -> str:
        groups = self.descent.groups
        seen = [name for name, one in groups.items() if one.start <= self.moment]
        parts = [_say("alt", total=in_words(len(groups)), first=_FIRST_YEAR,
                      last=REPORT_DATE.year, moment=self.limit,
                      groups=listed(seen) if seen else _say("alt_none"))]
        if self.group:
            parts.append(_say("alt_group", group=self.group))
        return " ".join(parts)

    def table(self) -> Table:
        links: Sequence[Link] = sorted(
            self.links, key=lambda link: not {link.actor, link.target} <= self.chosen)
        cells: list[tuple[str | None, ...]] = [
            (when(link.row["since"]) or None, _say(f"verb_{link.relation}"), link.actor,
             link.target, link.row["source_id"], link.row["note"] or None) for link in links
        ]
        cells += [
            (when(one.row["founded"]) or _say("start_unknown"), _say("a_group"),
             f"{name}: {one.row['name']}" if one.row["name"] != name else name,
             when(one.row["ended"]) or None, one.row["source_id"], one.row["note"] or None)
            for name, one in self.descent.groups.items() if one.start <= self.moment
        ]
        heads = ("date", "what", "who", "other", "source_id", "note")
        caption = _say("caption_group" if self.group else "caption", moment=self.limit,
                       group=self.group)
        return Table(caption, tuple(_say(f"col_{head}") for head in heads), tuple(cells))
