"""Each function that takes an id, a place or a name reads it as a person means it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

import mali_course as mali
from mali_course.charts import CHARTS
from mali_course.core.datasets import dataset, dataset_names, rows
from mali_course.core.errors import CourseError
from mali_course.core.lessons import lesson, lessons
from mali_course.core.report import Paragraph, Section, Sentence, find_place, sections, sentences
from mali_course.core.typed import meant_name, plain_signs
from mali_course.explorers import explorer_names
from mali_course.kit.plan.plan_loader import plans
from mali_course.questions import bank

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\ufe63\u207b"
# What a text brings along from where it was copied.
WRAPS = [" {} ", "“{}”", "'{}'", "«\u00a0{}\u00a0»", "\ufeff{}", "\u200e{}\u200f", "{}.", "`{}`"]


def in_other_digits(text: str) -> Iterator[str]:
    for zero in ("０", "٠", "०", "০"):
        yield "".join(chr(ord(zero) + int(char)) if char.isdigit() else char for char in text)


def id_forms(item_id: str) -> Iterator[str]:
    first, second = item_id.split("-")
    yield from (f"{first}{dash}{second}" for dash in DASHES)
    yield from (f"{first} {dash} {second}" for dash in DASHES)
    yield from (f"{int(first)}{mark}{int(second)}" for mark in ("-", "–", ".", " ", "_", "/"))
    yield from (f"{word}{item_id}" for word in ("question ", "Question: ", "Q", "q "))
    yield from (first + second, f"{first}\u00ad{second}", f"{first}--{second}")
    yield from (wrap.format(item_id) for wrap in WRAPS)
    yield from in_other_digits(item_id)


def name_forms(name: str) -> Iterator[str]:
    yield from (name.upper(), name.title(), name.capitalize())
    for mark in ("_", " ", "-", "–", "\u00a0", ""):
        yield name.replace("-", mark).replace("_", mark)
    yield from (wrap.format(name) for wrap in WRAPS)


def place_forms(place: str) -> Iterator[str]:
    yield from (f"{word}{place}" for word in ("§", "§ ", "Sentence ", "sec. ", "PARAGRAPH "))
    yield from (place.replace(".", " . "), place.replace(".", ","), place + ".")
    yield from (wrap.format(place) for wrap in WRAPS)
    yield from in_other_digits(place)


@pytest.mark.parametrize("item_id", [item.id for item in bank.items()])
def test_a_question_is_found_by_each_form_of_its_id(item_id: str) -> None:
    for form in id_forms(item_id):
        assert bank.find(form).id == item_id, form


def test_a_place_is_found_by_each_form_of_its_locator() -> None:
    for one in sentences():
        for form in place_forms(one.locator):
            assert find_place(form) == one, form
    for section in sections():
        for form in place_forms(str(section.number)):
            assert find_place(form) == section, form
        for paragraph in section.paragraphs:
            for form in place_forms(paragraph.locator):
                assert find_place(form) == paragraph, form


@pytest.mark.parametrize("known", [CHARTS, explorer_names(), dataset_names(), tuple(plans())])
def test_a_name_is_found_by_each_of_its_forms(known: tuple[str, ...]) -> None:
    for name in known:
        for form in name_forms(name):
            assert meant_name(form, known) == name, form


def test_a_lesson_is_found_by_each_form_of_its_number() -> None:
    for one in lessons():
        number = int(one.id)
        words = [f"Lesson {number}", f"lesson {one.id}:", f"{one.id}-"]
        names = [one.notebook, one.notebook.removesuffix(".ipynb"), *in_other_digits(one.id)]
        forms = [number, float(number), one.id, str(number), *words, *names]
        for form in [*forms, *(wrap.format(one.id) for wrap in WRAPS)]:
            assert lesson(form) == one, form


# --- the functions themselves ----------------------------------------------------------------

CODE = next(item.id for item in bank.items() if item.kind == "code")


def text_of(shown: Any) -> str:
    return str(shown._repr_mimebundle_()[0]["text/plain"])


CALLS: list[tuple[Callable[[Any], Any], str, str]] = [
    (lambda typed: text_of(mali.ask(typed)), "01-31", "1—31"),
    (lambda typed: text_of(mali.guess(typed)), "01-01", "０１–０１"),
    (lambda typed: mali.check(typed, ...).text, CODE, CODE.replace("-", "\u2212")),
    (lambda typed: mali.read(typed).text, "1.2.2", "§1.2.2."),
    (lambda typed: mali.read(typed, typed).text, "3.1", "“3,1”"),
    (lambda typed: mali.cite(typed).text, "1.2.2", " 1.2.2\u200b"),
    (lambda typed: mali.about(typed).text, "displacement_points", "Displacement-Points"),
    (lambda typed: str(mali.load(typed)), "towns", "Towns.csv"),
    (lambda typed: mali.chart(typed).alt, "mali-map", "Mali_Map"),
    (lambda typed: text_of(mali.explore(typed)), "g5", "G5"),
    (lambda typed: mali.terms(typed).text, "01", "Lesson 1"),
    (lambda typed: mali.sources(typed).text, "01", "1"),
    (lambda typed: text_of(mali.progress(typed)), "01", "０１"),
    (lambda typed: mali.report(typed).body, "01", "lesson 01"),
]
NO_NAME = {"argue", "test", "export_progress", "restore_progress"}  # these take none


def test_each_function_that_takes_a_name_is_here() -> None:
    called = {word for call, _, _ in CALLS for word in call.__code__.co_names}
    assert set(mali.__all__) - NO_NAME <= called


@pytest.mark.parametrize(("call", "name", "typed"), CALLS, ids=[call[1] for call in CALLS])
def test_each_function_takes_what_somebody_typed(
    call: Callable[[Any], Any], name: str, typed: str
) -> None:
    assert call(typed) == call(name)


ODD = ["", " ", "-", "–", "zz", "-1", "- 1", "99-99", "1.2.3.4", "01-02-03", "01-02; 01-03", "two",
       None, True, 9.5, -1, [], {}, "x" * 10_000, "\x00", "\ud800", "9" * 5000]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_what_means_nothing_is_answered_with_a_sentence(odd: Any) -> None:
    for call, _, _ in CALLS:
        if odd is None and {"progress", "report"} & set(call.__code__.co_names):
            continue  # the progress in all lessons, and the report as a whole
        if isinstance(odd, str) and not odd.strip() and "cite" in call.__code__.co_names:
            continue  # the report itself
        with pytest.raises(CourseError, match=r"[.?]$"):
            call(odd)


def test_two_readings_are_no_reading() -> None:
    assert meant_name("ab", ["a-b", "a_b"]) is None
    with pytest.raises(CourseError):
        bank.find("123")  # 1-23 or 12-3
    with pytest.raises(CourseError):
        find_place("1-2")  # from 1 to 2, or 1.2


def test_rows_are_found_as_their_table_is() -> None:
    assert rows("Towns") is rows("towns")
    assert dataset("TOWNS").name == "towns"


def test_signs_that_nobody_sees_go() -> None:
    assert plain_signs("\ufeff\u200e1\u200b5\u200f") == "15"
    assert isinstance(find_place("1"), Section)
    assert isinstance(find_place("1.1"), Paragraph)
    assert isinstance(find_place("1.1.1"), Sentence)
