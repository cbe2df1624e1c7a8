"""The static site: whole, without script or outside request, small, and keys only under folds."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from html import escape, unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import html5lib
import nbformat
import pytest
from nbformat import v4
from wrong_responses import mistakes

from mali_course.cli import main
from mali_course.core.content import read_csv
from mali_course.core.datasets import dataset, dataset_names, rows
from mali_course.core.errors import CourseError
from mali_course.core.html import inline_html, no_formulas, text_of
from mali_course.core.lessons import lesson, lessons
from mali_course.core.messages import say
from mali_course.core.report import sentences
from mali_course.core.statuses import status
from mali_course.kit import notebook_blocks
from mali_course.kit.site import site_files
from mali_course.kit.site.lesson_page import lesson_pages
from mali_course.kit.site.lesson_text import markdown_renderer
from mali_course.kit.site.site_frame import lesson_file
from mali_course.kit.start_button import without_start
from mali_course.questions import bank
from mali_course.questions.kinds.code import Code
from mali_course.questions.kinds.open import Open

VOID = {"img", "input", "br", "meta", "link", "hr", "wbr"}


@pytest.fixture(scope="session")
def site() -> Mapping[str, str | bytes]:
    return site_files()


@pytest.fixture(scope="session")
def pages(site: Mapping[str, str | bytes]) -> dict[str, str]:
    return {
        name: str(content) for name, content in site.items() if name.endswith(".html")
    }


class Reader(HTMLParser):
    """Reads a page independently of what wrote it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.headings: list[int] = []
        self.images: list[str | None] = []
        self.open: list[str] = []
        self.hidden: list[bool] = []
        self.plain = ""  # what can be seen before anything is opened
        self.folded = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        for name in ("src", "href", "action", "srcset", "data", "poster"):
            if given.get(name):
                self.addresses.append((f"{tag} {name}", str(given[name])))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "img":
            self.images.append(given.get("alt"))
        if tag not in VOID:
            self.open.append(tag)
            # The style sheet shows the claim map, which has that attribute too.
            self.hidden.append("hidden" in given and given.get("class") != "mali-claims")

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes something else"
        self.hidden.pop()

    def handle_data(self, data: str) -> None:
        if any(self.hidden):
            return
        if "details" in self.open and "summary" not in self.open:
            self.folded += data
        else:
            self.plain += data


def flat(text: str) -> str:
    return " ".join(text.split())


def plain(text: str) -> str:
    return flat(text_of(inline_html(text)))


def outside(html: str) -> list[str]:
    """Return what a page would run, or fetch from elsewhere."""
    reader = Reader(html)
    found = [tag for tag in reader.tags if tag in {"script", "iframe", "object", "embed", "base"}]
    found += [
        f"{where}: {address[:60]}"
        for where, address in reader.addresses
        if where != "a href" and re.match(r"[a-z]*:?//|data:|javascript:", address)
    ]
    found += re.findall(r"@import|url\([^)]*\)|\bon[a-z]+=\"", html)
    return found


def dead_links(site: Mapping[str, str | bytes]) -> list[str]:
    """Return the addresses inside a site that lead nowhere."""
    readers = {
        name: Reader(str(content)) for name, content in site.items() if name.endswith(".html")
    }
    dead = []
    for name, reader in readers.items():
        for where, address in reader.addresses:
            if re.match(r"https?://|mailto:", address):
                continue
            file, _, anchor = unquote(address).partition("#")
            parts: list[str] = []
            for part in (*PurePosixPath(name).parent.parts, *PurePosixPath(file).parts):
                if part == "..":
                    parts.pop()
                else:
                    parts.append(part)
            target = "/".join(parts) if file else name
            if target not in site or (anchor and anchor not in readers[target].ids):
                dead.append(f"{name}: {where} {address}")
    return dead


def shown_too_early(page: str, number: str) -> list[str]:
    """Return feedback and keys of a lesson that stand outside of every fold."""
    seen = flat(Reader(page).plain)
    found = []
    for item in bank.lesson_items(number):
        secrets = [item.explain, item.where, *(one.text for one in item.answer_feedback())]
        if isinstance(item, Open):
            secrets.append(item.model)
        if isinstance(item, Code):
            secrets += item.solution.splitlines()[-2:-1]
        found += [
            f"{item.id}: {text}" for text in secrets if len(text) > 15 and plain(text) in seen
        ]
    return found


