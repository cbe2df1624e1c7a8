"""Events to put in sequence.

Three to six events, shown in the order of the file, which must not be the right one; `place` is the
right position. `feedback` is shown where an event stands in a wrong place, and does not name it.

An example without the fields that every item has::

    kind = "order"

    [[item.event]]
    text = "U.S. diplomats call for a smaller U.N. mission"
    place = 3
    feedback = "Sentence 6.2.2 dates this call."

    [[item.event]]
    text = "The U.N. sets up sanctions for Mali"
    place = 1
    feedback = "Sentence 6.2.1 dates these sanctions."

    [[item.event]]
    text = "The U.S. issues an order on Mali sanctions"
    place = 2
    feedback = "Sentence 6.2.4 dates this order."
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from mali_course.core.html import inline_html, list_box, paragraph
from mali_course.core.messages import say
from mali_course.core.schema import Complaint, tables
from mali_course.questions.item import Item
from mali_course.questions.numbered_parts import answers_by_part
from mali_course.questions.outcome import Mark, Outcome, state_of, unread
from mali_course.questions.pieces import (
    ControlName,
    Variant,
    blank_html,
    mark_slot,
    moving_list,
    paper_list,
)
from mali_course.questions.shapes import Answer, Part, Parts

__all__ = ["Event", "Order"]


@dataclass(frozen=True)
class Event:
    """Something that has its place in a sequence."""

    text: str
    place: int
    feedback: str

    def mark_at(self, place: int, number: int) -> Mark:
        """Return the mark for the event, which has a number in its question, at a place."""
        right = place == self.place
        said = say(f"kinds/order.mark_{'right' if right else 'wrong'}")
        return Mark(f"“{self.text}”", right, "" if right else self.feedback, str(number), said)


def _longest_rising(places: Sequence[int]) -> int:
    """Return how many places, at most, follow one another upwards when the others are left out."""
    longest: list[int] = []
    for number, place in enumerate(places):
        before = [longest[other] for other in range(number) if places[other] < place]
        longest.append(1 + max(before, default=0))
    return max(longest)


@dataclass(frozen=True, kw_only=True)
class Order(Item):
    """Events to put in sequence. Response: number of the event to its place."""

    kind = "order"
    rank = 6
    events: tuple[Event, ...] = tables("event", 3, 6)

    def check(self, complain: Complaint) -> None:
        """Refuse places that make no sequence, and events that stand in it already."""
        places = [event.place for event in self.events]
        if sorted(places) != list(range(1, len(places) + 1)):
            complain("event", f"the places 1 to {len(places)}, each once")
        if places == sorted(places):
            complain("event", "events in an order that is not the right one")

    def as_shape(self) -> Parts:
        places = range(1, len(self.events) + 1)
        parts = tuple(
            Part(
                event.text,
                tuple(
                    Answer(
                        self.kind_text("place", number=place),
                        place == event.place,
                        "" if place == event.place else event.feedback,
                        str(place),
                    )
                    for place in places
                ),
            )
            for event in self.events
        )
        return Parts(parts, "order")

    def grade_response(self, response: object) -> Outcome:
        places = [str(number) for number in range(1, len(self.events) + 1)]
        given = answers_by_part(response, len(places), places)
        if not given:
            return unread(self.kind_text("unread_unmoved"))
        if len(given) < len(places):
            missing = self._named(set(range(1, len(places) + 1)) - set(given))
            return unread(self.kind_text("unread", missing=missing))
        taken = Counter(given.values())
        if len(taken) < len(places):
            twice = self._named(number for number, place in given.items() if taken[place] > 1)
            return unread(self.kind_text("unread_twice", twice=twice))
        return self._grade_places({number: int(place) for number, place in given.items()})

    def _named(self, numbers: Iterable[int]) -> str:
        return ", ".join(f"“{self.events[number - 1].text}”" for number in sorted(numbers))

    def _grade_places(self, given: Mapping[int, int]) -> Outcome:
        """Grade a sequence: the score is the share of pairs of events in the right order."""
        line = [self.events[number - 1] for number in sorted(given, key=given.__getitem__)]
        swapped = tuple(
            self.kind_text("swapped", first=first.text, second=second.text)
            for first, second in pairwise(line)
            if first.place > second.place
        )
        marks = tuple(
            event.mark_at(given[number], number)
            for number, event in enumerate(self.events, start=1)
        )
        pairs = [first.place < second.place for first, second in combinations(line, 2)]
        score = sum(pairs) / len(pairs)
        notes = (*swapped, *self._kept_note([event.place for event in line]))
        return Outcome(state_of(score, marks), score, notes, marks)

    def _kept_note(self, places: Sequence[int]) -> tuple[str, ...]:
        """Say how many events can stay in their order among themselves, if it is most of them.

        One event at the wrong end puts all others out of their places, though nothing else is
        wrong with them.
        """
        rising = _longest_rising(places)
        if rising == len(places) or 2 * rising <= len(places):
            return ()
        key = "kept_but_one" if rising == len(places) - 1 else "kept"
        return (self.kind_text(key, kept=rising, count=len(places)),)

    def controls_html(self, variant: Variant, name: ControlName) -> str:
        if variant == "live":
            how = paragraph(self.kind_text("how"), "mali-how")
            return how + moving_list(name, [event.text for event in self.events])
        return "".join(
            list_box(
                name(str(number)),
                part.text,
                [(answer.value, answer.text) for answer in part.answers],
            )
            + mark_slot(str(number))
            for number, part in enumerate(self.as_shape().parts, start=1)
        )

    def paper_html(self) -> str:
        lead = paragraph(say("static.paper.order", count=len(self.events)))
        return lead + paper_list(
            f"{blank_html('short')} {inline_html(event.text)}" for event in self.events
        )
