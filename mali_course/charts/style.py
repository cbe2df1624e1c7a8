"""The one look of all charts: colours that reach 3:1 on white, sizes that survive 320 pixels."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from statistics import fmean
from threading import RLock
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

__all__ = [
    "BLACK", "BLUE", "GREEN", "GRID", "INK", "LABEL", "MARGIN", "PURPLE", "REPORT_DATE", "SMALL",
    "SOFT", "TITLE", "VERMILLION", "WIDTH", "Sheet", "halo", "ink", "plain_axes", "plain_style",
    "sheet", "spread_apart", "text_width", "wrap",
]

# The Okabe-Ito colours that reach 3:1 on white; each is used with a marker, line or hatch of its
# own, because colour is never the only sign.
BLUE, VERMILLION, GREEN, PURPLE, BLACK = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000"
# For words in these colours, which need 4.5:1.
_WORDS = {VERMILLION: "#A84600", GREEN: "#007352", PURPLE: "#97407A"}
INK, SOFT, GRID = "#1a1a1a", "#555555", "#d4d4d4"

# A figure is 5.2 inches wide, so shown 320 pixels wide its smallest text is still 8 pixels high.
WIDTH, MARGIN = 5.2, 0.1
TITLE, LABEL, SMALL = 14.0, 10.5, 9.4

REPORT_DATE = datetime.date(2020, 1, 17)

_EM = 100  # a size at which nothing is rounded
_FONT = "DejaVu Sans"  # comes with matplotlib and has every accent of the course
_STYLE: dict[str, Any] = {
    "font.family": [_FONT],
    "font.size": LABEL,
    "text.color": INK,
    "text.parse_math": False,
    "text.hinting": "none",  # a fifth faster, and no worse to read at this resolution
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "hatch.linewidth": 1.0,
    "svg.hashsalt": "mali-course",
}
# What a style of the learner's own could change in our pictures.
_GROUPS = ("axes.", "figure.", "font.", "grid.", "hatch.", "lines.", "patch.", "path.", "savefig.",
           "text.", "xtick.", "ytick.", "legend.", "scatter.", "mathtext.", "image.", "svg.")


@cache
def _settings() -> dict[str, Any]:
    defaults = matplotlib.rcParamsDefault
    return {key: defaults[key] for key in defaults if key.startswith(_GROUPS)} | _STYLE


# The settings of matplotlib belong to the whole kernel, and JupyterLab lets a form answer in a
# thread of its own: an explorer may be redrawn while a cell draws a chart.
_DRAWING = RLock()


@contextmanager
def plain_style() -> Iterator[None]:
    """Draw with the course's settings, whatever the learner has set, and put theirs back after.

    Only one thread draws at a time; another waits for its turn.

    Examples
    --------
    >>> before = matplotlib.rcParams["font.size"]
    >>> with plain_style():
    ...     matplotlib.rcParams["font.size"]
    10.5
    >>> matplotlib.rcParams["font.size"] == before
    True
    """
    settings: Any = _settings()
    with _DRAWING, matplotlib.rc_context(settings):
        yield


@cache
def _font(weight: str) -> FT2Font:
    return get_font(fontManager.findfont(FontProperties(family=_FONT, weight=weight)))


@cache
def _advance(letter: str, weight: str) -> float:
    # In ems: how far a letter moves the next one.
    font = _font(weight)
    font.set_size(_EM, 72)
    return font.load_char(ord(letter), LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / _EM


def text_width(text: str, size: float = LABEL, weight: str = "normal") -> float:
    """Return the width of a text in inches.

    The letters are added up, without kerning: a hundred times faster than to lay out the text.

    Examples
    --------
    >>> text_width("Timbuktu", 20) == 2 * text_width("Timbuktu", 10) > 0
    True
    """
    return sum(_advance(letter, weight) for letter in text) * size / 72


def wrap(text: str, inches: float, size: float = LABEL, weight: str = "normal") -> str:
    """Break a text into lines that fit a width.

    Parameters
    ----------
    text : str
    inches : float
        The width that a line may have.
    size, weight : float, str
        Of the font.

    Examples
    --------
    >>> wrap("one two three", 0.7).splitlines()
    ['one two', 'three']
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, weight) <= inches:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


