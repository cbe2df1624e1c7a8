"""export_progress() and restore_progress(): the progress file by its path."""

from __future__ import annotations

import os
from pathlib import Path

from mali_course.core.errors import CourseError
from mali_course.core.html import paragraph
from mali_course.core.messages import say
from mali_course.core.whole_files import write_whole
from mali_course.forms.shown import Shown
from mali_course.record.log import the_log
from mali_course.record.portable import FILE_NAME, LARGEST, pack_log, restore_events

__all__ = ["export_progress", "restore_progress"]


def _said(words: str) -> Shown:
    return Shown(paragraph(words), words)


def export_progress(file: str | os.PathLike[str] = FILE_NAME, learner: str = "") -> Shown:
    """Write your progress to a file that you can keep, move or hand in.

    Parameters
    ----------
    file : str or path
        The file to write; it must not be there yet.
    learner : str
        Your name, only if your teacher asks for it.

    Raises
    ------
    CourseError
        If the file is there already or cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> export_progress(tempfile.mkdtemp() + "/mine.json").text.startswith("Your progress is in")
    True
    """
    try:
        content = pack_log(the_log(), learner).encode("utf-8", errors="replace")
        write_whole({Path(file): content}, replace=False)
    except FileExistsError:
        raise CourseError(say("interface.progress.exists", path=file)) from None
    except (OSError, ValueError, TypeError) as error:
        raise CourseError(say("interface.progress.no_write", path=file, reason=error)) from None
    return _said(say("interface.progress.written", path=file))


def restore_progress(file: str | os.PathLike[str] = FILE_NAME) -> Shown:
    """Add the answers of a progress file to those on this computer.

    Raises
    ------
    CourseError
        If the file cannot be read or is not a progress file; nothing is changed then.

    Examples
    --------
    >>> import tempfile
    >>> name = tempfile.mkdtemp() + "/mine.json"
    >>> _ = export_progress(name)
    >>> restore_progress(name).text
    'Restored: all answers of this file were here already.'
    """
    try:
        with Path(file).open(encoding="utf-8") as given:
            text = given.read(LARGEST + 2)  # a letter more than is read, and Notepad's mark
    except (OSError, ValueError, TypeError) as error:
        raise CourseError(say("interface.progress.no_path", path=file, reason=error)) from None
    return _said(restore_events(the_log(), text))
