"""Small pieces of HTML that are accessible in every theme and without a style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape

from mali_course.core.messages import say

__all__ = [
    "button",
    "details_html",
    "hidden",
    "inline_html",
    "link",
    "list_box",
    "next_button",
    "no_formulas",
    "paragraph",
    "text_of",
    "tick_box",
    "title_html",
]


def inline_html(text: str) -> str:
    """Return a text as HTML, with `` `code` `` marked up; nothing else in it is markup.

    Examples
    --------
    >>> inline_html("1 < 2 in `df`")
    '1 &lt; 2 in <code>df</code>'
    """
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))


def paragraph(text: str, name: str = "") -> str:
    """Return a paragraph, or nothing for no text."""
    attribute = f' class="{name}"' if name else ""
    return f"<p{attribute}>{inline_html(text)}</p>" if text else ""


def title_html(text: str) -> str:
    """Return the heading with which a question, a digest or a picture begins.

    Parts of a lesson are headings of the second level, so none is skipped. A way to it can put the
    focus there.

    Examples
    --------
    >>> title_html("Terms")
    '<h3 class="mali-title" tabindex="-1">Terms</h3>'
    """
    return f'<h3 class="mali-title" tabindex="-1">{inline_html(text)}</h3>'


def hidden(text: str) -> str:
    """Return words that are heard and not seen, or nothing for none.

    Examples
    --------
    >>> hidden("of question 03-02")
    '<span class="mali-hidden"> of question 03-02 </span>'
    """
    return f'<span class="mali-hidden"> {escape(text)} </span>' if text else ""


def button(action: str, label: str, *, leads: bool = False, about: str = "") -> str:
    """Return a button that sends the form with an action.

    Parameters
    ----------
    action : str
        What the form is told.
    label : str
        What is shown.
    leads : bool
        Whether this is the button of its form that leads on.
    about : str
        What it belongs to, such as "of question 03-02", where others on the page have its label:
        heard, not seen.

    Examples
    --------
    >>> button("check", "Check", leads=True)
    '<button class="mali-primary" type="submit" value="check">Check</button>'
    """
    name = 'class="mali-primary" ' if leads else ""
    return f'<button {name}type="submit" value="{action}">{escape(label)}{hidden(about)}</button>'


def next_button(item_id: str, *, leads: bool = False) -> str:
    """Return a button that leads to what follows a question on the page.

    Parameters
    ----------
    item_id : str
        The question.
    leads : bool
        Whether there is no more to do in the question: then the page shows this button as the one
        that leads on, and the others as quiet, as long as nothing is changed.

    Examples
    --------
    >>> "mali-onward" in next_button("01-31"), "mali-onward" in next_button("01-31", leads=True)
    (False, True)
    """
    after = hidden(say("interface.question.after", id=item_id))
    words = escape(say("interface.question.next")) + after
    look = "mali-next mali-onward" if leads else "mali-next"
    return f'<button type="button" class="{look}" data-go="next">{words}</button>'


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
    words = escape(text or url)
    if not url.startswith(("http://", "https://")):
        return words
    style = "color:inherit;text-decoration:underline;overflow-wrap:anywhere"
    return f'<a href="{escape(url, quote=True)}" style="{style}">{words}</a>'


def details_html(title: str, inside: str, fold: str = "", *, about: str = "") -> str:
    """Return HTML that opens under its title, which is high enough to be hit.

    Parameters
    ----------
    title : str
        HTML of the title.
    inside : str
        HTML of what opens.
    fold : str
        A name by which it is known, and stays open, where the content around it is replaced.
    about : str
        What it belongs to, where other folds of the page have its title: heard, not seen.

    Examples
    --------
    >>> details_html("More", "<p>Here.</p>").startswith("<details><summary")
    True
    """
    # JupyterLab takes the keys of an element that has not this attribute.
    attributes = 'data-lm-suppress-shortcuts="true" style="padding:.3rem 0;cursor:pointer"'
    known = f' data-fold="{fold}"' if fold else ""
    summary = f"<summary {attributes}>{title}{hidden(about)}</summary>"
    return f"<details{known}>{summary}{inside}</details>"


def tick_box(kind: str, name: str, value: str, text: str, *, checked: bool = False) -> str:
    """Return a radio button or a checkbox before its text."""
    state = " checked" if checked else ""
    return (
        f'<label><input{state} type="{kind}" name="{name}" value="{value}"> '
        f"<span>{inline_html(text)}</span></label>"
    )


def list_box(
    name: str,
    label: str,
    options: Iterable[tuple[str, str]],
    *,
    last: bool = False,
) -> str:
    """Return a list box before its label, or after it where `last`."""
    choices = "".join(f'<option value="{value}">{escape(text)}</option>' for value, text in options)
    box = (
        f'<select name="{name}"><option value="">{say("interface.question.choose")}</option>'
        f"{choices}</select>"
    )
    parts = [box, f"<span>{inline_html(label)}</span>"]
    name = "mali-field mali-stack" if last else "mali-field mali-row"
    return f'<label class="{name}">{" ".join(parts[::-1] if last else parts)}</label>'


def text_of(html: str) -> str:
    r"""Return the text of HTML, a line a block.

    Examples
    --------
    >>> text_of("<p>One</p><ul><li>two &amp; three</li></ul>")
    'One\ntwo & three'
    """
    shown = re.sub(r"<(p|div|span)\b[^>]* hidden>.*?</\1>", "", html, flags=re.DOTALL)
    ends = "p|li|div|pre|summary|details|legend|tr|figcaption|h3|blockquote"
    lines = re.sub(rf"</({ends})>|<br>|<blockquote\b[^>]*>", "\n", shown)
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
