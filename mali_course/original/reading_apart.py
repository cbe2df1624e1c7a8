"""Reads a file in a process of its own, which is ended if it takes too long or too much memory.

A file may be made, or broken, so that reading it has no end. Where a program cannot start another
one, as in a browser, the file is read at once.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import astuple
from typing import BinaryIO

from mali_course.original.fingerprints import Fingerprint
from mali_course.original.unreadable import UnreadableError

__all__ = ["answer", "read_apart"]

_SECONDS = 8.5  # with what it takes to start and to end, less than ten
_MEMORY = 1_500_000_000  # bytes of addresses, of which a Python with its libraries takes a third
_CHILD = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from mali_course.original.reading_apart import answer
answer(sys.stdin.buffer, sys.stdout.buffer)
"""


def read_apart(
    content: bytes, known: Sequence[Fingerprint], *, seconds: float = _SECONDS
) -> dict[str, str]:
    """Return what is found in a file, as `found_in` gives it.

    Raises
    ------
    UnreadableError
        If it cannot be read, or not in time.
    """
    question = json.dumps([astuple(one) for one in known]).encode() + b"\n" + content
    try:
        child = subprocess.Popen(
            [sys.executable, "-I", "-c", _CHILD, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, ValueError, TypeError):  # there are no processes here
        from mali_course.original.found import found_in

        return dict(found_in(content, known))
    with child:
        try:
            said, late = child.communicate(question, timeout=seconds)[0], False
        except subprocess.TimeoutExpired:
            child.kill()
            said, late = child.communicate()[0], True
    return _heard(said, late)


def _heard(said: bytes, late: bool) -> dict[str, str]:
    """Return what the other process has found until its end."""
    found: dict[str, str] = {}
    ended = False
    for line in said.splitlines():
        with suppress(ValueError):
            name, value = json.loads(line)
            if name == "unreadable":
                raise UnreadableError(value["reason"], **value["fields"])
            ended = ended or name == "end"
            found[name] = value
    if not ended and not found:
        raise UnreadableError("too_long" if late else "damaged")
    found.pop("end", None)
    return found


def answer(asked: BinaryIO, told: BinaryIO) -> None:
    """Read, in the other process, what is asked, and tell what is found as soon as it is."""
    _limit_memory()
    # All that reads a file is loaded here, and not where somebody waits for a first question.
    from mali_course.original.found import found_in

    def tell(name: str, value: object) -> None:
        told.write(json.dumps([name, value]).encode() + b"\n")
        told.flush()

    known = [
        Fingerprint(locator, start, whole, tuple(words))
        for locator, start, whole, words in json.loads(asked.readline())
    ]
    try:
        for name, value in found_in(asked.read(), known):
            tell(name, value)
        tell("end", "")
    except UnreadableError as error:
        tell("unreadable", {"reason": error.reason, "fields": error.fields})


def _limit_memory() -> None:
    with suppress(ImportError, OSError, ValueError):  # not every system can
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
