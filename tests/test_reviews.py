"""Dated rows are looked at again: a passed review date warns and fails nothing."""

from __future__ import annotations

import datetime
import warnings

import pytest

from mali_course.core.content import notebooks_folder
from mali_course.core.datasets import rows
from mali_course.kit.reviews import ReviewWarning, all_reviews, due_reviews, main, warn_of_due

LATER, BEFORE = datetime.date(2099, 1, 1), datetime.date(2026, 11, 24)
DATED = ("events_since", "judgements")


def test_what_is_due_today_is_said_and_does_not_fail() -> None:
    """This is the line that continuous integration shows; it passes on every day."""
    warn_of_due(datetime.date.today())


def test_a_passed_date_warns() -> None:
    with pytest.warns(ReviewWarning) as caught:
        assert warn_of_due(LATER) == len(all_reviews())
    told = [str(one.message) for one in caught]
    assert len(told) == sum(len(rows(name)) for name in DATED)
    for row in rows("events_since"):
        assert any(row["label"] in line and str(row["review_by"]) in line for line in told)


def test_a_date_to_come_does_not_warn() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert warn_of_due(BEFORE) == 0


def test_the_day_itself_is_not_yet_too_late() -> None:
    first = all_reviews()[0]
    assert first not in due_reviews(first.by)
    assert first in due_reviews(first.by + datetime.timedelta(days=1))
    assert {one.table for one in all_reviews()} == set(DATED)


def test_the_command_names_rows_and_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([LATER.isoformat()]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(all_reviews())
    assert all(line.startswith("Due for review: ") for line in lines)
    assert main([BEFORE.isoformat()]) == 0
    assert capsys.readouterr().out == "Nothing is due for review on 2026-11-24.\n"


def test_review_dates_lie_after_what_they_are_about() -> None:
    for name, column in (("events_since", "date"), ("judgements", "since")):
        for row in rows(name):
            assert row["review_by"].isoformat() > str(row[column] or "2026"), row


def test_the_epilogue_names_the_day_on_which_its_first_row_is_due() -> None:
    first = all_reviews()[0].by
    text = (notebooks_folder() / "08-since-the-report.ipynb").read_text(encoding="utf-8")
    assert f"**Review by:** {first.day} {first:%B %Y}" in text
