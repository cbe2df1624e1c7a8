"""The file of one kernel in the log's folder, which a full disk or a lost folder may interrupt."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

__all__ = ["OwnFile"]

_FULL = 5_000_000  # then a further file is begun: a reader takes no endless ones


class OwnFile:
    r"""Brings the lines of a kernel to the disk, and again if the disk has lost some.

    Its file holds nothing but whole lines that this kernel has written. Where that is not sure, a
    new one is begun and all lines are written into it: a line read twice counts once, a lost one
    not at all.

    Parameters
    ----------
    place : pathlib.Path
        The folder; made at the first write.

    Attributes
    ----------
    paths : set of pathlib.Path
        The files that it has begun.

    Examples
    --------
    >>> import tempfile
    >>> file = OwnFile(Path(tempfile.mkdtemp()))
    >>> file.save([b"one\n"])
    >>> file.save([b"one\n", b"two\n"])
    >>> [path.read_bytes() for path in file.paths]
    [b'one\ntwo\n']
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self.paths: set[Path] = set()
        self._begin_again()

    def _begin_again(self) -> None:
        self._saved = 0  # lines that are safe
        self._sizes: dict[Path, int] = {}
        self._begin_file()

    def _begin_file(self) -> None:
        now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        self._path = self.place / f"{now}-{os.getpid()}-{os.urandom(3).hex()}.jsonl"
        self._sizes[self._path] = 0
        self.paths.add(self._path)

    def _is_sound(self) -> bool:
        """Whether the files are as the last write left them."""
        return all(_file_size(path) == size for path, size in self._sizes.items())

    def save(self, lines: Sequence[bytes]) -> None:
        """Write the lines that are not yet safe.

        Parameters
        ----------
        lines : sequence of bytes
            All lines of this kernel; those of the last call are its beginning.

        Raises
        ------
        OSError
            If a line could not be written. The next call tries again.
        """
        if not self._is_sound():
            self._begin_again()
        while self._saved < len(lines):
            if self._sizes[self._path] >= _FULL:
                self._begin_file()
            batch = _first_lines(lines, self._saved)
            self._append(b"".join(batch))
            self._saved += len(batch)

    def _append(self, data: bytes) -> None:
        self.place.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        except OSError:
            self._begin_again()  # perhaps something else has the name now
            raise
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(handle, left) :]
            os.fsync(handle)
        except OSError:
            # The next line must not be joined to half a one. If this fails too, the file is not
            # sound any more.
            with suppress(OSError):
                os.ftruncate(handle, self._sizes[self._path])
            raise
        finally:
            os.close(handle)
        self._sizes[self._path] += len(data)


def _file_size(path: Path) -> int:
    """Return the size of a file; 0 where there is none, and -1 for what is no file."""
    try:
        found = path.stat()
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else -1


def _first_lines(lines: Sequence[bytes], first: int) -> list[bytes]:
    """Return the lines from the first on that are written at once: no more than fill a file."""
    batch: list[bytes] = []
    size = 0
    for line in islice(lines, first, None):
        batch.append(line)
        size += len(line)
        if size >= _FULL:
            break
    return batch
