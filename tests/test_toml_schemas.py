"""The JSON Schemas are those of the classes, and the files of data/ keep to them."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from mali_course.core.content import data_path
from mali_course.kit.schemas import SCHEMAS, main

FILES = [
    (name, file)
    for name, (_, pattern) in SCHEMAS.items()
    for file in sorted(data_path("").glob(pattern))
]


def schema_of(name: str) -> Draft7Validator:
    return Draft7Validator(json.loads(data_path(f"schema/{name}.schema.json").read_text("utf-8")))


def whole(name: str) -> dict[str, Any]:
    """Return the content of the first file of a kind."""
    file = next(file for kind, file in FILES if kind == name)
    return tomllib.loads(file.read_text(encoding="utf-8"))


def test_the_schemas_are_in_step_with_the_classes(tmp_path: Path) -> None:
    assert main(["--check"]) == 0, "Write them anew: python -m mali_course.kit.schemas"
    shutil.copytree(data_path("schema"), tmp_path / "data" / "schema")
    assert main(["--check"], tmp_path) == 0
    spoilt = tmp_path / "data" / "schema" / "lesson.schema.json"
    spoilt.write_text("{}", encoding="utf-8")
    assert main(["--check"], tmp_path) == 1
    assert spoilt.read_text(encoding="utf-8") == "{}"
    assert main([], tmp_path) == 0
    assert spoilt.read_bytes() == data_path("schema/lesson.schema.json").read_bytes()


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_one_and_has_files(name: str) -> None:
    Draft7Validator.check_schema(schema_of(name).schema)
    assert name in {kind for kind, _ in FILES}


@pytest.mark.parametrize(("name", "file"), FILES, ids=lambda part: getattr(part, "stem", part))
def test_every_file_keeps_to_its_schema(name: str, file: Path) -> None:
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    assert [error.message for error in schema_of(name).iter_errors(table)] == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_missing_and_an_unknown_field_are_refused(name: str) -> None:
    required = schema_of(name).schema["required"]
    for field in required:
        rest = {key: value for key, value in whole(name).items() if key != field}
        assert not schema_of(name).is_valid(rest), field
    assert not schema_of(name).is_valid(whole(name) | {"hint": "x"})


def test_an_item_is_checked_by_its_kind() -> None:
    table = whole("items")
    item = next(item for item in table["item"] if item["kind"] == "choice")
    for changed in ({"kind": "choise"}, {"option": []}, {"minutes": "two"}, {"stem": " "}):
        assert not schema_of("items").is_valid({"item": [item | changed]}), changed
    assert schema_of("items").is_valid({"item": [item]})


def test_an_editor_finds_the_schema_of_every_file(root: Path) -> None:
    rules = tomllib.loads((root / ".taplo.toml").read_text(encoding="utf-8"))["rule"]
    found = {rule["schema"]["path"]: rule["include"] for rule in rules}
    assert found == {
        f"./data/schema/{name}.schema.json": [f"data/{pattern}"]
        for name, (_, pattern) in SCHEMAS.items()
    }
