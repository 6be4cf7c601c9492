"""Digests of the project's own code, so that what was computed by other code is not reused."""

from __future__ import annotations

import ast
import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PROJECT = Path(__file__).resolve().parents[2]
OWN = ("etl", "warehouse")
LIBRARIES = ("duckdb", "pandas", "pyarrow")
KINDS = {".py", ".sql", ".yaml"}
NOT_CODE = {PROJECT / "etl" / "shipped", PROJECT / "warehouse" / "catalog"}  # digested as data


@cache
def of_module(name: str) -> str:
    """Return a digest of a module such as `etl.layouts.wide_csv` and of all that it imports.

    Only the project's own modules are followed; the libraries that compute count by version.
    """
    words = (PROJECT / "etl").rglob("*.yaml")  # what refusals say, how workbooks are laid out
    return _digest([*_reached(name, set()), *words])


@cache
def of_project() -> str:
    """Return a digest of everything that computes figures: modules, SQL, rules and words."""
    found = [path for package in OWN for path in (PROJECT / package).rglob("*")]
    return _digest(
        path for path in found if path.suffix in KINDS and not NOT_CODE & set(path.parents)
    )


def _digest(paths: Iterable[Path]) -> str:
    said = hashlib.sha256("".join(version(name) for name in LIBRARIES).encode())
    for path in sorted(set(paths)):
        said.update(f"\n{path.relative_to(PROJECT)}\n".encode())
        said.update(path.read_bytes())
    return said.hexdigest()


def _reached(name: str, seen: set[str]) -> Iterator[Path]:
    """Yield the files of a module and of the own modules that it imports, each once."""
    path = _file(name)
    if path is None or name in seen:
        return
    seen.add(name)
    yield path
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module:
            for part in (node.module, *(f"{node.module}.{a.name}" for a in node.names)):
                yield from _reached(part, seen)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield from _reached(alias.name, seen)


def _file(name: str) -> Path | None:
    if name.partition(".")[0] not in OWN:
        return None
    stem = PROJECT.joinpath(*name.split("."))
    places = (stem.with_suffix(".py"), stem / "__init__.py")
    return next((path for path in places if path.is_file()), None)
