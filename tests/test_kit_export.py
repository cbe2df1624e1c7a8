"""Exports are read back by readers of their own, and hold what the bank holds, item by item."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from export_readers import READERS, FaultError, Read, anki, table, words
from samples import KINDS, sample

from mali_course.cli import main
from mali_course.core.lessons import lesson, lessons
from mali_course.kit.export import entries as entry_list
from mali_course.kit.export import export_formats
from mali_course.kit.export.entries import Entry, gather
from mali_course.kit.export.export_notes import export_notes
from mali_course.kit.export.formats import anki as anki_writer
from mali_course.kit.export.formats import csv_tables
from mali_course.kit.export.formats import gift as gift_writer
from mali_course.kit.export.formats import moodle as moodle_writer
from mali_course.questions import bank
from mali_course.questions.item import Item
from mali_course.questions.kinds.choice import Choice
from mali_course.questions.kinds.claim import VERDICTS, Claim
from mali_course.questions.kinds.code import Code
from mali_course.questions.kinds.match import Match
from mali_course.questions.kinds.number import Number
from mali_course.questions.kinds.open import Open
from mali_course.questions.kinds.order import Order
from mali_course.questions.kinds.words import Words

ODD = 'a } ~ # = : { \\ % "x" <b> & | \' $1 `b = 1` {1:MC:%100%x}'
VERDICT = {"says": "says so", "otherwise": "says otherwise", "silent": "does not say"}


def bare(text: object) -> str:
    """A text without spaces and backticks, which no format keeps alike."""
    return re.sub(r"[\s`]+", "", str(text))


def parts_of(item: Item) -> list[list[tuple[str, bool, str]]]:
    """What the bank says of an item with answers to choose: parts, answers, key and feedback."""
    match item:
        case _ if hasattr(item, "options"):
            return [[(one.text, one.key, one.feedback) for one in item.options]]
        case Claim():
            return [
                [(VERDICT[v], v == one.verdict, one.feedback[v]) for v in VERDICTS]
                for one in item.statements
            ]
        case Order():
            return [
                [
                    (f"Place {n}", n == one.place, "" if n == one.place else one.feedback)
                    for n in range(1, len(item.events) + 1)
                ]
                for one in item.events
            ]
        case Match():
            lures = {one.right: one.feedback for one in item.extras}
            return [
                [
                    (r, r == one.right, "" if r == one.right else lures.get(r, one.feedback))
                    for r in item.rights
                ]
                for one in item.pairs
            ]
    return []


def spans_of(item: Number | Code) -> list[tuple[float, float, bool, str]]:
    room = item.tolerance
    found = [(item.value - room, item.value + room, True, item.right)]
    for slip in item.slips:
        if isinstance(item, Code):
            found.append((slip.value - room, slip.value + room, False, slip.feedback))
        else:
            found.append((*slip.ends, False, slip.feedback))
    return found


def left_sides(item: Item) -> list[str]:
    match item:
        case Claim():
            return [one.text for one in item.statements]
        case Order():
            return [one.text for one in item.events]
        case Match():
            return [one.left for one in item.pairs]
    return []


def is_number(item: Item) -> bool:
    return isinstance(item, Number) or (
        isinstance(item, Code) and type(item.value) in (int, float)
    )


def around(entry: Entry) -> list[str]:
    """What has to stand with a question outside its notebook, but for the sentences."""
    found = ["17 January 2020"] if entry.reading else []
    csv_tables = [entry.data] if entry.data else []
    if entry.picture:
        csv_tables.append(entry.picture.table)
        found += [entry.picture.sources, entry.picture.note]
    for table_of in csv_tables:
        found += [table_of.caption, *table_of.columns]
        found += [cell for row in table_of.rows for cell in row if isinstance(cell, str)]
    if isinstance(entry.item, Number):
        found.append(entry.item.unit)
    kind, _, name = entry.item.needs.partition(":")
    assert kind != "data" or entry.data or f'mali.load("{name}")' in entry.data_note
    return [*found, entry.data_note]


def after_of(pieces: Mapping[str, Read]) -> str:
    return " ".join(one.after for one in pieces.values())


def differences(
    entries: Sequence[Entry], found: Mapping[str, Read], form: str
) -> list[str]:
    """Compare what was read with the bank; return each difference."""
    wrong = []

    def same(item: Item, what: str, got: object, expected: object) -> None:
        if got != expected:
            wrong.append(f"{item.id} {what}: {got!r} is not {expected!r}")

    seen = set()
    for entry in entries:
        item = entry.item
        pieces = {key: one for key, one in found.items() if key.split("/")[0] == item.id}
        seen |= set(pieces)
        if not pieces:
            wrong.append(f"{item.id} is missing")
            continue
        # GIFT has one question for each statement of a claim.
        split = form == "gift" and isinstance(item, Claim)
        same(item, "count", len(pieces), len(item.statements) if isinstance(item, Claim) and split
             else 1)
        for one in pieces.values():
            shown = bare(one.text)
            same(item, "stem", bare(item.stem) in shown, True)
            same(item, "sentences", all(bare(s.gist) in shown for s in entry.reading), True)
            same(item, "tags", one.tags, [f"lesson-{item.id[:2]}", f"objective-{item.objective}"])
            same(item, "around", [text for text in around(entry) if bare(text) not in shown], [])
            same(item, "cites", [one for one in item.cites if one not in after_of(pieces)], [])
            if form == "moodle" and not isinstance(item, Open):
                same(item, "hint", bare(one.hint), bare(item.where))
            same(item, "explanation", bare(item.explain) in bare(one.after), True)
            pictures = [entry.picture.png] if entry.picture else []
            same(item, "picture", one.pictures, pictures)
            if isinstance(item, Code):
                same(item, "code", bare(item.starter) in shown, True)
            if form != "gift" and left_sides(item):
                missing = [text for text in left_sides(item) if bare(text) not in shown]
                same(item, "parts", missing, [])
        answers = [part for one in pieces.values() for part in one.answers]
        after = bare(" ".join(one.after + one.hint for one in pieces.values()))
        if parts_of(item) and not (form == "gift" and isinstance(item, Order | Match)):
            got = [[(bare(a), worth > 0, bare(s)) for a, worth, s in part] for part in answers]
            expected = [[(bare(a), right, bare(s)) for a, right, s in p] for p in parts_of(item)]
            same(item, "answers", got, expected)
        elif parts_of(item):
            pairs = [(bare(left), bare(right)) for left, _, right in answers[0]]
            right = [next(a for a, key, _ in part if key) for part in parts_of(item)]
            expected_pairs = [
                (bare(left), bare(key)) for left, key in zip(left_sides(item), right, strict=True)
            ]
            if isinstance(item, Match):
                expected_pairs += [("", bare(one.right)) for one in item.extras]
            same(item, "pairs", sorted(pairs), sorted(expected_pairs))
            said = [s for part in parts_of(item) for _, _, s in part if bare(s) not in after]
            same(item, "feedback", said, [])
        elif is_number(item):
            assert isinstance(item, Number | Code)
            wanted = spans_of(item)
            if form == "qti":  # Canvas has feedback for right and wrong only
                same(item, "slips", [w[3] for w in wanted[1:] if bare(w[3]) not in after], [])
                wanted = wanted[:1]
            else:
                same(item, "other", (answers[0][-1][0], bare(answers[0][-1][2])),
                     ("*", bare(item.wrong)))
            got_spans = [
                (pytest.approx(a[0]), pytest.approx(a[1]), worth > 0, bare(said))
                for a, worth, said in answers[0]
                if isinstance(a, tuple)
            ]
            same(item, "number", [(a, b, c, bare(d)) for a, b, c, d in wanted], got_spans)
            same(item, "wrong", bare(item.wrong) in after + bare(answers[0][-1][2]), True)
        elif isinstance(item, Words):
            # Platforms do not tell capital letters from small ones here.
            right = [bare(a).casefold() for a, worth, _ in answers[0] if worth > 0]
            same(item, "forms", [a for a in item.accept if bare(a).casefold() not in right], [])
            everything = after + bare(" ".join(said for _, _, said in answers[0]))
            said = [one.feedback for one in item.slips] + [item.right, item.wrong]
            same(item, "feedback", [s for s in said if bare(s) not in everything], [])
        elif isinstance(item, Open):
            told = [item.model, *(one.text for one in item.criteria)]
            same(item, "model", [text for text in told if bare(text) not in after], [])
            if form == "moodle":  # for the teacher who marks
                marking = bare(" ".join(one.hint for one in pieces.values()))
                same(item, "marking", [text for text in told if bare(text) not in marking], [])
    if set(found) - seen:
        wrong.append(f"nobody asked for {sorted(set(found) - seen)}")
    return wrong


# The formats that mark answers are read back item by item; the others have tests of their own.
FORMS = [name for name, module in export_formats().items() if module.MARKS]


def test_every_format_has_a_reader() -> None:
    assert set(READERS) == set(export_formats())


@pytest.fixture(scope="module")
def entries() -> tuple[Entry, ...]:
    """The whole bank, but what needs an explorer."""
    found, left = gather(lessons(), marks=True)
    assert {one.item.id for one in left} >= {
        one.id for one in bank.items() if one.needs.startswith("explorer:")
    }
    assert len(found) + len(left) == len(bank.items())
    return found


def compared(entries: Sequence[Entry], form: str, change: Callable[[bytes], bytes]) -> list[str]:
    (content,) = export_formats()[form].write(entries, "x").values()
    try:
        return differences(entries, READERS[form](change(content)), form)
    except FaultError as fault:
        return [str(fault)]


@pytest.mark.parametrize("form", FORMS)
def test_every_item_comes_back_as_the_bank_has_it(form: str, entries: tuple[Entry, ...]) -> None:
    assert compared(entries, form, lambda content: content) == []


def entry_of(item: Item) -> Entry:
    return Entry(item, lesson("00"))


def odd(value: object) -> object:
    """The fields of a sample with every sign that means something in one of the formats."""
    if isinstance(value, str):
        return f"{ODD} {value}"
    if isinstance(value, list):
        return [odd(one) for one in value]
    if isinstance(value, dict):
        kept = {"verdict", "place", "key", "value", "locator"}
        return {key: one if key in kept else odd(one) for key, one in value.items()}
    return value


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS)
def test_signs_of_the_formats_are_only_text(form: str, kind: str) -> None:
    from samples import _OWN

    fields = {"option", "statement", "slip", "event", "pair", "extra", "criterion", "model",
              "right", "wrong", "accept"}
    changes = {name: odd(value) for name, value in _OWN[kind].items() if name in fields}
    item = sample(kind, stem=f"What {ODD}?", explain=f"Because {ODD}.", **changes)
    assert compared([entry_of(item)], form, lambda content: content) == []


def test_an_arrow_makes_no_pairs_of_short_answers() -> None:
    item = sample("words", accept=["a -> b"], right="x -> y")
    (content,) = gift_writer.write([entry_of(item)], "x").values()
    (found,) = READERS["gift"](content).values()
    assert found.kind == "shortanswer"
    assert found.answers[0][0] == ("a → b", 100.0, "x -> y")


REPACK = ("qti",)


def _inside(content: bytes, old: bytes, new: bytes, count: int) -> bytes:
    """Change one file of a package."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(made, "w") as other:
        for name in archive.namelist():
            text = archive.read(name)
            if name.endswith(("lesson_01.xml", "lesson_01/assessment_meta.xml", "imsmanifest.xml")):
                text = text.replace(old, new, count)
            other.writestr(name, text)
    return made.getvalue()


