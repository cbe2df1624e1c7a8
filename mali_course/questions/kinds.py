"""The kinds of items, one small class each, and how each is read from its TOML table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

from mali_course.core.fields import Fields

__all__ = [
    "KINDS",
    "Choice",
    "Choices",
    "Claim",
    "Code",
    "Criterion",
    "Event",
    "Extra",
    "Item",
    "Match",
    "Number",
    "Open",
    "Option",
    "Order",
    "Pair",
    "Slip",
    "Statement",
    "Verdict",
    "WordSlip",
    "Words",
    "read_item",
]

Verdict = Literal["says", "otherwise", "silent"]
VERDICTS: tuple[Verdict, ...] = ("says", "otherwise", "silent")


@dataclass(frozen=True)
class Item:
    """What every item has.

    Parameters
    ----------
    id : str
        ``"01-04"``: the lesson, then the item's number in it.
    objective : str
        The objective of the lesson that it serves, ``"01-b"``.
    cites : tuple of str
        Locators of the sentences that its answer rests on.
    minutes : float
        Time that a learner needs.
    stem : str
        The question or instruction.
    where : str
        First hint: where to look.
    explain : str
        Shown with the answer.
    needs : str
        A chart, explorer or data set without which it cannot be answered, or "".
    """

    kind: ClassVar[str]

    id: str
    objective: str
    cites: tuple[str, ...]
    minutes: float
    stem: str
    where: str
    explain: str
    needs: str

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read the common fields and the kind's own."""
        return cls(
            id=fields.text("id"),
            objective=fields.text("objective"),
            cites=fields.texts("cites"),
            minutes=fields.number("minutes"),
            stem=fields.text("stem"),
            where=fields.text("where"),
            explain=fields.text("explain"),
            needs=fields.text("needs", default=""),
            **cls._own(fields),
        )

    @classmethod
    def _own(cls, fields: Fields) -> dict[str, Any]:
        raise NotImplementedError


@dataclass(frozen=True)
class Option:
    """An answer to choose, with its own feedback."""

    text: str
    key: bool
    feedback: str


def _options(fields: Fields) -> tuple[Option, ...]:
    return tuple(
        Option(table.text("text"), table.flag("key"), table.text("feedback"))
        for table in fields.tables("option", 3, 5)
    )


@dataclass(frozen=True)
class Choice(Item):
    """One right answer of several. Response: a letter."""

    kind = "choice"
    options: tuple[Option, ...]

    @classmethod
    def _own(cls, fields: Fields) -> dict[str, Any]:
        options = _options(fields)
        if sum(option.key for option in options) != 1:
            fields.complain("option", "exactly one option with key = true")
        return {"options": options}


@dataclass(frozen=True)
class Choices(Item):
    """One or more right answers of several. Response: a list of letters."""

    kind = "choices"
    options: tuple[Option, ...]

    @classmethod
    def _own(cls, fields: Fields) -> dict[str, Any]:
        options = _options(fields)
        if not 0 < sum(option.key for option in options) < len(options):
            fields.complain("option", "at least one option with key = true and one without")
        return {"options": options}


@dataclass(frozen=True)
class Statement:
    """A statement to judge, with feedback for each verdict."""

    text: str
    verdict: Verdict
    feedback: Mapping[str, str]


@dataclass(frozen=True)
class Claim(Item):
    """Statements to sort by what the report does with them. Response: number to verdict."""

    kind = "claim"
    statements: tuple[Statement, ...]

    @classmethod
    def _own(cls, fields: Fields) -> dict[str, Any]:
        statements = []
        for table in fields.tables("statement", 3, 5):
            verdict = table.text("verdict")
            if verdict not in VERDICTS:
                table.complain("verdict", "one of " + ", ".join(VERDICTS))
            answers = table.table("feedback")
            feedback = {name: answers.text(name) for name in VERDICTS}
            answers.finish()
            statements.append(Statement(table.text("text"), verdict, feedback))  # type: ignore[arg-type]
        return {"statements": tuple(statements)}


@dataclass(frozen=True)
class Slip:
    """A usual wrong value, or range of values, with its feedback."""

    low: float
    high: float
    feedback: str
    value: Any = None


@dataclass(frozen=True)
class Number(Item):
    """A number with its unit. Response: text, as a person writes numbers."""

    kind = "number"
    unit: str
    value: float
    tolerance: float
    right: str
    wrong: str
    slips: tuple[Slip, ...]

    @classmethod
    def _own(cls, fields: Fields) -> dict[str, Any]:
        slips = []
        for table in fields.tables("slip", 0, 9):
            if table.has("value"):
                low = high = table.number("value")
            else:
                low, high = table.number("low"), table.number("high")
            slips.append(Slip(low, high, table.text("feedback")))
        return {
            "unit": fields.text("unit"),
            "value": fields.number("value"),
            "tolerance": fields.number("tolerance", default=0),
            "right": fields.text("right"),
            "wrong": fields.text("wrong"),
            "slips": tuple(slips),
        }


@dataclass(frozen=True)
class WordSlip:
    """Usual wrong words with their feedback."""

    accept: tuple[str, ...]
    feedback: str


@dataclass(frozen=True)
class Words(Item):
    """A short answer. Response: text."""

    kind = "words"
    accept: tuple[str, ...]
    right: str
    wrong: str
    slips: tuple[WordSlip, ...]

    @classmethod
    def _own(cls, fields: Fields) -> dict[str, Any]:
        return {
            "accept": fields.texts("accept"),
            "right": fields.text("right"),
            "wrong": fields.text("wrong"),
            "slips": tuple(
                WordSlip(table.texts("accept"), table.text("feedback"))
                for table in fields.tables("slip", 0, 9)
            ),
        }


