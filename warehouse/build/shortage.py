"""Memory or disk that does not suffice for a build, as an error that says what to do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from warehouse.errors import ReleaseError
from warehouse.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DISK_FULL = "No space left on device"


@contextmanager
def shortage_reported(folder: Path) -> Iterator[None]:
    """Raise `ReleaseError` where DuckDB finds no room in memory, or on the disk of `folder`."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        reason = str(error).splitlines()[0]
        raise ReleaseError(message("build_memory", path=folder, reason=reason)) from error
    except duckdb.IOException as error:
        if DISK_FULL not in str(error):
            raise
        raise ReleaseError(message("disk_full", path=folder)) from error
