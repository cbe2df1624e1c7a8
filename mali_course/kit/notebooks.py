"""Re-executes and normalises the notebooks: ``python -m mali_course.kit.notebooks``.

With ``--check`` it changes nothing and fails if a notebook is not in its normal form.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from mali_course.core.content import notebooks_folder
from mali_course.core.lessons import lessons

__all__ = ["execute", "faults", "main", "normal"]

_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def normal(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook in its normal form.

    Without widget state (a page with it shows dead widgets, one without it the static question),
    without times and versions, with cells numbered in their order, and with the lesson's title.

    Examples
    --------
    >>> from nbformat import v4
    >>> normal(v4.new_notebook(metadata={"widgets": {}})).metadata.get("widgets") is None
    True
    """
    copy = nbformat.from_dict(notebook)
    title = next(
        (
            cell.source.splitlines()[0].lstrip("# ")
            for cell in copy.cells
            if cell.source.startswith("# ")
        ),
        "",
    )
    copy.metadata = nbformat.from_dict(
        {"kernelspec": _KERNEL, "language_info": {"name": "python"}, "title": title}
    )
    copy.nbformat, copy.nbformat_minor = 4, 5
    number = 0
    for cell in copy.cells:
        kept = {
            name: cell.metadata[name] for name in ("tags", "slideshow") if name in cell.metadata
        }
        cell.metadata = nbformat.from_dict(kept)
        cell.pop("attachments", None)
        if cell.cell_type == "code":
            number += 1
            cell.execution_count = number
            for output in cell.outputs:
                if "execution_count" in output:
                    output.execution_count = number
                if "metadata" in output:
                    output.metadata = nbformat.from_dict({})
                # The id of a live widget means nothing once its kernel is gone.
                output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    return copy


def text(notebook: NotebookNode) -> str:
    """Return the text of a notebook's file."""
    return nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n"


def execute(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook run from start to end by a learner who has not answered anything yet."""
    from nbclient import NotebookClient

    with tempfile.TemporaryDirectory() as home:
        before = os.environ.get("MALI_COURSE_HOME")
        os.environ["MALI_COURSE_HOME"] = home
        try:
            copy = nbformat.from_dict(notebook)
            NotebookClient(
                copy,
                timeout=120,
                kernel_name="python3",
                store_widget_state=False,
                record_timing=False,
            ).execute(cwd=str(notebooks_folder()))
        finally:
            if before is None:
                del os.environ["MALI_COURSE_HOME"]
            else:
                os.environ["MALI_COURSE_HOME"] = before
    return copy


def faults(path: Path) -> list[str]:
    """Return what is wrong with the form of a notebook's file, in plain sentences."""
    stored = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(stored, as_version=4)
    found = []
    ids = [cell.get("id", "") for cell in notebook.cells]
    if len(set(ids)) < len(ids) or not all(ids):
        found.append(f"{path.name}: each cell needs an id of its own.")
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if any(cell.execution_count is None for cell in code):
        found.append(f"{path.name}: a code cell was never run.")
    if any(output.output_type == "error" for cell in code for output in cell.outputs):
        found.append(f"{path.name}: a code cell ended with an error.")
    if text(normal(notebook)) != stored:
        found.append(
            f"{path.name}: not in its normal form. Run: python -m mali_course.kit.notebooks"
        )
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m mali_course.kit.notebooks", description=__doc__
    )
    parser.add_argument("--check", action="store_true", help="change nothing; fail on a fault")
    parser.add_argument("names", nargs="*", help="file names; none means all lessons")
    chosen = parser.parse_args(arguments)
    bad = 0
    for name in chosen.names or [one.notebook for one in lessons()]:
        path = notebooks_folder() / name
        if not path.is_file():
            print(f"There is no notebook {name} in {notebooks_folder()}.", file=sys.stderr)
            return 1
        if chosen.check:
            for fault in faults(path):
                bad += 1
                print(fault)
        else:
            from nbclient.exceptions import CellExecutionError

            try:
                done = execute(nbformat.read(path, as_version=4))
            except CellExecutionError as problem:
                # The file stays as it was; the message names the cell.
                print(
                    f"{name} was not changed: a cell ended with an error.\n{problem}",
                    file=sys.stderr,
                )
                return 1
            path.write_text(text(normal(done)), encoding="utf-8")
            print(f"{name} was run again.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
