"""Says in words how much of the report a file held."""

from __future__ import annotations

from collections.abc import Iterable

from mali_course.core.formats import listed
from mali_course.core.messages import say
from mali_course.core.report import about_report
from mali_course.original.bringing import Brought
from mali_course.original.fingerprints import fingerprints

__all__ = ["outcome_text", "paragraphs_text"]


def paragraphs_text(locators: Iterable[str]) -> str:
    """Return the paragraphs that some sentences are in.

    Examples
    --------
    >>> paragraphs_text(["1.1.2", "1.1.3", "2.1.1"])
    'paragraphs 1.1 and 2.1'
    """
    names = list(dict.fromkeys(locator.rpartition(".")[0] for locator in locators))
    form = "paragraph" if len(names) == 1 else "paragraphs"
    return say(f"original.outcome.{form}", paragraphs=listed(names))


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
    told = say(
        "original.outcome.some",
        found=found,
        count=count,
        paragraphs=paragraphs_text(brought.missing),
    )
    if brought.dated.casefold() in map(str.casefold, about_report().recognise):
        return f"{told} {say('original.outcome.same', dated=brought.dated)}"
    if brought.dated:
        return f"{told} {say('original.outcome.other_dated', dated=brought.dated)}"
    return f"{told} {say('original.outcome.other')}"