@pytest.mark.parametrize(
    ("form", "old", "new", "said"),
    [
        ("moodle", b'fraction="100"', b'fraction="0"', "right"),
        ("moodle", b'fraction="50"', b'fraction="51"', "no worth"),
        ("moodle", b"%100%", b"%0%", "answers"),
        ("moodle", b"}&lt;/p&gt;", b"&lt;/p&gt;", "HTML"),
        ("moodle", b"<tolerance>0</tolerance>", b"<tolerance>9</tolerance>", "number"),
        ("moodle", b"<idnumber>01-21", b"<idnumber>01-22", "given twice"),
        ("moodle", b"iVBORw0KGgo", b"AAAAAAAAAAA", "no picture"),
        ("moodle", b"lesson-01</text>", b"lesson-02</text>", "tags"),
        ("gift", b"\t=", b"\t~", "answer"),
        ("gift", b"\\}", b"}", "braces"),
        ("gift", b"[tag:lesson-01]", b"", "tags"),
        ("gift", b"%-50%", b"%50%", "answers"),
        ("moodle", b"<hint", b"<hunt", "hint"),
        ("moodle", b"nswers>false", b"nswers>true", "shuffled"),
        ("moodle", b"17 January 2020", b"", "around"),
        ("qti", b"<setvar", b"<setvat", "mismatch"),
        ("qti", b"<available>false", b"<available>true", "published"),
        ("qti", b">100</setvar>", b">0</setvar>", "right"),
        ("qti", b'linkrefid="10', b'linkrefid="20', "feedback"),
        ("qti", b"<varlte", b"<varequal>1</varequal><varlte", "respident"),
        ("qti", b"[part1]", b"[part9]", "no place"),
        ("qti", b"images/", b"image/", "not in the package"),
        ("qti", b'.png" />', b'.gif" />', "differs"),
    ],
)
def test_a_planted_fault_is_caught(
    form: str, old: bytes, new: bytes, said: str, entries: tuple[Entry, ...]
) -> None:
    def spoil(content: bytes) -> bytes:
        count = -1 if old == b">100</setvar>" else 1
        if form in REPACK:
            return _inside(content, old, new, count)
        if old == b"\\}":
            # There is none in the bank: put one into the first question.
            return content.replace(b"[html]", b"[html]}", 1)
        assert old in content
        return content.replace(old, new, count)

    wrong = compared(entries, form, spoil)
    assert wrong
    assert said in " ".join(wrong)


