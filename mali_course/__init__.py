"""The Mali course: what its notebooks call.

>>> import mali_course as mali

Everything is imported at its first use, so that a question is on screen before pandas or
matplotlib could be loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mali_course.core.datasets import load
    from mali_course.views.argument_form import argue
    from mali_course.views.asking import ask, guess
    from mali_course.views.charting import chart
    from mali_course.views.checking import check
    from mali_course.views.data_essay import about
    from mali_course.views.explorer_form import explore
    from mali_course.views.lesson_lists import sources, terms
    from mali_course.views.practice_test import test
    from mali_course.views.progress_files import export_progress, restore_progress
    from mali_course.views.progress_view import progress
    from mali_course.views.reading import cite, read
    from mali_course.views.report_form import report

__all__ = [
    "about",
    "argue",
    "ask",
    "chart",
    "check",
    "cite",
    "explore",
    "export_progress",
    "guess",
    "load",
    "progress",
    "read",
    "report",
    "restore_progress",
    "sources",
    "terms",
    "test",
]

_WHERE = {
    "about": "views.data_essay",
    "argue": "views.argument_form",
    "ask": "views.asking",
    "chart": "views.charting",
    "check": "views.checking",
    "cite": "views.reading",
    "explore": "views.explorer_form",
    "export_progress": "views.progress_files",
    "guess": "views.asking",
    "load": "core.datasets",
    "progress": "views.progress_view",
    "read": "views.reading",
    "report": "views.report_form",
    "restore_progress": "views.progress_files",
    "sources": "views.lesson_lists",
    "terms": "views.lesson_lists",
    "test": "views.practice_test",
}


def _plainly(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function; a call that does not fit it is told in a sentence."""
    from inspect import signature  # slow to import, and there already in a kernel

    form = signature(function)

    @wraps(function)
    def call(*args: Any, **named: Any) -> Any:
        try:
            form.bind(*args, **named)
        except TypeError:
            from mali_course.core.errors import CourseError
            from mali_course.core.messages import say

            shown = f"mali.{name}({', '.join(form.parameters)})"
            raise CourseError(say("interface.bad_call", call=shown)) from None
        return function(*args, **named)

    return call


class _UnknownNameError(AttributeError):
    """A mistyped name: in a notebook the sentence is shown without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    if name not in _WHERE:
        from mali_course.core.messages import say
        from mali_course.core.suggest import nearest_names

        known, near = ", ".join(__all__), nearest_names(name, __all__)
        raise _UnknownNameError(say("interface.no_name", name=name, near=near, names=known))
    found = _plainly(name, getattr(import_module(f"mali_course.{_WHERE[name]}"), name))
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return list(__all__)
