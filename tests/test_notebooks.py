"""Every notebook runs as shown, accepts every solution and refuses every wrong answer.

A strict run of nbval compares the learner's notebooks with what is stored. Solved and mistaken
copies, whose expected outputs are written from the item bank, run in this process each time and
in a kernel at night.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from contextlib import redirect_stdout
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from notebook_copies import ANSWERS, Way, copy_of
from wrong_responses import mistakes

import mali_course as mali
from mali_course.core.content import notebooks_folder
from mali_course.core.lessons import lessons
from mali_course.kit.notebooks import notebook_faults
from mali_course.kit.start_button import without_start
from mali_course.questions import bank

NOTEBOOKS = [notebooks_folder() / one.notebook for one in lessons()]
SANITIZE = Path(__file__).with_name("nbval_sanitize.cfg")


def _path() -> str:
    """Return where the kernel finds what the cells of the copies call."""
    return os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(SANITIZE.parent)]))


def number_cells(path: Path) -> None:
    """Number the code cells of a copy: nbval takes those without a number as never run."""
    notebook = nbformat.read(path, as_version=4)
    for number, cell in enumerate(code_cells(notebook), start=1):
        cell.execution_count = number
    nbformat.write(notebook, path)


def nbval(folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run nbval strictly over a folder's notebooks as a learner who has answered nothing yet."""
    for path in folder.glob("*.ipynb"):
        number_cells(path)
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--nbval",
            f"--nbval-sanitize-with={SANITIZE}",
            "--nbval-cell-timeout=120",
            "--rootdir",
            str(folder),
            "-p",
            "no:cacheprovider",
            str(folder),
        ],
        env={**os.environ, "MALI_COURSE_HOME": str(home), "PYTHONPATH": _path()},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def passed(done: subprocess.CompletedProcess[str]) -> int:
    assert done.returncode == 0, done.stdout[-6000:]
    found = re.search(r"(\d+) passed", done.stdout)
    assert found, done.stdout[-2000:]
    return int(found.group(1))


def read_all() -> list[NotebookNode]:
    return [nbformat.read(path, as_version=4) for path in NOTEBOOKS]


def test_learner_notebooks_run_as_they_are_shown(tmp_path: Path) -> None:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for path in NOTEBOOKS:
        (folder / path.name).write_bytes(path.read_bytes())
    cells = sum(len(code_cells(notebook)) for notebook in read_all())
    assert passed(nbval(folder, tmp_path / "home")) == cells


WAYS = pytest.mark.parametrize("way", ["solved", "mistaken"])


def written(cell: NotebookNode, names: dict[str, object]) -> str:
    """Run a cell here, without a kernel, and return what it prints."""
    with redirect_stdout(io.StringIO()) as printed:
        exec(compile(cell.source, "cell", "exec"), names)
    return printed.getvalue()


