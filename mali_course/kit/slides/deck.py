"""A lesson's deck from its stored notebook: the slide types of its cells, in its plan's parts."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from html import escape

from mali_course.core.errors import CourseError
from mali_course.core.html import rich
from mali_course.core.lessons import Lesson, Part
from mali_course.core.messages import say
from mali_course.core.report import Sentence, sentence, sentences
from mali_course.kit.notebook_blocks import SLIDE_TYPES, Block, stored_blocks
from mali_course.kit.page_frame import markdown
from mali_course.kit.slides.chart_slides import chart_slide, explorer_slide
from mali_course.kit.slides.deck_model import Section, Slide
from mali_course.kit.slides.fit import Piece, joined, pack, piece, room_under, stepped
from mali_course.kit.slides.question_slides import guess_slides, question_slides
from mali_course.questions import bank

__all__ = ["clock", "deck"]


def clock(section: Section) -> str:
    """Return the minutes of a part since the beginning of the lesson.

    Examples
    --------
    >>> clock(Section(Part("read", "Read", 8), 3))
    '3–11'
    """
    return f"{section.start:g}–{section.end:g}"


def _values(source: str) -> list[str]:
    """Return the values of a call such as ``mali.read("1.1", "2.1.4")``."""
    try:
        call = ast.parse(source.strip(), mode="eval").body
    except SyntaxError:
        return []
    if not isinstance(call, ast.Call):
        return []
    return [str(one.value) for one in call.args if isinstance(one, ast.Constant)]


def _unlinked(html: str) -> str:
    """Return HTML without links to notebooks, which a deck cannot open."""
    return re.sub(r'<a href="(?!https?:)[^"]*">(.*?)</a>', r"\1", html)


def _pieces(html: str) -> list[Piece]:
    """Return the blocks of a text, each entry of a list by itself."""
    found = []
    kinds = r"<(p|ul|ol|pre|table|h[3-6])\b[^>]*>(.*?)</\1>"
    for block in re.finditer(kinds, html, flags=re.DOTALL):
        if block[1].startswith("h"):
            found.append(piece(f"<p><strong>{block[2]}</strong></p>", bold=True))
        elif block[1] not in ("ul", "ol"):
            found.append(piece(block[0]))
        else:
            rows = re.findall(r"<li>(.*?)</li>", block[2], flags=re.DOTALL)
            for number, row in enumerate(rows, start=1):
                one = piece(row.strip(), wrap=block[1])
                value = f'<li value="{number}">{one.html}</li>' if block[1] == "ol" else one.html
                found.append(Piece(value, one.height, one.wrap))
    return found


def _sentences(place: str) -> list[Sentence]:
    return [one for one in sentences() if f"{one.locator}.".startswith(f"{place}.")]


class _Deck:
    """Takes the cells of a notebook one after the other."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.sections = [Section(None, 0)]
        self.parts = list(lesson.plan)
        self.render, _ = markdown()
        self.title = ""
        self.pieces: list[Piece] = []
        self.kind = "text"

    @property
    def section(self) -> Section:
        return self.sections[-1]

    def end_text(self) -> None:
        """Close the slide that texts still could join."""
        if self.pieces:
            parts = pack(self.pieces, room_under(self.title))
            self.section.slides += [Slide(self.title, joined(one), kind=self.kind) for one in parts]
        self.pieces, self.kind = [], "text"

    def begin_part(self, title: str) -> None:
        """Begin the next part of the plan, under its heading."""
        part = self.parts.pop(0) if self.parts else Part("", "", 0)
        if escape(part.part, quote=False) != title and part.part != title:
            raise CourseError(
                say("kit_slides.plan", notebook=self.lesson.notebook, heading=title, part=part.part)
            )
        self.sections.append(Section(part, self.section.end))
        told = say(
            "kit_slides.part.clock",
            clock=clock(self.section),
            minutes=f"{part.minutes:g}",
            all=f"{self.lesson.minutes:g}",
        )
        self.pieces = [piece(f'<p class="clock">{escape(told)}</p>')]

    def text(self, block: Block) -> None:
        html = _unlinked(self.render(block.source))
        heading = re.match(r"<h(\d)[^>]*>(.*?)</h\1>\s*", html, flags=re.DOTALL)
        found = _pieces(html[heading.end() :] if heading else html)
        if block.slide == "fragment":
            room = room_under(self.title)
            if sum(one.height for one in [*self.pieces, *found]) <= room:
                self.pieces += map(stepped, found)
                return
        self.end_text()
        level = int(heading[1]) if heading else 0
        if level == 1 and heading:
            self.title, self.kind = heading[2], "title"
        elif level == 2 and heading:
            self.title = heading[2]
            self.begin_part(re.sub(r"<[^>]+>", "", heading[2]))
        elif level and heading:
            self.title = heading[2]
        elif self.section.part:
            self.title = escape(self.section.part.part, quote=False)
        self.pieces += found

    def digest(self, places: list[str]) -> None:
        title = escape(say("kit_slides.digest.title", places=", ".join(places)))
        if len(places) > 1:
            title = escape(say("kit_slides.digest.several"))
        rows = [
            piece(f"<p><strong>{one.locator}</strong> {rich(one.gist)}</p>")
            for place in places
            for one in _sentences(place)
        ]
        parts = pack(rows, room_under(title))
        self.section.slides += [Slide(title, joined(one), kind="text") for one in parts]

    def cite(self, places: list[str]) -> None:
        for place in places:
            title = escape(say("kit_slides.digest.title", places=place))
            one = sentence(place)
            status = say(
                "kit_slides.digest.status",
                status=say(f"interface.status.{one.status}"),
                by=one.attribution or say("interface.report.itself"),
                page=one.page,
            )
            body = f"<p><strong>{one.locator}</strong> {rich(one.gist)}</p><p>{escape(status)}</p>"
            self.section.slides.append(Slide(title, body))

    def call(self, block: Block) -> None:
        self.end_text()
        values = _values(block.source)
        made: Mapping[str, Callable[[], list[Slide]]] = {
            "chart": lambda: [chart_slide(values[0])],
            "explore": lambda: [explorer_slide(values[0])],
            "ask": lambda: question_slides(bank.find(values[0]), self.lesson),
            "guess": lambda: guess_slides(bank.find(values[0])),
        }
        function = re.match(r"mali\.(\w+)\(", block.source)
        name = function[1] if function else ""
        if name in made and values:
            self.section.slides += made[name]()
        elif name == "read" and values:
            self.digest(values)
        elif name == "cite" and values:
            self.cite(values)
        else:
            raise CourseError(
                say("kit_slides.no_slide", notebook=self.lesson.notebook, cell=block.id)
            )

    def notes(self, block: Block) -> None:
        self.end_text()
        html = _unlinked(self.render(block.source))
        if not self.section.slides:
            raise CourseError(
                say("kit_slides.no_before", notebook=self.lesson.notebook, cell=block.id)
            )
        self.section.slides[-1].notes.append(html)

    def take(self, block: Block) -> None:
        if block.slide not in SLIDE_TYPES:
            raise CourseError(
                say(
                    "kit_slides.no_type",
                    notebook=self.lesson.notebook,
                    cell=block.id,
                    found=block.slide or say("kit_slides.none"),
                    types=", ".join(SLIDE_TYPES),
                )
            )
        if block.slide == "skip":
            return
        if block.slide == "notes":
            self.notes(block)
        elif block.kind == "text":
            self.text(block)
        else:
            self.call(block)


