"""Re-executes and normalises the notebooks: ``python -m mali_course.kit.notebooks``.

With ``--check`` it changes nothing and fails if a notebook is not in its normal form.
"""

from __future__ import annotations

import argparse
import ast
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from mali_course.core.content import notebooks_folder
from mali_course.core.edition import EDITION
from mali_course.core.kernels import with_variables
from mali_course.core.lessons import lessons
from mali_course.core.whole_files import write_whole
from mali_course.kit.notebook_blocks import only_calls_the_course
from mali_course.kit.start_button import with_start

__all__ = ["execute_notebook", "main", "normal_form", "notebook_faults"]

_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def normal_form(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook in its normal form.

    Without widget state (a page with it shows dead widgets, one without it the static question),
    without times, versions and the numbers of a run that is over. With the lesson's title and its
    number, by which the JupyterLab extension knows a page of the course, and with the button that
    starts it. The code of a cell that only calls the course is out of sight and one click away;
    code that is taught stays visible. No cell can be deleted: beside the forms JupyterLab takes
    letters for commands, and two of them take a question away without a word.

    Examples
    --------
    >>> from nbformat import v4
    >>> notebook = v4.new_notebook(metadata={"widgets": {}})
    >>> normal_form(notebook).metadata.get("widgets") is None
    True
    """
    copy = nbformat.from_dict(notebook)
    opening = next((cell for cell in copy.cells if cell.source.startswith("# ")), None)
    title = opening.source.splitlines()[0].lstrip("# ") if opening else ""
    copy.metadata = nbformat.from_dict(
        {"kernelspec": _KERNEL, "language_info": {"name": "python"}, "title": title}
    )
    number = next((one.id for one in lessons() if one.title == title), "")
    if opening and number:
        copy.metadata["mali_course"] = {"edition": EDITION, "lesson": number}
        opening.source = with_start(opening.source)
    copy.nbformat, copy.nbformat_minor = 4, 5
    for cell in copy.cells:
        cell.metadata = nbformat.from_dict(_kept_metadata(cell))
        cell.pop("attachments", None)
        if cell.cell_type == "code":
            _forget_run(cell)
    return copy


def _kept_metadata(cell: NotebookNode) -> dict[str, object]:
    """Return what the normal form says of a cell, its names in the order of the alphabet."""
    kept = {name: cell.metadata[name] for name in ("slideshow", "tags") if name in cell.metadata}
    hidden = {"jupyter": {"source_hidden": True}} if _is_hidden(cell) else {}
    return {"deletable": False, **hidden, **kept}


def _is_hidden(cell: NotebookNode) -> bool:
    """Whether the code of a cell belongs out of sight."""
    return cell.cell_type == "code" and only_calls_the_course(cell.source)


def _forget_run(cell: NotebookNode) -> None:
    """Take away what tells of the run: a numbered cell looks as if somebody had worked here."""
    cell.execution_count = None
    for output in cell.outputs:
        if "execution_count" in output:
            output.execution_count = None
        if "metadata" in output:
            output.metadata = nbformat.from_dict({})
        # The id of a live widget means nothing once its kernel is gone.
        output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)


def _file_text(notebook: NotebookNode) -> str:
    return nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n"


def _nobody(home: str) -> dict[str, str]:
    report = Path(home, "no-report.json")
    return {"MALI_COURSE_HOME": home, "MALI_COURSE_REPORT": str(report)}


def execute_notebook(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook run from start to end by a learner who has not answered anything yet.

    Nor has anybody brought the report: what is stored holds none of its sentences.
    """
    copy = nbformat.from_dict(notebook)
    client = NotebookClient(
        copy, timeout=120, kernel_name="python3", store_widget_state=False, record_timing=False
    )
    with tempfile.TemporaryDirectory() as home, with_variables(_nobody(home)):
        client.execute(cwd=str(notebooks_folder()))
    return copy


def _lacks_result(cell: NotebookNode) -> bool:
    """Whether a cell that ends with a value shows none, as before it is first run."""
    try:
        body = ast.parse(cell.source).body
    except SyntaxError:  # it cannot have run; a run says so
        return not cell.outputs
    return bool(body) and isinstance(body[-1], ast.Expr) and not cell.outputs


def _visibility_faults(cell: NotebookNode) -> Iterator[str]:
    """Yield a fault where code that is taught is hidden, or a mere call of the course is seen."""
    hidden = cell.metadata.get("jupyter", {}).get("source_hidden", False)
    if hidden and not _is_hidden(cell):
        yield f"the code of {cell.get('id')} is taught and should be seen."
    elif _is_hidden(cell) and not hidden:
        yield f"{cell.get('id')} only calls the course: its code should be hidden."


def _cell_faults(cells: list[NotebookNode]) -> Iterator[str]:
    ids = [cell.get("id", "") for cell in cells]
    code = [cell for cell in cells if cell.cell_type == "code"]
    if len(set(ids)) < len(ids) or not all(ids):
        yield "each cell needs an id of its own."
    if any(map(_lacks_result, code)):
        yield "a code cell was never run."
    if any(output.output_type == "error" for cell in code for output in cell.outputs):
        yield "a code cell ended with an error."
    for cell in code:
        yield from _visibility_faults(cell)


def notebook_faults(path: Path) -> list[str]:
    """Return what is wrong with the form of a notebook's file, in plain sentences."""
    stored = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(stored, as_version=4)
    faults = list(_cell_faults(notebook.cells))
    if _file_text(normal_form(notebook)) != stored:
        faults.append("not in its normal form. Run: python -m mali_course.kit.notebooks")
    return [f"{path.name}: {fault}" for fault in faults]


def _check_file(path: Path) -> bool:
    faults = notebook_faults(path)
    for fault in faults:
        print(fault)
    return not faults


def _run_again(path: Path) -> bool:
    try:
        done = execute_notebook(nbformat.read(path, as_version=4))
    except CellExecutionError as problem:
        # The file stays as it was; the message names the cell.
        text = f"{path.name} was not changed: a cell ended with an error.\n{problem}"
        print(text, file=sys.stderr)
        return False
    write_whole({path: _file_text(normal_form(done)).encode()}, replace=True)
    print(f"{path.name} was run again.")
    return True


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m mali_course.kit.notebooks", description=__doc__
    )
    parser.add_argument("--check", action="store_true", help="change nothing; fail on a fault")
    parser.add_argument("names", nargs="*", help="file names; none means all lessons")
    chosen = parser.parse_args(arguments)
    good = True
    for name in chosen.names or [lesson.notebook for lesson in lessons()]:
        path = notebooks_folder() / name
        if not path.is_file():
            print(f"There is no notebook {name} in {notebooks_folder()}.", file=sys.stderr)
            return 1
        if chosen.check:
            good = _check_file(path) and good
        elif not _run_again(path):
            return 1
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
