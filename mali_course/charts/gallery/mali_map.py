"""Maps of Mali and of the Sahel, drawn with matplotlib alone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts.basemap import (
    BORDER,
    EARTH,
    LAND,
    MALI,
    OUTLINE,
    REGION,
    REGION_INK,
    RIVER,
    WATER,
    WATER_INK,
    Feature,
    add_areas,
    add_rivers,
    add_scale,
    frame_height,
    layer,
    set_frame,
)
from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLUE,
    INK,
    LABEL,
    MARGIN,
    SMALL,
    SOFT,
    halo,
    plain_style,
    sheet,
)
from mali_course.core.datasets import rows
from mali_course.core.formats import in_words, listed, number, words_of
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["kilometres", "mali_map", "sahel_map"]

def kilometres(lat_1: float, lon_1: float, lat_2: float, lon_2: float) -> float:
    """Return the distance of two places along a great circle.

    Examples
    --------
    >>> round(kilometres(0, 0, 0, 90))
    10008
    """
    a, b, turn = map(math.radians, (lat_1, lat_2, lon_2 - lon_1))
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)
    return EARTH * math.acos(min(1.0, cosine))


def _part(region: str) -> str:
    for part in ("north", "centre"):
        if region in words_of(f"mali-map.{part}"):
            return say(f"charts.mali-map.in_{part}")
    return say("charts.mali-map.in_south")


def _mali_towns() -> list[dict[str, Any]]:
    """Return the towns of the map from north to south, with their distance from the capital."""
    wanted = words_of("mali-map.towns")
    towns = {row["name"]: row for row in rows("towns") if row["name"] in wanted}
    capital = towns[say("charts.mali-map.capital")]
    return [
        # Points are good to one or two kilometres, so the nearest ten is what can be said.
        row | {"km": round(kilometres(row["lat"], row["lon"], capital["lat"], capital["lon"]), -1)}
        for row in sorted(towns.values(), key=lambda row: -row["lat"])
    ]


# Where names of neighbours and regions have room, and the side of a town's name where it differs
# from the one in the table.
_NEIGHBOURS = {"MRT": (-9.3, 18.6), "DZA": (1.6, 23.2), "NER": (3.75, 14.55), "BFA": (-1.6, 12.5),
               "CIV": (-5.5, 9.87), "GIN": (-10.3, 11.0), "SEN": (-12.85, 13.9)}
_REGIONS = {"Tombouctou": (-3.3, 19.4), "Kidal": (1.7, 19.15), "Gao": (0.75, 16.75),
            "Mopti": (-2.6, 15.1), "Ségou": (-5.35, 13.95), "Koulikoro": (-8.0, 14.35),
            "Kayes": (-10.4, 13.6), "Sikasso": (-7.0, 11.2)}
_SIDES = {"Bamako": "W", "Ménaka": "S", "Ségou": "SE", "Sikasso": "N", "Mopti": "SE"}


def mali_map() -> Chart:
    """Draw Mali with its regions, the Niger, and the towns that the course names.

    Examples
    --------
    >>> mali_map().table.columns[0]
    'Place'
    """
    towns = _mali_towns()
    with plain_style():
        figure = _draw_mali(towns)
    distances = [
        say("charts.mali-map.distance", km=number(row["km"]), town=row["name"])
        for name in words_of("mali-map.distant") for row in towns if row["name"] == name
    ]
    capital = say("charts.mali-map.capital")
    table = Table(
        say("charts.mali-map.caption"),
        (*(say(f"charts.mali-map.{key}")
           for key in ("place", "region", "part", "latitude", "longitude")),
         say("charts.mali-map.distance_from", capital=capital)),
        tuple((row["name"], row["region"], _part(row["region"]), row["lat"], row["lon"],
               int(row["km"])) for row in towns),
    )
    return Chart(
        figure=figure,
        title=say("charts.mali-map.title"),
        alt=say("charts.mali-map.alt"),
        reading=say("charts.mali-map.reading", north=listed(words_of("mali-map.north")),
                    centre=listed(words_of("mali-map.centre")), capital=capital,
                    distances=listed(distances)),
        table=table,
        sources=("NATURAL_EARTH", *dict.fromkeys(row["source_id"] for row in towns)),
        note=say("charts.mali-map.note"),
    )


def _draw_mali(towns: list[dict[str, Any]]) -> Figure:
    box = (-13.3, 4.9, 9.5, 25.3)
    page = sheet(say("charts.mali-map.title"), say("charts.mali-map.source"), frame_height(*box))
    axes = page.place(MARGIN, 0, MARGIN, 0)
    set_frame(axes, *box)
    countries = layer("sahel_countries.geojson")
    add_areas(axes, countries, facecolor=LAND, edgecolor=BORDER, linewidth=0.7)
    add_areas(axes, layer("mali_admin1.geojson"), facecolor=MALI, edgecolor=REGION,
              linewidth=0.7)
    add_areas(axes, [one for one in countries if one["properties"]["role"] == "mali"],
              facecolor="none", edgecolor=OUTLINE, linewidth=1.4)
    add_areas(axes, layer("lakes.geojson"), facecolor=WATER, edgecolor=RIVER, linewidth=0.4)
    add_rivers(axes, [one for one in layer("niger_river.geojson")
                      if one["properties"]["role"] == "main"], linewidths=1.9)
    axes.text(-0.95, 17.12, say("charts.mali-map.river"), size=SMALL, style="italic",
              color=WATER_INK, ha="center", va="bottom", path_effects=halo())
    for one in countries:
        spot = _NEIGHBOURS.get(one["properties"]["iso_a3"])
        if spot:
            code, name = one["properties"]["iso_a3"], one["properties"]["name"]
            axes.text(*spot, name.replace(" ", "\n") if code == "BFA" else name, size=SMALL,
                      color=SOFT, ha="center", va="center", linespacing=1.05,
                      rotation=90 if code == "SEN" else 0)
    # Only a corner of it is in the frame, too small for its name.
    axes.annotate(say("charts.mali-map.western_sahara").replace("|", "\n"), (-12.7, 24.6),
                  (-11.45, 24.6), size=SMALL - 1, color=SOFT, va="center", linespacing=1.1,
                  arrowprops={"arrowstyle": "-|>", "color": SOFT, "linewidth": 0.8})
    for name, spot in _REGIONS.items():
        axes.text(*spot, name, size=SMALL, style="italic", color=REGION_INK, ha="center",
                  va="center", path_effects=halo(1.5))
    for row in towns:
        _town(axes, row)
    axes.text(-3.3, 21.7, say("charts.mali-map.north_label"), size=17, color=REGION_INK,
              ha="center", va="center")
    axes.annotate(say("charts.mali-map.centre_label"), (-3.6, 13.95), (-3.1, 11.35), size=14,
                  color=REGION_INK, ha="center", va="center",
                  arrowprops={"arrowstyle": "-", "color": REGION_INK, "linewidth": 1})
    add_scale(axes, 1.2, 10.3, 300)
    return page.figure


def _town(axes: Axes, row: Mapping[str, Any]) -> None:
    capital = row["name"] == say("charts.mali-map.capital")
    x, y, side = row["lon"], row["lat"], _SIDES.get(row["name"], row["label"])
    right, up = ("E" in side) - ("W" in side), ("N" in side) - ("S" in side)
    hollow = row["approx"] == "yes"
    axes.plot(x, y, "*" if capital else "o", markersize=12 if capital else 6, color=INK,
              fillstyle="none" if hollow else "full", markeredgecolor="white", markeredgewidth=0.8)
    gap = 6 if not (right and up) else 4
    axes.annotate(row["name"], (x, y), (gap * right, gap * up), textcoords="offset points",
                  size=LABEL + (1 if capital else 0), weight="bold",
                  ha=("center", "left", "right")[right], va=("center", "bottom", "top")[up],
                  path_effects=halo())


_BROKEN = ("BFA", "CAF", "CIV", "ESH")  # names on several lines
_SHORT = {"CAF": (20.6, 6.7), "DZA": (2.6, 28.0), "LBY": (17.6, 27.0), "EGY": (23.9, 24.5),
          "SDN": (24.35, 13.3), "MAR": (-6.3, 31.9), "TUN": (9.4, 34.0), "SEN": (-14.6, 14.9),
          "ESH": (-13.2, 24.9), "NGA": (8.0, 9.6), "CMR": (12.6, 5.0), "GIN": (-10.8, 10.75),
          "CIV": (-5.6, 7.6), "GHA": (-1.2, 7.3), "BEN": (2.35, 9.4),
          "MRT": (-10.6, 19.9), "MLI": (-3.0, 18.6), "BFA": (-1.5, 12.55), "NER": (9.6, 17.6),
          "TCD": (18.6, 15.3)}


def _members() -> tuple[str, ...]:
    """Return the codes of the five members, Mali first and then from west to east."""
    return tuple(dict.fromkeys(row["iso3"] for row in rows("g5_indicators")))


def sahel_map() -> Chart:
    """Draw Mali in the Sahel, with the members of the G5 Sahel marked.

    Examples
    --------
    >>> len(sahel_map().table.rows)
    9
    """
    countries = {one["properties"]["iso_a3"]: one for one in layer("sahel_countries.geojson")}
    members = sorted(_members(), key=lambda code: countries[code]["properties"]["label_lon"])
    with plain_style():
        figure = _draw_sahel(countries, members)

    def answer(yes: bool) -> str:
        return say(f"charts.sahel-map.{'yes' if yes else 'no'}")

    name = {code: str(one["properties"]["name"]) for code, one in countries.items()}
    borders = [code for code, one in countries.items() if one["properties"]["role"] == "neighbour"]
    table_rows = []
    for code in sorted({*members, *borders}, key=name.__getitem__):
        border = say("charts.sahel-map.itself") if code == "MLI" else answer(code in borders)
        table_rows.append((name[code], answer(code in members), border))
    names = listed(name[code] for code in members)
    return Chart(
        figure=figure,
        title=say("charts.sahel-map.title"),
        alt=say("charts.sahel-map.alt", members=names,
                count=in_words(len(members)).capitalize()),
        reading=say("charts.sahel-map.reading", members=names, count=in_words(len(members)),
                    borders=in_words(len(borders))),
        table=Table(
            say("charts.sahel-map.caption"),
            tuple(say(f"charts.sahel-map.{key}") for key in ("country", "member", "border")),
            tuple(table_rows),
        ),
        sources=("NATURAL_EARTH", "CRS_2020_01"),
        note=say("charts.sahel-map.note"),
    )


def _draw_sahel(countries: Mapping[str, Feature], members: list[str]) -> Figure:
    box = (-18.4, 25.6, 3.2, 35.6)
    page = sheet(say("charts.sahel-map.title"), say("charts.sahel-map.source"),
                 frame_height(*box) + 0.25)
    axes = page.place(MARGIN, 0.25, MARGIN, 0)
    set_frame(axes, *box)
    add_areas(axes, countries.values(), facecolor=LAND, edgecolor=BORDER, linewidth=0.7)
    add_areas(axes, layer("lakes.geojson"), facecolor=WATER, edgecolor=RIVER, linewidth=0.4)
    partners = [countries[code] for code in members if code != "MLI"]
    add_areas(axes, partners, facecolor="#e3f0f8", edgecolor="#8fc1e3", linewidth=0, hatch="////")
    add_areas(axes, partners, facecolor="none", edgecolor=BLUE, linewidth=1.4)
    add_areas(axes, [countries["MLI"]], facecolor="#b7d8ee", edgecolor=BLUE, linewidth=0,
              hatch="////")
    add_areas(axes, [countries["MLI"]], facecolor="none", edgecolor=BLUE, linewidth=2.4)
    for code in (*words_of("sahel-map.labels"), *members):
        one = countries[code]["properties"]
        member = code in members
        size = 15 if code == "MLI" else LABEL + 0.5 if member else SMALL - 0.6
        name = one["name"]
        if code in _BROKEN:
            name = name.replace(" ", "\n")
        axes.text(*_SHORT[code], name, size=size, ha="center", va="center",
                  weight="bold" if member else "normal", color=INK if member else SOFT,
                  linespacing=1.0, path_effects=halo(3.5 if member else 1.5))
    for key, spot in {"atlantic": (-15.6, 6.0), "mediterranean": (18.2, 33.6)}.items():
        axes.text(*spot, say(f"charts.sahel-map.{key}").replace("|", "\n"), size=SMALL - 0.6,
                  style="italic", color=WATER_INK, ha="center", va="center")
    axes.annotate(say("charts.sahel-map.marked"), (0, 0), (0, -5), xycoords="axes fraction",
                  textcoords="offset points", size=LABEL, va="top", weight="bold", color=BLUE)
    return page.figure
