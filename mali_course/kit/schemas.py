"""Writes JSON Schemas of the TOML files in ``data/``, from the classes that read them.

``python -m mali_course.kit.schemas`` writes ``data/schema/``; with ``--check`` it changes nothing
and fails where a schema is not in step. An editor completes and checks a file by its schema, which
``.taplo.toml`` names for the one that most editors of TOML are made on. What
the classes check between fields, such as minutes that add up, no schema can say.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from mali_course.argument.claims import Argument
from mali_course.charts.prose import ChartProse
from mali_course.core.datasets import Dataset
from mali_course.core.lessons import Lesson
from mali_course.core.report import Report
from mali_course.core.schema import FieldSpec, field_specs
from mali_course.core.whole_files import write_whole
from mali_course.kit.plan.exercises import Exercise
from mali_course.kit.plan.plan_model import Plan
from mali_course.questions.kinds import all_kinds

__all__ = ["SCHEMAS", "class_schema", "items_schema", "main"]

Schema = dict[str, Any]

_SIMPLE: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    tuple[str, ...]: {"type": "array", "items": {"type": "string"}, "minItems": 1},
    tuple[int, ...]: {"type": "array", "items": {"type": "integer"}},
    Any: {},
}


def class_schema(cls: type) -> Schema:
    """Return the schema of a table that is read into a class.

    Parameters
    ----------
    cls : type
        A dataclass as `mali_course.core.schema` reads it.

    Examples
    --------
    >>> class_schema(Lesson)["properties"]["minutes"]
    {'type': 'number'}
    """
    meanings = _field_meanings(cls)
    properties = {}
    for spec in field_specs(cls):
        meaning = meanings.get(spec.attribute)
        properties[spec.name] = _field_schema(spec) | ({"description": meaning} if meaning else {})
    required = [spec.name for spec in field_specs(cls) if spec.required]
    return _table_schema(properties, required) | {"description": _first_line(cls)}


def _table_schema(properties: Schema, required: list[str]) -> Schema:
    return {
        "type": "object", "properties": properties, "required": required,
        "additionalProperties": False,
    }


def _first_line(cls: type) -> str:
    return (inspect.getdoc(cls) or "").partition("\n")[0]


def _field_meanings(cls: type) -> dict[str, str]:
    """Return what the docstrings of a class and of its bases say of their parameters."""
    meanings: dict[str, str] = {}
    for base in cls.__mro__:
        text = inspect.cleandoc(base.__doc__ or "")
        for names, meaning in re.findall(r"^(\w[\w, ]*) :.*\n((?: {4}.+\n?)+)", text, re.MULTILINE):
            for name in names.split(", "):
                meanings.setdefault(name, " ".join(meaning.split()))
    return meanings


def _field_schema(spec: FieldSpec) -> Schema:
    if spec.table_class:
        inside = class_schema(spec.table_class)
        return {"type": "array", "items": inside, "minItems": spec.least, "maxItems": spec.most}
    if spec.type in _SIMPLE:
        text = {"pattern": r"\S"} if spec.type is str and spec.required else {}
        return _SIMPLE[spec.type] | text
    if get_origin(spec.type) is Literal:
        return {"enum": list(get_args(spec.type))}
    if isinstance(spec.type, type) and is_dataclass(spec.type):
        return class_schema(spec.type)
    names = list(get_args(get_args(spec.type)[0]))
    text = {"type": "string", "pattern": r"\S"}
    if names:
        return _table_schema(dict.fromkeys(names, text), names)
    return {"type": "object", "additionalProperties": text}


def items_schema() -> Schema:
    """Return the schema of a file of items: each is one of the kinds.

    Examples
    --------
    >>> len(items_schema()["properties"]["item"]["items"]["oneOf"]) == len(all_kinds())
    True
    """
    kinds = []
    for name, cls in all_kinds().items():
        schema = class_schema(cls)
        schema["properties"] = {"kind": {"const": name}} | schema["properties"]
        schema["required"] = ["kind", *schema["required"]]
        kinds.append(schema)
    return _table_schema({"item": {"type": "array", "items": {"oneOf": kinds}}}, ["item"])


# The schema of each kind of file, and the files of data/ that it is for.
SCHEMAS: Mapping[str, tuple[Callable[[], Schema], str]] = {
    "items": (items_schema, "items/*.toml"),
    "lesson": (lambda: class_schema(Lesson), "lessons/*.toml"),
    "plan": (lambda: class_schema(Plan), "teaching/*.toml"),
    "exercise": (lambda: class_schema(Exercise), "teaching/exercises/*.toml"),
    "argument": (lambda: class_schema(Argument), "argument.toml"),
    "report": (lambda: class_schema(Report), "report/report.toml"),
    "dataset": (lambda: class_schema(Dataset), "datasets/*.toml"),
    "chart": (lambda: class_schema(ChartProse), "charts/*.toml"),
}


def main(arguments: list[str] | None = None, root: Path | None = None) -> int:
    """Run the command; returns its exit code.

    Parameters
    ----------
    arguments : list of str, optional
        ``["--check"]`` to change nothing; by default those of the command line.
    root : Path, optional
        Folder of the project; by default the one around the package.
    """
    check = "--check" in (sys.argv[1:] if arguments is None else arguments)
    root = Path(__file__).resolve().parents[2] if root is None else root
    differ = 0
    for name, (schema, _) in SCHEMAS.items():
        file = root / "data" / "schema" / f"{name}.schema.json"
        # Draft 7 is the newest one that editors of TOML know.
        whole = {"$schema": "http://json-schema.org/draft-07/schema#", **schema()}
        text = json.dumps(whole, indent=1, ensure_ascii=False) + "\n"
        if file.is_file() and file.read_text(encoding="utf-8") == text:
            continue
        differ += 1
        print(f"{file.name}: {'not in step with its class' if check else 'written'}")
        if not check:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole({file: text.encode()}, replace=True)
    return 1 if check and differ else 0


if __name__ == "__main__":
    sys.exit(main())
