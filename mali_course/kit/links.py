"""Carries the project's address from pyproject.toml to the files that name it.

``python -m mali_course.kit.links`` rewrites them; with ``--check`` it changes nothing and fails
where one differs.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

__all__ = ["main", "rewritten"]

_FILES = (
    "README.md",
    "CITATION.cff",
    "data/teaching/teaching.md.j2",
    "data/teaching/workshop.md.j2",
    "docs/teaching.md",
    "docs/workshop.md",
)
_PATTERNS = (
    re.compile(r"(mybinder\.org/v2/gh/)[^/\s)]+/[^/\s)]+"),
    re.compile(r"(github\.com/)(?!jupyter|orgs)[\w.-]+/[\w-]+"),
)
# nbgitpuller's link has the address percent-encoded, and a folder with the repository's name.
_ENCODED = re.compile(r"(github\.com%2F)[\w.-]+%2F[\w-]+")
_FOLDER = re.compile(r"(lab%2Ftree%2F)[\w-]+(?=%2Fnotebooks)")


def rewritten(text: str, repository: str) -> str:
    """Return a text with every address of the project set to ``owner/repo``.

    Examples
    --------
    >>> rewritten("https://mybinder.org/v2/gh/OWNER/REPO/HEAD", "me/course")
    'https://mybinder.org/v2/gh/me/course/HEAD'
    """
    for pattern in _PATTERNS:
        text = pattern.sub(lambda found: found.group(1) + repository, text)
    owner, _, name = repository.partition("/")
    text = _ENCODED.sub(lambda found: f"{found.group(1)}{owner}%2F{name}", text)
    return _FOLDER.sub(lambda found: found.group(1) + name, text)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    check = "--check" in (sys.argv[1:] if arguments is None else arguments)
    root = Path(__file__).resolve().parents[2]
    with (root / "pyproject.toml").open("rb") as file:
        address = tomllib.load(file)["project"]["urls"]["Repository"]
    repository = address.removeprefix("https://github.com/")
    differ = 0
    for name in _FILES:
        path = root / name
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        if rewritten(text, repository) != text:
            differ += 1
            print(f"{name}: " + ("differs from" if check else "set to") + f" {repository}")
            if not check:
                path.write_text(rewritten(text, repository), encoding="utf-8")
    return 1 if check and differ else 0


if __name__ == "__main__":
    sys.exit(main())
