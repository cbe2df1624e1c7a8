"""GIFT: the text format that Moodle and other platforms import."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from mali_course.core.html import inline_html
from mali_course.kit.export.entries import Entry
from mali_course.kit.export.entry_html import (
    in_language,
    key_html,
    part_slips_html,
    question_html,
)
from mali_course.kit.export.quiz_terms import answer_percent, category_path
from mali_course.questions.shapes import Parts, Phrases, Pick, Shape, Spans, Written, digits

__all__ = ["MARKS", "NAME", "RANK", "write"]

NAME = "gift"
RANK = 3
MARKS = True


def _safe_text(text: str) -> str:
    r"""Return a text on one line, with GIFT's own signs escaped.

    Examples
    --------
    >>> print(_safe_text("1:2 = {a}\nb"))
    1\:2 \= \{a\} b
    """
    return re.sub(r"\s*\n\s*", " ", re.sub(r"([\\~=#{}:])", r"\\\1", text))


def _safe_rich(text: str) -> str:
    return _safe_text(inline_html(text))


def _safe_plain(text: str) -> str:
    return _safe_text(text.replace("`", ""))


def _feedback(text: str) -> str:
    return f"#{_safe_rich(text)}" if text else ""


def _pick_lines(shape: Pick) -> Iterator[str]:
    for answer in shape.answers:
        share = answer_percent(shape, answer.right)
        sign = f"~%{share}%" if shape.many else "=" if answer.right else "~"
        yield f"{sign}{_safe_rich(answer.text)}{_feedback(answer.feedback)}"


def _number_lines(shape: Spans) -> Iterator[str]:
    for span in shape.spans:
        number = f"{digits(span.middle)}:{digits(span.room)}"
        yield f"=%{100 if span.right else 0}%{number}{_feedback(span.feedback)}"
    yield f"~{_feedback(shape.wrong)}"


def _phrase_lines(shape: Phrases) -> Iterator[str]:
    for phrase in shape.phrases:
        for form in phrase.forms:
            # A star would stand for any letters, and an arrow would make pairs of the answers.
            text = _safe_text(form).replace("*", r"\*").replace("->", "→")
            yield f"=%{100 if phrase.right else 0}%{text}{_feedback(phrase.feedback)}"
    yield f"=%0%*{_feedback(shape.wrong)}"


def _pair_lines(shape: Parts) -> Iterator[str]:
    """Yield pairs, then the partners that belong to nothing. The right side is plain text."""
    for part in shape.parts:
        yield f"={_safe_rich(part.text)} -> {_safe_plain(part.right.text)}"
    for answer in shape.extras:
        yield f"= -> {_safe_plain(answer.text)}"


def _braces(lines: Iterable[str], after: str, sign: str = "") -> str:
    inside = "".join(f"\t{line}\n" for line in lines)
    return f"{{{sign}\n{inside}\t####{_safe_text(after)}\n}}\n"


def _marking(shape: Shape, after: str) -> str:
    """Return the braces with the answers, and what is said afterwards."""
    match shape:
        case Pick():
            return _braces(_pick_lines(shape), after)
        case Parts():
            return _braces(_pair_lines(shape), after + in_language(part_slips_html(shape)))
        case Spans():
            return _braces(_number_lines(shape), after, "#")
        case Phrases():
            return _braces(_phrase_lines(shape), after)
        case Written():
            # An essay: braces with nothing to mark in them.
            return f"{{####{_safe_text(after)}}}\n"
    raise TypeError(type(shape))


def _head(entry: Entry, number: int = 0) -> str:
    """Return id and tags, as Moodle reads them, and the name of a question or of its part."""
    part = f"/{number}" if number else ""
    tags = " ".join(f"[tag:{tag}]" for tag in entry.tags)
    title = _safe_text(entry.title.replace(entry.item.id, f"{entry.item.id}{part}", 1))
    return f"// [id:{entry.item.id}{part}] {tags}\n::{title}::[html]"


def _picture_address(entry: Entry) -> str:
    # The format has no files: the picture is its own address.
    if not entry.picture:
        return ""
    return "data:image/png;base64," + base64.b64encode(entry.picture.png).decode("ascii")


def _question_text(entry: Entry) -> str:
    html, after = question_html(entry, _picture_address(entry)), key_html(entry)
    shape = entry.shape
    if not isinstance(shape, Parts) or shape.task != "sort":
        return _head(entry) + _safe_text(html) + _marking(shape, after)
    # Parts under a few headings are no pairs: each is a question of its own.
    return "\n".join(
        _head(entry, number)
        + _safe_text(html + in_language(f"<p>{number}) {inline_html(part.text)}</p>"))
        + _marking(Pick(part.answers, many=False), after)
        for number, part in enumerate(shape.parts, start=1)
    )


def _file_parts(entries: Sequence[Entry]) -> Iterator[str]:
    for lesson, group in groupby(entries, key=lambda entry: entry.lesson):
        yield f"$CATEGORY: {category_path(lesson)}\n"
        yield from map(_question_text, group)


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
    return {f"{name}-gift.txt": "\n".join(_file_parts(entries)).encode()}
