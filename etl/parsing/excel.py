"""The first sheet of an Excel workbook as a frame of text, for companion files."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pandas as pd

from etl.parsing.delimited import missing_columns
from etl.quarantine import reject
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

FAULTS = (zipfile.BadZipFile, ValueError, KeyError, OSError)


def first_sheet(content: bytes, columns: Sequence[str]) -> pd.DataFrame:
    """Return every row as text, with blank cells empty.

    Raises `SourceError` when the bytes are not a workbook or one of `columns` is missing.
    """
    try:
        rows = pd.read_excel(
            io.BytesIO(content), engine="openpyxl", dtype=str, keep_default_na=False
        )
    except FAULTS as error:
        raise SourceError(reject("workbook")) from error
    rows = rows.fillna("").rename(columns=lambda name: str(name).strip())
    if absent := [name for name in columns if name not in rows]:
        raise SourceError(missing_columns(absent, [str(name) for name in rows]))
    return rows
