"""The report's own sentences beside the digest, wherever one stands, and never in what is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import pytest

import mali_course as mali
from mali_course.core.content import read_csv
from mali_course.core.html import text_of
from mali_course.core.report import paragraphs_of, sentences
from mali_course.forms.digest import digest_html, originals_html
from mali_course.forms.explained import key_html
from mali_course.forms.live import LiveForm
from mali_course.forms.passage_fold import passage_fold
from mali_course.forms.render import feedback_html
from mali_course.original.fingerprints import fingerprints
from mali_course.original.hedges import hedges
from mali_course.original.kept import (
    keep_originals,
    original,
    originals,
    own_file,
    showing_originals,
)
from mali_course.questions import bank
from mali_course.questions.feedback import feedback
from mali_course.record.attempts import Attempts
from mali_course.record.log import the_log
from mali_course.views.answering import saved_question

Texts = Mapping[str, str]
ITEMS = bank.items()


@pytest.fixture
def brought(made_up_report: Texts) -> Texts:
    """A learner who has brought the report."""
    path = own_file()
    assert path
    keep_originals(made_up_report, path)
    return made_up_report


def shown_in(html: str, texts: Texts) -> dict[str, bool]:
    """Return for each row of a digest whether the report's sentence stands in it, and no other."""
    rows = re.findall(r'<li class="mali-sentence" data-locator="([\d.]+)".*?</li>', html, re.DOTALL)
    assert html.count('class="mali-sentence"') == len(rows)
    cut = re.split(r'<li class="mali-sentence"', html)[1:]
    return {
        locator: [one for one, text in texts.items() if text in text_of(row)] == [locator]
        for locator, row in zip(rows, cut, strict=True)
    }


def test_made_up_sentences_stand_for_the_real_ones(brought: Texts) -> None:
    real = read_csv("report/fingerprints.csv")
    assert [one.locator for one in fingerprints()] == [row["locator"] for row in real]
    assert [len(one.words) for one in fingerprints()] == [len(r["words"].split()) for r in real]
    assert not {one.whole for one in fingerprints()} & {row["whole"] for row in real}
    assert dict(originals()) == dict(brought)


def test_without_them_the_fingerprints_are_the_real_ones() -> None:
    real = [row["whole"] for row in read_csv("report/fingerprints.csv")]
    assert [one.whole for one in fingerprints()] == real


def test_a_row_says_whose_words_they_are(brought: Texts) -> None:
    every = {item.id for item in ITEMS}
    for one in sentences():
        lines = text_of(digest_html([one.locator], behind=every)).splitlines()
        assert lines[0].endswith(one.gist)
        assert lines[1].startswith(f"In the report’s own words: {brought[one.locator]}")


@pytest.mark.parametrize("place", ["1", "4.1", "3.1.2"])
def test_read_shows_them_where_they_are_and_its_heading_says_whose_words_stand_there(
    made_up_report: Texts, place: str
) -> None:
    before = mali.read(place)
    assert "mali-original" not in before.html
    path = own_file()
    assert path
    keep_originals(made_up_report, path)
    after = mali.read(place)
    if place != "1":  # a section has its own title
        title = "What the report says, in our words"
        assert before.text.startswith(f"{title} (")
        assert after.text.startswith(f"{title} and in its own (")
    assert set(shown_in(after.html, made_up_report).values()) == {True}
    assert len(shown_in(after.html, made_up_report)) == sum(map(len, paragraphs_of([place])))


@pytest.mark.parametrize("there", [True, False])
def test_feedback_says_whose_words_stand_below_it(
    there: bool, request: pytest.FixtureRequest
) -> None:
    if there:
        request.getfixturevalue("brought")
    title = f"What the report says there, in our words{' and in its own' if there else ''}:"
    item = bank.find("01-31")
    told = feedback(item, item.grade_response(item.key_response()), 1)
    for html in (key_html(item), "".join(feedback_html(told, item))):
        assert title in text_of(html).splitlines()


