"""Digest of the project's own code: what other code computed is not reused."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PACKAGES = ("etl", "warehouse")
LIBRARIES = ("duckdb", "pandas", "pyarrow")
SUFFIXES = {".py", ".sql", ".yaml"}
DATA = {PROJECT / "etl" / "shipped", PROJECT / "warehouse" / "catalog"}  # have digests of their own


@cache
def code_digest() -> str:
    """Return the digest of all modules, SQL and texts that figures are computed with."""
    paths = (path for package in PACKAGES for path in (PROJECT / package).rglob("*"))
    result = hashlib.sha256("".join(version(name) for name in LIBRARIES).encode())
    for path in sorted(p for p in paths if p.suffix in SUFFIXES and not DATA & set(p.parents)):
        result.update(f"\n{path.relative_to(PROJECT)}\n".encode())
        result.update(path.read_bytes())
    return result.hexdigest()
