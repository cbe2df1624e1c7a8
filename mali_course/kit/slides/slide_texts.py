"""The texts of a notebook on slides: what their Markdown holds, as pieces or as notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import mistune

from mali_course.kit.slides.fit import Piece, piece

__all__ = ["SlideText", "notes_html", "slide_text"]


@dataclass(frozen=True)
class SlideText:
    """A text of a notebook.

    Parameters
    ----------
    level : int
        Of the heading that it begins with, or 0.
    title : str
        HTML of that heading, or "".
    pieces : tuple of Piece
        The blocks below it, each entry of a list by itself.
    """

    level: int
    title: str
    pieces: tuple[Piece, ...]


class _Renderer(mistune.HTMLRenderer):
    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Return a link to the web; a deck cannot open notebooks, so their names stay alone."""
        return super().link(text, url, title) if url.startswith(("http:", "https:")) else text


_RENDERER = _Renderer(escape=True)
_HTML_OF = mistune.create_markdown(renderer=_RENDERER, plugins=["table"])
_TOKENS_OF: Any = mistune.create_markdown(renderer=None, plugins=["table"])
_Token = dict[str, Any]


def notes_html(source: str) -> str:
    r"""Return a Markdown text as HTML for the speaker's notes.

    Examples
    --------
    >>> notes_html("Say *why*, see [the next](02.ipynb).")
    '<p>Say <em>why</em>, see the next.</p>\n'
    """
    return str(_HTML_OF(source))


def slide_text(source: str) -> SlideText:
    r"""Return a Markdown text as a heading and pieces.

    Examples
    --------
    >>> text = slide_text("## Who signed\n\nTwo sides:\n\n- one\n- another")
    >>> text.level, text.title, [piece.html for piece in text.pieces]
    (2, 'Who signed', ['<p>Two sides:</p>', 'one', 'another'])
    """
    tokens: list[_Token] = [token for token in _TOKENS_OF(source) if token["type"] != "blank_line"]
    heading = tokens.pop(0) if tokens and tokens[0]["type"] == "heading" else None
    return SlideText(
        heading["attrs"]["level"] if heading else 0,
        _tokens_html(heading["children"]) if heading else "",
        tuple(part for token in tokens for part in _block_pieces(token)),
    )


def _tokens_html(tokens: Sequence[_Token]) -> str:
    return _RENDERER.render_tokens(tokens, mistune.BlockState()).strip()


def _block_pieces(token: _Token) -> Iterator[Piece]:
    match token["type"]:
        case "heading":
            title = _tokens_html(token["children"])
            yield piece(f"<p><strong>{title}</strong></p>", bold=True)
        case "list":
            yield from _entry_pieces(token)
        case "block_quote":
            for inside in token["children"]:
                yield from _block_pieces(inside)
        case "paragraph" | "block_code" | "table":
            yield piece(_tokens_html([token]))


def _entry_pieces(token: _Token) -> Iterator[Piece]:
    """Yield the entries of a list, which know their number when they go to further slides."""
    ordered = token["attrs"]["ordered"]
    for number, entry in enumerate(token["children"], start=1):
        row = piece(_tokens_html(entry["children"]), wrap="ol" if ordered else "ul")
        numbered = f'<li value="{number}">{row.html}</li>'
        yield replace(row, html=numbered) if ordered else row
