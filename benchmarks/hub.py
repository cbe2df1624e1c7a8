"""A real JupyterHub with its proxy in a temporary folder: start, measure its processes, stop."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
from tornado.httpclient import AsyncHTTPClient, HTTPRequest

__all__ = ["Hub", "Use", "missing"]

_GUIDE = Path(__file__).resolve().parents[1] / "docs" / "workshop.md"
_SECTION = "## A class at once on one server"

# What differs from a real server: everybody may come in, and all folders and ports are ours.
_TEST = """
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r} + "/{{username}}"
c.JupyterHub.bind_url = "http://127.0.0.1:{ports[0]}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{ports[1]}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{ports[2]}"
c.ConfigurableHTTPProxy.command = {proxy!r}
c.JupyterHub.services = [{{"name": "class", "api_token": {token!r}}}]
c.JupyterHub.load_roles = [{{
    "name": "class", "services": ["class"],
    "scopes": ["admin:users", "admin:servers", "access:servers"],
}}]
c.Spawner.ip = "127.0.0.1"
c.Spawner.environment = {{**c.Spawner.environment, "TMPDIR": {place!r}}}
c.Spawner.args = [*c.Spawner.args, *{args!r}]
"""


def _proxy() -> str | None:
    """Return the proxy on the path, or the one that npm put into this folder."""
    local = Path("node_modules") / ".bin" / "configurable-http-proxy"
    return shutil.which("configurable-http-proxy") or (
        str(local.resolve()) if local.exists() else None
    )


def missing() -> str:
    """Return a sentence that says what this machine lacks for a Hub, or nothing."""
    if not Path("/proc/self/smaps_rollup").exists():
        return "The memory of processes is read as Linux shows it, so this benchmark needs Linux."
    if importlib.util.find_spec("jupyterhub") is None:
        return (
            f"JupyterHub is not installed for this Python. Run: "
            f"{sys.executable} -m pip install jupyterhub"
        )
    if not (Path(sys.executable).parent / "mali-course").exists():
        return (
            "The course is not installed for this Python. In the folder of its README, run: "
            f"{sys.executable} -m pip install ."
        )
    if shutil.which("node") is None:
        return "The proxy of JupyterHub needs Node.js, which is not on the path. Install it first."
    if _proxy() is None:
        return (
            "The proxy of JupyterHub is not installed. Run in this folder: "
            "npm install configurable-http-proxy"
        )
    return ""


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def excerpt() -> str:
    """Return the configuration that the workshop guide shows: what is advised is what is run."""
    section = _GUIDE.read_text(encoding="utf-8").split(f"\n{_SECTION}\n")[1].split("\n## ")[0]
    found = re.search(r"^```python\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    assert found, f"{_GUIDE} shows no configuration under {_SECTION!r}"
    return found[1]


@dataclass(frozen=True)
class Use:
    """What the processes of the Hub use, by kind: hub, proxy, server, kernel.

    Parameters
    ----------
    count : mapping
        Processes.
    memory : mapping
        Proportional set size in MiB, of all processes of the kind together.
    """

    count: Counter[str]
    memory: Counter[str]

    def each(self, kind: str) -> float:
        """Return the memory of one process of a kind."""
        return self.memory[kind] / max(self.count[kind], 1)


class Hub:
    """A JupyterHub that runs inside ``async with``; nothing of it is left afterwards.

    Parameters
    ----------
    place : pathlib.Path
        A temporary folder.
    """

    def __init__(self, place: Path) -> None:
        self.place, self.homes = place, place / "h"
        self.token = os.urandom(16).hex()
        self.log = place / "hub.log"
        self.left = 0  # processes that had to be ended by force
        self._process: subprocess.Popen[bytes] | None = None

    async def __aenter__(self) -> Hub:
        # Orphans of the Hub become children of this process, so that none can be overlooked.
        ctypes.CDLL(None).prctl(36, 1)
        self.homes.mkdir()
        ports = _free_ports(3)
        self.address = f"http://127.0.0.1:{ports[0]}"
        config = self.place / "jupyterhub_config.py"
        config.write_text(excerpt() + _TEST.format(
            homes=str(self.homes), place=str(self.place), ports=ports, proxy=[_proxy()],
            token=self.token,
            args=["--allow-root"] if os.geteuid() == 0 else [],
        ))
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "jupyterhub", "-f", str(config)],
                cwd=self.place, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                env={**os.environ, "PATH": path}, start_new_session=True,
            )
        try:
            await self._ready()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def _ready(self) -> None:
        assert self._process
        for _ in range(240):
            if self._process.poll() is not None:
                break
            request = HTTPRequest(f"{self.address}/hub/health", request_timeout=5)
            # The proxy answers 404 before the Hub has told it where it is.
            with contextlib.suppress(OSError):
                if (await AsyncHTTPClient().fetch(request, raise_error=False)).code == 200:
                    return
            await asyncio.sleep(0.25)
        tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
        raise SystemExit(f"JupyterHub did not start. The end of its log:\n{tail}")

    async def __aexit__(self, *_: object) -> None:
        assert self._process
        self._process.terminate()
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            if self._process.poll() is not None and not self._reaped():
                return
            await asyncio.sleep(0.2)
        for process in self._reaped():
            with contextlib.suppress(psutil.Error):
                process.kill()
                self.left += 1
        self._process.wait(10)
        self._reaped()

    def complaints(self) -> list[str]:
        """Return what the log of the Hub, its servers and kernels says of errors."""
        lines = self.log.read_text(errors="replace").splitlines()
        named = [re.search(r"\b\w*(?:Error|Exception): .*|\[[EC] .*", line) for line in lines]
        # Without times and names, so that the same complaint of two servers is one.
        return [re.sub(r"\d{4}-\d\d-\d\d [\d:.]+|[0-9a-f]{8}-[0-9a-f-]{27}", "…", found[0])[:200]
                for found in named if found]

    @staticmethod
    def _reaped() -> list[psutil.Process]:
        """Return what still runs below this process, after taking note of what has ended."""
        below = []
        for process in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                if process.status() == psutil.STATUS_ZOMBIE:
                    with contextlib.suppress(ChildProcessError):
                        os.waitpid(process.pid, os.WNOHANG)
                else:
                    below.append(process)
        return below

    def _processes(self) -> Iterator[tuple[str, psutil.Process]]:
        assert self._process
        hub = psutil.Process(self._process.pid)
        yield "hub", hub
        for process in hub.children(recursive=True):
            with contextlib.suppress(psutil.Error):
                command = " ".join(process.cmdline())
                kind = (
                    "proxy" if "configurable-http-proxy" in command
                    else "kernel" if "ipykernel" in command
                    else "server" if "singleuser" in command
                    else "other"
                )
                yield kind, process

    def use(self) -> Use:
        """Return the memory of all processes, by kind."""
        count: Counter[str] = Counter()
        memory: Counter[str] = Counter()
        for kind, process in self._processes():
            with contextlib.suppress(psutil.Error):
                memory[kind] += process.memory_full_info().pss / 2**20
                count[kind] += 1
        return Use(count, memory)

    def seconds(self) -> float:
        """Return the seconds of processor that all processes have used, ended ones included."""
        total = 0.0
        for _, process in self._processes():
            with contextlib.suppress(psutil.Error):
                times = process.cpu_times()
                total += times.user + times.system + times.children_user + times.children_system
        return total
