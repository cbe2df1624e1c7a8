"""The results of a class: right figures, and no file that could spoil them or the teacher's day."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import random
import re
import sys
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import lxml.html
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import KINDS, sample
from simulated_class import Simulated, learners, write_class
from wrong_responses import mistakes

from mali_course.cli import main
from mali_course.core.lessons import lessons
from mali_course.core.table import Table
from mali_course.kit.results import class_reader
from mali_course.kit.results import handed_in as handed
from mali_course.kit.results.class_charts import item_chart
from mali_course.kit.results.class_page import class_page
from mali_course.kit.results.class_reader import ClassReader
from mali_course.kit.results.class_results import ClassResults, class_of
from mali_course.kit.results.class_statistics import objective_figures
from mali_course.kit.results.distractors import Distractors
from mali_course.kit.results.gradebook import gradebook
from mali_course.kit.results.handed_in import clean_line, files_in, read_packed
from mali_course.kit.results.intervals import correlation_interval, share_of
from mali_course.kit.results.item_statistics import item_figures
from mali_course.questions import bank
from mali_course.questions.kinds.choice import Choice
from mali_course.questions.kinds.code import Code
from mali_course.questions.kinds.open import Open
from mali_course.record.item_state import ItemState, item_states
from mali_course.record.log import the_log
from mali_course.record.portable import FORMAT, LARGEST, Packed, open_packed
from mali_course.views.asking import ask
from mali_course.views.checking import check
from mali_course.views.progress_files import export_progress

AGAINST = "01-35"


def folded(texts: list[str]) -> ClassResults:
    reader = ClassReader()
    packed = map(open_packed, texts)
    every = [reader.read_learner(each, f"{n:05d}.json") for n, each in enumerate(packed)]
    return class_of(reader, every)


def simulated(count: int, **more: Any) -> tuple[ClassResults, Simulated]:
    every = list(learners(count, **more))
    return folded([text for _, text, _ in every]), every[-1][2]


@pytest.fixture(scope="module")
def whole() -> tuple[ClassResults, Simulated]:
    """Return a class of 200 in which everybody tried everything."""
    return simulated(200, seed=7, against=AGAINST)


@pytest.fixture(scope="module")
def gaps() -> tuple[ClassResults, Simulated]:
    """Return a class of 200 in which one answer of four is missing."""
    return simulated(200, seed=8, leave_out=0.25)


def by_pandas(made: Simulated) -> pd.DataFrame:
    """Work out difficulty and corrected item-total correlation from what was simulated."""
    table = pd.DataFrame.from_dict(made.first, orient="index").astype(float)
    rows = {}
    for lesson in sorted({name[:2] for name in table}):
        own = table[[name for name in table if name[:2] == lesson]]
        for name in own:
            others = own.drop(columns=name)
            enough = own[name].notna() & (others.notna().sum(axis=1) >= len(others.columns) / 2)
            rows[name] = {
                "p": own[name].mean(),
                "n": own[name].count(),
                "r": own.loc[enough, name].corr(others[enough].mean(axis=1)),
                "r_n": int(enough.sum()),
            }
    return pd.DataFrame.from_dict(rows, orient="index")


@pytest.mark.parametrize("fixture", ["whole", "gaps"])
def test_difficulty_and_discrimination_are_those_of_pandas(
    fixture: str, request: pytest.FixtureRequest
) -> None:
    found, made = request.getfixturevalue(fixture)
    figures, expected = item_figures(found), by_pandas(made)
    judged = {name: one for name, one in figures.items() if one.right}
    assert set(judged) == set(expected.index)
    for name, one in judged.items():
        row = expected.loc[name]
        assert one.right is not None
        assert (one.right.count, one.r_count) == (row["n"], row["r_n"])
        assert one.right.value == pytest.approx(row["p"], abs=1e-12)
        # Where all were right, or all wrong, there is no correlation.
        found_r = math.nan if one.r is None else one.r
        assert found_r == pytest.approx(row["r"], abs=1e-12, nan_ok=True), name


def test_discrimination_is_the_point_biserial_of_scipy(
    whole: tuple[ClassResults, Simulated],
) -> None:
    from scipy import stats

    found, made = whole
    figures = item_figures(found)
    table = pd.DataFrame.from_dict(made.first, orient="index")
    own = table[[name for name in table if name[:2] == "02"]]
    for name in own:
        rest = own.drop(columns=name).sum(axis=1)
        assert figures[name].r == pytest.approx(
            stats.pointbiserialr(own[name], rest).statistic, abs=1e-12
        )
        part = int(own[name].sum())
        ends = stats.binomtest(part, len(own)).proportion_ci(method="wilson")
        found_share = figures[name].right
        assert found_share is not None
        assert (found_share.low, found_share.high) == pytest.approx(tuple(ends), abs=1e-12)
        both = stats.pearsonr(own[name], rest)
        interval = correlation_interval(float(both.statistic), len(own))
        assert interval == pytest.approx(tuple(both.confidence_interval()), abs=1e-12)


def test_the_interval_of_all_ends_at_all_and_that_of_none_at_none() -> None:
    for count in range(1, 300):
        everybody, nobody = share_of(count, count), share_of(0, count)
        assert everybody is not None
        assert nobody is not None
        assert (everybody.high, nobody.low) == (1, 0)
        assert everybody.low < 1
        assert nobody.high > 0


def test_the_known_parameters_of_the_items_come_out(
    whole: tuple[ClassResults, Simulated],
) -> None:
    found, made = whole
    figures = item_figures(found)
    table = pd.DataFrame(
        {name: {"a": made.a[name], "b": made.b[name], "p": one.right.value, "r": one.r}
         for name, one in figures.items() if one.right}
    ).T.astype(float)
    for name, row in table.iterrows():
        # What the model expects of these 200 learners, and four standard errors around it.
        chances = [1 / (1 + 2.718281828459045 ** -(row["a"] * (one - row["b"])))
                   for one in made.ability.values()]
        spread = sum(chance * (1 - chance) for chance in chances) ** 0.5 / len(chances)
        assert abs(row["p"] - sum(chances) / len(chances)) < 4 * spread, name
    usual = table.drop(index=AGAINST)
    assert usual["p"].corr(usual["b"], method="spearman") < -0.9
    assert usual["r"].corr(usual["a"], method="spearman") > 0.6
    assert "against" in figures[AGAINST].notes
    assert [name for name, one in figures.items() if "against" in one.notes] == [AGAINST]


def test_the_most_chosen_distractor_is_the_one_that_was_chosen_most(
    whole: tuple[ClassResults, Simulated],
) -> None:
    found, made = whole
    figures = item_figures(found)
    seen = 0
    for item in bank.items():
        if not isinstance(item, Choice):
            continue
        chosen = Counter(one[item.id] for one in made.chosen.values() if item.id in one)
        most = max(chosen.values())
        texts = {f"{key}) {item.options['abcde'.index(key)].text}" for key in chosen
                 if chosen[key] == most}
        assert {text for text, _ in figures[item.id].slips} == texts
        assert {count for _, count in figures[item.id].slips} == {most}
        seen += 1
    assert seen > 5


def test_objectives_are_the_means_of_their_learners(gaps: tuple[ClassResults, Simulated]) -> None:
    found, made = gaps
    table = pd.DataFrame.from_dict(made.first, orient="index")
    got = objective_figures(found, item_figures(found))
    for one in got:
        ids = [item.id for item in bank.lesson_items(one.lesson)
               if item.objective == one.objective.id and item.id in table]
        shares = table[ids].mean(axis=1).dropna()
        assert one.right is not None
        assert one.right.count == len(shares)
        assert one.right.value == pytest.approx(shares.mean(), abs=1e-12)
        assert (one.note == "reteach") == (shares.mean() < 0.6)
    values = [one.right.value for one in got if one.right]
    assert values == sorted(values)


def cells_of(page: str, section: str) -> list[list[str]]:
    """The rows of the table of a section."""
    part = lxml.html.fromstring(page).get_element_by_id(section)
    return [[cell.text_content().strip() for cell in row] for row in part.xpath(".//tbody/tr")]


def signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def test_the_page_shows_the_figures_of_pandas(gaps: tuple[ClassResults, Simulated]) -> None:
    found, made = gaps
    page = class_page(found, [], date(2026, 11, 24))
    expected = by_pandas(made)
    seen = 0
    for lesson in found.places:
        for row in cells_of(page, f"lesson-{lesson}"):
            if row[0] not in expected.index:
                continue
            right = expected.loc[row[0]]
            n, part = int(right["n"]), round(right["p"] * right["n"])
            assert row[2].startswith(f"{part} of {n}: {round(100 * right['p'])}% ("), row
            no_r = math.isnan(right["r"])  # all right, or all wrong
            assert row[3].startswith("none:" if no_r else f"{signed(right['r'])} ("), row
            seen += 1
    assert seen == len(expected)
    table = pd.DataFrame.from_dict(made.first, orient="index")
    for row in cells_of(page, "lessons"):
        own = table[[name for name in table if name[:2] == row[0][:2]]]
        assert int(row[1]) >= own.notna().any(axis=1).sum()
        assert float(row[5]) == pytest.approx(own.sum(axis=1).sum() / int(row[1]), abs=0.051)
        assert float(row[3]) > float(row[5])  # what was right at a later try is done as well


def test_the_charts_show_the_figures_of_pandas(whole: tuple[ClassResults, Simulated]) -> None:
    found, made = whole
    figures, expected = item_figures(found), by_pandas(made)
    own = [one for one in figures.values() if one.item.id[:2] == "01"]
    table = Table("c", ("a",), (("b",),))
    drawn = item_chart("01", own, "source", table)
    assert drawn is not None
    judged = [one.item.id for one in own if one.right]
    low, high = drawn.figure.axes[:2]
    for axes, column in ((low, "p"), (high, "r")):
        points = [line.get_xdata()[0] for line in axes.lines if line.get_linestyle() == "None"]
        assert points == pytest.approx([expected.loc[name, column] for name in judged])
    shares = expected.loc[judged, "p"]
    places = []
    for extreme in (shares.min(), shares.max()):
        # Several questions may share the lowest or the highest: one of them is named.
        names = shares.index[shares == extreme]
        (text,) = {f"{name} with {round(100 * extreme)}%" for name in names
                   if f"{name} with" in drawn.alt}
        assert text in drawn.reading
        places.append(drawn.reading.index(text))
    assert places == sorted(places)


def test_the_gradebook_agrees_with_what_learners_see(gaps: tuple[ClassResults, Simulated]) -> None:
    found, _ = gaps
    texts = {name: text for name, text, _ in learners(200, seed=8, leave_out=0.25)}
    rows = list(csv.DictReader(io.StringIO(gradebook(found).removeprefix("\ufeff"))))
    assert [row["Name typed"] for row in rows] == list(texts)
    for row in rows[::10]:
        states = item_states(open_packed(texts[row["Name typed"]]).events)
        for one in lessons():
            if one.id not in bank.lessons():
                assert not any(name.startswith(f"{one.id} ") for name in row)
                continue
            own = [states.get(item.id, ItemState()) for item in bank.lesson_items(one.id)]
            numbers = [int(value) for name, value in row.items() if name.startswith(f"{one.id} ")]
            assert numbers == [sum(s.standing == "done" for s in own), sum(s.first for s in own),
                               sum(s.standing == "shown" for s in own)]


def test_files_of_real_learners_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole way: answers in forms and code cells, export, results."""
    from mali_course.forms.responses import values_of

    for item in bank.lesson_items("00"):
        form = ask(item.id)
        if isinstance(item, Code):
            check(item.id, item.value * 1.37)
            check(item.id, item.value)
        elif isinstance(item, Open):
            form.send_values({"text": [item.model]}, "check")  # type: ignore[union-attr]
        else:
            response = mistakes(item)[0].response if item.id == "00-15" else item.key_response()
            form.send_values(values_of(item, response), "check")  # type: ignore[union-attr]
    (tmp_path / "in").mkdir()
    export_progress(tmp_path / "in" / "ada.json", learner="Ada Ł.")
    assert main(["results", str(tmp_path / "in"), "--to", str(tmp_path / "out")]) == 0
    assert "Learners: 1. Progress files: 1. Skipped: 0." in capsys.readouterr().out
    (row,) = csv.DictReader((tmp_path / "out" / "gradebook.csv").open(encoding="utf-8-sig"))
    items = bank.lesson_items("00")
    states = item_states(the_log().events())
    assert row["Name typed"] == "Ada Ł."
    done = sum(states[item.id].standing == "done" for item in items)
    assert int(row[f"00 done (of {len(items)})"]) == done == len(items) - 1
    assert int(row[f"00 right at first try (of {len(items) - 1})"]) == len(items) - 3
    page = (tmp_path / "out" / "class.html").read_text(encoding="utf-8")
    assert "Ada Ł." in page
    assert "0 of 1" in page
    assert "In a class of 1, percentages mislead" in page


