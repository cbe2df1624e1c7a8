"""Can a question be answered from the wording of its options? A learner of words tries it.

For each lesson, a naive Bayes classifier learns from the options of all other lessons which words
and shapes go with a key, and guesses those of this lesson, without any stem. What it guesses
better than chance was given away by the wording. Run ``python tests/option_cues.py`` to see
the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.metrics import balanced_accuracy_score
from sklearn.naive_bayes import BernoulliNB
from sklearn.pipeline import Pipeline, make_pipeline

from mali_course.questions import bank
from mali_course.questions.item import Item
from mali_course.questions.kinds.choice import Choice
from mali_course.questions.kinds.choices import Choices
from mali_course.questions.kinds.claim import Claim

__all__ = ["Guessed", "Part", "guessed", "parts_of", "telling_words"]

SHORTER, LONGER = 0.85, 1.15  # of the mean length in its question
_NUMBER = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True)
class Part:
    """An option or a statement, with what it is: "key", "wrong", or a verdict."""

    item_id: str
    text: str
    what: str
    features: dict[str, bool]


@dataclass(frozen=True)
class Guessed:
    """The share of guesses that hit, and the share that chance would hit."""

    share: float
    chance: float
    count: int


def _features(texts: Sequence[str], place: int) -> dict[str, bool]:
    """Return the words of a text, and its shape beside the others of its question."""
    text, usual = texts[place], mean(map(len, texts))
    plain = _NUMBER.sub(" number ", text.casefold())
    words = re.findall(r"[^\W_]+(?:['’.-][^\W_]+)*", plain)
    pairs = map(" ".join, pairwise(words))
    found = dict.fromkeys((*words, *pairs), True)
    shapes = {
        "(the longest)": len(text) == max(map(len, texts)),
        "(the shortest)": len(text) == min(map(len, texts)),
        "(long)": len(text) > LONGER * usual,
        "(short)": len(text) < SHORTER * usual,
        "(alone with a number)": bool(_NUMBER.search(text))
        and sum(bool(_NUMBER.search(one)) for one in texts) == 1,
        "(alone without a number)": not _NUMBER.search(text)
        and sum(not _NUMBER.search(one) for one in texts) == 1,
        "(with a comma)": "," in text,
        "(with quotation marks)": '"' in text or "“" in text,
        f"(in place {place + 1})": True,
    }
    return found | {name: True for name, here in shapes.items() if here}


def parts_of(items: Iterable[Item], kind: type[Item]) -> list[Part]:
    """Return the options or statements of all items of a kind."""
    return [part for item in items if isinstance(item, kind) for part in _parts(item)]


def _parts(item: Item) -> Iterator[Part]:
    rows: list[tuple[str, str]] = []
    if isinstance(item, Claim):
        rows = [(one.text, one.verdict) for one in item.statements]
    elif isinstance(item, Choice | Choices):
        rows = [(one.text, "key" if one.key else "wrong") for one in item.options]
    texts = [text for text, _ in rows]
    for place, (text, what) in enumerate(rows):
        yield Part(item.id, text, what, _features(texts, place))


def _taught(parts: Sequence[Part]) -> Pipeline:
    """Return a classifier that has learned from parts; what is usual plays no role."""
    model = make_pipeline(DictVectorizer(), BernoulliNB(alpha=0.5, fit_prior=False))
    return model.fit([part.features for part in parts], [part.what for part in parts])


def _by_question(parts: Iterable[Part]) -> Iterator[list[Part]]:
    questions: dict[str, list[Part]] = {}
    for part in parts:
        questions.setdefault(part.item_id, []).append(part)
    yield from questions.values()


def guessed(parts: Sequence[Part], *, one_key: bool) -> Guessed:
    """Guess each lesson from the others.

    Parameters
    ----------
    parts : sequence of Part
    one_key : bool
        Whether each question has one key: then the likeliest option of it is guessed. Otherwise
        each part is guessed by itself.
    """
    hits: list[bool] = []
    chances: list[float] = []
    whats: list[str] = []
    guesses: list[str] = []
    for lesson in sorted({part.item_id[:2] for part in parts}):
        model = _taught([part for part in parts if part.item_id[:2] != lesson])
        for question in _by_question(part for part in parts if part.item_id[:2] == lesson):
            features = [part.features for part in question]
            if one_key:
                likely = model.predict_proba(features)[:, list(model.classes_).index("key")]
                hits.append(question[int(likely.argmax())].what == "key")
                chances.append(1 / len(question))
            else:
                whats += [part.what for part in question]
                guesses += model.predict(features).tolist()
    if one_key:
        return Guessed(mean(hits), mean(chances), len(hits))
    # Balanced, since "always the commonest verdict" owes its hits to the lot and not to wording.
    return Guessed(balanced_accuracy_score(whats, guesses), 1 / len(set(whats)), len(whats))


def telling_words(parts: Sequence[Part], most: int = 12) -> dict[str, list[str]]:
    """Return for each verdict, or for key and wrong, the words that speak most for it."""
    model = _taught(parts)
    names = model[0].get_feature_names_out()
    weights: Any = model[1].feature_log_prob_
    told = {}
    for number, what in enumerate(model.classes_):
        others = [row for place, row in enumerate(weights) if place != number]
        ratio = weights[number] - sum(others) / len(others)
        told[str(what)] = [str(names[place]) for place in ratio.argsort()[::-1][:most]]
    return told


def _main() -> None:
    for kind, one_key in ((Choice, True), (Claim, False), (Choices, False)):
        parts = parts_of(bank.items(), kind)
        found = guessed(parts, one_key=one_key)
        print(
            f"{kind.kind}: {found.share:.0%} of {found.count} guessed, "
            f"by chance {found.chance:.0%}"
        )
        for what, words in telling_words(parts).items():
            print(f"  {what}: {', '.join(words)}")


if __name__ == "__main__":
    _main()
