"""The course installs on a fresh machine: from its wheel, and as Binder installs it."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

_RUN = """
import sys
from pathlib import Path
import nbformat
from nbclient import NotebookClient
import mali_course
from mali_course.core.content import notebooks_folder
root, pattern = Path(sys.argv[1]), sys.argv[2]
assert Path(mali_course.__file__).is_relative_to(sys.prefix), mali_course.__file__
assert not notebooks_folder().is_relative_to(root)
names = sorted(notebooks_folder().glob(pattern))
assert names
for name in names:
    notebook = nbformat.read(name, as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    print("ran", name.name)
from mali_course.cli import main
sys.exit(main(["doctor"]))
"""


# What pip does for `pip install -e .`
_EDITABLE = "import sys; from hatchling.build import build_editable as b; print(b(sys.argv[1]))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(__file__).resolve().parents[1]
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "-w", "--no-isolation", "-o", str(folder), str(root)],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_content_and_no_tests(wheel: Path, root: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("data", "notebooks"):
        for path in (root / folder).rglob("*"):
            if (
                path.is_file()
                and not path.name.startswith(".")
                and ".ipynb_checkpoints" not in path.parts
            ):
                assert f"mali_course/{path.relative_to(root).as_posix()}" in names
    assert {
        "mali_course/forms/page/live.js",
        "mali_course/forms/page/form.css",
        "mali_course/kit/slides/slides.css",
        "mali_course/kit/slides/slides.js",
        "mali_course/kit/slides/vendor/LICENSE",
        "mali_course/kit/slides/vendor/LICENSE-marked",
        "mali_course/kit/slides/vendor/notes.js",
        "mali_course/kit/slides/vendor/reveal.css",
        "mali_course/kit/slides/vendor/reveal.js",
        "mali_course/py.typed",
    } <= names
    assert not any(name.startswith(("tests/", "docs/", "benchmarks/")) for name in names)


def _extension_listed(python: Path, away: Path) -> str:
    """Return the line of the extension in JupyterLab's own list."""
    done = subprocess.run(
        [str(python), "-m", "jupyterlab.labextensions", "list"],
        cwd=away,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = (done.stdout + done.stderr).splitlines()
    return next((line for line in lines if "mali-course" in line and "/" not in line), "")


def _extension_is_whole(python: Path, root: Path) -> bool:
    """Whether every file of the extension is there, and what its page is built of."""
    there = python.parents[1] / "share" / "jupyter" / "labextensions" / "mali-course"
    build = json.loads((there / "package.json").read_text(encoding="utf-8"))["jupyterlab"]["_build"]
    files = [path for path in (root / "labextension").rglob("*") if path.is_file()]
    assert len(files) >= 6
    return (
        (there / build["load"]).is_file()
        and all(
            (there / path.relative_to(root / "labextension")).read_bytes() == path.read_bytes()
            for path in files
        )
        and (there / "static" / "look.css").is_file()
        and (there / "static" / "words.toml").is_file()
    )


def test_the_wheel_brings_the_extension_ready_to_use(
    wheel: Path, tmp_path: Path, root: Path
) -> None:
    python = _beside_these_libraries(tmp_path / "venv", wheel)
    assert _extension_is_whole(python, root)
    listed = _extension_listed(python, tmp_path)
    assert "enabled" in listed
    assert "OK" in listed


def test_an_editable_install_brings_the_extension_too(tmp_path: Path, root: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-c", _EDITABLE, str(tmp_path)],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()[-1]
    python = _beside_these_libraries(tmp_path / "venv", tmp_path / built)
    assert _extension_is_whole(python, root)
    assert "OK" in _extension_listed(python, tmp_path)


def test_the_extension_bears_the_version_of_the_package(root: Path) -> None:
    own = json.loads((root / "labextension" / "package.json").read_text(encoding="utf-8"))
    assert own["version"] == _project(root)["version"]


# Whether JupyterLab asks about news, as it reads its own settings.
_NEWS = """
from pathlib import Path
from jupyterlab.commands import get_app_dir
from jupyterlab_server.settings_utils import get_settings
app = Path(get_app_dir())
name = "@jupyterlab/apputils-extension:notification"
found, _ = get_settings(str(app / "settings"), str(app / "schemas"), "none", schema_name=name)
print(found["schema"]["properties"]["fetchNews"]["default"])
"""


def _fresh(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    return folder / ("Scripts" if os.name == "nt" else "bin") / "python"


def _beside_these_libraries(folder: Path, wheel: Path) -> Path:
    """Install a wheel for a fresh Python that finds the libraries of this one: no download."""
    venv.create(folder, with_pip=False)
    here, there = Path(sysconfig.get_path("purelib")), {"base": str(folder)}
    packages = Path(sysconfig.get_path("purelib", vars={**there, "platbase": str(folder)}))
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps"]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    # Only now, or pip would find the course here. Its own packages come first for Python.
    (packages / "libraries.pth").write_text(f"{here}\n", encoding="utf-8")
    extensions = Path("share", "jupyter", "labextensions")
    others = shutil.ignore_patterns("mali-course")
    shutil.copytree(
        Path(sys.prefix, extensions), folder / extensions, ignore=others, dirs_exist_ok=True
    )
    return python


def _run_notebooks(python: Path, away: Path, root: Path, pattern: str = "*.ipynb") -> str:
    """Run the notebooks of an installed course, far from the checkout, and its doctor."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(python), "-c", _RUN, str(root), pattern],
        cwd=away,
        capture_output=True,
        text=True,
        check=False,
        env={**environment, "MALI_COURSE_HOME": str(away / "home")},
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    return done.stdout


def test_the_wheel_runs_the_first_notebook_and_its_command(
    wheel: Path, tmp_path: Path, root: Path
) -> None:
    python = _beside_these_libraries(tmp_path / "venv", wheel)
    assert "ran 00-start-here.ipynb" in _run_notebooks(python, tmp_path, root, "00-*.ipynb")
    done = subprocess.run(
        [str(python.with_name("mali-course")), "--help"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "doctor" in done.stdout


@pytest.mark.nightly
def test_the_wheel_alone_runs_every_notebook(wheel: Path, tmp_path: Path, root: Path) -> None:
    python = _fresh(tmp_path / "venv")
    subprocess.run(
        [str(python), "-m", "pip", "install", "-q", str(wheel)], check=True, capture_output=True
    )
    said = _run_notebooks(python, tmp_path, root)
    assert "ran 00-start-here.ipynb" in said
    assert "ran 01-mali-at-a-glance.ipynb" in said


@pytest.mark.nightly
def test_binder_installs_the_course_and_runs_every_notebook(tmp_path: Path, root: Path) -> None:
    """Does what repo2docker does with binder/: a copy of the checkout, and its requirements.

    repo2docker uses the Python that runtime.txt names; here it is the one that runs the tests.
    """
    checkout = tmp_path / "srv"
    shutil.copytree(root, checkout, ignore=shutil.ignore_patterns(".*", "__pycache__", "tests"))
    shutil.copytree(root / "binder", checkout / "binder", dirs_exist_ok=True)
    python = _fresh(tmp_path / "venv")
    subprocess.run(
        [
            str(python),
            "-m",
            "pip",
            "install",
            "-q",
            "--no-cache-dir",
            "-r",
            "binder/requirements.txt",
        ],
        cwd=checkout,
        check=True,
        capture_output=True,
    )
    assert "ran 00-start-here.ipynb" in _run_notebooks(python, tmp_path, checkout)
    listed = subprocess.run(
        [str(python), "-m", "pip", "list"], capture_output=True, text=True, check=True
    ).stdout
    assert "nbval" not in listed
    assert "pytest" not in listed
    subprocess.run(
        ["bash", "binder/postBuild"],
        cwd=checkout,
        check=True,
        env={
            **os.environ,
            "NB_PYTHON_PREFIX": str(tmp_path / "venv"),
            "JUPYTER_DATA_DIR": str(tmp_path / "jupyter"),
        },
    )
    news = subprocess.run(
        [str(python), "-c", _NEWS], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert news.stdout.strip() == "false"


@pytest.mark.skipif(os.name != "posix", reason="Binder runs on Linux")
def test_binder_signs_the_notebooks_so_that_they_start_unasked(tmp_path: Path, root: Path) -> None:
    """The script as it is, in a copy, with a prefix that holds no more than it calls.

    The report cannot be fetched there, which is no reason to have no image.
    """
    from nbformat import read
    from nbformat.sign import NotebookNotary

    for folder in ("binder", "data/lab", "notebooks"):
        shutil.copytree(root / folder, tmp_path / folder)
    prefix = tmp_path / "prefix"
    (prefix / "bin").mkdir(parents=True)
    program = Path(sysconfig.get_path("scripts"), "jupyter-trust")
    (prefix / "bin" / "jupyter-trust").symlink_to(program)
    fetching = prefix / "bin" / "mali-course"
    fetching.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/asked\nexit 1\n')
    fetching.chmod(0o755)
    data = tmp_path / "jupyter"
    subprocess.run(
        ["bash", "binder/postBuild"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        env={**os.environ, "NB_PYTHON_PREFIX": str(prefix), "JUPYTER_DATA_DIR": str(data)},
    )
    assert (tmp_path / "asked").read_text() == "report --fetch\n"
    notary = NotebookNotary(data_dir=str(data))
    opened = read(tmp_path / "notebooks" / "00-start-here.ipynb", as_version=4)
    assert notary.check_signature(opened)
    opened.cells[0].source += " changed"
    assert not notary.check_signature(opened)


def test_binder_names_a_python_and_pins_every_dependency(root: Path) -> None:
    assert (root / "binder" / "runtime.txt").read_text().strip() == "python-3.12"
    lines = (root / "binder" / "requirements.txt").read_text().splitlines()
    lines = [line for line in lines if line and not line.startswith("#")]
    assert lines[-1] == "."
    needed = _named(_project(root)["dependencies"])
    assert {line.split("==")[0] for line in lines[:-1]} == needed
    assert all("==" in line for line in lines[:-1])


def _project(root: Path) -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    return project


def _named(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~;\[ ]", entry)[0] for entry in requirements}


def _libraries(folder: Path) -> set[str]:
    """Return what the modules of a folder import that is neither Python's nor the project's."""
    found, own = set[str](), {"mali_course", "house"}
    for path in folder.rglob("*.py"):
        own.add(path.stem)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add((node.module or "").split(".")[0])
    return found - own - set(sys.stdlib_module_names)


# What comes with a library that every learner has.
_COMES_WITH = {
    "PIL": "matplotlib",
    "jupyterlab_server": "jupyterlab",
    "nbconvert": "jupyterlab",
    "markupsafe": "jinja2",
    "numpy": "matplotlib",
}


@pytest.mark.parametrize(
    ("folder", "extras"), [("mali_course/kit", ["kit"]), ("tests", ["kit", "test"])]
)
def test_every_library_that_is_imported_is_in_the_extra(
    folder: str, extras: list[str], root: Path
) -> None:
    project, known = _project(root), packages_distributions()
    named = _named(project["dependencies"])
    for extra in extras:
        named |= _named(project["optional-dependencies"][extra])
    missing = {
        name
        for name in _libraries(root / folder)
        if not named & {one.lower().replace("_", "-") for one in known.get(name, ())}
        and _COMES_WITH.get(name) not in named
    }
    assert missing == set()


def test_the_tests_have_all_that_the_kit_needs(root: Path) -> None:
    assert "mali-course[kit]" in _project(root)["optional-dependencies"]["test"]


def test_the_licences_of_the_package_are_those_that_its_files_name(root: Path) -> None:
    project = _project(root)
    files = [path for name in project["license-files"] for path in root.glob(name)]
    texts = [path.read_text(encoding="utf-8") for path in files]
    signs = {
        "BSD-3-Clause": "BSD 3-Clause License",
        "CC-BY-4.0": "creativecommons.org/licenses/by/4.0",
        "MIT": "Permission is hereby granted, free of charge",
    }
    assert set(project["license"].split(" AND ")) == set(signs)
    for sign in signs.values():
        assert any(sign in text for text in texts), sign
    assert set((root / "mali_course").rglob("LICENSE*")) <= set(files)
    readme = (root / "README.md").read_text(encoding="utf-8")
    for path in files:
        assert f"({path.relative_to(root).as_posix()})" in readme, path
