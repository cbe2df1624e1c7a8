"""Mali in the Sahel, with the members of the G5 Sahel marked."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts import canvas, style
from mali_course.charts.basemap import (
    WATER_INK,
    add_areas,
    add_lakes,
    draw_countries,
    frame_height,
    map_layer,
)
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows

__all__ = ["draw"]

_PROSE = chart_prose("sahel-map")
_BOX = (-18.4, 25.6, 3.2, 35.6)
_BROKEN = ("BFA", "CAF", "CIV", "ESH")  # names on several lines
# Where names have room.
_SPOTS = {"ESH": (-13.2, 24.9), "DZA": (2.6, 28.0), "LBY": (17.6, 27.0), "EGY": (23.9, 24.5),
          "SDN": (24.35, 13.3), "TUN": (9.4, 34.0), "MAR": (-6.3, 31.9), "SEN": (-14.6, 14.9),
          "GIN": (-10.8, 10.75), "CIV": (-5.6, 7.6), "GHA": (-1.2, 7.3), "NGA": (8.0, 9.6),
          "CMR": (12.6, 5.0), "CAF": (20.6, 6.7), "BEN": (2.35, 9.4),
          "MRT": (-10.6, 19.9), "MLI": (-3.0, 18.6), "BFA": (-1.5, 12.55), "NER": (9.6, 17.6),
          "TCD": (18.6, 15.3)}
_SEAS = {"atlantic": (-15.6, 6.0), "mediterranean": (18.2, 33.6)}


def draw() -> Chart:
    """Draw Mali in the Sahel, with the members of the G5 Sahel marked.

    Examples
    --------
    >>> len(draw().table.rows)
    9
    """
    members = {row["iso3"] for row in rows("g5_indicators")}
    countries = [feature["properties"] for feature in map_layer("sahel_countries")]
    shown = [country for country in countries
             if country["iso_a3"] in members or country["role"] == "neighbour"]
    return _PROSE.chart_of(
        _draw_map(members), sorted(shown, key=lambda country: str(country["name"])),
        member=lambda row: _PROSE.label("yes" if row["iso_a3"] in members else "no"),
        border=lambda row: _PROSE.label(f"border_{row['role']}"),
        sources=("NATURAL_EARTH", "CRS_2020_01"))


def _draw_map(members: set[str]) -> Figure:
    page = style.sheet(_PROSE.title, _PROSE.source, frame_height(*_BOX) + 0.25)
    axes = page.place(style.MARGIN, 0.25, style.MARGIN, 0)
    countries = draw_countries(axes, *_BOX)
    add_lakes(axes)
    partners = [countries[code] for code in _SPOTS if code in members - {"MLI"}]
    for areas, face, edge, line in ((partners, "#e3f0f8", "#8fc1e3", 1.4),
                                    ([countries["MLI"]], "#b7d8ee", style.BLUE, 2.4)):
        add_areas(axes, areas, facecolor=face, edgecolor=edge, linewidth=0, hatch="////")
        add_areas(axes, areas, facecolor="none", edgecolor=style.BLUE, linewidth=line)
    for code in _SPOTS:
        _name_country(axes, code, countries[code]["properties"]["name"], member=code in members)
    for sea, spot in _SEAS.items():
        axes.text(*spot, _PROSE.label(sea), size=style.SMALL - 0.6, style="italic",
                  color=WATER_INK, ha="center", va="center")
    canvas.draw_label(axes, _PROSE.label("marked"), (0, 0), (0, -5), "axes", size=style.LABEL,
                      va="top", weight="bold", color=style.BLUE)
    return page.figure


def _name_country(axes: Axes, code: str, name: str, *, member: bool) -> None:
    size = 15 if code == "MLI" else style.LABEL + 0.5 if member else style.SMALL - 0.6
    axes.text(*_SPOTS[code], name.replace(" ", "\n") if code in _BROKEN else name, size=size,
              ha="center", va="center", weight="bold" if member else "normal",
              color=style.INK if member else style.SOFT, linespacing=1.0,
              path_effects=style.halo(3.5 if member else 1.5))
