"""What a learner does in JupyterLab, as methods: open, run, answer, read."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, sync_playwright

from mali_course.core.html import text_of
from mali_course.core.lessons import lessons
from mali_course.forms.responses import values_of
from mali_course.questions import bank
from mali_course.questions.item import Item

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_APPS = {"lab": ("jupyterlab", "LabApp"), "notebook": ("notebook", "JupyterNotebookApp")}
_PAGES = {"lab": "lab/tree", "notebook": "notebooks"}
_NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
_ALL_RUN = """() => window.jupyterapp.shell.currentWidget.content.widgets.every(
    (cell) => cell.model.type !== 'code' || cell.model.executionCount !== null)"""
# Every widget of the outputs has been drawn, and shows its first reply.
_ALL_DRAWN = """() => window.jupyterapp.shell.currentWidget.content.widgets.every((cell) => {
    if (cell.model.type !== 'code') return true;
    const forms = [...cell.node.querySelectorAll('form.mali-form')];
    const wanted = cell.model.outputs.toJSON().filter((output) =>
        Object.keys(output.data ?? {}).some((type) => type.includes('widget-view'))).length;
    return forms.length >= wanted && forms.every((form) => form.dataset.replies);
})"""
_IDLE = """() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status
               === 'idle'"""


NAMES = [one.notebook for one in lessons()]
# The mixed test has a lesson without items: it is looked at like every other, and its questions
# are answered in test_capstone.py.
WITH_ITEMS = [one.notebook for one in lessons() if bank.lesson_items(one.id)]
# Notebooks cost the most time. In every run, two are answered right and wrong (test_answering.py),
# and three looked at in all they show (test_every_notebook.py); at night each is both. Lesson 00
# has every kind of question.
ANSWERED = (WITH_ITEMS[0], WITH_ITEMS[5])
LOOKED_AT = NAMES[1::3]
# For tests in JupyterLab and Notebook 7: at night in both.
lab_in_every_run = pytest.mark.parametrize(
    "place", ["lab", pytest.param("notebook_app", marks=pytest.mark.nightly)], indirect=True
)


def nightly_but(names: Collection[str], often: Collection[str]) -> list[Any]:
    """Return notebooks as parameters of a test: some in every run, the others at night."""
    assert set(often) < set(names)
    return [
        name if name in often else pytest.param(name, marks=pytest.mark.nightly) for name in names
    ]


@contextmanager
def running_browser() -> Iterator[Browser]:
    """A Chromium of this machine, or the one that Playwright has installed."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    program = next((found for name in names if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        except Exception as problem:
            raise RuntimeError(
                "The browser tests need Chromium. Install it with your system's package manager, "
                f"or run: {sys.executable} -m playwright install chromium\n({problem})"
            ) from None
        yield opened
        opened.close()


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab."""

    address: str
    place: Path
    app: str = "lab"

    def page(self, name: str) -> str:
        """Return the address of a notebook's page."""
        return f"{self.address}/{_PAGES[self.app]}/{name}?reset"

    def call(self, path: str, method: str = "GET") -> Any:
        """Call the server's own interface."""
        request = urllib.request.Request(f"{self.address}/api/{path}", method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def share_extension(folder: Path) -> None:
    """Put the extension into a folder as the wheel would, from the files as they are now."""
    root = Path(__file__).resolve().parents[2]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    for source, target in shared.items():
        copy = folder / Path(target).relative_to("share/jupyter")
        copy.parent.mkdir(parents=True, exist_ok=True)
        if (root / source).is_dir():
            shutil.copytree(root / source, copy, dirs_exist_ok=True)
        else:
            shutil.copyfile(root / source, copy)


@contextmanager
def running_lab(place: Path, app: str = "lab") -> Iterator[Lab]:
    """A JupyterLab over ``place/notebooks``, with settings and progress of its own in `place`.

    With ``app="notebook"`` it is a Notebook 7.
    """
    settings = place / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    # Else a window about news lies over the page.
    (settings / "notification.jupyterlab-settings").write_text(
        '{"fetchNews": "false", "checkForUpdates": false}'
    )
    environment = {
        **os.environ,
        "JUPYTER_PATH": str(place / "share"),  # before all that is installed
        "JUPYTER_CONFIG_DIR": str(place / "config"),
        "JUPYTER_DATA_DIR": str(place / "data"),  # with its own list of trusted notebooks
        "JUPYTER_RUNTIME_DIR": str(place / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(place / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(place / "workspaces"),
        "MALI_COURSE_HOME": str(place / "home"),
        "MALI_COURSE_REPORT": str(place / "shared" / "report.json"),
    }
    port = _free_port()
    share_extension(place / "share")
    module, trait = _APPS[app]
    command = [sys.executable, "-m", module, "--no-browser", "--allow-root"]
    command += ["--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"]
    command += ["--IdentityProvider.token=", f"--ServerApp.root_dir={place / 'notebooks'}"]
    command += [f"--{trait}.expose_app_in_browser=True", "--ServerApp.disable_check_xsrf=True"]
    with (place / "log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(240):
                try:
                    urllib.request.urlopen(f"{address}/api/status", timeout=2)
                    break
                except OSError:
                    time.sleep(0.25)
            else:
                raise RuntimeError((place / "log").read_text())
            yield Lab(address, place, app)
        finally:
            server.terminate()
            server.wait(30)


def rows_of(item: Item, response: Any) -> list[str]:
    """The numbers of the rows of a question on an order, as a response puts them."""
    places = values_of(item, response)
    return sorted(places, key=lambda name: int(places[name][0]))


def row_names(form: Locator) -> list[str]:
    """The numbers of the rows as they stand on the page."""
    names: list[str] = form.locator(".mali-moving > li > [name]").evaluate_all(
        "fields => fields.map((f) => f.name)"
    )
    return names


class Notebook:
    """A notebook open in a page of its own, with a fresh kernel."""

    def __init__(
        self, lab: Lab, browser: Browser, name: str, *, width: int = 1280, height: int = 1000
    ) -> None:
        self.lab, self.name = lab, name
        if (_NOTEBOOKS / name).exists():
            shutil.copyfile(_NOTEBOOKS / name, self.path)
        for session in lab.call("sessions"):
            lab.call(f"sessions/{session['id']}", "DELETE")
        self._new_page(browser, {"width": width, "height": height})

    def _new_page(self, browser: Browser, size: Any) -> None:
        self.page = browser.new_page(viewport=size)
        self.problems: list[str] = []
        self.page.on(
            "console",
            lambda message: self.problems.append(message.text) if message.type == "error" else None,
        )
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.load()

    def load(self) -> None:
        """Open the page, or open it again."""
        self.page.goto(self.lab.page(self.name))
        self.page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=90_000)
        self.page.wait_for_function(_IDLE, timeout=90_000)

    def close(self) -> None:
        self.page.close()

    def theme(self, name: str) -> None:
        """Change the theme; JupyterLab keeps it for pages opened later."""
        self.command("apputils:change-theme", {"theme": name})
        self.page.wait_for_selector(f"body[data-jp-theme-name='{name}']", state="attached")

    def command(self, name: str, arguments: dict[str, Any] | None = None) -> None:
        """Run a command of JupyterLab and wait for its end."""
        self.page.evaluate(
            """async ([name, args]) => { await window.jupyterapp.commands.execute(name, args); }""",
            [name, arguments or {}],
        )

    @property
    def path(self) -> Path:
        """The file of the notebook."""
        return self.lab.place / "notebooks" / self.name

    def start(self) -> None:
        """Press the start button and wait until every cell has run."""
        self.page.locator(".mali-start").click()
        self.wait_until_live()

    def wait_until_live(self) -> None:
        """Wait until the lesson is ready, its forms are drawn and the file is written."""
        self.page.wait_for_selector(".mali-start[data-state=ready]", timeout=90_000)
        self.page.wait_for_function(_ALL_RUN, timeout=180_000)
        self.page.wait_for_function(_ALL_DRAWN, timeout=60_000)
        self.wait_until_saved()

    def wait_until_saved(self) -> None:
        """Wait until nothing is left to be written into the file."""
        self.page.wait_for_function(
            "() => !window.jupyterapp.shell.currentWidget.context.model.dirty", timeout=30_000
        )

    def end_kernel(self) -> None:
        """End the kernel, as a server does that is stopped overnight."""
        for session in self.lab.call("sessions"):
            self.lab.call(f"sessions/{session['id']}", "DELETE")

    def open_again(self) -> None:
        """Close the page and open the notebook in a new one."""
        browser = self.page.context.browser
        assert browser is not None
        size = self.page.viewport_size
        self.page.close()
        self._new_page(browser, size)

    def run_all(self) -> None:
        self.command("notebook:run-all-cells")
        self.page.wait_for_function(_IDLE, timeout=180_000)
        self.page.wait_for_function(_ALL_DRAWN, timeout=60_000)

    def form(self, item: Item) -> Locator:
        """The last form on the page for an item (a guess stands before it)."""
        chosen = f"form.mali-form:has(.mali-question[data-item='{item.id}'])"
        form = self.page.locator(chosen).last
        form.scroll_into_view_if_needed()
        return form

    def send(self, form: Locator, action: str = "check") -> str:
        """Press a button, wait for the reply, and return the text of the live region."""
        before = int(form.get_attribute("data-replies") or 0)
        form.locator(f"button[value='{action}']").click()
        return self.reply(form, before)

    def reply(self, form: Locator, before: int) -> str:
        """Wait for a newer reply and return the text of the live region."""
        handle = form.element_handle()
        self.page.wait_for_function(
            "([form, before]) => Number(form.dataset.replies) > before", arg=[handle, before]
        )
        # JupyterLab does not lay out what is far off screen, and then there is no inner text.
        return text_of(form.locator("[role=status]").inner_html())

    def fill(self, form: Locator, item: Item, response: Any) -> None:
        """Answer by mouse and by typing."""
        if form.locator(".mali-moving").count():
            self._move_by_mouse(form, rows_of(item, response))
            return
        for box in form.locator(".mali-question input[type=checkbox]").all():
            box.uncheck()
        for name, given in values_of(item, response).items():
            for value in given:
                control = form.locator(f"[name='{name}']")
                kind = control.first.evaluate("e => e.type")
                if kind in ("radio", "checkbox"):
                    form.locator(f"[name='{name}'][value='{value}']").check()
                elif kind == "select-one":
                    control.select_option(value)
                else:
                    control.fill(value)

    def _move_by_mouse(self, form: Locator, rows: list[str]) -> None:
        """Bring rows in an order; also one that stands already as wanted is moved, and back."""
        first = form.locator(".mali-moving > li").first
        first.locator("[data-move='1']").click()
        for place, name in enumerate(rows):
            row = form.locator(f".mali-moving > li:has([name='{name}'])")
            while row_names(form).index(name) > place:
                row.locator("[data-move='-1']").click()

    def _move_by_keyboard(self, form: Locator, rows: list[str]) -> None:
        """Bring rows in an order with Tab, arrows, Home and End."""
        press = self.page.keyboard.press
        inside = "() => document.activeElement.closest('.mali-moving > li')?.children[0].name"
        form.locator(".mali-moving [data-move]").first.focus()
        press("End")
        press("Home")
        for place, name in enumerate(rows):
            while self.page.evaluate(inside) != name:
                press("Tab")
            while row_names(form).index(name) > place:
                press("ArrowUp")
                assert self.page.evaluate(inside) == name, "the focus stays on what is moved"
        while self.page.evaluate(inside):
            press("Tab")

    def answer_by_keyboard(self, form: Locator, item: Item, response: Any) -> None:
        """Answer with Tab, arrows, Space and letters alone, from the form's first control on."""
        page = self.page
        press = page.keyboard.press
        if form.locator(".mali-moving").count():
            self._move_by_keyboard(form, rows_of(item, response))
            return
        values = values_of(item, response)
        names: list[str] = form.evaluate(
            "f => [...new Set([...f.querySelectorAll('.mali-question [name]')].map(e => e.name))]"
        )
        form.locator(".mali-question [name]").first.focus()
        for name in names:
            kind = page.evaluate("() => document.activeElement.type")
            assert page.evaluate("() => document.activeElement.name") == name
            if kind == "radio":
                options: list[str] = form.locator(f"[name='{name}']").evaluate_all(
                    "boxes => boxes.map(b => b.value)"
                )
                press("Space")
                for _ in range(
                    options.index(values[name][0])
                    - options.index(page.evaluate("() => document.activeElement.value"))
                ):
                    press("ArrowDown")
                press("Tab")
            elif kind == "checkbox":
                for box in form.locator(f"[name='{name}']").all():
                    wanted = box.get_attribute("value") in values[name]
                    if box.is_checked() != wanted:
                        press("Space")
                    press("Tab")
            elif kind == "select-one":
                count = form.locator(f"[name='{name}'] option").count()
                places: list[str] = form.locator(f"[name='{name}'] option").evaluate_all(
                    "options => options.map(o => o.value)"
                )
                for _ in range(count):
                    press("ArrowUp")
                for _ in range(places.index(values[name][0])):
                    press("ArrowDown")
                press("Tab")
            else:
                press("ControlOrMeta+a")
                page.keyboard.type(values[name][0])
                press("Tab")
        assert page.evaluate("() => document.activeElement.localName") == "button"

    def cell_ids(self) -> list[str]:
        """The ids of the cells, in order: what a stray key would change."""
        found: list[str] = self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.content.widgets.map((c) => c.model.id)"
        )
        return found

    def active_cell(self) -> str:
        """The id of the cell that keys go to."""
        found: str = self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.content.activeCell.model.id"
        )
        return found

    def run_cell(self, cell_id: str, source: str | None = None) -> str:
        """Run one cell, with a new source if given, and return the text of its output."""
        self.page.evaluate(
            """async ([id, source]) => {
                const content = window.jupyterapp.shell.currentWidget.content;
                content.activeCellIndex = content.widgets.findIndex((c) => c.model.id === id);
                content.deselectAll();
                if (source !== null) content.activeCell.model.sharedModel.setSource(source);
                await window.jupyterapp.commands.execute('notebook:run-cell');
            }""",
            [cell_id, source],
        )
        # What is a form is drawn a little later, with its first reply.
        self.page.wait_for_function(
            """(id) => {
                const cell = window.jupyterapp.shell.currentWidget.content.widgets
                    .find((c) => c.model.id === id);
                const forms = [...cell.node.querySelectorAll('form.mali-form')];
                const isWidget = (output) => Object.keys(output.data ?? {})
                    .some((type) => type.includes('widget-view'));
                const wanted = cell.model.outputs.toJSON().filter(isWidget).length;
                return forms.length >= wanted && forms.every((form) => form.dataset.replies);
            }""",
            arg=cell_id,
        )
        text: str = self.page.evaluate(
            """(id) => window.jupyterapp.shell.currentWidget.content.widgets
                .find((c) => c.model.id === id).node
                .querySelector('.jp-OutputArea')?.innerText ?? ''""",
            cell_id,
        )
        return text

    def source_ids(self, text: str) -> list[str]:
        """The ids of the code cells whose source holds a text."""
        found: list[str] = self.page.evaluate(
            """(text) => window.jupyterapp.shell.currentWidget.content.widgets
                .filter((c) => c.model.type === 'code')
                .filter((c) => c.model.sharedModel.getSource().includes(text))
                .map((c) => c.model.id)""",
            text,
        )
        return found


@contextmanager
def fresh_notebook(lab: Lab, browser: Browser, name: str) -> Iterator[Notebook]:
    """A notebook that was run from start to end by a learner who has not answered anything yet."""
    shutil.rmtree(lab.place / "home", ignore_errors=True)
    notebook = Notebook(lab, browser, name)
    notebook.run_all()
    yield notebook
    notebook.close()
