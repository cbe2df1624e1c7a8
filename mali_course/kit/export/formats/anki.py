"""An Anki deck: a note an item, a sub-deck a lesson."""

from __future__ import annotations

import hashlib
import io
import re
import tempfile
import zipfile
from collections.abc import Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mali_course.core.html import inline_html, paragraph
from mali_course.core.messages import say
from mali_course.forms.paper import paper_html
from mali_course.kit.archive import zip_bytes
from mali_course.kit.export.entries import Entry
from mali_course.kit.export.entry_html import (
    code_block,
    compute_line,
    in_language,
    key_html,
    list_html,
    surroundings_html,
)
from mali_course.kit.export.typed_answers import typed_answers
from mali_course.questions.shapes import Answer, Part, Parts, Pick, Shape
from mali_course.record.log import course_version

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FIELDS", "MARKS", "NAME", "RANK", "change_moment", "write"]

NAME = "anki"
RANK = 4
MARKS = False
FIELDS = ("Item", "Question", "Answer", "Lesson", "Objective")
# 17 January 2020, the date of the report.
_FIRST_MOMENT = 1_579_219_200
_SECONDS = 1_024  # from one release to the next
_STYLE = """
.card { font-family: sans-serif; font-size: 1.1rem; line-height: 1.5; text-align: left;
  max-width: 44rem; margin: 0 auto; padding: .5rem; }
fieldset { border: 0; margin: 0; padding: 0; }
legend { font-weight: bold; padding: 0; }
label { display: block; padding: .2rem 0; }
pre { white-space: pre-wrap; }
table { border-collapse: collapse; }
th, td { border: 1px solid; padding: .2rem .4rem; }
img { background: #fff; }
""".strip()


def _lasting_id(name: str) -> int:
    """Return an id for Anki: always the same for a name, and of no other deck."""
    return int(hashlib.sha256(f"mali-course {name}".encode()).hexdigest()[:8], 16) + (1 << 30)


def change_moment(version: str, content: str) -> int:
    """Return the time of change that the notes carry.

    Anki takes over a note whose time is later than that of its own copy, or only differs from it,
    as the person who imports chooses. So the time stands for the version of the course and, in its
    last digits, for what the notes hold; not for the clock.

    Examples
    --------
    >>> change_moment("0.1.0", "a") < change_moment("0.2.0", "a") < change_moment("1.0.0", "a")
    True
    >>> change_moment("0.1.0", "a") == change_moment("0.1.0", "b")
    False
    """
    parts = [int(part) for part in re.findall(r"\d+", version)[:3]]
    major, minor, patch = (*parts, 0, 0, 0)[:3]
    release = 10_000 * major + 100 * min(minor, 99) + min(patch, 99)
    last = int(hashlib.sha256(content.encode()).hexdigest()[:8], 16) % _SECONDS
    return _FIRST_MOMENT + _SECONDS * release + last


def _sign(right: bool) -> str:
    return "✓" if right else "✗"


def _row_html(sign: str, text: str, feedback: str) -> str:
    said = f"<br>{inline_html(feedback)}" if feedback else ""
    return f"{sign} {inline_html(text)}{said}"


def _choice_html(answer: Answer) -> str:
    word = say(f"interface.feedback.option_{'right' if answer.right else 'wrong'}")
    sign = f"{_sign(answer.right)} <em>({escape(word)})</em>"
    return _row_html(sign, answer.text, answer.feedback)


def _part_html(part: Part) -> str:
    """Return a part with its right answer and what is said of the others."""
    by_feedback: dict[str, list[str]] = {}
    for answer in part.answers:
        if not answer.right and answer.feedback:
            by_feedback.setdefault(answer.feedback, []).append(answer.text)
    # A feedback that all wrong answers share is written once.
    wrong = (_row_html("✗", " / ".join(texts), said) for said, texts in by_feedback.items())
    return f"{inline_html(part.text)}{list_html([_choice_html(part.right), *wrong])}"


