"""A small table as HTML that screen readers can walk through, and as text."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

__all__ = ["Table"]


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first column names the row.

    Parameters
    ----------
    caption : str
        What the table holds.
    columns : tuple of str
        Headers, the first one included: no corner is empty.
    rows : tuple of tuple
        As many cells as columns. Numbers are shown with grouped thousands, None as a dash.

    Raises
    ------
    ValueError
        If caption, headers or rows are empty, or a row has another number of cells.

    Examples
    --------
    >>> print(Table("Run-offs", ("Year", "Votes"), ((2013, 2355394),)).to_text())
    Run-offs
    Year | Votes
    2013 | 2,355,394
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __post_init__(self) -> None:
        if not self.caption.strip() or not all(name.strip() for name in self.columns):
            raise ValueError("a table needs a caption, and a name for each column")
        if not self.rows or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a table needs rows, each with a cell for each column")

    @staticmethod
    def _cell(value: Any, *, first: bool = False) -> str:
        if value is None:
            return "–"
        # The first column often holds years, which have no thousands.
        if first or isinstance(value, bool) or not isinstance(value, int | float):
            return str(value)
        return f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"

    def _cells(self, row: tuple[Any, ...]) -> list[str]:
        return [self._cell(value, first=index == 0) for index, value in enumerate(row)]

    def to_html(self) -> str:
        """Return the table as HTML: caption, header scopes, and a box that scrolls by keyboard."""
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.columns)
        body = ""
        for row in self.rows:
            first, *rest = (escape(cell) for cell in self._cells(row))
            cells = "".join(f"<td>{cell}</td>" for cell in rest)
            body += f'<tr><th scope="row">{first}</th>{cells}</tr>'
        label = escape(self.caption, quote=True)
        return (
            f'<div class="mali-table" style="overflow-x:auto" tabindex="0" role="region" '
            f'aria-label="{label}"><table><caption>{escape(self.caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def to_text(self) -> str:
        """Return the table as lines of text."""
        lines = [self.caption, " | ".join(self.columns)]
        return "\n".join([*lines, *(" | ".join(self._cells(row)) for row in self.rows)])
