"""The text inside the small HTML that the course makes."""

from __future__ import annotations

import re
from html import unescape

__all__ = ["no_formulas", "text_of"]


def text_of(html: str) -> str:
    r"""Return the text of HTML, a line a block.

    Examples
    --------
    >>> text_of("<p>One</p><ul><li>two &amp; three</li></ul>")
    'One\ntwo & three'
    """
    lines = re.sub(r"</(p|li|div|pre|summary|details|legend|tr|figcaption)>|<br>", "\n", html)
    plain = unescape(re.sub(r"<[^>]+>", "", lines))
    return "\n".join(line.strip() for line in plain.splitlines() if line.strip())


def no_formulas(html: str) -> str:
    """Return HTML in which no dollar sign begins a formula.

    JupyterLab and exported pages typeset what stands between two dollar signs of one text, so each
    gets an element of its own.

    Examples
    --------
    >>> no_formulas('<p title="$1">$140 million</p>')
    '<p title="$1"><span>$</span>140 million</p>'
    """
    return re.sub(r">[^<]+", lambda text: text.group().replace("$", "<span>$</span>"), html)
