"""What every explorer promises, whatever it shows: one test for all of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
from drawn import covering_words, cut_words, small_words

from mali_course.charts.chart_base import Chart
from mali_course.core.errors import CourseError
from mali_course.core.lessons import lesson
from mali_course.core.messages import say
from mali_course.explorers import explorer, explorer_names
from mali_course.explorers.explorer_base import Explorer, explorer_texts
from mali_course.views.explorer_form import explore

NAMES = explorer_names()


@pytest.fixture(scope="module", params=NAMES)
def shown(request: pytest.FixtureRequest) -> Explorer:
    return explorer(request.param)


def every_view(shown: Explorer, most: int = 150) -> Iterator[dict[str, str]]:
    """Yield values of the controls that go together, at most so many, far from each other."""
    names = [control.name for control in shown.controls]
    options = [[value for value, _ in control.options] for control in shown.controls]
    count = 1
    for values in options:
        count *= len(values)
    step = count // most + 1
    while any(step % len(values) == 0 for values in options if len(values) > 1):
        step += 1
    for chosen in itertools.islice(itertools.product(*options), 0, None, step):
        yield dict(zip(names, chosen, strict=True))


def some_views(shown: Explorer) -> list[Chart]:
    """Return the first view, the ends of each control, and some where all controls are changed."""
    ends = [
        {control.name: value}
        for control in shown.controls
        for value in (control.options[0][0], control.options[1][0], control.options[-1][0])
    ]
    views = [shown.view(values) for values in ({}, *ends, *every_view(shown, 4))]
    return list({view.title + view.reading: view for view in views}.values())


def test_it_is_found_by_its_name(shown: Explorer) -> None:
    assert explorer(shown.name).name == shown.name
    assert isinstance(shown, Explorer)
    assert shown.title.strip()
    assert shown.question.endswith("?") or "?" in shown.question


def test_the_notebook_of_its_lesson_shows_it(shown: Explorer, root: Path) -> None:
    number = explorer_texts(shown.name.replace("-", "_"))("lesson")
    notebook = root / "notebooks" / lesson(number).notebook
    assert f'explore(\\"{shown.name}\\")' in notebook.read_text(encoding="utf-8"), (
        f'Write a cell mali.explore("{shown.name}") into notebooks/{notebook.name}'
    )


def test_it_has_at_most_four_controls_with_labels_and_a_default(shown: Explorer) -> None:
    assert 1 <= len(shown.controls) <= 4
    assert len({control.name for control in shown.controls}) == len(shown.controls)
    for control in shown.controls:
        values = [value for value, _ in control.options]
        assert control.default in values
        assert len(values) == len(set(values)) >= 2
        assert control.label.strip()
        assert all(label.strip() for _, label in control.options)


@pytest.mark.parametrize("odd", ["", "no such thing", None, 3, ["x"], {}, " {} ", "{}\n"])
def test_odd_values_give_the_default_view(shown: Explorer, odd: Any) -> None:
    values = {
        control.name: odd.format(control.default) if isinstance(odd, str) else odd
        for control in shown.controls
    }
    assert repr(shown.view(values)) == repr(shown.view({})) == repr(shown.view({"other": "x"}))


def test_every_view_has_its_words_a_table_and_sources(shown: Explorer) -> None:
    for values in every_view(shown):
        view = shown.view(values)
        for text in (view.title, view.alt, view.reading, view.note, view.table.caption):
            assert len(text) > 3, values
            assert not re.search(r"[{}]|None|\.\.|;\.|: \.|(?<! )  (?! )|0x[0-9a-f]{6}", text), text
            assert text == text.strip()
        assert len(view.table.rows[0]) == len(view.table.columns) >= 2
        assert len(view.sources) == len(set(view.sources)) > 0


def test_sentences_begin_as_sentences_do(shown: Explorer) -> None:
    for view in map(shown.view, every_view(shown, 40)):
        for sentence in re.split(r"(?<=[a-z\d)]\.) ", f"{view.reading} {view.alt}"):
            assert sentence[0].isupper() or sentence[0].isdigit() or sentence[0] in '"$', sentence


def test_the_same_values_give_the_same_picture(shown: Explorer) -> None:
    views = list(every_view(shown, 3))
    fresh = explorer(shown.name)
    alone = [shown.view(values).to_png(72) for values in views]
    assert [fresh.view(values).to_png(72) for values in reversed(views)] == alone[::-1]


def test_views_share_a_figure_and_keep_their_pictures(shown: Explorer) -> None:
    first = shown.view({})
    alone = first.to_png(60)
    for other in some_views(shown)[1:]:
        assert other.figure is first.figure
        other.to_png(60)
    assert first.to_png(60) == alone


def test_every_control_changes_the_picture(shown: Explorer) -> None:
    usual = shown.view({}).to_png(60)
    for control in shown.controls:
        others = [value for value, _ in control.options if value != control.default]
        assert any(shown.view({control.name: value}).to_png(60) != usual for value in others[:3])


def test_words_are_whole_and_legible_and_cover_no_others(shown: Explorer) -> None:
    for view in some_views(shown):
        assert cut_words(view) == [], view.title
        assert small_words(view) == [], view.title
        assert covering_words(view) == [], view.title


def test_a_form_shows_it_and_replies_to_a_change(shown: Explorer) -> None:
    form = explore(shown.name)
    assert form.on_change
    plain = form._repr_mimebundle_()[0]["text/plain"]
    assert shown.view({}).reading in plain
    control = shown.controls[0]
    assert all(f'<option value="{value}"' in form.body for value, _ in control.options[:2])
    value = next(value for value, _ in control.options if value != control.default)
    reply = form.send_values({control.name: [value]}, action="change")
    view = shown.view({control.name: value})
    assert reply.status == form_status(view)
    assert "<img alt=" in reply.view
    assert "<caption" in reply.view
    assert all(f"[{source}]" in reply.view for source in view.sources)
    assert view.reading not in reply.view, "it is announced, and not told twice"
    assert form.send_values({}, action="change").status == form_status(shown.view({}))


def form_status(view: Chart) -> str:
    return f"<p>{escape(view.reading)}</p>"


def test_a_picture_keeps_a_notebook_small(shown: Explorer) -> None:
    assert len(shown.view({}).to_png()) < 150_000


@pytest.mark.parametrize("name", ["", "g6", "Accord", "violence_places", None, 3, ["g5"]])
def test_an_unknown_name_is_answered_with_the_names_there_are(name: Any) -> None:
    with pytest.raises(CourseError) as told:
        explore(name)
    assert all(known in str(told.value) for known in NAMES)
    near = {"Accord": "accord", "violence_places": "violence-places"}
    if isinstance(name, str) and name in near:
        assert f'"{near[name]}"' in str(told.value)


def test_the_static_form_says_that_it_needs_a_kernel() -> None:
    assert say("interface.explorer.static") in explore("g5")._repr_mimebundle_()[0]["text/html"]
