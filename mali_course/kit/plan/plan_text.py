"""A plan as plain text for a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import Any

from mali_course.core.messages import say
from mali_course.kit.plan import plan_blocks as blocks
from mali_course.kit.plan.exercises import Exercise
from mali_course.kit.plan.plan_clock import minutes_text
from mali_course.kit.plan.plan_model import Plan

__all__ = ["plan_list_text", "plan_text"]

_WIDTH = 79  # a terminal of 80 columns begins a new line after the 80th
_TIME = 14  # "00:00  000  " and its margin
_MARGIN = " " * _TIME


def _wrapped_lines(text: str, first: str = "", rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first) if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _underlined_lines(text: str, sign: str = "-") -> list[str]:
    lines = _wrapped_lines(text)
    return [*lines, sign * max(map(len, lines))]


def _wrapped_list(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from _wrapped_lines(text, "- ")


@singledispatch
def _block_lines(block: Any) -> Iterator[str]:
    """Yield the lines of a block; what is for paper alone has none."""
    raise TypeError(type(block))


@_block_lines.register
def _paragraph_lines(block: blocks.Paragraph) -> Iterator[str]:
    yield from _wrapped_lines(f"{block.label} {block.text}")


@_block_lines.register
def _listing_lines(block: blocks.Listing) -> Iterator[str]:
    if block.kind == "listing":
        yield from ("", *_underlined_lines(block.title), *_wrapped_list(block.texts))


@_block_lines.register
def _command_lines(block: blocks.Commands) -> Iterator[str]:
    yield from ("", *_underlined_lines(block.title))
    for each in block.prints:
        yield from (f"  {each.command}", *_wrapped_lines(each.copies, "    "))


@_block_lines.register
def _table_lines(block: blocks.TableBlock) -> Iterator[str]:
    if block.kind != "glance":
        return
    *_, in_class, at_home = block.table.columns
    yield from ("", *_underlined_lines(block.title))
    yield f"{'':<{_WIDTH - 20}}{in_class:>9}{at_home:>11}"
    for number, title, *minutes in block.table.rows:
        lines = textwrap.wrap(f"{number:>2}. {title}", _WIDTH - 22, subsequent_indent="    ")
        yield f"{lines[0]:<{_WIDTH - 20}}{minutes[0]:>9g}{minutes[1]:>11g}"
        yield from lines[1:]
    yield from _wrapped_lines(say("kit_plan.show.glance_note"))


@_block_lines.register
def _timetable_lines(block: blocks.Timetable) -> Iterator[str]:
    yield from ("", "", *_underlined_lines(f"{block.title} ({block.span})"))
    if block.pause:
        yield block.pause
    for entry in block.entries:
        yield from ("", *_entry_lines(entry))
    if block.homework:
        yield from ("", block.homework.title, *_wrapped_list(block.homework.texts))


def _entry_lines(entry: blocks.Entry) -> Iterator[str]:
    time = f"{entry.time:>5}  {entry.minutes:>3}"
    yield from _wrapped_lines(entry.heading, f"{time:<{_TIME}}")
    for note in entry.notes:
        yield from _wrapped_lines(note, _MARGIN)
    if entry.exercise:
        yield from _exercise_lines(entry.exercise)


def _exercise_lines(exercise: Exercise) -> Iterator[str]:
    if exercise.cards or exercise.sheet:
        yield from _wrapped_lines(say("kit_plan.show.paper"), _MARGIN)
    for step in exercise.steps:
        label = say("kit_plan.show.step", minutes=f"{step.minutes:>2g}", what="")
        yield from _wrapped_lines(step.what, _MARGIN + label)


@_block_lines.register
def _account_lines(block: blocks.Account) -> Iterator[str]:
    yield from ("", "", *_underlined_lines(block.title), *_wrapped_lines(block.lead))
    for lesson in block.lessons:
        yield from ("", lesson.title)
        for text in lesson.texts:
            yield from _wrapped_lines(text, "  ", "    ")


def plan_text(plan: Plan, start: int | None = None, only: int | None = None) -> str:
    """Return a plan, or one session of it, as text of at most 79 columns.

    Parameters
    ----------
    plan : Plan
    start : int, optional
        Minutes after midnight at which a day begins. None: count from 0:00.
    only : int, optional
        Number of the only session to show.

    Examples
    --------
    >>> from mali_course.kit.plan.plan_loader import plan
    >>> plan_text(plan("half-day")).splitlines()[0]
    'A half-day workshop: the tour and Mali at a glance'
    """
    parts = blocks.plan_blocks(plan, start, only)
    lines = [line for part in parts for line in _block_lines(part)]
    if only is not None:
        return "\n".join(lines).strip("\n")
    foot = ["", *_wrapped_lines(say("kit_plan.show.foot"))]
    return "\n".join([*_underlined_lines(plan.title, "="), *lines, *foot])


def _plan_span(plan: Plan) -> str:
    """Return how many sessions and minutes a plan has."""
    count = len(plan.sessions)
    fields = {
        "sessions": say(f"kit_plan.list.sessions{'_one' if count == 1 else ''}", count=count),
        "minutes": minutes_text(plan.minutes),
    }
    if plan.home_minutes:
        return say("kit_plan.list.line", **fields, home=minutes_text(plan.home_minutes))
    return say("kit_plan.list.line_alone", **fields)


def plan_list_text(plans: Iterable[Plan]) -> str:
    """Return all plans in short.

    Examples
    --------
    >>> from mali_course.kit.plan.plan_loader import plans
    >>> "half-day" in plan_list_text(plans().values())
    True
    """
    lines = _underlined_lines(say("kit_plan.list.title"), "=")
    for plan in plans:
        lines += ["", plan.name]
        for text in (plan.title, _plan_span(plan), plan.for_whom):
            lines += _wrapped_lines(text, "  ")
    return "\n".join([*lines, "", *_wrapped_lines(say("kit_plan.list.how"))])