def test_the_whole_course_is_there(pages: Mapping[str, str]) -> None:
    for one in lessons():
        page = flat(Reader(pages[lesson_file(one)]).plain)
        for item in bank.lesson_items(one.id):
            assert plain(item.stem) in page, item.id
    glossary = flat(Reader(pages["glossary.html"]).plain)
    assert all(
        plain(term.term).casefold() in glossary.casefold() and plain(term.meaning) in glossary
        for one in lessons()
        for term in one.terms
    )
    assert set(Reader(pages["report.html"]).ids) >= {f"s{one.locator}" for one in sentences()}
    listed = set(Reader(pages["sources.html"]).ids)
    assert listed >= {source for name in dataset_names() for source in dataset(name).source_ids}
    assert {f"data/{name}.html" for name in dataset_names()} <= set(pages)


def test_each_lesson_has_all_of_its_notebook(pages: Mapping[str, str], root: Path) -> None:
    """Its texts, and the results below its cells with charts, their words and their tables."""
    for one in lessons():
        own = bank.lesson_items(one.id)
        starters = {item.starter.strip() for item in own if isinstance(item, Code)}
        reader = Reader(pages[lesson_file(one)])
        words = " ".join(re.findall(r"\w+", f"{reader.plain} {reader.folded}"))
        whole = "".join((reader.plain + reader.folded).split())
        alts: list[str] = []
        notebook = nbformat.read(root / "notebooks" / one.notebook, as_version=4)
        for cell in notebook.cells:
            source = without_start(cell.source).strip()
            if "live" in cell.metadata.get("tags", ()):
                continue
            if cell.cell_type == "markdown":
                for line in source.splitlines():
                    if not re.search(r"[\[|`]", line):  # a link, a table and code are marked up
                        said = " ".join(re.findall(r"\w+", re.sub(r"^\d+\. ", "", line)))
                        assert said in words, (one.id, line)
                continue
            if re.match(r"mali\.(ask|guess|progress|report)\(", source) or source in starters:
                continue
            for output in cell.outputs:
                data = output.get("data", {"text/plain": output.get("text", "")})
                result = data.get("text/html") or escape(data["text/plain"])
                result = re.sub("<style.*?</style>", "", result, flags=re.DOTALL)
                alts += map(unescape, re.findall(r'<img alt="([^"]*)"', result))
                shown = text_of(result).replace(say("interface.explorer.static"), "")
                # What a page cannot do, it does not promise.
                for stored, here in {
                    "statuses.legend.asked_meaning": "kit_site.lesson.asked",
                    "mixed.note_static": "kit_site.lesson.test",
                    "argument.form.note_static": "kit_site.lesson.argument",
                }.items():
                    shown = shown.replace(say(stored), say(here))
                for line in shown.splitlines():
                    assert "".join(line.split()) in whole, (one.id, cell.id, line)
        assert reader.images == alts, one.id


def promises_of_a_notebook(page: str) -> list[str]:
    """Return the words of a page about what only a notebook has: its button and its menu."""
    seen = text_of(page)
    return re.findall(r"start button|Run All|[Oo]nce (?:you have started )?the lesson", seen)


def test_no_page_sends_its_reader_to_a_button_that_it_does_not_have(
    pages: Mapping[str, str],
) -> None:
    assert {
        name: found for name, page in pages.items() if (found := promises_of_a_notebook(page))
    } == {}
    assert promises_of_a_notebook(f"<p>{say('mixed.note_static')}</p>") == [
        "start button", "Run All"
    ]
    test, argument = pages["09-mixed-test.html"], pages["07-reading-the-whole.html"]
    assert escape(say("kit_site.lesson.test")) in test
    assert escape(say("kit_site.lesson.argument")) in argument
    # A lesson without questions does not speak of the folds below them.
    assert escape(say("kit_site.lesson.edition")) not in test
    assert escape(say("kit_site.lesson.edition")) in argument


def test_the_digest_and_the_sources_are_complete(pages: Mapping[str, str]) -> None:
    digest = flat(Reader(pages["report.html"]).plain)
    for sentence in sentences():
        kind = status(sentence.status)
        assert plain(f"{sentence.locator} {kind.sign} {kind.word}: {sentence.gist}") in digest
        assert not sentence.attribution or sentence.attribution in digest
    addresses = {unescape(address) for _, address in Reader(pages["sources.html"]).addresses}
    known = read_csv("sources.csv")
    assert {row["url"] for row in known if row["url"]} <= addresses
    listed = flat(Reader(pages["sources.html"]).plain)
    assert [row["source_id"] for row in known if flat(row["title"]) not in listed] == []


def test_the_first_page_leads_to_every_lesson_and_page(pages: Mapping[str, str]) -> None:
    addresses = [address for _, address in Reader(pages["index.html"]).addresses]
    wanted = [*(lesson_file(one) for one in lessons()), "report.html", "glossary.html", "data.html"]
    assert [name for name in wanted if name not in addresses] == []
    assert "17 January 2020" in Reader(pages["index.html"]).plain


