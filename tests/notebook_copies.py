"""Solved and mistaken copies of a notebook: every question answered right, or wrong in each way.

The expected outputs are written from the item bank and not recorded, so that a run of nbval over a
copy proves that the questions judge as the bank says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from nbformat import NotebookNode, v4
from wrong_responses import mistakes

from mali_course.argument.claims import the_argument
from mali_course.core.messages import say
from mali_course.forms.responses import values_of
from mali_course.practice.sampling import SIZE, askable_items
from mali_course.questions.bank import find, lesson_items
from mali_course.questions.item import Item
from mali_course.questions.kinds.code import Code
from mali_course.questions.kinds.open import Open

__all__ = ["ANSWERS", "copy_of"]

ANSWERS = "answers"  # tag of the cells that a copy has and the learner's notebook has not
Way = Literal["solved", "mistaken"]

_CALL = re.compile(r'^mali\.(ask|guess|check|progress)\(\s*"([0-9-]+)"', re.MULTILINE)
_PLAIN_CALL = re.compile(r"^mali\.(test|argue)\(\)", re.MULTILINE)
_IMPORT = "from answering_cells import give, join, standing, take_test, told"


def _cell(source: str, expected: str) -> NotebookNode:
    cell = v4.new_code_cell(source)
    # A cell that has never run is passed by nbval unread: the number makes it compare.
    cell.execution_count = 1
    cell.metadata["tags"] = [ANSWERS]
    if expected:
        cell.outputs = [v4.new_output("stream", name="stdout", text=expected + "\n")]
    return cell


def _ignored(cell: NotebookNode) -> NotebookNode:
    cell.metadata["tags"] = [*cell.metadata.get("tags", []), "nbval-ignore-output"]
    return cell


def _given(item: Item, response: Any, action: str, feedback: str, state: str) -> NotebookNode:
    values = values_of(item, response)
    return _cell(
        f"give(form, {item.id!r}, {values!r}, {action!r}, {feedback!r})",
        f"{item.id}: {state}" + (f"\n{feedback}" if feedback else ""),
    )


def _key_feedback(item: Item) -> str:
    """Return a feedback of the bank that a right answer must show."""
    options = getattr(item, "options", ())
    for option in options:
        if option.key:
            return str(option.feedback)
    statements = getattr(item, "statements", ())
    if statements:
        return str(statements[0].feedback[statements[0].verdict])
    return str(getattr(item, "right", ""))


def _forms(item: Item, way: Way) -> Iterator[NotebookNode]:
    if isinstance(item, Open):
        # There is no wrong text; one that is too short to read must be refused without a try.
        if way == "mistaken":
            yield _given(item, {"text": " "}, "check", "", "unread")
        else:
            yield _given(item, {"text": item.model}, "check", "", "kept")
            yield _given(item, item.key_response(), "judge", "", "judged")
    elif way == "solved":
        yield _given(item, item.key_response(), "check", _key_feedback(item), "correct")
    else:
        for mistake in mistakes(item):
            yield _given(item, mistake.response, "check", mistake.feedback, "not correct")


def _code(item: Code, way: Way) -> Iterator[NotebookNode]:
    if way == "solved":
        *lines, last = item.solution.splitlines()
        source = "\n".join([*lines, f"told({last}, {item.right!r})"])
        yield _cell(source, f"{item.id}: correct\n{item.right}")
        return
    for mistake in mistakes(item):
        call = f"mali.check({item.id!r}, {mistake.response!r})"
        yield _cell(
            f"told({call}, {mistake.feedback!r})", f"{item.id}: not correct\n{mistake.feedback}"
        )


def _capstone(name: str, way: Way) -> Iterator[NotebookNode]:
    """Yield the cells that follow the mixed test or the argument map."""
    if name == "test":
        right, count = way == "solved", min(SIZE, len(askable_items()))
        said = say("mixed.finished", right=count if right else 0, count=count)
        yield _cell(f"take_test(form, right={right})", said)
        return
    for verdict in ("supported",) if way == "solved" else ("suggested", "absent"):
        count = sum(link.verdict == verdict for link in the_argument().links)
        yield _cell(f"join(form, {verdict!r})", f"{verdict}: {count} of {count}")


def _with_form(cell: NotebookNode) -> NotebookNode:
    """Give the form that a cell shows a name, so that the next cells can answer it."""
    cell.source = f"form = {cell.source}\nform"
    return cell


def _cells(cell: NotebookNode, way: Way) -> Iterator[NotebookNode]:
    call = _CALL.search(cell.source) if cell.cell_type == "code" else None
    if call is None:
        plain = _PLAIN_CALL.search(cell.source) if cell.cell_type == "code" else None
        yield _with_form(cell) if plain else cell
        if plain:
            yield from _capstone(plain[1], way)
        return
    name, target = call.groups()
    if name == "progress":
        yield _ignored(cell)
        if way == "solved":
            count = len(lesson_items(target))
            yield _cell(f"standing({target!r})", f"{count} of {count} done")
        return
    item = find(target)
    if name == "check":
        assert isinstance(item, Code)
        yield from _code(item, way)
        return
    if isinstance(item, Code):
        yield cell
        return
    yield _with_form(cell)
    if name == "guess":
        yield _given(item, item.key_response(), "keep", "", "kept")
    else:
        yield from _forms(item, way)


def copy_of(notebook: NotebookNode, way: Way) -> NotebookNode:
    """Return a copy of a learner's notebook in which every question is answered.

    Parameters
    ----------
    notebook : NotebookNode
        As it is shipped.
    way : {"solved", "mistaken"}
        Answered with the key, or with each wrong answer in turn.

    Returns
    -------
    NotebookNode
        With the outputs that the bank says must come.
    """
    copy = v4.new_notebook(metadata=notebook.metadata)
    copy.cells = [_cell(_IMPORT, "")]
    for cell in notebook.cells:
        copy.cells += _cells(NotebookNode(cell), way)
    for number, cell in enumerate(copy.cells):
        cell.id = f"cell-{number}"
    return copy
