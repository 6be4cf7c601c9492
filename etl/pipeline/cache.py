"""What was computed once and need not be again: tables under the digest of what they came from."""

from __future__ import annotations

import json
import os
import shutil
import time
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAMES = "tables.json"
DAY = 86_400  # seconds


class Cache:
    """A folder of tables; an entry is whole or not there, and a damaged one is thrown away."""

    def __init__(self, folder: Path | None) -> None:
        """Keep entries in `folder`; None keeps nothing."""
        self._folder = folder

    def get(self, key: str) -> dict[str, pa.Table] | None:
        """Return the tables of an entry, None where there is none that can be read."""
        if self._folder is None or not (entry := self._folder / key).is_dir():
            return None
        try:
            names = json.loads((entry / NAMES).read_text(encoding="utf-8"))
            tables = {name: _read(entry / f"{name}.parquet") for name in names}
            os.utime(entry)
        except (OSError, ValueError, pa.ArrowException):
            shutil.rmtree(entry, ignore_errors=True)
            return None
        return tables

    def put(self, key: str, tables: Mapping[str, pa.Table]) -> None:
        """Keep tables: written beside and moved into place in one step."""
        if self._folder is None or (self._folder / key).is_dir():
            return
        beside = self._folder / f".{key}.{os.getpid()}"
        beside.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            pq.write_table(table, beside / f"{name}.parquet", write_page_checksum=True)
        (beside / NAMES).write_text(json.dumps(list(tables)), encoding="utf-8")
        beside.rename(self._folder / key)

    def forget(self, *, days: int) -> None:
        """Remove what nobody asked for in so many days, and what a killed run left half done."""
        if self._folder is None or not self._folder.is_dir():
            return
        for entry in self._folder.iterdir():
            age = time.time() - entry.stat().st_mtime
            if entry.name.startswith(".") or age > days * DAY:
                shutil.rmtree(entry, ignore_errors=True)


def _read(path: Path) -> pa.Table:
    return pq.read_table(path, page_checksum_verification=True)