def test_every_feedback_of_every_question_is_on_its_page(pages: Mapping[str, str]) -> None:
    for one in lessons():
        page = flat(Reader(pages[lesson_file(one)]).folded)
        for item in bank.lesson_items(one.id):
            texts = [item.where, item.explain, *(found.text for found in item.answer_feedback())]
            texts += [found.feedback for found in mistakes(item)]
            missed = say("interface.question.missed")  # said of no option of its own
            for text in (text for text in texts if text != missed):
                assert plain(text) in page, f"{item.id}: {text}"


def test_keys_and_feedback_stand_under_folds_only(pages: Mapping[str, str]) -> None:
    for one in lessons():
        assert shown_too_early(pages[lesson_file(one)], one.id) == []


def test_a_planted_key_outside_a_fold_is_caught(pages: Mapping[str, str]) -> None:
    page = pages[lesson_file(lesson("01"))]
    item = bank.find("01-35")
    assert shown_too_early(page.replace("</main>", f"<p>{item.explain}</p></main>"), "01")


def test_a_lesson_needs_no_script_and_no_other_host(pages: Mapping[str, str]) -> None:
    assert {name: found for name, html in pages.items() if (found := outside(html))} == {}


def test_the_style_asks_for_nothing(site: Mapping[str, str | bytes]) -> None:
    assert not re.search(r"@import|url\(|https?:", str(site["style.css"]))


@pytest.mark.parametrize(
    "planted",
    [
        "<script>1</script>",
        '<img alt="" src="https://example.org/x.png">',
        '<link rel="stylesheet" href="//example.org/x.css">',
        "<style>@import 'x'</style>",
        '<p onclick="x()">',
    ],
)
def test_a_planted_request_is_caught(planted: str) -> None:
    html = f"<body>{planted}" + ("</p>" if planted.startswith("<p") else "") + "</body>"
    assert outside(html)


def test_every_address_inside_the_site_leads_somewhere(site: Mapping[str, str | bytes]) -> None:
    assert dead_links(site) == []


def test_a_planted_dead_link_is_caught() -> None:
    page = '<p><a href="no.html">a</a> <a href="#no">b</a></p>'
    assert len(dead_links({"a.html": page})) == 2


def test_the_site_is_small(site: Mapping[str, str | bytes], pages: Mapping[str, str]) -> None:
    size = {
        name: len(content.encode() if isinstance(content, str) else content)
        for name, content in site.items()
    }
    assert sum(size.values()) < 12_000_000
    for name, html in pages.items():
        # With all that the browser has to fetch for it.
        parts = {address for where, address in Reader(html).addresses if where == "img src"}
        whole = size[name] + size["style.css"] + sum(size[part] for part in parts)
        assert whole < 1_500_000, name


def test_pages_are_valid_html(pages: Mapping[str, str]) -> None:
    # Two long tables are left out: their rows are made as those of the others.
    for name in set(pages) - {"data/g5_indicators.html", "data/violence_points.html"}:
        html5lib.HTMLParser(strict=True).parse(pages[name])


def test_a_planted_fault_in_html_is_caught() -> None:
    with pytest.raises(html5lib.html5parser.ParseError):
        html5lib.HTMLParser(strict=True).parse("<!DOCTYPE html><p><div></p></div>")


def test_every_page_has_one_title_and_no_skipped_heading(pages: Mapping[str, str]) -> None:
    for name, html in pages.items():
        reader = Reader(html)
        assert reader.open == [], name
        assert reader.headings.count(1) == 1, name
        assert reader.headings[0] == 1, name
        assert all(after - before <= 1 for before, after in pairwise(reader.headings)), name
        assert len(set(reader.ids)) == len(reader.ids), name
        assert '<html lang="en">' in html, name
        assert all(alt and len(alt) > 20 for alt in reader.images), name


def test_downloads_are_the_tables_of_the_course(site: Mapping[str, str | bytes]) -> None:
    for name in dataset_names():
        content = site[f"data/{name}.csv"]
        assert isinstance(content, bytes)
        read = list(csv.DictReader(io.StringIO(content.decode("utf-8"))))
        assert len(read) == len(rows(name))
        assert list(read[0]) == [column.name for column in dataset(name).columns]


