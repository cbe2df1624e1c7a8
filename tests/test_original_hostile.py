"""Whatever file is brought: sentences, or a reason in words; no traceback, no hang, nothing left.

Most files are read in this process, in which any error but the one on purpose fails the test. What
is made to take all time or memory is read in a process of its own, as in the course.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random

import pytest
import typeset

from mali_course.core.content import read_toml
from mali_course.original.bringing import recognise_file
from mali_course.original.dated import DATED
from mali_course.original.fingerprints import fingerprint_of
from mali_course.original.found import found_in
from mali_course.original.reading_apart import read_apart
from mali_course.original.unreadable import LARGEST, UnreadableError

# A short page, so that a thousand of them can be read.
_SHORT = {name: text for name, text in typeset.SENTENCES.items() if name.startswith("1.1.")}
_KNOWN = [fingerprint_of(name, text) for name, text in _SHORT.items()]
_WHOLE = {one.locator: one.whole for one in _KNOWN}
_LINES = typeset.set_lines()[:13]
_REASONS = read_toml("words/en/original.toml")["unreadable"]


@pytest.fixture(autouse=True)
def _nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[None]:
    """No file is written anywhere near, and nothing is said to the terminal."""
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.chdir(place)
    for name in ("HOME", "TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(place))
    yield
    assert list(place.rglob("*")) == []
    assert capfd.readouterr() == ("", "")


def _is_answered(content: bytes) -> str:
    """Read a file; returns the reason why it could not be read, or ""."""
    reason = ""
    try:
        for name, text in found_in(content, _KNOWN):
            if name != DATED:
                assert fingerprint_of(name, text).whole == _WHOLE[name]
    except UnreadableError as error:
        reason = error.reason
    assert reason in {"", *_REASONS}
    return reason


def _is_answered_apart(content: bytes) -> str:
    try:
        read_apart(content, _KNOWN)
    except UnreadableError as error:
        return error.reason
    return ""


def _pdfs() -> list[bytes]:
    [page] = typeset.placed_pages(_LINES, height=7)
    pieces = typeset.by_rows(page)
    return [
        typeset.pdf([typeset.operators(pieces)]),
        typeset.pdf([typeset.operators(pieces)], packed=False),
        typeset.pdf([typeset.in_one_object(pieces)], packed=False, as_forms=True),
        typeset.pdf([typeset.kerned(pieces)], packed=False),
    ]


def _changed_bytes(content: bytes, chance: Random) -> bytes:
    """Return a file in which bytes are changed, left out, doubled or moved."""
    made = bytearray(content)
    for _ in range(chance.choice([1, 3, 10, 60])):
        begin = chance.randrange(len(made))
        end = min(len(made), begin + chance.choice([1, 1, 4, 40]))
        match chance.randrange(4):
            case 0:
                made[begin:end] = chance.randbytes(end - begin)
            case 1 if len(made) > 100:
                del made[begin:end]
            case 2:
                made[begin:begin] = made[begin:end] * chance.choice([1, 5])
            case _:
                other = chance.randrange(len(made))
                made[other:other] = made[begin:end]
    return bytes(made)


_TOKENS = (
    rb"/Kids", rb"/Parent 2 0 R", rb"/Contents 5 0 R", rb"1 0 R", rb"2 0 R", rb"3 0 R", rb"6 0 R",
    rb"/Count 1", rb"/Type", rb"/Subtype /Form", rb"/Length", rb"/Filter /FlateDecode", rb"<<",
    rb">>", rb"[", rb"]", rb"stream", rb"endobj", rb"xref", rb"trailer", rb"startxref", rb"/Font",
    rb"/Encoding", rb"/Differences", rb"BT", rb"ET", rb"Tj", rb"TJ", rb"Tm", rb"Tf", rb"Td", rb"q",
    rb"/Root 1 0 R", rb"0000000000", rb" 9 ", rb"(", rb")",
)  # fmt: skip
_INSTEAD = (
    *_TOKENS, b"", b"null", b"-1", b"999999999999", b"1e400", b"nan", b"true", b"()", b"<FF>",
    b"<zz>", b"/#00#GG", b"<< /A 1 0 R >>", b"[[[[[[", b"2 0 R 2 0 R", b"5 5 R", b"%", b"\0",
    b"/Filter [/LZWDecode /ASCII85Decode /RunLengthDecode]", b"/Encrypt 3 0 R", b"cm", b"Q", b"Do",
    b"0 0 0 0 0 0 Tm", b"1e30 0 0 1e30 1e300 -1e300 cm", b"/F1 0 Tf", b"BI ID EI", b"'", b'"',
)  # fmt: skip


def _changed_tokens(content: bytes, chance: Random) -> bytes:
    """Return a PDF in which something stands in the place of something else."""
    for _ in range(chance.choice([1, 1, 2, 5])):
        token = chance.choice(_TOKENS)
        places = content.count(token)
        if places:
            before, _, after = content.partition(token)
            if places > 1 and chance.random() < 0.5:
                before, _, after = content.rpartition(token)
            content = before + chance.choice(_INSTEAD) + after
    return content


def _html() -> bytes:
    text = " ".join(_SHORT.values())
    return f"<html><head><title>T</title></head><body><p>{text}</p></body></html>".encode()


def _mail() -> bytes:
    return (
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
        b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(_html())
        + b"\n--b--\n"
    )


def _odd_text(chance: Random) -> bytes:
    """Return a text of odd signs, lines and spaces, with parts of the sentences between."""
    parts = " ".join(_SHORT.values()).split(" ")
    signs = ["\n", "\f", "\t", "  ", "|", "-\n", "\u00ad", "´", "ﬁ", "ı", "\u202e", "½", "İ", "ß"]
    made = "".join(
        chance.choice(parts)
        if chance.random() < 0.7
        else chance.choice([*signs, chr(chance.randrange(1, 0xD7FF))])
        for _ in range(chance.choice([5, 50, 500]))
    )
    return made.encode(chance.choice(["utf-8", "utf-16", "utf-16-le", "utf-8-sig"]))


def _noise(chance: Random) -> bytes:
    heads = [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"bplist00", b"<html>", b"\xff\xfe", b"GIF89a"]
    return chance.choice(heads) + chance.randbytes(chance.choice([1, 30, 3000]))


_WAYS: Mapping[str, Callable[[Random], bytes]] = {
    "PDF, bytes": lambda chance: _changed_bytes(chance.choice(_pdfs()), chance),
    "PDF, tokens": lambda chance: _changed_tokens(chance.choice(_pdfs()[1:]), chance),
    "PDF, cut": lambda chance: (pdf := chance.choice(_pdfs()))[: chance.randrange(len(pdf))],
    "web page": lambda chance: _changed_bytes(_html(), chance),
    "archive": lambda chance: _changed_bytes(_mail(), chance),
    "text": _odd_text,
    "noise": _noise,
}
_COUNTS = {"PDF, bytes": 250, "PDF, tokens": 350, "PDF, cut": 60}


def _tries(way: str, times: int = 1) -> set[str]:
    chance = Random(way)
    count = _COUNTS.get(way, 90) * times
    return {_is_answered(_WAYS[way](chance)) for _ in range(count)}


def test_there_are_a_thousand_files() -> None:
    assert sum(_COUNTS.get(way, 90) for way in _WAYS) + len(_MADE) + len(_APART) >= 1000


@pytest.mark.parametrize("way", _WAYS)
def test_a_file_that_is_changed_anywhere_is_answered(way: str) -> None:
    answers = _tries(way)
    if way not in ("noise", "PDF, cut"):
        assert "" in answers  # some of them can still be read
    if way.startswith("PDF"):
        assert "damaged" in answers


@pytest.mark.nightly
@pytest.mark.parametrize("way", _WAYS)
def test_many_more_files_that_are_changed_anywhere_are_answered(way: str) -> None:
    _tries(way, times=20)


def _stream(data: bytes, entries: bytes = b"/Filter /FlateDecode") -> bytes:
    if b"Flate" in entries:
        data = zlib.compress(data, 9)
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def _file(page: bytes, *others: bytes) -> bytes:
    """Return a PDF of one page, which is object 3; the others begin with 4."""
    kids = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    return typeset.written([b"<< /Type /Catalog /Pages 2 0 R >>", kids, page, *others])


_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << %s >> >>"
_FONT = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
_ALL = " ".join(_SHORT.values())

# Files that point to themselves, nest, lie about their size, or are made of one thing only.
_MADE: Mapping[str, bytes] = {
    "pages that are their own kid": typeset.written(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"]
    ),
    "a catalogue that is its pages": typeset.written([b"<< /Type /Catalog /Pages 1 0 R >>"]),
    "a page that is its content": _file(_PAGE % _FONT, b"4 0 R"),
    "contents of contents": _file(_PAGE % _FONT, b"[4 0 R 4 0 R 4 0 R]"),
    "a form in itself": _file(
        _PAGE % b"/XObject << /A 5 0 R >>",
        _stream(b"/A Do"),
        _stream(
            b"/A Do /A Do",
            b"/Type /XObject /Subtype /Form /Resources << /XObject << /A 5 0 R "
            b">> >> /Filter /FlateDecode",
        ),
    ),
    "a font that is its letters": _file(
        _PAGE % b"/Font << /F1 5 0 R >>",
        _stream(b"BT /F1 9 Tf (abc) Tj ET"),
        b"<< /Type /Font /Subtype /Type0 /ToUnicode 5 0 R /DescendantFonts [5 0 R] >>",
    ),
    "a map without end": _file(
        _PAGE % b"/Font << /F1 5 0 R >>",
        _stream(b"BT /F1 9 Tf (abc) Tj ET"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /A /ToUnicode 6 0 R >>",
        _stream(b"1 beginbfrange <00> <ffffffff> <0041> endbfrange"),
    ),
    "deep brackets": _file(_PAGE % _FONT, _stream(b"[" * 20_000 + b"]" * 20_000 + b" TJ")),
    "deep dictionaries": _file(b"<< /A " * 5_000 + b"1" + b">>" * 5_000),
    "deep states": _file(_PAGE % _FONT, _stream(b"q " * 20_000 + b"BT (a) Tj")),
    "a count that is a lie": _file(_PAGE % _FONT, _stream(b"")).replace(
        b"/Count 1", b"/Count 99999999"
    ),
    "a length that is a lie": _file(
        _PAGE % _FONT, b"<< /Length 2147483647 >>\nstream\na\nendstream"
    ),
    "a table that comes before itself": typeset.written(
        [b"<< /Type /Catalog >>"], b"/Prev 20 /XRefStm 20"
    ),
    "no trailer": b"%PDF-1.4\nxref\n0 0\nstartxref\n9\n%%EOF",
    "only a beginning": b"%PDF-1.4",
    "encryption that is none": _file(_PAGE % _FONT, _stream(b"")).replace(
        b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Standard /V 9 /R 9 /O (a) /U (b) /P 1 >>"
    ),
    "letters far away": _file(
        _PAGE % _FONT, _stream(b"BT /F1 1e9 Tf 1e200 0 0 1e200 1e300 1e300 Tm (abc) Tj ET")
    ),
    "letters without a size": _file(
        _PAGE % _FONT, _stream(b"BT /F1 0 Tf 0 0 0 0 0 0 Tm (a) Tj ET")
    ),
    "deep elements": b"<div>" * 100_000 + _ALL.encode(),
    "one tag": b"<p " + b"a='" * 50_000,
    "declarations": b"<html>" + b"<![if " * 500 + b"<!DOCTYPE [" * 500,
    "comments": b"<html>" + b"<!-- -" * 5_000,
    "signs by their names": b"<p>" + b"&amp;#38;&#x110000;&#xD800;&nosuch;" * 2_000,
    "one character set in another": b'<meta charset="utf-7"><p>+ADw-' + b"\xff" * 999,
    "a codec that is no text": b'<meta charset="zlib"><p>' + b"\xff" * 999,
    "parts of parts": b"MIME-Version: 1.0\n"
    + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3_000)
    ),
    "an archive without parts": b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n\n",
    "a list in itself": b"bplist00\xa1\x00\x08" + b"\0" * 20 + b"\1\1" + b"\0" * 22 + b"\x0a",
    "one long line": b"word" * 200_000,
    "the same beginning": (_ALL[:14] + " ").encode() * 20_000,
    "the same sentence": (_ALL[:80] + "\n").encode() * 5_000,
    "a word a line": b"\n".join(_ALL.encode().split() * 500),
    "lines without letters": b"\n.\n" * 300_000 + b"a",
    "gaps": (b"a" + b" " * 50 + b"b\n") * 10_000,
    "bars": b"|" * 400_000 + b"a",
    "accents": "´¨ı".encode() * 60_000,
    "numbers": json.dumps(list(range(100_000))).encode(),
}


@pytest.mark.parametrize("name", _MADE)
def test_a_file_that_is_made_to_have_no_end_is_answered(name: str) -> None:
    _is_answered(_MADE[name])


def _bomb() -> bytes:
    return _file(_PAGE % _FONT, _stream(b"BT /F1 9 Tf " + b"(a) Tj " * 9_000_000))


def _nested_bomb() -> bytes:
    inner = zlib.compress(zlib.compress(b" " * 60_000_000, 9), 9)
    return _file(_PAGE % _FONT, _stream(inner, b"/Filter [/FlateDecode /FlateDecode]"))


def _many_forms() -> bytes:
    form = b"/Type /XObject /Subtype /Form /Filter /FlateDecode "
    form += b"/Resources << /XObject << /A %d 0 R >> >>"
    levels = [_stream(b"/A Do " * 20, form % (number + 6)) for number in range(8)]
    return _file(_PAGE % b"/XObject << /A 5 0 R >>", _stream(b"/A Do"), *levels)


_APART: Mapping[str, Callable[[], bytes]] = {
    "a stream of a gigabyte": _bomb,
    "a stream in a stream": _nested_bomb,
    "forms of forms": _many_forms,
    "a page of brackets": lambda: _file(_PAGE % _FONT, _stream(b"[" * 3_000_000)),
    "a page of declarations": lambda: b"<html>" + b"<!" * 2_000_000,
    "a page of openings": lambda: b"<html>" + b"<a " * 1_600_000,
    "a page of signs": lambda: b"<p>" + b"&#" * 2_400_000,
    "noise as large as may be": lambda: Random(1).randbytes(LARGEST),
    "words as many as may be": lambda: (_ALL.encode() * 3_000)[:999_000],
    "letters as many as may be": lambda: b"T h e " * 160_000,
}


@pytest.mark.parametrize("name", ["a stream of a gigabyte", "a page of declarations"])
def test_a_file_that_takes_all_time_or_memory_is_given_up(name: str) -> None:
    assert _is_answered_apart(_APART[name]()) in _REASONS


@pytest.mark.nightly
@pytest.mark.parametrize("name", _APART)
def test_any_file_that_takes_all_time_or_memory_is_answered(name: str) -> None:
    assert _is_answered_apart(_APART[name]()) in {"", *_REASONS}


def test_the_check_finds_an_error_that_is_not_on_purpose(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(content: bytes) -> str:
        raise OSError("a planted fault")

    monkeypatch.setattr("mali_course.original.file_kinds.page_text", broken)
    with pytest.raises(OSError, match="planted"):
        _is_answered(_html())


def test_nothing_is_written_for_a_file_that_was_read(home: Path) -> None:
    assert recognise_file(_ALL.encode()).sentences == {}
    assert not home.exists()
