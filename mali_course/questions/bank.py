"""The item bank, read from ``data/items/*.toml``."""

from __future__ import annotations

import re
from functools import cache

from mali_course.core.content import data_files, read_toml
from mali_course.core.errors import CourseError
from mali_course.core.messages import say
from mali_course.core.typed import plain_signs
from mali_course.questions.item import Item
from mali_course.questions.kinds import read_item
from mali_course.questions.retired import retired

__all__ = ["find", "items", "lesson_items", "lessons"]


@cache
def _file_of_lesson() -> dict[str, str]:
    return {file.stem[:2]: file.name for file in data_files("items")}


def lessons() -> tuple[str, ...]:
    """Return the ids of the lessons that have items.

    Examples
    --------
    >>> lessons()[:2]
    ('00', '01')
    """
    return tuple(_file_of_lesson())


@cache
def lesson_items(lesson: str) -> tuple[Item, ...]:
    """Return the items of one lesson, in the order of the bank.

    Parameters
    ----------
    lesson : str
        ``"01"``.

    Raises
    ------
    CourseError
        If an item is not as its kind needs it, or an id is given twice.

    Examples
    --------
    >>> lesson_items("01")[0].id
    '01-01'
    """
    name = _file_of_lesson().get(lesson)
    if name is None:
        return ()
    by_id: dict[str, Item] = {}
    for number, table in enumerate(read_toml(f"items/{name}").get("item", []), start=1):
        item = read_item(table, name, number)
        if item.id in by_id or not item.id.startswith(f"{lesson}-"):
            raise CourseError(
                f"{name}, item {item.id}, field 'id': expected an id of its own "
                f"that begins with '{lesson}-'."
            )
        by_id[item.id] = item
    return tuple(by_id.values())


def items() -> tuple[Item, ...]:
    """Return all items of the bank.

    Examples
    --------
    >>> len(items()) > 20
    True
    """
    return tuple(item for lesson in lessons() for item in lesson_items(lesson))


def _plain_id(typed: object) -> str:
    """Return the id that somebody means by "1-2", "01.02", "0102" or an id with a typeset dash."""
    text = plain_signs(typed).casefold() if isinstance(typed, str) else ""
    words = say("interface.question.words")
    found = re.fullmatch(
        rf"[^\w-]*(?:(?:{words})\W*)?(?:(\d{{2}})(\d{{2}})|(\d{{1,2}})[\W_]+(\d{{1,3}}))\W*", text
    )
    if not found:
        return ""
    lesson, number = filter(None, found.groups())
    return f"{int(lesson):02}-{int(number):02}"


def find(item_id: str) -> Item:
    """Return an item.

    Parameters
    ----------
    item_id : str
        ``"01-04"``. Only its lesson's file is read, so that a first question comes fast.

    Raises
    ------
    CourseError
        If there is no such item; the message says which ids there are. If an earlier edition had
        it, the message says what became of it.

    Examples
    --------
    >>> find("01-01").id
    '01-01'
    """
    plain = _plain_id(item_id)
    known = {item.id: item for item in lesson_items(plain[:2])}
    if plain in known:
        return known[plain]
    earlier = retired(plain)
    if earlier:
        raise CourseError(earlier.text)
    ids = list(known) or [item.id for item in items()]
    raise CourseError(say("interface.question.unknown", id=item_id, first=ids[0], last=ids[-1]))
