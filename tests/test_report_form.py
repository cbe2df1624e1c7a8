"""mali.report(): a learner brings the report, sees what is there, and removes it again."""

from __future__ import annotations

import errno
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

import mali_course as mali
from mali_course.core.errors import CourseError
from mali_course.core.html import text_of
from mali_course.core.lessons import lessons
from mali_course.core.report import sentences
from mali_course.forms.exchange import Reply
from mali_course.forms.live import LiveForm
from mali_course.forms.page import page_script
from mali_course.original import fetching, kept
from mali_course.original.bringing import Brought
from mali_course.original.kept import (
    keep_originals,
    originals,
    own_file,
    own_originals,
    shared_file,
)
from mali_course.original.unreadable import LARGEST

Texts = Mapping[str, str]
EVERY = [one.locator for one in sentences()]


def file_of(texts: Iterable[str]) -> dict[str, list[str]]:
    """Return a text file as the page sends it."""
    content = "\n".join(texts).encode()
    return {"file": [f"data:text/plain;base64,{b64encode(content).decode()}"]}


def bring(texts: Texts, form: LiveForm | None = None) -> Reply:
    return (form or mali.report()).send_values(file_of(texts.values()), action="read")


def without(texts: Texts, *locators: str) -> Texts:
    return {locator: text for locator, text in texts.items() if locator not in locators}


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_file_with_all_sentences_is_kept_and_shown_at_once(
    made_up_report: Texts, home: Path
) -> None:
    form = mali.report()
    assert form.body.count('type="file"') == 1
    said = bring(made_up_report, form)
    assert "All 79 sentences of the report were recognised." in text_of(said.status)
    assert said.originals is not None
    assert list(said.originals) == EVERY
    for locator, html in said.originals.items():
        # Words that say how sure it is are told besides.
        assert text_of(html).startswith(f"In the report’s own words: {made_up_report[locator]}")
    # The first paragraph is the sample, below what is announced.
    assert "1.1.1" not in said.status
    for locator in ("1.1.1", "1.1.5"):
        assert locator in said.view
        assert made_up_report[locator] in text_of(said.view)
    assert "1.2.1" not in said.view
    assert said.body
    assert "all 79 sentences are here." in said.body
    assert str(own_file()) in said.body
    assert "saved notebook of a lesson that you have run contains" in said.body
    assert "Look at the passages above" in said.status
    assert files_in(home) == ["report.json"]
    assert dict(originals()) == dict(made_up_report)


def test_the_file_does_not_stay_in_the_state_of_the_widget(made_up_report: Texts) -> None:
    """JupyterLab can be told to save that state with the notebook."""
    form = mali.report()
    sent = file_of(made_up_report.values())["file"][0]
    bring(made_up_report, form)
    assert sent not in str(form.get_state())
    form.send_values({}, action="remove")
    assert bring(made_up_report, form).originals  # and the next one is read as well
    assert sent not in str(form.get_state())


def test_what_is_kept_is_there_for_the_next_kernel(made_up_report: Texts) -> None:
    bring(made_up_report)
    kept._read.cache_clear()  # as a new kernel begins
    form = mali.report()
    assert "all 79 sentences are here." in form.body
    assert 'type="file"' not in form.body
    assert form.reply["status"] == ""


