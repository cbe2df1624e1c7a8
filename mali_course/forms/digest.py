"""The digest as HTML: each sentence with its locator, its mark and its terms to tap.

Where somebody has brought the report, its own sentence stands below each of ours.

The mark of a sentence tells its status. Where a question asks for just that, the mark would give
its key away. So the rule is: an item with ``asks = ["status"]`` keeps back the marks of the
sentences that it cites, in every digest, until the learner has it behind them (answered right, or
told the answer). Until then a question mark stands there. A stored notebook is that of a learner
who has not begun, and a page without a kernel knows of no learner, so both hold question marks. It
is not so where a learner looks a sentence up by itself (`mali.cite`), nor on the page of the whole
report or in the claim map, which come after the lesson.

In the report's own sentences, the words that say how sure they are are marked where the status is
told. ``asks = ["words"]`` keeps back these marks alone. What follows a try points at the words even
so, unless they are the answer, and leaves it to the learner what they do.

In the same way ``asks = ["term:AQIM"]`` keeps back the meaning of a term: it is not to be tapped
in the stem of that item, nor in digests of its lesson's section, until the item is behind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from mali_course.core.report import Sentence, paragraphs_of, sentences
from mali_course.core.report import sentence as sentence_of
from mali_course.core.statuses import asked_mark, status_mark
from mali_course.core.terms import with_terms
from mali_course.forms.legend import legend_html
from mali_course.forms.original_html import original_html
from mali_course.original.kept import original
from mali_course.questions import bank
from mali_course.questions.item import Item

__all__ = ["digest_html", "original_below", "originals_html", "sentence_html", "told_html"]


def _asking(section: int, what: str, behind: Collection[str]) -> Iterator[Item]:
    """Yield the questions that a learner has still before them and that ask for something.

    They are in the lesson of the section, so that only one file of the bank is read.
    """
    for item in bank.lesson_items(f"{section:02}"):
        if item.id not in behind and any(each.startswith(what) for each in item.asks):
            yield item


def _asked_by(sentence: Sentence, behind: Collection[str]) -> str:
    """Return the id of the question that keeps back the mark of a sentence, or ""."""
    asking = (
        item.id
        for item in _asking(sentence.section, "status", behind)
        if sentence.locator in item.cites
    )
    return next(asking, "")


def _mark(sentence: Sentence, asked: str) -> str:
    return asked_mark(asked) if asked else status_mark(sentence.status)


def _tells_words(sentence: Sentence, behind: Collection[str]) -> bool:
    """Whether no question that is still before the learner asks for words of a sentence."""
    # Those of the opening notebook are about sentences of all sections.
    items = (*_asking(sentence.section, "words", behind), *_asking(0, "words", behind))
    return not any(sentence.locator in item.cites for item in items)


def _original(
    sentence: Sentence, asked: str, behind: Collection[str], *, points: bool = False
) -> str:
    if not original(sentence.locator):
        return ""  # the usual case, in which no further file of the bank need be read
    told = not asked and _tells_words(sentence, behind)
    return original_html(sentence.locator, told=told, pointed=points)


def original_below(locator: str) -> str:
    """Return what stands below a sentence of ours where it is not a row of a digest, or "".

    The element around both needs the attribute ``data-locator``, so that it follows where the
    report is brought or removed; and ``data-plain`` where no word is to be marked, and then this is
    `mali_course.forms.original_html.original_html`.

    Examples
    --------
    >>> original_below("1.1.1")
    ''
    """
    one = sentence_of(locator)
    return _original(one, _asked_by(one, ()), ())


def originals_html(behind: Collection[str] = ()) -> dict[str, str]:
    """Return what stands below the digest of each sentence, by its locator, where it is there.

    Parameters
    ----------
    behind : collection of str
        As for `digest_html`.

    Examples
    --------
    >>> originals_html()
    {}
    """
    html = {
        one.locator: _original(one, _asked_by(one, behind), behind) for one in sentences()
    }
    return {locator: text for locator, text in html.items() if text}


def sentence_html(
    sentence: Sentence, gist_html: str, behind: Collection[str] = (), *, points: bool = False
) -> str:
    """Return a sentence as a row: its locator, its mark, what it says, and the report's own words.

    Parameters
    ----------
    sentence : Sentence
    gist_html : str
        What it says, as HTML.
    behind : collection of str
        Ids of the questions that the learner has answered or was told the answer to.
    points : bool
        Whether this is a hint or an explanation, which points at the words that say how sure the
        sentence is.

    Examples
    --------
    >>> from mali_course.core.report import sentence
    >>> "Food" in sentence_html(sentence("1.2.3"), "Food")
    True
    """
    asked = _asked_by(sentence, behind)
    return (
        f'<li class="mali-sentence" data-locator="{sentence.locator}" style="margin:.4em 0">'
        f"<strong>{sentence.locator}</strong> {_mark(sentence, asked)} <span>{gist_html}</span>"
        f"{_original(sentence, asked, behind, points=points)}</li>"
    )


def told_html(item: Item, behind: Collection[str]) -> dict[str, str]:
    """Return what digests kept back for a question and need not any more, once it is behind.

    Parameters
    ----------
    item : Item
    behind : collection of str
        As for `digest_html`.

    Returns
    -------
    dict
        Locator of each sentence to its mark and, where it is there, the report's own sentence.

    Examples
    --------
    >>> told_html(bank.find("01-37"), ())
    {}
    >>> ">judgement:<" in told_html(bank.find("01-37"), ["01-37"])["1.5.2"]
    True
    """
    if item.id not in behind or not {"status", "words"} & set(item.asks):
        return {}
    told = {}
    for one in map(sentence_of, item.cites):
        asked = _asked_by(one, behind)
        told[one.locator] = _mark(one, asked) + _original(one, asked, behind)
    return told


def digest_html(
    places: Iterable[object],
    *,
    behind: Collection[str] = (),
    legend: bool = False,
    points: bool = False,
) -> str:
    """Return what places of the report say, in our own words: a list for each paragraph.

    The one digest of the course: of `mali.read`, above a question, and in feedback.

    Parameters
    ----------
    places : iterable
        Sections, paragraphs or sentences, as `mali_course.core.report.find_place` takes them.
    behind : collection of str
        Ids of the questions that the learner has answered or was told the answer to: their
        sentences have their marks.
    legend : bool
        Whether what the marks mean stands below, under a fold.
    points : bool
        As for `sentence_html`.

    Raises
    ------
    CourseError
        If the report has no such place.

    Examples
    --------
    >>> digest_html(["2.1"]).count("<li")
    5
    >>> ">judgement:<" in digest_html(["1.5.1"]), ">judgement:<" in digest_html(["1.1.1"])
    (False, True)
    """
    seen: set[str] = set()
    lists = ""
    for group in paragraphs_of(places):
        rows = "".join(
            sentence_html(one, _gist_html(one, seen, behind), behind, points=points)
            for one in group
        )
        lists += f'<ul class="mali-digest" style="list-style:none;padding:0">{rows}</ul>'
    return lists + (legend_html(asked='data-status="asked"' in lists) if legend else "")


def _gist_html(sentence: Sentence, seen: set[str], behind: Collection[str]) -> str:
    asked = {
        term
        for item in _asking(sentence.section, "term:", behind)
        for term in item.asked_terms
    }
    return with_terms(sentence.gist, f"{sentence.section:02}", seen=seen, but=asked)
