"""Why a file cannot be read, and how large one may be."""

from __future__ import annotations

__all__ = ["LARGEST", "UnreadableError"]

LARGEST = 5_000_000  # bytes: the report has a tenth of it


class UnreadableError(Exception):
    """A file cannot be read as what it is.

    Parameters
    ----------
    reason : str
        The name of the words that say so, in ``data/words/en/original.toml``.
    **fields
        What stands in them.
    """

    def __init__(self, reason: str, **fields: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.fields = fields
