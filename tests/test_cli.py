"""The command line: opens the course without overwriting work, and says what is missing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.sign import NotebookNotary

from mali_course import doctor, start
from mali_course.cli import main
from mali_course.core.content import notebooks_folder
from mali_course.core.edition import EDITION
from mali_course.core.errors import CourseError
from mali_course.original import fingerprints
from mali_course.record.log import the_log


def test_notebooks_are_copied_once_and_work_is_never_overwritten(tmp_path: Path) -> None:
    copied, kept = start.copy_notebooks(tmp_path / "mine")
    assert start.FIRST in copied
    assert kept == []
    mine = tmp_path / "mine" / start.FIRST
    mine.write_text("my notes")
    (tmp_path / "mine" / "01-mali-at-a-glance.ipynb").unlink()
    copied, kept = start.copy_notebooks(tmp_path / "mine")
    assert copied == ["01-mali-at-a-glance.ipynb"]
    assert kept == [start.FIRST]
    assert mine.read_text() == "my notes"


def test_a_new_edition_comes_beside_the_notebooks_of_an_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(start, "_open_lab", lambda *values: opened.append(values[-1]))
    start.start(tmp_path, browser=False)
    assert opened == [tmp_path]  # the first notebooks of a learner are of this edition
    mine = tmp_path / "02-background-2011-2013-crisis.ipynb"
    notebook = json.loads(mine.read_text(encoding="utf-8"))
    del notebook["metadata"]["mali_course"]["edition"]  # as the first edition had it
    mine.write_text(json.dumps(notebook), encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.glob("*.ipynb")}
    capsys.readouterr()
    for _ in range(2):
        start.start(tmp_path, browser=False)
    new = tmp_path / f"edition-{EDITION}"
    assert opened[1:] == [new, new]
    assert len(list(new.glob("*.ipynb"))) == len(before)
    assert {path: path.read_bytes() for path in tmp_path.glob("*.ipynb")} == before
    said = capsys.readouterr().out
    assert said.count("There is a new edition of the course.") == 1
    assert str(new) in said


def test_the_edition_is_that_of_the_version() -> None:
    project = tomllib.loads((notebooks_folder().parent / "pyproject.toml").read_text())
    assert project["project"]["version"].startswith(f"{EDITION}.")


def test_a_folder_that_cannot_be_used_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert main(["start", "--folder", str(tmp_path / "file"), "--no-browser"]) == 1
    said = capsys.readouterr().err
    assert "cannot be used" in said
    assert "Traceback" not in said


def test_a_hub_copies_the_notebooks_without_opening_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def opened(*_: object, **__: object) -> None:
        pytest.fail("JupyterLab was opened")

    monkeypatch.setattr(start, "_open_lab", opened)
    # A server may have no JupyterLab for this Python: copying does not need it.
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.chdir(tmp_path)
    mine = tmp_path / "mali-course" / start.FIRST
    for command in (["start", "--copy-only"], ["start", "--copy-only", "--folder", "mali-course"]):
        assert main(command) == 0
        assert mine.is_file()
        mine.write_text("my notes")
    assert mine.read_text() == "my notes"
    said = capsys.readouterr().out
    assert "were copied to" in said
    assert f"Kept as you left them: {start.FIRST}." in said


@dataclass
class _Started:
    """A course that runs: what it wrote, and its server."""

    log: Path
    process: subprocess.Popen[bytes]

    def written(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def ask(self, path: str, sent: object = None) -> Any:
        """Call the server's own interface, once it is there."""
        address = f"http://127.0.0.1:28765/api/{path}"
        data = json.dumps(sent).encode() if sent else None
        request = urllib.request.Request(address, data, {"Authorization": "token t"})
        for _ in range(240):
            if self.process.poll() is not None:
                break
            try:
                return json.loads(urllib.request.urlopen(request, timeout=20).read())
            except urllib.error.HTTPError:
                raise
            except OSError:
                time.sleep(0.5)
        return pytest.fail(self.written())


@contextmanager
def _started(place: Path, *options: str, **variables: str) -> Iterator[_Started]:
    """Run the command as a learner with a home of their own."""
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(place / "config"),
        "JUPYTER_RUNTIME_DIR": str(place / "runtime"),
        "JUPYTER_DATA_DIR": str(place / "data"),
        "JUPYTER_TOKEN": "t",
        "JUPYTER_PORT": "28765",
        **variables,
    }
    folder = str(place / "course")
    command = [sys.executable, "-m", "mali_course", "start", "--no-browser", "--folder", folder]
    command += ["--allow-root", *options]
    with (place / "log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            yield _Started(place / "log", process)
        finally:
            process.terminate()
            process.wait(30)


def test_start_opens_jupyterlab_on_the_lesson_last_worked_in(tmp_path: Path) -> None:
    """The real server answers; its address is the last of few lines."""
    the_log().add({"item": "02-29", "event": "answer", "state": "wrong", "score": 0.0})
    notebook = "02-background-2011-2013-crisis.ipynb"
    with _started(tmp_path) as started:
        found = started.ask(f"contents/{notebook}")
        lines = started.written().splitlines()
    assert "lesson 02" in lines[1]
    assert "in which you last worked" in lines[1]
    # For one computer JupyterLab has two addresses.
    assert all(f":28765/lab/tree/{notebook}" in line for line in lines[-2:])
    assert len(lines) <= 5, lines
    # The notebook is signed, so that JupyterLab asks nothing before it runs.
    code = [cell for cell in found["content"]["cells"] if cell["cell_type"] == "code"]
    assert all(cell["metadata"]["trusted"] for cell in code)


def _foreign_kernel(data: Path) -> None:
    """Install what `ipykernel install --user` of a Python without the course writes."""
    folder = data / "kernels" / "python3"
    folder.mkdir(parents=True)
    argv = [sys.executable, "-I", "-S", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "Python 3", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec))


def test_notebooks_run_on_the_python_of_the_course_though_the_learner_has_a_kernel_of_their_own(
    tmp_path: Path,
) -> None:
    _foreign_kernel(tmp_path / "data")
    # As where the environment belongs to root: Jupyter then takes the learner's own first.
    with _started(tmp_path, JUPYTER_PREFER_ENV_PATH="0") as started:
        specs = started.ask("kernelspecs")["kernelspecs"]
    assert "-S" not in specs["python3"]["spec"]["argv"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="asks for root")
def test_root_is_told_what_to_run(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mali_course", "start", "--no-browser", "--folder", str(tmp_path)],
        env={**os.environ, "JUPYTER_CONFIG_DIR": str(tmp_path / "config")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "mali-course start --allow-root" in done.stderr
    assert "Traceback" not in done.stderr


def test_only_notebooks_as_the_course_has_them_are_signed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    folder = tmp_path / "course"
    start.copy_notebooks(folder)
    changed = folder / start.FIRST
    changed.write_text(changed.read_text(encoding="utf-8").replace("# Start Here", "# Other"))
    start.sign_notebooks(folder)
    notary = NotebookNotary()
    signed = {
        path.name: notary.check_signature(nbformat.read(path, as_version=4))
        for path in folder.glob("*.ipynb")
    }
    assert {name for name, well in signed.items() if not well} == {start.FIRST}


def test_where_no_signature_can_be_kept_the_course_opens_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    opened: list[str] = []
    monkeypatch.setattr(
        start, "_open_lab", lambda folder, found, *_: opened.append(found.lesson.notebook)
    )
    start.start(tmp_path / "course", browser=False)
    assert opened == [start.FIRST]


def test_with_a_home_that_can_only_be_read_jupyterlab_writes_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file stands where Jupyter wants its folders, which root may not pass either."""
    (tmp_path / "home").write_text("")
    for name in ("DATA", "CONFIG", "RUNTIME"):
        monkeypatch.setenv(f"JUPYTER_{name}_DIR", str(tmp_path / "home" / name))
    with _started(
        tmp_path,
        JUPYTER_DATA_DIR=str(tmp_path / "home" / "data"),
        JUPYTER_CONFIG_DIR=str(tmp_path / "home" / "config"),
        JUPYTER_RUNTIME_DIR=str(tmp_path / "home" / "runtime"),
    ) as started:
        assert started.ask(f"contents/{start.FIRST}?content=0")["name"] == start.FIRST
        assert "Traceback" not in started.written()
    assert start._jupyter_folders(tmp_path / "spare").keys() >= {"JUPYTER_RUNTIME_DIR"}
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    assert start._jupyter_folders(tmp_path / "spare") == {}


def test_a_folder_that_can_only_be_read_is_said_and_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "_open_lab", lambda *_: None)
    start.copy_notebooks(tmp_path / "course")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert start.start(tmp_path / "course", browser=False) == 0
    assert "Nothing can be saved in" in capsys.readouterr().out


def test_a_lesson_whose_notebook_is_gone_does_not_keep_the_course_from_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    the_log().add({"item": "02-29", "event": "answer", "state": "wrong", "score": 0.0})
    found = start._lesson_for(tmp_path)
    assert (found.lesson.id, found.why) == ("00", "first")


def test_in_a_checkout_the_notebooks_are_opened_in_place(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(start, "_open_lab", lambda folder, *_: opened.append(folder))
    start.start(None, browser=False)
    assert opened == [notebooks_folder()] == [root / "notebooks"]


def test_the_doctor_finds_a_well_machine_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert "Everything is in place" in said
    assert "Problem" not in said


def test_the_doctor_says_how_to_mend_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    home.mkdir()
    (home / "progress").write_text("a file where the folder should be")
    monkeypatch.setattr(doctor, "_EXTENSIONS", {"no-such-extension": "some-package"})
    needs = doctor._Needs(">=9.0", ("no-such-package>=3", "pandas>=999"))
    monkeypatch.setattr(doctor, "_needs", lambda: needs)
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    for part in (
        "is too old",
        "no-such-extension",
        "no-such-package is not installed",
        "pandas",
        "999 or newer",
        "cannot be saved",
        "MALI_COURSE_HOME",
        "5 things to fix",
    ):
        assert part in said
    assert said.count("To fix it") >= 5


def test_the_doctor_goes_on_where_a_file_of_the_course_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(name: str) -> None:
        raise CourseError(f"The file data/{name} is missing.")

    fingerprints.fingerprints.cache_clear()
    monkeypatch.setattr(fingerprints, "read_csv", missing)
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert said.count("data/report/fingerprints.csv is missing") == 1
    assert "your progress is saved" in said


def test_the_doctor_tells_whether_the_extension_of_the_course_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jupyter_core.paths.jupyter_path", lambda *_: [str(tmp_path)])
    (missing,) = doctor._page()
    assert missing.well  # it works without
    assert "--force-reinstall" in missing.how
    (tmp_path / "mali-course").mkdir()
    (found,) = doctor._page()
    assert found == (True, "JupyterLab shows a lesson as a page", "")


def test_the_doctor_wants_the_course_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(name: str) -> str:
        if name == "mali-course":
            raise PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(doctor, "version", missing)
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert f"{sys.executable} -m pip install -e ." in said
    assert "1 things to fix" in said


def test_the_doctor_asks_for_what_pyproject_asks_for(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a checkout, and installed: one source for the oldest versions."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = doctor._Needs(project["requires-python"], tuple(project["dependencies"]))
    assert doctor._needs() == wanted
    monkeypatch.setattr(doctor, "checkout_folder", lambda: None)
    assert set(doctor._needs().packages) == set(wanted.packages)
    assert doctor._needs().python == wanted.python
    monkeypatch.setattr(doctor, "version", lambda name: "0.0.1")
    doctor.examine(print)
    said = capsys.readouterr().out
    for entry in wanted.packages:
        name, least = entry.split(">=")
        assert f"{name} 0.0.1 is too old; the course needs {least} or newer" in said


def test_the_doctor_looks_at_the_kernel_that_notebooks_start_and_its_cure_cures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A learner's own kernel called python3, in an environment that is not theirs."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    _foreign_kernel(tmp_path)
    folder = tmp_path / "kernels" / "python3"

    def kernel_lines() -> list[str]:
        return [f"{one.well} {one.what} {one.how}" for one in doctor._kernel()]

    # The course's own command takes the right one, and that is said.
    assert kernel_lines()[0].startswith("True notebooks run on this Python")
    assert str(folder) in kernel_lines()[1]
    # A Hub opens the notebooks itself.
    monkeypatch.setenv("JUPYTERHUB_USER", "ada")
    (wrong,) = kernel_lines()
    assert wrong.startswith("False ")
    assert f"rename the folder {folder}" in wrong
    folder.rename(folder.with_name("my-python"))
    assert kernel_lines() == ["True notebooks run on this Python "]


def test_a_kernel_of_this_environment_that_cannot_start_is_installed_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _foreign_kernel(tmp_path)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    (wrong,) = doctor._kernel()
    assert not wrong.well
    assert "-m ipykernel install --sys-prefix" in wrong.how


def test_the_doctor_names_a_spoiled_progress_file(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    the_log().add({"item": "00-15", "event": "answer"})
    (home / "progress" / "torn.jsonl").write_text('{"id": "1", ')
    assert main(["doctor"]) == 0
    assert "torn.jsonl" in capsys.readouterr().out


def test_a_missing_jupyterlab_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(CourseError, match="JupyterLab is not installed"):
        start.start(None, browser=False)


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("start", "doctor"):
        with pytest.raises(SystemExit):
            main([command, "--help"])
        assert "example: mali-course" in capsys.readouterr().out


def test_no_command_is_answered_with_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "open the course in JupyterLab" in capsys.readouterr().out


def test_the_command_is_installed() -> None:
    assert shutil.which("mali-course", path=str(Path(sys.executable).parent))


def test_no_window_about_news_lies_over_the_lesson(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As JupyterLab itself reads its settings; what a learner has set goes before ours."""
    from jupyterlab.commands import get_app_dir
    from jupyterlab_server.settings_utils import get_settings

    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path / "of-the-learner"))
    passed = start._variables()
    app, name = Path(get_app_dir()), "@jupyterlab/apputils-extension:notification"

    def news(own: Path) -> tuple[str, str]:
        found, _ = get_settings(
            str(app / "settings"), str(app / "schemas"), str(own), schema_name=name
        )
        default = found["schema"]["properties"]["fetchNews"]["default"]
        return default, found["settings"].get("fetchNews", default)

    assert news(tmp_path / "none")[1] != "false"
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", passed["JUPYTER_CONFIG_PATH"])
    assert news(tmp_path / "none") == ("false", "false")
    assert str(tmp_path / "of-the-learner") in passed["JUPYTER_CONFIG_PATH"]
    own = tmp_path / "own" / "@jupyterlab" / "apputils-extension"
    own.mkdir(parents=True)
    (own / "notification.jupyterlab-settings").write_text('{"fetchNews": "true"}')
    assert news(tmp_path / "own") == ("false", "true")
    # So do defaults of the place where the course runs, such as a JupyterHub.
    place = tmp_path / "of-the-learner" / "labconfig"
    place.mkdir(parents=True)
    default = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "none"}}
    (place / "default_setting_overrides.json").write_text(json.dumps(default))
    assert news(tmp_path / "none") == ("none", "none")
