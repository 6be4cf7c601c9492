"""The targets' signs of a release on disk, read without opening the rest of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COLUMNS = ["indicator", "territory", "target_sign"]


def target_signs(folder: Path) -> Mapping[tuple[str, str], str | None]:
    """Return the sign of each indicator and territory that a target judges.

    Empty of a release made before there were statuses, or removed or damaged since.
    """
    try:
        with pq.ParquetFile(folder / "status.parquet") as file:  # read_table imports pandas
            table = file.read(COLUMNS)
    except (OSError, pa.ArrowInvalid):
        return {}
    rows = zip(*(table.column(name).to_pylist() for name in COLUMNS), strict=True)
    return {(indicator, territory): sign for indicator, territory, sign in rows if sign}
