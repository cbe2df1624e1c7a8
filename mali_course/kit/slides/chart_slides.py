"""A chart on the wall: whole, then in bands across the slide, then whole with what to see in it.

A chart is made for the width of a telephone. Whole, it is a small picture on a slide. Its bands are
as wide as the slide, so that its labels reach about 24 points.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterable
from html import escape
from math import ceil

from mali_course.charts import chart
from mali_course.charts.chart_base import Chart
from mali_course.core.datasets import publisher_names
from mali_course.core.messages import say
from mali_course.explorers import explorer
from mali_course.kit.slides.deck_model import Slide
from mali_course.kit.slides.fit import ROOM, TITLE_LINE, piece

__all__ = ["chart_slide", "explorer_slide"]

_DPI = 216
# The measures of slides.css: a slide without its foot, and what a picture may take of it whole.
_WIDE, _HIGH = 1280, 650
_WHOLE_WIDTH, _WHOLE_HEIGHT = 700, 622
_PANEL_ROOM = ROOM + TITLE_LINE
_OVERLAP = 80


def _height_share(png: bytes) -> float:
    """Return the height of a picture as a share of its width, from its own header.

    The views of an explorer share a figure, which has its size when it has been drawn.
    """
    wide, high = struct.unpack(">II", png[16:24])
    return float(high / wide)


def _figure_html(chart: Chart, png: bytes, width: float) -> str:
    data = base64.b64encode(png).decode("ascii")
    alt = escape(f"{chart.title}. {chart.alt}", quote=True)
    source = f"data:image/png;base64,{data}"
    return f'<figure style="width:{width:.0f}px"><img alt="{alt}" src="{source}"></figure>'


def _panel_html(chart: Chart, title: str, texts: Iterable[str], width: float) -> str:
    """Return what stands beside the picture, as far as there is room: texts, then what to see."""
    used = piece(f"<p>{title}</p>", width, bold=True).height * 1.4
    shown = ""
    for text in filter(None, texts):
        row = piece(f"<p>{escape(text)}</p>", width)
        if used + row.height <= _PANEL_ROOM:
            used += row.height
            shown += row.html
    see = f"<strong>{escape(say('charts.frame.see'))}</strong> {escape(chart.reading)}"
    if used + piece(f"<p>{see}</p>", width).height <= _PANEL_ROOM:
        shown += f'<p class="fragment">{see}</p>'
    return shown


def _picture_html(chart: Chart, title: str, texts: Iterable[str] = ()) -> str:
    """Return picture and panel; what to see stands in the notes as well."""
    png = chart.to_png(_DPI)
    share = _height_share(png)
    width = min(_WHOLE_WIDTH, _WHOLE_HEIGHT / share)
    panel = _WIDE - 3 * 40 - width
    full = _WIDE * share
    bands = max(1, ceil((full - _OVERLAP) / (_HIGH - _OVERLAP)))
    step = (full - _HIGH) / (bands - 1) if bands > 1 else 0
    steps = "".join(f'<span class="fragment band b{number}"></span>' for number in range(bands))
    shown = _panel_html(chart, title, texts, panel)
    # A step without anything new shows the chart whole again after its bands.
    again = "" if "fragment" in shown else '<span class="fragment"></span>'
    return (
        f'<div class="picture" style="--step:{step:.1f}px">'
        f"{_figure_html(chart, png, width)}{steps}{again}"
        f'<div class="panel" style="width:{panel:.0f}px"><h2>{title}</h2>{shown}</div></div>'
    )


def _chart_notes(chart: Chart, lead: str) -> list[str]:
    sources = say("charts.frame.sources", publishers=publisher_names(chart.sources))
    texts = (lead, f"{say('charts.frame.see')} {chart.reading}", chart.note, sources)
    return [f"<p>{escape(text)}</p>" for text in texts if text]


def chart_slide(name: str) -> Slide:
    """Return the slide of a chart.

    Examples
    --------
    >>> chart_slide("mali-map").kind
    'picture'
    """
    drawn = chart(name)
    title = escape(drawn.title)
    notes = _chart_notes(drawn, say("kit_slides.notes.chart"))
    return Slide(title, _picture_html(drawn, title), notes, kind="picture")


def explorer_slide(name: str) -> Slide:
    """Return the first view of an explorer; the rest is done in the notebook.

    Examples
    --------
    >>> explorer_slide("g5").kind
    'picture'
    """
    chosen = explorer(name)
    drawn = chosen.view({})
    title = escape(chosen.title)
    html = _picture_html(drawn, title, [chosen.question, say("kit_slides.explorer.first")])
    controls = ", ".join(control.label for control in chosen.controls)
    switch = say("kit_slides.notes.explorer", name=name, controls=controls)
    return Slide(title, html, _chart_notes(drawn, switch), kind="picture")
