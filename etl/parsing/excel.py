"""The first sheet of an Excel workbook as a frame of words, for lists that complete a file."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pandas as pd

from etl.quarantine import reject
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 12  # columns of a header that a message lists
FAULTS = (zipfile.BadZipFile, ValueError, KeyError, OSError)


def first_sheet(content: bytes, columns: Sequence[str]) -> pd.DataFrame:
    """Return every row as text, blanks as empty words.

    Raises `SourceError` when the bytes are no workbook or one of `columns` is missing.
    """
    try:
        rows = pd.read_excel(
            io.BytesIO(content), engine="openpyxl", dtype=str, keep_default_na=False
        )
    except FAULTS as error:
        raise SourceError(reject("workbook")) from error
    rows = rows.fillna("").rename(columns=lambda name: str(name).strip())
    if absent := [name for name in columns if name not in rows]:
        header = [str(name) for name in rows][:MOST]
        raise SourceError(
            reject("columns_missing", line=1, column=absent[0], columns=absent, header=header)
        )
    return rows
