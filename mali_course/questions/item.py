"""What every item has and can do, whatever its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from mali_course.core.messages import say
from mali_course.questions import answers
from mali_course.questions.outcome import Outcome
from mali_course.questions.pieces import ControlName, Variant
from mali_course.questions.shapes import Shape

__all__ = ["Item"]


@dataclass(frozen=True, kw_only=True)
class Item:
    """What every item has. Each kind is a class of its own in `mali_course.questions.kinds`.

    Parameters
    ----------
    id : str
        ``"01-04"``: the lesson, then the item's number in it.
    objective : str
        The objective of the lesson that it serves, ``"01-b"``.
    cites : tuple of str
        Locators of the sentences that its answer rests on.
    minutes : float
        Time that a learner needs.
    stem : str
        The question or instruction.
    where : str
        First hint: where to look.
    explain : str
        Shown with the answer.
    needs : str
        A chart, explorer or data set without which it cannot be answered, or "".
    asks : tuple of str
        What would tell its answer and is kept back until then: ``"status"``, the marks of the
        sentences that it cites; ``"words"``, the marks in the report's own sentences; or
        ``"term:AQIM"``, the meaning of that term in its stem.

    Attributes
    ----------
    kind : str
        The name of the kind: that of its file.
    rank : int
        Where the kind stands among the others.
    has_form : bool
        Whether it is answered in its form, and not in a cell.
    shows_passage : bool
        Whether its controls show the whole passage that it is about.
    """

    kind: ClassVar[str]
    rank: ClassVar[int]
    has_form: ClassVar[bool] = True
    shows_passage: ClassVar[bool] = False

    id: str
    objective: str
    cites: tuple[str, ...]
    minutes: float
    stem: str
    where: str
    explain: str
    needs: str = ""
    asks: tuple[str, ...] = ()

    @property
    def lesson(self) -> str:
        """The id of its lesson."""
        return self.id[:2]

    @property
    def asked_terms(self) -> frozenset[str]:
        """The terms whose meaning it asks for."""
        return frozenset(name[5:] for name in self.asks if name.startswith("term:"))

    def as_shape(self) -> Shape:
        """Return what the item asks and how each answer is met."""
        raise NotImplementedError

    def grade_response(self, response: object) -> Outcome:
        """Grade a response.

        Parameters
        ----------
        response : object
            What the learner answered; the kind's class says in which form. Any other object is
            "unread".

        Examples
        --------
        >>> from mali_course.questions.bank import find
        >>> find("01-01").grade_response(None).state
        'unread'
        """
        raise NotImplementedError

    def controls_html(self, variant: Variant, name: ControlName) -> str:
        """Return what stands below the stem on a page: the controls to answer with."""
        raise NotImplementedError

    def paper_html(self) -> str:
        """Return what stands below the stem on paper: boxes to tick and lines to write on."""
        raise NotImplementedError

    @classmethod
    def kind_text(cls, key: str, /, **fields: object) -> str:
        """Return words of the kind, from its file in ``data/words/LANGUAGE/kinds/``.

        Examples
        --------
        >>> from mali_course.questions.bank import find
        >>> find("01-31").kind_text("name")
        'choose one'
        """
        return say(f"kinds/{cls.kind}.{key}", **fields)

    def key_response(self) -> Any:
        """Return the response that is right, in the form that `grade_response` takes.

        Examples
        --------
        >>> from mali_course.questions.bank import find
        >>> item = find("01-31")
        >>> item.grade_response(item.key_response()).score
        1.0
        """
        return answers.right_response(self.as_shape())

    def key_lines(self) -> tuple[str, ...]:
        """Return the answer as lines for a person to read."""
        return answers.answer_lines(self.as_shape())

    def short_key(self) -> str:
        """Return the answer in a few letters, for marking many sheets."""
        return answers.short_answer(self.as_shape())

    def answer_feedback(self) -> tuple[answers.AnswerFeedback, ...]:
        """Return what the bank says of each answer."""
        return answers.answer_feedback(self.as_shape())
