"""Where the course's content is, and cached readers for it.

Content is `data/` and `notebooks/`. In a wheel they lie inside the package; in a checkout, editable
or bare, beside it.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from mali_course.core.errors import CourseError

__all__ = [
    "checkout_folder",
    "data_files",
    "data_path",
    "notebooks_folder",
    "read_csv",
    "read_toml",
]

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def _content_folder(name: str) -> Path:
    for parent in (_PACKAGE, _PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    raise CourseError(
        f"The folder {name!r} of the course is missing. Install the course again: "
        "its README says how."
    )


def data_path(name: str) -> Path:
    """Return the path of a content file.

    Parameters
    ----------
    name : str
        The file's path inside ``data/``, with forward slashes, such as ``"geo/towns.csv"``.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    CourseError
        If there is no such file.

    Examples
    --------
    >>> data_path("report/outline.csv").name
    'outline.csv'
    """
    file = _content_folder("data") / name
    if not file.exists():
        raise CourseError(
            f"The file data/{name} of the course is missing. Install the course again: "
            "its README says how."
        )
    return file


def data_files(folder: str, suffix: str = ".toml") -> Iterator[Path]:
    """Yield the files of a folder inside ``data/``, in the order of their names.

    Examples
    --------
    >>> [p.stem for p in data_files("lessons")][0]
    '00-start-here'
    """
    yield from sorted(p for p in data_path(folder).iterdir() if p.suffix == suffix)


def notebooks_folder() -> Path:
    """Return the folder with the learner's notebooks as they are shipped.

    Examples
    --------
    >>> (notebooks_folder() / "00-start-here.ipynb").exists()
    True
    """
    return _content_folder("notebooks")


def checkout_folder() -> Path | None:
    """Return the folder of the checkout that the course runs from, or None for an installed one.

    Examples
    --------
    >>> folder = checkout_folder()
    >>> folder is None or (folder / "pyproject.toml").is_file()
    True
    """
    folder = _PACKAGE.parent
    return folder if (folder / "pyproject.toml").is_file() else None


@cache
def _parsed_toml(name: str) -> dict[str, Any]:
    file = data_path(name)
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{file} is not valid TOML: {error}. Mend that line.") from None


def read_toml(name: str) -> Mapping[str, Any]:
    """Read a TOML file of ``data/``, once.

    Parameters
    ----------
    name : str
        Path inside ``data/``.

    Raises
    ------
    CourseError
        If the file is missing or not valid TOML; the message names the file and the line.

    Examples
    --------
    >>> read_toml("lessons/01-mali-at-a-glance.toml")["id"]
    '01'
    """
    return _parsed_toml(name)


@cache
def read_csv(name: str) -> tuple[dict[str, str], ...]:
    """Read a CSV file of ``data/`` as text cells, once.

    Parameters
    ----------
    name : str
        Path inside ``data/``; UTF-8, comma-separated, with a header.

    Examples
    --------
    >>> read_csv("report/outline.csv")[0]["locator"]
    '1.1.1'
    """
    with data_path(name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
