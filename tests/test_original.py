"""The report is recognised in whatever form it comes, and kept as it was printed."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from pathlib import Path

import pytest
import typeset
from made_up_report import made_up_fingerprints
from pypdf import PdfReader, PdfWriter
from typeset import Page, Piece

from mali_course.core.content import read_csv, read_toml
from mali_course.kit import fingerprints as kit_fingerprints
from mali_course.original import pdf_pages, reading_apart
from mali_course.original.bringing import Brought, recognise_file
from mali_course.original.dated import DATED, date_of
from mali_course.original.fingerprints import fingerprint_of, fingerprints
from mali_course.original.found import found_in
from mali_course.original.letter_stream import Effort, LetterStream
from mali_course.original.outcome import outcome_text
from mali_course.original.reading_apart import read_apart
from mali_course.original.readings import clean_lines
from mali_course.original.recognising import in_one_piece
from mali_course.original.unreadable import LARGEST, UnreadableError

LINES = typeset.set_lines()
CUT = typeset.set_lines(44, hyphenated=True)


def _found(content: bytes) -> dict[str, str]:
    found = dict(found_in(content, typeset.prints()))
    found.pop(DATED, None)
    return found


def _is_whole(content: bytes, but: Iterable[str] = ()) -> None:
    """Every sentence is found, and is letter for letter as it was set."""
    found = _found(content)
    wanted = {name: text for name, text in typeset.SENTENCES.items() if name not in but}
    assert wanted.keys() <= found.keys(), sorted(wanted.keys() - found.keys())
    assert {name: found[name] for name in wanted} == wanted


def _interrupted(lines: list[str]) -> str:
    pages = [lines[begin : begin + 17] for begin in range(0, len(lines), 17)]
    return "\f".join("\n".join([*typeset.HEAD, *page, *typeset.FOOT]) for page in pages)


def _ligatures(text: str) -> str:
    for letters, sign in {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}.items():
        text = text.replace(letters, sign)
    return text


def _one_a_line(left: str, right: str) -> list[str]:
    return [line for line in (left, right) if line]


TEXTS: Mapping[str, str] = {
    "wrapped": "\n".join(LINES),
    "on one line": " ".join(typeset.SENTENCES.values()),
    "hyphenated": "\n".join(CUT),
    "in a narrow column": "\n".join(typeset.set_lines(26, hyphenated=True)),
    "a word a line": "\n".join(" ".join(LINES).split()),
    "ligatures": _ligatures("\n".join(LINES)),
    "accents of their own": unicodedata.normalize("NFD", "\n".join(LINES)),
    "soft hyphens": "\n".join(LINES).replace("ing", "\u00ading"),
    "with Windows line ends": "\r\n".join(LINES),
    "interrupted by heads and feet": _interrupted(LINES),
    "hyphenated and interrupted": _interrupted(CUT),
    "letters apart": "\n".join(" ".join(line.replace(" ", "  ")) for line in LINES),
    "columns alternate": typeset.beside(_one_a_line, LINES),
    "columns alternate, hyphenated": typeset.beside(_one_a_line, CUT),
    "columns beside each other": typeset.beside(lambda a, b: [a.ljust(52) + b], LINES),
    "columns beside each other, hyphenated": typeset.beside(lambda a, b: [a.ljust(50) + b], CUT),
    "columns beside each other, not in line": typeset.beside(lambda a, b: [f"{a}    {b}"], LINES),
    "columns parted by a tab": typeset.beside(lambda a, b: [f"{a}\t{b}"], LINES),
    "columns of a table": typeset.beside(lambda a, b: [f"| {a} | {b} |"], LINES),
    "columns hardly parted": typeset.beside(lambda a, b: [a.ljust(47) + b], LINES),
    "narrow columns alternate": typeset.beside(_one_a_line, typeset.set_lines(16)),
    "narrow columns alternate, hyphenated": typeset.beside(
        _one_a_line, typeset.set_lines(18, hyphenated=True)
    ),
    "columns parted by one space": typeset.beside(lambda a, b: [f"{a} {b}".strip()], LINES),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_in_any_layout_gives_every_sentence_as_it_was_printed(name: str) -> None:
    _is_whole(TEXTS[name].encode())


def test_words_run_together_are_parted_again() -> None:
    text = "\n".join(line.replace(" ", "") for line in LINES)
    found = _found(text.encode())
    assert found.keys() == typeset.SENTENCES.keys()
    # What was lost at a quotation mark or a bracket is guessed; words and numbers are not.
    words = {name: re.findall(r"\w+", text) for name, text in found.items()}
    assert words == {name: re.findall(r"\w+", text) for name, text in typeset.SENTENCES.items()}
    assert found["1.1.5"] == typeset.SENTENCES["1.1.5"]
    assert found["1.2.4"] == typeset.SENTENCES["1.2.4"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_text_is_read_as_it_was_written(encoding: str) -> None:
    _is_whole("\n".join(LINES).encode(encoding))


def test_quotation_marks_of_a_table_are_no_part_of_a_sentence() -> None:
    rows = [f'{name},1,"{text}"' for name, text in typeset.SENTENCES.items()]
    _is_whole("\n".join(rows).encode())
    straight = 'He said "no."\nThen: "It is so," he said.'
    known = [
        fingerprint_of("1.1.1", 'He said "no."'),
        fingerprint_of("1.1.2", '"It is so," he said.'),
    ]
    assert dict(found_in(straight.encode(), known)) == {
        "1.1.1": 'He said "no."',
        "1.1.2": '"It is so," he said.',
    }


# Web pages


def _page(body: str, charset: str = "utf-8") -> bytes:
    head = f'<head><meta charset="{charset}"><title>T</title><style>p {{}}</style></head>'
    return f"<!DOCTYPE html><html>{head}<body>{body}</body></html>".encode(
        charset, errors="xmlcharrefreplace"
    )


def _html_paragraphs() -> str:
    shown = []
    for texts in typeset.PARAGRAPHS:
        text = " ".join(texts).replace("&", "&amp;").replace("—", "&mdash;")
        shown.append(f"<p>{text}</p><script>var p = 1;</script>")
    return "\n".join(shown).replace("harbour", "har<b>bour</b>").replace(" the ", "\n  the&nbsp;")


def test_a_saved_web_page_gives_every_sentence() -> None:
    _is_whole(_page(_html_paragraphs()))
    _is_whole(_page(_html_paragraphs(), "iso-8859-1"))
    _is_whole(_page(_html_paragraphs(), "iso-8859-1").replace(b"iso-8859-1", b"no-such-one"))


def test_a_table_with_a_cell_for_each_line_is_read_column_by_column() -> None:
    rows = [
        f"<tr><td>{left}</td><td>{right}</td></tr>"
        for page in typeset.in_columns(LINES)
        for left, right in zip(*page, strict=False)
    ]
    # The last page has fewer lines in its right column.
    short = [line for left, right in typeset.in_columns(LINES) for line in left[len(right) :]]
    rows += [f"<tr><td>{line}</td></tr>" for line in short]
    _is_whole(_page(f"<table>{''.join(rows)}</table>"))


def test_an_archive_of_a_web_page_is_read() -> None:
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"] = "Saved by a browser"
    message.set_content(_page(_html_paragraphs()).decode(), subtype="html", cte="quoted-printable")
    message.add_related(b"\x89PNG", "image", "png")
    _is_whole(message.as_bytes())


def test_a_web_archive_of_safari_is_read() -> None:
    import plistlib

    resource = {
        "WebResourceData": _page(_html_paragraphs()),
        "WebResourceTextEncodingName": "UTF-8",
    }
    _is_whole(plistlib.dumps({"WebMainResource": resource}, fmt=plistlib.FMT_BINARY))


# PDFs


def _all(page: Page) -> list[Piece]:
    return [piece for part in page for piece in part]


def _singly(parts: Callable[[Piece], Iterable[Piece]], page: Page) -> list[Piece]:
    return [one for piece in typeset.by_rows(page) for one in parts(piece)]


def _turned(pieces: Iterable[Piece]) -> bytes:
    """Return operators for a page that is turned by a quarter."""
    return b"\n".join(
        b"BT /F1 %g Tf 0 1 -1 0 %g %g Tm %s Tj ET"
        % (one.size, 792 - one.y, one.x, typeset.shown(one.text))
        for one in pieces
    )


def _upside_down(pieces: Iterable[Piece]) -> bytes:
    """Return operators as browsers write them: y grows downward, and sizes are in pixels."""
    return b"1 0 0 -1 0 792 cm .24 0 0 .24 0 0 cm\n" + b"\n".join(
        b"BT /F1 %g Tf 4.1667 0 0 -4.1667 %g %g Tm %s Tj ET"
        % (one.size, one.x / 0.24, (792 - one.y) / 0.24, typeset.shown(one.text))
        for one in pieces
    )


PAGES, CUT_PAGES = typeset.placed_pages(LINES), typeset.placed_pages(CUT)
PDFS: Mapping[str, bytes] = {
    "columns": typeset.pdf([typeset.operators(_all(page)) for page in PAGES]),
    "columns, hyphens and ligatures": typeset.pdf(
        [typeset.operators(_all(page), ligatures=True) for page in CUT_PAGES]
    ),
    "uncompressed": typeset.pdf([typeset.operators(_all(page)) for page in PAGES], packed=False),
    "line by line across": typeset.pdf([typeset.operators(typeset.by_rows(p)) for p in PAGES]),
    "line by line, in one object": typeset.pdf(
        [typeset.in_one_object(typeset.by_rows(page)) for page in PAGES]
    ),
    "words singly": typeset.pdf(
        [typeset.in_one_object(_singly(typeset.words_of, page)) for page in PAGES]
    ),
    "words in any order": typeset.pdf(
        [typeset.operators(typeset.shuffled(_singly(typeset.words_of, page))) for page in CUT_PAGES]
    ),
    "letters in any order": typeset.pdf(
        [typeset.operators(typeset.shuffled(_singly(typeset.letters_of, page))) for page in PAGES]
    ),
    "gaps for spaces": typeset.pdf([typeset.kerned(typeset.by_rows(page)) for page in PAGES]),
    "three columns, words in any order": typeset.pdf(
        [
            typeset.operators(typeset.shuffled(chain.from_iterable(map(typeset.words_of, page))))
            for page in typeset.three_columns(typeset.set_lines(30))
        ]
    ),
    "in a form": typeset.pdf(
        [typeset.operators(typeset.by_rows(page)) for page in CUT_PAGES], as_forms=True
    ),
    "the right column a little lower": typeset.pdf(
        [
            typeset.operators(typeset.by_rows(page))
            for page in typeset.placed_pages(LINES, lower=4.5)
        ]
    ),
    "as browsers write": typeset.pdf([_upside_down(typeset.by_rows(page)) for page in PAGES]),
    "turned": typeset.pdf(
        [_turned(typeset.by_rows(page)) for page in PAGES],
        page=b"/MediaBox [0 0 792 612] /Rotate 90",
    ),
}


@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_in_any_layout_gives_every_sentence_as_it_was_printed(name: str) -> None:
    _is_whole(PDFS[name])


def _in_plain_order(content: bytes) -> int:
    text = "\f".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    prints = typeset.prints()
    return len(list(in_one_piece(LetterStream(clean_lines(text)), prints, Effort(10**6))))


def test_the_plain_order_is_not_enough_for_most_of_these_layouts() -> None:
    fails = [name for name, content in PDFS.items() if _in_plain_order(content) < 12]
    assert len(fails) >= 6, fails


def test_a_pdf_that_is_only_locked_against_changes_is_read() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(PDFS["columns"])))
    writer.encrypt("", "owner", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    _is_whole(made.getvalue())


# Other versions, and what is said


def test_of_another_version_the_sentences_that_are_the_same_are_found() -> None:
    with made_up_fingerprints() as sentences:
        changed = list(sentences)[3:43:4]
        texts = [
            text.replace(" ", " once ", 1) if locator in changed else text
            for locator, text in sentences.items()
        ]
        brought = recognise_file("\n".join(["Updated September 18, 2020", *texts]).encode())
        assert len(changed) == 10
        assert brought.missing == tuple(changed)
        assert {**brought.sentences} == {k: v for k, v in sentences.items() if k not in changed}
        told = outcome_text(brought)
    assert told.startswith("69 of 79 sentences of the report were recognised.")
    paragraphs = list(dict.fromkeys(one.rpartition(".")[0] for one in changed))
    assert all(paragraph in told for paragraph in paragraphs)
    assert "probably another version of the report: it says “Updated September 18, 2020”" in told


@pytest.mark.parametrize("kept_of", [2, 6])
@pytest.mark.parametrize(
    "layout",
    [
        lambda text: textwrap.fill(text, 46),
        lambda text: textwrap.fill(text, 14),
        lambda text: "\n".join(text.split()),
        lambda text: typeset.beside(_one_a_line, textwrap.wrap(text, 46)),
    ],
)
def test_a_sentence_into_which_words_were_put_is_not_the_one_that_it_was(
    layout: Callable[[str], str], kept_of: int
) -> None:
    same, texts = set(), []
    for number, (name, text) in enumerate(typeset.SENTENCES.items(), start=1):
        words = text.split()
        if number % kept_of:
            words.insert(len(words) // 2, "nevertheless quite")
        else:
            same.add(name)
        texts.append(" ".join(words))
    assert _found(layout(" ".join(texts)).encode()).keys() == same


def test_it_is_said_what_is_missing_and_why() -> None:
    with made_up_fingerprints() as sentences:
        whole = dict(sentences)
        assert outcome_text(Brought(whole)) == "All 79 sentences of the report were recognised."
        del whole["2.1.3"]
        one_less = outcome_text(Brought(whole))
        assert "78 of 79" in one_less
        assert "in paragraph 2.1. This is probably another version of the report, or" in one_less
        right = outcome_text(Brought(whole, "Updated January 17, 2020"))
        assert "another version" not in right
        assert "as it should" in right
        none = outcome_text(Brought({}, "Updated May 1, 2021"))
        assert none.startswith("This does not seem to be the report: none of its 79 sentences")
        assert "“Updated May 1, 2021”" in none


def test_whole_paragraphs_alone_are_a_part_of_the_report() -> None:
    with made_up_fingerprints() as sentences:
        part = {one: text for one, text in sentences.items() if one[:4] in ("1.1.", "4.2.")}
        told = outcome_text(Brought(part))
        assert f"{len(part)} of 79" in told
        assert "that part is complete: paragraphs 1.1 and 4.2. The other paragraphs" in told
        for said in ("another version", "missing"):
            assert said not in told
        assert "complete" in outcome_text(Brought(part, "Updated January 17, 2020"))
        other = outcome_text(Brought(part, "Updated May 1, 2021"))
        assert "another version" in other
        assert "complete" not in other
        del part["4.2.1"]
        assert "complete" not in outcome_text(Brought(part))


def test_what_an_earlier_file_held_is_not_missing() -> None:
    with made_up_fingerprints() as sentences:
        later = {"2.1.3": sentences["2.1.3"]}
        there = [one for one in sentences if one != "3.2.1"]
        told = outcome_text(Brought(later), there)
        assert "Together with those added earlier, 78 of 79 are there now." in told
        assert "The missing ones are in paragraph 3.2." in told
        told = outcome_text(Brought(later), list(sentences))
        assert told.endswith("earlier, 79 of 79 are there now.")
        assert "Together" not in outcome_text(Brought(later), list(later))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Updated January 17, 2020", "Updated January 17, 2020"),
        ("IF10116 · VERSION 9 · UPDATED", "VERSION 9"),
        ("VERSION 9\nThis was updated\u00a0March 4, 2021, at noon", "updated March 4, 2021"),
        ("\n  August 6, 2018\nMali", "August 6, 2018"),
        ("It was written on August 6, 2018, in Mali", ""),
    ],
)
def test_the_date_that_a_report_gives_itself_is_found(text: str, date: str) -> None:
    assert date_of(clean_lines(text)) == date


def test_a_sentence_is_found_only_if_all_its_letters_are_there() -> None:
    text = typeset.SENTENCES["1.1.1"].replace("two ferries", "ten ferries")
    assert "1.1.1" not in _found(text.encode())
    assert _found(text.replace("ten", "two").encode()).keys() == {"1.1.1"}


# Files that cannot be read


def _encrypted() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(PDFS["columns"])))
    writer.encrypt("a password", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


UNREADABLE: Mapping[str, tuple[bytes, str]] = {
    "nothing": (b"", "is empty"),
    "spaces": (b" \n\0\t", "is empty"),
    "too large": (b"a" * (LARGEST + 1), "up to 5 MB"),
    "a book": (b"word " * 300_000, "as long as a book"),
    "a locked PDF": (_encrypted(), "locked with a password"),
    "a broken PDF": (b"%PDF-1.4\n" + b"\x81" * 500, "damaged"),
    "half a PDF": (PDFS["columns"][:600], "damaged"),
    "a scan": (typeset.pdf([b"10 0 0 10 0 0 cm /Im0 Do"]), "pictures of pages"),
    "a long PDF": (typeset.pdf([b""] * 61), "has 61 pages"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "is a picture"),
    "a photograph": (b"\xff\xd8\xff\xe0" + b"\1" * 99, "is a picture"),
    "Word": (b"PK\x03\x04" + b"word/document.xml", "made by Word"),
    "old Word": (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "made by Word"),
    "a program": (b"\x7fELF" + bytes(range(256)) * 9, "neither a PDF"),
    "only signs": (b"... --- ...", "no text in this file"),
    "an empty page": (b"<html><body><p> </p></body></html>", "no text in this file"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_answered_with_what_to_do(name: str) -> None:
    content, said = UNREADABLE[name]
    with pytest.raises(UnreadableError) as told:
        list(found_in(content, typeset.prints()))
    words = read_toml("words/en/original.toml")["unreadable"][told.value.reason]
    words = words.format(**told.value.fields, largest=5)
    assert said in words
    assert re.search(r"(Save|save|Choose|choose) ", words)


def test_each_reason_is_met_here_or_where_reading_ends() -> None:
    reasons = set()
    for content, _ in UNREADABLE.values():
        with pytest.raises(UnreadableError) as told:
            list(found_in(content, typeset.prints()))
        reasons.add(told.value.reason)
    reasons |= {"too_long", "no_reader"}
    assert reasons == set(read_toml("words/en/original.toml")["unreadable"])


def test_without_pypdf_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(pdf_pages, "imported", refuse)
    with pytest.raises(UnreadableError, match="no_reader"):
        list(found_in(PDFS["columns"], typeset.prints()))


# A process of its own


def test_a_file_is_read_in_a_process_of_its_own() -> None:
    found = read_apart(PDFS["line by line across"], typeset.prints())
    assert found.pop(DATED) == "Updated March 9, 1916"
    assert found == typeset.SENTENCES


def test_where_no_process_can_be_started_the_file_is_read_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no processes here")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert read_apart(PDFS["columns"], typeset.prints()).keys() > typeset.SENTENCES.keys()


_ENDLESS = """
import sys
sys.stdin.buffer.readline()
sys.stdout.write('["1.1.1", "Found."]\\n' * int(sys.argv[2]))
sys.stdout.flush()
while True:
    pass