def test_cite_shows_the_sentence(brought: Texts) -> None:
    assert shown_in(mali.cite("1.2.2").html, brought) == {"1.2.2": True}


def test_a_sentence_that_was_not_recognised_stays_with_the_digest_alone(
    made_up_report: Texts,
) -> None:
    path = own_file()
    assert path
    keep_originals({"2.1.2": made_up_report["2.1.2"]}, path)
    shown = shown_in(mali.read("2.1").html, made_up_report)
    assert [locator for locator, there in shown.items() if there] == ["2.1.2"]
    assert mali.read("2.1").html.count('class="mali-original"') == 1


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_questions_show_them_in_the_fold_and_in_the_explanation(
    brought: Texts, item: bank.Item
) -> None:
    if fold := passage_fold(item):
        assert set(shown_in(fold, brought).values()) == {True}
    told = feedback(item, item.grade_response(item.key_response()), 1)
    html = "".join(feedback_html(told, item))
    assert set(shown_in(html, brought).values()) <= {True}
    assert bool(told.digest) == ('class="mali-original"' in html)


def test_the_mixed_test_shows_them(brought: Texts) -> None:
    form = mali.test()
    form.send_values({}, action="begin")
    for _ in range(5):
        [item_id] = re.findall(r'name="question" value="([\d-]+)"', form.body)
        about = {"question": [item_id]}
        fold = passage_fold(bank.find(item_id))
        assert set(shown_in(form.body, brought).values()) <= {True}
        assert fold in form.body
        told = form.send_values(about, action="answer")
        assert set(shown_in(told.status + told.view, brought).values()) == {True}
        form.send_values(about, action="next")


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_what_a_notebook_keeps_of_a_question_holds_none(brought: Texts, item: bank.Item) -> None:
    attempts = Attempts(item, the_log())
    for response in (None, item.key_response()):
        if response is not None:
            attempts.answer(response)
        shown = mali.ask(item.id)
        data = shown._repr_mimebundle_()
        kept = json.dumps(dict(data[0] if isinstance(shown, LiveForm) else data)["text/html"])
        kept += saved_question(attempts)
        assert [locator for locator, text in brought.items() if text in kept] == []
        assert 'class="mali-original"' not in kept


def test_marks_wait_for_the_question_that_asks_for_the_status(brought: Texts) -> None:
    asked = {
        locator
        for item in ITEMS
        if "status" in item.asks
        for locator in item.cites
        if hedges(locator)
    }
    every = {item.id for item in ITEMS}
    assert asked
    for locator in asked:
        assert "mali-hedge" not in originals_html()[locator]
        assert "mali-hedge" not in digest_html([locator])
        assert "mali-hedge" in originals_html(every)[locator]
        assert "mali-hedge" in digest_html([locator], behind=every)
    others = [one.locator for one in sentences() if hedges(one.locator)]
    assert any("mali-hedge" in originals_html()[locator] for locator in others)


def test_the_page_is_given_what_python_would_write(brought: Texts) -> None:
    """The script puts into open digests what a digest made now holds."""
    for behind in ((), {item.id for item in ITEMS}):
        given = originals_html(behind)
        assert list(given) == [one.locator for one in sentences()]
        for locator, html in given.items():
            assert html in digest_html([locator], behind=behind)


def test_markup_in_a_sentence_is_text(
    made_up_report: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file may hold any sign between the letters."""
    path = own_file()
    assert path
    keep_originals({"1.1.1": f"<b>{made_up_report['1.1.1']}"}, path)
    assert original("1.1.1") == ""  # "b" is a letter
    keep_originals({"1.1.1": f"</>&{made_up_report['1.1.1']}"}, path)
    assert "&lt;/&gt;&amp;" in digest_html(["1.1.1"])


def test_a_command_shows_none_unless_it_is_asked_to(brought: Texts) -> None:
    with showing_originals(False):
        assert 'class="mali-original"' not in digest_html(["1"])
        assert originals_html() == {}
    assert 'class="mali-original"' in digest_html(["1"])
