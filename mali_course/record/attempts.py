"""An attempt at an item: grade the response, log it, and say what the learner is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from mali_course.questions.feedback import LAST_TRY, Feedback, feedback
from mali_course.questions.item import Item
from mali_course.questions.outcome import Outcome, State
from mali_course.record.item_state import ItemState, item_states
from mali_course.record.log import Log

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

    def last_answer(self) -> LastAnswer | None:
        """Return the answer given last, in the test of these attempts if they are of a test."""
        given = [
            event
            for event in self._log.events()
            if event["item"] == self.item.id
            and event["event"] == "answer"
            and self._mark.items() <= event.items()
        ]
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

    def _log_event(self, event: str, **more: Any) -> None:
        self.problem = self._log.add({"item": self.item.id, "event": event, **more, **self._mark})

    def answer(self, response: Any, logged: Any = None) -> Feedback:
        """Grade a response, log it if it could be read, and return the feedback.

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
            return feedback(self.item, outcome, tries)
        tries += 1
        self._log_event(
            "answer",
            response=response if logged is None else logged,
            state=outcome.state,
            score=round(outcome.score, 4),
            **{"try": tries},
        )
        problem = self.problem
        reply = feedback(self.item, outcome, tries)
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
