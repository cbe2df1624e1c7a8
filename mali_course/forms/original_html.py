"""A sentence of the report as HTML: what stands below its digest where somebody has brought it."""

from __future__ import annotations

import re
from html import escape

from mali_course.core.messages import say
from mali_course.original.hedges import marked_html
from mali_course.original.kept import original

__all__ = ["original_html", "whose_words_html", "with_originals"]


def original_html(locator: str, *, told: bool = True, pointed: bool = False) -> str:
    """Return a sentence in the report's own words, or nothing where nobody has brought it.

    Parameters
    ----------
    locator : str
    told : bool
        Whether its status is told beside it, and not still asked for by a question: then the words
        that say how sure it is are marked.
    pointed : bool
        Whether they are marked in any case, as a hint does: then what they do is not said.

    Examples
    --------
    >>> original_html("1.1.1")
    ''
    """
    text = original(locator)
    if not text:
        return ""
    if told or pointed:
        sentence = marked_html(text, locator, telling=told)
    else:
        sentence = escape(text, quote=False)
    said = escape(say("interface.report.original"))
    # Said for the ear at each of them; for the eye once a list, the others are told by their look.
    return (
        f' <blockquote class="mali-original"><span class="mali-original-said">{said}</span> '
        f"{sentence}</blockquote>"
    )


def whose_words_html(key: str, shown: str) -> str:
    """Return a heading that says whose words stand below it: ours, or the report's as well.

    Parameters
    ----------
    key : str
        That of its words.
    shown : str
        HTML of what stands below it. The page changes the heading when that changes.

    Examples
    --------
    >>> whose_words_html("interface.feedback.digest", "<p>Ours.</p>").partition("<")[0]
    'What the report says there, in our words'
    """
    state = "" if "mali-original" in shown else " hidden"
    own = f'<span class="mali-own"{state}>{escape(say("interface.report.own"))}</span>'
    return escape(say(key, own="\0")).replace("\0", own)


def with_originals(html: str) -> str:
    """Return the controls of a question, with the report's sentences in their places.

    Examples
    --------
    >>> with_originals("<p>No place.</p>")
    '<p>No place.</p>'
    """
    return re.sub(
        r'(?<= data-locator=")([\d.]+)(" data-plain>)(?=</)',
        lambda slot: slot[0] + original_html(slot[1], told=False),
        html,
    )
