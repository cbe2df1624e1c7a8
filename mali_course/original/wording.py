"""Gives a recognised sentence the form that it has in print, out of the file that was brought.

The letters are those of the file. Its fingerprint says where a word ends: so words that were cut
at a line end, set letter by letter or run together are words again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from mali_course.original.fingerprints import Fingerprint, letters_of
from mali_course.original.letter_stream import LetterStream, Span

__all__ = ["sentence_text"]

_OPENING = "“‘„«([{$€£¥"
_CLOSING = "”’»)]}"
_STRAIGHT = "\"'"
_LIGATURES = {sign: unicodedata.normalize("NFKC", sign) for sign in "ﬀﬁﬂﬃﬄﬅﬆ"}
_ENDINGS = {"s", "t", "d", "m", "re", "ve", "ll"}  # what stands after an apostrophe in a word


def sentence_text(stream: LetterStream, path: Sequence[Span], one: Fingerprint) -> str:
    """Return a sentence as it is printed.

    Examples
    --------
    >>> from mali_course.original.fingerprints import fingerprint_of
    >>> stream = LetterStream(["Kei ta’s co-", "\ufb01nanced north-", "south plan(s)."])
    >>> one = fingerprint_of("9.1.1", "Keita’s cofinanced north-south plan(s).")
    >>> sentence_text(stream, [(0, len(stream.letters))], one)
    'Keita’s cofinanced north-south plan(s).'
    """
    source = "\n".join(
        _source(stream, span, not number, number == len(path) - 1)
        for number, span in enumerate(path)
    )
    words, between = _parted(source, one)
    first, last = stream.place(path[0][0]), stream.place(path[-1][1] - 1)
    spaced = any(re.search(r"[^\S\n]", word) for word in words)
    run_together = "" in between
    words = [_word(word) for word in words]
    if len(path) > 1:  # its first word may have been found in the middle of another sentence
        words[0] = words[0][:1].upper() + words[0][1:]
    text = words[0]
    for number, signs in enumerate(between):
        before, after = words[number], words[number + 1]
        text += _between(signs, before, after, spaced, run_together) + after
    ahead = _opening(stream.lines[first[0]][: first[1]], spaced)
    behind = "\n".join([stream.lines[last[0]][last[1] + 1 :], *stream.lines[last[0] + 1 :][:1]])
    return _quoted(ahead, text, _closing(behind, text, spaced))


def _source(stream: LetterStream, span: Span, is_first: bool, is_last: bool) -> str:
    """Return the text from one letter to another, with its line ends.

    Where the sentence goes on elsewhere, the signs that are attached to its words are of it, too.
    """
    (line, sign), (last_line, last_sign) = stream.place(span[0]), stream.place(span[1] - 1)
    ahead, behind = stream.lines[line][:sign], stream.lines[last_line][last_sign + 1 :]
    opening = re.search(r"(?:^|\s)([^\w\s]*)$", ahead)
    attached = re.match(r"[^\w\s]*", behind)
    between = list(stream.lines[line : last_line + 1])
    between[-1] = between[-1][: last_sign + 1]
    between[0] = between[0][sign:]
    return (
        (opening[1] if opening and not is_first else "")
        + "\n".join(between)
        + (attached[0] if attached and not is_last else "")
    )


def _parted(source: str, one: Fingerprint) -> tuple[list[str], list[str]]:
    """Return the words of a source, with what parts them."""
    places = letters_of(source)[1]
    words, between, done = [], [], 0
    for number, size in enumerate(one.words):
        first, last = places[done], places[done + size - 1]
        if number:
            between.append(source[places[done - 1] + 1 : first])
        words.append(source[first : last + 1])
        done += size
    return words, between


def _word(source: str) -> str:
    signs = (_LIGATURES.get(sign, sign) for sign in source)
    return "".join(sign for sign in signs if letters_of(sign)[0] or unicodedata.combining(sign[0]))


def _between(signs: str, before: str, after: str, spaced: bool, run_together: bool) -> str:
    """Return what stands between two words."""
    # A line end is a space, but not after a hyphen, a dash or a slash.
    text = re.sub(r"(?<=\S[-‐‑–/])\s*\n\s*|(?<=^[-‐‑–/])\s*\n\s*", "", signs)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s*—\s*", "—", text)
    text = re.sub(r" (?=[,;:)\]”?!])|(?<=[(\[“]) | (?=\.(?: |$))", "", text)
    if re.fullmatch(" ?[’'] ?", text) and after in _ENDINGS:
        text = text.strip()
    elif re.fullmatch(" [’'] ", text) and before.endswith("s"):
        text = text.lstrip()
    if spaced:
        text = _without_spaces(text, before, after)
    if run_together:
        text = _with_spaces(text, before, after)
    return text or " "


def _without_spaces(text: str, before: str, after: str) -> str:
    """Take spaces away that were set between the letters of a word and its signs."""
    text = re.sub(r" ?([-‐‑–/]) ?", r"\1", text)
    text = re.sub(r"(?<=[$€£‘]) | (?=[’%])", "", text)
    if before.isdigit() and after[0].isdigit():
        if re.fullmatch(r" ?, ?", text) and len(before) <= 3 and re.match(r"\d{3}(?!\d)", after):
            return ","
        if re.fullmatch(r" ?\. ?", text):
            return "."
    if text.strip() == "." and _initial(before) and _initial(after):
        return "."
    return text


def _with_spaces(text: str, before: str, after: str) -> str:
    """Give spaces back where words were run together."""
    text = re.sub(r"(?<=[,;:)\]”])(?=[^\s,;:.)\]”’—-])", " ", text)
    if not (before[-1:].isdigit() and after[:1].isdigit()):
        text = re.sub(r"(?<=[,;:)\]”])$", " ", text)
    text = re.sub(r"(?<=[^\s([“‘—-])(?=[(\[“$€£])|^(?=[(\[“$€£])", " ", text)
    numbers = before[-1:].isdigit() and after[:1].isdigit()
    if text == "." and not (_initial(before) and _initial(after)) and not numbers:
        return ". "
    if text == "’" and after not in _ENDINGS and before.endswith("s"):
        return "’ "
    return text


def _initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def _opening(ahead: str, spaced: bool) -> str:
    """Return the opening signs at the end of what stands before the first word."""
    found = re.search(rf"[{re.escape(_OPENING)}]*$", ahead.rstrip() if spaced else ahead)
    signs = found[0] if found else ""
    # A straight one opens only if nothing stands before it.
    straight = re.search(rf"(?:^|\s)([{_STRAIGHT}]+)$", ahead[: len(ahead) - len(signs)])
    return (straight[1] if straight else "") + signs


def _closing(behind: str, text: str, spaced: bool) -> str:
    """Return the closing signs at the beginning of what stands after the last word."""
    kept, attached = "", True
    for sign in behind:
        if sign in ".!?…" or sign in _CLOSING or (attached and sign in ":%"):
            kept += sign
        elif sign in _STRAIGHT and (attached or (text + kept).count(sign) % 2):
            # After a space it would open the next sentence, unless this one waits for it.
            kept += sign
        elif sign.isspace():
            attached = spaced and attached
        else:
            break
    return kept


def _quoted(ahead: str, text: str, behind: str) -> str:
    """Join the parts, with the straight marks at both ends that belong to the sentence.

    Others quote more than one sentence, or are the marks of a table's cell.
    """
    for mark in _STRAIGHT:
        if text.count(mark) % 2:  # one that is open at the end, or closed without a beginning
            behind = behind if mark not in ahead else behind.replace(mark, "")
        elif mark not in ahead or mark not in behind:
            ahead, behind = ahead.replace(mark, ""), behind.replace(mark, "")
    return ahead + text + behind
