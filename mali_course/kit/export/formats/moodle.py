"""Moodle XML: the format that Moodle imports with pictures, tags and feedback."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from html import escape
from xml.etree import ElementTree as Xml

from mali_course.core.html import rich
from mali_course.core.lessons import Lesson
from mali_course.core.messages import say
from mali_course.kit.export.entries import Entry, Picture
from mali_course.kit.export.surroundings import block, explained, question
from mali_course.questions.shapes import Part, Parts, Phrases, Pick, Spans, Written, digits

__all__ = ["MARKS", "category", "fraction", "write"]

MARKS = True
_TYPES = {Parts: "cloze", Spans: "numerical", Phrases: "shortanswer", Written: "essay"}


def category(lesson: Lesson) -> str:
    """Return the question category of a lesson, under that of the course.

    Examples
    --------
    >>> from mali_course.core.lessons import lesson
    >>> category(lesson("01"))
    '$course$/top/Conflict in Mali (CRS IF10116)/01 Mali at a Glance'
    """
    # A stroke in a name is written twice.
    steps = (say("kit_export.page.category"), f"{lesson.id} {lesson.title}")
    return "/".join(("$course$", "top", *(step.replace("/", "//") for step in steps)))


def fraction(shape: Pick, right: bool) -> str:
    """Return what an answer is worth in percent: wrong ones take away as much as right ones give.

    The numbers are those that Moodle knows, to their last place.
    """
    if not shape.many:
        return "100" if right else "0"
    keys = sum(answer.right for answer in shape.answers)
    share = f"{100 / keys:.5f}".rstrip("0").rstrip(".")
    return share if right else f"-{share}"


def _text(parent: Xml.Element, name: str, text: str, **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, name, attributes)
    Xml.SubElement(element, "text").text = text
    return element


def _html(parent: Xml.Element, name: str, html: str) -> Xml.Element:
    return _text(parent, name, html, format="html")


def _answer(
    parent: Xml.Element, text: str, share: str, feedback: str, written: str = "moodle_auto_format"
) -> Xml.Element:
    answer = _text(parent, "answer", text, fraction=share, format=written)
    _html(answer, "feedback", rich(feedback))
    return answer


def _no_signs(html: str) -> str:
    """Return HTML in which the signs of embedded answers are written as numbers."""
    return re.sub(r"[~#}{\\]", lambda sign: f"&#{ord(sign.group())};", html)


def _embedded(html: str) -> str:
    # Moodle decodes an embedded answer and its feedback once before they become HTML.
    return _no_signs(html.replace("&", "&amp;"))


def _plain(text: str) -> str:
    # A list box shows no code.
    return escape(text.replace("`", ""), quote=False)


def _cloze(part: Part) -> str:
    # A list box: three to six texts, each with its own feedback.
    answers = "~".join(
        f"%{100 if one.right else 0}%{_embedded(_plain(one.text))}#{_embedded(rich(one.feedback))}"
        for one in part.answers
    )
    return "{1:MULTICHOICE:" + answers + "}"


def _cloze_rows(shape: Parts) -> str:
    return block(
        "".join(
            f"<p>{number}) {_no_signs(rich(part.text))} {_cloze(part)}</p>"
            for number, part in enumerate(shape.parts, start=1)
        )
    )


def _pick(parent: Xml.Element, shape: Pick) -> None:
    Xml.SubElement(parent, "single").text = str(not shape.many).lower()
    # The order is that of the course, where print and screen agree.
    Xml.SubElement(parent, "shuffleanswers").text = "false"
    Xml.SubElement(parent, "answernumbering").text = "abc"
    for one in shape.answers:
        _answer(parent, rich(one.text), fraction(shape, one.right), one.feedback, "html")


def _spans(parent: Xml.Element, shape: Spans) -> None:
    for one in shape.spans:
        answer = _answer(parent, digits(one.middle), _share(one.right), one.feedback)
        Xml.SubElement(answer, "tolerance").text = digits(one.room)
    Xml.SubElement(_answer(parent, "*", "0", shape.wrong), "tolerance").text = "0"
    Xml.SubElement(parent, "unitgradingtype").text = "0"
    Xml.SubElement(parent, "showunits").text = "3"


def _share(right: bool) -> str:
    return "100" if right else "0"


def _phrases(parent: Xml.Element, shape: Phrases) -> None:
    Xml.SubElement(parent, "usecase").text = "0"
    for phrase in shape.phrases:
        for form in phrase.forms:
            # A star would stand for any letters.
            _answer(parent, form.replace("*", r"\*"), _share(phrase.right), phrase.feedback)
    _answer(parent, "*", "0", shape.wrong)


def _written(parent: Xml.Element, shape: Written) -> None:
    for name, text in (
        ("responseformat", "plain"),
        ("responserequired", "1"),
        ("responsefieldlines", str(max(shape.lines, 5))),
        ("attachments", "0"),
        ("attachmentsrequired", "0"),
    ):
        Xml.SubElement(parent, name).text = text
    points = "".join(f"<li>{rich(one)}</li>" for one in shape.criteria)
    model = say("interface.feedback.model")
    notes = f"<p>{escape(model)} {rich(shape.model)}</p>"
    notes += f"<p>{escape(say('kit_export.page.criteria'))}</p><ul>{points}</ul>"
    _html(parent, "graderinfo", block(notes))
    _html(parent, "responsetemplate", "")


def _with_file(element: Xml.Element, picture: Picture | None) -> None:
    if picture:
        attributes = {"name": picture.name, "path": "/", "encoding": "base64"}
        file = Xml.SubElement(element, "file", attributes)
        file.text = base64.b64encode(picture.png).decode("ascii")


def _question(quiz: Xml.Element, entry: Entry) -> None:
    shape = entry.shape
    one = Xml.SubElement(quiz, "question", type=_TYPES.get(type(shape), "multichoice"))
    _text(one, "name", entry.title)
    html = question(entry, f"@@PLUGINFILE@@/{entry.picture.name}" if entry.picture else "")
    if isinstance(shape, Parts):
        # A brace of the text itself could begin an answer.
        html = html.replace("{", "&#123;") + _cloze_rows(shape)
    _with_file(_html(one, "questiontext", html), entry.picture)
    _html(one, "generalfeedback", explained(entry))
    if not isinstance(shape, Parts):
        Xml.SubElement(one, "defaultgrade").text = "1"
    Xml.SubElement(one, "penalty").text = "0.3333333"
    Xml.SubElement(one, "hidden").text = "0"
    Xml.SubElement(one, "idnumber").text = entry.item.id
    match shape:
        case Pick():
            _pick(one, shape)
        case Spans():
            _spans(one, shape)
        case Phrases():
            _phrases(one, shape)
        case Written():
            _written(one, shape)
    if not isinstance(shape, Written):
        _html(one, "hint", rich(entry.item.where))
    tags = Xml.SubElement(one, "tags")
    for tag in entry.tags:
        _text(tags, "tag", tag)


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
    quiz = Xml.Element("quiz")
    lesson = ""
    for entry in entries:
        if entry.lesson.id != lesson:
            lesson = entry.lesson.id
            head = Xml.SubElement(quiz, "question", type="category")
            _text(head, "category", category(entry.lesson))
            _html(head, "info", rich(entry.lesson.promise))
        _question(quiz, entry)
    Xml.indent(quiz)
    whole: bytes = Xml.tostring(quiz, encoding="utf-8", xml_declaration=True)
    return {f"{name}-moodle.xml": whole + b"\n"}
