"""A teaching plan: sessions, their parts, and what becomes of each part of a lesson.

The classes name the fields of ``data/teaching/NAME.toml``; what does not add up is refused. A part
with parts of a lesson takes at least their minutes, in pairs a quarter more. Each part of a lesson
that the plan uses stands in exactly one place: a session, homework, or what is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from mali_course.core.errors import CourseError
from mali_course.core.lessons import Discussion, Lesson, Part, lessons
from mali_course.core.schema import Complaint, renamed, tables
from mali_course.kit import COMMANDS
from mali_course.kit.plan.exercises import Exercise, Homework, LeftOut, Pieces, exercises

__all__ = ["PAIRS", "Activity", "Plan", "Print", "Session"]

# Two people who talk about each answer need longer than one alone. How much longer nobody has
# measured with this course; the plans keep at least a quarter more, and the guides say so.
PAIRS = 1.25
# These two are no commands for teachers, and stand apart in the command line.
_ALWAYS = ("start", "doctor")


@dataclass(frozen=True, kw_only=True)
class Activity:
    """A part of a session: parts of a lesson, a talk, an exercise, or something of the class."""

    minutes: float
    how: str
    title: str = ""
    form: Literal["alone", "pairs", "class"] | None = None
    lesson_id: str = renamed("lesson", "")
    part_ids: tuple[str, ...] = renamed("parts", ())
    discussion_start: str = renamed("discussion", "")
    exercise_name: str = renamed("exercise", "")

    @property
    def pieces(self) -> Pieces | None:
        """The parts of a lesson that are done here."""
        if not self.part_ids:
            return None
        return Pieces(lesson_id=self.lesson_id, part_ids=self.part_ids)

    @property
    def discussion(self) -> Discussion | None:
        """The question of the lesson that is talked about."""
        return next(iter(self._discussions_found()), None)

    @property
    def exercise(self) -> Exercise | None:
        """The exercise for groups."""
        return exercises().get(self.exercise_name)

    @property
    def taught(self) -> tuple[Pieces, ...]:
        """The parts of lessons that are done here."""
        return tuple(pieces for pieces in (self.pieces, self.exercise) if pieces)

    @property
    def least_minutes(self) -> float:
        """The fewest minutes that the lesson's parts and the exercise allow."""
        alone = self.pieces.alone_minutes if self.pieces else 0
        together = alone * PAIRS if self.form == "pairs" else alone
        return together + (self.exercise.minutes if self.exercise else 0)

    def _discussions_found(self) -> list[Discussion]:
        if not self.discussion_start:
            return []
        lesson = next(lesson for lesson in lessons() if lesson.id == self.lesson_id)
        return [
            entry for entry in lesson.discussion
            if entry.question.startswith(self.discussion_start)
        ]

    def check(self, complain: Complaint) -> None:
        """Refuse what names nothing, and too few minutes."""
        if self.lesson_id or self.part_ids or self.discussion_start:
            self._check_lesson(complain)
        elif not self.exercise_name and not self.title:
            complain("title", "a text")
        if self.exercise_name and not self.exercise:
            complain("exercise", f"an exercise ({', '.join(exercises())})")
        if self.part_ids and not self.form:
            complain("form", "one of alone, pairs, class, since it has parts of a lesson")
        if self.minutes <= 0:
            complain("minutes", "more than 0")
        if self.minutes < self.least_minutes:
            least = f"{self.least_minutes:g}"
            complain("minutes", f"at least {least}, which its parts of a lesson need")

    def _check_lesson(self, complain: Complaint) -> None:
        Pieces(lesson_id=self.lesson_id, part_ids=self.part_ids).check(complain)
        if not self.part_ids and not self.discussion_start:
            complain("parts", "parts of the lesson, or else a discussion")
        if self.discussion_start and len(self._discussions_found()) != 1:
            complain("discussion", f"the first words of one question for lesson {self.lesson_id}")


@dataclass(frozen=True, kw_only=True)
class Session:
    """One meeting. `pause` is the time since the meeting before, where both are on one day."""

    title: str
    minutes: float
    pause: float | None = None
    activities: tuple[Activity, ...] = tables("part", 1, 20)
    homework: tuple[Homework, ...] = tables("homework", 0, 6)

    @property
    def home_minutes(self) -> float:
        """Minutes of the homework, for one person alone."""
        return sum(pieces.alone_minutes for pieces in self.homework)

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """The lessons that it teaches, in class or at home, in their order."""
        taught = (pieces for activity in self.activities for pieces in activity.taught)
        ids = {pieces.lesson_id for pieces in (*taught, *self.homework)}
        return tuple(lesson for lesson in lessons() if lesson.id in ids)

    def timed_activities(self, begin: float) -> Iterator[tuple[float, Activity]]:
        """Yield each part with the minute of the day at which it begins."""
        for activity in self.activities:
            yield begin, activity
            begin += activity.minutes

    def check(self, complain: Complaint) -> None:
        """Refuse minutes that do not add up."""
        total = sum(activity.minutes for activity in self.activities)
        if total != self.minutes:
            complain("minutes", f"{total:g}, the sum of its parts")


