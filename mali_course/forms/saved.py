"""A question as a notebook keeps it: to be read without controls, script or style sheet.

It holds what was asked, and the learner's last answer with its verdict. It never holds the key, an
explanation or the feedback on an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from mali_course.core.html import inline_html, paragraph, title_html
from mali_course.core.messages import LANGUAGE, say
from mali_course.forms.exchange import Values
from mali_course.forms.render import SIGNS, question_head, stem_html
from mali_course.forms.responses import values_of
from mali_course.questions.item import Item
from mali_course.questions.outcome import Mark, Outcome
from mali_course.questions.shapes import Part, Parts, Pick, Shape, Spans, Written

__all__ = ["saved_html", "saved_value_html"]

_Marks = Mapping[str, Mark]


def saved_html(
    item: Item,
    *,
    guess: bool = False,
    response: Any = None,
    outcome: Outcome | None = None,
    tries: int = 0,
) -> str:
    """Return a question with the learner's last answer, to be read where nothing is live.

    Parameters
    ----------
    item : Item
    guess : bool
        As a guess before reading, which is kept and not judged.
    response : Any
        The last answer, or None.
    outcome : Outcome, optional
        How it was judged; None of a guess, and of a text that is not handed in.
    tries : int
        Which try it was.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> item = find("01-31")
    >>> "your answer" in saved_html(item)
    False
    >>> answered = saved_html(item, response="a", outcome=item.grade_response("a"), tries=2)
    >>> "your answer" in answered, "2 tries so far." in answered
    (True, True)
    """
    marks = {mark.part: mark for mark in outcome.marks} if outcome else {}
    values = values_of(item, response)
    inside = question_head(item, guess=guess)
    inside += f"<p><strong>{stem_html(item)}</strong></p>"
    if item.has_form:
        inside += _answer_html(item.as_shape(), values, marks, guess)
    elif response is None:
        inside += item.controls_html("live", str)
    else:
        inside += _field(say("saved.value"), str(response), None)
    if response is not None:
        inside += _verdict_html(item, outcome, tries, guess)
    if item.has_form:
        inside += f"<p><em>{escape(say('saved.live_guess' if guess else 'saved.live'))}</em></p>"
    attributes = f'class="mali-question mali-saved" lang="{LANGUAGE}" data-item="{item.id}"'
    return f"<div {attributes}>{inside}</div>"


def saved_value_html(item: Item, value: str, state: str, tries: int) -> str:
    """Return the verdict on a value that a cell computed, as a notebook keeps it below the cell.

    Parameters
    ----------
    item : Item
    value : str
        The value, or "" where the answer was asked for.
    state : str
        State of the feedback, such as "right".
    tries : int
        Which try it was.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> "not yet" in saved_value_html(find("00-08"), "89000000", "wrong", 1).lower()
    True
    """
    inside = title_html(say("saved.value_title", id=item.id))
    inside += _field(say("saved.value"), value, None) if value else ""
    inside += _state_html(state, tries) + f"<p><em>{escape(say('saved.value_again'))}</em></p>"
    return f'<div class="mali-check" data-state="{state}" lang="{LANGUAGE}">{inside}</div>'


def _verdict_html(item: Item, outcome: Outcome | None, tries: int, guess: bool) -> str:
    if guess:
        return paragraph(say("saved.guess_kept"))
    if outcome is None:
        return paragraph(say("saved.draft"))
    if outcome.state == "unread":  # the question has changed since
        return ""
    # Of a text, how many of the criteria the learner ticked.
    written = isinstance(item.as_shape(), Written)
    return _state_html(outcome.state, tries, " ".join(outcome.notes) if written else None)


def _state_html(state: str, tries: int, more: str | None = None) -> str:
    """Return the verdict, with what follows it or the number of tries."""
    sign = f'<span aria-hidden="true">{SIGNS[state]}</span> ' if state in SIGNS else ""
    if more is None:
        more = ""
        if state in ("wrong", "partly"):
            more = say("saved.one_try") if tries == 1 else say("saved.tries", count=tries)
    heading = escape(say("saved.kept" if state == "kept" else f"interface.feedback.{state}"))
    return f"<p><strong>{sign}{heading}</strong> {escape(more)}</p>"


def _list(rows: Iterable[str]) -> str:
    listed = "".join(f"<li>{row}</li>" for row in rows)
    return f'<ul style="list-style:none;padding-left:0">{listed}</ul>'


def _marked(text: str, mark: Mark | None) -> str:
    """Return the learner's answer, or a part of it, with its verdict."""
    html = f"<strong>{inline_html(text)}</strong>"
    if mark is None:
        return html
    word = "right" if mark.right else "wrong"
    sign = f'<span aria-hidden="true">{SIGNS[word]}</span>'
    return f"{html} {sign} {escape(mark.said or say(f'saved.{word}'))}"


