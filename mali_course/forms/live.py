"""LiveForm: a form in the page whose answers come from Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from threading import RLock
from time import time
from typing import Any
from uuid import uuid4

import anywidget
import traitlets

from mali_course.core.html import no_formulas
from mali_course.core.messages import LANGUAGE, say
from mali_course.forms.exchange import Reply, Respond, Submission, Values
from mali_course.forms.page import page_script, page_style

__all__ = ["LiveForm"]

_PATIENCE = 6_000  # milliseconds without a reply until the form says so
_MUCH_PATIENCE = 300_000  # where the answer may take long


def _texts_by_name(values: object) -> dict[str, list[str]]:
    """Return what the page sent as lists of texts, whatever it sent."""
    if not isinstance(values, Mapping):
        return {}
    return {
        str(name): [str(value) for value in (given if isinstance(given, list) else [given])]
        for name, given in values.items()
    }


class LiveForm(anywidget.AnyWidget):
    """A form in, HTML out.

    Parameters
    ----------
    body : str
        HTML of the controls, inside the form. The view stands below the reply, or in the element
        with the attribute ``data-view``, if the controls have one.
    respond : callable
        Takes a `Submission`, returns a `Reply`.
    saved : str
        HTML shown where there is no kernel: what a saved notebook holds until a reply brings
        another.
    plain : str
        The question as text.
    first : Reply, optional
        What is shown before anything is sent.
    draft : mapping, optional
        Values that the controls begin with.
    on_change : bool
        Send whenever a control changes, not only on submit.
    news : bool
        Whether what is shown first answers something, and so is announced.
    slow : mapping, optional
        Action to what is said while the answer to it is awaited, where that may take long.

    Examples
    --------
    >>> form = LiveForm("<button>Go</button>", lambda sent: Reply("<p>Here.</p>"), "<p>…</p>", "…")
    >>> form.send_values({}, action="go").status
    '<p>Here.</p>'
    """

    _esm = page_script()
    _css = page_style()

    body = traitlets.Unicode().tag(sync=True)
    lang = traitlets.Unicode(LANGUAGE).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    on_change = traitlets.Bool(False).tag(sync=True)
    draft = traitlets.Any({}).tag(sync=True)
    # Python need not tell the page what the page has just sent: an echo would wait in the line
    # before the reply.
    submission = traitlets.Any({}).tag(sync=True, echo_update=False)
    reply = traitlets.Dict({}).tag(sync=True)
    # For whoever stores the notebook: what to keep in place of the form, and of which form.
    saved = traitlets.Unicode().tag(sync=True)
    form_id = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        body: str,
        respond: Respond,
        saved: str,
        plain: str,
        *,
        first: Reply | None = None,
        draft: Values | None = None,
        on_change: bool = False,
        news: bool = False,
        slow: Mapping[str, str] | None = None,
    ) -> None:
        self._respond = respond
        self._first_saved, self._text = no_formulas(saved), plain
        self._replies = 0
        # JupyterLab lets a form answer in a thread of its own: both that and a cell may show
        # something in the same form.
        self._showing = RLock()
        self._replacing = False
        names = ("waiting", "no_file", "lost", "reload", "earlier", "not_here", "no_more")
        words = {name: say(f"interface.page.{name}") for name in names}
        form_id = uuid4().hex
        super().__init__(
            model_id=form_id,
            form_id=form_id,
            # A form that answers each change would send its picture twice each time.
            saved="" if on_change else self._first_saved,
            body=body,
            words={
                **words,
                "patience": _PATIENCE,
                "slow": dict(slow or {}),
                "much_patience": _MUCH_PATIENCE,
            },
            draft=dict(draft or {}),
            on_change=on_change,
            reply=self._reply_content(first or Reply(), to=-1 if news else 0),
        )
        self.observe(self._on_submission, "submission")
        self.observe(self._on_draft, "draft")

    def _reply_content(self, reply: Reply, to: float) -> dict[str, Any]:
        self._replies += 1
        self._shown = reply
        content: dict[str, Any] = {
            "n": self._replies,
            "to": to,
            "status": reply.status,
            "view": reply.view,
            "state": reply.state,
            "picture": reply.picture,
        }
        if reply.values is not None:
            content |= {"marks": dict(reply.marks), "values": dict(reply.values)}
        if reply.parts:
            content |= {"parts": dict(reply.parts), "chosen": dict(reply.chosen)}
        if reply.originals is not None:
            # Forms of several kernels share a page, and each repeats its last reply when it is
            # drawn anew: the page keeps what is newest.
            content |= {"originals": dict(reply.originals), "at": time()}
        if reply.told:
            content["told"] = dict(reply.told)
        if reply.file:
            content["file"] = dict(reply.file)
        return content

    def _keep(self, saved: str | None) -> None:
        if saved is not None:
            self.saved = no_formulas(saved)

    def show(self, reply: Reply, to: float = 0) -> None:
        """Show a reply in every view of the form."""
        # In one message, so that no page shows new feedback beside old controls.
        with self._showing, self.hold_sync():
            if reply.body is not None:
                self._replacing = True
                self.draft = {}  # what was chosen belongs to the controls that go
                self._replacing = False
                self.body = reply.body
            self._keep(reply.saved)
            self.reply = self._reply_content(reply, to)

    def send_values(self, values: Values, action: str = "") -> Reply:
        """Send values as the page would, and return the reply that the page then shows."""
        number = self.submission.get("n", 0) + 1 if isinstance(self.submission, dict) else 1
        self.submission = {"n": number, "action": action, "values": dict(values)}
        return replace(self._shown, body=self.body, saved=self.saved)

    def _on_submission(self, change: Mapping[str, Any]) -> None:
        sent = change["new"] if isinstance(change["new"], Mapping) else {}
        values, body = _texts_by_name(sent.get("values")), self.body
        answer = self._respond(Submission(str(sent.get("action", "")), values))
        self.show(answer, to=sent.get("n", 0))
        if 'type="file"' in self.body or 'type="file"' in body:
            self._forget_file(sent)

    def _forget_file(self, sent: Mapping[str, Any]) -> None:
        """Take a file out of the state of the widget, which a notebook may keep."""
        self.unobserve(self._on_submission, "submission")
        self.submission = {name: value for name, value in sent.items() if name != "values"}
        self.observe(self._on_submission, "submission")

    def _on_draft(self, change: Mapping[str, Any]) -> None:
        if self._replacing:
            return
        # What is being written is kept too; there is nothing to show.
        self._keep(self._respond(Submission("draft", _texts_by_name(change["new"]))).saved)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        saved = self.saved or self._first_saved
        mine = {**metadata, "mali_course": {"form": self.form_id}}
        return {**data, "text/plain": self._text, "text/html": saved}, mine
