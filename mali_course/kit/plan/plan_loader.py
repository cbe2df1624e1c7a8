"""The teaching plans of ``data/teaching``: read, and refused where they do not add up."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from mali_course.core.content import data_files, read_toml
from mali_course.core.errors import CourseError
from mali_course.core.messages import say
from mali_course.core.schema import read
from mali_course.core.suggest import nearest_names
from mali_course.core.typed import meant_name
from mali_course.kit.plan.plan_model import Plan

__all__ = ["plan", "plans", "read_plan"]


def read_plan(table: Mapping[str, Any], file: str) -> Plan:
    """Read a plan from its table.

    Parameters
    ----------
    table : mapping
        As `tomllib` gives it.
    file : str
        Its name, for messages. Without its ending it is the name of the plan.

    Raises
    ------
    CourseError
        If a field is missing, unknown or wrong, minutes do not add up, a part of a lesson is not
        accounted for, or a command does not exist. The message names file and field.
    """
    return read(Plan, table, file)


@cache
def plans() -> dict[str, Plan]:
    """Return all plans by their names: from the shortest to the longest, those for one alone last.

    Examples
    --------
    >>> plans()["half-day"].minutes
    210
    """
    names = [file.name for file in data_files("teaching")]
    every = [read_plan(read_toml(f"teaching/{name}"), name) for name in names]
    return {plan.name: plan for plan in sorted(every, key=lambda plan: (plan.alone, plan.minutes))}


def plan(name: str) -> Plan:
    """Return a plan.

    Raises
    ------
    CourseError
        If there is none of this name; the message says which there are.

    Examples
    --------
    >>> len(plan("term").sessions)
    15
    """
    meant = meant_name(name, plans())
    if meant is not None:
        return plans()[meant]
    hint = nearest_names(name, plans())
    raise CourseError(say("kit_plan.unknown", name=name, hint=hint, plans=", ".join(plans())))