"""


def test_a_reading_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_apart, "_CHILD", _ENDLESS.replace("sys.argv[2]", "0"))
    with pytest.raises(UnreadableError, match="too_long"):
        read_apart(b"a", [], seconds=2)


def test_what_was_found_before_the_end_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_apart, "_CHILD", _ENDLESS.replace("sys.argv[2]", "1"))
    assert read_apart(b"a", [], seconds=3) == {"1.1.1": "Found."}


@pytest.mark.parametrize(
    "fault", ["import os; os.abort()", "raise SystemExit(3)", "import nothing"]
)
def test_a_process_that_dies_is_a_damaged_file(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_apart, "_CHILD", fault)
    with pytest.raises(UnreadableError, match="damaged"):
        read_apart(b"a" * 1_000_000, [])


def test_pypdf_comes_only_when_a_pdf_is_read() -> None:
    script = (
        "import sys\n"
        "from mali_course.original.found import found_in\n"
        "list(found_in(b'<p>a text</p>', []))\n"
        "print('pypdf' in sys.modules)\n"
        "list(found_in(sys.stdin.buffer.read(), []))\n"
        "print('pypdf' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=PDFS["columns"], capture_output=True, check=True
    )
    assert done.stdout.split() == [b"False", b"True"]


# The fingerprints themselves


def test_the_real_fingerprints_are_whole() -> None:
    prints = fingerprints()
    assert [one.locator for one in prints] == [r["locator"] for r in read_csv("report/outline.csv")]
    assert len({one.whole for one in prints}) == len(prints) == 79
    assert all(len(one.start) == 4 and len(one.whole) == 32 for one in prints)


def test_fingerprints_are_made_of_a_table_and_checked_against_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table, made = tmp_path / "sentences.csv", tmp_path / "fingerprints.csv"
    rows = [f'{name},"{text}"' for name, text in typeset.SENTENCES.items()]
    table.write_text("\n".join(["locator,text", *rows]), encoding="utf-8")
    monkeypatch.setattr(kit_fingerprints, "data_path", lambda name: made)
    assert kit_fingerprints.main([str(table)]) == 0
    expected = [
        f"{one.locator},{one.start},{one.whole},{' '.join(map(str, one.words))}"
        for one in typeset.prints()
    ]
    assert made.read_text(encoding="utf-8").splitlines()[1:] == expected
    assert "Ångström" not in made.read_text(encoding="utf-8")
    assert kit_fingerprints.main([str(table), "--check"]) == 0
    made.write_text(made.read_text(encoding="utf-8").replace("1.2.2,", "1.2.9,"), encoding="utf-8")
    assert kit_fingerprints.main([str(table), "--check"]) == 1
    assert capsys.readouterr().out.split() == ["1.2.2", "1.2.9"]
