"""What the log says: the state of each item, and a summary by objective.

What a learner is told of a question is its `sign`:

* *open*: not tried yet, or tried and not right so far. Three wrong tries tell the answer, and the
  question stays open until it is answered right;
* *first*: right at the very first try;
* *later*: right at a later try;
* *seen*: the learner asked for the answer before it was right;
* *written*: a text of their own is saved, with the model answer beside it.

All but *open* count as answered. Scores and first tries are those before any answer was shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from mali_course.core.lessons import Lesson, Objective
from mali_course.core.report import in_order
from mali_course.questions import bank
from mali_course.questions.feedback import LAST_TRY
from mali_course.record.log import Event

__all__ = ["SIGNS", "ItemState", "ObjectiveState", "Sign", "item_states", "objective_states"]

Standing = Literal["new", "tried", "shown", "done"]
Sign = Literal["first", "later", "written", "seen", "open"]
SIGNS: tuple[Sign, ...] = ("first", "later", "written", "seen", "open")


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
        return "seen" if self.standing == "shown" else "open"


def _is_wish(event: Event, tries: int) -> bool:
    """Whether the learner asked for the answer, and it was not told after the last try.

    Older logs do not say so. There the third wrong try was followed by "shown" at once.
    """
    asked = event.get("asked")
    return asked if isinstance(asked, bool) else tries < LAST_TRY


def _carry_on(state: dict[str, Any], event: Event) -> None:
    """Carry the fields of an `ItemState` on by one event, in place: a class has millions."""
    kind = event["event"]
    if kind == "answer":
        outcome = event.get("state", "")
        state["response"], state["draft"] = event.get("response"), None
        if "test" not in event:
            state["last"] = event.get("time", "")
        if not state["told"]:
            if state["first_try"] is None and outcome != "kept":
                state["first_try"] = event
            score = event.get("score", 0)
            if score > state["score"]:
                state["score"] = min(1.0, float(score))
        if outcome == "right":
            state["tries"] = 0
            if state["standing"] != "shown":
                state["standing"] = "done"
        elif outcome == "kept" or outcome == "judged":
            # The text stands beside the model answer, whether its criteria are ticked or not.
            if state["standing"] != "done":
                state["standing"], state["written"] = "done", True
            if outcome == "judged":
                state["tries"] = 0
        else:
            state["tries"] += 1
            if state["standing"] == "new":
                state["standing"] = "tried"
    elif kind == "guess":
        state["guess"] = event.get("response")
    elif kind == "draft":
        state["draft"] = event.get("response")
    elif kind == "shown":
        if state["standing"] != "done" and _is_wish(event, state["tries"]):
            state["standing"] = "shown"
        state["tries"], state["told"] = 0, True


_NEW = dict(ItemState().__dict__)


def item_states(events: Iterable[Event]) -> dict[str, ItemState]:
    """Fold events, in order of time, to the state of each item that they name.

    Examples
    --------
    >>> event = {"item": "01-02", "event": "answer", "state": "right", "score": 1.0}
    >>> item_states([event])["01-02"].first
    True
    """
    states: dict[str, dict[str, Any]] = {}
    for event in events:
        name = event["item"]
        if name not in states:
            states[name] = _NEW.copy()
        _carry_on(states[name], event)
    return {name: ItemState(**state) for name, state in states.items()}


@dataclass(frozen=True)
class ObjectiveState:
    """Where a learner stands with one objective.

    Parameters
    ----------
    objective : Objective
    count : int
        Its items.
    done : int
        Answered right, or with a text of the learner's own.
    first : int
        Of these, right at the very first try.
    seen : int
        The learner asked for the answer before it was right.
    left : tuple of str
        Ids of the items that are open.
    revisit : tuple of str
        Locators of the sentences behind items that were tried or looked up and not done.
    """

    objective: Objective
    count: int
    done: int
    first: int
    seen: int
    left: tuple[str, ...]
    revisit: tuple[str, ...]


def objective_states(lesson: Lesson, states: dict[str, ItemState]) -> tuple[ObjectiveState, ...]:
    """Return the state of each objective of a lesson.

    Examples
    --------
    >>> from mali_course.core.lessons import lesson
    >>> objective_states(lesson("01"), {})[0].done
    0
    """
    objectives = []
    for objective in lesson.objectives:
        items = [item for item in bank.lesson_items(lesson.id) if item.objective == objective.id]
        mine = [(item, states.get(item.id, ItemState())) for item in items]
        weak = [item for item, state in mine if state.standing in ("tried", "shown")]
        objectives.append(
            ObjectiveState(
                objective,
                len(items),
                sum(state.standing == "done" for _, state in mine),
                sum(state.first for _, state in mine),
                sum(state.standing == "shown" for _, state in mine),
                tuple(item.id for item, state in mine if state.standing in ("new", "tried")),
                in_order(locator for item in weak for locator in item.cites),
            )
        )
    return tuple(objectives)
