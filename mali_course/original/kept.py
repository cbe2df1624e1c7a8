"""Where the report's sentences are once somebody has brought them: a file of their own.

A learner's own file is in the data folder of the course. Where that cannot be written, or the
account has no home, what was brought is there as long as this Python runs. A file for a whole
installation, such as the image of a Hub, is beside the installed libraries; ``MALI_COURSE_REPORT``
names another place for it. What `mali-course` makes for others shows no sentence unless it is
asked to.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from mali_course.core.errors import CourseError
from mali_course.core.home import data_folder, user_path
from mali_course.core.messages import say
from mali_course.core.whole_files import write_whole
from mali_course.original.fingerprints import fingerprints, letters_of, whole_of

__all__ = [
    "keep_originals",
    "keep_own",
    "original",
    "originals",
    "own_file",
    "own_originals",
    "remove_originals",
    "remove_own",
    "shared_file",
    "showing_originals",
]

_FILE = "report.json"
_LARGEST = 200_000  # bytes: the report has 13,000 letters
_HELD: dict[str, str] = {}  # what a learner has brought, and no file could take
_SHOWN: ContextVar[bool] = ContextVar("originals_shown", default=True)


def own_file() -> Path | None:
    """Return the learner's own file; None where the account has no home.

    Examples
    --------
    >>> own_file().name
    'report.json'
    """
    folder = data_folder()
    return folder / _FILE if folder else None


def shared_file() -> Path:
    """Return the file of the whole installation.

    Examples
    --------
    >>> shared_file().suffix
    '.json'
    """
    named = os.environ.get("MALI_COURSE_REPORT")
    return user_path(named) if named else Path(sys.prefix) / "share" / "mali-course" / _FILE


def originals() -> Mapping[str, str]:
    """Return the sentences that are there and may be shown: locator to text.

    Each is compared with its fingerprint, so that a spoiled file shows nothing else.

    Examples
    --------
    >>> dict(originals())
    {}
    """
    if not _SHOWN.get():
        return {}
    return {**read_originals(shared_file()), **own_originals()}


def own_originals() -> Mapping[str, str]:
    """Return the sentences that the learner has brought, whoever else has."""
    return {**_HELD, **read_originals(own_file())}


def original(locator: str) -> str:
    """Return a sentence of the report, or "" where nobody has brought it."""
    return originals().get(locator, "")


def read_originals(path: Path | None) -> Mapping[str, str]:
    """Return the sentences in a file that are those of the report; none if it cannot be read."""
    try:
        stat = path.stat() if path else None
    except (OSError, ValueError):
        return {}
    if path is None or stat is None or stat.st_size > _LARGEST:
        return {}
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, _size: int) -> Mapping[str, str]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    texts = kept.get("sentences") if isinstance(kept, dict) else None
    if not isinstance(texts, dict):
        return {}
    known = {one.locator: one.whole for one in fingerprints()}
    return {
        locator: text
        for locator, text in texts.items()
        if isinstance(text, str) and known.get(locator) == whole_of(letters_of(text)[0])
    }


def keep_originals(sentences: Mapping[str, str], path: Path) -> None:
    """Write sentences into a file, beside those that are there already.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    both = {**read_originals(path), **sentences}
    inside = {one.locator: both[one.locator] for one in fingerprints() if one.locator in both}
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"sentences": inside}, ensure_ascii=False, indent=1)
    write_whole({path: text.encode("utf-8", errors="replace")}, replace=True)


def remove_originals(path: Path | None) -> bool:
    """Remove a file with sentences; returns whether there was one.

    Raises
    ------
    OSError
        If it cannot be removed.
    """
    try:
        if path:
            path.unlink()
    except (FileNotFoundError, NotADirectoryError):  # another kernel may have been sooner
        return False
    return path is not None


def keep_own(sentences: Mapping[str, str]) -> Path:
    """Keep what a learner has brought, beside what is there already; returns the file.

    Raises
    ------
    CourseError
        If no file can have it: why, and that it is there only as long as this Python runs.

    Examples
    --------
    >>> keep_own({}).name
    'report.json'
    """
    path = own_file()
    reason = say("interface.progress.no_home")
    if path:
        try:
            keep_originals({**_HELD, **sentences}, path)
        except (OSError, ValueError) as error:
            reason = f"{getattr(error, 'strerror', '') or error}."
        else:
            _HELD.clear()
            return path
    _HELD.update(sentences)
    raise CourseError(say("report_form.only_here", reason=reason))


def remove_own() -> None:
    """Remove what a learner has brought, and nothing that is there for everybody.

    Raises
    ------
    CourseError
        If the file cannot be removed: why, and what to do.

    Examples
    --------
    >>> remove_own()
    >>> dict(own_originals())
    {}
    """
    path = own_file()
    try:
        remove_originals(path)
    except OSError as error:
        reason = f"{error.strerror or error}."
        raise CourseError(say("report_form.not_removed", path=path, reason=reason)) from None
    _HELD.clear()


@contextmanager
def showing_originals(shown: bool) -> Iterator[None]:
    """Show the sentences inside of a ``with`` block, or do not."""
    before = _SHOWN.set(shown)
    try:
        yield
    finally:
        _SHOWN.reset(before)
