"""Says in plain words what is missing on this machine, and how to mend it."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path
from typing import NamedTuple

from mali_course.core.content import checkout_folder
from mali_course.core.errors import CourseError
from mali_course.core.home import has_home
from mali_course.core.kernels import OWN_KERNEL_FIRST, Kernel, notebook_kernel
from mali_course.core.messages import say

__all__ = ["Finding", "examine", "findings"]

_EXTENSIONS = {
    "@jupyter-widgets/jupyterlab-manager": "jupyterlab_widgets",
    "anywidget": "anywidget",
}


class Finding(NamedTuple):
    """One thing looked at: whether it is well, what it is, and how to mend it if not."""

    well: bool
    what: str
    how: str = ""


class _Needs(NamedTuple):
    """What the course needs: the oldest Python, and its packages with their oldest versions."""

    python: str
    packages: tuple[str, ...]


def _needs() -> _Needs:
    """Return what pyproject.toml asks for: the file of a checkout, or what was installed from it.

    Raises
    ------
    PackageNotFoundError
        If this is neither.
    """
    checkout = checkout_folder()
    if checkout:
        with (checkout / "pyproject.toml").open("rb") as file:
            project = tomllib.load(file)["project"]
        return _Needs(project["requires-python"], tuple(project["dependencies"]))
    about = metadata("mali-course")
    every = about.get_all("Requires-Dist") or ()
    return _Needs(
        about["Requires-Python"], tuple(entry for entry in every if "extra ==" not in entry)
    )


def _python() -> Iterator[Finding]:
    from packaging.specifiers import SpecifierSet

    shown = ".".join(map(str, sys.version_info[:3]))
    least = _needs().python
    if SpecifierSet(least).contains(shown, prereleases=True):
        yield Finding(True, say("cli.doctor.python", version=shown))
    else:
        old = say("cli.doctor.python_old", version=shown, least=least.lstrip(">= "))
        yield Finding(False, old, say("cli.doctor.python_how"))


def _packages() -> Iterator[Finding]:
    from packaging.requirements import Requirement

    try:
        version("mali-course")
    except PackageNotFoundError:  # a bare checkout
        how = say("cli.doctor.not_installed_how", python=sys.executable)
        yield Finding(False, say("cli.doctor.not_installed"), how)
    for requirement in map(Requirement, _needs().packages):
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


def _page() -> Iterator[Finding]:
    """Look for the course's own extension, without which all works, in a plainer look."""
    from jupyter_core.paths import jupyter_path

    if any((Path(folder) / "mali-course").is_dir() for folder in jupyter_path("labextensions")):
        yield Finding(True, say("cli.doctor.page"))
    else:
        how = say("cli.doctor.page_how", python=sys.executable)
        yield Finding(True, say("cli.doctor.page_missing", folder=sys.prefix), how)


def _kernel_faults(kernel: Kernel | None) -> Iterator[Finding]:
    """Yield what is wrong with the kernel that notebooks would start, and what cures it."""
    if kernel is not None and kernel.has_course():
        return
    if kernel is None:
        what = say("cli.doctor.kernel_missing")
    else:
        what = say("cli.doctor.kernel_other", python=kernel.python, folder=kernel.folder)
    ours = kernel is None or kernel.folder.is_relative_to(sys.prefix)
    if ours:
        how = say("cli.doctor.kernel_how", python=sys.executable)
    else:
        # Jupyter takes it before ours, so a second one beside it would not be seen.
        how = say("cli.doctor.kernel_rename", folder=kernel.folder if kernel else "")
    yield Finding(False, what, how)


def _kernel() -> Iterator[Finding]:
    started = list(_kernel_faults(notebook_kernel(OWN_KERNEL_FIRST)))
    elsewhere = list(_kernel_faults(notebook_kernel()))
    if started:
        yield from started
    elif elsewhere and "JUPYTERHUB_USER" in os.environ:
        yield from elsewhere  # there it is the Hub that opens the notebooks
    else:
        yield Finding(True, say("cli.doctor.kernel"))
        for _, what, how in elsewhere:
            # Not a fault of `mali-course start`, but of every other way to open them.
            yield Finding(True, say("cli.doctor.kernel_elsewhere", what=what), how)


def _content() -> Iterator[Finding]:
    from mali_course.core.content import notebooks_folder
    from mali_course.core.datasets import dataset_names, rows
    from mali_course.core.lessons import lessons
    from mali_course.core.report import sentences
    from mali_course.original.fingerprints import fingerprints
    from mali_course.questions.bank import items

    try:
        for name in dataset_names():
            rows(name)
        sentences()
        fingerprints()
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


def _report() -> Iterator[Finding]:
    """Tell whether somebody has brought the report: no fault where nobody has."""
    from mali_course.original.fingerprints import fingerprints
    from mali_course.original.kept import originals

    found, count = len(originals()), len(fingerprints())
    key = "report" if found else "report_none"
    yield Finding(True, say(f"cli.doctor.{key}", found=found, count=count))


def findings() -> Iterator[Finding]:
    """Yield what was looked at, one after the other.

    A part that cannot even be imported, that lacks a file of the course, or that asks for a home
    folder where there is none, is reported by the parts before it, and skipped.
    """
    looks = (
        _python, _packages, _home, _extensions, _page, _kernel, _content, _report, _progress
    )  # fmt: skip
    for look in looks:
        try:
            yield from look()
        except (ImportError, CourseError):
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
