"""Cells of the downloads: texts that no spreadsheet takes for a formula, Italian numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warehouse.messages import texts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from io import BytesIO

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from warehouse.release.manifest import Manifest

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # beginnings that a spreadsheet may execute
DECIMALS = 2  # of a number that says nothing else

# A workbook says which cell is a text: nothing has to be put before it.
WORKBOOK_OPTIONS = {
    "in_memory": True,
    "nan_inf_to_errors": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def harmless(cell: object) -> object:
    """Return a cell of a CSV; a text that a spreadsheet could execute gets an apostrophe.

    Numbers stay numbers, negative ones too.
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def international(cell: object) -> object:
    """Return a cell of an international CSV: a whole number has no decimals."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else harmless(cell)


def italian_number(number: float, decimals: int | None = None) -> str:
    """Return a number with a decimal comma and `decimals`, by default at most `DECIMALS`."""
    if decimals is not None:
        return f"{number:.{decimals}f}".replace(".", ",")
    plain = f"{number:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return plain.replace(".", ",")


def italian(cell: Any, decimals: int | None = None) -> object:  # noqa: ANN401  # any cell
    """Return a cell of an Italian CSV."""
    return italian_number(cell, decimals) if isinstance(cell, float) else harmless(cell)


def italian_columns(columns: Iterable[str]) -> list[str]:
    """Return the Italian names of columns; one without has its own."""
    known = texts("pages")
    return [
        str(known[key]["it"]) if (key := f"export.column_{column}") in known else column
        for column in columns
    ]


def new_workbook(out: BytesIO, manifest: Manifest, **more: str) -> Workbook:
    """Return an empty workbook, `more` its properties; of a release the bytes are the same."""
    from xlsxwriter import Workbook  # noqa: PLC0415  # slow to import, rarely needed

    book = Workbook(out, WORKBOOK_OPTIONS)
    created = manifest.created.replace(tzinfo=None)
    book.set_properties({"created": created, "comments": manifest.release, **more})
    return book


def write_table(sheet: Worksheet, head: Iterable[str], rows: Iterable[Any], bold: Format) -> None:
    """Write head and rows into a sheet whose every column can be filtered."""
    columns = list(head)
    sheet.write_row(0, 0, columns, bold)
    count = 0
    for count, row in enumerate(rows, start=1):
        sheet.write_row(count, 0, row)
    sheet.autofilter(0, 0, count, len(columns) - 1)
    sheet.freeze_panes(1, 0)
    sheet.autofit()
