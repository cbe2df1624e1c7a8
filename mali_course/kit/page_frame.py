"""The style sheet of every page that the kit writes, and Markdown for its texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from mali_course.forms import live

__all__ = ["breakable", "markdown", "page_style"]


def page_style(*more: Path) -> str:
    """Return the style sheet of questions and of pages, with further ones after them."""
    own = Path(__file__).with_name("page.css")
    files = (Path(live.__file__).with_name("live.css"), own, *more)
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def breakable(html: str) -> str:
    """Return HTML whose table cells may break in keys such as ``CRS_2020_01``, for narrow paper.

    Examples
    --------
    >>> breakable("<td>CRS_2020</td><p>a_b</p>")
    '<td>CRS_<wbr>2020</td><p>a_b</p>'
    """
    return re.sub(
        r"(<t[dh]\b[^>]*>)([^<]+)", lambda found: found[1] + found[2].replace("_", "_<wbr>"), html
    )


@dataclass
class _Ids:
    """Ids for headings, each one once in a page."""

    used: set[str] = field(default_factory=set)

    def of(self, html: str) -> str:
        text = unescape(re.sub(r"<[^>]+>", "", html)).casefold()
        base = "s-" + (re.sub(r"[^\w]+", "-", text).strip("-") or "part")
        name, number = base, 1
        while name in self.used:
            number += 1
            name = f"{base}-{number}"
        self.used.add(name)
        return name


def markdown(
    address: Callable[[str], str] = str,
) -> tuple[Callable[[str], str], list[tuple[int, str, str]]]:
    r"""Return a function from Markdown to HTML, and the headings that it will have met.

    Parameters
    ----------
    address : callable
        Changes the address of a link.

    Returns
    -------
    (callable, list of (int, str, str))
        The list grows with each text: level, id and HTML of a heading.

    Examples
    --------
    >>> render, headings = markdown()
    >>> render("## Who *signed*?")
    '<h2 id="s-who-signed">Who <em>signed</em>?</h2>\n'
    >>> headings
    [(2, 's-who-signed', 'Who <em>signed</em>?')]
    """
    import mistune

    headings: list[tuple[int, str, str]] = []
    ids = _Ids()

    class Renderer(mistune.HTMLRenderer):
        def heading(self, text: str, level: int, **attributes: Any) -> str:
            name = ids.of(text)
            headings.append((level, name, text))
            return f'<h{level} id="{name}">{text}</h{level}>\n'

        def link(self, text: str, url: str, title: str | None = None) -> str:
            return super().link(text, address(url), title)

    made = mistune.create_markdown(renderer=Renderer(escape=True), plugins=["table"])

    def render(text: str) -> str:
        return str(made(text))

    return render, headings