def _plan_slides(lesson: Lesson, sections: list[Section]) -> list[Slide]:
    """Return the plan with links to its parts."""
    title = escape(say("kit_slides.part.plan", minutes=f"{lesson.minutes:g}"))
    rows = []
    for number, one in enumerate(sections[1:], start=1):
        if one.part:
            name = escape(one.part.part, quote=False)
            told = escape(say("kit_slides.part.row", clock=clock(one)))
            measured = piece(f"{name} {told}")
            html = f'<li><a href="#part-{number}">{name}</a> <span class="when">{told}</span></li>'
            rows.append(Piece(html, measured.height - 8, "ol plan"))
    parts = pack(rows, room_under(title))
    return [Slide(title, joined(one), kind="plan") for one in parts]


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
    made = _Deck(lesson)
    for block in stored_blocks(lesson):
        made.take(block)
    made.end_text()
    if made.parts:
        raise CourseError(
            say(
                "kit_slides.plan",
                notebook=lesson.notebook,
                heading=say("kit_slides.none"),
                part=made.parts[0].part,
            )
        )
    made.sections[0].slides += _plan_slides(lesson, made.sections)
    for section in made.sections[1:]:
        if section.part:
            told = say(
                "kit_slides.notes.part",
                clock=clock(section),
                minutes=f"{section.part.minutes:g}",
                all=f"{lesson.minutes:g}",
            )
            own = [f"<p><strong>{escape(told)}</strong></p>", f"<p>{rich(section.part.notes)}</p>"]
            first = section.slides[0]
            first.notes = own + first.notes
    return made.sections