@WAYS
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_answers_get_the_feedback_of_the_bank(
    path: Path, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cells of a copy run in this process, as a kernel would run them."""
    monkeypatch.chdir(path.parent)
    names: dict[str, object] = {}
    given = 0
    for cell in code_cells(copy_of(nbformat.read(path, as_version=4), way)):
        printed = written(cell, names)
        if ANSWERS in cell.metadata.get("tags", ()):
            assert printed == "".join(output.text for output in cell.outputs), cell.source
            given += cell.source.startswith("give(") or "told(" in cell.source
    items = bank.lesson_items(path.stem[:2])
    expected = len(items) if way == "solved" else sum(len(mistakes(item)) for item in items)
    assert given >= expected


@pytest.mark.nightly
@WAYS
def test_copies_get_the_feedback_of_the_bank_in_a_kernel(tmp_path: Path, way: Way) -> None:
    folder = tmp_path / way
    folder.mkdir()
    cells = 0
    for path, notebook in zip(NOTEBOOKS, read_all(), strict=True):
        copy = copy_of(notebook, way)
        nbformat.write(copy, folder / path.name)
        cells += len(code_cells(copy))
    assert passed(nbval(folder, tmp_path / "home")) == cells


def test_a_wrong_expectation_fails_the_run(tmp_path: Path) -> None:
    """The strict run can fail: a copy that is told to expect "correct" for a mistake does."""
    notebook = nbformat.read(NOTEBOOKS[0], as_version=4)
    copy = copy_of(notebook, "mistaken")
    spoiled = next(
        cell
        for cell in code_cells(copy)
        if "give(" in cell.source and "not correct" in str(cell.outputs)
    )
    spoiled.outputs[0].text = spoiled.outputs[0].text.replace("not correct", "correct")
    copy.cells = copy.cells[: copy.cells.index(spoiled) + 1]
    (tmp_path / "n").mkdir()
    nbformat.write(copy, tmp_path / "n" / "spoiled.ipynb")
    done = nbval(tmp_path / "n", tmp_path / "home")
    assert done.returncode == 1
    assert "1 failed" in done.stdout


def test_removed_feedback_is_found(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy prints the promised feedback only if the reply shows it."""
    from answering_cells import give

    from mali_course.forms.responses import values_of
    from mali_course.views import answering

    item = next(item for item in bank.items() if item.kind == "choice")
    mistake = mistakes(item)[0]
    values = values_of(item, mistake.response)
    give(mali.ask(item.id), item.id, values, "check", mistake.feedback)
    assert mistake.feedback in capsys.readouterr().out.splitlines()
    monkeypatch.setattr(answering, "feedback_html", lambda told, item, **_: ("<p>Not yet.</p>", ""))
    give(mali.ask(item.id), item.id, values, "check", mistake.feedback)
    assert "The feedback is missing" in capsys.readouterr().out


def test_an_answer_given_away_is_found_and_a_repeated_guess_is_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside "Before reading, your guess was", the key is the learner's own."""
    from answering_cells import give

    from mali_course.forms.responses import values_of
    from mali_course.views import answering

    item = next(
        item for item in bank.items() if item.kind == "choice" and len(item.key_lines()[0]) > 12
    )
    mali.guess(item.id).send_values(values_of(item, item.key_response()), "keep")
    values = values_of(item, mistakes(item)[0].response)
    give(mali.ask(item.id), item.id, values, "check")
    assert capsys.readouterr().out == f"{item.id}: not correct\n"
    told_key = f"<p>It is {item.key_lines()[0]}</p>"
    monkeypatch.setattr(answering, "feedback_html", lambda told, item, **_: (told_key, ""))
    give(mali.ask(item.id), item.id, values, "check")
    assert "The answer was given away" in capsys.readouterr().out


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_in_its_normal_form(path: Path) -> None:
    assert notebook_faults(path) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_item_of_the_lesson_is_asked_in_its_notebook(path: Path) -> None:
    source = "\n".join(cell.source for cell in code_cells(nbformat.read(path, as_version=4)))
    asked = re.findall(r'mali\.ask\("([0-9-]+)"\)', source)
    checked = re.findall(r'mali\.check\("([0-9-]+)"', source)
    items = bank.lesson_items(path.stem[:2])
    calls = {"ask": (asked, items), "check": (set(checked), [i for i in items if i.kind == "code"])}
    for call, (called, needed) in calls.items():
        ids = [item.id for item in needed]
        for missing in set(ids).difference(called):
            pytest.fail(f'Write a cell mali.{call}("{missing}") into notebooks/{path.name}')
        assert sorted(called) == sorted(ids), (
            f"notebooks/{path.name} calls mali.{call} for an item twice, or for one that is not in "
            f"the lesson's items in data/items: {sorted(called)}"
        )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_starter_cells_are_those_of_the_bank(path: Path) -> None:
    cells = [cell.source for cell in code_cells(nbformat.read(path, as_version=4))]
    for item in bank.lesson_items(path.stem[:2]):
        if item.kind == "code":
            assert item.starter in cells  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_keeps_the_house_style(path: Path) -> None:
    """One H1, no skipped heading level, short code cells, no HTML boxes, minutes as planned."""
    notebook = nbformat.read(path, as_version=4)
    text = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    levels = [len(mark) for mark in re.findall(r"^(#+) ", text, re.MULTILINE)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert "alert-" not in text
    assert not re.search(r"<(div|span|img|script|style)", text)
    words = len(re.findall(r"\w+", without_start(text)))
    # The mixed test has no text to read beside its questions.
    least = 700 if bank.lesson_items(path.stem[:2]) else 300
    assert least <= words <= 1_600, (
        f"The Markdown of notebooks/{path.name} has {words} words; a lesson has {least} to 1600"
    )
    for cell in code_cells(notebook):
        assert len(cell.source.splitlines()) <= 6, cell.source
    one = next(one for one in lessons() if one.notebook == path.name)
    assert text.startswith(f"# {one.title}")
    assert re.search(rf"\b{one.minutes:g} minutes\b", text)
    for objective in one.objectives:
        assert objective.text.rstrip(".").lower() in text.lower(), objective.text
