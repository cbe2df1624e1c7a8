"""Carries two addresses to the files that name them: the project's, and those of the report.

The first stands in ``pyproject.toml``, the others in ``data/report/report.toml``.

``python -m mali_course.kit.links`` rewrites them; with ``--check`` it changes nothing and fails
where one differs.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

from mali_course.core.bibliography import report_places_markdown
from mali_course.core.report import about_report
from mali_course.core.whole_files import write_whole

__all__ = ["main", "with_places", "with_repository"]

_ROOT = Path(__file__).resolve().parents[2]
# The bibliography has addresses of other projects, which stay as they are.
_WITH_REPOSITORY = (
    "README.md", "CITATION.cff", "data/teaching/teaching.md.j2", "data/teaching/workshop.md.j2",
    "docs/teaching.md", "docs/workshop.md",
)
_WITH_PLACES = ("README.md", "CITATION.cff", "data/sources.csv")
_PATTERNS = (
    re.compile(r"(mybinder\.org/v2/gh/)[^/\s)]+/[^/\s)]+"),
    re.compile(r"(github\.com/)(?!jupyter|orgs)[\w.-]+/[\w-]+"),
)
# nbgitpuller's link has the address percent-encoded, and a folder with the repository's name.
_ENCODED = re.compile(r"(github\.com%2F)[\w.-]+%2F[\w-]+")
_FOLDER = re.compile(r"(lab%2Ftree%2F)[\w-]+(?=%2Fnotebooks)")
# The report: its row in the bibliography, its entry in the citation, and the list in the README.
_SOURCE = re.compile(r"(?<=^CRS_2020_01,)((?:[^,\n]*,){2})[^,\n]*", re.MULTILINE)
_CITED = re.compile(r'(number: "IF10116[^"]*"\n(?: .*\n)*? +url: ")[^"]*')
_PLACES = re.compile(r"(<!-- places -->\n).*?(?=\n<!-- end of places -->)", re.DOTALL)


def with_repository(text: str, repository: str) -> str:
    """Return a text with every address of the project set to ``owner/repo``.

    Examples
    --------
    >>> with_repository("https://mybinder.org/v2/gh/OWNER/REPO/HEAD", "me/course")
    'https://mybinder.org/v2/gh/me/course/HEAD'
    """
    for pattern in _PATTERNS:
        text = pattern.sub(rf"\g<1>{repository}", text)
    owner, _, name = repository.partition("/")
    text = _ENCODED.sub(rf"\g<1>{owner}%2F{name}", text)
    return _FOLDER.sub(rf"\g<1>{name}", text)


def with_places(text: str) -> str:
    """Return a text with the places where to find the report as ``report.toml`` has them.

    Examples
    --------
    >>> about_report().url in with_places("CRS_2020_01,CRS,Title,https://example.org,2020")
    True
    """
    url = about_report().url
    for pattern, new in ((_SOURCE, url), (_CITED, url), (_PLACES, report_places_markdown())):
        text = pattern.sub(rf"\g<1>{new}", text)
    return text


def _named_repository() -> str:
    with (_ROOT / "pyproject.toml").open("rb") as file:
        address: str = tomllib.load(file)["project"]["urls"]["Repository"]
    return address.removeprefix("https://github.com/")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    check = "--check" in (sys.argv[1:] if arguments is None else arguments)
    repository = _named_repository()
    differ = 0
    for name in dict.fromkeys((*_WITH_REPOSITORY, *_WITH_PLACES)):
        path = _ROOT / name
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        changed = with_repository(text, repository) if name in _WITH_REPOSITORY else text
        changed = with_places(changed) if name in _WITH_PLACES else changed
        if changed == text:
            continue
        differ += 1
        print(f"{name}: {'differs from the addresses of the project' if check else 'set'}")
        if not check:
            write_whole({path: changed.encode()}, replace=True)
    return 1 if check and differ else 0


if __name__ == "__main__":
    sys.exit(main())
