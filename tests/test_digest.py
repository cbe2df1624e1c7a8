"""The digest: marks of statuses, terms to tap, one citation a lesson, and no key told by them."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from wrong_responses import mistakes

import mali_course as mali
from mali_course.charts import CHARTS, chart
from mali_course.core.bibliography import report_html, source_link
from mali_course.core.content import notebooks_folder, read_csv
from mali_course.core.datasets import dataset_names, source
from mali_course.core.html import text_of
from mali_course.core.lessons import Term, lesson, lessons
from mali_course.core.messages import say
from mali_course.core.report import Sentence, about_report, sentence, sentences
from mali_course.core.statuses import status, status_mark, statuses
from mali_course.core.terms import terms_in, with_terms
from mali_course.forms.digest import digest_html
from mali_course.forms.exchange import Reply
from mali_course.forms.legend import legend_html
from mali_course.forms.page import page_style
from mali_course.forms.render import feedback_html, question_html
from mali_course.forms.responses import values_of
from mali_course.kit.notebook_blocks import Block
from mali_course.kit.site import lesson_page
from mali_course.kit.site.reference_pages import report_page
from mali_course.questions import bank
from mali_course.questions.feedback import feedback
from mali_course.questions.item import Item
from mali_course.questions.shapes import Parts, Pick, Spans
from mali_course.record.attempts import Attempts
from mali_course.record.log import the_log

ITEMS = bank.items()
NOTEBOOKS = sorted(notebooks_folder().glob("*.ipynb"))


def rows_of(html: str) -> dict[str, str]:
    """Return the HTML of each sentence of a digest, by its locator."""
    rows = re.findall(r'<li [^>]*class="mali-sentence"[^>]*><strong>([\d.]+)</strong>(.*?)</li>',
                      html.replace('<li class="mali-sentence"', '<li id="" class="mali-sentence"'),
                      re.DOTALL)
    return dict(rows)


def status_of(row: str) -> str:
    """Return the status that a row of a digest tells, or "asked"."""
    found = re.findall(r'data-status="(\w+)"', row)
    assert len(found) == 1
    return str(found[0])


# --- The marks --------------------------------------------------------------------------------


def test_each_status_has_a_mark_of_its_own_in_every_respect() -> None:
    assert {each.name for each in statuses()} == {one.status for one in sentences()}
    for part in ("sign", "marker", "colour", "letter", "word", "meaning"):
        assert len({getattr(each, part) for each in statuses()}) == len(statuses()) == 5


def test_the_colours_of_the_marks_are_those_of_the_look() -> None:
    style = page_style()
    for each in statuses():
        assert f"--mali-status-{each.name}: {each.colour};" in style, each.name


@pytest.mark.parametrize("one", sentences(), ids=lambda one: one.locator)
def test_a_digest_has_locator_status_and_text_of_each_sentence(one: Sentence) -> None:
    everything = {item.id for item in ITEMS}
    html = digest_html([one.locator], behind=everything)
    kind = status(one.status)
    assert rows_of(html).keys() == {one.locator}
    # A name for a screen reader, for the eye a sign that is not read out, and a tooltip.
    assert text_of(html) == f"{one.locator} {kind.sign} {kind.word}: {one.gist}"
    assert f'data-letter="{kind.letter}" aria-hidden="true">{kind.sign}<' in html
    assert f'title="{kind.word}. ' in html
    assert text_of(str(mali.cite(one.locator).html)).count(kind.word) >= 2


def test_the_report_page_has_the_marks_of_all_sentences() -> None:
    rows = rows_of(report_page())
    assert {name: status_of(row) for name, row in rows.items()} == {
        one.locator: one.status for one in sentences()
    }


def test_the_legend_tells_all_marks_and_stands_under_a_fold_once() -> None:
    assert all(status_mark(each.name) in legend_html() for each in statuses())
    assert legend_html().startswith("<details>")
    assert mali.read(1).html.count("<details>") == 1
    assert digest_html(["1"]).count("<details>") == 0


def test_a_question_mark_is_explained_where_one_stands() -> None:
    said = say("statuses.legend.asked_meaning")
    assert said in text_of(mali.read("1.5").html)
    assert said not in text_of(mali.read("3.1").html)
    assert said not in report_page()


def test_a_page_where_nothing_is_answered_promises_no_mark() -> None:
    said = say("statuses.legend.asked_meaning")
    block = Block("read-1", "read", 'mali.read("1.5")', results=(mali.read("1.5").html,))
    html = lesson_page._result_html(block, lambda png: "")
    assert said not in html
    assert html.count(say("kit_site.lesson.asked")) == 5  # four marks, and the legend


# --- No mark tells a key ----------------------------------------------------------------------

# Items that speak of statuses, and whose answer no mark tells.
NOT_TOLD = {
    "00-07": "It asks what a signal word means, and no mark names a word.",
    "00-12": "Its sentence is invented.",
}


def speaks_of_statuses(item: Item) -> bool:
    """Whether the answers of an item are statuses, or its stem asks for one or for its signs."""
    shape = item.as_shape()
    texts = [item.stem]
    if isinstance(shape, Pick | Parts):
        texts += [answer.text for answer in shape.answers]
    words = "|".join(["status", "cautious word", *(f"{each.word}(?:s)?" for each in statuses())])
    starts = [text for text in texts[1:] if re.match(rf"(?:{words})\b", text, re.IGNORECASE)]
    return bool(starts or re.search(r"\b(status|cautious word|signal word)", item.stem))


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_an_item_on_statuses_keeps_them_back(item: Item) -> None:
    if speaks_of_statuses(item):
        assert ("status" in item.asks) != (item.id in NOT_TOLD), item.stem


@pytest.mark.parametrize(
    "item", [item for item in ITEMS if "status" in item.asks], ids=lambda item: item.id
)
def test_what_an_item_asks_for_is_told_once_it_is_behind(item: Item) -> None:
    own = {f"{number}" for number in lesson(item.lesson).sections}
    assert {locator[0] for locator in item.cites} <= own  # where the digest looks for items
    for locator in item.cites:
        assert status_of(rows_of(digest_html([locator]))[locator]) == "asked"
        others = {other.id for other in ITEMS} - {item.id}
        assert status_of(rows_of(digest_html([locator], behind=others))[locator]) == "asked"
    right = feedback(item, item.grade_response(item.key_response()), 1)
    told = rows_of("".join(feedback_html(right, item)))
    asked_elsewhere = {
        locator for other in ITEMS if other != item and "status" in other.asks
        for locator in other.cites
    }
    for locator in set(item.cites) - asked_elsewhere:
        assert status_of(told[locator]) == sentence(locator).status


def test_a_learner_has_the_marks_back_after_the_questions() -> None:
    def told() -> dict[str, str]:
        return {name: status_of(row) for name, row in rows_of(mali.read("1.5").html).items()}

    asked = {"1.5.1", "1.5.2", "1.5.3", "1.5.4"}
    before = told()
    assert {name for name, kind in before.items() if kind == "asked"} == asked
    for item_id in ("01-37",):
        item = bank.find(item_id)
        assert told()["1.5.1"] == "asked"
        Attempts(item, the_log()).answer(item.key_response())
    assert told() == {name: sentence(name).status for name in before}


def told_by(reply: Reply) -> dict[str, str]:
    return {place: status_of(html) for place, html in reply.told.items()}


def test_a_reply_hands_over_what_was_kept_back_once_the_question_is_behind() -> None:
    form, item = mali.ask("01-37"), bank.find("01-37")
    asked = {place for other in ITEMS if "status" in other.asks and other != item
             for place in other.cites}
    [wrong, *_] = mistakes(item)
    for _ in range(2):
        reply = form.send_values(values_of(item, wrong.response), action="check")
        assert reply.told == {}
    assert "told" not in form.reply
    reply = form.send_values(values_of(item, item.key_response()), action="check")
    assert reply.state == "right"
    assert told_by(reply) == {
        place: "asked" if place in asked else sentence(place).status for place in item.cites
    }
    assert form.reply["told"] == reply.told
    # A question drawn again, such as after a kernel was restarted, says so again.
    assert mali.ask("01-37").reply["told"] == reply.told


def test_the_answer_shown_hands_over_and_a_guess_does_not() -> None:
    item = bank.find("01-37")
    guess = mali.guess(item.id)
    assert guess.send_values(values_of(item, item.key_response()), action="keep").told == {}
    assert set(mali.ask(item.id).send_values({}, action="answer").told) == set(item.cites)


def test_other_questions_hand_over_nothing() -> None:
    item = bank.find("01-31")
    reply = mali.ask(item.id).send_values(values_of(item, item.key_response()), action="check")
    assert (reply.state, reply.told) == ("right", {})


def calls_of(path: Any) -> Iterator[tuple[str, list[Any]]]:
    """Yield the calls of the course in a notebook, in order, with their plain arguments."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        for node in ast.walk(ast.parse("".join(cell["source"]))):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name("mali"), attr=name), args=args):
                    if all(isinstance(arg, ast.Constant) for arg in args):
                        yield name, [arg.value for arg in args if isinstance(arg, ast.Constant)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_nothing_above_a_question_tells_the_status_that_it_asks_for(path: Any) -> None:
    """As it is for a learner who has not begun, which is what a stored notebook holds."""
    told: dict[str, str] = {}
    for name, places in calls_of(path):
        if name in ("read", "cite"):
            html = getattr(mali, name)(*places).html
            told |= {place: status_of(row) for place, row in rows_of(html).items()}
        elif name == "ask":
            item = bank.find(places[0])
            assert "status" not in item.asks or not {
                locator for locator in item.cites if told.get(locator, "asked") != "asked"
            }, item.id


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_stored_output_above_a_question_tells_the_status_that_it_asks_for(path: Any) -> None:
    told: dict[str, str] = {}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        for item_id in re.findall(r'mali\.ask\("([\d-]+)"\)', "".join(cell["source"])):
            item = bank.find(item_id)
            if "status" in item.asks:
                assert {told.get(locator, "asked") for locator in item.cites} == {"asked"}, item_id
        for output in cell.get("outputs", []):
            html = "".join(output.get("data", {}).get("text/html", ""))
            told |= {place: status_of(row) for place, row in rows_of(html).items()}


# --- Terms ------------------------------------------------------------------------------------

_COMMON = {
    "been", "does", "from", "group", "groups", "have", "mali", "more", "other", "another", "place",
    "report", "says", "state", "than", "that", "their", "them", "they", "this", "were", "what",
    "which", "with",
}
# A meaning that comes near to a key, and does not tell it.
NOT_THE_KEY = {
}


def words_in(text: str) -> set[str]:
    """Return the words of a text that mean something."""
    return {
        word for word in re.findall(r"[a-zà-ÿ]{4,}|\d[\d,.]*\d", text.casefold())
        if word not in _COMMON
    }


def key_texts(item: Item) -> list[str]:
    """Return the texts that answer an item."""
    match item.as_shape():
        case Pick(answers=answers):
            return [answer.text for answer in answers if answer.right]
        case Parts(task="pair", answers=answers):
            return [answer.text for answer in answers]
        case Spans():
            return list(item.key_lines()) if item.has_form else []
    return []


def tells(meaning: str, key: str) -> bool:
    """Whether half of a key stands in a meaning."""
    wanted = words_in(key)
    both = wanted & words_in(meaning)
    return len(both) * 2 >= len(wanted) > 0 and (len(both) > 1 or len(wanted) == 1)


def marked_terms(item: Item) -> set[tuple[str, str]]:
    """Return the terms that are explained in the stem and in the digest of an item."""
    html = question_html(item, "live") + digest_html(item.cites)
    meanings = {term.meaning: term.term for each in lessons() for term in each.terms}
    found = re.findall(r'<abbr class="mali-term" title="([^"]*)">', html)
    plain = {text_of(meaning) for meaning in found}
    return {(meanings[meaning], meaning) for meaning in plain}


def told_terms(item: Item) -> set[str]:
    """Return the terms around an item whose meaning tells its answer."""
    return {
        term for term, meaning in marked_terms(item)
        if any(tells(meaning, key) for key in key_texts(item))
        and (item.id, term) not in NOT_THE_KEY
    }


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_no_meaning_of_a_term_tells_the_answer(item: Item) -> None:
    assert told_terms(item) == set(), key_texts(item)


def test_exceptions_are_needed() -> None:
    for item_id in NOT_TOLD:
        assert speaks_of_statuses(bank.find(item_id))
    for item_id, term in NOT_THE_KEY:
        meanings = dict(marked_terms(bank.find(item_id)))
        assert any(tells(meanings[term], key) for key in key_texts(bank.find(item_id)))


def test_planted_terms_that_tell_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for item in ITEMS:
        monkeypatch.setattr(type(item), "asked_terms", frozenset())
        monkeypatch.setattr("mali_course.forms.digest._asking", lambda *given: ())
        found += [(item.id, term) for term in sorted(told_terms(item))]
    assert ("01-35", "G5 Sahel") in found
    assert ("03-02", "mediator") in found


def test_asked_terms_are_terms_and_stay_plain() -> None:
    for item in ITEMS:
        known = {term.term for each in lessons() if each.id <= item.lesson for term in each.terms}
        assert item.asked_terms <= known, item.id
        assert all(name in ("status", "words") or name.startswith("term:") for name in item.asks)
        assert not item.asked_terms & {term for term, _ in marked_terms(item)}, item.id


def test_each_term_on_tap_is_the_one_of_the_nearest_lesson() -> None:
    def meaning(lesson_id: str) -> str:
        return terms_in("a pledge", lesson_id)[0].meaning

    own = {each.id: term.meaning for each in lessons() for term in each.terms
           if "pledge" in term.forms_in_texts}
    assert {number: meaning(number) for number in own} == own
    assert len(set(own.values())) == 3
    assert terms_in("a pledge", "00") == ()
    assert meaning("05") == own["04"]


def test_forms_of_terms_are_found_and_nothing_like_them() -> None:
    for text in ("Coups", "the coup.", "“coup”"):
        assert [term.term for term in terms_in(text, "01")] == ["coup"], text
    for text in ("coupled", "post-coup", "platform", "`coup`"):
        assert terms_in(text, "03") == (), text
    assert with_terms("1 < 2 `coup` coup", "01").startswith("1 &lt; 2 <code>coup</code> <abbr")


def test_a_term_is_marked_at_its_first_place_in_a_digest() -> None:
    html = digest_html(["2"])
    for term in {term for one in sentences() if one.section == 2 for term in
                 terms_in(one.gist, "02")}:
        assert html.count(f">{term.term}</abbr>") <= 1
    assert html.count('class="mali-term"') >= 10
    assert digest_html(["1.1.2"]).count(">Islamist<") == digest_html(["1.1"]).count(">Islamist<")


def test_no_term_is_marked_where_a_tap_ticks_an_option() -> None:
    for item in ITEMS:
        for label in re.findall(r"<label.*?</label>|<option.*?</option>",
                                question_html(item, "live"), re.DOTALL):
            assert "mali-term" not in label, item.id


def test_forms_of_a_term_are_written_once() -> None:
    for each in lessons():
        forms = [form for term in each.terms for form in term.forms_in_texts]
        assert len(forms) == len(set(forms)), each.id
        used = Term("a", "b", ("c",), on_tap=False)
        assert used.forms_in_texts == ()


# --- Sources ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_report_is_cited_once_a_lesson(path: Any) -> None:
    shown = [
        getattr(mali, name)(*places).html
        for name, places in calls_of(path)
        if name in ("read", "cite", "sources", "terms", "about")
    ]
    assert "".join(shown).count(report_html()) == 1
    assert about_report().url in report_html()


def test_the_address_of_the_report_is_the_same_everywhere() -> None:
    assert source("CRS_2020_01").url == about_report().url


def test_the_text_of_a_link_is_words_everywhere() -> None:
    shown = [mali.sources(each.id).html for each in lessons()]
    shown += [mali.about(name).html for name in dataset_names()]
    shown += [chart(name).to_html(address=lambda png: "picture.png") for name in CHARTS]
    shown += [mali.cite().html, report_page()]
    links = [text for html in shown for text in re.findall(r"<a [^>]*>(.*?)</a>", html)]
    assert len(links) > 500
    assert [text for text in links if re.match(r"\s*(https?:|www\.)|\w+(\.\w+)+/", text)] == []


def test_a_source_is_named_by_publisher_title_and_date() -> None:
    for row in read_csv("sources.csv"):
        entry = source(row["source_id"])
        text = text_of(source_link(entry))
        assert text == f"{entry.publisher}: {entry.title} ({entry.version_or_date})"


def test_sources_of_a_data_set_stand_under_a_fold() -> None:
    html = mali.about("crisis_events").html
    start, end = html.index("<details>"), html.index("</details>")
    assert all(start < place.start() < end for place in re.finditer("<a ", html))


# --- Headings ---------------------------------------------------------------------------------


def test_what_is_read_begins_with_one_heading() -> None:
    for shown in (mali.read(2), mali.read("1.1", "2.2"), mali.cite("1.1.1"), mali.cite(),
                  mali.about("towns"), mali.terms("01"), mali.sources("01")):
        inside = shown.html.partition(">")[2]
        assert inside.startswith('<h3 class="mali-title" tabindex="-1">')
        levels = [int(level) for level in re.findall(r"<h(\d)", shown.html)]
        assert levels == [3]


def test_the_report_page_skips_no_heading() -> None:
    levels = [int(level) for level in re.findall(r"<h(\d)", report_page())]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert levels.count(3) == len({one.paragraph for one in sentences()})