@dataclass(frozen=True)
class Sheet:
    """A white figure with its title at the top and its source at the foot.

    Parameters
    ----------
    figure : Figure
    title : Text
        For those who change it later.
    head, foot : float
        Inches that title and source take, margins included.
    """

    figure: Figure
    title: Text
    head: float
    foot: float

    def place(self, left: float, bottom: float, right: float, top: float,
              axes_class: type[Axes] = Axes) -> Axes:
        """Add axes, with their distances in inches from the edges of what is left free."""
        width, height = self.figure.get_size_inches()
        low, high = self.foot + bottom, height - self.head - top
        return self.figure.add_axes(
            (left / width, low / height, 1 - (left + right) / width, (high - low) / height),
            axes_class=axes_class,
        )


def sheet(title: str, source: str, body: float, title_lines: int = 0) -> Sheet:
    """Return a sheet to draw on.

    Parameters
    ----------
    title, source : str
        Broken into lines here.
    body : float
        Height of what lies between them, in inches.
    title_lines : int
        Lines to keep for the title; as many as it has if 0.

    Examples
    --------
    >>> page = sheet("A title", "Source: UNHCR", 4)
    >>> axes = page.place(0.1, 0, 0.1, 0)
    >>> bool(axes.get_position().width < 1)
    True
    """
    room = WIDTH - 2 * MARGIN
    above, below = wrap(title, room, TITLE, "bold"), wrap(source, room, SMALL)
    head = MARGIN + (title_lines or above.count("\n") + 1) * TITLE * 1.25 / 72 + 0.06
    foot = MARGIN + (below.count("\n") + 1) * SMALL * 1.35 / 72 + 0.04
    height = head + body + foot
    figure = Figure(figsize=(WIDTH, height), facecolor="white")
    FigureCanvasAgg(figure)
    text = figure.text(MARGIN / WIDTH, 1 - MARGIN / height, above, size=TITLE, weight="bold",
                       va="top", linespacing=1.15)
    figure.text(MARGIN / WIDTH, MARGIN / height, below, size=SMALL, color=SOFT, va="bottom",
                linespacing=1.25)
    return Sheet(figure, text, head, foot)


def plain_axes(axes: Axes, *, grid: str = "y") -> None:
    """Take away all of the frame but the line that bars stand on, and add a quiet grid."""
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, pad=4)
    if grid:
        axes.grid(axis="x" if grid == "x" else "y")


def ink(colour: str) -> str:
    """Return the shade of a colour in which words stand.

    Examples
    --------
    >>> ink(BLUE) == BLUE, ink(GREEN) == GREEN
    (True, False)
    """
    return _WORDS.get(colour, colour)


def halo(width: float = 2.5) -> list[withStroke]:
    """Return a white edge that keeps a label legible on lines and areas."""
    return [withStroke(linewidth=width, foreground="white")]


def spread_apart(targets: list[float], gap: float, low: float, high: float) -> list[float]:
    """Move positions apart until each has room, as little as possible.

    The method is that of pooled adjacent violators: neighbours that collide become a block, which
    is centred on what its members want.

    Parameters
    ----------
    targets : list of float
        Where the labels should be, in any order.
    gap : float
        Least distance between two.
    low, high : float
        Bounds.

    Returns
    -------
    list of float
        In the order of `targets`.

    Examples
    --------
    >>> spread_apart([1.0, 1.0], 0.5, 0, 10)
    [0.75, 1.25]
    """
    order = sorted(range(len(targets)), key=targets.__getitem__)
    # Without the gaps before them, positions need only be in order.
    blocks: list[list[float]] = []
    for place, index in enumerate(order):
        blocks.append([targets[index] - gap * place])
        while len(blocks) > 1 and fmean(blocks[-2]) > fmean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    middles = [fmean(block) for block in blocks for _ in block]
    last = high - gap * (len(targets) - 1)
    placed = [0.0] * len(targets)
    for place, (index, middle) in enumerate(zip(order, middles, strict=True)):
        placed[index] = max(min(middle, last), low) + gap * place
    return placed
