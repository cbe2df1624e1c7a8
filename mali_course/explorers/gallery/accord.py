"""The accord of 2015: who owes which commitment, and what had been done by January 2020."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from matplotlib.lines import Line2D

from mali_course.charts import style
from mali_course.charts.canvas import Row, rows_table, sources_of
from mali_course.charts.chart_base import Chart
from mali_course.core.datasets import publishers, rows
from mali_course.core.formats import in_words, listed
from mali_course.core.table import Table
from mali_course.explorers.explorer_base import Explorer, explorer_texts
from mali_course.explorers.rows_page import ROOM, RowsPage, Signs
from mali_course.forms.controls import make_control

__all__ = ["AccordExplorer"]

_ANY = "any"
_OWING = ("government", "armed groups", "both")
_PILLARS = ("political", "security", "development", "justice", "oversight")
_DONE, _NOT_STATED = "done", "not stated"
# A sign each, which can be told apart without the colour: a ring, empty or with a cross, a dot or a
# dash in it, filled by half or in full.
_COLOURS = {
    "not begun": style.VERMILLION, "not done": style.VERMILLION, "begun": style.BLUE,
    "partly": style.BLUE, _DONE: style.GREEN, _NOT_STATED: style.SOFT,
}
_INSIDE = {"not done": ("x", 7), "begun": (".", 9), _NOT_STATED: ("_", 8)}
_SIGN, _TEXT = style.MARGIN + 0.37, style.MARGIN + 0.86  # inches: middle of a sign, edge of words
_COUNTS = 0.62  # inches that the line of counts takes

_texts = explorer_texts(__name__)


def _as_key(owed_by: str) -> str:
    return owed_by.replace(" ", "_")


@dataclass(frozen=True)
class _View:
    """What is chosen, and the commitments that fit; `every` are all of them."""

    every: Sequence[Row]
    owed_by: str
    pillar: str
    state: str

    @cached_property
    def rows(self) -> list[Row]:
        return [row for row in self.every if self.owed_by in (_ANY, row["owed_by"])
                and self.pillar in (_ANY, row["pillar"]) and self.state in (_ANY, row["state"])]

    @cached_property
    def choice_words(self) -> str:
        parts = []
        if self.owed_by != _ANY:
            parts.append(_texts(f"phrase_{_as_key(self.owed_by)}"))
        if self.pillar != _ANY:
            parts.append(_texts("phrase_pillar", pillar=self.pillar))
        if self.state != _ANY:
            parts.append(_texts("phrase_state", state=self.state))
        return _texts("between").join(parts) or _texts("all_phrase")

    @property
    def pillars(self) -> Mapping[str, list[Row]]:
        """The commitments by the part of the accord."""
        names = dict.fromkeys(row["pillar"] for row in self.rows)
        return {name: [row for row in self.rows if row["pillar"] == name] for name in names}

    @property
    def sources(self) -> tuple[str, ...]:
        return sources_of(self.rows or self.every)


class AccordExplorer(Explorer):
    """What each side promised in 2015, and what had become of it by January 2020.

    Examples
    --------
    >>> chart = AccordExplorer().view({"owed_by": "armed groups"})
    >>> "owed by the armed groups alone" in chart.reading
    True
    """

    def __init__(self) -> None:
        self._every = sorted(rows("accord_commitments"),
                             key=lambda row: _PILLARS.index(row["pillar"]))
        pillars = dict.fromkeys(row["pillar"] for row in self._every)
        super().__init__(
            make_control(_texts, "owed_by", {_ANY: _texts("any_owed_by")} | {
                side: _texts(f"option_{_as_key(side)}") for side in _OWING}),
            make_control(_texts, "pillar", {_ANY: _texts("any_pillar")} | {
                pillar: pillar for pillar in pillars}),
            make_control(_texts, "state", {_ANY: _texts("any_state")} | {
                state: state for state in _COLOURS}),
        )
        self._picture = _Picture()

    def chart(self, owed_by: str, pillar: str, state: str) -> Chart:
        """Return the list of the commitments that fit."""
        view = _View(self._every, owed_by, pillar, state)
        title = _title_text(view)
        return Chart(
            figure=self._picture.page.figure,
            title=title,
            alt=_alt_text(view),
            reading=_reading_text(view),
            table=_commitment_table(view),
            sources=view.sources,
            note=_texts("note"),
            prepare=partial(self._picture.show_view, view, title),
        )


class _Picture:
    """The list, which is set anew for each view."""

    def __init__(self) -> None:
        self.page = RowsPage()
        self.signs = Signs(
            {state: self._add_sign(state) for state in _COLOURS},
            {state: self.page.add_marks(marker, size, _COLOURS[state])
             for state, (marker, size) in _INSIDE.items()})

    def _add_sign(self, state: str) -> Line2D:
        sign = self.page.add_marks("o", 15, _COLOURS[state])
        sign.set_markerfacecoloralt("white")
        if state == "partly":
            sign.set_fillstyle("left")
        elif state != _DONE:
            sign.set_markerfacecolor("white")
        return sign

    def show_view(self, view: _View, title: str) -> None:
        page = self.page
        y = page.begin_view(title)
        self._put_counts(view, y)
        y += _COUNTS
        rules = []
        for pillar, commitments in view.pillars.items():
            rules.append(y)
            heading = _texts("heading", pillar=pillar.capitalize(), count=len(commitments))
            y = page.put_words(style.MARGIN, y + 0.07, heading, style.LABEL, style.SOFT, "bold")
            y += 0.05
            for row in commitments:
                y = self._put_commitment(row, y)
        if not view.rows:
            rules.append(y)
            y = page.put_words(style.MARGIN, y + 0.15, _texts("nothing"), style.LABEL) + 0.1
        self.signs.show_signs()
        page.draw_rules(rules)
        page.finish_view(y, _texts("source", publishers=publishers(view.sources)))

    def _put_counts(self, view: _View, y: float) -> None:
        """Put the line that counts the states and explains their signs."""
        counts = Counter(row["state"] for row in view.rows)
        step = ROOM / len(_COLOURS)
        for place, (state, colour) in enumerate(_COLOURS.items()):
            middle = style.MARGIN + step * (place + 0.5)
            self.signs.place_sign(state, middle - 0.15, y + 0.15)
            self.page.put_words(middle + 0.05, y + 0.05, str(counts[state]), style.LABEL + 1,
                                weight="bold")
            self.page.put_words(middle, y + 0.31, state, style.SMALL, style.ink(colour),
                                side="center")

    def _put_commitment(self, row: Row, y: float) -> float:
        page, state, room = self.page, row["state"], style.WIDTH - style.MARGIN - _TEXT
        self.signs.place_sign(state, _SIGN, y + 0.15)
        low = page.put_words(_SIGN, y + 0.3, state, style.SMALL, style.ink(_COLOURS[state]), "bold",
                             "center")
        y = page.put_words(_TEXT, y, row["commitment"], style.LABEL, weight="bold", room=room)
        y = page.put_words(_TEXT, y, row["done_by_january_2020"], style.SMALL + 0.4, room=room)
        y = page.put_words(_TEXT, y, _source_words(row), style.SMALL, style.SOFT, room=room)
        return max(low, y) + 0.12


def _source_words(row: Row) -> str:
    key = "meta_in_report" if row["in_report"] == "yes" else "meta"
    return _texts(key, owed=_texts(f"owes_{_as_key(row['owed_by'])}"), said_by=row["said_by"],
                  locator=row["locator"])


def _title_text(view: _View) -> str:
    start = view.choice_words[0].upper() + view.choice_words[1:]
    if not view.rows:
        return _texts("headline_none", what=start)
    if view.state != _ANY:
        return _texts("headline_state", what=start, count=len(view.rows), all=len(view.every))
    return _texts("headline", what=start, done=_count_done(view.rows), count=len(view.rows))


def _count_done(commitments: Sequence[Row]) -> int:
    return sum(row["state"] == _DONE for row in commitments)


def _state_counts(commitments: Sequence[Row]) -> str:
    counts = Counter(row["state"] for row in commitments)
    return listed(_texts("state_count", count=in_words(counts[state]), state=state)
                  for state in _COLOURS if counts[state])


def _reading_text(view: _View) -> str:
    total = in_words(len(view.every))
    if not view.rows:
        return _texts("reading_none", all=total, what=view.choice_words)
    if len(view.rows) == 1:
        return _texts("reading_one", all=total, what=view.choice_words, **view.rows[0])
    states = _state_counts(view.rows)
    if len(view.rows) == len(view.every):
        named = sum(row["in_report"] == "yes" for row in view.every)
        text = _texts("reading_all", all=total, in_report=in_words(named), states=states)
    else:
        text = _texts("reading", count=in_words(len(view.rows)).capitalize(), all=total,
                      what=view.choice_words, states=states)
    if view.owed_by == view.state == _ANY:
        text += " " + _sides_text(view)
    return text


def _sides_text(view: _View) -> str:
    sides = []
    for side in _OWING:
        owed = [row for row in view.rows if row["owed_by"] == side]
        if owed:
            done = _count_done(owed)
            sides.append(_texts("side", phrase=_texts(f"phrase_{_as_key(side)}"),
                                count=in_words(len(owed)),
                                done=in_words(done) if done else _texts("none")))
    text = "; ".join(sides)
    return _texts("sides", sides=text[0].upper() + text[1:])


def _alt_text(view: _View) -> str:
    if not view.rows:
        return _texts("alt_none", what=view.choice_words)
    return _texts("alt_one" if len(view.rows) == 1 else "alt", count=in_words(len(view.rows)),
                  pillars=listed(view.pillars), states=_state_counts(view.rows))


def _commitment_table(view: _View) -> Table:
    columns = ("commitment", "owed_by", "pillar", "state", "done_by_january_2020", "said_by",
               "in_report", "locator", "source_id", "note")
    none = dict.fromkeys(columns, "") | {"commitment": _texts("nothing")}
    return rows_table(_texts, columns, view.rows or [none],
                      _texts("caption", what=view.choice_words))
