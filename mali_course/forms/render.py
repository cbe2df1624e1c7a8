"""The only renderer of questions: an item or its feedback -> semantic HTML.

Variants of an item: *live* is what `LiveForm` shows; *page* stands on a page of its own. None holds
a key. As a notebook keeps it: see `saved`; on paper: see `paper`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from html import escape

from mali_course.core.html import (
    button,
    details_html,
    hidden,
    inline_html,
    paragraph,
    tick_box,
    title_html,
)
from mali_course.core.messages import LANGUAGE, say
from mali_course.core.terms import with_terms
from mali_course.forms.digest import digest_html
from mali_course.forms.original_html import whose_words_html, with_originals
from mali_course.forms.passage_fold import passage_fold
from mali_course.questions.feedback import Feedback
from mali_course.questions.item import Item
from mali_course.questions.outcome import Mark
from mali_course.questions.pieces import Variant
from mali_course.questions.shapes import Parts, Pick, Spans, Written

__all__ = [
    "SIGNS",
    "about",
    "feedback_html",
    "marks_html",
    "meta_line",
    "question_head",
    "question_html",
    "question_text",
    "reasons_html",
    "rubric_html",
    "stem_html",
    "told_html",
]


SIGNS = {"right": "✓", "wrong": "✗", "partly": "◐"}


def meta_line(item: Item, *, guess: bool = False) -> str:
    """Return what stands above a question as one line: its id, its kind, its minutes."""
    return " · ".join(_head_parts(item, guess))


def _head_parts(item: Item, guess: bool) -> tuple[str, str, str]:
    label = "interface.question.guess_label" if guess else "interface.question.label"
    minutes = say("interface.question.minutes", minutes=f"{item.minutes:g}")
    return say(label, id=item.id), item.kind_text("name"), minutes


def question_head(item: Item, *, guess: bool = False) -> str:
    """Return the heading of a question with its kind and minutes below it.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> question_head(find("01-31")).count("01-31")
    1
    """
    title, kind, minutes = _head_parts(item, guess)
    meta = f'<p class="mali-meta">{escape(kind)} · {escape(minutes)}</p>'
    return title_html(title) + meta


def stem_html(item: Item) -> str:
    """Return what an item asks, with terms to tap but for those that it asks for itself.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> 'class="mali-term"' in stem_html(find("02-01"))
    True
    """
    return with_terms(item.stem, item.lesson, but=item.asked_terms)


def about(item: Item) -> str:
    """Return what a screen reader hears after the name of a button or fold: of which question.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> about(find("01-31"))
    'of question 01-31'
    """
    return say("interface.question.of", id=item.id)


def question_html(
    item: Item, variant: Variant = "live", *, guess: bool = False, buttons: str = ""
) -> str:
    """Return an item as HTML.

    Parameters
    ----------
    item : Item
    variant : {"live", "page"}
    guess : bool
        As a guess before reading: kept, not judged.
    buttons : str
        HTML of further buttons beside that of a live question.

    Returns
    -------
    str
        For "live" the inside of a form; for "page" a complete block.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> "<legend>" in question_html(find("01-31"))
    True
    """
    # Outside a form of its own, radio buttons of two questions must not share a name.
    prefix = "" if variant == "live" else f"{item.id}-{'guess-' if guess else ''}"
    stem = stem_html(item)
    controls = with_originals(item.controls_html(variant, partial("{}{}".format, prefix)))
    inside = question_head(item, guess=guess)
    if item.has_form:
        # A guess is made before reading. It comes back as a question with the same words: heard,
        # the two are told apart.
        inside += "" if guess else passage_fold(item)
        lead = hidden(say("interface.question.guess_lead")) if guess else ""
        inside += f"<fieldset><legend>{lead}{stem}</legend>{controls}</fieldset>"
    else:
        # There are no controls to group: the answer is given in the next cell.
        inside += f"<p><strong>{stem}</strong></p>{controls}"
    if variant == "live":
        inside += _submit_button(item, guess) + buttons
    attributes = f'class="mali-question" lang="{LANGUAGE}" data-item="{item.id}"'
    return f"<div {attributes}>{inside}</div>"


def _submit_button(item: Item, guess: bool) -> str:
    if not item.has_form:
        return ""
    if guess:
        return button("keep", say("interface.question.keep"), leads=True, about=about(item))
    written = isinstance(item.as_shape(), Written)
    label = say(f"interface.question.{'hand_in' if written else 'check'}")
    return button("check", label, leads=True, about=about(item))


def _lines_below(item: Item) -> list[str]:
    """Return as text what stands below the stem."""
    match item.as_shape():
        case Pick() as pick:
            return list(pick.labels)
        case Parts() as shape:
            lines = [f"{number}) {part.text}" for number, part in enumerate(shape.parts, start=1)]
            if shape.task == "sort":
                lines.append(" / ".join(answer.text for answer in shape.answers))
            elif shape.task == "pair":
                lines += [f"{answer.value.upper()}) {answer.text}" for answer in shape.answers]
            return lines
        case Spans(unit=unit) if item.has_form:
            return [say("interface.question.number", unit=unit)]
    return []


def question_text(item: Item, *, guess: bool = False) -> str:
    """Return an item as plain text: what a diff, a terminal or a text reader shows."""
    below = (f"  {line}" for line in _lines_below(item))
    return "\n".join([meta_line(item, guess=guess), item.stem, *below])


def _verdict_html(mark: Mark, kind: str) -> str:
    """Return the sign and the word of a mark; a screen reader needs the word alone."""
    name = "right" if mark.right else "wrong"
    word = mark.said or say(f"interface.feedback.{kind}_{name}")
    if mark.said and kind == "beside":  # a sentence of its own
        word = f"{word[0].upper()}{word[1:]}."
    return f'<span aria-hidden="true">{SIGNS[name]}</span> {escape(word)}'


def marks_html(marks: Iterable[Mark]) -> dict[str, str]:
    """Return what stands beside the controls: each part of the answer with its verdict and why.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> outcome = find("01-31").grade_response("a")
    >>> list(marks_html(outcome.marks))
    ['a']
    """
    return {
        mark.part: f'<p data-verdict="{"right" if mark.right else "wrong"}">'
        f"<strong>{_verdict_html(mark, 'beside')}</strong> {inline_html(mark.text)}</p>"
        for mark in marks
    }


def _mark_row(mark: Mark, kind: str, is_alone: bool = False) -> str:
    text = f" {inline_html(mark.text)}" if mark.text else ""
    label = f"{escape(mark.label)} " if mark.label else ""
    # What stands beside its control as well is only heard here: see the page's script.
    reason = f' data-reason="{escape(mark.part)}"' if kind == "mark" else ""
    # The verdict on the whole, just above, is that on its only part: nobody wants to hear it twice.
    verdict = label.strip() if is_alone else f"{label}{_verdict_html(mark, kind)}."
    row = f"<strong>{verdict}</strong>{text}" if verdict else text.strip()
    return f'<li{reason} style="margin:.3em 0">{row}</li>'


def _marks_list(marks: Iterable[Mark], kind: str = "mark", *, whole: str = "") -> str:
    """Return marks as a list: of what the learner chose, or of the options ("option").

    `whole` is the state of the whole answer, where it has been told just before.
    """
    marks = tuple(marks)
    is_alone = len(marks) == 1 and whole == ("right" if marks[0].right else "wrong")
    rows = "".join(_mark_row(mark, kind, is_alone) for mark in marks)
    return f'<ul style="list-style:none;padding:0">{rows}</ul>' if rows else ""


def feedback_html(
    feedback: Feedback, item: Item, *, guessed: str = "", met: Iterable[str] = ()
) -> tuple[str, str]:
    """Return feedback as HTML: what is announced, and what stands below it.

    The verdict comes first. What may be read or left stands under a fold.

    Parameters
    ----------
    feedback : Feedback
    item : Item
    guessed : str
        HTML that repeats the guess made before reading.
    met : iterable of str
        Criteria of a written answer that the learner ticked.

    Returns
    -------
    (str, str)
        Status and view of a `mali_course.forms.exchange.Reply`.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> from mali_course.questions.feedback import feedback
    >>> item = find("01-31")
    >>> status, view = feedback_html(feedback(item, item.grade_response("a"), 1), item)
    >>> "Where to look:" in status, "Show the answer" in view
    (True, True)
    """
    sign = SIGNS.get(feedback.state, "")
    lead = f'<span aria-hidden="true">{sign}</span> ' if sign else ""
    status = f'<p class="mali-heading">{lead}{escape(feedback.heading)}</p>{guessed}'
    status += "".join(paragraph(note) for note in feedback.notes)
    status += _marks_list(feedback.marks, whole=feedback.state)
    if feedback.where:
        status += _titled_html("where", paragraph(feedback.where)) + _digest_html(feedback, item)
    view, shape = "", item.as_shape()
    if isinstance(shape, Written) and feedback.answer:
        # What to look for in one's own text stands nearer to it than another text.
        view += rubric_html(item, shape, met) + told_html(feedback, item)
        view += _fold_html(feedback, item, why=True)
    elif feedback.answer and feedback.folded:
        inside = told_html(feedback, item) + _why_html(feedback)
        words = escape(say("interface.fold.told"))
        view += details_html(words, inside, about=about(item))
        view += _fold_html(feedback, item, why=False)
    elif feedback.answer:
        status += told_html(feedback, item) + _why_html(feedback)
        view += _fold_html(feedback, item, why=False)
    elif not feedback.where:
        view += _fold_html(feedback, item, why=True)
    if feedback.may_ask and item.has_form:
        view += button("answer", say("interface.question.answer"), about=about(item))
    return status, view


def told_html(feedback: Feedback, item: Item) -> str:
    """Return the answer under its title."""
    written = isinstance(item.as_shape(), Written)
    return _titled_html("model" if written else "answer", _answer_html(feedback, item))


def reasons_html(feedback: Feedback, item: Item) -> str:
    """Return why an answer is right, and what the report says."""
    return _why_html(feedback) + _digest_html(feedback, item)


def _why_html(feedback: Feedback) -> str:
    return _titled_html("explain", paragraph(feedback.explain)) if feedback.explain else ""


def _digest_html(feedback: Feedback, item: Item) -> str:
    if not feedback.digest:
        return ""
    # Once the question is answered, there is nothing more to keep back.
    behind = () if feedback.where else (item.id,)
    places = [locator for locator, _ in feedback.digest]
    # A hint may point at words of the report and must not tell what they do; nor may an
    # explanation where another question asks for them. Where the words are the answer, to point
    # is to tell.
    points = not (feedback.where and "words" in item.asks)
    shown = digest_html(places, behind=behind, points=points)
    return f"<p><strong>{whose_words_html('interface.feedback.digest', shown)}</strong></p>{shown}"


def _others_html(feedback: Feedback) -> str:
    if not feedback.others:
        return ""
    return _titled_html("others", _marks_list(feedback.others, "option"))


def _fold_html(feedback: Feedback, item: Item, *, why: bool) -> str:
    """Return what may be read under words that say what is there, or nothing."""
    inside = _why_html(feedback) if why else ""
    title = "reasons" if inside else "digest"
    if feedback.others:
        title += "_others"
    inside += _digest_html(feedback, item) + _others_html(feedback)
    words = escape(say(f"interface.fold.{title}"))
    return details_html(words, inside, about=about(item)) if inside else ""


def _titled_html(name: str, html: str) -> str:
    return f"<p><strong>{escape(say(f'interface.feedback.{name}'))}</strong></p>{html}"


def _answer_html(feedback: Feedback, item: Item) -> str:
    if not item.has_form:
        return f"<pre>{escape(chr(10).join(feedback.answer))}</pre>"
    match item.as_shape():
        case Pick(many=True) | Parts():
            rows = "".join(f"<li>{inline_html(line)}</li>" for line in feedback.answer)
            return f'<ul style="list-style:none;padding:0">{rows}</ul>'
    return "".join(paragraph(line) for line in feedback.answer)


def rubric_html(item: Item, shape: Written, met: Iterable[str] = ()) -> str:
    """Return the criteria of a written answer as boxes to tick.

    Parameters
    ----------
    item : Item
    shape : Written
        That of the item.
    met : iterable of str
        Numbers of the boxes that are ticked.
    """
    chosen = set(met)
    boxes = "".join(
        tick_box("checkbox", "met", str(number), text, checked=str(number) in chosen)
        for number, text in enumerate(shape.criteria, start=1)
    )
    return (
        f"<fieldset><legend>{escape(say('interface.feedback.rubric'))}</legend>"
        f'<div class="mali-choices mali-lines">{boxes}</div></fieldset>'
        + button("judge", say("interface.question.judge"), leads=True, about=about(item))
    )
