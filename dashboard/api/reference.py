"""The page of the open-data API at `/docs`: every address, its parameters, an example to open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response

from dashboard import bundle
from dashboard.context import TEMPLATES
from dashboard.i18n import Translations, translations
from dashboard.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog

MEDIA_TYPES = {
    ".atom": "application/atom+xml",
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/feed+json",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".svg": "image/svg+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What an address takes: its kind, allowed values, value by default and explanation."""

    name: str
    is_required: bool
    values: str
    default: str
    text: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address of the API, what it answers, and one address that can be opened."""

    path: str
    text: str
    formats: str
    parameters: tuple[Parameter, ...]
    example: str


def add_routes(server: FastAPI, config: Config, catalog: Catalog) -> None:
    """Add the page; the description for programs is at `/openapi.json`."""
    server.openapi = partial(_described, server)  # type: ignore[method-assign]  # as FastAPI documents
    if config.server.prefix:
        server.servers = [{"url": config.server.prefix}]

    @server.get("/docs", include_in_schema=False)
    def reference(request: Request) -> Response:
        selection = Selection.read("/docs", request.url.query, config.language)
        t = translations(selection.lang)
        schema = server.openapi()
        operations = tuple(_operations(schema, t, _examples(catalog)))
        page = TEMPLATES.get_template("shell/reference.html").render(
            t=t,
            selection=selection,
            operations=operations,
            version=schema["info"]["version"],
            prefix=config.server.prefix,
            link=lambda path=None, **changes: (
                config.server.prefix + selection.address(path, config.language, **changes)
            ),
            style=bundle.style().address,
        )
        return Response(page, media_type="text/html")


def describe(schema: Mapping[str, Any]) -> None:
    """Correct the media type of downloads: FastAPI takes every answer for JSON."""
    for path, methods in schema["paths"].items():
        media_type = MEDIA_TYPES.get(PurePosixPath(path).suffix)
        for method in methods.values():
            if media_type:
                content = {"schema": {"type": "string", "format": "binary"}}
                method["responses"]["200"]["content"] = {media_type: content}


def _described(server: FastAPI) -> dict[str, Any]:
    """Return the description of the server's addresses, made once."""
    if not server.openapi_schema:
        describe(FastAPI.openapi(server))
    schema: dict[str, Any] = server.openapi_schema or {}
    return schema


def _examples(catalog: Catalog) -> dict[str, str]:
    """Return values of parameters that every release of the catalogue answers."""
    return {"indicator": next(iter(catalog.indicators))}


def _operations(
    schema: Mapping[str, Any], t: Translations, examples: Mapping[str, str]
) -> Iterator[Operation]:
    for path, methods in schema["paths"].items():
        for method in methods.values():
            parameters = tuple(_parameter(schema, p, t) for p in method.get("parameters", ()))
            content = method["responses"]["200"].get("content", {})
            key = f"reference.operations.{_key(path)}"
            text = t(key) if key in t else method.get("description", method.get("summary", ""))
            yield Operation(
                path, text, ", ".join(content), parameters, _example(path, parameters, examples)
            )


def _parameter(
    schema: Mapping[str, Any], parameter: Mapping[str, Any], t: Translations
) -> Parameter:
    declared = _resolved(schema, parameter.get("schema", {}))
    choices = [_resolved(schema, choice) for choice in declared.get("anyOf", [declared])]
    values = [v for choice in choices for v in _values(choice)]
    key = f"reference.parameters.{parameter['name']}"
    default = declared.get("default")
    return Parameter(
        parameter["name"],
        parameter.get("required", False),
        " · ".join(values),
        "" if default is None else str(default),
        t(key) if key in t else parameter.get("description", ""),
    )


def _values(choice: Mapping[str, Any]) -> list[str]:
    """Return the values of an enumeration, or the name of a type; nothing for null."""
    if "const" in choice:
        return [str(choice["const"])]
    if "enum" in choice:
        return [str(value) for value in choice["enum"]]
    return [] if choice.get("type") == "null" else [str(choice.get("type", ""))]


def _resolved(schema: Mapping[str, Any], part: Mapping[str, Any]) -> Mapping[str, Any]:
    name = part.get("$ref", "").rpartition("/")[2]
    resolved: Mapping[str, Any] = schema["components"]["schemas"][name] if name else part
    return resolved


def _example(path: str, parameters: tuple[Parameter, ...], examples: Mapping[str, str]) -> str:
    """Return an address with the required parameters filled in; empty where one has no example."""
    required = [p.name for p in parameters if p.is_required]
    if not set(required) <= examples.keys():
        return ""
    in_query = {name: examples[name] for name in required if f"{{{name}}}" not in path}
    address = path
    for name in required:
        address = address.replace(f"{{{name}}}", examples[name])
    return address + (f"?{urlencode(in_query)}" if in_query else "")


def _key(path: str) -> str:
    """Return the name of a path among the texts: `/api/works.csv` is `works_csv`."""
    return (
        path.removeprefix("/api/")
        .replace("{", "")
        .replace("}", "")
        .replace("/", "_")
        .replace(".", "_")
    )