def test_a_borrowed_computer_says_that_it_forgets(
    made_up_report: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = mali.report()
    bring(made_up_report, form)
    assert "forgets" not in form.body
    monkeypatch.setenv("BINDER_SERVICE_HOST", "example")
    assert "forgets" in mali.report().body


def test_missing_sentences_are_named_and_a_second_file_adds_them(made_up_report: Texts) -> None:
    form = mali.report()
    said = bring(without(made_up_report, "2.1.1", "2.1.2", "3.2.1"), form)
    assert "76 of 79" in said.status
    assert "paragraphs 2.1 and 3.2" in said.status
    assert said.originals is not None
    assert len(said.originals) == 76
    assert "76 of the 79 sentences are here." in str(said.body)
    assert 'type="file"' in str(said.body)
    assert "1.1.1" in said.view
    said = bring({"3.2.1": made_up_report["3.2.1"]}, form)
    assert said.originals is not None
    assert len(said.originals) == 77
    for told in (said.body, said.status):
        assert "The missing ones are in paragraph 2.1." in text_of(str(told))
    assert "added earlier, 77 of 79 are there now." in said.status
    assert made_up_report["3.2.1"] in text_of(said.view)  # the sample is of what was brought


def test_in_a_lesson_it_tells_of_its_own_sentences(made_up_report: Texts) -> None:
    form = mali.report("02")
    assert form.body.startswith('<div class="mali-report" lang="en"><details')
    assert "<h3" not in form.body
    bring(without(made_up_report, "1.1.1", "2.1.1"), form)
    own = sum(locator.startswith("2.") for locator in EVERY)
    line = f"{own - 1} of the {own} sentences of this lesson are here."
    assert line in form.body
    assert "paragraph 2.1." in text_of(form.body)
    assert "paragraphs" not in text_of(form.body)
    # Its passages are the sample.
    assert form.reply["view"] == ""
    assert "The passages of this lesson now show them." in form.reply["status"]
    assert "now show them" not in bring({"1.1.1": made_up_report["1.1.1"]}, form).status
    bring(made_up_report, form)
    assert f"all {own} sentences of this lesson are here." in form.body


def test_another_file_leaves_everything_as_it_was(made_up_report: Texts, home: Path) -> None:
    form = mali.report()
    before = form.body
    said = form.send_values(file_of(["Another text. It is not the report."]), action="read")
    assert "none of its 79 sentences" in said.status
    assert "VERSION 9" in said.status
    assert form.body == before
    assert said.originals == {}
    assert said.view == ""
    assert files_in(home) == []


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"file": []},
        {"file": [""]},
        {"file": ["The text itself."]},
        {"file": ["data:application/pdf;base64,%%%"]},
        {"file": ["data:application/pdf;base64,A"]},
        {"file": ["data:"]},
        {"file": ["data:application/octet-stream;base64,"]},
        {"other": ["x"]},
    ],
    ids=str,
)
def test_no_file_or_an_odd_one_is_told_in_a_sentence(values: Any, home: Path) -> None:
    form = mali.report()
    before = form.body
    said = form.send_values(values, action="read")
    assert text_of(said.status).endswith(".")
    assert said.state == "unread"
    assert form.body == before
    assert files_in(home) == []


def test_a_page_sends_enough_of_a_file_to_know_that_it_is_too_large(home: Path) -> None:
    sent = re.findall(
        r"LARGEST_FILE = ([\d_]+);.*slice\(0, LARGEST_FILE \+ 1\)", page_script(), re.S
    )
    assert [int(number) for number in sent] == [LARGEST]
    content = b64encode(b"%PDF" + bytes(LARGEST - 3)).decode()
    said = mali.report().send_values({"file": [f"data:;base64,{content}"]}, action="read")
    assert "too large" in said.status
    assert files_in(home) == []


def test_removing_removes_the_learners_own_and_nothing_else(
    made_up_report: Texts, home: Path
) -> None:
    form = mali.report()
    bring(made_up_report, form)
    said = form.send_values({}, action="remove")
    assert said.originals == {}
    assert "removed" in said.status
    assert said.view == ""
    assert "keep its sentences in their saved notebooks" in said.status
    assert files_in(home) == []
    assert 'type="file"' in form.body
    # A second press, in another window, is no fault.
    assert form.send_values({}, action="remove").originals == {}


def test_what_an_installation_has_is_not_a_learners_to_remove(made_up_report: Texts) -> None:
    keep_originals(made_up_report, shared_file())
    form = mali.report()
    assert "for everybody" in text_of(form.body)
    assert 'value="remove"' not in form.body
    form.send_values({}, action="remove")
    assert len(originals()) == 79


def test_of_both_the_learners_own_is_removed(made_up_report: Texts) -> None:
    keep_originals(without(made_up_report, "1.1.1"), shared_file())
    form = mali.report()
    assert "78 of the 79" in form.body
    bring(made_up_report, form)
    assert 'value="remove"' in form.body
    said = form.send_values({}, action="remove")
    assert said.originals is not None
    assert len(said.originals) == 78
    assert "for everybody" in text_of(said.status)
    assert 'value="remove"' not in form.body


def held_only(form: LiveForm, said: Reply, reason: str) -> None:
    """It is there, and nothing says that it is kept."""
    assert reason in said.status
    assert "until this notebook is closed or restarted" in said.status
    assert len(originals()) == 79
    assert said.originals is not None
    assert len(said.originals) == 79
    assert "kept in" not in text_of(form.body)
    assert "kept only until" in text_of(form.body)
    form.send_values({}, action="remove")
    assert dict(originals()) == {}


