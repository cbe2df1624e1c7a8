"""Opens JupyterLab on the notebooks; never over a learner's work."""

from __future__ import annotations

import importlib.util
import os
import shlex
import subprocess
import sys
from pathlib import Path

from mali_course.core.content import data_path, notebooks_folder
from mali_course.core.errors import CourseError
from mali_course.core.home import has_home, user_path
from mali_course.core.messages import say
from mali_course.core.whole_files import write_whole

__all__ = ["copy_notebooks", "start"]

FIRST = "00-start-here.ipynb"


def in_checkout() -> bool:
    """Whether the notebooks lie in a checkout, where they are opened in place."""
    return (notebooks_folder().parent / "pyproject.toml").is_file()


def copy_notebooks(folder: Path) -> tuple[list[str], list[str]]:
    """Copy the notebooks that are not there yet.

    Parameters
    ----------
    folder : pathlib.Path
        Made if it is missing.

    Returns
    -------
    (list of str, list of str)
        Names of the notebooks that were copied, and of the learner's own, changed ones, which are
        left as they are.

    Raises
    ------
    CourseError
        If the folder cannot be made or written to.

    Examples
    --------
    >>> import tempfile
    >>> FIRST in copy_notebooks(Path(tempfile.mkdtemp()))[0]
    True
    """
    copied, kept = [], []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for source in sorted(notebooks_folder().glob("*.ipynb")):
            target = folder / source.name
            if not target.exists():
                write_whole({target: source.read_bytes()}, replace=False)
                copied.append(source.name)
            elif target.read_bytes() != source.read_bytes():
                kept.append(source.name)
    except OSError as error:
        reason = f"{error.strerror or error}."
        raise CourseError(say("cli.start.no_folder", folder=folder, reason=reason)) from None
    return copied, kept


def _environment() -> dict[str, str]:
    """Return the variables for JupyterLab: no window that asks about news lies over the lesson.

    These are defaults for this one start; what somebody has set in JupyterLab goes before them.
    """
    known = os.environ.get("JUPYTER_CONFIG_PATH", "")
    ours = str(data_path("lab"))
    # JupyterLab lets the first folder go before the others.
    return {**os.environ, "JUPYTER_CONFIG_PATH": f"{known}{os.pathsep}{ours}" if known else ours}


def start(folder: Path | None, *, browser: bool, copy_only: bool = False) -> int:
    """Open JupyterLab on the course.

    Parameters
    ----------
    folder : pathlib.Path or None
        Where the learner's copies are to be. None: in place for a checkout, else ``mali-course``
        in the present folder.
    browser : bool
        Whether to open a browser.
    copy_only : bool
        Copy the notebooks that are not there yet, and open nothing: for a server that opens
        JupyterLab itself, such as a JupyterHub.

    Returns
    -------
    int
        JupyterLab's exit code, or 0 where it is not opened.

    Raises
    ------
    CourseError
        If JupyterLab or a home folder is missing, or the folder cannot be used.
    """
    if not copy_only and importlib.util.find_spec("jupyterlab") is None:
        raise CourseError(say("cli.start.no_lab", python=sys.executable))
    if not copy_only and not has_home():
        raise CourseError(say("cli.start.no_home"))
    if folder is None and in_checkout() and not copy_only:
        folder = notebooks_folder()
    else:
        folder = user_path(folder or "mali-course").resolve()
        copied, kept = copy_notebooks(folder)
        if copied:
            print(say("cli.start.copied", count=len(copied), folder=folder))
        for name in kept:
            print(say("cli.start.kept", name=name))
        if copy_only:
            return 0
    print(say("cli.start.opening", folder=folder), flush=True)
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{FIRST}",
    ]
    if not browser:
        command.append("--no-browser")
    if getattr(os, "geteuid", lambda: 1)() == 0:
        # JupyterLab refuses root and names an option that this command does not have.
        print(say("cli.start.root", command=shlex.join([*command, "--allow-root"])), flush=True)
    if os.name == "posix":
        # JupyterLab takes this process over, so that Ctrl+C and a stop reach it directly.
        os.execve(sys.executable, command, _environment())
    return subprocess.run(command, check=False, env=_environment()).returncode
