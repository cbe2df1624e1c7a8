"""Imports run in one direction, the core stays light, and style and types are clean."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from house import circle, floors, package_imports, room_imports

# From the bottom up: a folder imports only from itself and from the rows above its own.
LAYERS = [
    ["core"],
    ["questions", "charts", "original"],
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


@pytest.fixture
def imports(root: Path) -> dict[str, set[str]]:
    """Return each module with all that it imports, inside functions too."""
    return package_imports(root / "mali_course")


def test_folders_are_layers(imports: dict[str, set[str]]) -> None:
    wrong = [
        f"{name} imports {target}"
        for name, targets in imports.items()
        for target in targets
        if name.split(".")[0] != target.split(".")[0] and _row(target) >= _row(name)
    ]
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle(imports: dict[str, set[str]]) -> None:
    assert circle(imports) == []


def test_rooms_and_floors_stay_few(imports: dict[str, set[str]]) -> None:
    rooms = room_imports(imports)
    assert len(rooms) <= 18
    assert len(floors(rooms)) <= 8


def test_planted_faults_of_the_imports_are_found(tmp_path: Path) -> None:
    package = tmp_path / "mali_course"
    (package / "core").mkdir(parents=True)
    (package / "cli.py").write_text("import mali_course.core.late\n")
    (package / "core" / "late.py").write_text("def run():\n    from mali_course import cli\n")
    found = package_imports(package)
    assert found == {"cli": {"core.late"}, "core.late": {"cli"}}
    assert set(circle(found)) == set(found)


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
        "import mali_course as mali\nmali.ask('01-31')\nmali.read(1)\n"
        "mali.check('00-08', 1)\nmali.progress()"
    )
    assert not loaded & {"pandas", "matplotlib", "numpy"}


def test_a_mistyped_name_is_answered_with_the_names_there_are() -> None:
    import mali_course as mali

    with pytest.raises(AttributeError, match="explore"):
        mali.plot  # noqa: B018
    assert {name for name in dir(mali) if not name.startswith("_")} == set(mali.__all__)
    assert all(callable(getattr(mali, name)) for name in mali.__all__)


def test_no_module_takes_the_name_of_a_function(root: Path) -> None:
    """Importing it anywhere would put it in the place of the function."""
    import mali_course as mali

    modules = {path.stem for path in (root / "mali_course").iterdir()}
    assert modules & {"core", "views", "cli"}
    assert modules & set(mali.__all__) == set()


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
