"""An Anki deck: a note an item, a sub-deck a lesson."""

from __future__ import annotations

import hashlib
import io
import re
import tempfile
import zipfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from mali_course.core.html import paragraph, rich
from mali_course.core.messages import say
from mali_course.forms.paper import paper_html
from mali_course.kit.archive import zipped
from mali_course.kit.export.entries import Entry
from mali_course.kit.export.surroundings import (
    block,
    code_block,
    compute_line,
    explained,
    phrase_text,
    span_text,
    surroundings,
)
from mali_course.questions.kinds.code import Code
from mali_course.questions.shapes import Answer, Parts, Phrases, Pick, Shape, Spans, Value
from mali_course.record.log import course_version

__all__ = ["FIELDS", "MARKS", "moment", "write"]

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


def _number(name: str) -> int:
    """Return an id for Anki: always the same for a name, and of no other deck."""
    return int(hashlib.sha256(f"mali-course {name}".encode()).hexdigest()[:8], 16) + (1 << 30)


def moment(version: str, content: str) -> int:
    """Return the time of change that the notes carry.

    Anki takes over a note whose time is later than that of its own copy, or only differs from it,
    as the person who imports chooses. So the time stands for the version of the course and, in its
    last digits, for what the notes hold; not for the clock.

    Examples
    --------
    >>> moment("0.1.0", "a") < moment("0.2.0", "a") < moment("1.0.0", "a")
    True
    >>> moment("0.1.0", "a") == moment("0.1.0", "b")
    False
    """
    parts = [int(part) for part in re.findall(r"\d+", version)[:3]]
    major, minor, patch = (*parts, 0, 0, 0)[:3]
    release = 10_000 * major + 100 * min(minor, 99) + min(patch, 99)
    last = int(hashlib.sha256(content.encode()).hexdigest()[:8], 16) % _SECONDS
    return _FIRST_MOMENT + _SECONDS * release + last


def _row(sign: str, text: str, feedback: str) -> str:
    said = f"<br>{rich(feedback)}" if feedback else ""
    return f"<li>{sign} {rich(text)}{said}</li>"


def _marked(one: Answer) -> str:
    word = say(f"interface.feedback.option_{'right' if one.right else 'wrong'}")
    return _row(f"{'✓' if one.right else '✗'} <em>({escape(word)})</em>", one.text, one.feedback)


def _parts(shape: Parts) -> str:
    """Return each part with its right answer and what is said of the others."""
    html = ""
    for part in shape.parts:
        right = "".join(_marked(one) for one in part.answers if one.right)
        said: dict[str, list[str]] = {}
        for one in part.answers:
            if not one.right and one.feedback:
                said.setdefault(one.feedback, []).append(one.text)
        # A feedback that all wrong answers share is written once.
        for feedback, texts in said.items():
            right += _row("✗", " / ".join(texts), feedback)
        html += f"<li>{rich(part.text)}<ul>{right}</ul></li>"
    return f"<ol>{html}</ol>"


def _each(shape: Shape) -> str:
    """Return every answer with its feedback."""
    other = say("kit_export.page.any_other")
    rows: list[tuple[bool, str, str]] = []
    match shape:
        case Pick():
            return f'<ol type="a">{"".join(map(_marked, shape.answers))}</ol>'
        case Parts():
            return _parts(shape)
        case Spans():
            rows = [(one.right, span_text(one), one.feedback) for one in shape.spans]
            rows.append((False, other, shape.wrong))
        case Phrases():
            rows = [(one.right, phrase_text(one), one.feedback) for one in shape.phrases]
            rows.append((False, other, shape.wrong))
        case Value():
            rows = [(True, shape.text, shape.right)]
            rows += [(False, text, feedback) for text, feedback in shape.slips]
            rows.append((False, other, shape.wrong))
    listed = "".join(_row("✓" if right else "✗", text, said) for right, text, said in rows)
    return f"<ul>{listed}</ul>" if listed else ""


def _front(entry: Entry) -> str:
    html = paper_html(entry.item)
    if isinstance(entry.item, Code):
        html += code_block(entry.item.starter) + paragraph(compute_line(entry))
    name = _media(entry.picture.name) if entry.picture else ""
    return html + block(surroundings(entry, name))


def _media(name: str) -> str:
    # All decks of a person share one folder.
    return f"mali-course-{name}"


def _model(genanki: Any) -> Any:
    # In one line: Anki writes fields into the page as they are.
    head = '<div class="mali" lang="en">{{Lesson}}</div>{{Question}}'
    return genanki.Model(
        _number("model"),
        say("kit_export.page.category"),
        fields=[{"name": name} for name in FIELDS],
        templates=[
            {
                "name": say("interface.question.yours"),
                "qfmt": head,
                "afmt": '{{FrontSide}}<hr id="answer">{{Answer}}',
            }
        ],
        css=_STYLE,
        sort_field_index=0,
    )


def _note(genanki: Any, model: Any, entry: Entry) -> Any:
    return genanki.Note(
        model=model,
        fields=[
            entry.item.id,
            _front(entry),
            block(_each(entry.shape)) + explained(entry),
            escape(f"{entry.lesson.id} {entry.lesson.title}"),
            escape(entry.objective),
        ],
        guid=f"mali-course-{entry.item.id}",
        tags=[f"mali-course::{tag}" for tag in entry.tags],
    )


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

    model = _model(genanki)
    decks: dict[str, Any] = {}
    pictures: dict[str, bytes] = {}
    held = []
    for entry in entries:
        one = entry.lesson
        if one.id not in decks:
            title = f"{say('kit_export.page.deck')}::{one.id} {one.title}"
            decks[one.id] = genanki.Deck(_number(f"deck {one.id}"), title)
        note = _note(genanki, model, entry)
        held += [*note.fields, *note.tags]
        decks[one.id].add_note(note)
        if entry.picture:
            pictures[_media(entry.picture.name)] = entry.picture.png
    with tempfile.TemporaryDirectory() as place:
        for file, content in pictures.items():
            (Path(place) / file).write_bytes(content)
        package = genanki.Package(
            list(decks.values()), [str(Path(place) / file) for file in pictures]
        )
        made = io.BytesIO()
        when = moment(course_version(), "\n".join(held))
        package.write_to_file(made, timestamp=float(when))
    # The library stamps the files inside with the time of the moment.
    with zipfile.ZipFile(made) as archive:
        inside = {info.filename: archive.read(info) for info in archive.infolist()}
    return {f"{name}.apkg": zipped(inside)}
