"""One learner of a class on a Hub: what the page would send, sent through the Hub's proxy."""

from __future__ import annotations

import asyncio
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse
from tornado.websocket import WebSocketClientConnection, websocket_connect

from mali_course.forms.responses import values_of
from mali_course.questions.bank import find
from mali_course.questions.item import Item
from mali_course.questions.kinds.code import Code
from mali_course.questions.kinds.open import Open

# What learners get wrong is what the tests get wrong.
sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))
from wrong_responses import mistakes

__all__ = ["Learner"]

_PROTOCOL = "v1.kernel.websocket.jupyter.org"  # what JupyterLab speaks
_WIDGET = "application/vnd.jupyter.widget-view+json"
_PATIENCE = 300  # seconds until a message without reply counts as an error
_CALL = re.compile(r'^mali\.(ask|guess|check|explore|progress)\(\s*"([\w-]+)"', re.MULTILINE)


@dataclass
class _Sent:
    """A message under way."""

    done: asyncio.Event = field(default_factory=asyncio.Event)
    widgets: list[str] = field(default_factory=list)
    idle: bool = False
    replied: bool = False


class _Kernel:
    """A kernel at the other end of a websocket."""

    def __init__(self, connection: WebSocketClientConnection, errors: list[str]) -> None:
        self._connection, self._errors = connection, errors
        self._session = uuid4().hex
        self._sent: dict[str, _Sent] = {}
        self.forms: dict[str, dict[str, Any]] = {}  # the state of each widget
        self.replied: dict[Any, asyncio.Future[float]] = {}
        self._subshell: str | None = None
        self._reading = asyncio.create_task(self._read())

    async def close(self) -> None:
        self._reading.cancel()
        self._connection.close()

    async def _read(self) -> None:
        while (message := await self._connection.read_message()) is not None:
            assert isinstance(message, bytes)
            channel, parts = deserialize_msg_from_ws_v1(message)
            header, parent, _, content = (json.loads(part) for part in parts[:4])
            self._take(channel, header["msg_type"], parent.get("msg_id", ""), content)
        self._errors.append("The connection to the kernel was closed.")
        for sent in self._sent.values():
            sent.done.set()

    def _take(self, channel: str, kind: str, parent: str, content: dict[str, Any]) -> None:
        sent = self._sent.get(parent)
        if kind == "comm_open":
            self.forms[content["comm_id"]] = content["data"].get("state", {})
        elif kind == "comm_msg" and content["data"].get("method") == "update":
            state = content["data"]["state"]
            self.forms.setdefault(content["comm_id"], {}).update(state)
            waiting = self.replied.pop(state.get("reply", {}).get("to"), None)
            if waiting and not waiting.done():
                waiting.set_result(time.perf_counter())
        elif kind == "error" or content.get("status") == "error":
            self._errors.append(f"{kind}: {content.get('ename')}: {content.get('evalue')}")
        elif kind == "stream" and content["name"] == "stderr":
            self._errors.append(f"stderr: {content['text'].strip()[:200]}")
        elif sent and kind in ("execute_result", "display_data") and _WIDGET in content["data"]:
            sent.widgets.append(content["data"][_WIDGET]["model_id"])
        if sent is None:
            return
        sent.idle = sent.idle or (kind == "status" and content["execution_state"] == "idle")
        if channel in ("shell", "control") and kind.endswith("_reply"):
            sent.replied = True
            if kind == "create_subshell_reply":
                self._subshell = content.get("subshell_id")
        if sent.idle and sent.replied:
            sent.done.set()

    async def send(
        self, kind: str, content: Mapping[str, Any], channel: str = "shell", *, reply: bool = True
    ) -> _Sent:
        """Send a message, and wait until the kernel has done with it."""
        name = uuid4().hex
        header = {
            "msg_id": name, "session": self._session, "username": "", "msg_type": kind,
            "version": "5.3", "date": datetime.now(UTC).isoformat(),
        }
        if kind == "comm_msg" and self._subshell:
            header["subshell_id"] = self._subshell
        sent = self._sent[name] = _Sent(replied=not reply)
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        data = serialize_msg_to_ws_v1(message, channel, lambda part: json.dumps(part).encode())
        await self._connection.write_message(data, binary=True)
        try:
            await asyncio.wait_for(sent.done.wait(), _PATIENCE)
        finally:
            del self._sent[name]
        return sent

    async def run(self, code: str) -> list[str]:
        """Run a cell, and return the models of the widgets that it shows."""
        content = {
            "code": code, "silent": False, "store_history": True, "user_expressions": {},
            "allow_stdin": False, "stop_on_error": True,
        }
        return (await self.send("execute_request", content)).widgets

    async def subshell(self) -> None:
        """Let widgets talk beside running cells, as JupyterLab does where the kernel can."""
        await self.send("create_subshell_request", {}, "control")

    async def update(self, model: str, state: Mapping[str, Any]) -> None:
        """Change the state of a widget, as its page does."""
        data = {"method": "update", "state": state, "buffer_paths": []}
        await self.send("comm_msg", {"comm_id": model, "data": data}, reply=False)


