"""Terms in a text: the first place of each is marked, so that a tap explains it.

A mark is ``<abbr class="mali-term" title="meaning">``, which any page understands; where the
script of the course runs, `forms/page/terms.js` makes it a button that opens the meaning.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from html import escape

from mali_course.core.html import inline_html
from mali_course.core.lessons import Term, lessons

__all__ = ["terms_in", "with_terms"]


@cache
def _known_terms(lesson_id: str) -> tuple[re.Pattern[str], Mapping[str, Term]]:
    """Return a pattern of all words for terms known in a lesson, and the term of each word."""
    by_form: dict[str, Term] = {}
    for lesson in lessons():
        if lesson.id > lesson_id:
            break
        # A later lesson may need a word in another sense; then its meaning holds from there on.
        by_form |= {form: term for term in lesson.terms for form in term.forms_in_texts}
    either = "|".join(re.escape(form) for form in sorted(by_form, key=len, reverse=True))
    # A code or a word with a hyphen is another word.
    return re.compile(rf"`[^`]*`|(?<![\w-])({either or '(?!)'})(?![\w-])", re.IGNORECASE), by_form


def _term_of(form: str, by_form: Mapping[str, Term]) -> Term | None:
    # Capitals count, but for the first letter of a sentence: "Platform" is a name, "Coup" is not.
    return by_form.get(form) or by_form.get(form[:1].lower() + form[1:])


def terms_in(text: str, lesson_id: str) -> tuple[Term, ...]:
    """Return the terms of a text that are known in a lesson, each once, in order.

    Examples
    --------
    >>> [term.term for term in terms_in("A coup is no run-off.", "01")]
    ['coup', 'run-off']
    """
    pattern, by_form = _known_terms(lesson_id)
    found = (_term_of(match[1], by_form) for match in pattern.finditer(text) if match[1])
    return tuple(dict.fromkeys(term for term in found if term))


def with_terms(
    text: str, lesson_id: str, *, seen: set[str] | None = None, but: Collection[str] = ()
) -> str:
    """Return a text as HTML in which the first place of each known term is marked.

    Parameters
    ----------
    text : str
        As `mali_course.core.html.inline_html` takes it.
    lesson_id : str
        Terms of this lesson and of those before it are known.
    seen : set of str, optional
        Terms that are marked already, where several texts stand together; it grows.
    but : collection of str
        Terms that stay plain: a question asks for them.

    Examples
    --------
    >>> with_terms("A coup, no other coup.", "01").count("<abbr")
    1
    """
    pattern, by_form = _known_terms(lesson_id)
    marked = set() if seen is None else seen
    html, end = "", 0
    for match in pattern.finditer(text):
        term = _term_of(match[1], by_form) if match[1] else None
        if term is None or term.term in marked or term.term in but:
            continue
        marked.add(term.term)
        meaning = escape(term.meaning, quote=True)
        html += inline_html(text[end : match.start()])
        html += f'<abbr class="mali-term" title="{meaning}">{escape(match[1])}</abbr>'
        end = match.end()
    return html + inline_html(text[end:])
