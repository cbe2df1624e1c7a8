"""GIFT: the text format that Moodle and other platforms import."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence

from mali_course.core.html import rich
from mali_course.kit.export.entries import Entry
from mali_course.kit.export.formats.moodle import category, fraction
from mali_course.kit.export.surroundings import block, explained, part_slips, question
from mali_course.questions.kinds.claim import Claim
from mali_course.questions.shapes import Parts, Phrases, Pick, Spans, digits

__all__ = ["MARKS", "write"]

MARKS = True


def _safe(text: str) -> str:
    r"""Return a text on one line, with GIFT's own signs escaped.

    Examples
    --------
    >>> print(_safe("1:2 = {a}\nb"))
    1\:2 \= \{a\} b
    """
    return re.sub(r"\s*\n\s*", " ", re.sub(r"([\\~=#{}:])", r"\\\1", text))


def _said(feedback: str) -> str:
    return f"#{_safe(rich(feedback))}" if feedback else ""


def _head(entry: Entry, number: int = 0) -> str:
    """Return id and tags, as Moodle reads them, and the name of a question or of its part."""
    part = f"/{number}" if number else ""
    tags = " ".join(f"[tag:{tag}]" for tag in entry.tags)
    title = _safe(entry.title.replace(entry.item.id, f"{entry.item.id}{part}", 1))
    return f"// [id:{entry.item.id}{part}] {tags}\n::{title}::[html]"


def _pick(shape: Pick) -> list[str]:
    lines = []
    for one in shape.answers:
        share = fraction(shape, one.right)
        sign = f"~%{share}%" if shape.many else "=" if one.right else "~"
        lines.append(f"{sign}{_safe(rich(one.text))}{_said(one.feedback)}")
    return lines


def _spans(shape: Spans) -> list[str]:
    lines = []
    for one in shape.spans:
        share = 100 if one.right else 0
        number = f"{digits(one.middle)}:{digits(one.room)}"
        lines.append(f"=%{share}%{number}{_said(one.feedback)}")
    return [*lines, f"~{_said(shape.wrong)}"]


def _letters(form: str) -> str:
    # A star would stand for any letters, and an arrow would make pairs of the answers.
    return _safe(form).replace("*", r"\*").replace("->", "→")


def _phrases(shape: Phrases) -> list[str]:
    lines = [
        f"=%{100 if phrase.right else 0}%{_letters(form)}{_said(phrase.feedback)}"
        for phrase in shape.phrases
        for form in phrase.forms
    ]
    return [*lines, f"=%0%*{_said(shape.wrong)}"]


def _pairs(shape: Parts) -> list[str]:
    """Return pairs, then the partners that belong to nothing. The right side is plain text."""
    right = [next(one.text for one in part.answers if one.right) for part in shape.parts]
    lines = [
        f"={_safe(rich(part.text))} -> {_right(text)}"
        for part, text in zip(shape.parts, right, strict=True)
    ]
    others = [one.text for one in shape.parts[0].answers if one.text not in right]
    return lines + [f"= -> {_right(text)}" for text in others]


def _right(text: str) -> str:
    return _safe(text.replace("`", ""))


def _braces(lines: Sequence[str], after: str, sign: str = "") -> str:
    inside = "".join(f"\t{line}\n" for line in lines)
    return f"{{{sign}\n{inside}\t####{_safe(after)}\n}}\n"


def _picture(entry: Entry) -> str:
    # The format has no files: the picture is its own address.
    if not entry.picture:
        return ""
    return "data:image/png;base64," + base64.b64encode(entry.picture.png).decode("ascii")


def _question(entry: Entry) -> str:
    html, after = question(entry, _picture(entry)), explained(entry)
    shape = entry.shape
    if isinstance(shape, Parts) and isinstance(entry.item, Claim):
        return "\n".join(
            _head(entry, number)
            + _safe(html + block(f"<p>{number}) {rich(part.text)}</p>"))
            + _braces(_pick(Pick(part.answers, many=False)), after)
            for number, part in enumerate(shape.parts, start=1)
        )
    start = _head(entry) + _safe(html)
    match shape:
        case Pick():
            return start + _braces(_pick(shape), after)
        case Parts():
            return start + _braces(_pairs(shape), after + block(part_slips(shape)))
        case Spans():
            return start + _braces(_spans(shape), after, "#")
        case Phrases():
            return start + _braces(_phrases(shape), after)
    # An essay: braces with nothing to mark in them.
    return start + f"{{####{_safe(after)}}}\n"


def write(entries: Sequence[Entry], name: str) -> dict[str, bytes]:
    """Return the file; see `mali_course.kit.export.formats.moodle.write`.

    Examples
    --------
    >>> from mali_course.kit.export.entries import gather
    >>> from mali_course.core.lessons import lesson
    >>> entries, _ = gather([lesson("00")], marks=True)
    >>> write(entries, "mali-course")["mali-course-gift.txt"][:9]
    b'$CATEGORY'
    """
    parts, lesson = [], ""
    for entry in entries:
        if entry.lesson.id != lesson:
            lesson = entry.lesson.id
            parts.append(f"$CATEGORY: {category(entry.lesson)}\n")
        parts.append(_question(entry))
    return {f"{name}-gift.txt": "\n".join(parts).encode()}
