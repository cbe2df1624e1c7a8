"""``python -m mali_course.kit.fingerprints FILE.csv``: the sentences of the report, without a text.

It writes ``data/report/fingerprints.csv`` from a table of the sentences with the columns
``locator`` and ``text``, which stays outside of the project. With ``--check`` it changes nothing
and names the sentences whose fingerprints are not those of the table.
"""

from __future__ import annotations

import csv
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from mali_course.core.content import data_path
from mali_course.core.whole_files import write_whole
from mali_course.original.fingerprints import fingerprint_of
from mali_course.original.readings import clean_lines

__all__ = ["fingerprint_rows", "main"]

_FILE = "report/fingerprints.csv"


def fingerprint_rows(rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return the line of each sentence in the file of the fingerprints.

    Examples
    --------
    >>> fingerprint_rows([{"locator": "9.1.1", "text": "The U.N. counts."}])
    {'9.1.1': '9.1.1,cfc8,b627ded23a2d4bc07985d4bc7795b2ff,3 1 1 6'}
    """
    lines = {}
    for row in rows:
        one = fingerprint_of(row["locator"], " ".join(clean_lines(row["text"])))
        words = " ".join(map(str, one.words))
        lines[one.locator] = f"{one.locator},{one.start},{one.whole},{words}"
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file, or check it; returns the exit code."""
    parser = ArgumentParser(prog="python -m mali_course.kit.fingerprints")
    parser.add_argument("file", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    with options.file.open(encoding="utf-8-sig", newline="") as file:
        made = fingerprint_rows(csv.DictReader(file))
    path = data_path(_FILE)
    if options.check:
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        there = {line.partition(",")[0]: line for line in lines}
        differ = sorted(one for one in {*made, *there} if made.get(one) != there.get(one))
        print(*differ, sep="\n", end="\n" if differ else "")
        return 1 if differ else 0
    text = "\n".join(["locator,start,whole,words", *made.values(), ""])
    write_whole({path: text.encode()}, replace=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
