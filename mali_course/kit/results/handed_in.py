"""Reads the files of a folder: what is a progress file, and why something is not.

Whoever hands a file in may hand in anything. Nothing here follows a link, opens what is no plain
file, or reads more of one than a progress file may have.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from mali_course.core.errors import CourseError
from mali_course.core.messages import say
from mali_course.record.portable import FORMAT, LARGEST, Packed, open_packed

__all__ = ["Skipped", "clean_line", "files_in", "read_packed"]

MOST_FILES = 50_000
_DEEPEST = 4  # a learning platform makes a folder a learner, perhaps a folder a group around it
_LONGEST_NAME = 120

# Controls and half letters cannot be shown or written; marks that turn the direction of writing
# around can make a name look like another one.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True)
class Skipped:
    """Something in the folder that does not count, and why, in words for the teacher."""

    file: str
    why: str


class _RefusedError(Exception):
    """Why a file cannot be read: the key of the words."""


def clean_line(text: str, longest: int = _LONGEST_NAME) -> str:
    r"""Return a text that others wrote as one line that is safe to show anywhere but in HTML.

    Examples
    --------
    >>> clean_line("Ada\n\x1b[31m L.")
    'Ada [31m L.'
    """
    plain = " ".join(_UNFIT.sub(" ", text[: 4 * longest]).split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def files_in(folder: Path, leave_out: Path) -> tuple[list[Path], list[Skipped]]:
    """Return the plain files in a folder and in folders inside it, and what else is there.

    Parameters
    ----------
    folder : Path
    leave_out : Path
        A folder that is passed over: the one with the results.

    Raises
    ------
    CourseError
        If there is no such folder, or far more files in it than a class has.

    Examples
    --------
    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp())
    >>> _ = (place / "a.json").write_text("")
    >>> [file.name for file in files_in(place, place / "results")[0]]
    ['a.json']
    """
    if not os.path.isdir(folder):
        raise CourseError(say("kit_results.fault.no_folder", folder=folder))
    paths: list[Path] = []
    skipped: list[Skipped] = []
    for path, problem in _walk_folder(folder, leave_out.absolute(), 0):
        if problem:
            skipped.append(Skipped(shown_path(path, folder), problem))
        else:
            paths.append(path)
        if len(paths) + len(skipped) > MOST_FILES:
            raise CourseError(say("kit_results.fault.too_many", folder=folder, most=MOST_FILES))
    return paths, skipped


def shown_path(path: Path, folder: Path) -> str:
    """Return the path of a file inside the folder, fit to be shown."""
    return clean_line(path.relative_to(folder).as_posix())


def _walk_folder(place: Path, leave_out: Path, depth: int) -> Iterator[tuple[Path, str]]:
    try:
        with os.scandir(place) as entries:
            # No more of them, so that a folder with a million files is not first read as a whole.
            inside = list(islice(entries, MOST_FILES + 1))
    except OSError as error:
        yield place, _reason_text("unreadable", error)
        return
    for entry in sorted(inside, key=lambda entry: entry.name):
        path = place / entry.name
        try:
            if entry.is_symlink():
                yield path, _reason_text("link")
            elif entry.is_dir(follow_symlinks=False):
                if path.absolute() == leave_out:
                    continue
                if depth == _DEEPEST:
                    yield path, _reason_text("deep")
                else:
                    yield from _walk_folder(path, leave_out, depth + 1)
            else:
                yield path, "" if entry.is_file(follow_symlinks=False) else _reason_text("odd")
        except OSError as error:
            yield path, _reason_text("unreadable", error)


def _reason_text(key: str, error: OSError | None = None) -> str:
    words = say(f"kit_results.skipped.{key}")
    return words.format(reason=clean_line(error.strerror or str(error))) if error else words


def read_packed(path: Path) -> Packed | str:
    """Return what a progress file holds, or why it is none, in words for the teacher.

    Parameters
    ----------
    path : Path
        Any file; what it holds is never trusted.

    Examples
    --------
    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp()) / "notes.txt"
    >>> _ = place.write_text("my notes")
    >>> str(read_packed(place))
    'not a progress file of this course'
    """
    try:
        data = _file_bytes(path)
    except _RefusedError as refused:
        return _reason_text(str(refused))
    except OSError as error:
        return _reason_text("unreadable", error)
    if not data.strip():
        return _reason_text("empty")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")):
        return _reason_text("packed")
    try:
        # Notepad and others put a mark of their own at the beginning of what they save.
        text = data.decode("utf-8-sig")
        return open_packed(text)
    except (UnicodeDecodeError, CourseError):
        # In quotation marks: a list of files names progress files too.
        return _reason_text("damaged" if f'"{FORMAT}"'.encode() in data[:1000] else "foreign")


def _file_bytes(path: Path) -> bytes:
    # Between listing and opening, a file can be changed for a link or a pipe that never ends.
    safe = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | safe)) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise _RefusedError("odd")
        if status.st_size > LARGEST:
            raise _RefusedError("large")
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise _RefusedError("large")
    return data
