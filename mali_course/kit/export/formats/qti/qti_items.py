"""The questions of a QTI 1.2 package, with the metadata by which Canvas knows their types.

Canvas keeps the feedback of an answer in a list box only where the answer's identifier is a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from mali_course.core.html import inline_html
from mali_course.kit.export.entries import Entry
from mali_course.kit.export.entry_html import in_language
from mali_course.kit.export.xml_elements import Element, el
from mali_course.questions import shapes

__all__ = ["QuestionTexts", "item_element"]

_RESPONSE = "response1"


@dataclass(frozen=True)
class QuestionTexts:
    """The texts of a question as HTML: itself, what is said afterwards, what of a wrong answer."""

    question: str
    after: str
    wrong: str


@dataclass
class _Marking:
    """What Canvas is told of a question: its type, answers, controls and conditions.

    Each condition may show a feedback, which has a name and stands at the end of the item.
    """

    kind: str
    ids: list[str]
    controls: list[Element] = field(default_factory=list)
    conditions: list[Element] = field(default_factory=list)
    feedback: dict[str, str] = field(default_factory=dict)

    def add_condition(self, asked: Iterable[Element], *outcome: Element, go_on: bool) -> None:
        """Add what happens where something was answered, and whether Canvas then looks further."""
        condition = el("conditionvar", *asked)
        continued = "Yes" if go_on else "No"
        self.conditions.append(el("respcondition", condition, *outcome, continue_=continued))

    def add_feedback(self, asked: Element, name: str, text: str) -> None:
        """Show a feedback where something was answered, whatever else was."""
        self.add_html(asked, name, in_language(inline_html(text)))

    def add_html(self, asked: Element, name: str, html: str) -> None:
        """Show a feedback that is HTML."""
        self.add_condition([asked], self._shown(name, html), go_on=True)

    def add_score(self, *asked: Element, feedback: str = "") -> None:
        """Give all points where something was answered, with a feedback of its own."""
        said = [self._shown("correct_fb", in_language(inline_html(feedback)))] if feedback else []
        self.add_condition(asked, _points("100"), *said, go_on=False)

    def _shown(self, name: str, html: str) -> Element:
        self.feedback.setdefault(name, html)
        return el("displayfeedback", feedbacktype="Response", linkrefid=name)


def _points(share: str, action: str = "Set") -> Element:
    """Return the points of a hundred."""
    return el("setvar", share, action=action, varname="SCORE")


def _answer_id(entry: Entry, number: int, part: int = 0) -> str:
    """Return the identifier of an answer: lesson, item, part and answer, each two digits."""
    lesson, _, item = entry.item.id.partition("-")
    return f"1{int(lesson):02}{int(item):02}{part:02}{number:02}"


def _answer_ids(entry: Entry, count: int, part: int = 0) -> list[str]:
    return [_answer_id(entry, number, part) for number in range(1, count + 1)]


def _material(text: str, kind: str = "text/html") -> Element:
    return el("material", el("mattext", text, texttype=kind))


def _equal(text: str, response: str = _RESPONSE) -> Element:
    return el("varequal", text, respident=response)


def _choices(answers: Iterable[tuple[str, str]], kind: str) -> Element:
    return el(
        "render_choice",
        *(el("response_label", _material(text, kind), ident=name) for name, text in answers),
    )


def _text_field(**attributes: str) -> Element:
    field = el("render_fib", el("response_label", ident="answer1"), **attributes)
    return el("response_str", field, ident=_RESPONSE, rcardinality="Single")


def _pick_marking(entry: Entry, shape: shapes.Pick) -> _Marking:
    ids = _answer_ids(entry, len(shape.answers))
    kind = "multiple_answers_question" if shape.many else "multiple_choice_question"
    rows = list(zip(ids, shape.answers, strict=True))
    choices = _choices(((name, inline_html(answer.text)) for name, answer in rows), "text/html")
    cardinality = "Multiple" if shape.many else "Single"
    control = el("response_lid", choices, ident=_RESPONSE, rcardinality=cardinality)
    marking = _Marking(kind, ids, [control])
    for name, answer in rows:
        marking.add_feedback(_equal(name), f"{name}_fb", answer.feedback)
    asked = [_equal(name) for name, answer in rows if answer.right]
    if shape.many:
        each = (_equal(n) if answer.right else el("not", _equal(n)) for n, answer in rows)
        asked = [el("and", *each)]
    marking.add_score(*asked)
    return marking


def _list_box(name: str, part: shapes.Part, ids: list[str]) -> Element:
    # A list box shows no code.
    texts = (answer.text.replace("`", "") for answer in part.answers)
    choices = _choices(zip(ids, texts, strict=True), "text/plain")
    lead = _material(name, "text/plain")
    return el("response_lid", lead, choices, ident=f"response_{name}", rcardinality="Single")


def _parts_marking(entry: Entry, shape: shapes.Parts) -> _Marking:
    marking = _Marking("multiple_dropdowns_question", [])
    right = []
    for number, part in enumerate(shape.parts, start=1):
        ids = _answer_ids(entry, len(part.answers), number)
        marking.ids += ids
        marking.controls.append(_list_box(f"part{number}", part, ids))
        for name, answer in zip(ids, part.answers, strict=True):
            if answer.feedback:
                asked = _equal(name, f"response_part{number}")
                marking.add_feedback(asked, f"{name}_fb", answer.feedback)
            if answer.right:
                right.append(_equal(name, f"response_part{number}"))
    for asked in right:
        share = f"{100 / len(right):.2f}"
        marking.add_condition([asked], _points(share, "Add"), go_on=True)
    return marking


def _number_marking(entry: Entry, shape: shapes.Spans) -> _Marking:
    control = _text_field(fibtype="Decimal")
    marking = _Marking("numerical_question", _answer_ids(entry, 1), [control])
    for span in shape.spans:
        if span.right:
            marking.add_score(*_within(span), feedback=span.feedback)
    return marking


def _within(span: shapes.Span) -> list[Element]:
    low, high = shapes.digits(span.low), shapes.digits(span.high)
    if not span.room:
        return [el("or", _equal(low))]
    # Not value and margin: of some of these Canvas makes a number of digits.
    return [el("vargte", low, respident=_RESPONSE), el("varlte", high, respident=_RESPONSE)]


def _phrase_marking(entry: Entry, shape: shapes.Phrases) -> _Marking:
    right = [phrase for phrase in shape.phrases if phrase.right]
    ids = _answer_ids(entry, sum(len(phrase.forms) for phrase in right))
    marking = _Marking("short_answer_question", ids, [_text_field()])
    for phrase in right:
        marking.add_score(*map(_equal, phrase.forms), feedback=phrase.feedback)
    return marking


def _shape_marking(entry: Entry, shape: shapes.Shape) -> _Marking:
    match shape:
        case shapes.Pick():
            return _pick_marking(entry, shape)
        case shapes.Parts():
            return _parts_marking(entry, shape)
        case shapes.Spans():
            return _number_marking(entry, shape)
        case shapes.Phrases():
            return _phrase_marking(entry, shape)
        case shapes.Written():
            return _Marking("essay_question", [], [_text_field()])
    raise TypeError(type(shape))


def _metadata(rows: Iterable[tuple[str, str]]) -> Element:
    fields = (
        el("qtimetadatafield", el("fieldlabel", label), el("fieldentry", text))
        for label, text in rows
    )
    return el("itemmetadata", el("qtimetadata", *fields))


def _feedback_elements(feedback: dict[str, str]) -> Iterator[Element]:
    for name, html in feedback.items():
        yield el("itemfeedback", el("flow_mat", _material(html)), ident=name)


def item_element(entry: Entry, texts: QuestionTexts) -> Element:
    """Return an item of a QTI file.

    Parameters
    ----------
    entry : Entry
    texts : QuestionTexts

    Examples
    --------
    >>> from mali_course.kit.export.entries import gather
    >>> from mali_course.core.lessons import lesson
    >>> entries, _ = gather([lesson("00")], marks=True)
    >>> item_element(entries[0], QuestionTexts("<p>?</p>", "<p>!</p>", "")).get("ident")
    'mali_course_00_15'
    """
    marking = _shape_marking(entry, entry.shape)
    # Shown whatever was answered, or where nothing else was met.
    marking.add_html(el("other"), "general_fb", texts.after)
    if texts.wrong:
        marking.add_html(el("other"), "general_incorrect_fb", in_language(texts.wrong))
    name = f"mali_course_{entry.item.id.replace('-', '_')}"
    score = el("decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    return el(
        "item",
        _metadata([
            ("question_type", marking.kind),
            ("points_possible", "1"),
            ("original_answer_ids", ",".join(marking.ids)),
            ("assessment_question_identifierref", f"{name}_bank"),
            *(("qmd_topic", tag) for tag in entry.tags),
        ]),
        el("presentation", _material(texts.question), *marking.controls),
        el("resprocessing", el("outcomes", score), *marking.conditions),
        *_feedback_elements(marking.feedback),
        ident=name,
        title=entry.title,
    )
