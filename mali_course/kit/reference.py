"""Writes what in ``docs/`` comes from ``data/``.

``python -m mali_course.kit.reference`` writes ``docs/glossary.md``, ``docs/sources.md`` and the
guides; with ``--check`` it changes nothing and fails where one is not in step.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from mali_course.core.content import path, read_csv
from mali_course.core.datasets import dataset, names, rows
from mali_course.core.errors import CourseError
from mali_course.core.lessons import lessons
from mali_course.core.messages import say
from mali_course.kit.guides import guide_text

__all__ = ["DOCUMENTS", "bibliography", "glossary", "main"]

# An id in running text, such as UN_QDE135.
_IN_TEXT = re.compile(r"\b[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+\b")


def _place(term: str) -> tuple[str, str]:
    """Return the place of a term in the alphabet: case and accents do not count."""
    bare = unicodedata.normalize("NFKD", term).encode("ascii", "ignore").decode()
    return (re.sub(r"[^a-z0-9 ]", "", bare.lower()), term)


def _meanings() -> dict[str, dict[str, list[str]]]:
    """Return each term with its meanings, and for each meaning the lessons that give it."""
    found: dict[str, dict[str, list[str]]] = {}
    spelled: dict[str, str] = {}
    for lesson in lessons():
        for term in lesson.terms:
            name = spelled.setdefault(term.term.lower(), term.term)
            found.setdefault(name, {}).setdefault(term.meaning, []).append(lesson.id)
    return found


def glossary() -> str:
    """Return the glossary of the whole course as Markdown.

    A term that lessons explain in different words keeps each of its meanings.

    Examples
    --------
    >>> glossary().splitlines()[0]
    '# Glossary'
    """
    meanings = _meanings()
    lines = [
        f"# {say('reference.glossary.title')}",
        "",
        say("reference.made"),
        "",
        say("reference.glossary.about", count=len(meanings), lesson=lessons()[1].id),
    ]
    initial = ""
    for term in sorted(meanings, key=_place):
        first = _place(term)[0][:1].upper()
        if first != initial:
            initial = first
            lines += ["", f"## {initial}", ""]
        told = [
            f"{meaning} ({', '.join(_lesson(number) for number in numbers)})"
            for meaning, numbers in meanings[term].items()
        ]
        if len(told) == 1:
            lines.append(f"- **{term}**: {told[0]}")
        else:
            lines += [f"- **{term}**", *(f"  - {text}" for text in told)]
    return "\n".join(lines) + "\n"


def _lesson(number: str) -> str:
    return say("reference.glossary.lesson", id=number)


def _named() -> Iterator[tuple[str, str]]:
    """Yield each source that a table or the maps name, with the place that names it."""
    for name in names():
        about = dataset(name)
        for source_id in about.source_ids:
            yield source_id, f"`{name}`"
        texts = [cell for row in rows(name) for cell in row.values() if isinstance(cell, str)]
        for text in (*texts, *about.essay.values()):
            for source_id in _IN_TEXT.findall(text):
                yield source_id, f"`{name}`"
    for source_id in _IN_TEXT.findall(path("geo/README.md").read_text(encoding="utf-8")):
        yield source_id, say("reference.sources.maps")


def _ended(text: str) -> str:
    return text.strip().rstrip(".")


def _entry(entry: Mapping[str, str], places: list[str]) -> str:
    """Return one entry of the bibliography."""
    url = entry["url"].replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    title = re.sub(r"([\[\]*_|<>$])", r"\\\1", entry["title"])
    parts = [
        say(
            "reference.sources.entry",
            id=entry["source_id"].replace("_", r"\_"),
            publisher=entry["publisher"],
            title=title,
            url=url,
            date=_ended(entry["version_or_date"]),
            licence=_ended(entry["licence"]),
            read=entry["retrieved_on"],
        )
    ]
    if entry["notes"]:
        parts.append(say("reference.sources.note", note=_ended(entry["notes"]).replace("$", r"\$")))
    parts.append(say("reference.sources.used", places=", ".join(places)))
    return "- " + " ".join(parts)


def _table(name: str) -> str:
    about = dataset(name)
    cells = (f"`{name}`", about.title, about.licence, str(len(about.source_ids)))
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def bibliography() -> str:
    """Return the bibliography of the whole course as Markdown, with its tables and licences.

    Examples
    --------
    >>> bibliography().splitlines()[0]
    '# Sources'
    """
    places: dict[str, list[str]] = defaultdict(list)
    for source_id, place in dict.fromkeys(_named()):
        places[source_id].append(place)
    entries = read_csv("sources.csv")
    lines = [
        f"# {say('reference.sources.title')}",
        say("reference.made"),
        say("reference.sources.about", sources=len(entries), tables=len(names()))
        + " "
        + say("reference.sources.facts"),
        f"## {say('reference.sources.tables')}",
        "\n".join([say("reference.sources.table_head"), *(_table(name) for name in names())]),
        f"## {say('reference.sources.entries')}",
        "\n".join(_entry(entry, places[entry["source_id"]]) for entry in entries),
    ]
    return "\n\n".join(lines) + "\n"


# What each document should hold.
DOCUMENTS: Mapping[str, Callable[[], str]] = {
    "docs/glossary.md": glossary,
    "docs/sources.md": bibliography,
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
            file.write_text(text, encoding="utf-8")
    return 1 if check and differ else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (CourseError, ValueError) as problem:  # a fault of data/ or of a guide
        sys.exit(str(problem))
