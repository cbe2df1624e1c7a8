"""The look of the course has enough contrast in every theme, and one place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mali_course.forms.page import look_style, page_style

# What a colour is for decides what it must reach: text 7:1, also in its own tint; the borders of
# controls 3:1 (WCAG 2.2, 1.4.6 and 1.4.11).
TEXT, SIGN = 7.0, 3.0
GROUNDS = ("paper", "soft")
WORDS = (
    "ink",
    "muted",
    "accent",
    "right",
    "wrong",
    "partly",
    "notice",
    *(f"status-{name}" for name in ("fact", "estimate", "allegation", "judgement", "plan")),
)
TINTED = ("accent", "right", "wrong", "partly", "notice")
COLOURS = {*WORDS, *GROUNDS, "line", "hair", "on-accent", *(f"{name}-soft" for name in TINTED)}

# The papers of JupyterLab's own themes, on which the text of a digest lies.
PAPERS = {"light": ("#ffffff",), "dark": ("#111111", "#212121")}


def _blocks() -> list[tuple[str, dict[str, str]]]:
    """Return each rule of the file: its selector, and its names with their values."""
    style = re.sub(r"/\*.*?\*/", "", look_style(), flags=re.DOTALL)
    rules = re.findall(r"([^{}]+)\{([^{}]+)\}", style)
    return [
        (selector.strip(), dict(re.findall(r"--mali-([\w-]+): ([^;]+);", inside)))
        for selector, inside in rules
    ]


def _theme(name: str) -> dict[str, str]:
    light, *others = (names for _, names in _blocks() if "scheme" in names)
    return light if name == "light" else light | others[0]


def _brightness(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((_brightness(one), _brightness(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_it_is_defined() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_and_signs_have_contrast(theme: str) -> None:
    colours = _theme(theme)
    papers = [*PAPERS[theme], *(colours[ground] for ground in GROUNDS)]
    for name in WORDS:
        for paper in papers:
            assert contrast(colours[name], paper) >= TEXT, (name, paper)
    for name in TINTED:
        tint = colours[f"{name}-soft"]
        assert contrast(colours[name], tint) >= TEXT, name
        assert contrast(colours["ink"], tint) >= TEXT, name
        assert contrast(colours["line"], tint) >= SIGN, name
    for name in ("accent", "right", "wrong"):  # the letter of a pair is filled with its verdict
        assert contrast(colours["on-accent"], colours[name]) >= TEXT, name
    for paper in papers:
        assert contrast(colours["line"], paper) >= SIGN, paper
        assert contrast(colours["accent"], paper) >= SIGN, paper


def test_the_statuses_are_told_apart_from_each_other() -> None:
    """Their signs have names and forms too; that no two have one colour is not all."""
    for theme in ("light", "dark"):
        colours = _theme(theme)
        assert len({colours[name] for name in WORDS if name.startswith("status")}) == 5


def test_dark_is_the_same_wherever_it_is_told() -> None:
    told, ours = [names for selector, names in _blocks() if names.get("scheme") == "dark"]
    assert told == ours
    assert set(told) == COLOURS | {"scheme"}


def test_colours_that_the_reader_has_set_replace_every_colour() -> None:
    [forced] = [names for _, names in _blocks() if names.get("ink") == "CanvasText"]
    assert set(forced) == COLOURS


def test_more_contrast_has_no_tints_and_strong_lines() -> None:
    blocks = [names for _, names in _blocks() if names.get("line") == "var(--mali-ink)"]
    assert len(blocks) == 2
    assert blocks[0] == blocks[1]
    assert {name for name in COLOURS if name.endswith("soft")} | {"muted", "line", "hair"} == set(
        blocks[0]
    )


def test_no_other_style_sheet_has_colours_of_its_own(root: Path) -> None:
    """Black and white are for paper; reveal.js is not ours."""
    sheets = [path for path in (root / "mali_course").rglob("*.css") if "vendor" not in path.parts]
    sheets += (root / "labextension").rglob("*.css") if (root / "labextension").is_dir() else []
    assert len(sheets) > 6
    for path in sheets:
        if path.name == "look.css":
            continue
        inside = path.read_text(encoding="utf-8").split("@media print")[0]
        found = re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;,) ])", inside)
        assert not found, (path.name, found)


def test_every_name_of_the_look_that_is_used_is_there(root: Path) -> None:
    there = {name for _, names in _blocks() for name in names}
    there |= set(re.findall(r"--mali-([\w-]+):", page_style()))
    used: dict[str, str] = {}
    for folder in ("mali_course", "labextension"):
        for path in (root / folder).rglob("*"):
            if path.suffix in (".css", ".py", ".js", ".j2") and "vendor" not in path.parts:
                text = path.read_text(encoding="utf-8")
                used |= dict.fromkeys(re.findall(r"var\(--mali-([\w-]+)\)", text), path.name)
    assert len(used) > 30
    assert {name: file for name, file in used.items() if name not in there} == {}
