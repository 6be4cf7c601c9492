"""Cache of parsed and harmonised tables, keyed by the digest of everything they depend on."""

from __future__ import annotations

import json
import os
import shutil
import time
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.files import read_json, replace_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAMES = "tables.json"
DAY = 86_400  # seconds


class Cache:
    """A folder of tables; an entry is complete or absent, and a damaged one is removed."""

    def __init__(self, folder: Path | None) -> None:
        """Store entries in `folder`; None stores nothing."""
        self._folder = folder

    def get(self, key: str) -> dict[str, pa.Table] | None:
        """Return the tables of an entry, None where no entry can be read."""
        if self._folder is None or not (entry := self._folder / key).is_dir():
            return None
        try:
            names = read_json(entry / NAMES)
            tables = {name: _read(entry / f"{name}.parquet") for name in names}
            os.utime(entry)
        except (OSError, ValueError, pa.ArrowException):
            shutil.rmtree(entry, ignore_errors=True)
            return None
        return tables

    def store(self, key: str, tables: Mapping[str, pa.Table]) -> None:
        """Store tables under `key`, in one step."""
        if self._folder is None or (self._folder / key).is_dir():
            return
        with replace_folder(self._folder / key) as temporary:
            for name, table in tables.items():
                pq.write_table(table, temporary / f"{name}.parquet", write_page_checksum=True)
            (temporary / NAMES).write_text(json.dumps(list(tables)), encoding="utf-8")

    def prune(self, *, days: int) -> None:
        """Remove entries unused for `days`, and what a killed run left half written."""
        if self._folder is None or not self._folder.is_dir():
            return
        for entry in self._folder.iterdir():
            age = time.time() - entry.stat().st_mtime
            if entry.name.startswith(".") or age > days * DAY:
                shutil.rmtree(entry, ignore_errors=True)


def _read(path: Path) -> pa.Table:
    return pq.read_table(path, page_checksum_verification=True)
