"""The targets' signs of a release on disk, read without opening the rest of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COLUMNS = ["indicator", "territory", "target_sign"]


def target_signs(folder: Path) -> Mapping[tuple[str, str], str | None]:
    """Return the sign of each indicator and territory that a target judges.

    Empty of a release made before there were statuses, or removed or damaged since.
    """
    import pyarrow as pa  # noqa: PLC0415  # a server that starts does not need it
    import pyarrow.parquet as pq  # noqa: PLC0415  # the same

    try:
        with pq.ParquetFile(folder / "status.parquet") as file:  # read_table imports pandas
            table = file.read(COLUMNS)
    except (OSError, pa.ArrowInvalid):
        return {}
    rows = zip(*(table.column(name).to_pylist() for name in COLUMNS), strict=True)
    return {(indicator, territory): sign for indicator, territory, sign in rows if sign}
