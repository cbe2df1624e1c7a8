"""Where a learner stands with each item, folded from the log.

What a learner is told of a question is its `sign`:

* *open*: not tried yet;
* *tried*: tried, and not right so far. Three wrong tries tell the answer, and the question stays
  so until it is answered right;
* *first*: right at the very first try;
* *later*: right at a later try;
* *seen*: the learner asked for the answer before it was right;
* *written*: a text of their own is saved, with the model answer beside it.

All but *open* and *tried* count as answered. Scores and first tries are those before any answer
was shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from mali_course.questions.feedback import LAST_TRY
from mali_course.record.log import Event

__all__ = ["SIGNS", "UNANSWERED", "ItemState", "Sign", "item_states", "items_behind"]

Standing = Literal["new", "tried", "shown", "done"]
Sign = Literal["first", "later", "written", "seen", "tried", "open"]
SIGNS: tuple[Sign, ...] = ("first", "later", "written", "seen", "tried", "open")
UNANSWERED: frozenset[Sign] = frozenset({"tried", "open"})


@dataclass(frozen=True)
class ItemState:
    """Where a learner stands with one item.

    Parameters
    ----------
    standing : str
        "new", "tried", "shown" (asked for the answer before it was right) or "done" (right, or a
        text of their own).
    tries : int
        Tries in the present round, which ends when the answer is right or shown.
    first_try : mapping or None
        The answer that was the first try, if it was given before the answer was shown. A text
        that was kept and not yet judged is no try.
    score : float
        The best score, before any answer was shown.
    response : Any
        The last response, or None.
    guess : Any
        The guess before reading, or None.
    draft : Any
        Values typed since the last response, or None.
    told : bool
        Whether the answer has been shown, at the learner's wish or after three wrong tries.
    written : bool
        Whether it is done by a text that nobody but the learner judges.
    last : str
        Time of the last answer in a lesson, and not in a mixed test, or "".
    """

    standing: Standing = "new"
    tries: int = 0
    first_try: Event | None = None
    score: float = 0.0
    response: Any = None
    guess: Any = None
    draft: Any = None
    told: bool = False
    written: bool = False
    last: str = ""

    @property
    def first(self) -> bool:
        """Whether the very first try was right."""
        return self.first_try is not None and self.first_try.get("state") == "right"

    @property
    def sign(self) -> Sign:
        """What the learner is told of it.

        Examples
        --------
        >>> ItemState().sign
        'open'
        """
        if self.standing == "done":
            return "written" if self.written else "first" if self.first else "later"
        if self.standing == "shown":
            return "seen"
        return "tried" if self.standing == "tried" else "open"

    @property
    def answered(self) -> bool:
        """Whether it counts as answered.

        Examples
        --------
        >>> ItemState("tried").answered, ItemState("shown").answered
        (False, True)
        """
        return self.sign not in UNANSWERED


def _is_wish(event: Event, tries: int) -> bool:
    """Whether the learner asked for the answer, and it was not told after the last try.

    Older logs do not say so. There the third wrong try was followed by "shown" at once.
    """
    asked = event.get("asked")
    return asked if isinstance(asked, bool) else tries < LAST_TRY


_State = dict[str, Any]  # the fields of an `ItemState`, changed in place: a class has millions


def _count_answer(state: _State, event: Event, outcome: str) -> None:
    """Note first try and score, which count as long as no answer was shown."""
    if state["told"]:
        return
    if state["first_try"] is None and outcome != "kept":
        state["first_try"] = event
    score = event.get("score", 0)
    if score > state["score"]:
        state["score"] = min(1.0, float(score))


def _answered(state: _State, event: Event) -> None:
    outcome = event.get("state", "")
    state["response"], state["draft"] = event.get("response"), None
    if "test" not in event:
        state["last"] = event.get("time", "")
    _count_answer(state, event, outcome)
    if outcome == "right":
        state["tries"] = 0
        if state["standing"] != "shown":
            state["standing"] = "done"
    elif outcome in ("kept", "judged"):
        # The text stands beside the model answer, whether its criteria are ticked or not.
        if state["standing"] != "done":
            state["standing"], state["written"] = "done", True
        if outcome == "judged":
            state["tries"] = 0
    else:
        state["tries"] += 1
        if state["standing"] == "new":
            state["standing"] = "tried"


def _guessed(state: _State, event: Event) -> None:
    state["guess"] = event.get("response")


def _drafted(state: _State, event: Event) -> None:
    state["draft"] = event.get("response")


def _told(state: _State, event: Event) -> None:
    if state["standing"] != "done" and _is_wish(event, state["tries"]):
        state["standing"] = "shown"
    state["tries"], state["told"] = 0, True


_STEPS = {"answer": _answered, "guess": _guessed, "draft": _drafted, "shown": _told}
_NEW: _State = dict(ItemState().__dict__)


def item_states(events: Iterable[Event]) -> dict[str, ItemState]:
    """Fold events, in order of time, to the state of each item that they name.

    Examples
    --------
    >>> event = {"item": "01-31", "event": "answer", "state": "right", "score": 1.0}
    >>> item_states([event])["01-31"].first
    True
    """
    states: dict[str, _State] = {}
    for event in events:
        name = event["item"]
        if name not in states:
            states[name] = _NEW.copy()
        step = _STEPS.get(event["event"])
        if step:
            step(states[name], event)
    return {name: ItemState(**state) for name, state in states.items()}


def items_behind(events: Iterable[Event]) -> frozenset[str]:
    """Return the ids of the items that were answered right, or whose answer was told.

    Nothing about these need be kept back in a digest.

    Examples
    --------
    >>> sorted(items_behind([{"item": "01-31", "event": "shown"}]))
    ['01-31']
    """
    return frozenset(
        event["item"]
        for event in events
        if event["event"] == "shown"
        or (event["event"] == "answer" and event.get("state") in ("right", "judged"))
    )
