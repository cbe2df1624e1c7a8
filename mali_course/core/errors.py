"""The one error that the course raises on purpose."""

from __future__ import annotations

__all__ = ["CourseError"]


class CourseError(Exception):
    """A mistake that a plain sentence explains: what is wrong and what to do.

    In a notebook IPython shows the sentence alone, without a traceback, because it asks an
    exception for ``_render_traceback_`` before it formats one.

    Examples
    --------
    >>> raise CourseError("There is no section 9. Choose a section from 1 to 6.")
    Traceback (most recent call last):
    mali_course.core.errors.CourseError: There is no section 9. Choose a section from 1 to 6.
    """

    def _render_traceback_(self) -> list[str]:
        return [str(self)]
