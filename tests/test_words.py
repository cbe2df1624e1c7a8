"""Every word that the package shows is there, with the fields that it is given."""

from __future__ import annotations

import ast
import inspect
import re
import string
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

import mali_course as mali
from mali_course.core.content import read_toml
from mali_course.core.errors import CourseError
from mali_course.core.messages import say
from mali_course.views import charting


def _calls(root: Path) -> list[tuple[str, set[str], str]]:
    """Return each constant key passed to say(), with the names of its fields."""
    found = []
    for path in (root / "mali_course").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "say"
                and isinstance(node.args[0], ast.Constant)
            ):
                fields = {keyword.arg or "**" for keyword in node.keywords}
                found.append((node.args[0].value, fields, path.name))
    return found


def test_every_key_has_words_and_every_field_is_given(root: Path) -> None:
    calls = _calls(root)
    assert len(calls) > 80
    for key, fields, file in calls:
        text = say(key) if not fields else _raw(key)
        wanted = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        if "**" not in fields:
            assert wanted == fields, f"{file}: {key} has {wanted}, is given {fields}"


def _raw(key: str) -> str:
    file, *steps = key.split(".")
    node = read_toml(f"words/en/{file}.toml")
    for step in steps:
        node = node[step]
    assert isinstance(node, str), key
    return node


def test_a_missing_key_is_a_fault() -> None:
    said = r"'interface\.question\.nothing' in data/words/en/interface\.toml"
    with pytest.raises(KeyError, match=said):
        say("interface.question.nothing")


@pytest.mark.parametrize(
    "name",
    [
        "about",
        "ask",
        "chart",
        "check",
        "explore",
        "guess",
        "load",
        "read",
        "sources",
        "terms",
    ],
)
def test_a_call_that_names_nothing_says_what_there_is(name: str) -> None:
    with pytest.raises(CourseError, match=r"(here|Write)"):
        getattr(mali, name)()


@pytest.mark.parametrize(
    ("wrong", "form"),
    [
        (lambda: mali.test("x"), "mali.test()"),
        (lambda: mali.argue("x"), "mali.argue()"),
        (lambda: mali.ask("01-31", "01-03"), "mali.ask(item_id)"),
        (lambda: mali.chart(title="displacement"), "mali.chart(name)"),
    ],
)
def test_a_call_that_does_not_fit_shows_its_form(wrong: Callable[[], object], form: str) -> None:
    with pytest.raises(CourseError, match=re.escape(form)):
        wrong()


def test_an_error_inside_a_function_is_not_taken_for_a_call_that_does_not_fit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def faulty(name: str) -> object:
        raise TypeError(f"inside {name}")

    monkeypatch.setattr(charting, "chart", faulty)
    monkeypatch.delitem(vars(mali), "chart", raising=False)
    with pytest.raises(TypeError, match="inside displacement"):
        mali.chart("displacement")
    del vars(mali)["chart"]  # the faulty one


@pytest.mark.parametrize("name", sorted(mali.__all__))
def test_help_shows_the_form_and_the_words_of_the_function_itself(name: str) -> None:
    own = getattr(import_module(f"mali_course.{mali._WHERE[name]}"), name)
    ours = getattr(mali, name)
    assert inspect.signature(ours) == inspect.signature(own)
    assert inspect.getdoc(ours) == inspect.getdoc(own)
    assert inspect.getsource(ours) == inspect.getsource(own)


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        (lambda: mali.load("displacment"), "displacement_by_year"),
        (lambda: mali.chart("displacment"), "displacement"),
        (lambda: mali.explore("crises"), "crisis"),
        (lambda: mali.aks("01-31"), "ask"),
    ],
)
def test_what_was_meant_stands_before_the_list_of_all_names(
    wrong: Callable[[], object], meant: str
) -> None:
    with pytest.raises((CourseError, AttributeError)) as told:
        wrong()
    assert re.search(rf'Did you mean: .*"{meant}".*(here|are): ', str(told.value))


# Files whose words are asked for by their whole key; charts and explorers make keys of columns.
WHOLE_KEYS = (
    "fetching", "interface", "kit_report", "mixed", "original", "progress", "saved", "static",
    "statuses",
)


def _patterns(code: str) -> Iterator[str]:
    """Yield each text of a module as a pattern, in which a field may be any word."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)
        elif isinstance(node, ast.JoinedStr):
            yield "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"
                for part in node.values
            )


def _unused(words: Iterable[str], code: Iterable[str]) -> set[str]:
    patterns = {one for module in code for one in _patterns(module) if re.match(r"\w+\\\.", one)}
    shown = re.compile("|".join(patterns))
    return {word for word in words if not shown.fullmatch(word)}


def _keys(before: str, node: object) -> Iterator[str]:
    if not isinstance(node, dict):
        yield before
        return
    for name, inside in node.items():
        yield from _keys(f"{before}.{name}", inside)


def test_every_word_is_shown_somewhere(root: Path) -> None:
    code = [path.read_text(encoding="utf-8") for path in (root / "mali_course").rglob("*.py")]
    code += [
        "\n".join(re.findall(r"""["'][\w.]+["']""", path.read_text(encoding="utf-8")))
        for path in (root / "mali_course").rglob("*.j2")
    ]
    words = {key for file in WHOLE_KEYS for key in _keys(file, read_toml(f"words/en/{file}.toml"))}
    assert len(words) > 150
    assert _unused(words, code) == set()
    assert _unused(["mixed.nothing", "mixed.back"], code) == {"mixed.nothing"}
