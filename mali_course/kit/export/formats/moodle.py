"""Moodle XML: the format that Moodle imports with pictures, tags and feedback."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from mali_course.core.html import inline_html
from mali_course.core.messages import say
from mali_course.kit.export.entries import Entry
from mali_course.kit.export.entry_html import in_language, key_html, list_html, question_html
from mali_course.kit.export.quiz_terms import answer_percent, category_path
from mali_course.kit.export.xml_elements import Element, el, xml_bytes
from mali_course.questions import shapes

__all__ = ["MARKS", "NAME", "RANK", "write"]

NAME = "moodle"
RANK = 1
MARKS = True
_TYPES = {
    shapes.Pick: "multichoice", shapes.Parts: "cloze", shapes.Spans: "numerical",
    shapes.Phrases: "shortanswer", shapes.Written: "essay",
}


def _html_el(tag: str, html: str, *more: Element) -> Element:
    return el(tag, el("text", html), *more, format="html")


def _answer(
    text: str, share: str, feedback: str, *more: Element, form: str = "moodle_auto_format"
) -> Element:
    said = _html_el("feedback", inline_html(feedback))
    return el("answer", el("text", text), said, *more, fraction=share, format=form)


def _share(right: bool) -> str:
    return "100" if right else "0"


def _without_signs(html: str) -> str:
    """Return HTML in which the signs of embedded answers are written as numbers."""
    return re.sub(r"[~#}{\\]", lambda sign: f"&#{ord(sign.group())};", html)


def _embedded(html: str) -> str:
    # Moodle decodes an embedded answer and its feedback once before they become HTML.
    return _without_signs(html.replace("&", "&amp;"))


def _list_box(part: shapes.Part) -> str:
    """Return a list of answers, each with its own feedback, as it is embedded in the question."""
    rows = []
    for answer in part.answers:
        # A list box shows no code.
        text = _embedded(escape(answer.text.replace("`", ""), quote=False))
        rows.append(f"%{_share(answer.right)}%{text}#{_embedded(inline_html(answer.feedback))}")
    return "{1:MULTICHOICE:" + "~".join(rows) + "}"


def _embedded_parts(shape: shapes.Parts) -> str:
    return in_language(
        "".join(
            f"<p>{number}) {_without_signs(inline_html(part.text))} {_list_box(part)}</p>"
            for number, part in enumerate(shape.parts, start=1)
        )
    )


def _pick_elements(shape: shapes.Pick) -> Iterator[Element]:
    yield el("single", str(not shape.many).lower())
    # The order is that of the course, where print and screen agree.
    yield el("shuffleanswers", "false")
    yield el("answernumbering", "abc")
    for answer in shape.answers:
        share = answer_percent(shape, answer.right)
        yield _answer(inline_html(answer.text), share, answer.feedback, form="html")


def _number_elements(shape: shapes.Spans) -> Iterator[Element]:
    for span in shape.spans:
        room = el("tolerance", shapes.digits(span.room))
        yield _answer(shapes.digits(span.middle), _share(span.right), span.feedback, room)
    yield _answer("*", "0", shape.wrong, el("tolerance", "0"))
    yield el("unitgradingtype", "0")
    yield el("showunits", "3")


def _phrase_elements(shape: shapes.Phrases) -> Iterator[Element]:
    yield el("usecase", "0")
    for phrase in shape.phrases:
        for form in phrase.forms:
            # A star would stand for any letters.
            yield _answer(form.replace("*", r"\*"), _share(phrase.right), phrase.feedback)
    yield _answer("*", "0", shape.wrong)


def _essay_elements(shape: shapes.Written) -> Iterator[Element]:
    yield el("responseformat", "plain")
    yield el("responserequired", "1")
    yield el("responsefieldlines", str(max(shape.lines, 5)))
    yield el("attachments", "0")
    yield el("attachmentsrequired", "0")
    notes = f"<p>{escape(say('interface.feedback.model'))} {inline_html(shape.model)}</p>"
    notes += f"<p>{escape(say('kit_export.page.criteria'))}</p>"
    notes += list_html(map(inline_html, shape.criteria))
    yield _html_el("graderinfo", in_language(notes))
    yield _html_el("responsetemplate", "")


def _answer_elements(shape: shapes.Shape) -> Iterator[Element]:
    match shape:
        case shapes.Pick():
            return _pick_elements(shape)
        case shapes.Spans():
            return _number_elements(shape)
        case shapes.Phrases():
            return _phrase_elements(shape)
        case shapes.Written():
            return _essay_elements(shape)
    return iter(())


def _picture_files(entry: Entry) -> list[Element]:
    if not entry.picture:
        return []
    content = base64.b64encode(entry.picture.png).decode("ascii")
    return [el("file", content, name=entry.picture.name, path="/", encoding="base64")]


def _question_element(entry: Entry) -> Element:
    shape = entry.shape
    html = question_html(entry, f"@@PLUGINFILE@@/{entry.picture.name}" if entry.picture else "")
    if isinstance(shape, shapes.Parts):
        # A brace of the text itself could begin an answer.
        html = html.replace("{", "&#123;") + _embedded_parts(shape)
    hint = [_html_el("hint", inline_html(entry.item.where))]
    return el(
        "question",
        el("name", el("text", entry.title)),
        _html_el("questiontext", html, *_picture_files(entry)),
        _html_el("generalfeedback", key_html(entry)),
        *([] if isinstance(shape, shapes.Parts) else [el("defaultgrade", "1")]),
        el("penalty", "0.3333333"),
        el("hidden", "0"),
        el("idnumber", entry.item.id),
        *_answer_elements(shape),
        *([] if isinstance(shape, shapes.Written) else hint),
        el("tags", *(el("tag", el("text", tag)) for tag in entry.tags)),
        type=_TYPES[type(shape)],
    )


def _quiz_elements(entries: Sequence[Entry]) -> Iterator[Element]:
    for lesson, group in groupby(entries, key=lambda entry: entry.lesson):
        yield el(
            "question",
            el("category", el("text", category_path(lesson))),
            _html_el("info", inline_html(lesson.promise)),
            type="category",
        )
        yield from map(_question_element, group)


def write(entries: Sequence[Entry], name: str) -> dict[str, bytes]:
    """Return the file that Moodle imports.

    Parameters
    ----------
    entries : sequence of Entry
    name : str
        What the file's name begins with.

    Examples
    --------
    >>> from mali_course.kit.export.entries import gather
    >>> from mali_course.core.lessons import lesson
    >>> entries, _ = gather([lesson("00")], marks=True)
    >>> list(write(entries, "mali-course-00"))
    ['mali-course-00-moodle.xml']
    """
    return {f"{name}-moodle.xml": xml_bytes(el("quiz", *_quiz_elements(entries)))}
