"""Opens JupyterLab on the notebooks; never over a learner's work."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mali_course.core.content import checkout_folder, data_path, notebooks_folder
from mali_course.core.edition import EDITION, FIRST_EDITION
from mali_course.core.errors import CourseError
from mali_course.core.home import has_home, user_path
from mali_course.core.kernels import OWN_KERNEL_FIRST, with_variables
from mali_course.core.messages import say
from mali_course.core.whole_files import write_whole
from mali_course.record.last_lesson import NextLesson, lesson_to_open
from mali_course.record.log import the_log

__all__ = ["copy_notebooks", "sign_notebooks", "start"]

FIRST = "00-start-here.ipynb"


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


def _edition_of(notebook: Path) -> str:
    """Return the edition that a learner's notebook is of, or "" where it does not say."""
    try:
        metadata = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]
        return str(metadata["mali_course"].get("edition", FIRST_EDITION))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return ""


def folder_of_edition(folder: Path) -> Path:
    """Return where the notebooks of this edition belong.

    This is the learner's folder itself. If it has notebooks of an earlier edition, they stay there
    as they are, and this edition gets a folder of its own inside, so that links lead from each
    notebook to the others of its edition.

    Examples
    --------
    >>> folder_of_edition(Path("nowhere")) == Path("nowhere")
    True
    """
    known = (source.name for source in notebooks_folder().glob("*.ipynb"))
    found = {_edition_of(folder / name) for name in known}
    return folder if found <= {"", EDITION} else folder / f"edition-{EDITION}"


def _variables() -> dict[str, str]:
    """Return the variables that JupyterLab gets beside those that are set.

    No window that asks about news lies over the lesson, and notebooks run on this Python. The
    settings are defaults for this one start; what somebody has set in JupyterLab goes before them.
    """
    known = os.environ.get("JUPYTER_CONFIG_PATH", "")
    ours = str(data_path("lab"))
    # JupyterLab lets the first folder go before the others.
    path = f"{known}{os.pathsep}{ours}" if known else ours
    return {"JUPYTER_CONFIG_PATH": path, **OWN_KERNEL_FIRST}


def _jupyter_folders(spare: Path) -> dict[str, str]:
    """Return other folders for what JupyterLab writes, where it may not write into its own.

    So the course opens with a home that can only be read; what is set in JupyterLab is then kept
    for this one start.
    """
    from jupyter_core import paths

    own = (paths.jupyter_data_dir(), paths.jupyter_config_dir(), paths.jupyter_runtime_dir())
    try:
        for folder in map(Path, own):
            folder.mkdir(parents=True, exist_ok=True)
        well = all(os.access(folder, os.W_OK) for folder in own)
    except OSError:
        well = False
    names = ("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")
    return {} if well else {name: str(spare / name) for name in names}


def sign_notebooks(folder: Path) -> None:
    """Sign the course's notebooks in a folder, so that JupyterLab trusts and runs them unasked.

    Those that a learner has changed are left alone: JupyterLab signs what it saves. Without a
    signature JupyterLab asks once and works as well, so nothing is said where none can be kept.
    """
    from nbformat import reads
    from nbformat.sign import NotebookNotary

    with suppress(Exception):  # a database that cannot be written, a file that is no notebook
        notary = NotebookNotary()
        for source in notebooks_folder().glob("*.ipynb"):
            text = source.read_text(encoding="utf-8")
            own = folder / source.name
            if own.is_file() and own.read_text(encoding="utf-8") == text:
                notary.sign(reads(text, as_version=4))


def _opening_line(opened: NextLesson) -> str:
    return say(
        f"cli.start.{opened.why}",
        lesson=opened.lesson.id,
        title=opened.lesson.title,
        before=opened.before.id,
    )


def _lesson_for(folder: Path) -> NextLesson:
    """Return the lesson to open: that of the log, or the first one where its file is gone."""
    found = lesson_to_open(the_log().events())
    if (folder / found.lesson.notebook).is_file():
        return found
    return lesson_to_open([])


def _open_lab(
    folder: Path, opened: NextLesson, browser: bool, allow_root: bool, place: Path
) -> None:
    """Run JupyterLab in this process, so that Ctrl+C and a stop reach it directly.

    It tells what goes wrong, and its address, and nothing else.
    """
    from jupyterlab.labapp import LabApp

    notebook = place.relative_to(folder) / opened.lesson.notebook
    options = [
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{notebook.as_posix()}",
        "--Application.log_level=ERROR",
    ]
    options += [] if browser else ["--no-browser"]
    options += ["--allow-root"] if allow_root else []
    server: Any = LabApp.initialize_server(options)
    if getattr(os, "geteuid", lambda: 1)() == 0 and not server.allow_root:
        raise CourseError(say("cli.start.root"))
    print(_opening_line(opened))
    print(say("cli.start.stop"), flush=True)
    if not server.identity_provider.token_generated:
        # With a password or a token of one's own JupyterLab names its address in what is left out.
        print(say("cli.start.address", address=server.display_url), flush=True)
    server.start()


def start(
    folder: Path | None, *, browser: bool, copy_only: bool = False, allow_root: bool = False
) -> int:
    """Open JupyterLab on the lesson in which the learner last worked.

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
    allow_root : bool
        Let JupyterLab run as root, as in many containers.

    Returns
    -------
    int
        0.

    Raises
    ------
    CourseError
        If JupyterLab or a home folder is missing, the folder cannot be used, or root may not open
        JupyterLab.
    """
    if not copy_only and importlib.util.find_spec("jupyterlab") is None:
        raise CourseError(say("cli.start.no_lab", python=sys.executable))
    if not copy_only and not has_home():
        raise CourseError(say("cli.start.no_home"))
    if folder is None and checkout_folder() and not copy_only:
        folder = place = notebooks_folder()
    else:
        folder = user_path(folder or "mali-course").resolve()
        place = folder_of_edition(folder)
        copied, kept = copy_notebooks(place)
        if copied and place != folder:
            print(say("cli.start.earlier", folder=folder))
        if copied:
            print(say("cli.start.copied", count=len(copied), folder=place))
        if kept and (copied or copy_only):
            print(say("cli.start.kept", names=", ".join(kept)))
    if copy_only:
        sign_notebooks(place)
        return 0
    if not os.access(folder, os.W_OK):
        print(say("cli.start.read_only", folder=folder))
    with (
        TemporaryDirectory(prefix="mali-course-", ignore_cleanup_errors=True) as spare,
        with_variables(_variables() | _jupyter_folders(Path(spare))),
    ):
        sign_notebooks(place)
        _open_lab(folder, _lesson_for(place), browser, allow_root, place)
    return 0
