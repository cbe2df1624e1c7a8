"""What many charts are made of: a canvas in inches, labels, the line of the report, tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Annotation

from mali_course.charts import style
from mali_course.core.dates import PartialDate, year_fraction
from mali_course.core.formats import day
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = [
    "DASHED", "REPORT_AT", "ChartTexts", "Row", "draw_key_labels", "draw_label",
    "draw_report_line", "draw_rule", "draw_span", "headed_table", "inch_axes", "inch_canvas",
    "report_label", "rows_table", "sources_of", "white_box",
]

Row = Mapping[str, Any]

DASHED = (0, (4, 3))
REPORT_AT = year_fraction(style.REPORT_DATE)  # where the report stands on an axis of years

# To what the place of a label refers, for both of its coordinates.
_FRAMES: Mapping[str, Any] = {
    "data": "data",
    "axes": "axes fraction",
    "above": ("data", "axes fraction"),  # x as in the data, y as a part of the height
    "beside": ("axes fraction", "data"),
}


# --- Texts and tables -------------------------------------------------------------------------


@dataclass(frozen=True)
class ChartTexts:
    """Texts that code puts together, a file or section of ``data/words``, such as an explorer's.

    Those of a chart are its `prose.ChartProse`.

    Parameters
    ----------
    section : str
        File and section, such as ``"charts.frame"``.

    Examples
    --------
    >>> texts = ChartTexts("charts.frame")
    >>> texts("scale", km=300)
    '300 km'
    """

    section: str

    def __call__(self, key: str, /, **fields: object) -> str:
        """Return a text with its fields filled in."""
        return say(f"{self.section}.{key}", **fields)

    def split(self, key: str) -> list[str]:
        """Return a list of texts, which is written with a bar between them.

        Examples
        --------
        >>> ChartTexts("explorers/g5").split("ordinals")[:3]
        ['first', 'second', 'third']
        """
        return self(key).split("|")


def sources_of(*tables: Iterable[Row]) -> tuple[str, ...]:
    """Return the sources of rows, each once.

    Examples
    --------
    >>> sources_of([{"source_id": "IOM"}, {"source_id": "UNHCR"}], [{"source_id": "IOM"}])
    ('IOM', 'UNHCR')
    """
    return tuple(dict.fromkeys(row["source_id"] for table in tables for row in table))


def rows_table(texts: ChartTexts, columns: Sequence[str], rows: Iterable[Row], caption: str = "",
               **computed: Callable[[Row], object]) -> Table:
    """Return rows as the table of a chart.

    Parameters
    ----------
    texts : ChartTexts
        Holds the caption and the heading ``col_NAME`` of each column.
    columns : sequence of str
        Names, in their order.
    rows : iterable of mapping
        An empty text becomes an empty cell.
    caption : str
        In place of the text "caption".
    **computed
        For columns that are no column of the rows, or not shown as they are: name, and how the cell
        is made from the row.
    """
    headings = {name: texts(f"col_{name}") for name in columns}
    return headed_table(caption or texts("caption"), headings, rows, **computed)


def headed_table(caption: str, headings: Mapping[str, str], rows: Iterable[Row],
                 **computed: Callable[[Row], object]) -> Table:
    """Return rows as a table; `headings` gives each column its heading.

    Examples
    --------
    >>> rows = [{"town": "Gao", "note": ""}]
    >>> headed_table("Towns", {"town": "Town", "note": "Remark"}, rows).rows
    (('Gao', None),)
    """
    cells = [[computed[name](row) if name in computed else row[name] for name in headings]
             for row in rows]
    return Table(caption, tuple(headings.values()),
                 tuple(tuple(map(_plain_cell, line)) for line in cells))


def _plain_cell(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return str(value)
    return None if value == "" else value


# --- The canvas -------------------------------------------------------------------------------


def inch_axes(page: style.Sheet, height: float, *, bottom: float = 0.0, top: float = 0.0) -> Axes:
    """Add axes that are not seen and that count inches, from the left edge and from the top.

    Parameters
    ----------
    page : Sheet
    height : float
        Inches of the axes.
    bottom, top : float
        Inches between the axes and the edges of what is left free on the sheet.
    """
    axes = page.place(0, bottom, 0, top)
    axes.set_axis_off()
    axes.set(xlim=(0, style.WIDTH), ylim=(height, 0), xticks=[], yticks=[])
    return axes


def inch_canvas(title: str, source: str, height: float) -> tuple[Figure, Axes]:
    """Return a figure with title and source, and in it a canvas that counts inches.

    Examples
    --------
    >>> figure, axes = inch_canvas("A title", "Source: UNHCR", 4)
    >>> bool(axes.get_xlim()[1] == style.WIDTH), bool(axes.yaxis_inverted())
    (True, True)
    """
    page = style.sheet(title, source, height)
    return page.figure, inch_axes(page, height)


def draw_rule(axes: Axes, y: float, **look: Any) -> None:
    """Draw a thin line across a canvas that counts inches."""
    axes.plot([style.MARGIN, style.WIDTH - style.MARGIN], [y, y],
              **{"color": style.GRID, "linewidth": 0.8, **look})


# --- Labels -----------------------------------------------------------------------------------


def draw_label(axes: Axes, text: str, spot: tuple[float, float], shift: tuple[float, float],
               within: str = "data", **look: Any) -> Annotation:
    """Write a text some points beside a spot.

    Parameters
    ----------
    axes : Axes
    text : str
    spot : tuple of float
    shift : tuple of float
        Points (a seventy-second of an inch) to the right and up.
    within : str
        What the spot is counted in: ``"data"``, parts of the ``"axes"``, or one coordinate in data
        and the other as a part of the axes: ``"above"`` (y) and ``"beside"`` (x).
    **look
        As for a text.
    """
    return axes.annotate(text, spot, shift, xycoords=_FRAMES[within],
                         textcoords="offset points", **look)


def white_box(pad: float) -> dict[str, Any]:
    """Return the look of a white ground behind a text, for its ``bbox``; pad in points."""
    return {"facecolor": "white", "edgecolor": "none", "pad": pad}


def draw_span(axes: Axes, first: float, last: float, y: float, label: str, colour: str) -> None:
    """Span the distance between two values, with a label on its middle."""
    axes.annotate("", (last, y), (first, y),
                  arrowprops={"arrowstyle": "|-|,widthA=0.3,widthB=0.3", "color": colour,
                              "shrinkA": 0, "shrinkB": 0})
    axes.text((first + last) / 2, y, label, ha="center", va="center", bbox=white_box(2))


def draw_key_labels(axes: Axes, labels: Iterable[str], x: float, y: float, *, indent: float,
                    step: float, **look: Any) -> list[float]:
    """Write the labels of a key in a row on a canvas that counts inches.

    Parameters
    ----------
    axes : Axes
    labels : iterable of str
    x, y : float
        Where the first sign stands.
    indent : float
        From a sign to its label.
    step : float
        From a sign to the next one, without the width of the label.
    **look
        As for a text.

    Returns
    -------
    list of float
        Where the signs stand: the caller draws them.

    Examples
    --------
    >>> _, axes = inch_canvas("A title", "Source: UNHCR", 4)
    >>> draw_key_labels(axes, ["used", "waived"], 0.1, 2, indent=0.1, step=0.3)[0]
    0.1
    """
    look = {"size": style.SMALL, "weight": "normal", **look}
    places = []
    for label in labels:
        axes.text(x + indent, y, label, va="center", **look)
        places.append(x)
        x += step + style.text_width(label, look["size"], look["weight"])
    return places


# --- The report -------------------------------------------------------------------------------


def report_label() -> str:
    """Return the words beside the line of the report.

    Examples
    --------
    >>> report_label()
    'report, 17 January 2020'
    """
    return say("charts.frame.report_date", date=day(style.REPORT_DATE))


def draw_report_line(axes: Axes, at: float = REPORT_AT, **look: Any) -> Line2D:
    """Draw the upright dashed line that marks the day of the report.

    Parameters
    ----------
    axes : Axes
    at : float
        Where, if the axis is not one of years.
    **look
        As for a line.
    """
    return axes.axvline(at, **{"color": style.INK, "linewidth": 1.2, "linestyle": DASHED, **look})