def test_a_lost_item_is_caught(entries: tuple[Entry, ...]) -> None:
    (content,) = moodle_writer.write(entries[1:], "x").values()
    wrong = differences(entries, READERS["moodle"](content), "moodle")
    assert wrong == [f"{entries[0].item.id} is missing"]


def test_the_deck_has_each_item_with_all_feedback(entries: tuple[Entry, ...]) -> None:
    (content,) = anki_writer.write(entries, "x").values()
    notes, pictures = anki(content)
    assert len(notes) == len(entries)
    for entry in entries:
        item, note = entry.item, notes[f"mali-course-{entry.item.id}"]
        front, back = bare(words_of(note["Question"])), bare(words_of(note["Answer"]))
        assert note["Item"] == item.id
        assert set(note["tags"].split()) == {f"mali-course::{tag}" for tag in entry.tags}
        assert note["deck"].startswith(f"Conflict in Mali::{item.id[:2]} ")
        assert bare(item.stem) in front
        assert bare(item.explain) in back
        assert [text for text in around(entry) if bare(text) not in front] == []
        for part in parts_of(item):
            assert [said for _, _, said in part if bare(said) not in back] == []
            assert [text for text, right, _ in part if right and bare(text) not in back] == []
        if is_number(item):
            assert isinstance(item, Number | Code)
            said = [one[3] for one in spans_of(item)] + [item.wrong]
            assert [text for text in said if bare(text) not in back] == []
        if isinstance(item, Open):
            assert bare(item.model) in back
            assert bare(item.model) not in front
        if entry.picture:
            assert pictures[f"mali-course-{entry.picture.name}"] == entry.picture.png
            assert f"mali-course-{entry.picture.name}" in note["Question"]


