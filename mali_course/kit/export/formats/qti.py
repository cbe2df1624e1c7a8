"""A QTI 1.2 package as Canvas takes it: a quiz a lesson, with feedback for every answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from xml.etree import ElementTree as Xml

from mali_course.core.html import rich
from mali_course.core.lessons import Lesson
from mali_course.core.messages import say
from mali_course.kit.archive import zipped
from mali_course.kit.export.entries import Entry
from mali_course.kit.export.qti_items import Answered, item_element
from mali_course.kit.export.surroundings import block, explained, question, slips
from mali_course.questions.shapes import Parts

__all__ = ["MARKS", "write"]

MARKS = True
_PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_METADATA = "http://www.imsglobal.org/xsd/imsmd_v1p2"


def _identifier(lesson: Lesson) -> str:
    return f"mali_course_lesson_{lesson.id}"


def _whole(element: Xml.Element) -> bytes:
    Xml.indent(element)
    made: bytes = Xml.tostring(element, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _title(lesson: Lesson) -> str:
    return f"{say('kit_export.page.deck')}: {lesson.id} {lesson.title}"


def _quiz(lesson: Lesson, entries: Sequence[Entry]) -> bytes:
    root = Xml.Element("questestinterop", {"xmlns": _QTI})
    quiz = Xml.SubElement(
        root, "assessment", {"ident": _identifier(lesson), "title": _title(lesson)}
    )
    section = Xml.SubElement(quiz, "section", {"ident": "root_section"})
    for entry in entries:
        # The way in which Canvas and its kin write the folder of files.
        name = f"%24IMS-CC-FILEBASE%24/images/{entry.picture.name}" if entry.picture else ""
        html = question(entry, name)
        if isinstance(entry.shape, Parts):
            html += block(
                "".join(
                    f"<p>{number}) {rich(part.text)} [part{number}]</p>"
                    for number, part in enumerate(entry.shape.parts, start=1)
                )
            )
        section.append(item_element(entry, Answered(html, explained(entry), slips(entry))))
    return _whole(root)


def _settings(lesson: Lesson, count: int) -> bytes:
    """Return how Canvas shows the quiz: for practice, as often as one likes, unpublished."""
    root = Xml.Element("quiz", {"xmlns": _CANVAS, "identifier": _identifier(lesson)})
    for name, text in (
        ("title", _title(lesson)),
        ("description", block(f"<p>{rich(lesson.promise)}</p>")),
        ("shuffle_answers", "false"),
        ("scoring_policy", "keep_highest"),
        ("quiz_type", "practice_quiz"),
        ("points_possible", f"{count:.1f}"),
        ("show_correct_answers", "true"),
        ("allowed_attempts", "-1"),
        ("one_question_at_a_time", "false"),
        ("available", "false"),
    ):
        Xml.SubElement(root, name).text = text
    return _whole(root)


def _manifest(name: str, lessons: Sequence[Lesson], pictures: Sequence[str]) -> bytes:
    root = Xml.Element(
        "manifest", {"identifier": name, "xmlns": _PACKAGE, "xmlns:imsmd": _METADATA}
    )
    about = Xml.SubElement(root, "metadata")
    Xml.SubElement(about, "schema").text = "IMS Content"
    Xml.SubElement(about, "schemaversion").text = "1.1.3"
    title = Xml.SubElement(Xml.SubElement(about, "imsmd:lom"), "imsmd:general")
    Xml.SubElement(Xml.SubElement(title, "imsmd:title"), "imsmd:string").text = say(
        "kit_export.page.category"
    )
    Xml.SubElement(root, "organizations")
    resources = Xml.SubElement(root, "resources")
    for one in lessons:
        own = _identifier(one)
        quiz = Xml.SubElement(resources, "resource", identifier=own, type="imsqti_xmlv1p2")
        Xml.SubElement(quiz, "file", href=f"{own}/{own}.xml")
        Xml.SubElement(quiz, "dependency", identifierref=f"{own}_settings")
        settings = Xml.SubElement(
            resources,
            "resource",
            {
                "identifier": f"{own}_settings",
                "type": "associatedcontent/imscc_xmlv1p1/learning-application-resource",
                "href": f"{own}/assessment_meta.xml",
            },
        )
        Xml.SubElement(settings, "file", href=f"{own}/assessment_meta.xml")
    for path in pictures:
        identifier = "mali_course_" + path.partition("/")[2].replace(".", "_")
        picture = Xml.SubElement(
            resources, "resource", identifier=identifier, type="webcontent", href=path
        )
        Xml.SubElement(picture, "file", href=path)
    return _whole(root)


def write(entries: Sequence[Entry], name: str) -> dict[str, bytes]:
    """Return the package; see `mali_course.kit.export.formats.moodle.write`.

    Examples
    --------
    >>> from mali_course.kit.export.entries import gather
    >>> from mali_course.core.lessons import lesson
    >>> entries, _ = gather([lesson("00")], marks=True)
    >>> list(write(entries, "mali-course"))
    ['mali-course-qti.zip']
    """
    quizzes: Mapping[str, tuple[Entry, ...]] = {
        lesson: tuple(group) for lesson, group in groupby(entries, key=lambda one: one.lesson.id)
    }
    pictures = {
        f"images/{entry.picture.name}": entry.picture.png for entry in entries if entry.picture
    }
    lessons = [group[0].lesson for group in quizzes.values()]
    inside = {"imsmanifest.xml": _manifest(name, lessons, list(pictures))}
    for group in quizzes.values():
        lesson = group[0].lesson
        own = _identifier(lesson)
        inside[f"{own}/{own}.xml"] = _quiz(lesson, group)
        inside[f"{own}/assessment_meta.xml"] = _settings(lesson, len(group))
    return {f"{name}-qti.zip": zipped({**inside, **pictures})}
