"""The documents of the project agree with what they describe."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from mali_course.content import files, read_toml
from mali_course.items.kinds import KINDS, read_item
from mali_course.kit.plan.reading import plans, read_plan

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


PLANS = {path.stem: f"teaching/{path.name}" for path in files("teaching")}
EXERCISES = {path.stem: f"teaching/exercises/{path.name}" for path in files("teaching/exercises")}


def happens(part: Mapping[str, Any]) -> str:
    if "exercise" in part:
        return f"Exercise: {read_toml(EXERCISES[part['exercise']])['title']}"
    if "parts" in part:
        return f"Lesson {part['lesson']}: {'; '.join(part['parts'])}"
    if "discussion" in part:
        asked = read_toml(LESSONS[part["lesson"]])["teaching"]["discussion"]
        questions = [entry["question"] for entry in asked]
        return "Talk: " + next(one for one in questions if one.startswith(part["discussion"]))
    return str(part["title"])


def at_home(session: Mapping[str, Any]) -> float:
    total = 0
    for one in session.get("homework", ()):
        own = {part["part"]: part["minutes"] for part in read_toml(LESSONS[one["lesson"]])["plan"]}
        total += sum(own[part] for part in one["parts"])
    return total


def overview() -> str:
    """All plans in one table, in the order in which the command lists them."""
    heads = "| Plan | For | Sessions | Minutes together | Minutes at home |"
    rows = [heads, "|---|---|---|---|---|"]
    for name in plans():
        one = read_toml(PLANS[name])
        together = sum(session["minutes"] for session in one["session"])
        home = sum(map(at_home, one["session"]))
        count = len(one["session"])
        rows.append(f"| `{name}` | {one['title']} | {count} | {together:g} | {home:g} |")
    return "\n".join(rows)


def sessions(one: Mapping[str, Any]) -> str:
    rows = ["| No. | Session | In class | At home (minutes) |", "|---|---|---|---|"]
    for number, session in enumerate(one["session"], start=1):
        done = [
            happens(part) for part in session["part"] if "parts" in part or "exercise" in part
        ]
        home = "<br>".join(
            f"Lesson {piece['lesson']}: {'; '.join(piece['parts'])}"
            for piece in session.get("homework", ())
        )
        told = f"{home} ({at_home(session):g})" if home else "–"
        rows.append(f"| {number} | {session['title']} | {'<br>'.join(done)} | {told} |")
    return "\n".join(rows)


def timetable(one: Mapping[str, Any]) -> str:
    blocks = []
    begin = 0
    for session in one["session"]:
        if pause := session.get("pause", 0):
            blocks.append(f"Then a pause of {pause} minutes.")
            begin += pause
        rows = [f"**{session['title']}**", "", "| Time | Minutes | What |", "|---|---|---|"]
        for part in session["part"]:
            clock = f"{begin // 60}:{begin % 60:02}"
            rows.append(f"| {clock} | {part['minutes']} | {happens(part)} |")
            begin += part["minutes"]
        rows.append(f"| {begin // 60}:{begin % 60:02} | **{session['minutes']}** | **End** |")
        blocks.append("\n".join(rows))
    return "\n\n".join(blocks)


def exercise(one: Mapping[str, Any]) -> str:
    rows = [f"| {step['minutes']} | {step['what']} |" for step in one["step"]]
    total = sum(step["minutes"] for step in one["step"])
    parts = [
        one["groups"],
        "\n".join(["| Minutes | What happens |", "|---|---|", *rows]),
        f"Together {total} minutes.",
        one["care"],
    ]
    if "sheet" in one:
        looks = [f"| {text} | |" for text in one["sheet"]]
        parts.append("\n".join(["| Look for | What I found |", "|---|---|", *looks]))
    return "\n\n".join(parts)


# Document, block and what it is made from.
REPEATED: Mapping[tuple[str, str], Callable[[], str]] = {
    ("docs/teaching.md", "plans"): overview,
    **{
        ("docs/teaching.md", f"sessions {name}"): partial(sessions, read_toml(PLANS[name]))
        for name in ("seminars", "term", "self-paced-week")
    },
    **{
        ("docs/workshop.md", f"timetable {name}"): partial(timetable, read_toml(PLANS[name]))
        for name in ("half-day", "one-day")
    },
    **{
        ("docs/teaching.md", f"exercise {name}"): partial(exercise, read_toml(file))
        for name, file in EXERCISES.items()
    },
}


@pytest.mark.parametrize(("document", "block"), REPEATED)
def test_guides_repeat_the_teaching_plans(document: str, block: str) -> None:
    expected = REPEATED[document, block]()
    found = re.search(rf"<!-- {block} -->\n(.*?)\n<!-- end -->", read(document), re.DOTALL)
    assert found, f"{document} has no block <!-- {block} --> … <!-- end -->"
    assert found[1].strip() == expected, (
        f"The block <!-- {block} --> of {document} should be:\n\n{expected}"
    )


def test_every_plan_is_in_a_guide() -> None:
    shown = {block.partition(" ")[2] for _, block in REPEATED}
    assert set(PLANS) | set(EXERCISES) <= shown


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


def test_example_plan_in_contributing_is_a_valid_plan() -> None:
    blocks = re.findall(r"^```toml\n(.*?)^```", read("CONTRIBUTING.md"), re.DOTALL | re.MULTILINE)
    example = next(block for block in blocks if 'name = "evening"' in block)
    assert read_plan(tomllib.loads(example), "evening.toml").minutes == 48
