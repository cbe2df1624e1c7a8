"""Where the violence was in Mali, year by year: places with fatal events, never areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from mali_course.charts.basemap import MaliMap
from mali_course.charts.cached_axes import KeptAxes
from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLUE,
    GREEN,
    INK,
    MARGIN,
    REPORT_DATE,
    SMALL,
    SOFT,
    VERMILLION,
    Sheet,
    ink,
    plain_axes,
    plain_style,
    sheet,
)
from mali_course.core.datasets import publishers, rows
from mali_course.core.formats import in_words, listed, number
from mali_course.core.messages import say
from mali_course.core.table import Table
from mali_course.forms.controls import Control, choose

__all__ = ["ViolencePlacesExplorer"]

Row = Mapping[str, Any]

_NONE = "none"
# Colour and marker of each part of the country: no two share any.
_LOOKS = {"north": (BLUE, "o"), "centre": (VERMILLION, "s"), "south": (GREEN, "^")}
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


def _say(key: str, **fields: object) -> str:
    return say(f"charts_insurgency.places.{key}", **fields)


class _Places:
    """The two tables, counted once."""

    def __init__(self) -> None:
        end = REPORT_DATE.year
        self.rows = [row for row in rows("violence_places") if row["year"] < end]
        self.years = sorted({row["year"] for row in self.rows})
        self.rough: Counter[int] = Counter(
            row["year"] for row in rows("violence_points") if row["approx"] == "yes")
        self.points: dict[tuple[int, str], list[tuple[float, float]]] = {}
        for row in rows("violence_points"):
            if row["year"] < end:
                self.points.setdefault((row["year"], row["zone"]), []).append(
                    (row["lon"], row["lat"]))
        both = (*self.rows, *rows("violence_points"))
        self.sources = tuple(dict.fromkeys(row["source_id"] for row in both))
        self._counts = {(year, zone): sum(row["places"] for row in self.rows
                                          if (row["year"], row["zone"]) == (year, zone))
                        for year in self.years for zone in _LOOKS}

    def count(self, year: int, zone: str = "") -> int:
        """Return the places of a year, in one part of the country or in all."""
        return sum(self._counts[year, one] for one in _LOOKS if zone in ("", one))

    def regions(self, year: int) -> Sequence[Row]:
        return sorted((row for row in self.rows if row["year"] == year),
                      key=lambda row: -row["places"])


class _Picture:
    """The figure, drawn once; a view moves what is in it."""

    def __init__(self, places: _Places) -> None:
        self.places = places
        high, lanes = _MAP.height, _LANE * len(_LOOKS)
        with plain_style():
            source = _say("source", publishers=publishers(places.sources))
            self.page: Sheet = sheet("", source, high + _WORDS + lanes + 0.24, title_lines=1)
            above = (MARGIN, _WORDS + lanes + 0.24, MARGIN, 0.0)
            below = (MARGIN, 0.24, MARGIN, high + _WORDS)
            _MAP.draw(self.page.place(*above, KeptAxes))
            _lanes(self.page.place(*below, KeptAxes), places)
            self.map: Axes = self.page.place(*above)
            self.bars: Axes = self.page.place(*below)
            for axes in (self.map, self.bars):
                axes.set_axis_off()
                axes.set(xticks=[], yticks=[])
            self.map.set(xlim=_MAP.box[:2], ylim=_MAP.box[2:])
            _set_lanes(self.bars, places)
            self.sign: Text = self.map.annotate(
                "", (0, 0), (0, -4), xycoords="axes fraction", textcoords="offset points",
                size=SMALL, va="top", weight="bold")
            self._add_marks()

    def _add_marks(self) -> None:
        self.marks: dict[str, Line2D] = {}
        self.hollow: dict[str, Line2D] = {}
        self.strong: dict[str, Rectangle] = {}
        self.edges: dict[str, Rectangle] = {}
        for zone, (colour, marker) in _LOOKS.items():
            (self.marks[zone],) = self.map.plot(
                [], [], marker, markersize=5.5, color=colour, markeredgecolor="white",
                markeredgewidth=0.5, zorder=5)
            (self.hollow[zone],) = self.map.plot(
                [], [], marker, markersize=8, markerfacecolor="none", markeredgecolor=INK,
                markeredgewidth=1.1, zorder=6)
            self.strong[zone] = Rectangle((0, 0), 0.7, 0, facecolor=colour, edgecolor="none")
            self.edges[zone] = Rectangle((0, 0), 0.7, 0, fill=False, edgecolor=INK, linewidth=1.4)
            self.bars.add_patch(self.strong[zone])
            self.bars.add_patch(self.edges[zone])

    def show(self, year: int, other: int | None, title: str) -> None:
        """Move everything to a year, and to another beside it."""
        self.page.title.set_text(title)
        key = "sign" if other is None else "sign_beside"
        self.sign.set_text(_say(key, year=year, other=other))
        for place, zone in enumerate(_LOOKS):
            for line, when in ((self.marks[zone], year), (self.hollow[zone], other)):
                points = self.places.points.get((when, zone), []) if when is not None else []
                line.set_data([x for x, _ in points], [y for _, y in points])
            for bar, when in ((self.strong[zone], year), (self.edges[zone], other)):
                bar.set_visible(when is not None)
                if when is not None:
                    bar.set_xy((when - 0.35, _base(place)))
                    bar.set_height(_tall(self.places, self.places.count(when, zone)))


def _base(place: int) -> float:
    """Return where the bars of a row stand, in inches below the upper edge."""
    return -_LANE * (place + 1) + 0.02


def _tall(places: _Places, count: int) -> float:
    return _BAR * count / max(places.count(year, zone) for year in places.years for zone in _LOOKS)


def _set_lanes(axes: Axes, places: _Places) -> None:
    axes.set(xlim=(places.years[0] - 0.5, places.years[-1] + 0.5), ylim=(-_LANE * len(_LOOKS), 0))


def _lanes(axes: Axes, places: _Places) -> None:
    """Draw a row of pale bars for each part of the country, with their numbers."""
    plain_axes(axes, grid="")
    _set_lanes(axes, places)
    axes.set(yticks=[], xticks=places.years)
    axes.tick_params(labelsize=SMALL, pad=3)
    axes.annotate(_say("bars"), (0, 1), (0, 2), xycoords="axes fraction",
                  textcoords="offset points", size=SMALL, va="bottom")
    for place, (zone, (colour, marker)) in enumerate(_LOOKS.items()):
        base = _base(place)
        axes.axhline(base, color=SOFT, linewidth=0.8)
        at = places.years[0]
        axes.plot(at - 0.36, base + 0.53, marker, markersize=6.5, color=colour)
        axes.text(at - 0.16, base + 0.53, _say(f"zone_{zone}"), size=SMALL, weight="bold",
                  va="center", color=ink(colour))
        for year in places.years:
            count = places.count(year, zone)
            tall = _tall(places, count)
            axes.add_patch(Rectangle((year - 0.35, base), 0.7, tall, facecolor=_PALE,
                                     edgecolor="none"))
            axes.annotate(str(count), (year, base + tall), (0, 1.5), textcoords="offset points",
                          size=SMALL, ha="center", va="bottom")


class ViolencePlacesExplorer:
    """In which parts of Mali a source knows of fatal events, year by year.

    Examples
    --------
    >>> chart = ViolencePlacesExplorer().view({"year": "2019"})
    >>> chart.reading.startswith("In 2019")
    True
    """

    name = "violence-places"

    def __init__(self) -> None:
        self.title: str = _say("title")
        self.question: str = _say("question")
        self._places = _Places()
        years = tuple((str(year), str(year)) for year in self._places.years)
        self.controls: tuple[Control, ...] = (
            Control("year", _say("year"), years, years[-1][0]),
            Control("beside", _say("beside"), ((_NONE, _say("none")), *years), _NONE),
        )
        self._picture = _Picture(self._places)

    def view(self, values: Mapping[str, str]) -> Chart:
        """Return the map and the bars for a year, and for another beside it.

        Parameters
        ----------
        values : mapping
            ``year`` and ``beside``; what is odd or missing is replaced by the default. The same
            year twice means no other year.

        Returns
        -------
        Chart
            All views share one figure, which is set to this view when it is drawn.

        Examples
        --------
        >>> ViolencePlacesExplorer().view({"year": "1900"}).table.columns[0]
        'Year'
        """
        first, second = (choose(control, values) for control in self.controls)
        year = int(first)
        other = None if second in (_NONE, first) else int(second)
        places = self._places
        before = None if other is None else number(places.count(other))
        title = _say("headline" if other is None else "headline_beside", year=year, other=other,
                     count=number(places.count(year)), before=before)
        return Chart(
            figure=self._picture.page.figure,
            title=title,
            alt=_alt(places, year, other),
            reading=_reading(places, year, other),
            table=_table(places, year, other),
            sources=(*places.sources, "NATURAL_EARTH"),
            note=_note(places, year),
            prepare=partial(self._picture.show, year, other, title),
        )


def _zones(places: _Places, year: int) -> str:
    counts = {zone: places.count(year, zone) for zone in _LOOKS}
    return listed(_say(f"in_{zone}", count=in_words(count) if count else _say("nothing"))
                  for zone, count in counts.items())


def _reading(places: _Places, year: int, other: int | None) -> str:
    regions = listed(_say("region", region=row["region"], count=row["places"])
                     for row in places.regions(year))
    parts = [_say("reading", year=year, count=places.count(year), zones=_zones(places, year),
                  regions=regions)]
    if other is not None:
        first, last = sorted((year, other))
        parts.append(_say("reading_beside", other=other, before=places.count(other),
                          other_zones=_zones(places, other), first=first, last=last,
                          **{f"{zone}_{key}": places.count(when, zone)
                             for zone in ("centre", "north")
                             for key, when in (("before", first), ("after", last))}))
    return " ".join(parts)


def _note(places: _Places, year: int) -> str:
    rough = places.rough[year]
    key = "rough_none" if not rough else "rough_one" if rough == 1 else "rough"
    return f"{_say(key, year=year, count=in_words(rough))} {_say('note')}"


def _alt(places: _Places, year: int, other: int | None) -> str:
    zones = "; ".join(
        _say("alt_zone", zone=_say(f"zone_{zone}"),
             counts=", ".join(str(places.count(when, zone)) for when in places.years))
        for zone in _LOOKS)
    parts = [_say("alt", year=year, first=places.years[0], last=places.years[-1], zones=zones)]
    if other is not None:
        parts.append(_say("alt_beside", other=other))
    return " ".join(parts)


def _table(places: _Places, year: int, other: int | None) -> Table:
    names = ("year", "zone", "region", "places", "source_id", "note")
    ordered = sorted(places.rows, key=lambda row: (row["year"] != year, row["year"] != other))
    cells = tuple(
        tuple(_say(f"zone_{row[name]}") if name == "zone" else row[name] or None for name in names)
        for row in ordered
    )
    return Table(_say("caption"), tuple(_say(f"col_{name}") for name in names), cells)
