"""A link as HTML: underlined and in the colour of its text, in every theme."""

from __future__ import annotations

from html import escape

__all__ = ["link"]


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
    style = "color:inherit;text-decoration:underline"
    return f'<a href="{escape(url, quote=True)}" style="{style}">{shown}</a>'
