"""Where Moodle keeps questions, and what it gives for an answer; its file formats share both."""

from __future__ import annotations

from mali_course.core.lessons import Lesson
from mali_course.core.messages import say
from mali_course.questions.shapes import Pick

__all__ = ["answer_percent", "category_path"]


def category_path(lesson: Lesson) -> str:
    """Return the question category of a lesson, under that of the course.

    Examples
    --------
    >>> from mali_course.core.lessons import lesson
    >>> category_path(lesson("01"))
    '$course$/top/Conflict in Mali (CRS IF10116)/01 Mali at a Glance'
    """
    # A stroke in a name is written twice.
    steps = (say("kit_export.page.category"), f"{lesson.id} {lesson.title}")
    return "/".join(("$course$", "top", *(step.replace("/", "//") for step in steps)))


def answer_percent(shape: Pick, right: bool) -> str:
    """Return what an answer is worth in percent: wrong ones take away as much as right ones give.

    The numbers are those that Moodle knows, to their last place.
    """
    if not shape.many:
        return "100" if right else "0"
    keys = sum(answer.right for answer in shape.answers)
    share = f"{100 / keys:.5f}".rstrip("0").rstrip(".")
    return share if right else f"-{share}"
