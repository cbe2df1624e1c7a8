"""The content is whole: outline, lessons and items fit together, and the items are sound."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import replace

import pytest

from mali_course.charts import CHARTS
from mali_course.core.datasets import dataset_names
from mali_course.core.lessons import Lesson, lessons
from mali_course.core.report import about_report, sections, sentences
from mali_course.explorers import explorer_names
from mali_course.kit.notebook_blocks import stored_blocks
from mali_course.questions import bank
from mali_course.questions.item import Item
from mali_course.questions.kinds.choice import Choice
from mali_course.questions.kinds.choices import Choices
from mali_course.questions.kinds.claim import VERDICTS, Claim, Statement, drawn_verdict
from mali_course.questions.kinds.code import Code
from mali_course.questions.kinds.evidence import Evidence
from mali_course.questions.kinds.open import Open
from mali_course.questions.spelling import plain_words

ITEMS = bank.items()
OPTIONS = [item for item in ITEMS if isinstance(item, Choice | Choices)]
STATUSES = {"fact", "estimate", "allegation", "judgement", "plan"}


def test_the_outline_has_all_sentences_in_order() -> None:
    found = [one.locator for one in sentences()]
    assert len(found) == len(set(found)) == 79
    assert found == sorted(found, key=lambda locator: [int(part) for part in locator.split(".")])
    assert [(s.number, len(s.paragraphs)) for s in sections()] == [
        (1, 5),
        (2, 2),
        (3, 3),
        (4, 2),
        (5, 1),
        (6, 3),
    ]
    assert len(about_report().section_titles) == 6
    for one in sentences():
        assert one.status in STATUSES
        assert one.page in (1, 2)
        # 2.1.4 and 3.1.1 spell out long names; the others stay well below.
        assert 8 <= len(one.gist.split()) <= 41, one.locator


@pytest.mark.parametrize("one", lessons(), ids=lambda one: one.id)
def test_a_lesson_and_its_items_fit(one: object) -> None:
    lesson = next(each for each in lessons() if each is one)
    items = bank.lesson_items(lesson.id)
    objectives = {objective.id for objective in lesson.objectives}
    for item in items:
        assert item.objective in objectives, (
            f"{item.id}: objective {item.objective!r} is none of lesson {lesson.id}, "
            f"which has {', '.join(sorted(objectives))}"
        )
    # The lesson of the mixed test has no items of its own: those of all others serve it.
    for objective in objectives - {item.objective for item in items} if items else ():
        pytest.fail(f"No item of lesson {lesson.id} has the objective {objective!r}; write one")
    assert sum(item.minutes for item in items) <= lesson.minutes
    assert set(lesson.data) <= set(dataset_names())
    used = {item.dataset for item in items if isinstance(item, Code)}
    used |= {item.needs[5:] for item in items if item.needs.startswith("data:")}
    assert used <= set(lesson.data)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_an_item_points_to_what_exists(item: Item) -> None:
    for locator in item.cites:
        assert locator in {one.locator for one in sentences()}, (
            f"{item.id}: cites {locator!r}, which is none of the sentences in "
            "data/report/outline.csv"
        )
    if item.needs:
        kind, _, name = item.needs.partition(":")
        known = {"chart": CHARTS, "explorer": explorer_names(), "data": dataset_names()}
        assert name in known[kind]
    assert item.stem.rstrip('"”)').endswith(("?", ".")), item.stem
    for locator in re.findall(r"\b\d\.\d\.\d\b", f"{item.stem} {item.where} {item.explain}"):
        assert locator in {one.locator for one in sentences()}


def speaks_of_what_is_shown(item: Item) -> str:
    """Return the word in which an item sends to a chart, map, explorer or table, or "".

    What is only told with an answer counts too, if it is the name of an option. Sentences of the
    report are options of their own: "the broader picture" is none of ours.
    """
    labels = [] if isinstance(item, Evidence) else [row.label for row in item.answer_feedback()]
    asked = " ".join([item.stem, item.where, *labels])
    # A name such as "table attack_claims" tells where something is from.
    asked = re.sub(r"\b(in )?our table|\btable \w+_\w+", "", asked)
    shown = r"\b(charts?|explorer|tracker|map|tables?|picture|diagram|text above|text below)\b"
    found = re.search(shown, asked, re.IGNORECASE)
    return found[0] if found else ""


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_an_item_names_the_chart_or_explorer_that_it_needs(item: Item) -> None:
    """Or the mixed test asks it where that is not on the screen, and worksheets without it."""
    if isinstance(item, Code):
        return  # it names its table, and works with it
    word = speaks_of_what_is_shown(item)
    assert item.needs or not word, (
        f'{item.id} speaks of a "{word}": give it the field needs, such as "chart:elections", or '
        "leave the word out"
    )


def test_an_item_that_forgot_what_it_needs_is_found() -> None:
    faulty = [
        replace(bank.find(name), needs="")
        for name in ("03-01", "04-27", "05-01", "08-01", "02-09", "01-31", "04-30")
    ]
    assert all(map(speaks_of_what_is_shown, faulty))


@pytest.mark.parametrize("one", lessons(), ids=lambda one: one.id)
def test_what_an_item_needs_is_shown_before_it_is_asked(one: Lesson) -> None:
    """A guess is made before looking; the question itself, and a guess met again, comes after."""
    shown: set[str] = set()
    late: dict[str, bool] = {}
    for block in stored_blocks(one):
        kind = {"chart": "chart", "explore": "explorer"}.get(block.kind)
        if kind:
            shown.add(f"{kind}:{block.name}")
        elif block.kind == "ask":
            needs = bank.find(block.name).needs
            late[block.name] = needs.startswith(("chart:", "explorer:")) and needs not in shown
    assert [name for name, is_late in late.items() if is_late] == []


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_every_answer_has_feedback_of_its_own(item: Item) -> None:
    if isinstance(item, Open):
        return  # its criteria are no answers
    texts = [row.text for row in item.answer_feedback()]
    assert len(set(texts)) == len(texts)
    assert all(len(text.split()) >= 3 for text in texts), texts


@pytest.mark.parametrize("item", OPTIONS, ids=lambda item: item.id)
def test_feedback_for_a_wrong_option_does_not_name_the_right_one(item: Choice | Choices) -> None:
    for key in (option for option in item.options if option.key):
        for wrong in (option for option in item.options if not option.key):
            if plain_words(key.text) in plain_words(wrong.text):
                continue  # "In Mali" within "In Mali and Niger" tells nothing.
            assert plain_words(key.text) not in plain_words(wrong.feedback)
        assert plain_words(key.text) not in plain_words(item.where)


def test_lesson_1_reaches_all_sentences_of_section_1() -> None:
    items = bank.lesson_items("01")
    assert len(items) >= 14
    assert len({item.kind for item in items}) >= 6
    cited = {locator for item in items for locator in item.cites}
    wanted = {one.locator for one in sentences() if one.locator.startswith("1.")}
    assert len(wanted) == 24
    assert wanted <= cited


def test_every_sentence_of_the_report_is_cited(capsys: pytest.CaptureFixture[str]) -> None:
    """Print which items rest on each of the 79 sentences."""
    resting: dict[str, list[str]] = {one.locator: [] for one in sentences()}
    for item in ITEMS:
        for locator in item.cites:
            resting[locator].append(item.id)
    with capsys.disabled():
        print("\nsentence  items")
        for locator, ids in resting.items():
            print(f"{locator:<8}  {' '.join(ids) or '-'}")
        print(f"{sum(map(bool, resting.values()))} of {len(resting)} sentences are cited.")
    assert len(resting) == 79
    assert [locator for locator, ids in resting.items() if not ids] == []


def test_the_tour_has_each_kind_once() -> None:
    kinds = Counter(item.kind for item in bank.lesson_items("00"))
    assert len(kinds) == 10
    assert set(kinds.values()) == {1}


def _surprise(hits: int, chances: list[float]) -> float:
    """Return how likely it is by chance alone to hit so often or more (exact, by convolution)."""
    spread = [1.0]
    for chance in chances:
        spread = [
            (spread[k] if k < len(spread) else 0.0) * (1 - chance)
            + (spread[k - 1] * chance if k else 0.0)
            for k in range(len(spread) + 1)
        ]
    return math.fsum(spread[hits:])


def test_the_key_is_not_the_longest_option_more_often_than_chance() -> None:
    single = [item for item in OPTIONS if isinstance(item, Choice)]
    longest = sum(max(item.options, key=lambda option: len(option.text)).key for item in single)
    assert _surprise(longest, [1 / len(item.options) for item in single]) > 0.05


def test_key_positions_are_spread() -> None:
    single = [item for item in OPTIONS if isinstance(item, Choice)]
    for place in range(4):
        hits = sum(len(i.options) > place and i.options[place].key for i in single)
        chances = [1 / len(item.options) for item in single if len(item.options) > place]
        assert _surprise(hits, chances) > 0.05, f"position {place + 1}"


def test_the_measure_of_chance_can_fail() -> None:
    assert _surprise(10, [0.25] * 10) < 0.001
    assert _surprise(0, [0.25] * 10) == pytest.approx(1.0)


ABSOLUTE = re.compile(r"\b(always|never|only|all|none|every|no one|nobody|completely)\b", re.I)


@pytest.mark.parametrize("item", OPTIONS, ids=lambda item: item.id)
def test_absolute_words_do_not_mark_wrong_options(item: Choice | Choices) -> None:
    marked = [option for option in item.options if ABSOLUTE.search(option.text)]
    assert not marked or any(option.key for option in marked), [o.text for o in marked]


@pytest.mark.parametrize("item", OPTIONS, ids=lambda item: item.id)
def test_options_are_alike_in_length(item: Choice | Choices) -> None:
    lengths = [len(option.text) for option in item.options]
    assert max(lengths) <= 2.5 * min(lengths) or max(lengths) - min(lengths) <= 25, lengths
    texts = [plain_words(option.text) for option in item.options]
    assert len(set(texts)) == len(texts)
    assert not any(re.search(r"\b(all|none) of the above\b", text) for text in texts)


# --- statements to judge -----------------------------------------------------------------------

STATEMENTS = [
    pytest.param(item.id, number, statement, id=f"{item.id}-{number}")
    for item in ITEMS
    if isinstance(item, Claim)
    for number, statement in enumerate(item.statements, start=1)
]


@pytest.mark.parametrize(("item_id", "number", "statement"), STATEMENTS)
def test_the_lot_decides_which_of_three_statements_is_asked(
    item_id: str, number: int, statement: Statement
) -> None:
    assert statement.verdict == drawn_verdict(item_id, number)
    assert {statement.verdict, *statement.others} == set(VERDICTS)
    lengths = [len(text.split()) for text in (statement.text, *statement.others.values())]
    assert max(lengths) - min(lengths) <= 5, f"{item_id}, {number}: {lengths} words"
