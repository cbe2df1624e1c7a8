"""A lesson's deck from its stored notebook: the slide types of its cells, in its plan's parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from mali_course.core.errors import CourseError
from mali_course.core.html import inline_html, text_of
from mali_course.core.lessons import Lesson, Part
from mali_course.core.messages import say
from mali_course.kit.notebook_blocks import SLIDE_TYPES, Block, stored_blocks
from mali_course.kit.slides.chart_slides import chart_slide, explorer_slide
from mali_course.kit.slides.deck_model import Section, Slide
from mali_course.kit.slides.fit import (
    Piece,
    pack_slides,
    piece,
    room_under,
    total_height,
    with_step,
)
from mali_course.kit.slides.question_slides import guess_slides, question_slides
from mali_course.kit.slides.report_slides import digest_slides, place_slides, sentence_slides
from mali_course.kit.slides.slide_texts import SlideText, notes_html, slide_text
from mali_course.questions import bank

__all__ = ["deck"]

# The calls that can be on slides, by their values and the lesson.
_CALLS: Mapping[str, Callable[[Sequence[str], Lesson], list[Slide]]] = {
    "chart": lambda values, lesson: [chart_slide(values[0])],
    "explore": lambda values, lesson: [explorer_slide(values[0])],
    "ask": lambda values, lesson: question_slides(bank.find(values[0]), lesson),
    "guess": lambda values, lesson: guess_slides(bank.find(values[0])),
    "read": lambda values, lesson: digest_slides(values),
    "cite": lambda values, lesson: sentence_slides(values),
    "report": lambda values, lesson: place_slides(),
}

_PLAN_GAP = 8  # by which the rows of the plan stand closer than other pieces


class _DeckBuilder:
    """Takes the cells of a notebook one after the other.

    A text begins a slide, which further texts may join as long as there is room; so its pieces are
    kept until something else comes.
    """

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.sections = [Section(None, 0)]
        self.parts_left = list(lesson.plan)
        self.title = ""
        self.kind = "text"
        self.pieces: list[Piece] = []

    @property
    def section(self) -> Section:
        return self.sections[-1]

    def add_block(self, block: Block) -> None:
        """Take a cell."""
        if block.slide not in SLIDE_TYPES:
            kind, types = block.slide or say("kit_slides.none"), ", ".join(SLIDE_TYPES)
            raise self._problem("no_type", cell=block.id, found=kind, types=types)
        if block.slide == "notes":
            self._add_notes(block)
        elif block.slide != "skip":
            (self._add_text if block.kind == "text" else self._add_call)(block)

    def _problem(self, key: str, **fields: object) -> CourseError:
        return CourseError(say(f"kit_slides.{key}", notebook=self.lesson.notebook, **fields))

    def _add_text(self, block: Block) -> None:
        text = slide_text(block.source)
        if block.slide == "fragment" and self._has_room(text):
            self.pieces += map(with_step, text.pieces)
            return
        self.end_text()
        if text.level == 2:
            self._begin_part(text_of(text.title))
        self._begin_slide(text)

    def _has_room(self, text: SlideText) -> bool:
        return total_height([*self.pieces, *text.pieces]) <= room_under(self.title)

    def _begin_slide(self, text: SlideText) -> None:
        if text.level:
            self.title = text.title
            self.kind = "title" if text.level == 1 else "text"
        elif self.section.part:
            self.title = escape(self.section.part.part, quote=False)
        self.pieces += text.pieces

    def _begin_part(self, heading: str) -> None:
        """Begin the next part of the plan, under its heading."""
        part = self.parts_left.pop(0) if self.parts_left else Part("", "", 0)
        if part.part != heading:
            raise self._problem("plan", heading=heading, part=part.part)
        self.sections.append(Section(part, self.section.end))
        clock = _part_text("part.clock", self.section, self.lesson)
        self.pieces = [piece(f'<p class="clock">{escape(clock)}</p>')]

    def end_text(self) -> None:
        """Close the slide that texts still could join."""
        if self.pieces:
            bodies = pack_slides(self.pieces, self.title)
            self.section.slides += [Slide(self.title, body, kind=self.kind) for body in bodies]
        self.pieces, self.kind = [], "text"

    def _add_call(self, block: Block) -> None:
        self.end_text()
        if block.kind not in _CALLS or not (block.values or block.kind == "report"):
            raise self._problem("no_slide", cell=block.id)
        self.section.slides += _CALLS[block.kind](block.values, self.lesson)

    def _add_notes(self, block: Block) -> None:
        self.end_text()
        if not self.section.slides:
            raise self._problem("no_before", cell=block.id)
        self.section.slides[-1].notes.append(notes_html(block.source))

    def finished_sections(self) -> list[Section]:
        """Return the parts with the plan and with notes at each beginning, after the last cell."""
        self.end_text()
        if self.parts_left:
            none = say("kit_slides.none")
            raise self._problem("plan", heading=none, part=self.parts_left[0].part)
        self.sections[0].slides += _plan_slides(self.lesson, self.sections)
        for section in self.sections:
            if section.part:
                minutes = escape(_part_text("notes.part", section, self.lesson))
                section.slides[0].notes[:0] = [
                    f"<p><strong>{minutes}</strong></p>",
                    f"<p>{inline_html(section.part.notes)}</p>",
                ]
        return self.sections


def _part_text(key: str, section: Section, lesson: Lesson) -> str:
    """Return words that tell the minutes of a part."""
    minutes = f"{section.part.minutes:g}" if section.part else ""
    return say(
        f"kit_slides.{key}", clock=section.clock, minutes=minutes, all=f"{lesson.minutes:g}"
    )


def _plan_slides(lesson: Lesson, sections: Sequence[Section]) -> list[Slide]:
    """Return the plan with links to its parts."""
    title = escape(say("kit_slides.part.plan", minutes=f"{lesson.minutes:g}"))
    rows = []
    for number, section in enumerate(sections):
        if section.part:
            name = escape(section.part.part, quote=False)
            clock = escape(say("kit_slides.part.row", clock=section.clock))
            link = f'<a href="#part-{number}">{name}</a> <span class="when">{clock}</span>'
            height = piece(f"{name} {clock}").height
            rows.append(Piece(f"<li>{link}</li>", height - _PLAN_GAP, "ol plan"))
    return [Slide(title, body, kind="plan") for body in pack_slides(rows, title)]


def deck(lesson: Lesson) -> list[Section]:
    """Return the parts of a lesson's deck; the first holds its title and its plan.

    Raises
    ------
    CourseError
        If the notebook is missing, a cell has no known slide type, or the headings are not the
        parts of the plan.

    Examples
    --------
    >>> from mali_course.core.lessons import lesson
    >>> one = lesson("01")
    >>> sum(part.part.minutes for part in deck(one) if part.part) == one.minutes
    True
    """
    builder = _DeckBuilder(lesson)
    for block in stored_blocks(lesson):
        builder.add_block(block)
    return builder.finished_sections()
