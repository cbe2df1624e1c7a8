"""A made-up class whose item parameters are known, as progress files."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from wrong_responses import Mistake, mistakes

from mali_course.questions import bank
from mali_course.questions.item import Item
from mali_course.questions.kinds.open import Open
from mali_course.record.portable import FORMAT

START = datetime(2026, 11, 2, 9, tzinfo=UTC)


@dataclass
class Simulated:
    """The parameters of a class, and what its learners did.

    An item is right at the first try with the probability of the two-parameter logistic model:
    1 / (1 + exp(-a (ability - b))).
    """

    a: dict[str, float] = field(default_factory=dict)
    b: dict[str, float] = field(default_factory=dict)
    ability: dict[str, float] = field(default_factory=dict)
    first: dict[str, dict[str, int]] = field(default_factory=dict)  # learner: item: 1 or 0
    chosen: dict[str, dict[str, Any]] = field(default_factory=dict)  # learner: item: wrong response


def _event(number: int, time: datetime, item: Item, event: str, **more: Any) -> Mapping[str, Any]:
    return {"id": f"{number:016x}", "time": time.isoformat(timespec="milliseconds"),
            "course": "0.1.0", "item": item.id, "event": event, **more}


def _answer(item: Item, response: Any, tries: int) -> Mapping[str, Any]:
    outcome = item.grade_response(response)
    return {"response": response, "state": outcome.state, "score": round(outcome.score, 4),
            "try": tries}


def learners(
    count: int, seed: int = 1, leave_out: float = 0.0, against: str = ""
) -> Iterator[tuple[str, str, Simulated]]:
    """Yield name, text of the progress file, and the class so far.

    Parameters
    ----------
    count : int
    seed : int
    leave_out : float
        Probability that an item is not tried.
    against : str
        Id of an item in which the able do worse.
    """
    dice = random.Random(seed)
    items = bank.items()
    wrong: dict[str, tuple[Mistake, ...]] = {item.id: mistakes(item) for item in items}
    made = Simulated()
    for item in items:
        made.a[item.id] = dice.uniform(0.6, 2.2) * (-1 if item.id == against else 1)
        made.b[item.id] = dice.gauss(-0.5, 0.9)
    number = 0
    for one in range(count):
        name = f"Learner {one:05d}"
        made.ability[name] = dice.gauss(0, 1)
        made.first[name], made.chosen[name] = {}, {}
        time, events = START + timedelta(minutes=dice.random() * 1000), []

        def add(item: Item, event: str, **more: Any) -> None:
            nonlocal number, time
            number, time = number + 1, time + timedelta(seconds=30)
            events.append(_event(seed << 40 | number, time, item, event, **more))  # noqa: B023

        for item in items:
            if dice.random() < leave_out:
                continue
            if isinstance(item, Open):
                add(item, "answer", **_answer(item, {"text": item.model}, 1))
                add(item, "answer", **_answer(item, item.key_response(), 2))
                continue
            chance = 1 / (1 + math.exp(-made.a[item.id] * (made.ability[name] - made.b[item.id])))
            right = dice.random() < chance
            made.first[name][item.id] = int(right)
            tries = 1
            if not right:
                # The first mistake of the list is made twice as often as another.
                ways = wrong[item.id]
                response = dice.choice([ways[0], *ways]).response
                made.chosen[name][item.id] = response
                add(item, "answer", **_answer(item, response, 1))
                while tries < 3 and dice.random() < 0.4:
                    tries += 1
                    add(item, "answer", **_answer(item, dice.choice(ways).response, tries))
                tries += 1
            if tries > 3 or (not right and dice.random() < 0.2):
                add(item, "shown")
            else:
                add(item, "answer", **_answer(item, item.key_response(), tries))
        text = json.dumps({"format": FORMAT, "version": 1, "course": "0.1.0", "learner": name,
                           "events": events}, ensure_ascii=False, indent=0)
        yield name, text, made


def write_class(folder: Path, count: int, **more: Any) -> Simulated:
    """Write the files of a class, and return what is known of it."""
    folder.mkdir(parents=True, exist_ok=True)
    known = Simulated()
    for number, (_, text, made) in enumerate(learners(count, **more)):
        known = made
        (folder / f"progress-{number:05d}.json").write_text(text, encoding="utf-8")
    return known
