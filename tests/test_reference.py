"""The glossary and the bibliography in docs/ are those of data/."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from mali_course.core.content import read_csv
from mali_course.core.lessons import lessons
from mali_course.kit import reference
from mali_course.kit.reference_entries import GlossaryEntry
from mali_course.kit.site.reference_pages import glossary_page

ROOT = Path(__file__).resolve().parent.parent


def test_the_reference_documents_are_in_step_with_the_data() -> None:
    assert reference.main(["--check"]) == 0, "Write them anew: python -m mali_course.kit.reference"


def test_the_check_names_a_document_that_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    for guide in ("teaching.md", "workshop.md"):
        text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
        (docs / guide).write_text(text.replace("| Minutes |", "| Hours |"), encoding="utf-8")
    assert reference.main(["--check"], tmp_path) == 1
    assert {file.name for file in docs.iterdir()} == {"teaching.md", "workshop.md"}
    assert reference.main([], tmp_path) == 0
    assert "| Hours |" not in (docs / "teaching.md").read_text(encoding="utf-8")
    capsys.readouterr()
    assert reference.main(["--check"], tmp_path) == 0
    assert "docs/glossary.md" in (said := capsys.readouterr().out)
    assert "up to date" in said
    changed = tmp_path / "docs" / "glossary.md"
    changed.write_text(changed.read_text(encoding="utf-8") + "x", encoding="utf-8")
    capsys.readouterr()
    assert reference.main(["--check"], tmp_path) == 1
    said = capsys.readouterr().out
    assert "docs/glossary.md: not in step" in said
    assert "sources.md" not in said


def test_the_glossary_has_each_term_of_each_lesson_once() -> None:
    text = reference.glossary_text()
    terms = re.findall(r"^- \*\*(.+?)\*\*", text, re.MULTILINE)
    assert len(terms) == len({term.lower() for term in terms})
    for lesson in lessons():
        for term in lesson.terms:
            assert term.term.lower() in {one.lower() for one in terms}
            assert term.meaning in text


def test_documents_and_site_have_the_terms_in_one_order() -> None:
    """Points, accents and capitals do not count."""
    listed = re.findall(r"^- \*\*(.+?)\*\*", reference.glossary_text(), re.MULTILINE)
    assert [unescape(term) for term in re.findall("<dt>(.+?)</dt>", glossary_page())] == listed
    assert listed.index("UCDP") < listed.index("U.N. sanctions monitors")


def test_a_term_with_two_meanings_keeps_both(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = lessons()[1:4]
    entries = (
        GlossaryEntry("École", {"Three.": [first]}),
        GlossaryEntry("word", {"One.": [first], "Two.": [second, third]}),
    )
    monkeypatch.setattr(reference, "glossary_entries", lambda: entries)
    lines = reference.glossary_text().splitlines()
    place = lines.index("- **word**")
    assert lines[place + 1 : place + 3] == [
        "  - One. (lesson 01)",
        "  - Two. (lesson 02, lesson 03)",
    ]
    assert lines.index("## E") < lines.index("- **École**: Three. (lesson 01)") < place


def test_the_bibliography_has_each_source_with_its_uses() -> None:
    text = reference.sources_text()
    entries = re.findall(r"^- \*\*(.+?)\*\*: .*? Used in: (.+)\.$", text, re.MULTILINE)
    assert [name.replace("\\_", "_") for name, _ in entries] == [
        row["source_id"] for row in read_csv("sources.csv")
    ]
    assert all(re.fullmatch(r"(`\w+`|maps)(, (`\w+`|maps))*", places) for _, places in entries)
    assert "$" not in text.replace(r"\$", "")
