"""What should be looked at again: rows of the tables whose review date has passed.

``python -m mali_course.kit.reviews`` lists them. A passed date is no fault, so it never fails.
"""

from __future__ import annotations

import datetime
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from mali_course.core.datasets import dataset, dataset_names, rows

__all__ = ["Review", "ReviewWarning", "all_reviews", "due_reviews", "main", "warn_of_due"]

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


def all_reviews() -> tuple[Review, ...]:
    """Return all rows that have a review date, the earliest first.

    Examples
    --------
    >>> all_reviews()[0].by <= all_reviews()[-1].by
    True
    """
    return tuple(sorted(
        Review(row[_COLUMN], name, ", ".join(str(row[part]) for part in dataset(name).key))
        for name in dataset_names()
        if any(column.name == _COLUMN for column in dataset(name).columns)
        for row in rows(name)
    ))


def due_reviews(today: datetime.date) -> tuple[Review, ...]:
    """Return the rows whose review date is before a day.

    Examples
    --------
    >>> due_reviews(datetime.date(2020, 1, 17))
    ()
    """
    return tuple(review for review in all_reviews() if review.by < today)


def warn_of_due(today: datetime.date) -> int:
    """Warn of each row that is due, and return how many there are.

    Examples
    --------
    >>> warn_of_due(datetime.date(2020, 1, 17))
    0
    """
    due = due_reviews(today)
    for review in due:
        warnings.warn(str(review), ReviewWarning, stacklevel=2)
    return len(due)


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
    due = due_reviews(today)
    if not due:
        print(f"Nothing is due for review on {today}.")
    for review in due:
        print(f"Due for review: {review}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
