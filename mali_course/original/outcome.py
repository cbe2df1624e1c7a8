"""Says in words how much of the report a file held."""

from __future__ import annotations

from mali_course.core.formats import listed
from mali_course.core.messages import say
from mali_course.core.report import about_report
from mali_course.original.bringing import Brought
from mali_course.original.fingerprints import fingerprints

__all__ = ["outcome_text"]


def outcome_text(brought: Brought) -> str:
    """Return what was recognised and what is missing, in a few sentences.

    Examples
    --------
    >>> outcome_text(Brought({}))
    'This does not seem to be the report: none of its 79 sentences was found in it.'
    """
    count, found = len(fingerprints()), len(brought.sentences)
    if not brought.missing:
        return say("original.outcome.all", count=count)
    if not found:
        told = say("original.outcome.none", count=count)
        dated = say("original.outcome.none_dated", dated=brought.dated)
        return f"{told} {dated}" if brought.dated else told
    paragraphs = list(dict.fromkeys(one.rpartition(".")[0] for one in brought.missing))
    form = "paragraph" if len(paragraphs) == 1 else "paragraphs"
    told = say(
        "original.outcome.some",
        found=found,
        count=count,
        paragraphs=say(f"original.outcome.{form}", paragraphs=listed(paragraphs)),
    )
    if brought.dated.casefold() in map(str.casefold, about_report().recognise):
        return f"{told} {say('original.outcome.same', dated=brought.dated)}"
    if brought.dated:
        return f"{told} {say('original.outcome.other_dated', dated=brought.dated)}"
    return f"{told} {say('original.outcome.other')}"