# Every kind of item


@pytest.mark.parametrize("kind", KINDS)
def test_every_mistake_of_every_kind_has_a_slip_in_words(kind: str) -> None:
    own = [sample(kind), *(item for item in bank.items() if item.kind == kind)]
    for item in own:
        distractors = Distractors(item)
        for mistake in mistakes(item):
            slips = distractors.slips_in(mistake.response)
            if isinstance(item, Code) and isinstance(mistake.response, list):
                continue  # the log keeps what is no number or text as a text
            assert slips, (item.id, mistake.response)
            assert all(len(distractors.slip_text(slip)) > 0 for slip in slips)
        if not isinstance(item, Open):
            for slip in distractors.slips_in(item.key_response()):
                assert isinstance(item, Code) or item.kind in ("number", "words"), slip


def test_slips_name_what_was_wrong() -> None:
    def said(kind: str, response: Any) -> list[str]:
        distractors = Distractors(sample(kind))
        return list(map(distractors.slip_text, distractors.slips_in(response)))

    assert said("choice", "c") == ["c) three"]
    assert said("choices", ["b", "c"]) == ["ticked: c) three", "not ticked: a) one"]
    assert said("claim", {"1": "silent", "2": "otherwise", "3": "silent"}) == [
        "“statement 0” taken as: does not say"
    ]
    assert said("number", "139k") == ["139,000 people"]
    assert said("words", "serval!") == ["Operation Serval"]
    assert said("words", "The  African Union!") == ["african union"]
    assert said("order", {"1": "1", "2": "2", "3": "3"}) == ["“second” before “first”"]
    assert said("match", {"1": "a", "2": "d", "3": "c"})[0] == "Mali – Abuja"
    assert said("code", 207751) == ["207,751"]
    assert said("open", {"text": "x", "met": ["1"]}) == [
        "missing in their own view: dates it", "missing in their own view: says who says so"
    ]


