"""A progress bar for a command that takes longer than a second."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from typing import TypeVar

from mali_course.core.messages import say

__all__ = ["with_progress_bar"]

One = TypeVar("One")


def with_progress_bar(what: Collection[One], doing: str) -> Iterator[One]:
    """Go through the steps of a command, with a bar once they have taken a second.

    The bar goes to the error stream, so that the command's own words stay clean. Where that is no
    terminal there is none.

    Parameters
    ----------
    what : collection
        The steps.
    doing : str
        What stands before the bar.

    Examples
    --------
    >>> list(with_progress_bar([1, 2], "Counting"))
    [1, 2]
    """
    from tqdm import tqdm

    yield from tqdm(
        what, desc=doing, delay=1, disable=not sys.stderr.isatty(), unit=say("cli.output.unit")
    )