class Learner:
    """A learner with a server of their own.

    Parameters
    ----------
    name : str
    address, token : str
        Of the Hub.
    number : int
        Where it is even, the items with even numbers are answered wrong first; else the others.
    """

    def __init__(self, name: str, address: str, token: str, number: int) -> None:
        self.name, self._number = name, number
        self._address, self._token = address, token
        self._random = random.Random(number)  # so that every run has the same pauses
        self._session = ""
        self._kernel: _Kernel | None = None
        self._shown: list[tuple[str, str, str]] = []  # call, its item, the model that it showed
        self.errors: list[str] = []
        self.again = 0  # requests that the Hub asked to send later
        self.sent: Counter[str] = Counter()
        self.misjudged: list[str] = []
        self.latency: list[float] = []
        self.redrawn: list[float] = []
        self.progress_file = ""

    # --- The Hub and the learner's server ---------------------------------------------------

    async def _fetch(self, method: str, path: str, content: Any = None) -> HTTPResponse:
        """Send a request; where the Hub or the proxy says "later", send it again later."""
        body = json.dumps(content) if content is not None else None
        request = HTTPRequest(
            self._address + path, method=method, body=body, request_timeout=_PATIENCE,
            connect_timeout=_PATIENCE, allow_nonstandard_methods=True, follow_redirects=True,
            headers={"Authorization": f"token {self._token}"},
        )
        deadline = time.monotonic() + 2 * _PATIENCE
        while True:
            response = await AsyncHTTPClient().fetch(request, raise_error=False)
            if response.code < 400:
                return response
            if response.code not in (429, 502, 503, 504) or time.monotonic() > deadline:
                raise OSError(f"{method} {path}: HTTP {response.code} {response.reason}")
            self.again += 1
            wait = float(response.headers.get("Retry-After", 2))
            await asyncio.sleep(wait * self._random.uniform(0.5, 1.0))

    async def start_server(self) -> None:
        """Ask for the server, and wait until it is ready."""
        user = f"/hub/api/users/{self.name}"
        await self._fetch("POST", user)
        await self._fetch("POST", f"{user}/server")
        deadline = time.monotonic() + 2 * _PATIENCE
        while time.monotonic() < deadline:
            servers = json.loads((await self._fetch("GET", user)).body)["servers"]
            if servers.get("", {}).get("ready"):
                return
            if not servers:
                raise OSError("The server did not start.")
            await asyncio.sleep(1)
        raise OSError("The server was not ready in time.")

    async def open_kernel(self, notebook: str) -> None:
        """Open the page and the notebook, start its kernel and connect to it."""
        place = f"/user/{self.name}"
        await self._fetch("GET", f"{place}/lab/tree/{notebook}")
        await self._fetch("GET", f"{place}/api/contents/{notebook}")
        started = await self._fetch("POST", f"{place}/api/sessions", {
            "path": notebook, "name": notebook, "type": "notebook",
            "kernel": {"name": "python3"},
        })
        session = json.loads(started.body)
        self._session, kernel = session["id"], session["kernel"]["id"]
        address = self._address.replace("http", "ws", 1)
        connection = await websocket_connect(
            HTTPRequest(
                f"{address}{place}/api/kernels/{quote(kernel)}/channels?session_id={uuid4().hex}",
                headers={"Authorization": f"token {self._token}"}, connect_timeout=_PATIENCE,
                request_timeout=_PATIENCE,
            ),
            subprotocols=[_PROTOCOL], max_message_size=2**28,
        )
        self._kernel = _Kernel(connection, self.errors)
        await self._kernel.send("kernel_info_request", {})

    async def leave(self) -> None:
        """Close the page; the kernel goes on."""
        if self._kernel:
            await self._kernel.close()
            self._kernel = None

    async def close_kernel(self) -> None:
        """Leave the notebook, and end its kernel."""
        if self._kernel:
            await self.leave()
            await self._fetch("DELETE", f"/user/{self.name}/api/sessions/{self._session}")

    async def run(self, cells: list[str]) -> None:
        """Run cells in order, as Run All does."""
        assert self._kernel
        self._shown = []
        for source in cells:
            models = await self._kernel.run(source)
            call = _CALL.search(source)
            if call:
                self._shown.append((call[1], call[2], models[-1] if models else source))

    # --- The answers --------------------------------------------------------------------------

    async def answer_all(self, think: float) -> None:
        """Answer each item of the cells that were run, and use each explorer twice."""
        assert self._kernel
        await self._kernel.subshell()
        for call, target, model in self._shown:
            if call == "explore":
                await self._explore(model, think)
            elif call == "progress":
                continue
            elif call == "check":
                await self._compute(find(target), model, think)
            elif self.has_form(target):
                await self._fill(find(target), model, think, guess=call == "guess")

    @staticmethod
    def has_form(item_id: str) -> bool:
        """Whether an item is answered in a form; one with code is answered in a cell."""
        return not isinstance(find(item_id), Code)

    def _wrong_first(self, item: Item) -> bool:
        return (int(item.id[-2:]) + self._number) % 2 == 0

    async def _think(self, think: float) -> None:
        await asyncio.sleep(think * self._random.uniform(0.5, 1.5))

    async def _submit(
        self, model: str, action: str, values: Mapping[str, list[str]]
    ) -> tuple[float, dict[str, Any]]:
        """Press a button of a form; returns the seconds until its reply, and the reply."""
        assert self._kernel
        number = self._random.random() + time.time() * 1000  # as live.js makes it
        reply = self._kernel.replied[number] = asyncio.get_running_loop().create_future()
        begin = time.perf_counter()
        submission = {"n": number, "action": action, "values": values}
        sending = asyncio.create_task(self._kernel.update(model, {"submission": submission}))
        seconds = await asyncio.wait_for(reply, _PATIENCE) - begin
        await sending
        return seconds, self._kernel.forms[model]["reply"]

    async def _press(
        self, item: Item, model: str, action: str, response: Any, think: float, expected: set[str]
    ) -> None:
        assert self._kernel
        values = values_of(item, response)
        await self._think(think)
        # The page tells what is chosen before the button is pressed.
        await self._kernel.update(model, {"draft": values})
        if isinstance(item, Open):
            self.sent[f"{item.id} draft"] += 1
        seconds, reply = await self._submit(model, action, values)
        self.latency.append(seconds)
        what = "guess" if action == "keep" else f"answer {reply['state']}"
        self.sent[f"{item.id} {what}"] += 1
        if reply["state"] not in expected or not reply["status"]:
            self.misjudged.append(f"{item.id}: {action} {response!r} was called {reply['state']}")

    async def _fill(self, item: Item, model: str, think: float, *, guess: bool) -> None:
        key = item.key_response()
        if guess:
            await self._press(item, model, "keep", key, think, {"kept"})
        elif isinstance(item, Open):
            text = {"text": f"{key['text']} ({self.name})"}
            await self._press(item, model, "check", text, think, {"kept"})
            await self._press(item, model, "judge", {**text, "met": key["met"]}, think, {"judged"})
        else:
            if self._wrong_first(item):
                wrong = self._random.choice(mistakes(item)).response
                await self._press(item, model, "check", wrong, think, {"wrong", "partly"})
            await self._press(item, model, "check", key, think, {"right"})

    async def _compute(self, item: Item, source: str, think: float) -> None:
        assert self._kernel
        assert isinstance(item, Code)
        *lines, last = item.solution.splitlines()
        cells = ["\n".join([*lines, f"mali.check({item.id!r}, {last})"])]
        states = ["right"]
        if self._wrong_first(item):
            wrong = self._random.choice(mistakes(item)).response
            cells.insert(0, f"mali.check({item.id!r}, {wrong!r})")
            states.insert(0, "wrong")
        for cell, state in zip(cells, states, strict=True):
            await self._think(think)
            begin = time.perf_counter()
            await self._kernel.run(cell)
            self.latency.append(time.perf_counter() - begin)
            self.sent[f"{item.id} answer {state}"] += 1

    async def _explore(self, model: str, think: float) -> None:
        assert self._kernel
        body = self._kernel.forms[model]["body"]
        now, other = {}, {}
        for name, options in re.findall(r'<select name="([^"]+)">(.*?)</select>', body, re.S):
            for value, chosen in re.findall(r'<option value="([^"]*)"( selected)?>', options):
                (now if chosen else other)[name] = [unescape(value)]
        for values in (other, now):
            await self._think(think)
            before = self._kernel.forms[model]["reply"]["view"]
            seconds, reply = await self._submit(model, "change", values)
            self.redrawn.append(seconds)
            if reply["view"] == before:
                self.misjudged.append(f"The explorer showed the same for {values}.")

    async def hand_in(self, notebook: str) -> None:
        """Press Download in the last form, and save the notebook, as JupyterLab does."""
        assert self._kernel
        model = next(model for call, _, model in self._shown if call == "progress")
        _, reply = await self._submit(model, "download", {"learner": [self.name]})
        self.progress_file = reply["file"]["text"]
        place = f"/user/{self.name}/api/contents/{notebook}"
        content = json.loads((await self._fetch("GET", place)).body)
        await self._fetch("PUT", place, {
            "type": "notebook", "format": "json", "content": content["content"],
        })