def words_of(html: str) -> str:
    return words(re.sub(r"<input[^>]*>", "", html))


def test_a_key_is_not_on_the_front_of_a_card(entries: tuple[Entry, ...]) -> None:
    """A card whose key and feedback differ has the same front."""
    first = sample("choice")
    assert isinstance(first, Choice)
    turned = sample("choice", option=[
        {"text": one.text, "key": not one.key and one.text == "one", "feedback": f"other {n}"}
        for n, one in enumerate(first.options)
    ])
    fronts = [
        anki(next(iter(anki_writer.write([entry_of(one)], "x").values())))[0]["mali-course-00-15"]
        for one in (first, turned)
    ]
    assert fronts[0]["Question"] == fronts[1]["Question"]
    assert fronts[0]["Answer"] != fronts[1]["Answer"]


def test_a_damaged_deck_is_caught(entries: tuple[Entry, ...]) -> None:
    (content,) = anki_writer.write(entries[:3], "x").values()
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(made, "w") as other:
        for name in archive.namelist():
            text = archive.read(name)
            if name.startswith("collection"):
                text = text.replace(b"mali-course-00-15", b"mali-course-00-10")
            other.writestr(name, text)
    with pytest.raises(FaultError, match="given twice"):
        anki(made.getvalue())


def test_a_later_version_of_the_course_updates_the_notes() -> None:
    """Anki compares the times of change; an import that chooses so takes any that differs."""
    versions = ("0", "0.1.0", "0.1.1", "0.2.0", "1.0.0", "1.0.1", "2.0.0")
    moments = [anki_writer.change_moment(version, version[::-1]) for version in versions]
    assert moments == sorted(set(moments))
    changed = [
        next(iter(anki(next(iter(anki_writer.write([entry_of(one)], "x").values())))[0].values()))
        for one in (sample("choice"), sample("choice"), sample("choice", explain="Otherwise."))
    ]
    assert changed[0]["changed"] == changed[1]["changed"] != changed[2]["changed"]


