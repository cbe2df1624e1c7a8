"""No question is answered by the wording of its options (`option_cues` has the method)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from option_cues import Guessed, guessed, parts_of, telling_words

from mali_course.questions import bank
from mali_course.questions.item import Item
from mali_course.questions.kinds.choice import Choice
from mali_course.questions.kinds.choices import Choices
from mali_course.questions.kinds.claim import Claim

# By how much the guesses may beat chance. With 30 questions, luck by itself gives up to 0.15.
MARGINS = [(Choice, 0.15), (Claim, 0.12), (Choices, 0.12)]


def _guessed(items: tuple[Item, ...], kind: type[Item]) -> Guessed:
    return guessed(parts_of(items, kind), one_key=kind is Choice)


@pytest.mark.parametrize(("kind", "margin"), MARGINS, ids=lambda one: getattr(one, "kind", ""))
def test_words_do_not_give_answers_away_across_lessons(kind: type[Item], margin: float) -> None:
    found = _guessed(bank.items(), kind)
    words = telling_words(parts_of(bank.items(), kind))
    assert found.share - found.chance <= margin, f"{found}: {words}"


def test_a_habit_of_the_author_is_found() -> None:
    """Right options that hedge, in every lesson, are guessed nearly always."""
    hedged = tuple(
        replace(
            item,
            options=tuple(
                replace(one, text=f"{one.text}, it seems") if one.key else one
                for one in item.options
            ),
        )
        for item in bank.items()
        if isinstance(item, Choice)
    )
    assert _guessed(hedged, Choice).share > 0.9
    assert "seems" in telling_words(parts_of(hedged, Choice))["key"]
