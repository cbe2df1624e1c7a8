"""The argument map: faults of its file are named, links are judged, verdicts stay in Python."""

from __future__ import annotations

import copy
import dataclasses
import itertools
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mali_course as mali
from mali_course.argument.claims import Argument, Link, Verdict, read_argument, the_argument
from mali_course.argument.judging import MOST, PARTS, judge, rows_of, state_of
from mali_course.core.content import read_toml
from mali_course.core.errors import CourseError
from mali_course.core.html import text_of
from mali_course.core.report import sentence
from mali_course.forms.live import LiveForm
from mali_course.record.log import the_log
from mali_course.views import argument_form as argument_form
from mali_course.views.argument_picture import argument_map

ARGUMENT = the_argument()
SECRET = "A secret that differs."


def row(link: Link, number: int = 1, place: str = "") -> dict[str, list[str]]:
    """Return the values of a form in which a link is drawn."""
    where = place or (link.places or ARGUMENT.places)[0]
    values = (link.source, link.relation, link.target, where)
    return {f"{name}-{number}": [value] for name, value in zip(PARTS, values, strict=True)}


def link_of(source: str, relation: str, target: str, verdict: Verdict = "absent") -> Link:
    places = () if verdict == "absent" else ("1.1.1",)
    return Link(source=source, relation=relation, target=target, verdict=verdict, places=places,
                feedback="Why.")


def links(verdict: str) -> list[Link]:
    return [link for link in ARGUMENT.links if link.verdict == verdict]