def test_each_data_page_has_its_essay_and_every_row(pages: Mapping[str, str], root: Path) -> None:
    for name in dataset_names():
        page = pages[f"data/{name}.html"]
        reader = Reader(page)
        words = flat(f"{reader.plain} {reader.folded}")
        about = tomllib.loads((root / "data" / "datasets" / f"{name}.toml").read_text("utf-8"))
        for text in about["essay"].values():
            assert plain(text) in words, (name, text)
        table = page[page.rindex("<tbody>") : page.rindex("</tbody>")]
        assert table.count("<tr>") == len(rows(name)), name
        for row in (rows(name)[0], rows(name)[-1]):
            for text in row.values():
                assert not isinstance(text, str) or flat(text) in words, (name, text)
    # Years and the ids of places are no amounts.
    assert ">2022<" in pages["data/us_aid.html"]
    assert ">2,022<" not in pages["data/us_aid.html"]
    assert ">2460596<" in pages["data/towns.html"]


def test_what_only_a_kernel_can_do_is_said_or_replaced(pages: Mapping[str, str]) -> None:
    for one in lessons():
        page = pages[lesson_file(one)]
        for words in (
            "interface.explorer.static",
            "saved.live",
            "kinds/code.unread_dots",
        ):
            assert say(words) not in page, (one.id, words)
        assert say("progress.keep.static", count=len(bank.lesson_items(one.id))) not in page
        assert say("progress.keep.static_whole") not in page
        assert not re.search(r"Shift\+Enter|This page is a notebook|mali-start", page)
        needs = sum(item.needs.startswith("explorer:") for item in bank.lesson_items(one.id))
        assert page.count(say("kit_site.lesson.needs")) == needs


def test_code_stands_with_its_result_and_tables_can_be_walked(pages: Mapping[str, str]) -> None:
    page = pages[lesson_file(lesson("00"))]
    assert "<pre><code>139000 / 201000</code></pre>" in page
    assert "0.69" in page
    assert 'class="dataframe"' in page
    assert "<style" not in page
    assert "<th></th>" not in page


def test_the_same_course_gives_the_same_files() -> None:
    assert lesson_pages(lesson("00")) == lesson_pages(lesson("00"))


def test_links_between_notebooks_become_links_between_pages(pages: Mapping[str, str]) -> None:
    assert not any(".ipynb\"" in html for html in pages.values())
    assert 'href="02-background-2011-2013-crisis.html"' in pages[lesson_file(lesson("01"))]


def test_markdown_takes_no_raw_html_and_gives_each_heading_an_id() -> None:
    render, headings = markdown_renderer()
    assert "<script>" not in render("<script>1</script>")
    render("## Again\n\n## Again")
    assert [heading.id for heading in headings] == ["s-again", "s-again-2"]


def test_the_command_writes_into_its_folder_and_over_nothing(
    site: Mapping[str, str | bytes],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("mali_course.kit.site.site_files", lambda: site)  # made only once
    folder = tmp_path / "pages"
    assert main(["site", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "index.html" in said
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]
    (folder / "index.html").write_text("mine")
    assert main(["site", str(folder)]) == 1
    assert "--force" in capsys.readouterr().err
    assert (folder / "index.html").read_text() == "mine"
    assert main(["site", str(folder), "--force"]) == 0
    assert "<h1>" in (folder / "index.html").read_text()


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["site", "--help"])
    assert "example: mali-course site" in capsys.readouterr().out


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(notebook_blocks, "notebooks_folder", lambda: tmp_path)
    notebook_blocks.stored_blocks.cache_clear()
    yield tmp_path
    notebook_blocks.stored_blocks.cache_clear()


def test_a_missing_notebook_is_said_plainly(folder: Path) -> None:
    with pytest.raises(CourseError, match="cannot be read"):
        lesson_pages(lesson("00"))


def test_a_damaged_notebook_is_said_plainly(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / lesson("00").notebook).write_text('{"cells": [')
    assert main(["site", str(folder / "out")]) == 1
    said = capsys.readouterr().err
    assert "cannot be read" in said
    assert "Traceback" not in said
    assert not (folder / "out").exists()


def test_a_notebook_with_an_error_is_not_published(folder: Path) -> None:
    cell = v4.new_code_cell("1 / 0", outputs=[v4.new_output("error", ename="E", evalue="")])
    nbformat.write(v4.new_notebook(cells=[cell]), folder / lesson("00").notebook)
    with pytest.raises(CourseError, match="holds an error"):
        lesson_pages(lesson("00"))


def test_hostile_results_of_plain_text_are_escaped(folder: Path) -> None:
    result = v4.new_output("stream", text="<script>alert(1)</script>")
    cells = [v4.new_markdown_cell("# T"), v4.new_code_cell("print(1)", outputs=[result])]
    nbformat.write(v4.new_notebook(cells=cells), folder / lesson("00").notebook)
    page = str(lesson_pages(lesson("00"))[lesson_file(lesson("00"))])
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_dollars_stay_dollars() -> None:
    assert "<span>$</span>" in no_formulas("<p>$1</p>")
