"""The questions of a QTI 1.2 package, with the metadata by which Canvas knows their types.

Canvas keeps the feedback of an answer in a list box only where the answer's identifier is a number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from mali_course.core.html import rich
from mali_course.kit.export.entries import Entry
from mali_course.kit.export.surroundings import block
from mali_course.questions.shapes import Part, Parts, Phrases, Pick, Spans, Written, digits

__all__ = ["Answered", "item_element"]

_RESPONSE = "response1"


@dataclass(frozen=True)
class Answered:
    """The texts of a question as HTML: itself, what is said afterwards, what of a wrong answer."""

    question: str
    after: str
    wrong: str


def _id(entry: Entry, number: int, part: int = 0) -> str:
    """Return the identifier of an answer: lesson, item, part and answer, each two digits."""
    lesson, _, item = entry.item.id.partition("-")
    return f"1{int(lesson):02}{int(item):02}{part:02}{number:02}"


def _material(parent: Xml.Element, text: str, kind: str = "text/html") -> None:
    material = Xml.SubElement(parent, "material")
    Xml.SubElement(material, "mattext", texttype=kind).text = text


def _labels(parent: Xml.Element, answers: Iterable[tuple[str, str]], kind: str) -> None:
    choices = Xml.SubElement(parent, "render_choice")
    for identifier, text in answers:
        label = Xml.SubElement(choices, "response_label", ident=identifier)
        _material(label, text, kind)


class _Item:
    """An item as it grows."""

    def __init__(self, entry: Entry, kind: str, ids: Iterable[str]) -> None:
        self.entry = entry
        own = f"mali_course_{entry.item.id.replace('-', '_')}"
        self.root = Xml.Element("item", ident=own, title=entry.title)
        fields = Xml.SubElement(Xml.SubElement(self.root, "itemmetadata"), "qtimetadata")
        for label, text in (
            ("question_type", kind),
            ("points_possible", "1"),
            ("original_answer_ids", ",".join(ids)),
            ("assessment_question_identifierref", f"{own}_bank"),
            *(("qmd_topic", tag) for tag in entry.tags),
        ):
            field = Xml.SubElement(fields, "qtimetadatafield")
            Xml.SubElement(field, "fieldlabel").text = label
            Xml.SubElement(field, "fieldentry").text = text
        self.presentation = Xml.SubElement(self.root, "presentation")
        self._processing: Xml.Element | None = None
        self._feedback: list[tuple[str, str]] = []

    @property
    def processing(self) -> Xml.Element:
        """Where the conditions stand: after the presentation, whenever it was filled."""
        if self._processing is None:
            self._processing = Xml.SubElement(self.root, "resprocessing")
            Xml.SubElement(
                Xml.SubElement(self._processing, "outcomes"),
                "decvar",
                {"maxvalue": "100", "minvalue": "0", "varname": "SCORE", "vartype": "Decimal"},
            )
        return self._processing

    def when(self, go_on: bool) -> tuple[Xml.Element, Xml.Element]:
        """Add a condition, and return it with the place for what it asks."""
        condition = Xml.SubElement(
            self.processing, "respcondition", {"continue": "Yes" if go_on else "No"}
        )
        return condition, Xml.SubElement(condition, "conditionvar")

    def score(self, condition: Xml.Element, points: str, action: str = "Set") -> None:
        """Let a condition give points of a hundred."""
        Xml.SubElement(condition, "setvar", action=action, varname="SCORE").text = points

    def say(self, condition: Xml.Element, name: str, html: str) -> None:
        """Let a condition show a feedback."""
        Xml.SubElement(condition, "displayfeedback", feedbacktype="Response", linkrefid=name)
        if (name, html) not in self._feedback:
            self._feedback.append((name, html))

    def otherwise(self, name: str, html: str) -> None:
        """Show a feedback whatever was answered, or where nothing else was met."""
        condition, asked = self.when(go_on=True)
        Xml.SubElement(asked, "other")
        self.say(condition, name, html)

    def done(self) -> Xml.Element:
        """Add the feedback and return the item."""
        for name, html in self._feedback:
            feedback = Xml.SubElement(self.root, "itemfeedback", ident=name)
            _material(Xml.SubElement(feedback, "flow_mat"), html)
        return self.root


def _equal(parent: Xml.Element, text: str, response: str = _RESPONSE) -> None:
    Xml.SubElement(parent, "varequal", respident=response).text = text


def _pick(item: _Item, shape: Pick, ids: list[str]) -> None:
    cardinality = "Multiple" if shape.many else "Single"
    response = Xml.SubElement(
        item.presentation, "response_lid", ident=_RESPONSE, rcardinality=cardinality
    )
    texts = (rich(one.text) for one in shape.answers)
    _labels(response, zip(ids, texts, strict=True), "text/html")
    for identifier, one in zip(ids, shape.answers, strict=True):
        condition, asked = item.when(go_on=True)
        _equal(asked, identifier)
        item.say(condition, f"{identifier}_fb", block(rich(one.feedback)))
    condition, asked = item.when(go_on=False)
    if not shape.many:
        _equal(asked, next(two for two, one in zip(ids, shape.answers, strict=True) if one.right))
    else:
        every = Xml.SubElement(asked, "and")
        for identifier, one in zip(ids, shape.answers, strict=True):
            _equal(every if one.right else Xml.SubElement(every, "not"), identifier)
    item.score(condition, "100")


def _parts(item: _Item, parts: tuple[Part, ...], ids: list[list[str]]) -> None:
    numbered = list(enumerate(zip(parts, ids, strict=True), start=1))
    for number, (part, own) in numbered:
        name = f"part{number}"
        response = Xml.SubElement(
            item.presentation, "response_lid", ident=f"response_{name}", rcardinality="Single"
        )
        _material(response, name, "text/plain")
        # A list box shows no code.
        texts = (one.text.replace("`", "") for one in part.answers)
        _labels(response, zip(own, texts, strict=True), "text/plain")
    for number, (part, own) in numbered:
        for identifier, one in zip(own, part.answers, strict=True):
            if one.feedback:
                condition, asked = item.when(go_on=True)
                _equal(asked, identifier, f"response_part{number}")
                item.say(condition, f"{identifier}_fb", block(rich(one.feedback)))
    for number, (part, own) in numbered:
        condition, asked = item.when(go_on=True)
        right = next(two for two, one in zip(own, part.answers, strict=True) if one.right)
        _equal(asked, right, f"response_part{number}")
        item.score(condition, f"{100 / len(parts):.2f}", "Add")


def _typed(item: _Item, kind: str = "") -> None:
    response = Xml.SubElement(
        item.presentation, "response_str", ident=_RESPONSE, rcardinality="Single"
    )
    box = Xml.SubElement(response, "render_fib", {"fibtype": kind} if kind else {})
    Xml.SubElement(box, "response_label", ident="answer1")


def _spans(item: _Item, shape: Spans) -> None:
    _typed(item, "Decimal")
    for span in shape.spans:
        if not span.right:
            continue
        condition, asked = item.when(go_on=False)
        if span.room:
            # Not value and margin: of some of these Canvas makes a number of digits.
            Xml.SubElement(asked, "vargte", respident=_RESPONSE).text = digits(span.low)
            Xml.SubElement(asked, "varlte", respident=_RESPONSE).text = digits(span.high)
        else:
            _equal(Xml.SubElement(asked, "or"), digits(span.low))
        item.score(condition, "100")
        item.say(condition, "correct_fb", block(rich(span.feedback)))


def _phrases(item: _Item, shape: Phrases) -> None:
    _typed(item)
    for phrase in shape.phrases:
        if phrase.right:
            condition, asked = item.when(go_on=False)
            for form in phrase.forms:
                _equal(asked, form)
            item.score(condition, "100")
            item.say(condition, "correct_fb", block(rich(phrase.feedback)))


def item_element(entry: Entry, texts: Answered) -> Xml.Element:
    """Return an item of a QTI file.

    Parameters
    ----------
    entry : Entry
    texts : Answered

    Examples
    --------
    >>> from mali_course.kit.export.entries import gather
    >>> from mali_course.core.lessons import lesson
    >>> entries, _ = gather([lesson("00")], marks=True)
    >>> item_element(entries[0], Answered("<p>?</p>", "<p>!</p>", "")).get("ident")
    'mali_course_00_01'
    """
    shape = entry.shape
    match shape:
        case Pick():
            flat = [_id(entry, number) for number, _ in enumerate(shape.answers, start=1)]
            kind = "multiple_answers_question" if shape.many else "multiple_choice_question"
            item = _start(entry, kind, flat, texts)
            _pick(item, shape, flat)
        case Parts():
            ids = [
                [_id(entry, number, place) for number, _ in enumerate(part.answers, start=1)]
                for place, part in enumerate(shape.parts, start=1)
            ]
            each = [identifier for own in ids for identifier in own]
            item = _start(entry, "multiple_dropdowns_question", each, texts)
            _parts(item, shape.parts, ids)
        case Spans():
            item = _start(entry, "numerical_question", [_id(entry, 1)], texts)
            _spans(item, shape)
        case Phrases():
            forms = [form for phrase in shape.phrases if phrase.right for form in phrase.forms]
            ids_of = [_id(entry, number) for number, _ in enumerate(forms, start=1)]
            item = _start(entry, "short_answer_question", ids_of, texts)
            _phrases(item, shape)
        case Written():
            item = _start(entry, "essay_question", [], texts)
            _typed(item)
        case _:
            raise TypeError(type(shape))
    item.otherwise("general_fb", texts.after)
    if texts.wrong:
        item.otherwise("general_incorrect_fb", block(texts.wrong))
    return item.done()


def _start(entry: Entry, kind: str, ids: list[str], texts: Answered) -> _Item:
    item = _Item(entry, kind, ids)
    _material(item.presentation, texts.question)
    return item