def test_the_tables_hold_each_item_and_each_answer(entries: tuple[Entry, ...]) -> None:
    files = csv_tables.write(entries, "x")
    items = {row["item"]: row for row in table(files["x-items.csv"])}
    answers = table(files["x-answers.csv"])
    assert list(items) == [entry.item.id for entry in entries]
    for entry in entries:
        item, row = entry.item, items[entry.item.id]
        assert (row["question"], row["hint"], row["explanation"]) == (
            item.stem, item.where, item.explain,
        )
        assert row["tags"].split() == list(entry.tags)
        assert row["cites"].split() == list(item.cites)
        assert float(row["minutes"]) == item.minutes
        told = bare(row["data"] + row["picture_text"] + row["picture_data"] + row["unit"])
        told += bare(row["source"])
        assert [text for text in around(entry) if bare(text) not in told] == []
        own = [one for one in answers if one["item"] == item.id]
        if parts_of(item):
            expected = [
                (text, "yes" if right else "no", said)
                for part in parts_of(item)
                for text, right, said in part
            ]
            assert [(one["answer"], one["right"], one["feedback"]) for one in own] == expected
        if is_number(item):
            assert isinstance(item, Number | Code)
            for one, (low, high, right, said) in zip(own, spans_of(item), strict=False):
                assert float(one["low"]) == pytest.approx(low)
                assert float(one["high"]) == pytest.approx(high)
                assert (one["right"], one["feedback"]) == ("yes" if right else "no", said)
            assert own[-1]["feedback"] == item.wrong
        if entry.picture:
            assert files[row["picture"]] == entry.picture.png
            assert entry.picture.alt in row["picture_text"]


@pytest.mark.parametrize("text", ["=1+1", "-2+3", "@SUM(A1)", "\t=1", "|calc", "＝1"])
def test_no_cell_is_computed(text: str) -> None:
    rows = table(csv_tables.write([entry_of(sample("choice", stem=text))], "x")["x-items.csv"])
    assert rows[0]["question"].startswith("'")


