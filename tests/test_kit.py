"""The maintainers' commands say plainly what they did, and what is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from mali_course.core.edition import EDITION
from mali_course.core.lessons import Lesson, lessons
from mali_course.kit import links, notebooks
from mali_course.kit.notebook_blocks import stored_blocks
from mali_course.kit.start_button import start_paragraph


def test_every_file_names_the_address_of_pyproject() -> None:
    assert links.main(["--check"]) == 0


def test_a_changed_address_is_carried_to_every_place() -> None:
    text = "[b](https://mybinder.org/v2/gh/OWNER/REPO/HEAD?x) https://github.com/OWNER/REPO.git"
    done = links.with_repository(text, "someone/course")
    assert "gh/someone/course/HEAD" in done
    assert "github.com/someone/course.git" in done
    assert "OWNER" not in done
    link = "repo=https%3A%2F%2Fgithub.com%2FOWNER%2FREPO&urlpath=lab%2Ftree%2FREPO%2Fnotebooks"
    done = links.with_repository(link, "someone/course")
    assert "github.com%2Fsomeone%2Fcourse&" in done
    assert done.endswith("lab%2Ftree%2Fcourse%2Fnotebooks")
    other = "https://github.com/jupyterlab/jupyterlab"
    assert links.with_repository(other, "a/b") == other


def test_the_notebooks_are_in_their_normal_form() -> None:
    assert notebooks.main(["--check"]) == 0


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(notebooks, "notebooks_folder", lambda: tmp_path)
    return tmp_path


def _write(path: Path, source: str) -> None:
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell(source)]), path)


def test_a_notebook_that_was_never_run_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(folder / "new.ipynb", "1 + 1")
    assert notebooks.main(["--check", "new.ipynb"]) == 1
    said = capsys.readouterr().out
    assert "never run" in said
    assert "not in its normal form" in said


def test_running_a_notebook_again_puts_it_into_its_normal_form(folder: Path) -> None:
    _write(folder / "new.ipynb", "1 + 1")
    assert notebooks.main(["new.ipynb"]) == 0
    assert notebooks.notebook_faults(folder / "new.ipynb") == []
    first = (folder / "new.ipynb").read_bytes()
    assert notebooks.main(["new.ipynb"]) == 0
    assert (folder / "new.ipynb").read_bytes() == first


def test_a_failing_cell_leaves_the_notebook_as_it_was(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(folder / "new.ipynb", "1 / 0")
    before = (folder / "new.ipynb").read_bytes()
    assert notebooks.main(["new.ipynb"]) == 1
    assert (folder / "new.ipynb").read_bytes() == before
    assert "was not changed" in capsys.readouterr().err


TAUGHT = [
    'table = mali.load("us_aid")\ntable',
    'mali.check("01-30", ...)',
    'mali.check("01-30", 2 * 3)',
    "139000 / 201000",
    "import pandas",
    "half = (",
]


@pytest.mark.parametrize("source", TAUGHT)
def test_code_that_is_taught_is_seen(source: str) -> None:
    cell = v4.new_code_cell(source, metadata={"jupyter": {"source_hidden": True}})
    done = notebooks.normal_form(v4.new_notebook(cells=[cell])).cells[0]
    assert "jupyter" not in done.metadata


@pytest.mark.parametrize(
    "source", ["import mali_course as mali", 'mali.ask("00-15")', "mali.test()", "mali.read(1)\n"]
)
def test_code_that_only_calls_the_course_is_out_of_sight(source: str) -> None:
    cells = [v4.new_code_cell(source), v4.new_markdown_cell(source)]
    done = notebooks.normal_form(v4.new_notebook(cells=cells)).cells
    assert done[0].metadata.jupyter == {"source_hidden": True}
    assert "jupyter" not in done[1].metadata


def test_code_hidden_or_seen_in_the_wrong_place_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = notebooks.normal_form(v4.new_notebook(cells=[v4.new_code_cell('mali.terms("00")')]))
    book.cells.append(v4.new_code_cell("1 + 1", metadata={"jupyter": {"source_hidden": True}}))
    book.cells[0].metadata.clear()
    nbformat.write(book, folder / "new.ipynb")
    assert notebooks.main(["--check", "new.ipynb"]) == 1
    said = capsys.readouterr().out
    assert f"{book.cells[0].id} only calls the course: its code should be hidden." in said
    assert f"the code of {book.cells[1].id} is taught and should be seen." in said


def test_a_lesson_is_known_by_its_number_and_nobody_seems_to_have_worked_there() -> None:
    head = v4.new_markdown_cell("# Mali at a Glance")
    ran = v4.new_output("execute_result", {"text/plain": "2"}, execution_count=7)
    code = v4.new_code_cell("1 + 1", execution_count=7, outputs=[ran])
    done = notebooks.normal_form(v4.new_notebook(cells=[head, code]))
    assert done.metadata.mali_course == {"edition": EDITION, "lesson": "01"}
    assert done.cells[1].execution_count is None
    assert done.cells[1].outputs[0].execution_count is None
    other = v4.new_notebook(cells=[v4.new_markdown_cell("# Another subject")])
    assert "mali_course" not in notebooks.normal_form(other).metadata


def test_a_lesson_opens_with_one_button_that_starts_it() -> None:
    head = v4.new_markdown_cell("# Mali at a Glance\n\nPromise.\n\n- Time")
    done = notebooks.normal_form(v4.new_notebook(cells=[head]))
    again = notebooks.normal_form(done).cells[0].source
    assert again == done.cells[0].source == f"{head.source}\n\n{start_paragraph()}"
    other = v4.new_notebook(cells=[v4.new_markdown_cell("# Another subject")])
    assert "mali-start" not in notebooks.normal_form(other).cells[0].source


def test_the_button_carries_out_commands_in_order_and_each_has_its_arguments() -> None:
    found = re.search(r"data-commandlinker-args='([^']*)'", start_paragraph())
    assert found
    steps = json.loads(found.group(1))
    assert steps["commands"][0] == "notebook:run-all-cells"
    assert len(steps["commands"]) == len(steps["args"])


@pytest.mark.parametrize("one", lessons(), ids=lambda one: one.id)
def test_the_button_stands_in_the_notebook_and_in_nothing_made_from_it(
    one: Lesson, root: Path
) -> None:
    stored = nbformat.read(root / "notebooks" / one.notebook, as_version=4)
    assert sum("mali-start" in cell.source for cell in stored.cells) == 1
    texts = [block.source for block in stored_blocks(one)]
    assert texts[0].startswith(f"# {one.title}")
    assert not any("mali-start" in text or "<button" in text for text in texts)


def test_an_unknown_notebook_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert notebooks.main(["nothing.ipynb"]) == 1
    assert "nothing.ipynb" in capsys.readouterr().err


def test_every_lesson_has_its_notebook(root: Path) -> None:
    found = {path.name for path in (root / "notebooks").glob("*.ipynb")}
    assert found == {one.notebook for one in lessons()}