def test_a_computed_text_is_said_as_it_is() -> None:
    for item in (item for item in bank.items() if isinstance(item, Code)):
        distractors = Distractors(item)
        assert list(map(distractors.slip_text, distractors.slips_in("#99 b"))) == ["#99 b"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from("123456") | st.text(), inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(json_values, st.sampled_from(KINDS))
def test_any_response_has_slips_that_can_be_said(response: Any, kind: str) -> None:
    distractors = Distractors(sample(kind))
    for slip in distractors.slips_in(response):
        text = distractors.slip_text(slip)
        assert clean_line(text, 2000) == text


# Files that are not as they should be

ONE = next(iter(learners(1, seed=3)))[1]


def text_of(name: str, events: list[dict[str, Any]]) -> str:
    return json.dumps({"format": FORMAT, "version": 1, "learner": name, "events": events})


def event(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"id": f"e{number}", "time": f"2026-11-0{number}T10:00:00+00:00", "item": "01-31",
            "event": "answer", "state": "right", "score": 1.0, "response": "a", **more}


SPOILED: dict[str, tuple[bytes, str]] = {
    "empty.json": (b"", "empty"),
    "photo.png": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not a progress file"),
    "notes.docx": (b"PK\x03\x04 word", "packed"),
    "class.zip": (b"PK\x05\x06" + b"\0" * 18, "packed"),
    "more.gz": (b"\x1f\x8b\x08 data", "packed"),
    "torn.json": (ONE.encode()[:900], "damaged"),
    "edited.json": (ONE.replace('"score": 1.0', '"score": 7', 1).encode(), "damaged"),
    "latin.json": (text_of("René", []).encode().replace(b"\\u00e9", b"\xe9"), "damaged"),
    "other.json": (b'{"format": "another course", "events": []}', "not a progress file"),
    "list.json": (b"[1, 2, 3]", "not a progress file"),
    "files.csv": (b'"File"\r\n"ada/mali-course-progress.json"\r\n', "not a progress file"),
    "null.json": (b"null", "not a progress file"),
    "deep.json": (b"[" * 200_000, "not a progress file"),
    "deep-events.json": (
        f'{{"format": "{FORMAT}", "events": {"[" * 100_000}'.encode(), "damaged"),
    "digits.json": (f'{{"format": "{FORMAT}", "events": [{"9" * 50_000}]}}'.encode(), "damaged"),
    "infinite.json": (text_of("x", [event()]).replace("1.0", "1e999").encode(), "damaged"),
    "nan.json": (text_of("x", [event()]).replace("1.0", "NaN").encode(), "damaged"),
    "large.json": (b'{"format": "' + FORMAT.encode() + b'"' + b" " * LARGEST + b"}", "too large"),
}


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    """Return a folder with one good file and all the bad ones."""
    folder = tmp_path / "in"
    (folder / "group" / "learner").mkdir(parents=True)
    (folder / "group" / "learner" / "good.json").write_text(ONE, encoding="utf-8")
    for name, (data, _) in SPOILED.items():
        (folder / name).write_bytes(data)
    with (folder / "huge.json").open("wb") as file:
        file.truncate(10**12)  # takes no room on the disk
    (folder / "a/b/c/d/e/f").mkdir(parents=True)
    (folder / "a/b/c/d/e/f/far.json").write_text(ONE)
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.json")
    (folder / "link.json").symlink_to("/etc/passwd")
    (folder / "round").symlink_to(folder)
    return folder


def test_spoiled_and_hostile_files_are_named_and_skipped(
    handed_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["results", str(handed_in)]) == 0
    said = capsys.readouterr().out
    assert "Learners: 1. Progress files: 1." in said
    with (handed_in / "results" / "files.csv").open(encoding="utf-8-sig") as file:
        rows = {row["File"]: row for row in csv.DictReader(file)}
    expected = {name: why for name, (_, why) in SPOILED.items()} | {
        "huge.json": "too large", "a/b/c/d/e": "too deep", "link.json": "a link",
        "round": "a link", "pipe.json": "not a plain file",
    }
    assert set(rows) == set(expected) | {"group/learner/good.json"}
    page = (handed_in / "results" / "class.html").read_text(encoding="utf-8")
    for name, why in expected.items():
        assert rows[name]["What became of it"] == "skipped"
        assert why in rows[name]["Why"], name
        assert name in page
    assert "root:" not in page


def test_a_file_that_becomes_a_link_or_a_pipe_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(ONE)
    (tmp_path / "link").symlink_to(tmp_path / "secret")
    assert "cannot be read" in str(read_packed(tmp_path / "link"))
    os.mkfifo(tmp_path / "pipe")
    assert read_packed(tmp_path / "pipe") == "not a plain file"
    assert "cannot be read" in str(read_packed(tmp_path / "gone"))


def test_a_file_with_the_mark_of_notepad_is_read(tmp_path: Path) -> None:
    (tmp_path / "bom.json").write_text(ONE, encoding="utf-8-sig")
    assert isinstance(read_packed(tmp_path / "bom.json"), Packed)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_changed_file_is_read_or_refused_but_never_fatal(data: st.DataObject) -> None:
    spoiled = bytearray(ONE[:6000].encode() if data.draw(st.booleans()) else ONE.encode())
    for _ in range(data.draw(st.integers(1, 8))):
        spoiled[data.draw(st.integers(0, len(spoiled) - 1))] = data.draw(st.integers(0, 255))
    place = Path(os.environ["MALI_COURSE_HOME"]).with_suffix(".json")
    place.write_bytes(bytes(spoiled))
    packed = read_packed(place)
    if isinstance(packed, Packed):
        reader = ClassReader()
        found = class_of(reader, [reader.read_learner(packed, "x.json")])
        item_figures(found)
        gradebook(found).encode()
    else:
        assert packed


class Tags(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


EVIL = "</td><script>alert(1)</script><img src=https://e.example/x onerror=alert(1)>"


def evil_class() -> ClassResults:
    reader = ClassReader()
    words = next(item.id for item in bank.items() if item.kind == "words")
    events = [event(1, item=words, state="wrong", score=0, response=EVIL)]
    every = [
        reader.read_learner(
            Packed(f"{EVIL}{n}", EVIL, [dict(events[0], id=f"{n}{EVIL}")]), f"{n}{EVIL}"
        )
        for n in range(3)
    ]
    formula = Packed("=HYPERLINK(\"http://e.example\")\u202e\ud800\x00", "", [])
    every.append(reader.read_learner(formula, "@SUM(1;=2)\n.json"))
    return class_of(reader, every)


def parsed(page: str) -> Tags:
    tags = Tags()
    tags.feed(page)
    return tags


def test_markup_in_names_and_answers_stays_text() -> None:
    found = evil_class()
    skipped = [handed.Skipped(EVIL, EVIL)]
    page = class_page(found, skipped, date(2026, 11, 24))
    tags = parsed(page)
    assert "script" not in tags.tags
    assert not [name for name, _ in tags.attributes if name.startswith("on")]
    sources = [value or "" for name, value in tags.attributes if name in ("src", "href")]
    assert all(value.startswith(("data:image/png", "#")) for value in sources)
    assert "<script>alert(1)</script>" in tags.text
    page.encode()  # half letters could not be written


def test_a_spreadsheet_runs_nothing() -> None:
    text = gradebook(evil_class())
    text.encode()
    for delimiter in (",", ";", "\t", "|"):
        for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter):
            for cell in row:
                assert not re.match(r"\s*[=+\-@＝＋－＠]", cell), cell
    with_pandas = pd.read_csv(io.StringIO(text.removeprefix("\ufeff")))
    assert len(with_pandas) == 4
    assert with_pandas["Name typed"].str.startswith("'=HYPERLINK").sum() == 1


def test_controls_and_turned_writing_are_taken_from_names() -> None:
    assert clean_line("Ada\n\x1b[2J\u202eevil\ud800") == "Ada [2J evil"
    assert len(clean_line("x" * 10_000)) == 120
    assert clean_line("Zoë 東京 علي") == "Zoë 東京 علي"


def test_names_of_files_that_are_no_text_are_shown(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"caf\xe9<b>.json")).write_text(ONE)
    except OSError:
        pytest.skip("this system has no such names")
    assert main(["results", str(tmp_path)]) == 0
    assert "caf" in (tmp_path / "results" / "files.csv").read_text(encoding="utf-8-sig")


