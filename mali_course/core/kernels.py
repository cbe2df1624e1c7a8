"""Which Python the notebooks start, as Jupyter itself finds it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

__all__ = ["OWN_KERNEL_FIRST", "Kernel", "notebook_kernel", "with_variables"]

# Jupyter takes a learner's own kernel called python3 before that of the course's Python where
# the learner does not own the latter, as on a server. This turns it round.
OWN_KERNEL_FIRST = {"JUPYTER_PREFER_ENV_PATH": "1"}

_NAME = "python3"  # stands in each notebook


@dataclass(frozen=True)
class Kernel:
    """What starts when a notebook is opened.

    Parameters
    ----------
    folder : pathlib.Path
        Where Jupyter found it.
    command : tuple of str
    environment : mapping
        Variables that the command gets beside those of Jupyter.
    """

    folder: Path
    command: tuple[str, ...]
    environment: Mapping[str, str]

    @property
    def python(self) -> str:
        """The program that runs the notebooks."""
        return self.command[0] if self.command else ""

    def has_course(self) -> bool:
        """Whether its Python finds the course and can run a notebook: it is tried."""
        if "-m" not in self.command:
            return False
        options = self.command[: self.command.index("-m")]
        try:
            done = subprocess.run(
                [*options, "-c", "import ipykernel, mali_course"],
                env={**os.environ, **self.environment},
                cwd=tempfile.gettempdir(),  # a checkout in the present folder does not count
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=60,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return done.returncode == 0


@contextmanager
def with_variables(more: Mapping[str, str]) -> Iterator[None]:
    """Set variables of this process for a while, for Jupyter and what it starts.

    Examples
    --------
    >>> with with_variables({"MALI_COURSE_EXAMPLE": "1"}):
    ...     os.environ["MALI_COURSE_EXAMPLE"]
    '1'
    """
    before = {name: os.environ.get(name) for name in more}
    os.environ.update(more)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def notebook_kernel(more: Mapping[str, str] | None = None) -> Kernel | None:
    """Return the kernel that Jupyter starts for a notebook of the course, if there is one.

    Parameters
    ----------
    more : mapping, optional
        Variables that Jupyter gets beside those of this process.

    Examples
    --------
    >>> found = notebook_kernel(OWN_KERNEL_FIRST)
    >>> found is None or "ipykernel_launcher" in found.command
    True
    """
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
    from jupyter_client.manager import KernelManager

    with with_variables(more or {}):
        try:
            spec = KernelSpecManager().get_kernel_spec(_NAME)
            manager = KernelManager(kernel_name=_NAME)
            # A bare "python" in a kernel spec means the Python that Jupyter itself runs on.
            command = manager.format_kernel_cmd()
        except (NoSuchKernel, OSError, ValueError):
            return None
    return Kernel(Path(spec.resource_dir), tuple(command), dict(spec.env))
