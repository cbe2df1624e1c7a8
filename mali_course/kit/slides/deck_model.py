"""A deck: parts of a lesson's plan, each with its slides and its time."""

from __future__ import annotations

from dataclasses import dataclass, field

from mali_course.core.lessons import Part

__all__ = ["Section", "Slide"]


@dataclass
class Slide:
    """One slide.

    Parameters
    ----------
    title : str
        HTML of its heading.
    body : str
        HTML below it.
    notes : list of str
        HTML of what the instructor sees.
    kind : str
        title, text, question, reveal, picture or plan.
    item : str
        The question that it belongs to, or "".
    """

    title: str
    body: str
    notes: list[str] = field(default_factory=list)
    kind: str = "text"
    item: str = ""


@dataclass
class Section:
    """A part of the plan with its slides; the opening of the deck has no part.

    Parameters
    ----------
    part : Part or None
    start : float
        Minutes since the beginning of the lesson.
    slides : list of Slide
    """

    part: Part | None
    start: float
    slides: list[Slide] = field(default_factory=list)

    @property
    def end(self) -> float:
        """Minutes since the beginning of the lesson when the part is over."""
        return self.start + (self.part.minutes if self.part else 0)

    @property
    def clock(self) -> str:
        """The minutes of the part since the beginning of the lesson.

        Examples
        --------
        >>> Section(Part("read", "Read", 8), 3).clock
        '3–11'
        """
        return f"{self.start:g}–{self.end:g}"

    @property
    def timed_slides(self) -> list[tuple[Slide, int]]:
        """Each slide with its seconds: equal parts, of which the first takes what is over."""
        whole = round((self.end - self.start) * 60)
        each = whole // len(self.slides)
        first = whole - each * (len(self.slides) - 1)
        return [(slide, each if number else first) for number, slide in enumerate(self.slides)]
