"""The page of the catalogue and the JSON Schemas are those of the models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from etl.docs.catalogue import KINDS, catalogue_page, json_schemas
from tests.support.deployment import PROJECT
from warehouse.yaml_loader import read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from etl.docs.catalogue import Kind

CATALOG = PROJECT / "warehouse" / "catalog"
YAML_KINDS = [kind for kind in KINDS if kind.is_yaml]


def files(kind: Kind) -> list[Path]:
    pattern = kind.file.replace("<area>", "*").replace(f"<{kind.name}>", "*")
    return sorted((PROJECT if kind.name == "config" else CATALOG).glob(pattern))


def test_the_committed_page_is_that_of_the_models() -> None:
    page = (PROJECT / "docs" / "catalogue.md").read_text(encoding="utf-8")
    assert page == catalogue_page(), "write it again with `etl docs`"


def test_the_committed_schemas_are_those_of_the_models() -> None:
    committed = {
        path.name: path.read_text(encoding="utf-8") for path in (CATALOG / "schema").iterdir()
    }
    assert committed == json_schemas(), "write them again with `etl docs`"


@pytest.mark.parametrize("kind", YAML_KINDS, ids=lambda kind: kind.name)
def test_every_key_of_a_declaration_is_in_its_schema(kind: Kind) -> None:
    schema = json.loads(json_schemas()[f"{kind.name}.json"])
    assert files(kind) or kind.name in {"deck", "targets"}  # the catalogue need not have any
    for path in files(kind):
        keys = read_yaml(path.read_text(encoding="utf-8")).keys()
        assert set(schema["required"]) <= keys <= schema["properties"].keys(), path


def test_every_field_has_a_description() -> None:
    for text in json_schemas().values():
        schema = json.loads(text)
        for part in (schema, *schema.get("$defs", {}).values()):
            for name, field in part["properties"].items():
                assert field.get("description"), f"{part['title']}.{name}"


@pytest.mark.parametrize("name", ["indicator", "dataset"])
def test_a_scaffold_names_its_schema(name: str) -> None:
    first = (PROJECT / "etl" / "scaffold" / f"{name}.yaml").read_text(encoding="utf-8")
    assert first.startswith("# yaml-language-server: $schema=../")
    assert first.splitlines()[0].endswith(f"schema/{name}.json")
