"""The folders of the account, and whether they last.

They are its home, which some containers do not have, and the course's own.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

__all__ = ["data_folder", "has_home", "is_borrowed", "user_path"]


def has_home() -> bool:
    """Whether the account has a home folder: by HOME, or by the system's list of users.

    Examples
    --------
    >>> isinstance(has_home(), bool)
    True
    """
    try:
        return Path.home().is_absolute()
    except RuntimeError:
        return False


def user_path(path: str | Path) -> Path:
    """Return a path with the home folder in place of ``~``, where there is a home folder.

    Examples
    --------
    >>> user_path("my/folder").as_posix()
    'my/folder'
    """
    try:
        return Path(path).expanduser()
    except RuntimeError:  # without a home, or the home of somebody who is not known here
        return Path(path)


def data_folder() -> Path | None:
    """Return the learner's own folder for what the course keeps, or ``MALI_COURSE_HOME``.

    None where the account has no home, as in some containers: then all is kept in memory alone.

    Examples
    --------
    >>> data_folder().name
    'home'
    """
    home = os.environ.get("MALI_COURSE_HOME")
    if home:
        return user_path(home)
    try:
        base = platformdirs.user_data_path("mali-course")
    except RuntimeError:  # no HOME, and nobody of this number in the list of users
        return None
    # Older versions of platformdirs then leave the sign of the home folder as it is.
    return base if base.is_absolute() else None


def is_borrowed() -> bool:
    """Return whether the computer behind the page forgets everything.

    It is one of Binder, or Python runs in the browser.

    Examples
    --------
    >>> isinstance(is_borrowed(), bool)
    True
    """
    return sys.platform == "emscripten" or any(name.startswith("BINDER_") for name in os.environ)
