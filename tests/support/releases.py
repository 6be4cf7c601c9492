"""Releases made of a release: another date, other figures, an earlier form, damage."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pyarrow.compute as pc
import pyarrow.parquet as pq

from warehouse.files import sha256_of
from warehouse.release.manifest import read_manifest, write_manifest

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from warehouse.config import Config


def date_back(folder: Path, created: datetime) -> None:
    """Give a release another date, as if the clock had been another."""
    write_manifest(folder, read_manifest(folder).model_copy(update={"created": created}))


def multiply(config: Config, release: str, times: int) -> str:
    """Lay beside `release` a whole one whose observations are `times` as large; return its name."""
    name = f"{release.rpartition('-')[0]}-{times:08x}"
    folder = config.releases / name
    shutil.copytree(config.releases / release, folder)
    path = folder / "observation.parquet"
    table = pq.read_table(path)
    for column in ("value", "numerator"):
        larger = pc.multiply(table[column], float(times))
        table = table.set_column(table.column_names.index(column), column, larger)
    pq.write_table(table, path)
    manifest = read_manifest(folder)
    entry = manifest.tables["observation"].model_copy(update={"sha256": sha256_of(path)})
    changes = {
        "release": name,
        "sequence": manifest.sequence + times,
        "created": manifest.created + timedelta(minutes=times),
        "tables": {**manifest.tables, "observation": entry},
    }
    write_manifest(folder, manifest.model_copy(update=changes))
    return name


def flip(path: Path, bit: int) -> None:
    """Flip one bit of a file."""
    content = bytearray(path.read_bytes())
    content[bit // 8 % len(content)] ^= 1 << bit % 8
    path.write_bytes(content)
