"""Where the violence was in Mali, year by year: places with fatal events, never areas."""

from __future__ import annotations

from collections import Counter
from functools import cached_property, partial

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation

from mali_course.charts import style
from mali_course.charts.basemap import MaliMap
from mali_course.charts.canvas import Row, draw_label, rows_table, sources_of
from mali_course.charts.chart_base import Chart
from mali_course.core.datasets import publishers, rows
from mali_course.core.formats import in_words, listed, number
from mali_course.core.table import Table
from mali_course.explorers.explorer_base import Explorer, explorer_texts
from mali_course.explorers.map_page import MapPage
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

    The same year twice means no other year.

    Examples
    --------
    >>> chart = ViolencePlacesExplorer().view({"year": "2019"})
    >>> chart.reading.startswith("In 2019")
    True
    """

    def __init__(self) -> None:
        self._places = _Places()
        years = {str(year): str(year) for year in self._places.years}
        super().__init__(
            make_control(_texts, "year", years, str(self._places.years[-1])),
            make_control(_texts, "beside", {_NONE: _texts("none")} | years),
        )
        self._picture = _Picture(self._places)

    def chart(self, year: str, beside: str) -> Chart:
        """Return the map and the bars for a year, and for another beside it."""
        places, chosen = self._places, int(year)
        other = None if beside in (_NONE, year) else int(beside)
        before = None if other is None else number(places.count_all(other))
        title = _texts("headline" if other is None else "headline_beside", year=chosen,
                       other=other, count=number(places.count_all(chosen)), before=before)
        return Chart(
            figure=self._picture.page.figure,
            title=title,
            alt=_alt_text(places, chosen, other),
            reading=_reading_text(places, chosen, other),
            table=_region_table(places, chosen, other),
            sources=(*places.sources, "NATURAL_EARTH"),
            note=_note_text(places, chosen),
            prepare=partial(self._picture.show_view, chosen, other, title),
        )


class _Picture:
    """The figure, drawn once; a view moves what is in it."""

    def __init__(self, places: _Places) -> None:
        self.places = places
        with style.plain_style():
            source = _texts("source", publishers=publishers(places.sources))
            self.page = MapPage(_MAP, self._draw_lanes, _LANES, _WORDS, 0.24, source, 1)
            self.sign: Annotation = draw_label(self.page.map, "", (0, 0), (0, -4), "axes",
                                               size=style.SMALL, va="top", weight="bold")
            self.marks: dict[str, Line2D] = {}
            self.hollow: dict[str, Line2D] = {}
            self.strong: dict[str, Rectangle] = {}
            self.edges: dict[str, Rectangle] = {}
            for zone in _LOOKS:
                self._add_zone(zone)

    def _add_zone(self, zone: str) -> None:
        colour, marker = _LOOKS[zone]
        (self.marks[zone],) = self.page.map.plot(
            [], [], marker, markersize=5.5, color=colour, markeredgecolor="white",
            markeredgewidth=0.5, zorder=5)
        (self.hollow[zone],) = self.page.map.plot(
            [], [], marker, markersize=8, markerfacecolor="none", markeredgecolor=style.INK,
            markeredgewidth=1.1, zorder=6)
        self.strong[zone] = Rectangle((0, 0), 0.7, 0, facecolor=colour, edgecolor="none")
        self.edges[zone] = Rectangle((0, 0), 0.7, 0, fill=False, edgecolor=style.INK,
                                     linewidth=1.4)
        self.page.lanes.add_patch(self.strong[zone])
        self.page.lanes.add_patch(self.edges[zone])

    def show_view(self, year: int, other: int | None, title: str) -> None:
        self.page.title.set_text(title)
        self.sign.set_text(_texts("sign" if other is None else "sign_beside", year=year,
                                  other=other))
        for zone in _LOOKS:
            self._show_points(self.marks[zone], zone, year)
            self._show_points(self.hollow[zone], zone, other)
            self._show_bar(self.strong[zone], zone, year)
            self._show_bar(self.edges[zone], zone, other)

    def _show_points(self, marks: Line2D, zone: str, year: int | None) -> None:
        points = [row for row in self.places.points if (row["year"], row["zone"]) == (year, zone)]
        marks.set_data([row["lon"] for row in points], [row["lat"] for row in points])

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


def _zones_text(places: _Places, year: int) -> str:
    counts = {zone: places.counts[year, zone] for zone in _LOOKS}
    return listed(_texts(f"in_{zone}", count=in_words(count) if count else _texts("nothing"))
                  for zone, count in counts.items())


def _reading_text(places: _Places, year: int, other: int | None) -> str:
    regions = sorted((row for row in places.regions if row["year"] == year),
                     key=lambda row: -row["places"])
    text = _texts("reading", year=year, count=places.count_all(year),
                  zones=_zones_text(places, year),
                  regions=listed(_texts("region", region=row["region"], count=row["places"])
                                 for row in regions))
    if other is None:
        return text
    first, last = sorted((year, other))
    changes = {f"{zone}_{key}": places.counts[each, zone] for zone in ("centre", "north")
               for key, each in (("before", first), ("after", last))}
    beside = _texts("reading_beside", other=other, before=places.count_all(other),
                    other_zones=_zones_text(places, other), first=first, last=last, **changes)
    return f"{text} {beside}"


def _note_text(places: _Places, year: int) -> str:
    rough = places.count_rough(year)
    key = "rough_none" if not rough else "rough_one" if rough == 1 else "rough"
    return f"{_texts(key, year=year, count=in_words(rough))} {_texts('note')}"


def _alt_text(places: _Places, year: int, other: int | None) -> str:
    zones = "; ".join(
        _texts("alt_zone", zone=_texts(f"zone_{zone}"),
               counts=", ".join(str(places.counts[each, zone]) for each in places.years))
        for zone in _LOOKS)
    text = _texts("alt", year=year, first=places.years[0], last=places.years[-1], zones=zones)
    return text if other is None else f"{text} {_texts('alt_beside', other=other)}"


def _region_table(places: _Places, year: int, other: int | None) -> Table:
    """Return the places by region, those of the chosen years first."""
    ordered = sorted(places.regions, key=lambda row: (row["year"] != year, row["year"] != other))
    return rows_table(_texts, ("year", "zone", "region", "places", "source_id", "note"), ordered,
                      zone=lambda row: _texts(f"zone_{row['zone']}"))