# Several files of one learner


def two(first: str, second: str, **more: Any) -> ClassResults:
    reader = ClassReader()
    every = [reader.read_learner(open_packed(text), name) for text, name in
             ((first, "first.json"), (second, "second.json"))]
    return class_of(reader, every, **more)


def test_the_newest_file_of_a_learner_counts_and_both_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "b-old.json").write_text(text_of("Ada  Lovelace", [event(1)]))
    (tmp_path / "a-new.json").write_text(text_of("ada lovelace", [event(1), event(2)]))
    assert main(["results", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "Learners: 1. Progress files: 2." in said
    assert "b-old.json (the same learner handed in a-new.json, which counts)" in said
    page = (tmp_path / "results" / "class.html").read_text()
    assert "they begin with the same answer" in page
    rows = list(csv.reader((tmp_path / "results" / "files.csv").open(encoding="utf-8-sig")))
    assert rows[1:] == [["a-new.json", "counted", ""],
                        ["b-old.json", "older", "the same learner handed in a-new.json"]]


def test_a_file_without_a_name_belongs_to_whom_it_begins_like() -> None:
    found = two(text_of("Ada", [event(1)]), text_of("", [event(1), event(2)]))
    assert [(one.name, one.file) for one in found.learners] == [("Ada", "second.json")]
    found = two(text_of("", []), text_of("", []))
    assert len(found.learners) == 2


def test_two_names_on_one_beginning_are_two_learners_and_are_pointed_out() -> None:
    found = two(text_of("Ada", [event(1)]), text_of("Ben", [event(1), event(2)]))
    assert len(found.learners) == 2
    assert found.alike == (("first.json", "second.json"),)
    assert "begin with the same answer" in class_page(found, [], date(2026, 11, 24))


def test_one_name_may_be_two_people() -> None:
    files = text_of("Ada", [event(1)]), text_of("Ada", [event(2)])
    assert len(two(*files).learners) == 1
    assert two(*files).superseded[0].by_name
    assert len(two(*files, names_repeat=True).learners) == 2


def test_an_odd_time_neither_breaks_nor_wins() -> None:
    for time in ("zzz", "", "9999-99-99", "0001-01-01T00:00:00+23:59", "x" * 10_000):
        found = two(text_of("Ada", [event(3)]), text_of("Ada", [event(1, time=time)]))
        assert [one.file for one in found.learners] == ["first.json"], time


# What the first try is


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(
    st.sampled_from(["answer", "answer", "shown", "guess", "draft", "odd"]),
    st.sampled_from(["right", "wrong", "partly", "kept", "judged", "odd"])), max_size=8))