def rows(found: list[Link]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for number, link in enumerate(found, start=1):
        values |= row(link, number)
    return values


# --- The file -------------------------------------------------------------------------------------


def table(**changes: Any) -> dict[str, Any]:
    """Return a small sound file with changes; a change to None takes a field away."""
    claims = [{"id": name, "text": f"claim {name}"} for name in "abcde"]
    pairs = [(one, other) for one in "abcde" for other in "abcde" if one != other]
    verdicts = ["supported"] * 5 + ["suggested"] * 2 + ["absent"] * 3
    made = [
        {"from": one, "relation": "led", "to": other, "verdict": verdict, "feedback": "Why."}
        | ({} if verdict == "absent" else {"places": ["1.1.2"]})
        for (one, other), verdict in zip([*pairs[:9], ("e", "a")], verdicts, strict=True)
    ]
    whole = {
        "title": "A title",
        "question": "A question?",
        "places": ["1.1.1", "1.1.2", "1.1.3", "1.1.4", "1.1.5", "1.2.1"],
        "causes": ["led"],
        "claim": claims,
        "relation": [{"id": "led", "text": "led to"}, {"id": "may", "text": "may lead to"}],
        "link": made,
    }
    whole = copy.deepcopy({**whole, **changes})
    return {name: value for name, value in whole.items() if value is not None}


def link_with(**changes: Any) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = table()["link"]
    made[0] = {k: v for k, v in {**made[0], **changes}.items() if v is not None}
    return made


def test_a_sound_file_is_read() -> None:
    found = read_argument(table())
    assert len(found.links) == 10
    assert found.find_link("a", "led", "b") == found.links[0]
    assert found.find_link("a", "may", "b") is None


FAULTS: list[tuple[dict[str, Any], list[str]]] = [
    ({"title": None}, ["title", "a text", "nothing"]),
    ({"question": 3}, ["question", "a text"]),
    ({"places": "1.1.1"}, ["places", "a list"]),
    ({"places": ["1.1.1"]}, ["places", "6 to 24"]),
    ({"places": ["1.1.1"] * 6}, ["places", "each once"]),
    ({"places": [f"9.9.{n}" for n in range(6)]}, ["places", "9.9.0"]),
    ({"places": ["1.2.1", "1.1.2", "1.1.3", "1.1.4", "1.1.5", "1.1.1"]}, ["places", "order"]),
    ({"claim": [{"id": "a", "text": "x"}]}, ["claim", "5 to 12"]),
    ({"claim": [{"id": "a", "text": str(n)} for n in range(5)]}, ["claim 2", "id", "its own"]),
    ({"claim": [{"id": str(n), "text": "x"} for n in range(5)]}, ["claim 2", "text", "its own"]),
    ({"claim": [{"id": str(n), "text": "x" * 81} for n in range(5)]}, ["claim 1", "80 letters"]),
    ({"relation": [{"id": "led", "text": "led to"}]}, ["relation", "2 to 4"]),
    ({"causes": ["before"]}, ["causes", "some of led"]),
    ({"link": []}, ["link", "10 to 60"]),
    ({"link": link_with(**{"from": "z"})}, ["link 1", "from", "one of a"]),
    ({"link": link_with(to="a")}, ["link 1", "to", "another claim"]),
    ({"link": link_with(relation="caused")}, ["link 1", "relation", "one of led"]),
    ({"link": link_with(verdict="proved")}, ["link 1", "verdict", "one of supported"]),
    ({"link": link_with(places=None)}, ["link 1", "places", "a list"]),
    ({"link": link_with(places=["6.1.1"])}, ["link 1", "places", "at the top"]),
    ({"link": link_with(feedback=" ")}, ["link 1", "feedback", "a text"]),
    ({"link": link_with(hint="x")}, ["link 1", "hint", "not a field"]),
    ({"link": link_with(to="c")}, ["link 2", "each link once"]),
    ({"link": link_with(verdict="absent")}, ["link", "at least 5", "supported"]),
    (
        {"claim": [{"id": name, "text": f"claim {name}"} for name in "abcdef"]},
        ["claim", "'f' is in none"],
    ),
    ({"note": "x"}, ["note", "not a field"]),
]


@pytest.mark.parametrize(("changes", "said"), FAULTS)
def test_a_fault_is_named_with_its_place(changes: dict[str, Any], said: list[str]) -> None:
    with pytest.raises(CourseError) as caught:
        read_argument(table(**changes))
    for words in ("argument.toml", *said):
        assert words in str(caught.value)


def test_the_file_of_the_course_keeps_its_own_rules() -> None:
    assert read_argument(read_toml("argument.toml")) == ARGUMENT
    used = {place for link in ARGUMENT.links for place in link.places}
    assert set(ARGUMENT.places) - used, "some sentences should carry no link"
    for link in ARGUMENT.links:
        if link.verdict != "absent":
            assert not any(place in link.feedback for place in link.places), link.feedback


def test_what_has_a_date_in_the_report_is_judged_as_a_sequence() -> None:
    """A learner who reads two dates must not be told that the report has no sequence."""
    years = {"libya": 2011, "revolt": 2011, "coup": 2012, "peace": 2015}
    for first, second in itertools.permutations(years, 2):
        link = ARGUMENT.find_link(first, "before", second)
        told = link.verdict if link else "absent"
        assert told == ("supported" if years[first] < years[second] else "absent"), (first, second)


# --- Judging --------------------------------------------------------------------------------------


@pytest.mark.parametrize("link", ARGUMENT.links, ids=lambda one: f"{one.source}-{one.target}")
def test_each_link_gets_its_verdict_and_its_reason(link: Link) -> None:
    [one] = judge(ARGUMENT, row(link))
    assert one.verdict == link.verdict
    assert link.feedback in one.texts
    assert one.at_place == (link.verdict != "absent")
    assert (
        state_of([one])[0]
        == {"supported": "right", "suggested": "partly", "absent": "wrong"}[link.verdict]
    )


def test_a_wrong_locator_is_answered_with_its_own_words_and_not_with_the_right_one() -> None:
    for link in links("supported"):
        for place in ARGUMENT.places:
            if place in link.places:
                continue
            [one] = judge(ARGUMENT, row(link, place=place))
            assert (one.verdict, one.at_place, one.right) == ("supported", False, False)
            said = " ".join(one.texts)
            assert sentence(place).gist in said
            assert not any(right in said for right in link.places)
            assert state_of([one]) == ("partly", 0.0)


def _small(*made: Link) -> Argument:
    return dataclasses.replace(read_argument(table()), links=made)


def test_links_that_are_not_listed_are_told_apart() -> None:
    one = link_of("a", "led", "b", "supported")
    two = link_of("b", "led", "c", "supported")
    argument = _small(one, two)
    drawn = {
        "not with this word": ("a", "may", "b"),
        "the other way round": ("b", "led", "a"),
        "by way of another": ("a", "led", "c"),
        "found no sentence": ("c", "led", "a"),
    }
    for words, ends in drawn.items():
        [said] = judge(argument, row(link_of(*ends)) | {"place-1": ["1.1.1"]})
        assert said.verdict == "absent"
        assert words in " ".join(said.texts)


def test_an_unfinished_a_circular_or_a_double_row_is_not_judged() -> None:
    link = links("supported")[0]
    half = {name: given for name, given in row(link).items() if not name.startswith("place")}
    [one] = judge(ARGUMENT, half)
    assert one.verdict is None
    assert "Sentence" in " ".join(one.texts)
    [one] = judge(ARGUMENT, row(link) | {"to-1": [link.source]})
    assert one.verdict is None
    first, second = judge(ARGUMENT, row(link) | row(link, 4))
    assert (first.verdict, second.verdict) == ("supported", None)
    assert "link 1" in " ".join(second.texts)
    assert state_of([second]) == ("unread", 0.0)


NAMES = st.sampled_from([f"{name}-{number}" for name in PARTS for number in range(MOST + 2)])
VALUES = st.one_of(
    st.sampled_from([claim.id for claim in ARGUMENT.claims] + list(ARGUMENT.places)),
    st.text(max_size=5),
    st.none(),
    st.integers(),
    st.lists(st.one_of(st.text(max_size=3), st.none(), st.sampled_from(ARGUMENT.places))),
)


# Time says nothing here: the machine may be busy.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
@given(st.dictionaries(NAMES, VALUES, max_size=12))
def test_any_values_are_judged(values: dict[str, Any]) -> None:
    judged = judge(ARGUMENT, values)
    assert len(judged) == len(rows_of(ARGUMENT, values)) <= MOST
    state, score = state_of(judged)
    assert state in ("right", "partly", "wrong", "unread")
    assert 0 <= score <= 1


# --- The form -------------------------------------------------------------------------------------


def test_a_map_is_judged_drawn_and_kept() -> None:
    form = mali.argue()
    drawn = [links("supported")[0], links("suggested")[0], links("absent")[0]]
    reply = form.send_values(rows(drawn), "check")
    assert reply.state == "partly"
    said = text_of(reply.status)
    assert "1 of 3 links" in said
    assert all(text_of(link.feedback).replace("`", "") in said.replace("`", "") for link in drawn)
    assert '<img alt="' in reply.view
    assert "<table>" in reply.view
    [event] = the_log().events()
    assert (event["item"], event["state"], event["score"]) == ("argument", "partly", 0.3333)
    again = mali.argue()
    assert again.draft == rows(drawn)
    assert again.body.count("<details open") == 1
    assert "built this map before" in again.reply["status"]


def test_what_was_chosen_and_not_checked_is_there_again() -> None:
    form = mali.argue()
    form.draft = {"from-5": [ARGUMENT.claims[0].id], "from-1": ["no such claim"]}
    again = mali.argue()
    assert again.draft == {"from-5": [ARGUMENT.claims[0].id]}
    assert again.body.count("<details open") == 1


@pytest.mark.parametrize(
    "response", [None, [], "x", {"from-1": 3}, {"from-1": ["<b>"]}, {"x": "y"}]
)
def test_an_odd_log_is_an_empty_map(response: Any) -> None:
    the_log().add({"item": "argument", "event": "answer", "response": response, "state": "right"})
    form = mali.argue()
    assert form.reply["status"] == ""
    assert form.send_values({}, "check").state == "unread"


def test_nothing_chosen_is_no_try() -> None:
    form = mali.argue()
    reply = form.send_values({"from-1": [""], "place-9": ["1.1.1"]}, "check")
    assert reply.state == "unread"
    assert "does not count as a try" in reply.status
    assert the_log().events() == []


def test_the_links_of_the_text_are_shown_on_request_only() -> None:
    form = mali.argue()
    reply = form.send_values(row(links("absent")[0]), "check")
    assert 'value="answer"' in reply.view
    shown = text_of(form.send_values({}, "answer").status)
    for link in links("supported"):
        assert ", ".join(link.places) in shown


def test_a_map_that_cannot_be_saved_says_so(home: Any) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    home.write_text("a file where the folder should be")
    reply = mali.argue().send_values(row(links("supported")[0]), "check")
    assert "could not be saved" in reply.status


# --- Verdicts stay in Python ----------------------------------------------------------------------


def everything() -> str:
    form = mali.argue()
    state = form.get_state()
    own = ("layout", "form_id")
    names = sorted(name for name in state if not name.startswith("_") and name not in own)
    data, _ = form._repr_mimebundle_()
    parts = [json.dumps({name: str(state[name]) for name in names})]
    return "\n".join([*parts, str(data["text/html"]), str(data["text/plain"])])


def test_nothing_shown_before_a_check_depends_on_a_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()
    other = {"supported": "suggested", "suggested": "absent", "absent": "supported"}
    twin = dataclasses.replace(
        ARGUMENT,
        links=tuple(
            dataclasses.replace(
                link, verdict=other[link.verdict], places=ARGUMENT.places[:1], feedback=SECRET
            )
            for link in reversed(ARGUMENT.links)
        ),
    )
    monkeypatch.setattr(argument_form, "the_argument", lambda: twin)
    assert everything() == before
    assert SECRET not in before
    assert not any(link.feedback in before for link in ARGUMENT.links)


def test_a_planted_leak_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()
    honest = argument_form._body
    monkeypatch.setattr(
        argument_form,
        "_body",
        lambda argument, rows: honest(argument, rows) + f"<!-- {argument.links[0].verdict} -->",
    )
    assert everything() != before


# --- The picture ----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", range(1, MOST + 1))
def test_the_picture_has_every_link_in_words(count: int) -> None:
    mixture = [*links("supported")[:2], *links("suggested")[:2], links("absent")[0]][:count]
    judged = judge(ARGUMENT, rows(mixture))
    shown = argument_map(ARGUMENT, judged)
    texts = {claim.id: claim.text for claim in ARGUMENT.claims}
    for link in mixture:
        assert f"“{texts[link.source]}” to “{texts[link.target]}”" in shown.alt
    assert len(shown.table.rows) == count
    right = sum(link.verdict == "supported" for link in mixture)
    assert f"{right} of {count}" in shown.title
    width, height = shown.figure.get_size_inches()
    assert width == 5.2
    assert height < 7
    assert len(shown.to_png()) < 80_000


def test_the_picture_fits_what_a_learner_may_draw() -> None:
    """A circle of links, and as many claims as five links can have."""
    ids = [claim.id for claim in ARGUMENT.claims]
    relation = ARGUMENT.relations[0].id
    circle = zip(ids[:5], [*ids[1:5], ids[0]], strict=True)
    apart = zip(ids[:5], ids[5:10], strict=True)
    for pairs in (circle, apart):
        made = [link_of(one, relation, other) for one, other in pairs]
        shown = argument_map(ARGUMENT, judge(ARGUMENT, rows(made)))
        shown.to_png(90)
        for text in shown.figure.findobj(lambda artist: hasattr(artist, "get_text")):
            if text.get_visible() and text.get_text().strip():
                box, edge = text.get_window_extent(), shown.figure.bbox
                assert box.x0 >= edge.x0 - 1, text.get_text()
                assert box.x1 <= edge.x1 + 1, text.get_text()
                assert box.y0 >= edge.y0 - 1, text.get_text()
                assert box.y1 <= edge.y1 + 1, text.get_text()


def test_nothing_judged_is_no_picture() -> None:
    with pytest.raises(ValueError, match="at least one link"):
        argument_map(ARGUMENT, judge(ARGUMENT, {"from-1": [ARGUMENT.claims[0].id]}))


def test_a_notebook_keeps_the_map_with_its_verdicts_and_without_reasons() -> None:
    def kept(form: LiveForm) -> str:
        data, _ = form._repr_mimebundle_()
        return str(data["text/html"])

    fresh = kept(mali.argue())
    assert ARGUMENT.claims[0].text in text_of(fresh)
    link = next(link for link in ARGUMENT.links if link.verdict == "suggested")
    row = {"from": link.source, "relation": link.relation, "to": link.target}
    values = {f"{name}-1": [value] for name, value in {**row, "place": link.places[0]}.items()}
    form = mali.argue()
    form.draft = values
    assert "not judged yet" in text_of(form.saved)
    reply = form.send_values(values, "check")
    assert reply.values == values
    assert text_of(link.feedback) in text_of(reply.status)
    for html in (form.saved, kept(mali.argue())):
        assert "the text comes near to this link" in text_of(html)
        assert text_of(link.feedback) not in text_of(html)
        assert "<select" not in html
    # Who comes back reads what was said of the map.
    assert text_of(link.feedback) in text_of(mali.argue().reply["status"])