def test_a_formula_is_caught() -> None:
    with pytest.raises(FaultError, match="formula"):
        table("\ufeffitem,question\n1,=1+1\n".encode())


@pytest.mark.parametrize("form", export_formats())
def test_the_same_bank_gives_the_same_bytes(form: str, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        assert main(["export", form, "--lesson", "00", "--folder", str(tmp_path / folder)]) == 0
    first = {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()}
    assert first == {path.name: path.read_bytes() for path in (tmp_path / "b").iterdir()}
    assert not any(re.search(rb"20[2-9]\d-\d\d-\d\dT", content) for content in first.values())


def test_a_chart_is_drawn_alike_each_time() -> None:
    drawn = [gather([lesson("01")], marks=True)[0] for _ in range(2)]
    assert [one.picture for one in drawn[0]] == [one.picture for one in drawn[1]]


def test_what_cannot_be_held_is_named_in_output_and_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "csv", "--lesson", "2", "--folder", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    beside = (tmp_path / "mali-course-02-csv-notes.txt").read_text(encoding="utf-8")
    left = [one for one in bank.lesson_items("02") if one.needs.startswith("explorer:")]
    assert left
    for one in left:
        assert f"Left out: {one.id}" in said
        assert f"\n- {one.id} (" in beside
    assert "crisis" in beside
    held = {row["item"] for row in table((tmp_path / "mali-course-02-items.csv").read_bytes())}
    assert held == {one.id for one in bank.lesson_items("02")} - {one.id for one in left}


@pytest.mark.parametrize("value", [[1, 2], True])
def test_a_computed_list_is_left_to_formats_without_marks(
    value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = sample("code", value=value)
    monkeypatch.setattr(entry_list, "lesson_items", lambda _: (item,))
    entries, left = gather([lesson("00")], marks=True)
    assert not entries
    assert "cannot mark" in left[0].reason
    entries, left = gather([lesson("00")], marks=False)
    assert not left
    assert table(csv_tables.write(entries, "x")["x-answers.csv"])[0]["answer"] == str(value)
    assert str(value) in words(anki(
        next(iter(anki_writer.write(entries, "x").values())))[0]["mali-course-00-15"]["Answer"])


def test_a_need_that_nobody_knows_is_left_out_with_its_name(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry_list, "lesson_items", lambda _: (sample("choice", needs="film:x"),))
    _, left = gather([lesson("00")], marks=False)
    assert "film:x" in left[0].reason


def test_nothing_to_write_is_said_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    item = sample("choice", needs="explorer:g5")
    monkeypatch.setattr(entry_list, "lesson_items", lambda _: (item,))
    assert main(["export", "gift", "--folder", str(tmp_path / "x")]) == 1
    assert "Nothing was written" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_work_is_not_overwritten_unasked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["export", "gift", "--lesson", "00", "--folder", str(tmp_path)]
    assert main(call) == 0
    (tmp_path / "mali-course-00-gift.txt").write_text("mine")
    assert main(call) == 1
    assert "--force" in capsys.readouterr().err
    assert (tmp_path / "mali-course-00-gift.txt").read_text() == "mine"
    assert main([*call, "--force"]) == 0
    assert (tmp_path / "mali-course-00-gift.txt").read_text() != "mine"


def test_an_unknown_lesson_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "csv", "--lesson", "77", "--folder", str(tmp_path / "x")]) == 1
    assert '"77"' in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_an_unknown_format_is_answered_with_those_there_are(
    capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["export", "word"])
    assert "moodle" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    assert "example: mali-course export" in capsys.readouterr().out


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", export_formats())
def test_every_format_says_how_it_holds_each_kind(form: str, kind: str) -> None:
    item = sample(kind)
    notes = export_notes(form, [lesson("00")], [entry_of(item)], [], ["a-file"])
    (held,) = re.findall(rf"^- {item.kind_text('name')}: (.+)$", notes, re.MULTILINE)
    assert len(held) > 15
    again = notes.split("again:\n")[1].splitlines()[0]
    assert len(again) > 15
    assert "{" not in again
