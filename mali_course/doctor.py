"""Says in plain words what is missing on this machine, and how to mend it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import NamedTuple

from mali_course.core.errors import CourseError
from mali_course.core.home import has_home
from mali_course.core.messages import say

__all__ = ["Finding", "examine", "findings"]

LEAST_PYTHON = (3, 11)
_EXTENSIONS = {
    "@jupyter-widgets/jupyterlab-manager": "jupyterlab_widgets",
    "anywidget": "anywidget",
}


class Finding(NamedTuple):
    """One thing looked at: whether it is well, what it is, and how to mend it if not."""

    well: bool
    what: str
    how: str = ""


def _python() -> Iterator[Finding]:
    shown = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] >= LEAST_PYTHON:
        yield Finding(True, say("cli.doctor.python", version=shown))
    else:
        yield Finding(
            False, say("cli.doctor.python_old", version=shown), say("cli.doctor.python_how")
        )


def _packages() -> Iterator[Finding]:
    from packaging.requirements import Requirement

    try:
        needed = [entry for entry in requires("mali-course") or () if "extra ==" not in entry]
    except PackageNotFoundError:  # a bare checkout
        how = say("cli.doctor.not_installed_how", python=sys.executable)
        yield Finding(False, say("cli.doctor.not_installed"), how)
        return
    for requirement in map(Requirement, needed):
        least = next((spec.version for spec in requirement.specifier), "0")
        how = say(
            "cli.doctor.package_how", python=sys.executable, name=requirement.name, least=least
        )
        try:
            found = version(requirement.name)
        except PackageNotFoundError:
            yield Finding(False, say("cli.doctor.package_missing", name=requirement.name), how)
            continue
        well = requirement.specifier.contains(found, prereleases=True)
        key = "cli.doctor.package" if well else "cli.doctor.package_old"
        yield Finding(
            well, say(key, name=requirement.name, version=found, least=least), "" if well else how
        )


def _home() -> Iterator[Finding]:
    if not has_home():
        yield Finding(False, say("cli.doctor.no_home"), say("cli.doctor.no_home_how"))


def _extensions() -> Iterator[Finding]:
    from jupyter_core.paths import jupyter_path

    folders = [Path(folder) for folder in jupyter_path("labextensions")]
    missing = [name for name in _EXTENSIONS if not any((f / name).is_dir() for f in folders)]
    if not missing:
        yield Finding(True, say("cli.doctor.widgets"))
    for name in missing:
        yield Finding(
            False,
            say("cli.doctor.widgets_missing", name=name, folder=sys.prefix),
            say("cli.doctor.widgets_how", python=sys.executable, package=_EXTENSIONS[name]),
        )


def _kernel() -> Iterator[Finding]:
    from jupyter_client.kernelspec import KernelSpecManager

    specs = KernelSpecManager().get_all_specs().values()
    # A bare "python" in a kernel spec means: the Python that Jupyter itself runs on.
    own = {
        sys.executable,
        "python",
        "python3",
        f"python{sys.version_info[0]}.{sys.version_info[1]}",
    }
    if any(spec["spec"]["argv"][0] in own for spec in specs):
        yield Finding(True, say("cli.doctor.kernel"))
    else:
        yield Finding(
            False,
            say("cli.doctor.kernel_missing"),
            say("cli.doctor.kernel_how", python=sys.executable),
        )


def _content() -> Iterator[Finding]:
    from mali_course.core.content import notebooks_folder
    from mali_course.core.datasets import dataset_names, rows
    from mali_course.core.lessons import lessons
    from mali_course.core.report import sentences
    from mali_course.questions.bank import items

    try:
        for name in dataset_names():
            rows(name)
        sentences()
        notebooks = {path.name for path in notebooks_folder().glob("*.ipynb")}
        missing = [one.notebook for one in lessons() if one.notebook not in notebooks]
        if missing:
            raise CourseError(f"notebooks/{missing[0]} is missing.")
        yield Finding(
            True,
            say(
                "cli.doctor.content",
                notebooks=len(notebooks),
                datasets=len(dataset_names()),
                items=len(items()),
            ),
        )
    except CourseError as problem:
        yield Finding(False, str(problem), say("cli.doctor.content_how"))


def _progress() -> Iterator[Finding]:
    from mali_course.record.log import the_log

    log = the_log()
    if log.place is None:
        yield Finding(False, say("cli.doctor.progress_memory"), say("cli.doctor.progress_how"))
        return
    probe = log.place / ".probe"
    try:
        log.place.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"x" * 4096)  # a full disk would still take an empty file
        probe.unlink()
        yield Finding(True, say("cli.doctor.progress", folder=log.place))
    except OSError as error:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
        yield Finding(
            False,
            say("cli.doctor.progress_bad", folder=log.place, reason=error.strerror or error),
            say("cli.doctor.progress_how"),
        )
    for file, count in log.spoiled_files():
        # Not a fault of the machine: told, but the course works.
        yield Finding(
            True,
            say("cli.doctor.spoiled", file=file, count=count),
            say("cli.doctor.spoiled_how", file=file, folder=log.place),
        )


def findings() -> Iterator[Finding]:
    """Yield what was looked at, one after the other.

    A part that cannot even be imported, or that asks for a home folder where there is none, is
    reported by the parts before it, and skipped.
    """
    for look in (_python, _packages, _home, _extensions, _kernel, _content, _progress):
        try:
            yield from look()
        except ImportError:
            continue
        except RuntimeError:  # Jupyter asks for the home folder
            if has_home():
                raise


def examine(tell: Callable[[str], object]) -> int:
    """Tell what was found, line by line.

    Parameters
    ----------
    tell : callable
        Takes a line, such as `print`.

    Returns
    -------
    int
        0 if all is well, else 1.

    Examples
    --------
    >>> examine(lambda line: None) in (0, 1)
    True
    """
    problems = 0
    for finding in findings():
        problems += not finding.well
        tell(say("cli.doctor.ok" if finding.well else "cli.doctor.bad", what=finding.what))
        if finding.how:
            tell(say("cli.doctor.mend", how=finding.how))
    tell(say("cli.doctor.not_well", count=problems) if problems else say("cli.doctor.all_well"))
    return 1 if problems else 0
