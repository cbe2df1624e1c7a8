"""The home folder of the account, which some containers do not have."""

from __future__ import annotations

from pathlib import Path

__all__ = ["has_home", "user_path"]


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
