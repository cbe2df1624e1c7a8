"""Compares short written answers as a kind reader does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from mali_course.core.messages import say
from mali_course.core.typed import plain_signs

__all__ = ["listed_names", "plain_words", "same_words"]

_LONGEST = 200


def plain_words(text: str) -> str:
    """Return a text without case, accents, punctuation, articles and an opening such as "It is".

    Examples
    --------
    >>> plain_words("The G-5 Sahel!")
    'g5 sahel'
    >>> plain_words("Kéïta")
    'keita'
    >>> plain_words("It's in the town")
    'town'
    """
    folded = unicodedata.normalize("NFKD", plain_signs(text).casefold())
    letters = "".join(char for char in folded if not unicodedata.combining(char))
    letters = re.sub(r"\b(l|d|qu)'", "", letters)
    letters = re.sub(r"[.']", "", letters)
    letters = re.sub(r"(?<=\w)-(?=\d)", "", letters)
    words = re.findall(r"\w+", letters)
    for opening in (one.split() for one in say("interface.words.openings").split("|")):
        if words[: len(opening)] == opening and len(words) > len(opening):
            words = words[len(opening) :]
            break
    articles = set(say("interface.words.articles").split("|"))
    kept = [word for word in words if word not in articles]
    return " ".join(kept or words[-1:])  # "the UN": "un" is an article, too


def _edit_distance(first: str, second: str, most: int) -> int:
    """Return the edit distance with neighbouring swaps, or more than `most` as soon as it is sure.

    The method is optimal string alignment (Damerau 1964, restricted to one edit a substring).
    """
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, start=1):
        last, row = row, [i]
        for j, b in enumerate(second, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = last
        if min(row) > most:
            return most + 1
    return row[-1]


def _slips_forgiven(form: str) -> int:
    return 0 if len(form) < 5 else 1 if len(form) < 9 else 2


def same_words(text: str, forms: Iterable[str], *, near: bool = True) -> bool:
    """Whether a text is one of the accepted forms, spelling forgiven within reason.

    Parameters
    ----------
    text : str
        What was typed.
    forms : iterable of str
        Accepted forms.
    near : bool
        Forgive one slip of the keyboard from five letters on, two from nine. Digits and first
        letters must be right.

    Examples
    --------
    >>> same_words("opération Barkane", ["Operation Barkhane"])
    True
    >>> same_words("2012", ["2013"])
    False
    >>> same_words("The United Nations (U.N.)", ["United Nations", "UN"])
    True
    """
    if len(text) > _LONGEST:
        return False
    known = [plain_words(form) for form in forms]
    names = _names_in(text)
    return _is_one_of(text, known, near=near) or (
        len(names) > 1 and all(_is_one_of(name, known, near=near) for name in names)
    )


def listed_names(text: str) -> list[str]:
    """Return the names in a text that lists several things.

    Examples
    --------
    >>> listed_names("Niger and Chad")
    ['niger', 'chad']
    """
    listed = say("interface.words.listed")
    parts = re.split(rf"[&+]|\b(?:{listed})\b", text[:_LONGEST].casefold())
    return [name.strip() for part in parts for name in _names_in(part)]


def _names_in(text: str) -> list[str]:
    """Return the names in a text such as "United Nations (U.N.)", which gives more than one."""
    between = say("interface.words.between")
    names = re.split(rf"[()\[\]/=,;:|]|\s-\s|\b(?:{between})\b", plain_signs(text).casefold())
    return [name for name in names if any(map(str.isalnum, name))]


def _is_one_of(text: str, known: Iterable[str], *, near: bool) -> bool:
    typed = plain_words(text)
    for form in known:
        if typed.replace(" ", "") == form.replace(" ", ""):
            return True
        most = _slips_forgiven(form) if near else 0
        if (
            most
            and typed[:1] == form[:1]
            and re.findall(r"\d+", typed) == re.findall(r"\d+", form)
            and _edit_distance(typed, form, most) <= most
        ):
            return True
    return False
