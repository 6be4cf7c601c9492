"""Formats of the answer to a query: CSV, JSON, Parquet, Excel."""

from __future__ import annotations

import io
import json
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    import pyarrow as pa


class Format(StrEnum):
    """How an answer is written; the name is also the suffix of a file."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"
    xlsx = "xlsx"


def form_of(path: Path) -> Format | None:
    """Return the format that a file's suffix names, None for any other."""
    return next((f for f in Format if path.suffix == f".{f}" and f != Format.table), None)


def write(answer: pa.Table, form: Format) -> bytes:
    """Return an answer as the bytes of a file (UTF-8 where it is text)."""
    buffer = io.BytesIO()
    match form:
        case Format.parquet:
            import pyarrow.parquet as pq  # noqa: PLC0415  # imported only where it is needed

            pq.write_table(answer, buffer, compression="zstd")
        case Format.xlsx:
            _workbook(answer.to_pandas(), buffer)
        case Format.json:
            rows = json.dumps(answer.to_pylist(), default=str, ensure_ascii=False, indent=1)
            buffer.write(f"{rows}\n".encode())
        case _:
            answer.to_pandas().to_csv(buffer, index=False)
    return buffer.getvalue()


def _workbook(frame: pd.DataFrame, buffer: io.BytesIO) -> None:
    """Write one sheet; text stays text even where it looks like a formula or an address."""
    import pandas as pd  # noqa: PLC0415  # as above

    moments = frame.select_dtypes("datetimetz").columns
    frame = frame.assign(**{name: frame[name].dt.tz_localize(None) for name in moments})
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": options}) as book:
        frame.to_excel(book, sheet_name="etl sql", index=False, freeze_panes=(1, 0))
        book.sheets["etl sql"].autofit()
