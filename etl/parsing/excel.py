"""Sheets of Excel workbooks as text: a frame for companion files, CSV for the layouts."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from typing import TYPE_CHECKING

import pandas as pd

from etl.parsing.archive import open_archive
from etl.parsing.delimited import missing_columns
from etl.quarantine import reject
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

FAILED = "#ERROR!"  # all that pandas gives of a formula that failed, such as #REF!
FAULTS = (zipfile.BadZipFile, ValueError, KeyError, OSError)


def first_sheet(content: bytes, columns: Sequence[str]) -> pd.DataFrame:
    """Return every row as text, with blank cells empty and failed formulas as `FAILED`.

    Raises `SourceError` when the bytes are not a workbook or one of `columns` is missing.
    """
    check_archive(content)
    try:
        rows = pd.read_excel(
            io.BytesIO(content), engine="openpyxl", dtype=str, keep_default_na=False
        )
    except FAULTS as error:
        raise SourceError(reject("workbook")) from error
    known = {" ".join(name.split()): name for name in columns}
    names = [" ".join(str(name).split()) for name in rows]
    rows = rows.fillna(FAILED).set_axis([known.get(name, name) for name in names], axis="columns")
    if absent := [name for name in columns if name not in rows]:
        raise SourceError(missing_columns(absent, [str(name) for name in rows]))
    return rows


def sheet_as_csv(content: bytes, sheet: str) -> bytes:
    """Return a sheet as CSV in UTF-8, each cell with its blanks and line ends as single spaces.

    A formula that failed is `FAILED`, which every layout rejects as a number. Raises `SourceError`
    when the bytes are not a workbook or it has no such sheet.
    """
    check_archive(content)
    try:
        with (
            warnings.catch_warnings(action="ignore", category=UserWarning),  # extensions of a sheet
            pd.ExcelFile(io.BytesIO(content), engine="openpyxl") as book,
        ):
            names = [str(name) for name in book.sheet_names]
            if sheet not in names:
                raise SourceError(reject("sheet_missing", sheet, found=names))
            rows = pd.read_excel(
                book, sheet_name=sheet, header=None, dtype=str, keep_default_na=False
            )
    except FAULTS as error:
        raise SourceError(reject("workbook")) from error
    text = io.StringIO()
    writer = csv.writer(text)
    for row in rows.fillna(FAILED).itertuples(index=False):
        writer.writerow([" ".join(str(cell).split()) for cell in row])
    return text.getvalue().encode()


def check_archive(content: bytes) -> None:
    """Raise `SourceError` for what is not a workbook, or would unpack to far more than its size."""
    open_archive(content, lambda: SourceError(reject("workbook"))).close()
