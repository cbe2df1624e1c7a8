"""Amounts of aid that a chart of lesson 6 shows: those of the report, and what stands beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mali_course.charts import style
from mali_course.charts.canvas import Row
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows
from mali_course.core.formats import number

__all__ = [
    "LOOKS", "MILLION", "NEAR", "PART", "REPORT", "SAME", "WHOLE", "amount_text", "is_later",
    "points_of", "role_text", "row_key",
]

MILLION = 1_000_000
REPORT, SAME, PART, WHOLE, NEAR = "report", "same", "part", "whole", "near"
# Filled, striped, dotted or empty: no two need their colour to be told apart.
LOOKS: Mapping[str, Mapping[str, Any]] = {
    REPORT: {"facecolor": style.BLUE, "edgecolor": style.BLUE},
    SAME: {"facecolor": "white", "edgecolor": style.GREEN, "hatch": "////"},
    PART: {"facecolor": "white", "edgecolor": style.VERMILLION, "hatch": ".."},
    WHOLE: {"facecolor": "white", "edgecolor": style.INK},
    NEAR: {"facecolor": "white", "edgecolor": style.PURPLE},
}

_PROSE = chart_prose("aid-figures")


def points_of(figure: str, *roles: str) -> list[Row]:
    """Return the amounts that belong to a figure of the report, in the order of their roles.

    Examples
    --------
    >>> points_of("g5", REPORT)[0]["dollars"]
    111000000
    """
    points = [row for row in rows("us_aid_points")
              if row["figure"] == figure and row["role"] in roles]
    return sorted(points, key=lambda row: roles.index(row["role"]))


def amount_text(row: Row) -> str:
    """Return an amount as exact as its source gives it, with the source's word before it.

    Examples
    --------
    >>> amount_text(points_of("g5", REPORT)[0])
    '$111 million'
    """
    dollars = row["dollars"]
    places = len(f"{dollars / MILLION:.6f}".rstrip("0").split(".")[1])
    amount = number(dollars) if places > 1 else \
        _PROSE.label("millions", count=number(dollars / MILLION, places))
    return f"{row['qualifier']} ${amount}".strip()


def row_key(row: Row) -> str:
    """Return the key of the words beside a bar: of the report, later than it, or another."""
    if row["role"] == REPORT:
        return "row_report"
    return "row_later" if is_later(row) else "row"


def is_later(row: Row) -> bool:
    """Tell whether an amount was published after the report."""
    return bool(row["after_report"] == "yes")


def role_text(row: Row) -> str:
    """Return what an amount is beside that of the report."""
    return _PROSE.label(f"role_{row['role']}")
