"""What holds for every chart: all can be read, by eye and by ear."""

from __future__ import annotations

import base64
import io
import re
from functools import cache

import pytest
from drawn import Page, covering_words, cut_words, drawn_chart, small_words
from matplotlib.figure import Figure
from PIL import Image, ImageChops

from mali_course.charts import CHARTS, chart
from mali_course.charts.chart_base import Chart
from mali_course.core.table import Table

EACH = pytest.mark.parametrize("name", CHARTS)
HIGHEST = {"actors-2012": 12.0}  # inches; what has no entry fits below the heading of a page


@cache
def html_of(name: str) -> str:
    return drawn_chart(name).to_html()


# --- The picture ----------------------------------------------------------------------------------


@EACH
def test_no_word_is_cut_by_the_edge(name: str) -> None:
    assert cut_words(drawn_chart(name)) == []


@EACH
def test_words_are_legible_320_pixels_wide(name: str) -> None:
    assert small_words(drawn_chart(name)) == []


@EACH
def test_words_do_not_cover_each_other(name: str) -> None:
    assert covering_words(drawn_chart(name)) == []


@EACH
def test_a_picture_fits_on_a_page_and_keeps_a_notebook_small(name: str) -> None:
    assert drawn_chart(name).figure.get_size_inches()[1] <= HIGHEST.get(name, 8.7)
    data = re.search(r"base64,([^\"]+)\"", html_of(name))
    assert data
    raw = base64.b64decode(data[1])
    assert len(raw) < 150_000
    picture = Image.open(io.BytesIO(raw)).convert("RGB")
    assert picture.width >= 700
    corners = [(0, 0), (picture.width - 1, 0), (0, picture.height - 1)]
    assert all(picture.getpixel(corner) == (255, 255, 255) for corner in corners)


@EACH
def test_text_and_picture_are_the_same_each_time(name: str) -> None:
    first, again = drawn_chart(name), chart(name)
    assert again.to_text() == first.to_text()
    assert again.to_png(60) == first.to_png(60)


@EACH
def test_a_title_that_is_a_heading_is_cut_off_the_picture_and_nothing_else(name: str) -> None:
    shown = drawn_chart(name)
    whole = Image.open(io.BytesIO(shown.to_png())).convert("L")
    data = re.search(r"base64,([^\"]+)\"", html_of(name))
    assert data
    below = Image.open(io.BytesIO(base64.b64decode(data[1]))).convert("L")
    cut = whole.height - below.height
    lines = 1 + (len(shown.title) > 40)
    assert below.width == whole.width
    assert 20 * lines < cut < 60 * lines
    # The palettes of the two files differ by a shade.
    there = whole.crop((0, cut, *whole.size))
    assert ImageChops.difference(there, below).getextrema()[1] < 40
    # All that was cut off is the title, dark on white, with a margin at each side.
    left, top, right, foot = ImageChops.invert(whole.crop((0, 0, whole.width, cut))).getbbox()
    assert left > 5
    assert top > 5
    assert right < whole.width
    assert foot <= cut


# --- The words ------------------------------------------------------------------------------------


@EACH
def test_texts_are_whole_sentences_with_nothing_left_to_fill_in(name: str) -> None:
    shown = drawn_chart(name)
    bundle = shown._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert bundle["text/plain"] == repr(shown) == shown.to_text()
    assert not re.search(r"base64|0x[0-9a-f]{6}|<\w|[{}]|\bNone\b|\bnan\b", shown.to_text())
    for text in (shown.title, shown.alt, shown.reading, shown.table.caption):
        assert len(text) > 10
        assert text in bundle["text/plain"] or text == shown.table.caption
    assert len(shown.sources) == len(set(shown.sources))
    for sentence in re.split(r"(?<=[a-z\d)]\.) ", f"{shown.reading} {shown.alt}"):
        assert re.match(r'[A-ZÉ\d"$]', sentence), sentence


@EACH
def test_html_has_picture_reading_table_and_sources(name: str) -> None:
    shown, page = drawn_chart(name), Page(html_of(name))
    (image,) = page.all("img")
    # The title is said once: by the heading.
    assert image["alt"] == shown.alt
    assert page.inside["h3"] == shown.title
    # Under a fold: learners look for themselves first.
    assert shown.reading in page.inside["figcaption"]
    assert shown.reading in page.inside["details"]
    assert "Sources: " in page.inside["figcaption"]
    assert shown.table.caption in page.inside["caption"]
    assert all(header["scope"] in ("col", "row") for header in page.all("th"))
    assert len(page.all("th")) == len(shown.table.columns) + len(shown.table.rows)
    assert all(f"[{source}]" in page.inside["li"] for source in shown.sources)
    boxes = [box for box in page.all("div") if box.get("role") == "region"]
    assert [box["aria-label"] for box in boxes] == [shown.table.caption]
    assert boxes[0]["tabindex"] == "0"
    # Else JupyterLab takes their keys.
    for focusable in (*boxes, *page.all("summary")):
        assert focusable["data-lm-suppress-shortcuts"] == "true"


# --- The checks can fail --------------------------------------------------------------------------


def test_planted_faults_of_a_picture_are_found() -> None:
    figure = Figure(figsize=(5, 2))
    figure.text(0.9, 0.9, "This leaves the picture", size=10)
    figure.text(0.1, 0.6, "This is small", size=5)
    figure.text(0.1, 0.2, "This lies below", size=10)
    figure.text(0.15, 0.22, "and this above", size=10)
    words = "Words of enough letters for a chart."
    shown = Chart(figure, "A title", words, words, Table("T", ("A",), ((1,),)), ("CRS",))
    assert cut_words(shown) == ["This leaves the picture"]
    assert small_words(shown) == ["This is small"]
    assert covering_words(shown) == [("This lies below", "and this above")]
