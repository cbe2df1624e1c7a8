"""Imports run in one direction, the core stays light, and style and types are clean."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Collection
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

# From the bottom up: a folder imports only from itself and from the rows above its own.
LAYERS = [
    ["core"],
    ["questions", "charts"],
    ["forms", "record"],
    ["practice", "argument", "explorers", "start", "doctor"],
    ["views"],
    ["kit"],
    ["cli"],
    ["", "__main__"],
]


def _row(module: str) -> int:
    """Return the row of the top folder, or of the root module."""
    return next(number for number, names in enumerate(LAYERS) if module.split(".")[0] in names)


def _name(path: Path, package: Path) -> str:
    parts = list(path.relative_to(package).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path, known: Collection[str]) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    # What only type checkers read does not run.
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mali_course"):
            base = (node.module or "").removeprefix("mali_course").lstrip(".")
            for alias in node.names:
                inside = f"{base}.{alias.name}".lstrip(".")
                found.add(inside if inside in known else base)
        elif isinstance(node, ast.Import):
            found |= {
                alias.name.removeprefix("mali_course").lstrip(".")
                for alias in node.names
                if alias.name.split(".")[0] == "mali_course"
            }
    return found


@pytest.fixture
def imports(root: Path) -> dict[str, set[str]]:
    """Return each module with all that it imports, inside functions too."""
    package = root / "mali_course"
    paths = {_name(path, package): path for path in sorted(package.rglob("*.py"))}
    return {name: _imports(path, paths) for name, path in paths.items()}


def test_folders_are_layers(imports: dict[str, set[str]]) -> None:
    wrong = [
        f"{name} imports {target}"
        for name, targets in imports.items()
        for target in targets
        if name.split(".")[0] != target.split(".")[0] and _row(target) >= _row(name)
    ]
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle(imports: dict[str, set[str]]) -> None:
    TopologicalSorter(imports).prepare()


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
