"""What the marks of sentences and of words mean, under a fold."""

from __future__ import annotations

from html import escape

from mali_course.core.html import details_html, paragraph
from mali_course.core.messages import say
from mali_course.core.statuses import status_mark, statuses
from mali_course.original.hedges import meanings

__all__ = ["legend_html"]


def _words_html() -> str:
    sample = f'<mark class="mali-hedge">{escape(say("hedges.legend.sample"))}</mark>'
    told = escape(say("hedges.legend.told", sample="{}")).format(sample)
    rows = "".join(f"<li>{escape(meaning)}</li>" for meaning in meanings())
    rest = paragraph(say("hedges.legend.rest"))
    return f'<div class="mali-hedge-legend" hidden><p>{told}</p><ul>{rows}</ul>{rest}</div>'


def legend_html(*, asked: bool = False) -> str:
    """Return what the marks mean, under a fold.

    What marked words of the report mean is hidden: the style sheet shows it beside a sentence that
    has some, also where a learner brings the report while the page is open. No word of the report
    is named there, as a question may ask what it does.

    Parameters
    ----------
    asked : bool
        Whether a question mark stands beside a sentence, and is explained too.

    Examples
    --------
    >>> legend_html(asked=True).count('<li style="')
    6
    """
    marks = [(status_mark(each.name), each.meaning) for each in statuses()]
    if asked:
        mark = '<span class="mali-status-mark">?</span>'
        marks.append((mark, say("statuses.legend.asked_meaning")))
    rows = "".join(
        f'<li style="margin:.3em 0">{mark} {escape(meaning)}</li>' for mark, meaning in marks
    )
    listed = f'<ul class="mali-legend" style="list-style:none;padding:0">{rows}</ul>'
    title = escape(say("statuses.legend.title"))
    return details_html(title, listed + paragraph(say("statuses.legend.note")) + _words_html())
