"""What holds for every export format: its words are whole, so no export stops for want of one."""

from __future__ import annotations

import pytest
from samples import KINDS, sample

from mali_course.core.lessons import lesson
from mali_course.core.messages import say
from mali_course.kit.export import export_formats
from mali_course.kit.export.entries import Entry
from mali_course.kit.export.export_notes import export_notes

EACH = pytest.mark.parametrize("name", export_formats())


@EACH
def test_a_format_says_what_it_is_and_what_a_second_import_does(name: str) -> None:
    for key in ("short", "again"):
        assert say(f"exports/{name}.{key}").strip(), f"data/words/en/exports/{name}.toml: {key}"


@EACH
@pytest.mark.parametrize("kind", KINDS)
def test_a_format_says_how_it_holds_each_kind(name: str, kind: str) -> None:
    """The kinds are named under [held] in data/words/en/exports/NAME.toml."""
    entry = Entry(sample(kind), lesson("01"))
    held = export_notes(name, [lesson("01")], [entry], [], []).lower()
    assert entry.item.kind_text("name").lower() in held
