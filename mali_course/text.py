"""Plain text of the small HTML that the course makes."""

from __future__ import annotations

import re
from html import unescape

__all__ = ["text_of"]


def text_of(html: str) -> str:
    r"""Return the text of HTML, a line a block.

    Examples
    --------
    >>> text_of("<p>One</p><ul><li>two &amp; three</li></ul>")
    'One\ntwo & three'
    """
    lines = re.sub(r"</(p|li|div|pre|summary|legend|tr|figcaption)>|<br>", "\n", html)
    plain = unescape(re.sub(r"<[^>]+>", "", lines))
    return "\n".join(line.strip() for line in plain.splitlines() if line.strip())
