"""A small table as HTML that screen readers can walk through, and as text."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

from mali_course.core.messages import say

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
        As many cells as columns. Numbers are shown with grouped thousands (but not in the first
        column, nor in one that is headed as a year), dates as they are written in ISO 8601, None
        as a dash.

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
        if not self.columns or not self.rows:
            raise ValueError("a table needs columns and rows")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a table needs rows, each with a cell for each column")

    @staticmethod
    def _is_number(value: Any) -> bool:
        return isinstance(value, int | float) and not isinstance(value, bool)

    @cached_property
    def _has_thousands(self) -> tuple[bool, ...]:
        """Whether the numbers of each column have grouped thousands."""
        # Years have no thousands, and the first column often holds years.
        years = say("interface.data.year_columns").casefold().split("|")
        return tuple(i > 0 and name.casefold() not in years for i, name in enumerate(self.columns))

    def _cell_text(self, value: Any, *, grouped: bool = True) -> str:
        if value is None:
            return "–"
        if isinstance(value, datetime.date):
            return value.isoformat()
        if not grouped or not self._is_number(value):
            return str(value)
        return f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"

    def _row_texts(self, row: tuple[Any, ...]) -> list[str]:
        return [self._cell_text(value, grouped=grouped)
                for value, grouped in zip(row, self._has_thousands, strict=True)]

    def _is_numeric(self, column: int) -> bool:
        cells = [row[column] for row in self.rows if row[column] is not None]
        return bool(cells) and all(map(self._is_number, cells))

    def to_html(self) -> str:
        """Return the table as HTML: caption, header scopes, and a box that scrolls by keyboard.

        Examples
        --------
        >>> html = Table("Run-offs", ("Year", "Votes"), ((2013, 2355394),)).to_html()
        >>> '<th scope="row"' in html
        True
        """
        # Sides are written out because JupyterLab sets all cells to the right.
        sides = ["right" if i and self._is_numeric(i) else "left" for i in range(len(self.columns))]
        styles = [f'style="text-align:{side}"' for side in sides]
        head = "".join(
            f'<th scope="col" {style}>{escape(name)}</th>'
            for name, style in zip(self.columns, styles, strict=True)
        )
        body = ""
        for row in self.rows:
            first, *rest = (escape(cell) for cell in self._row_texts(row))
            cells = "".join(
                f"<td {style}>{cell}</td>" for cell, style in zip(rest, styles[1:], strict=True)
            )
            body += f'<tr><th scope="row" {styles[0]}>{first}</th>{cells}</tr>'
        label = escape(self.caption, quote=True)
        # JupyterLab takes the arrow keys of what has the focus unless it is told not to.
        return (
            '<div class="mali-table" style="overflow-x:auto;max-width:100%" tabindex="0" '
            f'role="region" aria-label="{label}" data-lm-suppress-shortcuts="true">'
            f'<table><caption style="text-align:left">{escape(self.caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def to_text(self) -> str:
        """Return the table as lines of text.

        Examples
        --------
        >>> Table("Towns", ("Town", "Note"), (("Gao", None),)).to_text().splitlines()[-1]
        'Gao | –'
        """
        lines = [self.caption, " | ".join(self.columns)]
        return "\n".join([*lines, *(" | ".join(self._row_texts(row)) for row in self.rows)])