@dataclass(frozen=True)
class Event:
    """Something that has its place in a sequence."""

    text: str
    place: int
    feedback: str


@dataclass(frozen=True)
class Order(Item):
    """Events to put in sequence. Response: number of the event to its place."""

    kind = "order"
    events: tuple[Event, ...]

    @classmethod
    def _own(cls, fields: Fields) -> dict[str, Any]:
        events = tuple(
            Event(table.text("text"), int(table.number("place")), table.text("feedback"))
            for table in fields.tables("event", 3, 6)
        )
        places = [event.place for event in events]
        if sorted(places) != list(range(1, len(places) + 1)):
            fields.complain("event", f"the places 1 to {len(places)}, each once")
        if places == sorted(places):
            fields.complain("event", "events in an order that is not the right one")
        return {"events": events}


@dataclass(frozen=True)
class Pair:
    """Two things that belong together."""

    left: str
    right: str
    feedback: str


@dataclass(frozen=True)
class Extra:
    """A right-hand text that belongs to nothing."""

    right: str
    feedback: str


@dataclass(frozen=True)
class Match(Item):
    """Pairs to find. Response: number of the left side to the letter of the right side."""

    kind = "match"
    pairs: tuple[Pair, ...]
    extras: tuple[Extra, ...]

    @classmethod
    def _own(cls, fields: Fields) -> dict[str, Any]:
        pairs = tuple(
            Pair(table.text("left"), table.text("right"), table.text("feedback"))
            for table in fields.tables("pair", 3, 5)
        )
        extras = tuple(
            Extra(table.text("right"), table.text("feedback"))
            for table in fields.tables("extra", 0, 2)
        )
        rights = [pair.right for pair in pairs] + [extra.right for extra in extras]
        if len(set(rights)) < len(rights):
            fields.complain("pair", "right-hand texts that differ from each other")
        return {"pairs": pairs, "extras": extras}

    @property
    def rights(self) -> tuple[str, ...]:
        """The right-hand texts as they are shown: in alphabetical order, which hides the pairs."""
        pairs, extras = (pair.right for pair in self.pairs), (extra.right for extra in self.extras)
        return tuple(sorted((*pairs, *extras), key=str.casefold))


@dataclass(frozen=True)
class Code(Item):
    """A value to compute. Response: the value."""

    kind = "code"
    dataset: str
    starter: str
    solution: str
    value: Any
    tolerance: float
    unit: str
    right: str
    wrong: str
    slips: tuple[Slip, ...]

    @classmethod
    def _own(cls, fields: Fields) -> dict[str, Any]:
        slips = []
        for table in fields.tables("slip", 0, 9):
            value = table.value("value")
            slips.append(Slip(0, 0, table.text("feedback"), value))
        starter, solution = fields.text("starter").strip(), fields.text("solution").strip()
        if "..." not in starter:
            fields.complain("starter", "code with `...` to replace")
        if len(starter.splitlines()) > 6:
            fields.complain("starter", "at most six lines")
        last = f'mali.check("{fields.text("id")}"'
        for name, code in (("starter", starter), ("solution", solution)):
            if not code.splitlines()[-1].startswith(last):
                fields.complain(name, f"a last line that begins with {last}")
        return {
            "dataset": fields.text("dataset"),
            "starter": starter,
            "solution": solution,
            "value": fields.value("value"),
            "tolerance": fields.number("tolerance", default=0),
            "unit": fields.text("unit", default=""),
            "right": fields.text("right"),
            "wrong": fields.text("wrong"),
            "slips": tuple(slips),
        }


@dataclass(frozen=True)
class Criterion:
    """What to look for in one's own answer."""

    text: str


@dataclass(frozen=True)
class Open(Item):
    """A few sentences, judged by the learner. Response: the text and the criteria that it meets."""

    kind = "open"
    model: str
    criteria: tuple[Criterion, ...]
    lines: int

    @classmethod
    def _own(cls, fields: Fields) -> dict[str, Any]:
        return {
            "model": fields.text("model"),
            "criteria": tuple(
                Criterion(table.text("text")) for table in fields.tables("criterion", 3, 5)
            ),
            "lines": int(fields.number("lines", default=5)),
        }


KINDS: Mapping[str, type[Item]] = {
    cls.kind: cls for cls in (Choice, Choices, Claim, Number, Words, Order, Match, Code, Open)
}


def read_item(table: Mapping[str, Any], file: str, number: int) -> Item:
    """Read one ``[[item]]`` table.

    Parameters
    ----------
    table : mapping
        As `tomllib` gives it.
    file : str
        Name of the file, for messages.
    number : int
        The item's position in the file, for messages about an item without an id.

    Raises
    ------
    CourseError
        If a field is missing, of the wrong type, unknown, or not what the kind needs. The message
        names file, item and field, and says what is expected.

    Examples
    --------
    >>> from mali_course.core.content import read_toml
    >>> table = read_toml("items/01-mali-at-a-glance.toml")["item"][0]
    >>> read_item(table, "01-mali-at-a-glance.toml", 1).id
    '01-01'
    """
    fields = Fields(table, f"{file}, item {table.get('id', f'number {number}')}")
    kind = fields.text("kind")
    if kind not in KINDS:
        fields.complain("kind", "one of " + ", ".join(KINDS))
    item = KINDS[kind].read(fields)
    fields.finish()
    return item
