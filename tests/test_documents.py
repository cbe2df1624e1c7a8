"""The documents of the project agree with what they describe."""

from __future__ import annotations

import re
import sys
import textwrap
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from mali_course.core.lessons import lessons
from mali_course.kit.plan.exercises import exercises
from mali_course.kit.plan.plan_loader import plans
from mali_course.questions.kinds import all_kinds, read_item

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def fields_of_every_item() -> Mapping[str, Any]:
    """Return the example of CONTRIBUTING.md."""
    found = re.search(r"^```toml\n(\[\[item\]\].*?)^```", read("CONTRIBUTING.md"), re.S | re.M)
    assert found
    table: Mapping[str, Any] = tomllib.loads(found[1])["item"][0]
    return table


def test_example_in_contributing_is_a_valid_item() -> None:
    assert read_item(fields_of_every_item(), "CONTRIBUTING.md", 1).kind == "choice"


@pytest.mark.parametrize("kind", all_kinds())
def test_example_of_a_kind_is_a_valid_item(kind: str) -> None:
    module = sys.modules[all_kinds()[kind].__module__]
    _, _, example = (module.__doc__ or "").partition("every item has::\n")
    # Inside [[item]] the example's own fields come first, then its sub-tables.
    own = tomllib.loads(f"[[item]]\n{textwrap.dedent(example)}")["item"][0]
    common = {
        name: value for name, value in fields_of_every_item().items()
        if name not in {"kind", "option"}
    }
    table = {**common, "id": "00-08", **own}
    assert read_item(table, f"{kind}.py", 1).kind == kind


def test_contributing_names_every_part_of_the_package() -> None:
    text = read("CONTRIBUTING.md")
    parts = [path for path in (ROOT / "mali_course").iterdir() if not path.name.startswith("__p")]
    names = [f"{path.name}/" if path.is_dir() else path.name for path in parts]
    unnamed = [name for name in names if name.endswith((".py", "/")) and name not in text]
    assert not unnamed, (
        f"Say in CONTRIBUTING.md, under 'How it is built', what these are: {unnamed}"
    )


def test_every_plan_and_every_lesson_is_in_a_guide() -> None:
    shown = read("docs/teaching.md") + read("docs/workshop.md")
    for plan in plans().values():
        assert f"| `{plan.name}` | {plan.title} |" in shown
        assert all(session.title in shown for session in plan.sessions), plan.name
    for exercise in exercises().values():
        assert exercise.care in shown, exercise.name
        assert all(f"| {step.what} |" in shown for step in exercise.steps)
    for lesson in lessons():
        assert f"#### {lesson.id} {lesson.title}" in shown
        assert all(f"| {part.part} | {part.minutes:g} |" in shown for part in lesson.plan)
        assert all(f"- {text}" in shown for text in lesson.misunderstandings)
        assert all(entry.listen_for in shown for entry in lesson.discussion)


@pytest.mark.parametrize("name", ["docs/teaching.md", "docs/workshop.md"])
def test_a_guide_lists_its_parts_at_the_top(name: str) -> None:
    text = re.sub(r"^```.*?^```", "", read(name), flags=re.DOTALL | re.MULTILINE)
    first, *heads = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert first == "Contents"
    listed = text.split("## Contents")[1].split("\n## ")[0]
    assert re.findall(r"^- \[(.+?)\]\(#", listed, re.MULTILINE) == heads


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_to_headings_lead_somewhere(document: Path) -> None:
    def anchors(path: Path) -> set[str]:
        heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}

    text = document.read_text(encoding="utf-8")
    for file, anchor in re.findall(r"\]\(([\w./-]*)#([^)\s]+)\)", text):
        if file.endswith(".md") or not file:
            target = document.parent / file if file else document
            assert anchor in anchors(target), f"{file}#{anchor}"


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


def test_the_readme_asks_for_the_python_that_pyproject_asks_for(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    least = project["requires-python"].removeprefix(">=")
    assert f"Python {least} or newer" in read("README.md")
