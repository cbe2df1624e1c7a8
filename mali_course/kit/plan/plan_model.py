"""A teaching plan: sessions, their parts, and what becomes of each part of a lesson."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mali_course.core.lessons import Discussion, Lesson, Part, lessons

__all__ = [
    "PAIRS",
    "Activity",
    "Exercise",
    "LeftOut",
    "Pieces",
    "Plan",
    "Print",
    "Session",
    "Step",
]

# Two people who talk about each answer need longer than one alone. How much longer nobody has
# measured with this course; the plans keep at least a quarter more, and the guides say so.
PAIRS = 1.25


@dataclass(frozen=True)
class Pieces:
    """Parts of a lesson's own plan, such as the first three headings of lesson 1."""

    lesson: Lesson
    parts: tuple[Part, ...]
    how: str = ""

    @property
    def minutes(self) -> float:
        """Minutes for one person alone."""
        return sum(part.minutes for part in self.parts)

    @property
    def titles(self) -> tuple[str, ...]:
        """What the parts are called in their lesson."""
        return tuple(part.part for part in self.parts)


@dataclass(frozen=True)
class Step:
    """A step of a group exercise."""

    minutes: float
    what: str


@dataclass(frozen=True)
class Exercise:
    """An exercise for groups that stands in for parts of a notebook."""

    name: str
    title: str
    covers: Pieces
    groups: str
    care: str
    cards: tuple[str, ...]
    sheet: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> float:
        """Minutes of all steps."""
        return sum(step.minutes for step in self.steps)


@dataclass(frozen=True)
class Activity:
    """A part of a session: parts of a lesson, a talk, an exercise, or something of the class."""

    minutes: float
    how: str
    title: str = ""
    form: str = ""
    pieces: Pieces | None = None
    discussion: Discussion | None = None
    exercise: Exercise | None = None

    @property
    def taught(self) -> tuple[Pieces, ...]:
        """The parts of lessons that are done here."""
        exercise = (self.exercise.covers,) if self.exercise else ()
        return (*((self.pieces,) if self.pieces else ()), *exercise)

    @property
    def needs(self) -> float:
        """The fewest minutes that the lesson's parts and the exercise allow."""
        alone = self.pieces.minutes if self.pieces else 0
        together = alone * PAIRS if self.form == "pairs" else alone
        return together + (self.exercise.minutes if self.exercise else 0)


@dataclass(frozen=True)
class Session:
    """One meeting. `pause` is the time since the meeting before, where both are on one day."""

    title: str
    minutes: float
    pause: float | None
    activities: tuple[Activity, ...]
    homework: tuple[Pieces, ...]

    @property
    def home_minutes(self) -> float:
        """Minutes of the homework, for one person alone."""
        return sum(pieces.minutes for pieces in self.homework)

    def timed_activities(self, begin: float) -> Iterator[tuple[float, Activity]]:
        """Yield each part with the minute of the day at which it begins."""
        for activity in self.activities:
            yield begin, activity
            begin += activity.minutes


@dataclass(frozen=True)
class LeftOut:
    """Parts of a lesson that the plan leaves out, and what is lost by that."""

    pieces: Pieces
    lost: str


@dataclass(frozen=True)
class Print:
    """What to print: a command of the course, and how many copies."""

    command: str
    copies: str


@dataclass(frozen=True)
class Plan:
    """A teaching plan."""

    name: str
    title: str
    for_whom: str
    about: tuple[str, ...]
    prepare: tuple[str, ...]
    materials: tuple[str, ...]
    prints: tuple[Print, ...]
    sessions: tuple[Session, ...]
    left_out: tuple[LeftOut, ...]
    network_fails: tuple[str, ...]

    @property
    def minutes(self) -> float:
        """Minutes of all sessions, without the pauses between them."""
        return sum(session.minutes for session in self.sessions)

    @property
    def home_minutes(self) -> float:
        """Minutes of all homework, for one person alone."""
        return sum(session.home_minutes for session in self.sessions)

    @property
    def timed_sessions(self) -> Iterator[tuple[float, Session]]:
        """Each session with the minute of its day at which it begins."""
        end = 0.0
        for session in self.sessions:
            begin = 0.0 if session.pause is None else end + session.pause
            yield begin, session
            end = begin + session.minutes

    def places(self, of: Lesson) -> dict[str, list[Part]]:
        """Return what becomes of each part of a lesson: ``class``, ``home`` and ``out``.

        Examples
        --------
        >>> from mali_course.kit.plan.plan_loader import plan
        >>> half_day = plan("half-day")
        >>> [part.part for part in half_day.places(half_day.lessons[1])["out"]]
        ['Work with the data']
        """
        done = (one for each in self.sessions for act in each.activities for one in act.taught)
        home = (one for each in self.sessions for one in each.homework)
        out = (one.pieces for one in self.left_out)
        return {
            "class": _in_order(of, done),
            "home": _in_order(of, home),
            "out": _in_order(of, out),
        }

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The group exercises of the plan, each once."""
        acts = (act for each in self.sessions for act in each.activities)
        return tuple(dict.fromkeys(one.exercise for one in acts if one.exercise))

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """The lessons that the plan uses."""
        return tuple(one for one in lessons() if any(self.places(one).values()))


def _in_order(of: Lesson, pieces: Iterable[Pieces]) -> list[Part]:
    """Return the parts of a lesson in its own order; one that is named twice comes twice."""
    named = Counter(part.id for one in pieces if one.lesson.id == of.id for part in one.parts)
    return [part for part in of.plan for _ in range(named[part.id])]
