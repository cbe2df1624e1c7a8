"""What the log says: the state of each item, and a summary by objective."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from mali_course.core.lessons import Lesson, Objective
from mali_course.questions import bank
from mali_course.record.log import Event

__all__ = ["ItemState", "ObjectiveState", "item_states", "objective_states"]

Standing = Literal["new", "tried", "shown", "done"]


@dataclass(frozen=True)
class ItemState:
    """Where a learner stands with one item.

    Parameters
    ----------
    standing : str
        "new", "tried", "shown" (asked for the answer before it was right) or "done".
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
    """

    standing: Standing = "new"
    tries: int = 0
    first_try: Event | None = None
    score: float = 0.0
    response: Any = None
    guess: Any = None
    draft: Any = None

    @property
    def first(self) -> bool:
        """Whether the very first try was right."""
        return self.first_try is not None and self.first_try.get("state") == "right"


def _carry_on(state: dict[str, Any], event: Event) -> None:
    """Carry the fields of an `ItemState` on by one event, in place: a class has millions."""
    kind = event["event"]
    if kind == "guess":
        state["guess"] = event.get("response")
    elif kind == "draft":
        state["draft"] = event.get("response")
    elif kind == "shown":
        state["tries"] = 0
        if state["standing"] != "done":
            state["standing"] = "shown"
    elif kind == "answer":
        outcome, standing = event.get("state", ""), state["standing"]
        state["response"], state["draft"] = event.get("response"), None
        if standing in ("new", "tried") and outcome != "kept" and state["first_try"] is None:
            state["first_try"] = event
        if outcome in ("right", "judged"):
            state["tries"] = 0
            if standing in ("new", "tried") or (standing == "shown" and outcome == "judged"):
                state["standing"] = "done"
        else:
            state["tries"] += outcome != "kept"
            if standing == "new":
                state["standing"] = "tried"
        if standing in ("new", "tried"):
            score = float(event.get("score", 0))
            state["score"] = max(state["score"], min(1.0, max(0.0, score)))


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
        Answered right, or judged by the learner.
    first : int
        Of these, right at the very first try.
    seen : int
        The answer was looked up, or shown after three tries.
    left : tuple of str
        Ids of the items that are still to do.
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
                tuple(sorted({locator for item in weak for locator in item.cites})),
            )
        )
    return tuple(objectives)
