"""The command ``mali-course``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from mali_course.errors import CourseError
from mali_course.words import say

__all__ = ["main"]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mali-course", description=say("cli.main.about"))
    commands = parser.add_subparsers(dest="command")
    start = commands.add_parser(
        "start",
        help=say("cli.main.start"),
        description=say("cli.main.start"),
        epilog=say("cli.main.example", command="mali-course start --folder my-mali-course"),
    )
    start.add_argument("--folder", type=Path, help=say("cli.start.folder"))
    start.add_argument("--no-browser", action="store_true", help=say("cli.start.no_browser"))
    commands.add_parser(
        "doctor",
        help=say("cli.main.doctor"),
        description=say("cli.main.doctor"),
        epilog=say("cli.main.example", command="mali-course doctor"),
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
        Exit code: 0, or 1 where something is wrong that a plain sentence has named.

    Examples
    --------
    >>> main(["doctor"])  # doctest: +SKIP
    0
    """
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if chosen.command is None:
        parser.print_help()
        return 0
    try:
        if chosen.command == "doctor":
            from mali_course.doctor import examine

            return examine(print)
        from mali_course.start import start

        return start(chosen.folder, browser=not chosen.no_browser)
    except CourseError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