def test_right_at_first_try_is_what_the_learner_sees(history: list[tuple[str, str]]) -> None:
    events = [event(1, id=f"{n:03d}", time=f"t{n:03d}", event=kind, state=state)
              for n, (kind, state) in enumerate(history)]
    reader = ClassReader()
    learner = reader.read_learner(Packed("", "", events), "x")
    place = [item.id for item in reader.items].index("01-31")
    state = item_states(events).get("01-31")
    assert (learner.first[place] == 1) == bool(state and state.first)


def test_an_answer_shown_before_any_try_is_no_try() -> None:
    found = folded([text_of("a", [event(1, event="shown"), event(2)])])
    one = item_figures(found)["01-31"]
    assert (one.right, one.shown) == (None, 1)


def test_answers_to_unknown_questions_are_counted_and_left_out() -> None:
    found = folded([text_of("a", [event(1, item="99-99"), event(2)])])
    assert found.learners[0].unknown == 1
    assert "that this version of the course does not know: 1." in class_page(
        found, [], date(2026, 11, 24)
    )


def test_answers_to_questions_of_an_earlier_edition_are_named_as_such(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(class_reader, "retired_ids", lambda: frozenset({"99-98"}))
    found = folded([text_of("a", [event(1, item="99-98"), event(2, item="99-99"), event(3)])])
    assert (found.learners[0].earlier, found.learners[0].unknown) == (1, 1)
    assert "earlier edition of the course: 1." in class_page(found, [], date(2026, 11, 24))


# Small classes


@pytest.mark.parametrize(("count", "warning"), [(5, "percentages mislead"),
                                                (20, "discrimination is not judged"), (40, "")])
def test_where_numbers_are_too_few_the_page_says_so(count: int, warning: str) -> None:
    found, _ = simulated(count, seed=5)
    page = class_page(found, [], date(2026, 11, 24))
    for words in ("percentages mislead", "discrimination is not judged"):
        assert (words in page) == (words == warning)
    figures = item_figures(found)
    judged = [one for one in figures.values() if one.right]
    assert all(("few" in one.notes) == (count < 10) for one in judged)
    assert all(("few_r" in one.notes) == (10 <= count < 30) for one in judged)
    text = parsed(page).text
    assert bool(re.search(r"\d of \d+: \d+%", text)) == (count >= 10)
    assert count >= 10 or "teach again" not in text


def test_all_alike_has_no_discrimination() -> None:
    texts = [text_of(f"n{n}", [event(1, id=f"{n}")]) for n in range(40)]
    one = item_figures(folded(texts))["01-31"]
    assert one.right is not None
    assert (one.right.value, one.r) == (1.0, None)
    assert "easy" in one.notes


def test_nobody_is_judged_on_nothing() -> None:
    assert share_of(0, 0) is None
    page = class_page(folded([text_of("Ada", [])]), [], date(2026, 11, 24))
    assert "No question was tried" in page


# The page and the command


def test_the_page_is_complete_in_itself_and_accessible_in_form(
    whole: tuple[ClassResults, Simulated],
) -> None:
    page = class_page(whole[0], [], date(2026, 11, 24))
    tags = parsed(page)
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "script" not in tags.tags
    assert "link" not in tags.tags
    assert "default-src 'none'" in page
    assert "@import" not in page
    assert "url(" not in page
    # The letters of a picture may spell anything.
    words = re.sub(r'src="data:image/png;base64,[^"]+"|http-equiv="', "", page)
    assert "http" not in words
    assert tags.tags.count("h1") == 1
    assert tags.tags.count("img") == 1 + len(whole[0].places)
    alts = [value or "" for name, value in tags.attributes if name == "alt"]
    assert len(alts) == tags.tags.count("img")
    assert all(len(alt) > 80 for alt in alts)
    assert tags.tags.count("table") == tags.tags.count("caption") >= 3 + len(whole[0].places)
    ids = [value for name, value in tags.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    for name, value in tags.attributes:
        if name == "href":
            assert (value or "").removeprefix("#") in ids
    for item in bank.items():
        assert item.id in tags.text


def test_a_page_without_names_has_none(tmp_path: Path) -> None:
    write_class(tmp_path / "in", 3)
    (tmp_path / "in" / "Ada-Lovelace.txt").write_text("notes")
    assert main(["results", str(tmp_path / "in"), "--no-names", "--to", str(tmp_path / "out")]) == 0
    page = (tmp_path / "out" / "class.html").read_text()
    assert "Learner 3" in page
    for name in ("Learner 00001", "progress-0000", "Lovelace"):
        assert name not in page
        assert name in "".join(path.read_text() for path in (tmp_path / "out").glob("*.csv"))


def test_a_class_of_thousands_is_not_listed_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mali_course.kit.results.class_page.MOST_ROWS", 2)
    page = class_page(simulated(4)[0], [handed.Skipped(f"skipped-{n}", "x") for n in range(5)],
                      date(2026, 11, 24))
    assert "4 learners are too many for a page" in page
    assert "Only the first 2 of a kind" in page
    assert "skipped-1" in page
    assert "skipped-4" not in page


def test_results_are_never_overwritten_or_read_as_files_in_the_class(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_class(tmp_path, 2)
    assert main(["results", str(tmp_path)]) == 0
    before = (tmp_path / "results" / "gradebook.csv").read_text()
    assert main(["results", str(tmp_path)]) == 1
    assert "--force" in capsys.readouterr().err
    assert main(["results", str(tmp_path), "--force"]) == 0
    assert (tmp_path / "results" / "gradebook.csv").read_text() == before
    assert "Skipped: 0." in capsys.readouterr().out
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "progress-00000.json", "progress-00001.json", "results"
    ]


def test_a_link_in_place_of_the_results_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_class(tmp_path / "in", 1)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "in" / "results").symlink_to(tmp_path / "elsewhere")
    assert main(["results", str(tmp_path / "in")]) == 1
    assert "is a link" in capsys.readouterr().err
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("content", [None, "nothing", "foreign"])
def test_a_folder_without_progress_files_is_said_plainly(
    tmp_path: Path, content: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    if content:
        folder.mkdir()
    if content == "foreign":
        (folder / "notes.txt").write_text("notes")
    assert main(["results", str(folder)]) == 1
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert str(folder) in said.err
    assert ("Skipped: notes.txt" in said.out) == (content == "foreign")
    assert not (folder / "results").exists()


def test_far_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handed, "MOST_FILES", 3)
    for number in range(5):
        (tmp_path / str(number)).write_text("")
    with pytest.raises(Exception, match="more than 3 files"):
        files_in(tmp_path, tmp_path / "results")


def test_the_order_of_files_does_not_matter() -> None:
    every = list(learners(12, seed=2))
    dice, reader = random.Random(1), ClassReader()
    files = [(text, f"{n:05d}.json") for n, (_, text, _) in enumerate(every)]
    dice.shuffle(files)
    mixed = class_of(reader, [reader.read_learner(open_packed(text), name) for text, name in files])
    straight = folded([text for _, text, _ in every])
    assert gradebook(mixed) == gradebook(straight)
    assert class_page(mixed, [], date(2026, 11, 24)) == class_page(straight, [], date(2026, 11, 24))


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["results", "--help"])
    assert "example: mali-course results" in " ".join(capsys.readouterr().out.split())


def test_the_list_of_commands_imports_none_of_them() -> None:
    import subprocess

    code = "import sys\nfrom mali_course.cli import main\nmain([])\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "results" in done.stdout
    heavy = {"matplotlib", "pandas", "numpy", "tqdm", "jinja2", "mali_course.kit.worksheet"}
    assert not heavy & set(done.stdout.split())
