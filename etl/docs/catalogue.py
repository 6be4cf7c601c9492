"""JSON Schemas of the declarations and the page `docs/catalogue.md`, both from the models."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warehouse.config import Config
from warehouse.declarations.annotations import Annotations
from warehouse.declarations.decks import Deck
from warehouse.declarations.events import Events
from warehouse.declarations.glossary import Glossary
from warehouse.declarations.models import Corrections, Dataset, Indicator, Units
from warehouse.declarations.names import Names
from warehouse.declarations.plan import Cycle, Plan
from warehouse.declarations.readings import Reading
from warehouse.declarations.targets import PlanTargets
from warehouse.declarations.territories import Elsewhere, Membership, Succession, Territory

if TYPE_CHECKING:
    from pydantic import BaseModel

HEAD = """# Catalogue

Every key of every declaration. Written by `etl docs` from the models: change those, not this page.
The same models give the JSON Schemas of `warehouse/catalog/schema/`: an editor with a YAML
language server completes and checks a file that starts with
`# yaml-language-server: $schema=…`, as the files written by `etl add` do.
"""
FROM_PATH = ("id", "area", "cycles", "lines")  # set by a file's name or folder, never written in it


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file of the catalogue; a table (CSV) has no JSON Schema."""

    name: str
    file: str
    model: type[BaseModel]

    @property
    def is_yaml(self) -> bool:
        """Whether the file is YAML."""
        return self.file.endswith(".yaml")


KINDS = (
    Kind("indicator", "indicators/<area>/<indicator>.yaml", Indicator),
    Kind("dataset", "datasets/<dataset>.yaml", Dataset),
    Kind("units", "units.yaml", Units),
    Kind("corrections", "corrections.yaml", Corrections),
    Kind("annotations", "annotations.yaml", Annotations),
    Kind("events", "events.yaml", Events),
    Kind("targets", "targets/<file>.yaml", PlanTargets),
    Kind("reading", "readings/<reading>.md", Reading),
    Kind("glossary", "glossary.yaml", Glossary),
    Kind("names", "names.yaml", Names),
    Kind("deck", "decks/<deck>.yaml", Deck),
    Kind("plan", "plan.yaml", Plan),
    Kind("cycle", "cycles/<cycle>.yaml", Cycle),
    Kind("territory", "territory/territories.csv", Territory),
    Kind("membership", "territory/zone_membership.csv", Membership),
    Kind("succession", "territory/successions.csv", Succession),
    Kind("elsewhere", "territory/elsewhere.csv", Elsewhere),
    Kind("config", "config.yaml", Config),
)


def json_schemas() -> dict[str, str]:
    """Return the JSON Schema of each kind of YAML file, by file name."""
    return {
        f"{kind.name}.json": json.dumps(_schema(kind), ensure_ascii=False, indent=1) + "\n"
        for kind in KINDS
        if kind.is_yaml
    }


def catalogue_page() -> str:
    """Return `docs/catalogue.md`: a table of keys per kind of file, then per part of one."""
    parts: dict[str, Any] = {}
    sections = [HEAD]
    for kind in KINDS:
        schema = _schema(kind)
        parts |= schema.get("$defs", {})
        sections.append(_section(f"`{kind.file}`", schema))
    sections += [_section(name, part) for name, part in sorted(parts.items())]
    return "\n".join(sections)


def _schema(kind: Kind) -> dict[str, Any]:
    schema = kind.model.model_json_schema()
    if kind.is_yaml and kind.model is not Config:
        for key in FROM_PATH:
            schema["properties"].pop(key, None)
        schema["required"] = [key for key in schema.get("required", []) if key not in FROM_PATH]
        used = json.dumps(schema["properties"])
        _drop_unused(schema, used)
        _allow_numbers(schema)
    return schema


def _drop_unused(schema: dict[str, Any], used: str) -> None:
    """Drop the parts that only dropped keys referred to."""
    parts = schema.get("$defs", {})
    while True:
        text = used + "".join(json.dumps(part) for part in parts.values())
        unused = [name for name in parts if f'"#/$defs/{name}"' not in text]
        if not unused:
            return
        for name in unused:
            del parts[name]


def _allow_numbers(schema: object) -> None:
    """Let texts be written as numbers, as the models do: `period: 2023`."""
    if isinstance(schema, dict):
        if schema.get("type") == "string" and not schema.keys() & {"enum", "const", "format"}:
            schema["type"] = ["string", "number"]
        for inner in schema.values():
            _allow_numbers(inner)
    elif isinstance(schema, list):
        for inner in schema:
            _allow_numbers(inner)


def _section(title: str, schema: dict[str, Any]) -> str:
    required = schema.get("required", [])
    rows = [
        f"| `{key}` | {_type(field)} | {'yes' if key in required else _default(field)} "
        f"| {field.get('description', '')} |"
        for key, field in schema["properties"].items()
    ]
    head = ["| key | type | required | meaning |", "|---|---|---|---|"]
    return "\n".join([f"## {title}", "", schema["description"], "", *head, *rows, ""])


def _default(field: dict[str, Any]) -> str:
    default = field.get("default")
    return "no" if default in (None, "", [], {}) else f"no: `{json.dumps(default)}`"


def _type(field: dict[str, Any]) -> str:
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    for choices in ("anyOf", "oneOf"):
        if choices in field:
            types = [_type(choice) for choice in field[choices] if choice.get("type") != "null"]
            return " or ".join(types)
    return _simple_type(field)


def _simple_type(field: dict[str, Any]) -> str:
    kind = field.get("format") or field.get("type")
    if kind == "array" and "prefixItems" in field:
        return f"pair of {_type(field['prefixItems'][0])}s"
    if kind == "array":
        return f"list of {_type(field['items'])}"
    if kind == "object":
        values = field.get("additionalProperties")
        patterns = field.get("patternProperties", {})
        values = values if isinstance(values, dict) else next(iter(patterns.values()), None)
        return f"{_type(values)} by name" if values else "mapping"
    texts = {"string": "text", "boolean": "true or false"}
    return "text" if isinstance(kind, list) else texts.get(str(kind), str(kind))