@dataclass(frozen=True, kw_only=True)
class Print:
    """What to print: a command of the course, and how many copies."""

    command: str
    copies: str

    def check(self, complain: Complaint) -> None:
        """Refuse a command that does not exist."""
        program, _, rest = self.command.partition(" ")
        known = sorted((*COMMANDS, *_ALWAYS))
        if program != "mali-course" or rest.split(" ")[0] not in known:
            complain("command", f"mali-course and one of {', '.join(known)}")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A teaching plan."""

    name: str
    title: str
    for_whom: str
    about: tuple[str, ...]
    prepare: tuple[str, ...]
    materials: tuple[str, ...]
    network_fails: tuple[str, ...]
    prints: tuple[Print, ...] = tables("print", 1, 8)
    sessions: tuple[Session, ...] = tables("session", 1, 30)
    left_out: tuple[LeftOut, ...] = tables("left_out", 0, 12)

    @property
    def minutes(self) -> float:
        """Minutes of all sessions, without the pauses between them."""
        return sum(session.minutes for session in self.sessions)

    @property
    def home_minutes(self) -> float:
        """Minutes of all homework, for one person alone."""
        return sum(session.home_minutes for session in self.sessions)

    @property
    def alone(self) -> bool:
        """Whether it is for one learner alone: nothing is done in pairs or with a class."""
        return all(activity.form in (None, "alone") for activity in self.activities)

    @property
    def timed_sessions(self) -> Iterator[tuple[float, Session]]:
        """Each session with the minute of its day at which it begins."""
        end = 0.0
        for session in self.sessions:
            begin = 0.0 if session.pause is None else end + session.pause
            yield begin, session
            end = begin + session.minutes

    @property
    def activities(self) -> tuple[Activity, ...]:
        """The parts of all sessions."""
        return tuple(activity for session in self.sessions for activity in session.activities)

    def part_places(self, lesson: Lesson) -> dict[str, list[Part]]:
        """Return what becomes of each part of a lesson: ``class``, ``home`` and ``out``.

        Examples
        --------
        >>> from mali_course.kit.plan.plan_loader import plan
        >>> half_day = plan("half-day")
        >>> [part.part for part in half_day.part_places(half_day.lessons[1])["out"]]
        ['Work with the data']
        """
        taught = (pieces for activity in self.activities for pieces in activity.taught)
        home = (pieces for session in self.sessions for pieces in session.homework)
        return {
            "class": _parts_in_order(lesson, taught),
            "home": _parts_in_order(lesson, home),
            "out": _parts_in_order(lesson, self.left_out),
        }

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The group exercises of the plan, each once."""
        named = (activity.exercise for activity in self.activities)
        return tuple(dict.fromkeys(exercise for exercise in named if exercise))

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """The lessons that the plan uses."""
        return tuple(lesson for lesson in lessons() if any(self.part_places(lesson).values()))

    def check(self, complain: Complaint) -> None:
        """Refuse a plan that has another name, or that forgets a part of a lesson."""
        if f"{self.name}.toml" != complain.place:
            complain("name", "the name of the file without its ending")
        if self.sessions[0].pause is not None:
            complain("session", "a first session without a pause before it")
        for lesson in self.lessons:
            self._check_parts(lesson, f"{complain.place}, lesson {lesson.id}")

    def _check_parts(self, lesson: Lesson, place: str) -> None:
        """Refuse a plan that forgets a part of a lesson, or does one twice."""
        places = self.part_places(lesson).values()
        count = Counter(part.id for parts in places for part in parts)
        missing = [part.id for part in lesson.plan if not count[part.id]]
        if missing:
            raise CourseError(
                f"{place}: nothing is said of {', '.join(map(repr, missing))}. "
                "Put each into a session, under homework, or under left_out."
            )
        for part_id, times in count.items():
            if times > 1:
                raise CourseError(
                    f"{place}: {part_id!r} stands in more than one place. "
                    "Choose one: a session, homework, or left_out."
                )


def _parts_in_order(lesson: Lesson, pieces: Iterable[Pieces]) -> list[Part]:
    """Return the parts of a lesson in its own order; one that is named twice comes twice."""
    named = Counter(
        part_id for each in pieces if each.lesson_id == lesson.id for part_id in each.part_ids
    )
    return [part for part in lesson.plan for _ in range(named[part.id])]
