"""No file of the project, and no page that it makes, holds a sentence of the report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from mali_course.kit.site import site_files
from mali_course.original.fingerprints import (
    START,
    Fingerprint,
    fingerprint_of,
    fingerprints,
    letters_of,
    start_of,
    whole_of,
)

_NOT_OURS = {".git", "node_modules", "__pycache__", "build", "dist"}
_NO_TEXT = {".png", ".ico", ".woff2", ".gz", ".pyc", ".pdf", ".zip"}


def _sentences_in(text: str, known: Sequence[Fingerprint]) -> set[str]:
    """Return which sentences begin at a word of a text, whatever signs are between the letters."""
    by_start: dict[str, list[Fingerprint]] = {}
    for one in known:
        by_start.setdefault(one.start, []).append(one)
    letters, places = letters_of(text)
    found = set()
    for begin, place in enumerate(places):
        if begin and place - places[begin - 1] == 1:
            continue
        for one in by_start.get(start_of(letters[begin : begin + START]), ()):
            if whole_of(letters[begin : begin + one.length]) == one.whole:
                found.add(one.locator)
    return found


def _texts_in(value: Any) -> Iterator[str]:
    """Yield the texts of a notebook: those of a cell and of an output are lists of lines."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and all(isinstance(one, str) for one in value):
        yield "".join(value)
    elif isinstance(value, list | dict):
        for name, inside in value.items() if isinstance(value, dict) else enumerate(value):
            if name != "image/png":
                yield from _texts_in(inside)


def _texts(name: str, content: bytes) -> Iterator[str]:
    """Yield what a file says, with and without the tags that may part its words."""
    text = content.decode("utf-8", errors="replace")
    for one in _texts_in(json.loads(text)) if name.endswith(".ipynb") else [text]:
        yield one
        if "</" in one:
            yield unescape(re.sub(r"<[^<>]{0,500}>", "\0", one))


def _holding(name: str, content: bytes, known: Sequence[Fingerprint]) -> set[str]:
    return {one for text in _texts(name, content) for one in _sentences_in(text, known)}


def _files(root: Path) -> Iterator[Path]:
    for path in sorted(root.iterdir()):
        if path.is_dir() and not path.is_symlink():
            is_ours = path.name not in _NOT_OURS and not path.name.endswith("_cache")
            if is_ours and not (path / "pyvenv.cfg").exists():  # the test command makes one inside
                yield from _files(path)
        elif path.is_file() and path.suffix not in _NO_TEXT:
            yield path


def test_no_file_of_the_project_holds_a_sentence_of_the_report(root: Path) -> None:
    files = list(_files(root))
    names = {path.suffix for path in files}
    assert {".ipynb", ".py", ".toml", ".csv", ".md", ".js", ".css", ".j2"} <= names
    assert len(files) > 500
    known = fingerprints()
    holding = {
        str(path): found
        for path in files
        if (found := _holding(path.name, path.read_bytes(), known))
    }
    assert holding == {}


def test_no_page_of_the_site_holds_a_sentence_of_the_report() -> None:
    known = fingerprints()
    pages = site_files()
    assert len(pages) > 10
    for name, content in pages.items():
        if Path(name).suffix not in _NO_TEXT:
            raw = content if isinstance(content, bytes) else content.encode()
            assert _holding(name, raw, known) == set(), name


_PLANTED = "A made-up sentence, with “marks” and a hyphen-ated word."


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("words.toml", f'text = "Before. {_PLANTED} After."'),
        ("code.py", '"A made-up sentence, with “marks” "\n    "and a hyphen-ated word."'),
        ("page.html", "<p>A made-up <b>sent</b>ence, with &ldquo;marks” and a hyphen-ated word."),
        ("one.ipynb", json.dumps({"cells": [{"source": [_PLANTED[:20], _PLANTED[20:]]}]})),
        ("two.ipynb", json.dumps({"outputs": [{"data": {"text/html": f"<p>{_PLANTED}</p>"}}]})),
        ("table.csv", f'locator,text\n9.1.1,"{_PLANTED}"'),
    ],
)
def test_a_planted_sentence_is_found(name: str, content: str, tmp_path: Path) -> None:
    known = [fingerprint_of("9.1.1", _PLANTED), fingerprint_of("9.1.2", "Another one of them.")]
    (tmp_path / name).write_text(content, encoding="utf-8")
    [path] = _files(tmp_path)
    assert _holding(path.name, path.read_bytes(), known) == {"9.1.1"}
