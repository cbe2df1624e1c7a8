"""Imports run in one direction, the core stays light, and style and types are clean."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

# From the bottom up: a module imports only from its own row or from rows above it in this list.
LAYERS = [
    ["errors"],
    ["content"],
    ["words"],
    ["suggest", "text", "markup", "quick"],
    ["report", "datasets", "items.fields", "items.outcome", "table"],
    ["items.kinds", "lessons"],
    ["items.bank", "items.numerals", "items.wording", "items.answers", "items.code"],
    ["items.grading", "items.steps", "items"],
    ["record.log", "record"],
    ["record.portable", "record.summary"],
    ["attempts"],
    ["mixed.draw", "mixed.sitting", "mixed", "argument.claims", "argument"],
    ["mixed.result", "argument.judging"],
    ["forms", "forms.shown", "forms.live", "forms.html", "forms.responses"],
    ["charts.wording", "charts.style"],
    ["charts.base"],
    ["charts"],
    ["explorers.base"],
    ["explorers"],
    ["record.view", "record.files"],
    ["answering"],
    ["asking", "checking", "reading", "mixed.form", "argument.form"],
    ["doctor", "start"],
    ["kit.output", "kit.steps", "kit.page", "kit.stored", "kit.pdf"],
    ["kit"],
    ["cli"],
    # Above the command line: a plan names its commands, and is refused if one does not exist.
    ["kit.plan"],
    ["kit.guides"],
    ["kit.reference"],
    ["", "__main__"],
]


def _row(module: str) -> int:
    """Return the row of a module: its own, or that of the nearest package around it."""
    while True:
        for number, names in enumerate(LAYERS):
            if module in names:
                return number
        if "." not in module:
            raise AssertionError(f"{module} has no row in LAYERS")
        module = module.rpartition(".")[0]


def _name(path: Path, package: Path) -> str:
    parts = list(path.relative_to(package).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    # What only type checkers read does not run.
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mali_course"):
            found.add((node.module or "").removeprefix("mali_course").lstrip("."))
        elif isinstance(node, ast.Import):
            found |= {
                alias.name.removeprefix("mali_course").lstrip(".")
                for alias in node.names
                if alias.name.split(".")[0] == "mali_course"
            }
    return found


def test_imports_run_in_one_direction(root: Path) -> None:
    package = root / "mali_course"
    wrong = []
    for path in sorted(package.rglob("*.py")):
        name = _name(path, package)
        for target in _imports(path):
            if _row(target) > _row(name):
                wrong.append(f"{name} imports {target}")
    assert wrong == []


def _modules_after(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint(*sorted(m.split('.')[0] for m in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_importing_the_course_loads_no_heavy_library() -> None:
    loaded = _modules_after("import mali_course")
    assert not loaded & {"pandas", "matplotlib", "numpy", "ipywidgets", "anywidget", "IPython"}


def test_a_question_needs_neither_pandas_nor_matplotlib() -> None:
    loaded = _modules_after(
        "import mali_course as mali\nmali.ask('01-02')\nmali.read(1)\n"
        "mali.check('00-08', 1)\nmali.progress()"
    )
    assert not loaded & {"pandas", "matplotlib", "numpy"}


def test_a_mistyped_name_is_answered_with_the_names_there_are() -> None:
    import mali_course as mali

    with pytest.raises(AttributeError, match="explore"):
        mali.plot  # noqa: B018
    assert {name for name in dir(mali) if not name.startswith("_")} == set(mali.__all__)
    assert all(callable(getattr(mali, name)) for name in mali.__all__)


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["mypy"],
    ],
)
def test_style_and_types_are_clean(root: Path, command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_docstring_examples_hold(root: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--doctest-modules",
            "mali_course",
            "-p",
            "no:cacheprovider",
        ],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout
