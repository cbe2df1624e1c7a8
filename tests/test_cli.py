"""The command line: opens the course without overwriting work, and says what is missing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from mali_course import doctor, start
from mali_course.cli import main
from mali_course.core.content import notebooks_folder
from mali_course.core.errors import CourseError
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

    monkeypatch.setattr(os, "execve", opened)
    monkeypatch.setattr(subprocess, "run", opened)
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
    assert f"Your own {start.FIRST} was kept" in said


def test_start_opens_jupyterlab_on_the_first_notebook(tmp_path: Path) -> None:
    """The real server answers, and serves the first notebook from the learner's folder."""
    folder = tmp_path / "course"
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
        "JUPYTER_DATA_DIR": str(tmp_path / "data"),
        "JUPYTER_TOKEN": "t",
        "JUPYTER_PORT": "28765",
    }
    config = tmp_path / "config"
    config.mkdir()
    (config / "jupyter_server_config.py").write_text(
        "c.ServerApp.allow_root = True\nc.ServerApp.ip = '127.0.0.1'\n"
    )
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "mali_course", "start", "--no-browser", "--folder", str(folder)],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:28765/api/contents/{start.FIRST}?token=t&content=0"
            for _ in range(120):
                try:
                    answer = urllib.request.urlopen(address, timeout=2).read().decode()
                    break
                except OSError:
                    time.sleep(0.5)
            else:
                pytest.fail((tmp_path / "log").read_text())
        finally:
            process.terminate()
            process.wait(20)
    assert start.FIRST in answer
    assert f"lab/tree/{start.FIRST}" in (tmp_path / "log").read_text()


@pytest.mark.skipif(os.name != "posix", reason="only there is a user root")
@pytest.mark.parametrize(("user", "told"), [(0, True), (1000, False)])
def test_root_is_told_what_to_run_if_jupyterlab_refuses(
    user: int,
    told: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(os, "execve", lambda *_: None)
    monkeypatch.setattr(
        start.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0)
    )
    start.start(tmp_path / "course", browser=True)
    assert ("--allow-root" in capsys.readouterr().out) is told


def test_in_a_checkout_the_notebooks_are_opened_in_place(root: Path) -> None:
    assert start.in_checkout()
    assert notebooks_folder() == root / "notebooks"


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
    monkeypatch.setattr(doctor, "LEAST_PYTHON", (9, 0))
    monkeypatch.setattr(doctor, "_EXTENSIONS", {"no-such-extension": "some-package"})
    monkeypatch.setattr(
        doctor, "requires", lambda name: ["no-such-package>=3", "pandas>=999", 'x>=1; extra == "t"']
    )
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
        "5 things to mend",
    ):
        assert part in said
    assert said.count("To mend it") >= 5


def test_the_doctor_wants_the_course_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(name: str) -> list[str]:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(doctor, "requires", missing)
    assert main(["doctor"]) == 1
    assert f"{sys.executable} -m pip install" in capsys.readouterr().out


def test_the_doctor_names_a_spoiled_progress_file(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    the_log().add({"item": "00-01", "event": "answer"})
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


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a process of its own is started")
def test_no_window_about_news_lies_over_the_lesson(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As JupyterLab itself reads its settings; what a learner has set goes before ours."""
    from jupyterlab.commands import get_app_dir
    from jupyterlab_server.settings_utils import get_settings

    passed: dict[str, str] = {}
    monkeypatch.setattr(os, "execve", lambda program, command, given: passed.update(given))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path / "of-the-learner"))
    start.start(tmp_path / "course", browser=False)
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
