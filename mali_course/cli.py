"""The command ``mali-course``."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from mali_course.core.errors import CourseError
from mali_course.core.messages import say
from mali_course.doctor import examine
from mali_course.kit import COMMANDS
from mali_course.original.kept import showing_originals
from mali_course.start import start

__all__ = ["main"]

_DISK_FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)


def _parser(asked: str) -> argparse.ArgumentParser:
    """Return the parser of the command line; only the command asked for is imported."""
    parser = argparse.ArgumentParser(prog="mali-course", description=say("cli.main.about"))
    commands = parser.add_subparsers(dest="command")
    starter = _command_parser(
        commands, "start", say("cli.main.start"), "mali-course start --folder my-mali-course"
    )
    starter.add_argument("--folder", type=Path, help=say("cli.start.folder"))
    starter.add_argument("--no-browser", action="store_true", help=say("cli.start.no_browser"))
    starter.add_argument("--copy-only", action="store_true", help=say("cli.start.copy_only"))
    starter.add_argument("--allow-root", action="store_true", help=say("cli.start.allow_root"))
    _command_parser(commands, "doctor", say("cli.main.doctor"), "mali-course doctor")
    for name, module in COMMANDS.items():
        help_, example = say(f"kit_{name}.help"), say(f"kit_{name}.example")
        command = _command_parser(commands, name, help_, example)
        if name == asked:
            import_module(module).arguments(command)
    return parser


def _command_parser(commands: Any, name: str, help_: str, example: str) -> argparse.ArgumentParser:
    epilog = say("cli.main.example", command=example)
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=help_, description=help_, epilog=epilog
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    arguments : sequence of str, optional
        In place of the command line's.

    Returns
    -------
    int
        Exit code: 0, 1 where something is wrong that a plain sentence has named, or 130 where the
        command was stopped with Ctrl+C.

    Examples
    --------
    >>> main(["plan", "a-plan-that-is-not-there"])  # says which plans there are
    1
    """
    for stream in (sys.stdout, sys.stderr):
        # Names of files and learners can have signs that a console does not know.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print(say("cli.main.stopped"), file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read the output, such as `head`, wants no more. Python would complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _run(arguments: Sequence[str]) -> int:
    asked = next((word for word in arguments if not word.startswith("-")), "")
    try:
        parser = _parser(asked)
        chosen = parser.parse_args(arguments)
        if chosen.command is None:
            parser.print_help()
            return 0
        return _run_command(chosen)
    except CourseError as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        # Any command may meet a full or broken disk, also where it only works with copies.
        if problem.errno not in _DISK_FAULTS:
            raise
        print(say("cli.main.disk", reason=f"{problem.strerror}."), file=sys.stderr)
        return 1
    except ModuleNotFoundError as missing:
        # One of the libraries that only teachers need; anything else is a fault of ours.
        if asked not in COMMANDS or (missing.name or "").startswith("mali_course"):
            raise
        print(say("cli.main.no_kit", name=missing.name, python=sys.executable), file=sys.stderr)
        return 1


def _run_command(chosen: argparse.Namespace) -> int:
    if chosen.command == "doctor":
        return examine(print)
    if chosen.command in COMMANDS:
        # What is made for others holds no sentence of the report unless somebody asks for it.
        with showing_originals(getattr(chosen, "with_report", False)):
            code: int = import_module(COMMANDS[chosen.command]).run(chosen)
        return code
    try:
        return start(
            chosen.folder,
            browser=not chosen.no_browser,
            copy_only=chosen.copy_only,
            allow_root=chosen.allow_root,
        )
    except KeyboardInterrupt:
        return 0  # this is how JupyterLab is closed
