"""An attempt at an item: grade the response, log it, and say what the learner is told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, get_args

from mali_course.questions.feedback import LAST_TRY, Feedback, feedback
from mali_course.questions.item import Item
from mali_course.questions.outcome import Outcome, State
from mali_course.record.item_state import ItemState, item_states, items_behind
from mali_course.record.log import Event, Log

__all__ = ["Attempts", "LastAnswer"]


@dataclass(frozen=True)
class LastAnswer:
    """The answer that a learner gave last, and how it was judged.

    Parameters
    ----------
    response : Any
        As it was logged.
    outcome : Outcome
        What grading says of it, with the marks of its parts.
    tries : int
        Which try of its round it was.
    """

    response: Any
    outcome: Outcome
    tries: int


def _as_logged(response: Any) -> str:
    """Return a response so that two can be compared, from this kernel or from a file."""
    return json.dumps(response, sort_keys=True, default=str)


class Attempts:
    """The attempts of one learner at one item.

    Parameters
    ----------
    item : Item
    log : Log
        Where they are kept.
    test : str
        The test that the item is asked in, or "": each event is marked with it.

    Attributes
    ----------
    test : str
        As given.
    problem : str
        Why the last event could not be saved, or "".
    """

    def __init__(self, item: Item, log: Log, test: str = "") -> None:
        self.item, self._log, self.test = item, log, test
        self._mark = {"test": test} if test else {}
        self.problem = ""

    @property
    def state(self) -> ItemState:
        """Where the learner stands now, in this kernel and in others."""
        return item_states(
            event for event in self._log.events() if event["item"] == self.item.id
        ).get(self.item.id, ItemState())

    def behind(self) -> frozenset[str]:
        """Return the ids of all items that the learner has behind, this one or not."""
        return items_behind(self._log.events())

    def _answers(self) -> list[Event]:
        """Return what was answered, in the test of these attempts if they are of a test."""
        return [
            event
            for event in self._log.events()
            if event["item"] == self.item.id
            and event["event"] == "answer"
            and self._mark.items() <= event.items()
        ]

    def last_answer(self) -> LastAnswer | None:
        """Return the answer given last, in the test of these attempts if they are of a test."""
        given = self._answers()
        if not given:
            return None
        event = given[-1]
        response = event.get("response")
        outcome = self.item.grade_response(response)
        if not self.item.has_form:
            # Of a value that a cell computed, the log may have no more than a text.
            logged = (state for state in get_args(State) if state == event.get("state"))
            outcome = Outcome(next(logged, "unread"), float(event.get("score", 0)))
        return LastAnswer(response, outcome, max(1, event.get("try", 1)))

    def judge(self, outcome: Outcome, tries: int, *, same: bool = False) -> Feedback:
        """Return what the learner is told of an outcome, after all that was told before.

        A mixed test asks anew: there, nothing of before is told.

        Parameters
        ----------
        outcome : Outcome
        tries : int
            Which try of its round it is, or how many there were.
        same : bool
            Whether it is the wrong answer that was given last.
        """
        if self.test:
            return feedback(self.item, outcome, tries)
        was_right = any(event.get("state") == "right" for event in self._answers())
        told = self.state.told
        return feedback(self.item, outcome, tries, told=told, was_right=was_right, same=same)

    def _is_same(self, outcome: Outcome, logged: Any) -> bool:
        """Whether a wrong answer is the one given last: no new try, and no further step."""
        given = self._answers()
        return (
            outcome.state in ("wrong", "partly")
            and not self.test
            and bool(given)
            and "test" not in given[-1]
            and _as_logged(given[-1].get("response")) == _as_logged(logged)
        )

    def _log_event(self, event: str, **more: Any) -> None:
        self.problem = self._log.add({"item": self.item.id, "event": event, **more, **self._mark})

    def answer(self, response: Any, logged: Any = None) -> Feedback:
        """Grade a response, log it if it could be read, and return the feedback.

        A wrong answer that was given just before is no further try, and is not logged again.

        Parameters
        ----------
        response : Any
            As `Item.grade_response` takes it.
        logged : Any
            What is logged in its place, where the response is not plain JSON.
        """
        outcome = self.item.grade_response(response)
        tries = self.state.tries
        if outcome.state == "unread":
            return self.judge(outcome, tries)
        logged = response if logged is None else logged
        if self._is_same(outcome, logged):
            return self.judge(outcome, max(1, tries), same=True)
        tries += 1
        reply = self.judge(outcome, tries)
        self._log_event(
            "answer",
            response=logged,
            state=outcome.state,
            score=round(outcome.score, 4),
            **{"try": tries},
        )
        problem = self.problem
        if outcome.state in ("wrong", "partly") and tries >= LAST_TRY:
            self._log_event("shown", asked=False)
        self.problem = self.problem or problem
        return reply

    def show(self) -> Feedback:
        """Return the answer, at the learner's own wish."""
        self._log_event("shown", asked=True)
        return feedback(self.item, None, self.state.tries)

    def keep(self, response: Any) -> Feedback | None:
        """Log a guess. Returns feedback only if the guess cannot be read."""
        outcome = self.item.grade_response(response)
        if outcome.state == "unread":
            return feedback(self.item, outcome, 0)
        self._log_event("guess", response=response)
        return None

    def draft(self, values: Any) -> None:
        """Log what is being written, so that a stopped kernel loses no sentence."""
        self._log_event("draft", response=values)
