"""Where the violence was in Mali, year by year: places with fatal events, never areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property, partial
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from mali_course.charts import style
from mali_course.charts.basemap import MaliMap
from mali_course.charts.canvas import Row, draw_label, rows_table, sources_of
from mali_course.core.datasets import publisher_names, rows
from mali_course.core.formats import in_words, listed, number
from mali_course.core.table import Table
from mali_course.explorers.explorer_base import Explorer, explorer_texts, joined
from mali_course.explorers.map_page import MapPage
from mali_course.explorers.moving import add_line, move_line
from mali_course.forms.controls import make_control

__all__ = ["ViolencePlacesExplorer"]

_NONE = "none"
# Colour and marker of each part of the country: no two share any.
_LOOKS = {"north": (style.BLUE, "o"), "centre": (style.VERMILLION, "s"),
          "south": (style.GREEN, "^")}
_PALE = "#cfcfcf"
_MAP = MaliMap(
    (-12.6, 4.9, 10.0, 21.4),
    neighbours={"MRT": (-9.6, 18.2), "DZA": (3.4, 20.9), "NER": (3.6, 13.8), "GIN": (-10.4, 11.0),
                "BFA": (-1.0, 12.5)},
    regions={"Tombouctou": (-3.4, 19.3), "Kidal": (2.3, 18.7), "Gao": (3.0, 16.9),
             "Mopti": (-1.9, 13.75), "Ségou": (-5.6, 13.05), "Koulikoro": (-8.6, 13.6),
             "Kayes": (-10.6, 14.1), "Sikasso": (-7.2, 11.2)},
)
_LANE, _BAR, _WORDS = 0.64, 0.38, 0.45  # inches: a row of bars, its highest bar, the words above
_LANES = _LANE * len(_LOOKS)

_texts = explorer_texts(__name__)


class _Places:
    """The two tables up to the year of the report, counted once."""

    def __init__(self) -> None:
        self.regions = _rows_before_report("violence_places")
        self.points = _rows_before_report("violence_points")
        self.years = sorted({row["year"] for row in self.regions})
        self.sources = sources_of(self.regions, rows("violence_points"))

    @cached_property
    def counts(self) -> Counter[tuple[int, str]]:
        """Places by year and part of the country."""
        counts: Counter[tuple[int, str]] = Counter()
        for row in self.regions:
            counts[row["year"], row["zone"]] += row["places"]
        return counts

    def count_all(self, year: int) -> int:
        return sum(self.counts[year, zone] for zone in _LOOKS)

    def count_rough(self, year: int) -> int:
        return sum(row["year"] == year and row["approx"] == "yes" for row in self.points)

    def bar_height(self, year: int, zone: str) -> float:
        return _BAR * self.counts[year, zone] / max(self.counts.values())


def _rows_before_report(name: str) -> list[Row]:
    return [row for row in rows(name) if row["year"] < style.REPORT_DATE.year]


class ViolencePlacesExplorer(Explorer):
    """In which parts of Mali a source knows of fatal events, year by year.

    Examples
    --------
    >>> chart = ViolencePlacesExplorer().view({"year": "2019"})
    >>> chart.reading.startswith("In 2019")
    True
    """

    def __init__(self) -> None:
        places = _Places()
        years = [str(year) for year in places.years]
        super().__init__(
            partial(_View, places), _Picture(places),
            make_control(_texts, "year", years, years[-1]),
            make_control(_texts, "beside", (_NONE, *years)),
        )

    def refusal(self, values: Mapping[str, str]) -> str:
        """Refuse a year beside itself."""
        return "same" if values["beside"] == values["year"] else ""


class _View:
    """A year, and another one beside it."""

    def __init__(self, places: _Places, year: str, beside: str) -> None:
        self.places, self.year = places, int(year)
        self.other = None if beside == _NONE else int(beside)

    def title_text(self) -> str:
        count = number(self.places.count_all(self.year))
        if self.other is None:
            return _texts(self._key("headline"), year=self.year, count=count)
        return _texts("headline_beside", year=self.year, other=self.other, count=count,
                      before=number(self.places.count_all(self.other)))

    def _key(self, name: str) -> str:
        """Return the name of a text, or of the one that fits a single place."""
        return f"{name}_single" if self.places.count_all(self.year) == 1 else name

    def zones_text(self, year: int) -> str:
        counts = {zone: self.places.counts[year, zone] for zone in _LOOKS}
        return listed(_texts(f"in_{zone}", count=in_words(count) if count else _texts("nothing"))
                      for zone, count in counts.items())

    def reading_text(self) -> str:
        regions = sorted((row for row in self.places.regions if row["year"] == self.year),
                         key=lambda row: -row["places"])
        return joined(
            _texts(self._key("reading"), year=self.year, count=self.places.count_all(self.year),
                   zones=self.zones_text(self.year),
                   regions=listed(_texts("region", region=row["region"], count=row["places"])
                                  for row in regions)),
            self.other is not None and self.beside_text(self.other))

    def beside_text(self, other: int) -> str:
        first, last = sorted((self.year, other))
        changes = {f"{zone}_{key}": self.places.counts[year, zone] for zone in ("centre", "north")
                   for key, year in (("before", first), ("after", last))}
        return _texts("reading_beside", other=other, before=self.places.count_all(other),
                      other_zones=self.zones_text(other), first=first, last=last, **changes)

    def note_text(self) -> str:
        rough = self.places.count_rough(self.year)
        key = "rough_none" if not rough else "rough_one" if rough == 1 else "rough"
        return joined(_texts(key, year=self.year, count=in_words(rough)), _texts("note"))

    def alt_text(self) -> str:
        years = self.places.years
        zones = "; ".join(
            _texts("alt_zone", zone=_texts(f"zone_{zone}"),
                   counts=", ".join(str(self.places.counts[year, zone]) for year in years))
            for zone in _LOOKS)
        return joined(_texts("alt", year=self.year, first=years[0], last=years[-1], zones=zones),
                      self.other is not None and _texts("alt_beside", other=self.other))

    def data_table(self) -> Table:
        """Return the places by region, those of the chosen years first."""
        ordered = sorted(self.places.regions,
                         key=lambda row: (row["year"] != self.year, row["year"] != self.other))
        return rows_table(_texts, ("year", "zone", "region", "places", "source_id", "note"),
                          ordered, zone=lambda row: _texts(f"zone_{row['zone']}"))

    def source_ids(self) -> tuple[str, ...]:
        return (*self.places.sources, "NATURAL_EARTH")


class _Picture(MapPage):
    """The figure, drawn once; a view moves what is in it."""

    def __init__(self, places: _Places) -> None:
        self.places = places
        source = _texts("source", publishers=publisher_names(places.sources))
        super().__init__(_MAP, self._draw_lanes, _LANES, _WORDS, 0.24, source, 1)
        with style.plain_style():
            self.sign = draw_label(self.map, "", (0, 0), (0, -4), "axes", size=style.SMALL,
                                   va="top", weight="bold")
            self.marks = {zone: add_line(
                self.map, marker, markersize=5.5, color=colour, markeredgecolor="white",
                markeredgewidth=0.5, zorder=5) for zone, (colour, marker) in _LOOKS.items()}
            self.hollow = {zone: add_line(
                self.map, marker, markersize=8, markerfacecolor="none", markeredgecolor=style.INK,
                markeredgewidth=1.1, zorder=6) for zone, (_, marker) in _LOOKS.items()}
            self.strong: dict[str, Rectangle] = {}
            self.edges: dict[str, Rectangle] = {}
            for zone, (colour, _) in _LOOKS.items():
                self.strong[zone] = self._add_bar(facecolor=colour, edgecolor="none")
                self.edges[zone] = self._add_bar(fill=False, edgecolor=style.INK, linewidth=1.4)

    def _add_bar(self, **look: Any) -> Rectangle:
        bar = Rectangle((0, 0), 0.7, 0, **look)
        self.lanes.add_patch(bar)
        return bar

    def show_view(self, view: _View) -> None:
        self.title.set_text(view.title_text())
        self.sign.set_text(_texts("sign" if view.other is None else "sign_beside",
                                  year=view.year, other=view.other))
        for zone in _LOOKS:
            self._show_points(self.marks[zone], zone, view.year)
            self._show_points(self.hollow[zone], zone, view.other)
            self._show_bar(self.strong[zone], zone, view.year)
            self._show_bar(self.edges[zone], zone, view.other)

    def _show_points(self, marks: Line2D, zone: str, year: int | None) -> None:
        move_line(marks, ((row["lon"], row["lat"]) for row in self.places.points
                          if row["year"] == year and row["zone"] == zone))

    def _show_bar(self, bar: Rectangle, zone: str, year: int | None) -> None:
        bar.set_visible(year is not None)
        if year is not None:
            bar.set(xy=(year - 0.35, _lane_foot(zone)), height=self.places.bar_height(year, zone))

    def _draw_lanes(self, axes: Axes) -> None:
        """Draw a row of pale bars for each part of the country, with their numbers."""
        years = self.places.years
        style.plain_axes(axes, grid="")
        axes.set(xlim=(years[0] - 0.5, years[-1] + 0.5), ylim=(-_LANES, 0), yticks=[],
                 xticks=years)
        axes.tick_params(labelsize=style.SMALL, pad=3)
        draw_label(axes, _texts("bars"), (0, 1), (0, 2), "axes", size=style.SMALL, va="bottom")
        for zone, (colour, marker) in _LOOKS.items():
            foot = _lane_foot(zone)
            axes.axhline(foot, color=style.SOFT, linewidth=0.8)
            axes.plot(years[0] - 0.36, foot + 0.53, marker, markersize=6.5, color=colour)
            axes.text(years[0] - 0.16, foot + 0.53, _texts(f"zone_{zone}"), size=style.SMALL,
                      weight="bold", va="center", color=style.ink(colour))
            for year in years:
                self._draw_pale_bar(axes, year, zone)

    def _draw_pale_bar(self, axes: Axes, year: int, zone: str) -> None:
        foot, tall = _lane_foot(zone), self.places.bar_height(year, zone)
        axes.add_patch(Rectangle((year - 0.35, foot), 0.7, tall, facecolor=_PALE,
                                 edgecolor="none"))
        draw_label(axes, str(self.places.counts[year, zone]), (year, foot + tall), (0, 1.5),
                   size=style.SMALL, ha="center", va="bottom")


def _lane_foot(zone: str) -> float:
    """Return where the bars of a row stand, in inches below the upper edge."""
    return -_LANE * (list(_LOOKS).index(zone) + 1) + 0.02
