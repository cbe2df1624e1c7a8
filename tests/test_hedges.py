"""The marked words of the report: where they stand, and that no word of it is in the project."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from itertools import pairwise
from typing import get_args, get_type_hints

import pytest
from wrong_responses import mistakes

import mali_course as mali
from mali_course.core.content import read_csv
from mali_course.core.errors import CourseError
from mali_course.core.html import text_of
from mali_course.core.messages import say
from mali_course.core.report import sentences
from mali_course.core.schema import read
from mali_course.forms.digest import digest_html
from mali_course.forms.explained import key_html
from mali_course.forms.legend import legend_html
from mali_course.forms.render import feedback_html, question_html
from mali_course.original.fingerprints import fingerprints
from mali_course.original.hedges import Hedge, hedges, marked_html, meanings
from mali_course.original.kept import keep_originals, own_file, showing_originals
from mali_course.questions import bank
from mali_course.questions.feedback import feedback
from mali_course.questions.item import Item
from mali_course.questions.kinds.evidence import Evidence
from mali_course.questions.outcome import Outcome
from mali_course.record.attempts import Attempts
from mali_course.record.log import the_log
from mali_course.views.progress_parts import sentence_rows

_FILE = "report/hedges.csv"
_KINDS = get_args(get_type_hints(Hedge)["kind"])
# Sentences that weigh something and have no word that says so: the reader has to notice.
_WITHOUT_A_WORD = {"1.1.1", "1.1.5", "1.2.1", "1.2.4", "1.4.5", "3.3.5", "4.1.1", "5.1.3"}


def _marks(html: str) -> list[str]:
    found = re.findall(r'<mark class="mali-hedge"[^>]*>(.*?)</mark>', html, re.DOTALL)
    return [unescape(text) for text in found]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def test_the_numbers_lie_inside_their_sentences_and_apart() -> None:
    lengths = {one.locator: len(one.words) for one in fingerprints()}
    found = [read(Hedge, row, _FILE) for row in read_csv(_FILE)]
    assert found
    for hedge in found:
        assert 1 <= hedge.first <= hedge.last <= lengths[hedge.locator], hedge
    for locator in lengths:
        assert all(one.last < after.first for one, after in pairwise(hedges(locator))), locator


def test_the_file_is_in_the_order_of_the_report_and_has_numbers_and_kinds_alone() -> None:
    order = [one.locator for one in sentences()]
    rows = read_csv(_FILE)
    places = [order.index(row["locator"]) for row in rows]
    assert places == sorted(places)
    for row in rows:
        assert list(row) == ["locator", "words", "kind"]
        assert re.fullmatch(r"\d+(-\d+)?", row["words"])
        assert row["kind"] in _KINDS


def test_every_kind_is_used_and_has_words() -> None:
    found = [read(Hedge, row, _FILE) for row in read_csv(_FILE)]
    assert {hedge.kind for hedge in found} == set(_KINDS)
    assert all(hedge.meaning for hedge in found)


def test_what_is_no_fact_has_a_word_that_says_so_but_for_those_known_to_have_none() -> None:
    without = {
        one.locator for one in sentences() if one.status != "fact" and not hedges(one.locator)
    }
    assert without == _WITHOUT_A_WORD


def test_whom_the_report_names_is_marked() -> None:
    for one in sentences():
        if one.attribution:
            kinds = {hedge.kind for hedge in hedges(one.locator)}
            assert kinds & {"attribution", "allegation"}, one.locator


@pytest.mark.parametrize("words", ["", "0", "3-2", "two", "1-", "1,2"])
def test_a_bad_range_is_refused_with_its_field(words: str) -> None:
    with pytest.raises(CourseError, match="words"):
        read(Hedge, {"locator": "1.1.3", "words": words, "kind": "extent"}, _FILE)


def test_the_words_of_that_number_are_marked(made_up_report: Mapping[str, str]) -> None:
    for locator, text in made_up_report.items():
        words = _words(text)
        expected = [" ".join(words[one.first - 1 : one.last]) for one in hedges(locator)]
        html = marked_html(text, locator)
        assert _marks(html) == expected, locator
        plain = re.sub(r'<span class="mali-hidden mali-hedge-line[^"]*">.*?</span>', "", html)
        assert unescape(re.sub("<[^>]+>", "", plain)) == text


def test_words_are_found_where_a_file_has_cut_or_joined_them(
    made_up_report: Mapping[str, str],
) -> None:
    [hedge] = hedges("1.5.1")
    words = _words(made_up_report["1.5.1"])
    wanted = words[hedge.first - 1]
    words[hedge.first - 1] = f"{wanted[:2]}-\n{wanted[2:]}"
    before = "".join(words[: hedge.first - 1])
    text = f"{before} {' & '.join(words[hedge.first - 1 :])}"
    assert _marks(marked_html(text, "1.5.1")) == [f"{wanted[:2]}-\n{wanted[2:]}"]


def test_another_text_has_no_marks_and_is_escaped(made_up_report: Mapping[str, str]) -> None:
    text = made_up_report["1.5.1"]
    assert marked_html(text, "1.5.2") == text
    assert marked_html(text, "9.9.9") == text
    assert marked_html(f"<b>{text} More & more", "1.5.1") == f"&lt;b&gt;{text} More &amp; more"


def test_a_hint_points_and_does_not_tell(made_up_report: Mapping[str, str]) -> None:
    text = made_up_report["1.2.2"]
    told, pointed = marked_html(text, "1.2.2"), marked_html(text, "1.2.2", telling=False)
    assert _marks(told) == _marks(pointed)
    for hedge in hedges("1.2.2"):
        assert hedge.meaning in told
        assert hedge.meaning not in pointed
    assert "title=" not in pointed
    for mark in _marks(pointed):  # a screen reader hears where to look
        assert f"“{mark}”" in pointed


def test_what_is_heard_names_a_kind_once_for_words_of_one_kind(
    made_up_report: Mapping[str, str],
) -> None:
    line = text_of(marked_html(made_up_report["1.2.2"], "1.2.2")).partition("Marked words:")[2]
    rounding = next(one for one in hedges("1.2.2") if one.kind == "rounding")
    assert line.count(rounding.meaning) == 1
    assert line.count("“") == 4


# --- Where they show ------------------------------------------------------------------------------


@pytest.fixture
def report_there(made_up_report: Mapping[str, str]) -> Mapping[str, str]:
    """Have a learner who has brought the (made-up) report."""
    path = own_file()
    assert path
    keep_originals(made_up_report, path)
    return made_up_report


def _rows(html: str) -> dict[str, str]:
    """Return the HTML of each sentence of a digest, by its locator."""
    return dict(re.findall(r'<li [^>]*data-locator="([\d.]+)"[^>]*>(.*?)</li>', html, re.DOTALL))


ITEMS = bank.items()
ASKING = [item for item in ITEMS if {"status", "words"} & set(item.asks)]


def test_marks_stand_where_the_status_is_told(report_there: Mapping[str, str]) -> None:
    everything = {item.id for item in ITEMS}
    for locator, row in _rows(digest_html(range(1, 7), behind=everything)).items():
        assert len(_marks(row)) == len(hedges(locator)), locator
    asked = [
        locator
        for locator, row in _rows(digest_html(range(1, 7))).items()
        if 'data-status="asked"' in row and hedges(locator)
    ]
    assert asked
    for locator in asked:
        row = _rows(digest_html([locator]))[locator]
        assert 'class="mali-original"' in row
        assert not _marks(row)


def test_questions_about_words_keep_the_marks_back() -> None:
    said = r"(signal|cautious) word|how sure|Some words"
    for item in ITEMS:
        if re.search(said, item.stem):
            assert {"status", "words"} & set(item.asks), item.stem
    words = {item.id for item in ASKING if "words" in item.asks}
    # Their answers are the words themselves, or where one of them stands.
    assert words == {"00-07", "01-37", "02-12", "03-26", "03-28", "05-30"}


@pytest.mark.parametrize("item", ASKING, ids=lambda item: item.id)
def test_before_a_try_nothing_points_at_words_that_a_question_asks_for(
    item: Item, report_there: Mapping[str, str]
) -> None:
    rows = _rows(question_html(item))
    rows |= _rows("".join(feedback_html(feedback(item, _wrong(item), 1), item)))
    rows |= {place: _rows(mali.read(place).html)[place] for place in item.cites}
    for locator in item.cites:
        assert report_there[locator] in _plain(rows[locator])  # to be read: that is the point
        assert not _marks(rows[locator])
    assert not _marks(question_html(item, "page").partition("<fieldset")[2])


def _wrong(item: Item) -> Outcome:
    """Return the outcome of a wrong answer."""
    return item.grade_response(mistakes(item)[0].response)


@pytest.mark.parametrize("item", ASKING, ids=lambda item: item.id)
def test_a_hint_points_into_the_original_and_the_explanation_tells(
    item: Item, report_there: Mapping[str, str]
) -> None:
    hint = feedback(item, _wrong(item), 2)
    assert hint.where
    pointed = _rows("".join(feedback_html(hint, item)))
    right = feedback(item, item.grade_response(item.key_response()), 3)
    told = _rows("".join(feedback_html(right, item)))
    for locator in item.cites:
        # Where the words are the answer, to point is to tell.
        count = 0 if "words" in item.asks else len(hedges(locator))
        assert len(_marks(pointed[locator])) == count
        assert '<mark class="mali-hedge" title' not in pointed[locator]
    # Another question may still ask for the same sentence; of one at least it is told.
    others = {place for other in ASKING if other != item for place in other.cites}
    assert set(item.cites) <= others or any(
        '<mark class="mali-hedge" title' in told[place] for place in item.cites
    )


def test_a_learner_has_the_marks_back_after_the_question(
    report_there: Mapping[str, str],
) -> None:
    def marked() -> bool:
        return bool(_marks(_rows(mali.read("6.2.3").html)["6.2.3"]))

    assert not marked()
    item = bank.find("00-07")
    Attempts(item, the_log()).answer(item.key_response())
    assert marked()


def test_what_marked_words_mean_stands_in_the_legend_and_is_not_read_out_without_them() -> None:
    html = legend_html()
    words = html.partition('<div class="mali-hedge-legend" hidden>')[2].partition("</div>")[0]
    assert _marks(words) == [say("hedges.legend.sample")]
    assert re.findall(r"<li>(.*?)</li>", words) == meanings()
    assert len(meanings()) == len(_KINDS)
    assert say("hedges.legend.rest") not in text_of(html)


def test_a_question_that_is_behind_hands_over_the_words_it_asked_for(
    report_there: Mapping[str, str],
) -> None:
    item, form = bank.find("00-07"), mali.ask("00-07")
    assert form.send_values({}, action="check").told == {}
    told = form.send_values({}, action="answer").told
    assert set(told) == set(item.cites)
    for locator, html in told.items():
        assert report_there[locator] in _plain(html)
        assert len(_marks(html)) == len(hedges(locator))


# --- Every place with a sentence of ours ----------------------------------------------------------


def _plain(html: str) -> str:
    return unescape(re.sub("<[^>]+>", "", html))


def _below(html: str) -> dict[str, str]:
    """Return what each place with a sentence holds, by its locator."""
    parts = re.split(r'<(?=(?:li|div) [^>]*data-locator=")', html)[1:]
    return {re.findall(r'data-locator="([\d.]+)"', part)[0]: part for part in parts}


def test_options_that_are_sentences_have_the_original_below_and_no_marks(
    report_there: Mapping[str, str],
) -> None:
    found = [item for item in ITEMS if item.kind == "evidence"]
    assert found
    for item in found:
        places = _below(question_html(item))
        assert isinstance(item, Evidence)
        assert list(places) == [option.locator for option in item.options if option.locator]
        for locator, html in places.items():
            assert report_there[locator] in html
            assert not _marks(html)
        # What is clicked is our sentence alone.
        for label in re.findall(r"<label.*?</label>", question_html(item), re.DOTALL):
            assert "mali-original" not in label
        assert "mali-original" not in mali.ask(item.id).saved


def test_sentences_to_read_again_have_the_original(report_there: Mapping[str, str]) -> None:
    item = bank.find("04-27")
    places = _below(sentence_rows({"3.3.4": [item], "1.5.2": []}))
    assert list(places) == ["1.5.2", "3.3.4"]
    assert all(report_there[locator] in _plain(html) for locator, html in places.items())
    assert len(_marks(places["3.3.4"])) == len(hedges("3.3.4"))


def test_the_argument_map_shows_the_sentences_it_offers_and_points_at_no_word(
    report_there: Mapping[str, str],
) -> None:
    form = mali.argue()
    places = _below(form.body)
    assert len(places) > 5
    for locator, html in places.items():
        assert report_there[locator] in html
    assert not _marks(form.body)
    assert "mali-original" not in form.saved


def test_the_key_for_a_teacher_has_them_only_where_they_are_shown(
    report_there: Mapping[str, str],
) -> None:
    item = bank.find("04-27")
    assert all(report_there[locator] in _plain(key_html(item)) for locator in item.cites)
    with showing_originals(False):
        assert "mali-original" not in key_html(item)


def test_without_the_report_these_places_hold_ours_alone() -> None:
    evidence = next(item for item in ITEMS if item.kind == "evidence")
    for html in (question_html(evidence), mali.argue().body, key_html(evidence)):
        assert "mali-original" not in html.replace("mali-option-original", "")


def test_a_sentence_looked_up_has_its_marks_once_no_question_asks_for_them(
    report_there: Mapping[str, str],
) -> None:
    assert len(_marks(mali.cite("1.5.1").html)) == 1  # its status is what was asked for
    assert not _marks(mali.cite("6.2.3").html)
    item = bank.find("00-07")
    Attempts(item, the_log()).answer(item.key_response())
    assert len(_marks(mali.cite("6.2.3").html)) == len(hedges("6.2.3"))


def test_an_explanation_points_at_words_even_where_another_question_asks_for_them(
    report_there: Mapping[str, str],
) -> None:
    item = next(
        item for item in ITEMS if "6.2.3" in item.cites and item.id != "00-07" and item.has_form
    )
    right = feedback(item, item.grade_response(item.key_response()), 1)
    row = _rows("".join(feedback_html(right, item)))["6.2.3"]
    assert len(_marks(row)) == len(hedges("6.2.3"))
    assert '<mark class="mali-hedge" title' not in row
