"""The accord of 2015: who owes which commitment, and what had been done by January 2020."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from matplotlib.lines import Line2D

from mali_course.charts import style
from mali_course.charts.canvas import Row, rows_table, sources_of
from mali_course.core.datasets import publisher_names, rows
from mali_course.core.formats import in_words, listed
from mali_course.core.table import Table
from mali_course.explorers.explorer_base import (
    Explorer,
    ExplorerView,
    explorer_texts,
    joined,
    start_upper,
)
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


@cache
def _commitments() -> Sequence[Row]:
    """Return the commitments, those of one part of the accord together."""
    return sorted(rows("accord_commitments"), key=lambda row: _PILLARS.index(row["pillar"]))


def _side_text(stem: str, owed_by: str) -> str:
    return _texts(f"{stem}_{owed_by.replace(' ', '_')}")


def _count_done(commitments: Sequence[Row]) -> int:
    return sum(row["state"] == _DONE for row in commitments)


class AccordExplorer(Explorer):
    """What each side promised in 2015, and what had become of it by January 2020.

    Examples
    --------
    >>> chart = AccordExplorer().view({"owed_by": "armed groups"})
    >>> "owed only by the armed groups" in chart.reading
    True
    """

    def __init__(self) -> None:
        pillars = dict.fromkeys(row["pillar"] for row in _commitments())
        super().__init__(
            _View, _Picture(),
            make_control(_texts, "owed_by", (_ANY, *_OWING)),
            make_control(_texts, "pillar", (_ANY, *pillars)),
            make_control(_texts, "state", (_ANY, *_COLOURS)),
        )

    def refusal(self, values: Mapping[str, str]) -> str:
        """Refuse what no commitment fits."""
        return "" if _View(**values).rows else "none"


@dataclass(frozen=True)
class _View(ExplorerView):
    """What is chosen, and the commitments that fit."""

    owed_by: str
    pillar: str
    state: str

    @cached_property
    def rows(self) -> Sequence[Row]:
        return [row for row in _commitments() if self.owed_by in (_ANY, row["owed_by"])
                and self.pillar in (_ANY, row["pillar"]) and self.state in (_ANY, row["state"])]

    @property
    def pillars(self) -> Mapping[str, list[Row]]:
        """The commitments by the part of the accord."""
        names = dict.fromkeys(row["pillar"] for row in self.rows)
        return {name: [row for row in self.rows if row["pillar"] == name] for name in names}

    @property
    def choice_text(self) -> str:
        return joined(
            self.owed_by != _ANY and _side_text("phrase", self.owed_by),
            self.pillar != _ANY and _texts("phrase_pillar", pillar=self.pillar),
            self.state != _ANY and _texts("phrase_state", state=self.state),
            between=_texts("between"),
        ) or _texts("all_phrase")

    def title_text(self) -> str:
        start = start_upper(self.choice_text)
        return _texts("headline" if self.state == _ANY else "headline_state", what=start,
                      done=_count_done(self.rows), count=len(self.rows), all=len(_commitments()))

    def states_text(self) -> str:
        counts = Counter(row["state"] for row in self.rows)
        return listed(_texts("state_count", count=in_words(counts[state]), state=state)
                      for state in _COLOURS if counts[state])

    def reading_text(self) -> str:
        total, what = in_words(len(_commitments())), self.choice_text
        if len(self.rows) == 1:
            return _texts("reading_one", all=total, what=what, **self.rows[0])
        named = sum(row["in_report"] == "yes" for row in self.rows)
        return joined(
            _texts("reading_all" if self.rows == _commitments() else "reading", all=total,
                   in_report=in_words(named), count=in_words(len(self.rows)).capitalize(),
                   what=what, states=self.states_text()),
            self.owed_by == self.state == _ANY and self.sides_text())

    def sides_text(self) -> str:
        """Return how much of what each side owes was done."""
        sides = []
        for side in _OWING:
            owed = [row for row in self.rows if row["owed_by"] == side]
            done = _count_done(owed)
            if owed:
                sides.append(_texts("side", phrase=_side_text("phrase", side),
                                    count=in_words(len(owed)),
                                    done=in_words(done) if done else _texts("none")))
        return _texts("sides", sides=start_upper("; ".join(sides)))

    def alt_text(self) -> str:
        return _texts("alt_one" if len(self.rows) == 1 else "alt", count=in_words(len(self.rows)),
                      pillars=listed(self.pillars), states=self.states_text())

    def data_table(self) -> Table:
        columns = ("commitment", "owed_by", "pillar", "state", "done_by_january_2020", "said_by",
                   "in_report", "locator", "source_id", "note")
        return rows_table(_texts, columns, self.rows, _texts("caption", what=self.choice_text))

    def source_ids(self) -> tuple[str, ...]:
        return sources_of(self.rows)


class _Picture(RowsPage):
    """The list, which is set anew for each view."""

    def __init__(self) -> None:
        super().__init__()
        self.signs = Signs(
            {state: self._add_sign(state) for state in _COLOURS},
            {state: self.add_marks(marker, size, _COLOURS[state])
             for state, (marker, size) in _INSIDE.items()})

    def _add_sign(self, state: str) -> Line2D:
        sign = self.add_marks("o", 15, _COLOURS[state], markerfacecoloralt="white")
        if state == "partly":
            sign.set_fillstyle("left")
        elif state != _DONE:
            sign.set_markerfacecolor("white")
        return sign

    def show_view(self, view: _View) -> None:
        y = self.begin_view(view.title_text())
        self._put_counts(view, y)
        y += _COUNTS
        rules = []
        for pillar, commitments in view.pillars.items():
            rules.append(y)
            heading = _texts("heading", pillar=pillar.capitalize(), count=len(commitments))
            y = self.put_words(style.MARGIN, y + 0.07, heading, style.LABEL, style.SOFT, "bold")
            y += 0.05
            for row in commitments:
                y = self._put_commitment(row, y)
        self.signs.show_signs()
        self.draw_rules(rules)
        self.finish_view(y, _texts("source", publishers=publisher_names(view.source_ids())))

    def _put_counts(self, view: _View, y: float) -> None:
        """Put the line that counts the states and explains their signs."""
        counts = Counter(row["state"] for row in view.rows)
        step = ROOM / len(_COLOURS)
        for place, (state, colour) in enumerate(_COLOURS.items()):
            middle = style.MARGIN + step * (place + 0.5)
            self.signs.place_sign(state, middle - 0.15, y + 0.15)
            self.put_words(middle + 0.05, y + 0.05, str(counts[state]), style.LABEL + 1,
                           weight="bold")
            self.put_words(middle, y + 0.31, state, style.SMALL, style.ink(colour), side="center")

    def _put_commitment(self, row: Row, y: float) -> float:
        state, room = row["state"], style.WIDTH - style.MARGIN - _TEXT
        self.signs.place_sign(state, _SIGN, y + 0.15)
        low = self.put_words(_SIGN, y + 0.3, state, style.SMALL, style.ink(_COLOURS[state]),
                             "bold", "center")
        said = _texts("meta_in_report" if row["in_report"] == "yes" else "meta",
                      owed=_side_text("owes", row["owed_by"]), said_by=row["said_by"],
                      locator=row["locator"])
        y = self.put_words(_TEXT, y, row["commitment"], style.LABEL, weight="bold", room=room)
        y = self.put_words(_TEXT, y, row["done_by_january_2020"], style.SMALL + 0.4, room=room)
        y = self.put_words(_TEXT, y, said, style.SMALL, style.SOFT, room=room)
        return max(low, y) + 0.12
