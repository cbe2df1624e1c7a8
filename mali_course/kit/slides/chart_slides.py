"""A chart on the wall: whole, then in bands across the slide, then whole with what to see in it.

A chart is made for the width of a telephone. Whole, it is a small picture on a slide. Its bands are
as wide as the slide, so that its labels reach about 24 points.
"""

from __future__ import annotations

import base64
import struct
from html import escape
from math import ceil
from typing import TYPE_CHECKING

from mali_course.core.messages import say
from mali_course.kit.slides.deck_model import Slide
from mali_course.kit.slides.fit import ROOM, TITLE_LINE, piece

if TYPE_CHECKING:
    from mali_course.charts.chart_base import Chart

__all__ = ["chart_slide", "explorer_slide"]

_DPI = 216
# The measures of slides.css: a slide without its foot, and what a picture may take of it whole.
_WIDE, _HIGH = 1280, 650
_WHOLE_WIDTH, _WHOLE_HEIGHT = 700, 622
_PANEL_ROOM = ROOM + TITLE_LINE
_OVERLAP = 80


def _picture(chart: Chart, title: str, below: list[str]) -> str:
    """Return picture and panel; what to see stands in the notes as well."""
    png = chart.to_png(_DPI)
    # The views of an explorer share a figure, which has its size when it has been drawn.
    pixels_wide, pixels_high = struct.unpack(">II", png[16:24])
    shape = pixels_high / pixels_wide
    width = min(_WHOLE_WIDTH, _WHOLE_HEIGHT / shape)
    panel = _WIDE - 3 * 40 - width
    full = _WIDE * shape
    bands = max(1, ceil((full - _OVERLAP) / (_HIGH - _OVERLAP)))
    step = (full - _HIGH) / (bands - 1) if bands > 1 else 0
    data = base64.b64encode(png).decode("ascii")
    alt = escape(f"{chart.title}. {chart.alt}", quote=True)
    picture = (
        f'<figure style="width:{width:.0f}px"><img alt="{alt}" '
        f'src="data:image/png;base64,{data}"></figure>'
    )
    steps = "".join(f'<span class="fragment band b{number}"></span>' for number in range(bands))
    used = piece(f"<p>{title}</p>", panel, bold=True).height * 1.4
    shown = ""
    for text in below:
        one = piece(f"<p>{escape(text)}</p>", panel)
        if text and used + one.height <= _PANEL_ROOM:
            used += one.height
            shown += one.html
    see = f"<strong>{escape(say('charts.frame.see'))}</strong> {escape(chart.reading)}"
    if used + piece(f"<p>{see}</p>", panel).height <= _PANEL_ROOM:
        shown += f'<p class="fragment">{see}</p>'
    # A step without anything new shows the chart whole again after its bands.
    again = "" if "fragment" in shown else '<span class="fragment"></span>'
    return (
        f'<div class="picture" style="--step:{step:.1f}px">{picture}{steps}{again}'
        f'<div class="panel" style="width:{panel:.0f}px"><h2>{title}</h2>{shown}</div></div>'
    )


def _notes(chart: Chart) -> list[str]:
    from mali_course.core.datasets import publishers

    sources = say("charts.frame.sources", publishers=publishers(chart.sources))
    told = [f"{say('charts.frame.see')} {chart.reading}", chart.note, sources]
    return [f"<p>{escape(text)}</p>" for text in told if text]


def chart_slide(name: str) -> Slide:
    """Return the slide of a chart.

    Examples
    --------
    >>> chart_slide("mali-map").kind
    'picture'
    """
    from mali_course.charts import chart

    one = chart(name)
    title = escape(one.title)
    html = _picture(one, title, [])
    lead = f"<p>{escape(say('kit_slides.notes.chart'))}</p>"
    return Slide(title, html, [lead, *_notes(one)], kind="picture")


def explorer_slide(name: str) -> Slide:
    """Return the first view of an explorer; the rest is done in the notebook.

    Examples
    --------
    >>> explorer_slide("g5").kind
    'picture'
    """
    from mali_course.explorers import explorer

    one = explorer(name)
    chart = one.view({})
    title = escape(one.title)
    first = say("kit_slides.explorer.first")
    html = _picture(chart, title, [one.question, first])
    controls = ", ".join(control.label for control in one.controls)
    switch = say("kit_slides.notes.explorer", name=name, controls=controls)
    return Slide(title, html, [f"<p>{escape(switch)}</p>", *_notes(chart)], kind="picture")
