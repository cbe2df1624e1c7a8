"""Writes files whole or not at all: a full disk or a stop leaves none that is cut off."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

__all__ = ["write_whole"]


def write_whole(files: Mapping[Path, bytes], *, replace: bool) -> None:
    """Write files; each is there under its name with all that it holds, or as it was before.

    All are first written beside their places, so that a disk without room for them is noticed
    before any of them changes.

    Parameters
    ----------
    files : mapping
        Path to what the file holds. The folders must be there.
    replace : bool
        Whether files that are there already may be replaced.

    Raises
    ------
    FileExistsError
        If a file is there already and `replace` is not set.
    OSError
        If a file cannot be written.

    Examples
    --------
    >>> place = Path(tempfile.mkdtemp())
    >>> write_whole({place / "mine.json": b"{}"}, replace=False)
    >>> [file.name for file in place.iterdir()]
    ['mine.json']
    """
    beside: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".mali-")
            beside[path] = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(handle)  # on a network folder, a quota may speak up only here
            os.chmod(name, 0o666 & ~_mask())
        for path, ready in beside.items():
            if replace:
                os.replace(ready, path)
            else:
                _put_new(ready, path)
    finally:
        for ready in beside.values():
            with suppress(OSError):
                ready.unlink(missing_ok=True)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _put_new(ready: Path, path: Path) -> None:
    """Give a file its name, unless something has it already."""
    try:
        os.link(ready, path)
    except FileExistsError:
        raise
    except (OSError, AttributeError, NotImplementedError):  # no second names, as on a USB stick
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        os.rename(ready, path)
