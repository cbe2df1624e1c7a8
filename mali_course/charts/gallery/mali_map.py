"""Mali with its regions, the Niger, and the towns that the course names."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts import canvas, style
from mali_course.charts.basemap import REGION_INK, WATER_INK, MaliMap, add_scale_bar
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.projection import distance_km
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows

__all__ = ["draw"]

_PROSE = chart_prose("mali-map")
_MAP = MaliMap(
    (-13.3, 4.9, 9.5, 25.3),
    neighbours={"MRT": (-9.3, 18.6), "DZA": (1.6, 23.2), "NER": (3.75, 14.55),
                "BFA": (-1.6, 12.5), "CIV": (-5.5, 9.87), "GIN": (-10.3, 11.0),
                "SEN": (-12.85, 13.9)},
    regions={"Tombouctou": (-3.3, 19.4), "Kidal": (1.7, 19.15), "Gao": (0.75, 16.75),
             "Mopti": (-2.6, 15.1), "Ségou": (-5.35, 13.95), "Koulikoro": (-8.0, 14.35),
             "Kayes": (-10.4, 13.6), "Sikasso": (-7.0, 11.2)},
    widths=(0.7, 1.4, 1.9),
    lakes=True,
)
_CAPITAL = "Bamako"
_TOWNS = (_CAPITAL, "Timbuktu", "Gao", "Kidal", "Ménaka", "Mopti", "Ségou", "Sikasso", "Kayes")
# The side of a town's name where it differs from the one in the table.
_SIDES = {_CAPITAL: "W", "Ménaka": "S", "Ségou": "SE", "Sikasso": "N", "Mopti": "SE"}
_PARTS = {"Tombouctou": "north", "Gao": "north", "Kidal": "north", "Mopti": "centre",
          "Ségou": "centre"}  # all other regions are the south and west


def draw() -> Chart:
    """Draw Mali with its regions, the Niger, and the towns that the course names.

    Examples
    --------
    >>> draw().table.columns[0]
    'Place'
    """
    towns = sorted((row for row in rows("towns") if row["name"] in _TOWNS),
                   key=lambda row: -row["lat"])
    capital = next(row for row in towns if row["name"] == _CAPITAL)

    def rounded_km(row: Row) -> int:
        # Points are good to one or two kilometres, so the nearest ten is what can be said.
        km = distance_km(row["lat"], row["lon"], capital["lat"], capital["lon"])
        return int(round(km, -1))

    return _PROSE.chart_of(
        _draw_map(towns), towns, km=rounded_km,
        part=lambda row: _PROSE.label(f"part_{_PARTS.get(row['region'], 'south')}"),
        sources=("NATURAL_EARTH", *canvas.sources_of(towns)))


def _draw_map(towns: Sequence[Row]) -> Figure:
    page = style.sheet(_PROSE.title, _PROSE.source, _MAP.height)
    axes = page.place(style.MARGIN, 0, style.MARGIN, 0)
    _MAP.draw(axes)
    axes.text(-0.95, 17.12, _PROSE.label("river"), size=style.SMALL, style="italic",
              color=WATER_INK, ha="center", va="bottom", path_effects=style.halo())
    # Only a corner of it is in the frame, too small for its name.
    axes.annotate(_PROSE.label("western_sahara"), (-12.7, 24.6), (-11.45, 24.6),
                  size=style.SMALL - 1, color=style.SOFT, va="center", linespacing=1.1,
                  arrowprops={"arrowstyle": "-|>", "color": style.SOFT, "linewidth": 0.8})
    for row in towns:
        _draw_town(axes, row)
    axes.text(-3.3, 21.7, _PROSE.label("north"), size=17, color=REGION_INK, ha="center",
              va="center")
    axes.annotate(_PROSE.label("centre"), (-3.6, 13.95), (-3.1, 11.35), size=14, color=REGION_INK,
                  ha="center", va="center",
                  arrowprops={"arrowstyle": "-", "color": REGION_INK, "linewidth": 1})
    add_scale_bar(axes, 1.2, 10.3, 300)
    return page.figure


def _draw_town(axes: Axes, row: Row) -> None:
    capital = row["name"] == _CAPITAL
    x, y, side = row["lon"], row["lat"], _SIDES.get(row["name"]) or row["label"]
    right, up = ("E" in side) - ("W" in side), ("N" in side) - ("S" in side)
    axes.plot(x, y, "*" if capital else "o", markersize=12 if capital else 6, color=style.INK,
              fillstyle="none" if row["approx"] == "yes" else "full", markeredgecolor="white",
              markeredgewidth=0.8)
    gap = 6 if not (right and up) else 4
    canvas.draw_label(axes, row["name"], (x, y), (gap * right, gap * up),
                      size=style.LABEL + (1 if capital else 0), weight="bold",
                      ha=("center", "left", "right")[right], va=("center", "bottom", "top")[up],
                      path_effects=style.halo())
