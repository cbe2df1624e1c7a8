"""Small pieces of HTML that are accessible in every theme and without a style sheet."""

from __future__ import annotations

from html import escape

__all__ = ["fold", "link"]


def link(url: str, text: str = "") -> str:
    """Return a link, or the escaped text where the address is not one of the web.

    JupyterLab shows links by colour alone, and too pale a colour in its dark theme.

    Parameters
    ----------
    url : str
        The address.
    text : str
        What is shown; the address itself if empty.

    Examples
    --------
    >>> link("page 3")
    'page 3'
    >>> "underline" in link("https://example.org/")
    True
    """
    shown = escape(text or url)
    if not url.startswith(("http://", "https://")):
        return shown
    style = "color:inherit;text-decoration:underline;overflow-wrap:anywhere"
    return f'<a href="{escape(url, quote=True)}" style="{style}">{shown}</a>'


def fold(title: str, inside: str) -> str:
    """Return HTML that opens under its title, which is high enough to be hit.

    Parameters
    ----------
    title : str
        HTML of the title.
    inside : str
        HTML of what opens.

    Examples
    --------
    >>> fold("More", "<p>Here.</p>").startswith("<details><summary")
    True
    """
    # JupyterLab takes the keys of an element that has not this attribute.
    attributes = 'data-lm-suppress-shortcuts="true" style="padding:.3rem 0;cursor:pointer"'
    return f"<details><summary {attributes}>{title}</summary>{inside}</details>"
