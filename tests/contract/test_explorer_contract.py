"""What every explorer promises, whatever it shows: one test for all of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import partial
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
from drawn import covering_words, cut_words, small_words

from mali_course.charts.chart_base import Chart
from mali_course.core.content import read_toml
from mali_course.core.errors import CourseError
from mali_course.core.html import no_formulas
from mali_course.core.lessons import lesson
from mali_course.core.messages import say
from mali_course.explorers import explorer, explorer_names
from mali_course.explorers.explorer_base import Explorer, explorer_texts
from mali_course.explorers.explorer_reply import explorer_reply
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


# --- What can be chosen -----------------------------------------------------------------------


def every_choice(shown: Explorer) -> Iterator[dict[str, str]]:
    """Yield every combination of values, whether it can be shown or not."""
    names = [control.name for control in shown.controls]
    options = [[value for value, _ in control.options] for control in shown.controls]
    for values in itertools.product(*options):
        yield dict(zip(names, values, strict=True))


def can_be_shown(shown: Explorer, values: dict[str, str]) -> bool:
    return shown.settled(values) == values


def known_cells(cells: Iterable[object]) -> list[object]:
    """Return the cells of a row that hold something."""
    nothing = ("", None, "no figure", "no count of people", "no event")
    return [cell for cell in cells if cell not in nothing]


def test_what_can_be_chosen_shows_something(shown: Explorer) -> None:
    for values in filter(partial(can_be_shown, shown), every_choice(shown)):
        view = shown.view(values)
        # The row of what is chosen comes first.
        assert len(known_cells(view.table.rows[0])) >= 2, values


def test_a_greyed_out_value_names_its_reason_and_another_one_is_obeyed(shown: Explorer) -> None:
    for values in filter(partial(can_be_shown, shown), every_choice(shown)):
        for offer in shown.offers(values):
            name = offer.control.name
            assert offer.chosen == values[name]
            for option in offer.options:
                obeyed = shown.settled({**values, name: option.value})[name] == option.value
                assert obeyed or option.reason, (values, name, option)
                html = option.to_html()
                assert (" disabled" in html) == bool(option.reason)
                assert not option.reason or f"({escape(option.reason)})" in html
            closed = [option for option in offer.options if option.reason]
            assert bool(closed) == offer.why_text().startswith("Greyed out: ")
            assert all(option.reason in offer.why_text() for option in closed)


def test_every_view_is_reached_one_open_value_after_the_other(shown: Explorer) -> None:
    """So nobody is caught: out of each state a learner gets to each other one."""
    ways: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for values in filter(partial(can_be_shown, shown), every_choice(shown)):
        ways[tuple(values.values())] = {
            tuple(shown.settled({**values, offer.control.name: option.value}).values())
            for offer in shown.offers(values)
            for option in offer.options
            if not option.reason
        }
    backwards: dict[tuple[str, ...], set[tuple[str, ...]]] = {one: set() for one in ways}
    for start, ends in ways.items():
        for end in ends:
            backwards[end].add(start)
    usual = tuple(shown.settled({}).values())
    assert reached(ways, usual) == reached(backwards, usual) == set(ways)


def reached(ways: dict[tuple[str, ...], set[tuple[str, ...]]], start: tuple[str, ...]) -> set[Any]:
    found, fresh = {start}, {start}
    while fresh:
        fresh = {end for one in fresh for end in ways[one]} - found
        found |= fresh
    return found


def test_what_cannot_be_shown_is_replaced_and_the_lists_say_by_what(shown: Explorer) -> None:
    refused = [values for values in every_choice(shown) if not can_be_shown(shown, values)]
    for values in refused[:: len(refused) // 20 + 1]:
        settled = shown.settled(values)
        assert can_be_shown(shown, settled)
        reply = explorer_reply(shown, {name: [value] for name, value in values.items()})
        assert reply.status == form_status(shown.view(settled))
        assert reply.chosen == {name: [value] for name, value in settled.items()}


def test_every_reason_in_the_words_is_given_somewhere(shown: Explorer) -> None:
    given = {
        (offer.control.name, option.reason)
        for values in every_choice(shown)
        if can_be_shown(shown, values)
        for offer in shown.offers(values)
        for option in offer.options
        if option.reason
    }
    texts = read_toml(f"words/en/explorers/{shown.name.replace('-', '_')}.toml")
    for reasons in texts.get("closed", {}).values():
        for name, words in reasons.items():
            pattern = re.sub(r"\\\{\w+\\\}", ".+", re.escape(words))
            assert any(re.fullmatch(pattern, told) for one, told in given if one == name), words


def test_an_option_says_what_it_shows(shown: Explorer) -> None:
    """A name, a date or words; a bare number says nothing, unless it is a year."""
    for control in shown.controls:
        labels = [label for _, label in control.options]
        assert len(set(labels)) == len(labels)
        for label in labels:
            assert not re.search(r"\bnumber \d", label)
            assert not label.isdigit() or 1990 < int(label) < 2100, label
            assert not re.fullmatch(r"\d+ \(\d+\)", label), label


# --- The form ---------------------------------------------------------------------------------


def test_a_form_shows_it_and_replies_to_a_change(shown: Explorer) -> None:
    form = explore(shown.name)
    assert form.on_change
    plain = form._repr_mimebundle_()[0]["text/plain"]
    assert shown.view({}).reading in plain
    control = shown.controls[0]
    assert all(f'<option value="{value}"' in form.body for value, _ in control.options[:2])
    value = next(
        option.value
        for option in shown.offers({})[0].options
        if option.value != control.default and not option.reason
    )
    reply = form.send_values({control.name: [value]}, action="change")
    view = shown.view({control.name: value})
    assert reply.status == form_status(view)
    assert reply.picture.count("<img alt=") == 1
    assert "<caption" in reply.view
    assert all(f"[{source}]" in reply.view for source in view.sources)
    assert escape(view.note, quote=False) in unescape(reply.view)
    assert view.reading not in reply.view + reply.picture, "it is announced, and not told twice"
    assert form.send_values({}, action="change").status == form_status(shown.view({}))


def form_status(view: Chart) -> str:
    return f"<p>{escape(view.reading)}</p>"


def test_the_picture_comes_before_the_reading_and_both_after_the_question(shown: Explorer) -> None:
    static = explore(shown.name)._repr_mimebundle_()[0]["text/html"]
    reading = no_formulas(form_status(shown.view({})))
    places = [
        static.index(part)
        for part in (
            f'<h3 class="mali-title" tabindex="-1">{escape(shown.title)}</h3>',
            escape(shown.question),
            "<img alt=",
            reading,
            "<details",
        )
    ]
    assert places == sorted(places)
    assert static.count(reading) == 1
    # Where no kernel runs, nothing pretends to react.
    assert not re.search(r"<(select|button|input|form|script)\b", static)


def test_title_and_question_are_short(shown: Explorer) -> None:
    """One line each: picture and controls are to be seen together."""
    assert len(shown.title) <= 50
    assert len(shown.question) <= 78


def test_each_list_has_buttons_to_its_neighbours(shown: Explorer) -> None:
    body = explore(shown.name).body
    assert body.startswith('<div class="mali-explorer"><h3 class="mali-title"')
    for control in shown.controls:
        for words, by in (("Previous", "-1"), ("Next", "1")):
            named = rf'<button type="button" data-by="{by}" aria-label="{words} {control.one}"'
            assert body.count(named) == 1
    assert body.count("<select") == len(shown.controls)
    assert body.count('aria-disabled="true"') == sum(
        offer.chosen == [option.value for option in offer.options if not option.reason][end]
        for offer in shown.offers({})
        for end in (0, -1)
    )


def test_a_reply_renews_the_lists_and_says_what_is_chosen(shown: Explorer) -> None:
    form = explore(shown.name)
    for values in every_view(shown, 6):
        reply = form.send_values({name: [value] for name, value in values.items()})
        for offer in shown.offers(values):
            name = offer.control.name
            assert reply.chosen[name] == [offer.chosen]
            assert f'data-part="{name}"' in form.body
            assert reply.parts[name].count("<option") == len(offer.options)
            # What is chosen is not in the list: one that offers the same is not touched.
            assert "selected" not in reply.parts[name]
            assert reply.parts[f"{name}-why"] == escape(offer.why_text())


def test_a_picture_keeps_a_notebook_small(shown: Explorer) -> None:
    assert len(shown.view({}).to_png()) < 150_000


@pytest.mark.parametrize("name", ["", "g6", "acord", "violence", None, 3, ["g5"]])
def test_an_unknown_name_is_answered_with_the_names_there_are(name: Any) -> None:
    with pytest.raises(CourseError) as told:
        explore(name)
    assert all(known in str(told.value) for known in NAMES)
    near = {"acord": "accord", "violence": "violence-places"}
    if isinstance(name, str) and name in near:
        assert f'"{near[name]}"' in str(told.value)


def test_the_static_form_says_that_it_needs_a_kernel() -> None:
    assert say("interface.explorer.static") in explore("g5")._repr_mimebundle_()[0]["text/html"]
