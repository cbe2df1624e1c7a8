"""The claim map as HTML: each of its marks opens the sentence that it stands for.

A section is a group of radio buttons, so it is one step of the Tab key, and arrows walk through its
sentences; what is chosen opens below the marks of its section by the style sheet alone, and the
last of the group, "Close", closes it. So it works on a page without a script and in a notebook
without a kernel. Where there is no style sheet, or where JupyterLab takes its marks away because a
notebook is not trusted yet, it stays hidden, and the picture stands in its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

from mali_course.core.html import hidden
from mali_course.core.messages import say
from mali_course.core.report import Section, Sentence, sections
from mali_course.core.statuses import Status, status, statuses
from mali_course.forms.digest import digest_html
from mali_course.questions import bank

__all__ = ["claims_html"]

# The shape of a status by what matplotlib calls it, on a field of 16 by 16, and where its dot is.
_SHAPES: Mapping[str, tuple[str, tuple[int, int]]] = {
    "s": ("M3 3h10v10H3z", (8, 8)),
    "o": ("M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z", (8, 8)),
    "^": ("M8 2l6.5 12h-13z", (8, 10)),
    "D": ("M8 1.5L14.5 8L8 14.5L1.5 8z", (8, 8)),
    ">": ("M2.5 1.5v13L14.5 8z", (6, 8)),
}


def _mark_svg(kind: Status, *, others: bool) -> str:
    path, (x, y) = _SHAPES[kind.marker]
    dot = f'<circle cx="{x}" cy="{y}" r="2"/>' if others else ""
    return f'<svg viewBox="0 0 16 16" aria-hidden="true"><path d="{path}"/>{dot}</svg>'


def _status_line(one: Sentence) -> str:
    said = say("interface.report.status", status=status(one.status).word)
    by = say(
        "interface.report.according",
        attribution=one.attribution or say("interface.report.itself"),
    )
    return f'<p class="mali-claim-by">{escape(f"{said}; {by}")}</p>'


def _sentence_html(one: Sentence) -> str:
    kind, others = status(one.status), bool(one.attribution)
    name = say(f"claims.{'named' if others else 'name'}", locator=one.locator, status=kind.word)
    # The map comes after the lessons, and tells each status.
    lessons = (f"{one.section:02}", "00")
    behind = {item.id for lesson in lessons for item in bank.lesson_items(lesson)}
    return (
        f'<label class="mali-claim" data-status="{kind.name}"{" data-others" * others}>'
        f'<input type="radio" name="claims-{one.section}" value="{one.locator}" '
        f'data-lm-suppress-shortcuts="true">{_mark_svg(kind, others=others)}{hidden(name)}</label>'
        f'<div class="mali-claim-said">{digest_html([one.locator], behind=behind)}'
        f"{_status_line(one)}</div>"
    )


def _named_line(found: Sequence[Sentence]) -> str:
    """Return who is named, and where: one name once, with all its sentences."""
    by_name: dict[str, list[str]] = {}
    for one in found:
        if one.attribution:
            by_name.setdefault(one.attribution, []).append(one.locator)
    line = "; ".join(f"{', '.join(locators)}: {name}" for name, locators in by_name.items())
    return f'<p class="mali-claims-named">{escape(line)}</p>' if line else ""


def _close_html(section: Section) -> str:
    # The last of the group: the style sheet shows it while something is open.
    return (
        f'<label class="mali-claims-close"><input type="radio" name="claims-{section.number}" '
        f'value="" data-lm-suppress-shortcuts="true">{escape(say("claims.close"))}</label>'
    )


def _section_html(section: Section) -> str:
    found = [one for paragraph in section.paragraphs for one in paragraph.sentences]
    order = [kind.name for kind in statuses()]
    by_status = sorted(found, key=lambda one: order.index(one.status))
    rows = ""
    for name, group in groupby(by_status, key=lambda one: one.status):
        marks = list(group)
        word = status(name).word.capitalize()
        count = say("claims.count", status=word, count=len(marks))
        inside = "".join(map(_sentence_html, marks))
        rows += (
            f'<div class="mali-claims-row"><span class="mali-claims-count">{escape(count)}</span>'
            f"{inside}</div>"
        )
    rows += _close_html(section)
    title = escape(f"{section.number} {section.title}")
    return (
        f'<fieldset class="mali-claims-section"><legend>{title}</legend>'
        f'<div class="mali-claims-marks">{rows}</div>{_named_line(found)}</fieldset>'
    )


def claims_html() -> str:
    """Return the claim map, for the place of its picture.

    Examples
    --------
    >>> claims_html().count('class="mali-claim"')
    79
    """
    inside = "".join(map(_section_html, sections()))
    how = f'<p class="mali-claims-how">{escape(say("claims.how"))}</p>'
    # Where a page takes away the one attribute, it may leave the other.
    return f'<div class="mali-claims" hidden style="display:none">{how}{inside}</div>'