def test_an_account_without_a_home_has_it_as_long_as_the_notebook_runs(
    made_up_report: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "data_folder", lambda: None)
    form = mali.report()
    held_only(form, bring(made_up_report, form), "no home folder")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_disk_that_takes_no_file_is_told(
    made_up_report: Texts, monkeypatch: pytest.MonkeyPatch, home: Path, number: int
) -> None:
    problem = OSError(number, "The reason")

    def refuse(*given: object, **named: object) -> None:
        raise problem

    monkeypatch.setattr(kept, "write_whole", refuse)
    form = mali.report()
    held_only(form, bring(made_up_report, form), "The reason.")
    assert files_in(home) == []


def test_a_data_folder_that_is_a_file_is_told(made_up_report: Texts, home: Path) -> None:
    home.write_text("")
    form = mali.report()
    held_only(form, bring(made_up_report, form), "could not be saved")


def test_what_could_not_be_kept_is_kept_with_the_next_file(
    made_up_report: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "data_folder", lambda: None)
    bring(without(made_up_report, "1.1.1"))
    monkeypatch.undo()
    bring({"1.1.1": made_up_report["1.1.1"]})
    path = own_file()
    assert path
    assert len(json.loads(path.read_text(encoding="utf-8"))["sentences"]) == 79


def test_a_file_that_cannot_be_removed_is_told_and_stays(
    made_up_report: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = mali.report()
    bring(made_up_report, form)

    def refuse(path: Path) -> None:
        raise PermissionError(errno.EACCES, "It is in use")

    monkeypatch.setattr(Path, "unlink", refuse)
    said = form.send_values({}, action="remove")
    assert "It is in use." in said.status
    assert said.originals is not None
    assert len(said.originals) == 79
    assert len(own_originals()) == 79


def test_the_button_fetches_and_nothing_else_does(
    made_up_report: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def fetch() -> Brought:
        asked.append("now")
        return Brought(made_up_report)

    monkeypatch.setattr(fetching, "fetch_report", fetch)
    form = mali.report()
    form.send_values({}, action="read")
    form.draft = {"x": ["y"]}
    form.send_values({}, action="remove")
    form.send_values({}, action="anything")
    assert asked == []
    assert "www.congress.gov" in form.body
    said = form.send_values({}, action="fetch")
    assert asked == ["now"]
    assert "All 79 sentences" in said.status
    assert len(originals()) == 79


def test_where_nothing_can_be_fetched_the_reason_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch() -> Brought:
        raise CourseError("There is no way out.")

    monkeypatch.setattr(fetching, "fetch_report", fetch)
    form = mali.report()
    before = form.body
    assert text_of(form.send_values({}, action="fetch").status) == "There is no way out."
    assert form.body == before


def kept_in_file(form: LiveForm) -> str:
    data = dict(form._repr_mimebundle_()[0])
    return json.dumps({key: data[key] for key in ("text/html", "text/plain")})


@pytest.mark.parametrize("number", [None, "00", "03", "07"])
def test_a_notebook_keeps_the_same_for_every_learner(
    made_up_report: Texts, number: str | None
) -> None:
    new = mali.report(number)
    first = kept_in_file(new)
    assert "If you have already added it, it is back" in first
    bring(made_up_report, new)
    assert kept_in_file(new) == first
    assert kept_in_file(mali.report(number)) == first
    new.send_values({}, action="remove")
    assert kept_in_file(new) == first


def test_forms_of_one_notebook_say_the_same(made_up_report: Texts) -> None:
    one, other = mali.report(), mali.report("03")
    bring(made_up_report, one)
    assert "own words: all" in other.body
    other.send_values({}, action="remove")
    assert 'type="file"' in one.body


@pytest.mark.parametrize("number", [None, *(one.id for one in lessons())])
def test_a_file_and_its_buttons_are_there_in_every_lesson(number: str | None) -> None:
    form = mali.report(number)
    assert form.body.count("data-binary") == 1
    for action in ("read", "fetch"):
        assert form.body.count(f'value="{action}"') == 1
        assert form.words["slow"][action]


@pytest.mark.parametrize("number", [one.id for one in lessons()])
def test_every_lesson_tells_of_some_sentences(made_up_report: Texts, number: str) -> None:
    bring(made_up_report)
    told = re.findall(r"all (\d+) sentences", mali.report(number).body)
    assert len(told) == 1
    assert 0 < int(told[0]) <= 79


def test_a_lesson_that_is_not_there_is_told() -> None:
    with pytest.raises(CourseError, match="Lessons here"):
        mali.report("99")
