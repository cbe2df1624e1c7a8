"""Questions of earlier editions: their ids are not used again, and old answers are not lost."""

from __future__ import annotations

import re

import pytest

from mali_course.core.content import read_csv
from mali_course.core.edition import EDITION
from mali_course.core.errors import CourseError
from mali_course.core.html import text_of
from mali_course.questions import bank
from mali_course.questions.retired import retired, retired_ids
from mali_course.record.last_lesson import lesson_to_open
from mali_course.record.log import the_log
from mali_course.views.progress_view import progress_html

ROWS = read_csv("retired.csv")


def test_no_id_is_used_again_and_none_is_left_out() -> None:
    ids = [row["id"] for row in ROWS]
    assert ids == sorted(set(ids))
    live = {item.id for item in bank.items()}
    assert not live & set(ids)
    for lesson in bank.lessons():
        numbers = sorted(int(one[3:]) for one in live | set(ids) if one.startswith(lesson))
        # 04-12 was never used.
        every = [number for number in range(1, numbers[-1] + 1) if (lesson, number) != ("04", 12)]
        assert numbers == every, f"lesson {lesson}: an id has gone without a row in retired.csv"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_row_says_what_became_of_the_question(row: dict[str, str]) -> None:
    # "0.2 draft" is what came and went while 0.2 was being written.
    assert row["edition"].removesuffix(" draft") <= EDITION != row["edition"]
    assert re.fullmatch(r"[A-Z].*\.", row["why"])
    live = {item.id for item in bank.items()}
    assert row["successor"] in live | {""}


def test_an_old_notebook_is_told_what_became_of_its_question() -> None:
    row = ROWS[0]
    with pytest.raises(CourseError) as told:
        bank.find(row["id"])
    said = str(told.value)
    assert row["why"] in said
    assert "mali-course start" in said
    assert "Your answer to it is kept" in said


def test_old_answers_are_named_in_progress_and_open_their_lesson() -> None:
    old = sorted(retired_ids())[0]
    entry = retired(old)
    assert entry is not None
    the_log().add({"item": old, "event": "answer", "state": "right", "score": 1.0})
    said = text_of(progress_html(the_log()))
    assert "are not in this one: 1." in said
    assert lesson_to_open(the_log().events()).lesson.id == old[:2]
