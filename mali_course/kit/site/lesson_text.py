"""The texts of a lesson, from Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import mistune

__all__ = ["Heading", "markdown_renderer"]


class Heading(NamedTuple):
    """A heading: its level, its id in the page, and its text without markup."""

    level: int
    id: str
    text: str


def _plain_text(token: dict[str, Any]) -> str:
    return "".join([token.get("raw", ""), *map(_plain_text, token.get("children", ()))])


class _Renderer(mistune.HTMLRenderer):
    """Takes no raw HTML, gives each heading an id of its own, and changes addresses."""

    def __init__(self, address: Callable[[str], str]) -> None:
        super().__init__(escape=True)
        self.address = address
        self.headings: list[Heading] = []

    def render_token(self, token: dict[str, Any], state: Any) -> str:
        if token["type"] == "heading":
            text = _plain_text(token)
            heading = Heading(token["attrs"]["level"], self._new_id(text), text)
            self.headings.append(heading)
            token["attrs"]["id"] = heading.id
        return super().render_token(token, state)

    def _new_id(self, text: str) -> str:
        base = "s-" + (re.sub(r"[^\w]+", "-", text.casefold()).strip("-") or "part")
        ids = {heading.id for heading in self.headings}
        number = 1
        while (name := base if number == 1 else f"{base}-{number}") in ids:
            number += 1
        return name

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return super().link(text, self.address(url), title)


def markdown_renderer(
    address: Callable[[str], str] = str,
) -> tuple[Callable[[str], str], list[Heading]]:
    r"""Return a function from Markdown to HTML, and the headings that it will have met.

    Parameters
    ----------
    address : callable
        Changes the address of a link.

    Returns
    -------
    (callable, list of Heading)
        The list grows with each text.

    Examples
    --------
    >>> render_text, headings = markdown_renderer()
    >>> render_text("## Who *signed*?")
    '<h2 id="s-who-signed">Who <em>signed</em>?</h2>\n'
    >>> headings
    [Heading(level=2, id='s-who-signed', text='Who signed?')]
    """
    renderer = _Renderer(address)
    convert = mistune.create_markdown(renderer=renderer, plugins=["table"])
    return lambda text: str(convert(text)), renderer.headings
