"""What should be looked at again: rows of the tables whose review date has passed.

``python -m mali_course.kit.reviews`` lists them. A passed date is no fault, so it never fails.
"""

from __future__ import annotations

import datetime
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from mali_course.core.datasets import dataset, names, rows

__all__ = ["Review", "ReviewWarning", "due", "main", "reviews", "warn"]

_COLUMN = "review_by"


class ReviewWarning(UserWarning):
    """A row of a table should be checked against newer sources."""


@dataclass(frozen=True, order=True)
class Review:
    """A row to look at again.

    Parameters
    ----------
    by : datetime.date
        Day by which to look.
    table : str
        Name of the table.
    row : str
        What names the row in its table.
    """

    by: datetime.date
    table: str
    row: str

    def __str__(self) -> str:
        return f"{self.table}: {self.row} (review by {self.by})"


def reviews() -> tuple[Review, ...]:
    """Return all rows that have a review date, the earliest first.

    Examples
    --------
    >>> reviews()[0].by <= reviews()[-1].by
    True
    """
    found = []
    for name in names():
        about = dataset(name)
        if any(column.name == _COLUMN for column in about.columns):
            found += [
                Review(row[_COLUMN], name, ", ".join(str(row[part]) for part in about.key))
                for row in rows(name)
            ]
    return tuple(sorted(found))


def due(today: datetime.date) -> tuple[Review, ...]:
    """Return the rows whose review date is before a day.

    Examples
    --------
    >>> due(datetime.date(2020, 1, 17))
    ()
    """
    return tuple(one for one in reviews() if one.by < today)


def warn(today: datetime.date) -> int:
    """Warn of each row that is due, and return how many there are.

    Examples
    --------
    >>> warn(datetime.date(2020, 1, 17))
    0
    """
    found = due(today)
    for one in found:
        warnings.warn(str(one), ReviewWarning, stacklevel=2)
    return len(found)


def main(arguments: Sequence[str] = ()) -> int:
    """Print the rows that are due on a day, today if none is given.

    Parameters
    ----------
    arguments : sequence of str
        None, or one ISO date.

    Returns
    -------
    int
        Always 0: what is due is news, not a fault.

    Examples
    --------
    >>> main(["2020-01-17"])
    Nothing is due for review on 2020-01-17.
    0
    """
    today = datetime.date.fromisoformat(arguments[0]) if arguments else datetime.date.today()
    found = due(today)
    if not found:
        print(f"Nothing is due for review on {today}.")
    for one in found:
        print(f"Due for review: {one}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
