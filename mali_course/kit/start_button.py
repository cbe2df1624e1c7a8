"""The button that starts a lesson: in the stored notebooks, and nowhere else.

It is HTML in the opening cell. In JupyterLab and Notebook 7 it needs no extension: they carry out
the command that a button names. On pages, slides and paper it would be dead, so it is taken out.
"""

from __future__ import annotations

import json

from mali_course.core.messages import say

__all__ = ["START_CLASS", "start_paragraph", "with_start", "without_start"]

START_CLASS = "mali-start"

_COMMAND = "apputils:run-all-enabled"
# Running all goes to the end of the page; the selection leads back to its top.
_STEPS = ("notebook:run-all-cells", "notebook:extend-marked-cells-top", "notebook:deselect-all")


def start_paragraph() -> str:
    """Return the button as one paragraph of Markdown, with a line for where it does nothing.

    Examples
    --------
    >>> print(start_paragraph().partition(" data-")[0])
    <button type="button" class="mali-start"
    """
    steps = json.dumps({"commands": _STEPS, "args": [{} for _ in _STEPS]}, separators=(",", ":"))
    return (
        f'<button type="button" class="{START_CLASS}" data-commandlinker-command="{_COMMAND}"'
        f" data-commandlinker-args='{steps}'>{say('kit_notebooks.start.button')}</button><br>\n"
        f'<small class="{START_CLASS}-else">{say("kit_notebooks.start.otherwise")}</small>'
    )


def without_start(text: str) -> str:
    """Return a text of a notebook without the paragraph of the button.

    Examples
    --------
    >>> without_start(with_start("# Mali at a Glance"))
    '# Mali at a Glance'
    """
    paragraphs = text.split("\n\n")
    return "\n\n".join(one for one in paragraphs if f'class="{START_CLASS}"' not in one)


def with_start(text: str) -> str:
    """Return the opening of a notebook with the button as its last paragraph."""
    return f"{without_start(text)}\n\n{start_paragraph()}"
