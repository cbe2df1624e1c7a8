"""Writes what in ``docs/`` comes from ``data/``.

``python -m mali_course.kit.reference`` writes ``docs/glossary.md``, ``docs/sources.md`` and the
guides; with ``--check`` it changes nothing and fails where one is not in step.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from functools import partial
from itertools import groupby
from pathlib import Path

from mali_course.core.content import read_csv
from mali_course.core.datasets import dataset, dataset_names, source
from mali_course.core.errors import CourseError
from mali_course.core.lessons import lessons
from mali_course.core.messages import say
from mali_course.core.whole_files import write_whole
from mali_course.kit.guides import guide_text
from mali_course.kit.reference_entries import glossary_entries, map_sources, tables_by_source
from mali_course.kit.templating import render

__all__ = ["DOCUMENTS", "glossary_text", "main", "sources_text"]

_IN_ADDRESS = str.maketrans({"(": "%28", ")": "%29", " ": "%20"})


def glossary_text() -> str:
    """Return the glossary of the whole course as Markdown.

    A term that lessons explain in different words keeps each of its meanings.

    Examples
    --------
    >>> glossary_text().splitlines()[0]
    '# Glossary'
    """
    entries = glossary_entries()
    return render(
        "glossary.md",
        count=len(entries),
        lesson=lessons()[1].id,
        letters=groupby(entries, key=lambda entry: entry.initial),
    )


def _without_stop(text: str) -> str:
    return text.strip().rstrip(".")


def _source_text(row: Mapping[str, str]) -> str:
    """Return one entry of the bibliography."""
    places = [f"`{name}`" for name in tables_by_source()[row["source_id"]]]
    if row["source_id"] in map_sources():
        places.append(say("reference.sources.maps"))
    parts = [
        say(
            "reference.sources.entry",
            id=row["source_id"].replace("_", r"\_"),
            publisher=row["publisher"],
            title=re.sub(r"([\[\]*_|<>$])", r"\\\1", row["title"]),
            url=row["url"].translate(_IN_ADDRESS),
            date=_without_stop(row["version_or_date"]),
            licence=_without_stop(row["licence"]),
            on=row["retrieved_on"],
            read=source(row["source_id"]).read_text,
        )
    ]
    if row["notes"]:
        note = _without_stop(row["notes"]).replace("$", r"\$")
        parts.append(say("reference.sources.note", note=note))
    parts.append(say("reference.sources.used", places=", ".join(places)))
    return " ".join(parts)


def sources_text() -> str:
    """Return the bibliography of the whole course as Markdown, with its tables and licences.

    Examples
    --------
    >>> sources_text().splitlines()[0]
    '# Sources'
    """
    sources = [_source_text(row) for row in read_csv("sources.csv")]
    return render("sources.md", sources=sources, tables=[dataset(name) for name in dataset_names()])


# What each document should hold.
DOCUMENTS: Mapping[str, Callable[[], str]] = {
    "docs/glossary.md": glossary_text,
    "docs/sources.md": sources_text,
    "docs/teaching.md": partial(guide_text, "teaching"),
    "docs/workshop.md": partial(guide_text, "workshop"),
}


def main(arguments: list[str] | None = None, root: Path | None = None) -> int:
    """Run the command; returns its exit code.

    Parameters
    ----------
    arguments : list of str, optional
        ``["--check"]`` to change nothing; by default those of the command line.
    root : Path, optional
        Folder of the project; by default the one around the package.
    """
    check = "--check" in (sys.argv[1:] if arguments is None else arguments)
    root = Path(__file__).resolve().parents[2] if root is None else root
    differ = 0
    for name, write in DOCUMENTS.items():
        file = root / name
        now = file.read_text(encoding="utf-8") if file.is_file() else ""
        text = write()
        if now == text:
            continue
        differ += 1
        print(f"{name}: " + ("not in step with data/; write it anew" if check else "written"))
        if not check:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole({file: text.encode()}, replace=True)
    if not differ:
        print(say("reference.in_step", names=", ".join(DOCUMENTS)))
    return 1 if check and differ else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (CourseError, ValueError) as problem:  # a fault of data/ or of a guide
        sys.exit(str(problem))
