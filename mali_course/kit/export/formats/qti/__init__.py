"""A QTI 1.2 package as Canvas takes it: a quiz a lesson, with feedback for every answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from mali_course.core.html import inline_html
from mali_course.core.lessons import Lesson
from mali_course.core.messages import say
from mali_course.kit.archive import zip_bytes
from mali_course.kit.export.entries import Entry
from mali_course.kit.export.entry_html import in_language, key_html, question_html, slips_html
from mali_course.kit.export.formats.qti.qti_items import QuestionTexts, item_element
from mali_course.kit.export.xml_elements import Element, el, xml_bytes
from mali_course.questions.shapes import Parts

__all__ = ["MARKS", "NAME", "RANK", "write"]

NAME = "qti"
RANK = 2
MARKS = True
_PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_METADATA = "http://www.imsglobal.org/xsd/imsmd_v1p2"
_SETTINGS_TYPE = "associatedcontent/imscc_xmlv1p1/learning-application-resource"


def _quiz_id(lesson: Lesson) -> str:
    return f"mali_course_lesson_{lesson.id}"


def _quiz_title(lesson: Lesson) -> str:
    return f"{say('kit_export.page.deck')}: {lesson.id} {lesson.title}"


def _question_item(entry: Entry) -> Element:
    # The way in which Canvas and its kin write the folder of files.
    picture = f"%24IMS-CC-FILEBASE%24/images/{entry.picture.name}" if entry.picture else ""
    html = question_html(entry, picture)
    if isinstance(entry.shape, Parts):
        rows = (
            f"<p>{number}) {inline_html(part.text)} [part{number}]</p>"
            for number, part in enumerate(entry.shape.parts, start=1)
        )
        html += in_language("".join(rows))
    return item_element(entry, QuestionTexts(html, key_html(entry), slips_html(entry)))


def _quiz_file(lesson: Lesson, entries: Iterable[Entry]) -> bytes:
    section = el("section", *map(_question_item, entries), ident="root_section")
    quiz = el("assessment", section, ident=_quiz_id(lesson), title=_quiz_title(lesson))
    return xml_bytes(el("questestinterop", quiz, xmlns=_QTI))


def _settings_file(lesson: Lesson, count: int) -> bytes:
    """Return how Canvas shows the quiz: for practice, as often as one likes, unpublished."""
    settings = {
        "title": _quiz_title(lesson),
        "description": in_language(f"<p>{inline_html(lesson.promise)}</p>"),
        "shuffle_answers": "false",
        "scoring_policy": "keep_highest",
        "quiz_type": "practice_quiz",
        "points_possible": f"{count:.1f}",
        "show_correct_answers": "true",
        "allowed_attempts": "-1",
        "one_question_at_a_time": "false",
        "available": "false",
    }
    rows = (el(name, text) for name, text in settings.items())
    return xml_bytes(el("quiz", *rows, xmlns=_CANVAS, identifier=_quiz_id(lesson)))


def _lesson_resources(lesson: Lesson) -> Iterator[Element]:
    quiz = _quiz_id(lesson)
    settings, about = f"{quiz}_settings", f"{quiz}/assessment_meta.xml"
    yield el(
        "resource",
        el("file", href=f"{quiz}/{quiz}.xml"),
        el("dependency", identifierref=settings),
        identifier=quiz,
        type="imsqti_xmlv1p2",
    )
    yield el(
        "resource", el("file", href=about), identifier=settings, type=_SETTINGS_TYPE, href=about
    )


def _picture_resource(path: str) -> Element:
    name = "mali_course_" + path.partition("/")[2].replace(".", "_")
    return el("resource", el("file", href=path), identifier=name, type="webcontent", href=path)


def _manifest_file(name: str, lessons: Iterable[Lesson], pictures: Iterable[str]) -> bytes:
    title = el("imsmd:string", say("kit_export.page.category"))
    about = el("imsmd:lom", el("imsmd:general", el("imsmd:title", title)))
    resources = (resource for lesson in lessons for resource in _lesson_resources(lesson))
    manifest = el(
        "manifest",
        el("metadata", el("schema", "IMS Content"), el("schemaversion", "1.1.3"), about),
        el("organizations"),
        el("resources", *resources, *map(_picture_resource, pictures)),
        identifier=name,
        xmlns=_PACKAGE,
        xmlns_imsmd=_METADATA,
    )
    return xml_bytes(manifest)


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
    quizzes = {
        lesson: tuple(group) for lesson, group in groupby(entries, key=lambda entry: entry.lesson)
    }
    pictures = {
        f"images/{entry.picture.name}": entry.picture.png for entry in entries if entry.picture
    }
    inside = {"imsmanifest.xml": _manifest_file(name, quizzes, pictures)}
    for lesson, group in quizzes.items():
        quiz = _quiz_id(lesson)
        inside[f"{quiz}/{quiz}.xml"] = _quiz_file(lesson, group)
        inside[f"{quiz}/assessment_meta.xml"] = _settings_file(lesson, len(group))
    return {f"{name}-qti.zip": zip_bytes({**inside, **pictures})}