def _answers_html(shape: Shape) -> str:
    """Return every answer with its feedback."""
    match shape:
        case Pick():
            return list_html(map(_choice_html, shape.answers), 'ol type="a"')
        case Parts():
            return list_html(map(_part_html, shape.parts), "ol")
    return list_html(
        _row_html(_sign(answer.right), answer.text, answer.feedback)
        for answer in typed_answers(shape)
    )


def _front_html(entry: Entry) -> str:
    html = paper_html(entry.item)
    if entry.code:
        html += code_block(entry.code.starter) + paragraph(compute_line(entry))
    picture = _media_name(entry.picture.name) if entry.picture else ""
    return html + in_language(surroundings_html(entry, picture))


def _media_name(name: str) -> str:
    # All decks of a person share one folder.
    return f"mali-course-{name}"


def _note_model(genanki: Any) -> Any:
    # In one line: Anki writes fields into the page as they are.
    head = '<div class="mali" lang="en">{{Lesson}}</div>{{Question}}'
    card = {
        "name": say("interface.question.yours"),
        "qfmt": head,
        "afmt": '{{FrontSide}}<hr id="answer">{{Answer}}',
    }
    return genanki.Model(
        _lasting_id("model"),
        say("kit_export.page.category"),
        fields=[{"name": name} for name in FIELDS],
        templates=[card],
        css=_STYLE,
        sort_field_index=0,
    )


def _note(genanki: Any, model: Any, entry: Entry) -> Any:
    return genanki.Note(
        model=model,
        fields=[
            entry.item.id,
            _front_html(entry),
            in_language(_answers_html(entry.shape)) + key_html(entry),
            escape(f"{entry.lesson.id} {entry.lesson.title}"),
            escape(entry.objective),
        ],
        guid=f"mali-course-{entry.item.id}",
        tags=[f"mali-course::{tag}" for tag in entry.tags],
    )


def _decks(genanki: Any, entries: Sequence[Entry]) -> list[Any]:
    model = _note_model(genanki)
    decks = []
    for lesson, group in groupby(entries, key=lambda entry: entry.lesson):
        title = f"{say('kit_export.page.deck')}::{lesson.id} {lesson.title}"
        deck = genanki.Deck(_lasting_id(f"deck {lesson.id}"), title)
        for entry in group:
            deck.add_note(_note(genanki, model, entry))
        decks.append(deck)
    return decks


def _package_bytes(genanki: Any, decks: list[Any], pictures: Mapping[str, bytes]) -> bytes:
    """Return decks and pictures as the library writes them."""
    notes = [note for deck in decks for note in deck.notes]
    content = "\n".join(text for note in notes for text in (*note.fields, *note.tags))
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in pictures]
        for path in paths:
            path.write_bytes(pictures[path.name])
        package = genanki.Package(decks, list(map(str, paths)))
        whole = io.BytesIO()
        package.write_to_file(whole, timestamp=float(change_moment(course_version(), content)))
    return whole.getvalue()


def write(entries: Sequence[Entry], name: str) -> dict[str, bytes]:
    """Return the deck as a package for Anki; see `mali_course.kit.export.formats.moodle.write`.

    Examples
    --------
    >>> from mali_course.kit.export.entries import gather
    >>> from mali_course.core.lessons import lesson
    >>> entries, _ = gather([lesson("00")], marks=False)
    >>> list(write(entries, "mali-course"))
    ['mali-course.apkg']
    """
    import genanki

    pictures = {
        _media_name(entry.picture.name): entry.picture.png for entry in entries if entry.picture
    }
    package = _package_bytes(genanki, _decks(genanki, entries), pictures)
    # The library stamps the files inside with the time of the moment.
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        inside = {info.filename: archive.read(info) for info in archive.infolist()}
    return {f"{name}.apkg": zip_bytes(inside)}