def _answer_html(shape: Shape, values: Values, marks: _Marks, guess: bool) -> str:
    given = {name: chosen[0] for name, chosen in values.items() if chosen}
    match shape:
        case Pick():
            return _list(_options(shape, values.get("answer", []), marks))
        case Parts():
            return _parts_html(shape, given, marks)
        case Written():
            lines = "<br>".join(map(escape, given.get("text", "").splitlines()))
            if not lines:
                return _field(say("saved.field"), "", None)
            return f"{paragraph(say('saved.field'))}<blockquote><p>{lines}</p></blockquote>"
    if guess:
        label = say("saved.guess")
    elif isinstance(shape, Spans):
        label = say("saved.number", unit=shape.unit)
    else:
        label = say("saved.field")
    return _field(label, given.get("answer", ""), marks.get(""))


def _field(label: str, answer: str, mark: Mark | None) -> str:
    """Return what was typed after its label, or a blank."""
    html = _marked(answer, mark) if answer else escape(say("saved.blank"))
    return f"<p>{escape(label)} {html}</p>"


def _options(shape: Pick, chosen: Iterable[str], marks: _Marks) -> Iterable[str]:
    empty, ticked = ("☐", "☑") if shape.many else ("○", "◉")
    letters = {letter.lower() for letter in chosen}
    for answer, label in zip(shape.answers, shape.labels, strict=True):
        if answer.value not in letters:
            yield f'<span aria-hidden="true">{empty}</span> {inline_html(label)}'
            continue
        mine = _marked(say("saved.yours"), marks.get(answer.value))
        yield f'<span aria-hidden="true">{ticked}</span> {inline_html(label)} – {mine}'


def _parts_html(shape: Parts, given: Mapping[str, str], marks: _Marks) -> str:
    texts = {answer.value: answer.text for answer in shape.answers}
    numbered = [(str(number), part) for number, part in enumerate(shape.parts, start=1)]
    if shape.task == "order":
        return _list(_places(numbered, given, marks))
    upper = shape.task == "pair"
    rows = []
    for number, part in numbered:
        chosen = given.get(number, "").lower()
        if chosen in texts:
            text = f"{chosen.upper()}) {texts[chosen]}" if upper else texts[chosen]
            answer = _marked(text, marks.get(number))
        else:
            answer = escape(say("saved.blank"))
        rows.append(f"{number}) {inline_html(part.text)} – {answer}")
    if upper:
        return _list(rows) + _list(
            inline_html(f"{value.upper()}) {text}") for value, text in texts.items()
        )
    return _list(rows) + paragraph(
        say("saved.choose_from", answers=" / ".join(texts.values()))
    )


def _places(
    numbered: list[tuple[str, Part]], given: Mapping[str, str], marks: _Marks
) -> Iterable[str]:
    """Yield the events as the learner put them, or as the question shows them."""
    places = [number for number, _ in numbered]
    # A log may come from a file, and hold any text as a place.
    if any(given.get(number) not in places for number in places):
        yield from (
            f"{escape(say('saved.blank'))} {inline_html(part.text)}" for _, part in numbered
        )
        return
    for number, part in sorted(numbered, key=lambda row: places.index(given[row[0]])):
        yield f"{given[number]}. {_marked(part.text, marks.get(number))}"
