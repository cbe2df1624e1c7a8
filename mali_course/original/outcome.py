"""Says in words how much of the report a file held."""

from __future__ import annotations

from collections.abc import Collection, Iterable

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


def outcome_text(brought: Brought, there: Collection[str] = ()) -> str:
    """Return what was recognised and what is missing, in a few sentences.

    Parameters
    ----------
    brought : Brought
    there : collection of str
        The locators of all sentences that are there now, those of earlier files too.

    Examples
    --------
    >>> outcome_text(Brought({}))
    'This does not seem to be the report: none of its 79 sentences was found in it.'
    """
    count, found, dated = len(fingerprints()), len(brought.sentences), brought.dated
    if not brought.missing:
        return say("original.outcome.all", count=count)
    if not found:
        told = say("original.outcome.none", count=count)
        return f"{told} {say('original.outcome.none_dated', dated=dated)}" if dated else told
    same = dated.casefold() in map(str.casefold, about_report().recognise)
    began = {locator.rpartition(".")[0] for locator in brought.sentences}
    whole = not any(locator.rpartition(".")[0] in began for locator in brought.missing)
    part = whole and (same or not dated)
    lines = [say("original.outcome.some", found=found, count=count)]
    if part:
        lines.append(say("original.outcome.part", paragraphs=paragraphs_text(brought.sentences)))
    if len(there) > found:
        lines.append(say("original.outcome.together", found=len(there), count=count))
    missing = [locator for locator in brought.missing if locator not in there]
    if missing and not part:
        lines.append(say("original.outcome.missing", paragraphs=paragraphs_text(missing)))
        why = "same" if same else "other_dated" if dated else "other"
        lines.append(say(f"original.outcome.{why}", dated=dated))
    return " ".join(lines)
