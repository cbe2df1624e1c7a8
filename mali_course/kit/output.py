"""Writes what a command makes: only inside the folder given, and over nothing without leave."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from mali_course.core.errors import CourseError
from mali_course.core.messages import say
from mali_course.core.whole_files import write_whole

__all__ = ["refuse_existing", "write_files"]


def refuse_existing(folder: Path, names: Iterable[str], *, force: bool = False) -> None:
    """Stop before work that takes long, where its files could not be written at the end.

    Parameters
    ----------
    folder : Path
    names : iterable of str
        Paths inside the folder.
    force : bool
        Let it pass.

    Raises
    ------
    CourseError
        If one of the files is there already and `force` is not set.

    Examples
    --------
    >>> refuse_existing(Path("no-such-folder"), ["index.html"])
    """
    # A folder that cannot be looked into holds nothing of ours; writing to it says what is wrong.
    there = [path for path in (folder / name for name in names) if os.path.lexists(path)]
    if there and not force:
        raise CourseError(say("cli.output.there", first=there[0], folder=folder))


def write_files(
    folder: Path, files: Mapping[str, str | bytes], *, force: bool = False
) -> list[Path]:
    """Write files into a folder, all of them or none.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    files : mapping
        Path inside the folder, with ``/`` between its parts, to what the file holds; text is
        written as UTF-8.
    force : bool
        Replace files that are there already.

    Returns
    -------
    list of Path
        The files, in the order given.

    Raises
    ------
    CourseError
        If a file is there already and `force` is not set, a link inside the folder leads out of
        it, or the folder cannot be used. Nothing has been written then.
    ValueError
        If a path leads out of the folder: a fault of the caller.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     write_files(Path(place) / "site", {"index.html": "<p>"})[0].name
    'index.html'
    """
    targets: dict[Path, bytes] = {}
    for name, content in files.items():
        inside = PurePosixPath(name)
        if inside.is_absolute() or ".." in inside.parts or not inside.parts or "\\" in name:
            raise ValueError(f"{name!r} leads out of the folder")
        targets[folder / inside] = content.encode() if isinstance(content, str) else content
    refuse_existing(folder, files, force=force)
    try:
        whole = folder.resolve()
        for place in {path.parent for path in targets}:
            if not place.resolve().is_relative_to(whole):
                raise CourseError(say("cli.output.link", folder=place))
        for path in targets:
            path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(targets, replace=True)
    except (OSError, RuntimeError) as problem:  # RuntimeError: links in a circle, before 3.13
        reason = f"{getattr(problem, 'strerror', None) or problem}."
        raise CourseError(say("cli.output.no_folder", folder=folder, reason=reason)) from None
    return list(targets)
