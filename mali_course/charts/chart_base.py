"""A chart: a picture with the words and the table without which it is refused."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any

from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from mali_course.charts.style import plain_style
from mali_course.core.bibliography import source_list
from mali_course.core.datasets import publisher_names
from mali_course.core.html import details_html, no_formulas, title_html
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["Chart", "data_address"]

_DPI = 144
_SHORTEST = 20  # an alt text or a reading below this says nothing


def data_address(png: bytes) -> str:
    """Return an address that is itself the picture.

    Examples
    --------
    >>> data_address(b"1")
    'data:image/png;base64,MQ=='
    """
    return f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"


@dataclass(frozen=True, eq=False)
class Chart:
    """A figure with its text twin.

    Parameters
    ----------
    figure : Figure
        Holds its own title and source line, so that the file of the picture has them. On a page
        the title is a heading above, and is cut off the picture.
    title : str
        What the chart is about. What it says stands in the reading: learners predict it first.
    alt : str
        What it shows, for those who do not see it.
    reading : str
        What to see in it, one or two sentences with dates.
    table : Table
        The data behind it.
    sources : tuple of str
        Keys of the bibliography.
    note : str
        A limit that a reader should know.
    prepare : callable, optional
        Sets the figure to this chart before it is drawn, where several charts share a figure.
    on_tap : str
        HTML that shows the same as the picture, with marks that open what they stand for. It is
        hidden, and the style sheet shows it in place of the picture.

    Raises
    ------
    ValueError
        If a text is missing or too short, or there is no table or source.

    Examples
    --------
    >>> from mali_course.charts import chart
    >>> "<img alt=" in chart("elections").to_html()
    True
    """

    figure: Figure
    title: str
    alt: str
    reading: str
    table: Table
    sources: tuple[str, ...]
    note: str = ""
    prepare: Callable[[], object] | None = None
    on_tap: str = ""

    def __post_init__(self) -> None:
        for name in ("alt", "reading"):
            if len(str(getattr(self, name) or "").strip()) < _SHORTEST:
                raise ValueError(f"a chart needs a text {name!r} of at least {_SHORTEST} letters")
        if not str(self.title or "").strip():
            raise ValueError("a chart needs a title")
        if not isinstance(self.table, Table):
            raise ValueError("a chart needs the table behind it")
        if not self.sources:
            raise ValueError("a chart needs the sources of its data")

    def to_png(self, dpi: int = _DPI) -> bytes:
        """Draw the chart.

        Parameters
        ----------
        dpi : int
            Pixels an inch; the figure is 5.2 inches wide.

        Returns
        -------
        bytes
            A PNG file.

        Examples
        --------
        >>> from mali_course.charts import chart
        >>> chart("elections").to_png(50)[1:4]
        b'PNG'
        """
        return self._encoded_png(self._drawn_pixels(dpi))

    def _drawn_pixels(self, dpi: int, *, titled: bool = True) -> Image.Image:
        with plain_style():
            if self.prepare:
                self.prepare()
            self.figure.set_dpi(dpi)
            canvas: Any = FigureCanvasAgg(self.figure)
            canvas.draw()
            size = canvas.get_width_height(physical=True)
            picture = Image.frombuffer("RGBA", size, canvas.buffer_rgba()).convert("RGB")
            if not titled:
                picture = picture.crop((0, self._foot_of_title(picture.height), *picture.size))
            # The canvas, and each text that was drawn on it, keep all its pixels for as long as
            # the figure lives: several megabytes a chart. They go before another thread may draw
            # the same figure.
            FigureCanvasBase(self.figure)
            for text in self.figure.findobj(Text):
                text._renderer = None  # type: ignore[attr-defined]
        return picture

    def _foot_of_title(self, height: int) -> int:
        """Return the row of pixels below the title, or the first one if the figure has none."""
        for text in self.figure.texts:
            if " ".join(text.get_text().split()) == self.title:
                return height - int(text.get_window_extent().y0)
        return 0

    @staticmethod
    def _encoded_png(picture: Image.Image) -> bytes:
        # Charts have few colours: a palette makes the file a third as large, and is quick to make.
        file = BytesIO()
        palette = picture.quantize(
            256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
        # The paper is white, not nearly white as its colour among 256.
        colours, paper = palette.getpalette() or [], palette.getpixel((0, 0))
        if isinstance(paper, int):
            colours[3 * paper : 3 * paper + 3] = [255, 255, 255]
            palette.putpalette(colours)
        # Level 6, the usual one, takes twice the time for a twelfth less.
        palette.save(file, "PNG", compress_level=4)
        return file.getvalue()

    def picture_html(
        self, address: Callable[[bytes], str] = data_address, *, titled: bool = True
    ) -> str:
        """Return the picture with its alt text.

        Parameters
        ----------
        address : callable
            Takes the PNG file and returns where the page finds it; by default inside the page.
        titled : bool
            Whether picture and alt text begin with the title; not where it is a heading above.

        Examples
        --------
        >>> from mali_course.charts import chart
        >>> chart("elections").picture_html()[:9]
        '<img alt='
        """
        picture = self._drawn_pixels(_DPI, titled=titled)
        place = address(self._encoded_png(picture))
        alt = escape(f"{self.title}. {self.alt}" if titled else self.alt, quote=True)
        return (f'<img alt="{alt}" src="{place}" '
                f'width="{picture.width}" height="{picture.height}" '
                'style="width:100%;max-width:40rem;height:auto;background:#fff">')

    def caption_html(self) -> str:
        """Return what stands below the picture: the note and the publishers of the data.

        The title stands above the picture or in it, so it is not repeated here.

        Examples
        --------
        >>> from mali_course.charts import chart
        >>> chart("elections").caption_html()[:7]
        '<small>'
        """
        lines = (self.note, say("charts.frame.sources", publishers=publisher_names(self.sources)))
        return "<br>".join(f"<small>{escape(line)}</small>" for line in lines if line)

    def _sources_html(self) -> str:
        title = f"<p>{escape(say('charts.frame.source_list'))}</p>"
        return title + source_list(self.sources, licences=True)

    def figure_html(self, address: Callable[[bytes], str] = data_address) -> str:
        """Return the picture alone, where the words about it stand below.

        Parameters
        ----------
        address : callable
            As for `picture_html`.

        Examples
        --------
        >>> from mali_course.charts import chart
        >>> chart("elections").figure_html()[:7]
        '<figure'
        """
        return (
            f'<figure class="mali-chart" style="margin:.25rem 0;max-width:44rem">'
            f"{self.picture_html(address)}</figure>"
        )

    def data_html(self) -> str:
        """Return the table and the sources in full, under a fold.

        Examples
        --------
        >>> from mali_course.charts import chart
        >>> "<caption" in chart("elections").data_html()
        True
        """
        inside = self.table.to_html() + self._sources_html()
        return details_html(escape(say("charts.frame.data")), inside)

    def folds_html(self) -> str:
        """Return what stands below picture and reading where these are the main thing.

        Examples
        --------
        >>> from mali_course.charts import chart
        >>> chart("elections").folds_html().count("<details")
        2
        """
        notes = details_html(escape(say("charts.frame.notes")), f"<p>{self.caption_html()}</p>")
        return notes + self.data_html()

    def to_html(
        self, *, folds: bool = True, address: Callable[[bytes], str] = data_address
    ) -> str:
        """Return the chart as HTML: title, picture with alt text, caption; reading, data in folds.

        Parameters
        ----------
        folds : bool
            Whether there is anything that opens; on paper there is not.
        address : callable
            Takes the PNG file and returns where the page finds it; by default inside the page.

        Examples
        --------
        >>> from mali_course.charts import chart
        >>> "<figcaption" in chart("elections").to_html()
        True
        """
        reading = data = on_tap = ""
        if folds:
            on_tap = self.on_tap
            # Under a fold, so that learners can look for themselves first.
            reading = details_html(escape(say("charts.frame.fold")), escape(self.reading))
            data = self.data_html()
        return (
            f'<div class="mali-block">{title_html(self.title)}'
            f'<figure class="mali-chart" style="margin:.5rem 0;max-width:44rem">'
            f"{self.picture_html(address, titled=False)}{on_tap}"
            f'<figcaption style="line-height:1.5">{reading}{self.caption_html()}</figcaption>'
            f"{data}</figure></div>"
        )

    def to_text(self) -> str:
        """Return what the chart says, as text."""
        lines = [self.title, f"{say('charts.frame.alt')} {self.alt}",
                 f"{say('charts.frame.see')} {self.reading}"]
        return "\n".join([*lines, self.note] if self.note else lines)

    def __repr__(self) -> str:
        return self.to_text()

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        return {"text/html": no_formulas(self.to_html()), "text/plain": self.to_text()}
