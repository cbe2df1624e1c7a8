"""The parts of the guides in docs/ that repeat data/: lessons, teaching plans, group exercises.

In a guide such a part stands between ``<!-- NAME -->`` and ``<!-- end -->``. The command
``python -m mali_course.kit.reference`` writes them anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from mali_course.content import files, read_toml
from mali_course.words import say

__all__ = ["blocks", "renewed"]

_TEACHING, _WORKSHOP = "docs/teaching.md", "docs/workshop.md"


def _head(name: str) -> list[str]:
    columns = say(f"reference.guides.{name}").split(" | ")
    return [f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]


@cache
def _lesson(number: str) -> Mapping[str, Any]:
    return next(read_toml(f"lessons/{file.name}") for file in files("lessons")
                if file.name.startswith(number))


def _exercise(name: str) -> Mapping[str, Any]:
    return read_toml(f"teaching/exercises/{name}.toml")


def _plan(number: str) -> str:
    lesson = _lesson(number)
    rows = [f"| {part['part']} | {part['minutes']:g} |" for part in lesson["plan"]]
    total = f"| **{say('reference.guides.together')}** | **{lesson['minutes']:g}** |"
    return "\n".join([*_head("plan"), *rows, total])


def _misunderstandings(number: str) -> str:
    return "\n".join(f"- {text}" for text in _lesson(number)["teaching"]["misunderstandings"])


def _discussion(number: str) -> str:
    listen = say("reference.guides.listen")
    return "\n".join(
        f"- **{entry['question']}**\n  *{listen}* {entry['listen_for']}"
        for entry in _lesson(number)["teaching"]["discussion"]
    )


def _pieces(one: Mapping[str, Any]) -> str:
    return say("reference.guides.pieces", lesson=one["lesson"], parts="; ".join(one["parts"]))


def _happens(part: Mapping[str, Any]) -> str:
    if "exercise" in part:
        return say("reference.guides.exercise", title=_exercise(part["exercise"])["title"])
    if "parts" in part:
        return _pieces(part)
    if "discussion" in part:
        asked = [entry["question"] for entry in _lesson(part["lesson"])["teaching"]["discussion"]]
        question = next(one for one in asked if one.startswith(part["discussion"]))
        return say("reference.guides.talk", question=question)
    return str(part["title"])


def _at_home(session: Mapping[str, Any]) -> float:
    total = 0
    for one in session.get("homework", ()):
        own = {part["part"]: part["minutes"] for part in _lesson(one["lesson"])["plan"]}
        total += sum(own[part] for part in one["parts"])
    return total


def _overview(plans: Mapping[str, Mapping[str, Any]]) -> str:
    rows = _head("overview")
    for name, one in plans.items():
        together = sum(session["minutes"] for session in one["session"])
        home = sum(map(_at_home, one["session"]))
        count = len(one["session"])
        rows.append(f"| `{name}` | {one['title']} | {count} | {together:g} | {home:g} |")
    return "\n".join(rows)


def _sessions(one: Mapping[str, Any]) -> str:
    rows = _head("sessions")
    for number, session in enumerate(one["session"], start=1):
        done = [_happens(part) for part in session["part"] if "parts" in part or "exercise" in part]
        home = "<br>".join(map(_pieces, session.get("homework", ())))
        told = f"{home} ({_at_home(session):g})" if home else "–"
        rows.append(f"| {number} | {session['title']} | {'<br>'.join(done)} | {told} |")
    return "\n".join(rows)


def _timetable(one: Mapping[str, Any]) -> str:
    tables = []
    begin = 0
    for session in one["session"]:
        if pause := session.get("pause", 0):
            tables.append(say("reference.guides.pause", minutes=pause))
            begin += pause
        rows = [f"**{session['title']}**", "", *_head("timetable")]
        for part in session["part"]:
            clock = f"{begin // 60}:{begin % 60:02}"
            rows.append(f"| {clock} | {part['minutes']} | {_happens(part)} |")
            begin += part["minutes"]
        end = say("reference.guides.end")
        rows.append(f"| {begin // 60}:{begin % 60:02} | **{session['minutes']}** | **{end}** |")
        tables.append("\n".join(rows))
    return "\n\n".join(tables)


def _steps(one: Mapping[str, Any]) -> str:
    rows = [f"| {step['minutes']} | {step['what']} |" for step in one["step"]]
    total = sum(step["minutes"] for step in one["step"])
    parts = [
        one["groups"],
        "\n".join([*_head("steps"), *rows]),
        say("reference.guides.steps_total", minutes=total),
        one["care"],
    ]
    if "sheet" in one:
        looks = [f"| {text} | |" for text in one["sheet"]]
        parts.append("\n".join([*_head("sheet"), *looks]))
    return "\n\n".join(parts)


def blocks() -> Mapping[tuple[str, str], Callable[[], str]]:
    """Return what the guides repeat: document and name of a part to the function that makes it.

    Examples
    --------
    >>> ("docs/teaching.md", "plan 01") in blocks()
    True
    """
    from mali_course.kit.plan.reading import plans

    known = {name: read_toml(f"teaching/{name}.toml") for name in plans()}
    made: dict[tuple[str, str], Callable[[], str]] = {
        (_TEACHING, "plans"): partial(_overview, known)
    }
    for name, one in known.items():
        # A plan of one or two days is for the room, with its clock; others are for the term.
        if len(one["session"]) <= 2:
            made[_WORKSHOP, f"timetable {name}"] = partial(_timetable, one)
        else:
            made[_TEACHING, f"sessions {name}"] = partial(_sessions, one)
    for file in files("teaching/exercises"):
        made[_TEACHING, f"exercise {file.stem}"] = partial(_steps, _exercise(file.stem))
    for file in files("lessons"):
        number = file.name[:2]
        made[_TEACHING, f"plan {number}"] = partial(_plan, number)
        made[_TEACHING, f"misunderstandings {number}"] = partial(_misunderstandings, number)
        made[_TEACHING, f"discussion {number}"] = partial(_discussion, number)
    return made


def renewed(document: str, text: str) -> str:
    """Return a guide with the parts that repeat data/ written anew.

    Parameters
    ----------
    document : str
        Such as ``"docs/teaching.md"``.
    text : str
        The guide as it is.

    Raises
    ------
    ValueError
        If the guide lacks one of its parts.

    Examples
    --------
    >>> renewed("README.md", "Nothing repeated.")
    'Nothing repeated.'
    """
    for (place, name), make in blocks().items():
        if place != document:
            continue
        found = re.findall(rf"<!-- {re.escape(name)} -->\n.*?\n<!-- end -->", text, re.DOTALL)
        if len(found) != 1:
            raise ValueError(f"{document} needs one part <!-- {name} --> ... <!-- end -->")
        text = text.replace(found[0], f"<!-- {name} -->\n\n{make()}\n\n<!-- end -->")
    return text
