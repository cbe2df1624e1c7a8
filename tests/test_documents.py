"""The documents of the project agree with what they describe."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from mali_course.content import files, read_toml
from mali_course.items.kinds import KINDS, read_item

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LESSONS = {path.stem[:2]: f"lessons/{path.name}" for path in files("lessons")}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def examples() -> list[Mapping[str, Any]]:
    """Return the example of each kind in CONTRIBUTING.md, with the common fields added."""
    blocks = re.findall(r"^```toml\n(.*?)^```", read("CONTRIBUTING.md"), re.DOTALL | re.MULTILINE)
    common, *own = (block for block in blocks if "kind = " in block)
    fields = tomllib.loads(common)["item"][0]
    tables = []
    for block in own:
        kind, rest = block.split("\n", 1)
        # Inside [[item]] the example's own fields come first, then its sub-tables.
        table = tomllib.loads(f"[[item]]\n{kind}\n{rest}")["item"][0]
        tables.append({**fields, **table} | ({"id": "00-08"} if table["kind"] == "code" else {}))
    return tables


@pytest.mark.parametrize("table", examples(), ids=lambda table: str(table["kind"]))
def test_example_in_contributing_is_a_valid_item(table: Mapping[str, Any]) -> None:
    assert read_item(table, "CONTRIBUTING.md", 1).kind == table["kind"]


def test_contributing_shows_every_kind() -> None:
    assert {table["kind"] for table in examples()} == set(KINDS)


def test_contributing_names_every_part_of_the_package() -> None:
    text = read("CONTRIBUTING.md")
    parts = [path for path in (ROOT / "mali_course").iterdir() if not path.name.startswith("__p")]
    names = [f"{path.name}/" if path.is_dir() else path.name for path in parts]
    unnamed = [name for name in names if name.endswith((".py", "/")) and name not in text]
    assert not unnamed, (
        f"Say in CONTRIBUTING.md, under 'How it is built', what these are: {unnamed}"
    )


def plan(lesson: Mapping[str, Any]) -> str:
    rows = [f"| {part['part']} | {part['minutes']:g} |" for part in lesson["plan"]]
    total = f"| **Together** | **{lesson['minutes']:g}** |"
    return "\n".join(["| Part | Minutes |", "|---|---|", *rows, total])


def misunderstandings(lesson: Mapping[str, Any]) -> str:
    return "\n".join(f"- {text}" for text in lesson["teaching"]["misunderstandings"])


def discussion(lesson: Mapping[str, Any]) -> str:
    return "\n".join(
        f"- **{entry['question']}**\n  *Listen for:* {entry['listen_for']}"
        for entry in lesson["teaching"]["discussion"]
    )


BLOCKS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "plan": plan,
    "misunderstandings": misunderstandings,
    "discussion": discussion,
}


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("lesson", LESSONS)
def test_teachers_guide_repeats_the_lesson_files(lesson: str, block: str) -> None:
    expected = BLOCKS[block](read_toml(LESSONS[lesson]))
    found = re.search(
        rf"<!-- {block} {lesson} -->\n(.*?)\n<!-- end -->", read("docs/teaching.md"), re.DOTALL
    )
    assert found, f"docs/teaching.md has no block <!-- {block} {lesson} --> … <!-- end -->"
    assert found[1].strip() == expected, (
        f"The block <!-- {block} {lesson} --> of docs/teaching.md should be:\n\n{expected}"
    )


def test_workshop_plan_adds_up_and_uses_the_minutes_of_the_lessons() -> None:
    rows = re.findall(r"^\| \**(.+?)\** \| \**(\d+)\** \|$", read("docs/workshop.md"), re.MULTILINE)
    minutes = {part: int(number) for part, number in rows if part != "Break"}
    breaks = sum(int(number) for part, number in rows if part == "Break")
    assert sum(minutes.values()) - minutes["Together"] + breaks == minutes["Together"]
    for lesson in (read_toml(name) for name in LESSONS.values()):
        part = f"{lesson['id']} {lesson['title']}"
        if part in minutes:
            assert minutes[part] == lesson["minutes"], part


def test_the_benchmark_of_a_class_runs_the_configuration_that_the_workshop_guide_shows() -> None:
    section = read("docs/workshop.md").split("\n## A class at once on one server\n")[1]
    found = re.search(r"^```python\n(.*?)^```", section.split("\n## ")[0], re.DOTALL | re.MULTILINE)
    assert found
    compile(found[1], "jupyterhub_config.py", "exec")
    # What benchmarks/hub.py adds to it, and what it is about.
    for setting in ("c.Spawner.args = [", "start --copy-only", "c.Spawner.notebook_dir"):
        assert setting in found[1]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_to_files_of_the_project_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = re.findall(r"!?\[[^\]]*\]\(([^)#\s]+)\)", text)
    missing = [
        target
        for target in targets
        if not re.match(r"[a-z]+:", target) and not (document.parent / target).exists()
    ]
    assert not missing


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_pictures_have_alternative_text(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert all(len(alt) > 10 for alt in re.findall(r"!\[([^\]]*)\]\(", text))
