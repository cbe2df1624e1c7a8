"""The words that the package itself shows, from ``data/words/LANGUAGE/*.toml``.

A key is ``file.section.name``. Another language is one more folder with the same keys.
"""

from __future__ import annotations

from mali_course.core.content import read_toml

__all__ = ["LANGUAGE", "say"]

LANGUAGE = "en"


def say(key: str, /, **fields: object) -> str:
    """Return the words for a key, with its fields filled in.

    Parameters
    ----------
    key : str
        ``"interface.question.check"``: file, then the path inside the file.
    **fields
        Values for the ``{name}`` places in the words.

    Raises
    ------
    KeyError
        If there are no such words, or a field is missing: a fault of the package, not of a learner.

    Examples
    --------
    >>> say("interface.question.check")
    'Check my answer'
    """
    file, *steps = key.split(".")
    words = f"words/{LANGUAGE}/{file}.toml"
    node = read_toml(words)
    for step in steps:
        try:
            node = node[step]
        except (KeyError, TypeError):  # TypeError: a text stands where a section is asked for
            raise KeyError(f"no words for {key!r} in data/{words}") from None
    text: str = node  # type: ignore[assignment]
    return text.format(**fields) if fields else text
