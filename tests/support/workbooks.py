"""Workbooks of the office as tests need them: filled, spoilt, with what Excel never writes."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.utils import get_column_letter

from etl.layouts import local_workbook, plan_workbook
from etl.parsing.layout import FileContext
from etl.workbook.choices import accepted_lists, lists
from etl.workbook.schema import workbook
from etl.workbook.writer import template
from tests.support.specimens import CATALOG

if TYPE_CHECKING:
    from etl.parsing.layout import ParsedFile

Row = dict[str, Any]
LISTS = lists(CATALOG)
ACCEPTED = accepted_lists(CATALOG)
BOOK = workbook("projects")
HEAD = 2  # rows above the first one to fill
FEW = ("remix", "giovani", "op-forestami")
SHEETS = {"projects": 2, "milestones": 3, "reports": 7}  # their numbers in the template's archive

PROJECT: Row = {
    "project": "piazza-verde", "level": "operational", "title_it": "Piazza verde",
    "cycle": "2019-2021", "area": "digital", "extracted": date(2026, 6, 30),
}  # fmt: skip
MILESTONE: Row = {
    "project": "piazza-verde", "milestone": "m1", "title_it": "Lavori", "weight": 1,
    "baseline_start": date(2025, 1, 1), "baseline_end": date(2026, 12, 31),
}  # fmt: skip
INDICATOR: Row = {
    "indicator": "benches", "area": "digital", "title_it": "Panchine", "title_en": "Benches",
    "description_it": "Panchine.", "description_en": "Benches.", "unit": "number", "decimals": 0,
    "better": "higher", "aggregate": "sum", "provider": "Settore verde", "licence": "CC BY 4.0",
}  # fmt: skip
VALUE: Row = {"indicator": "benches", "territory": "015146", "period": "2025", "numerator": 3}


def projects(**rows: list[Row]) -> bytes:
    """Return the workbook of one project and the given rows."""
    return template(BOOK, LISTS, "it", {"projects": [PROJECT], **rows})


def indicators(**rows: list[Row]) -> bytes:
    """Return the workbook of one indicator with a value, or of the given rows."""
    book = {"indicators": [INDICATOR], "values": [VALUE], **rows}
    return template(workbook("indicators"), LISTS, "it", book)


def with_cells(content: bytes, sheet: str, cells: Row) -> bytes:
    """Return the workbook with other values in some cells, by their addresses."""
    book = openpyxl.load_workbook(BytesIO(content))
    for cell, value in cells.items():
        book[sheet][cell] = value
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def address_of(content: bytes, sheet: str, name: str, **key: str) -> str:
    """Return the address of the cell of a column in the row whose cells are those of `key`."""
    page = openpyxl.load_workbook(BytesIO(content))[sheet]
    columns = {cell.value: get_column_letter(cell.column or 1) for cell in page[1]}
    for line in range(HEAD + 1, page.max_row + 1):
        if all(page[f"{columns[k]}{line}"].value == v for k, v in key.items()):
            return f"{columns[name]}{line}"
    raise AssertionError(key)


def with_text(content: bytes, part: str, pattern: str, replacement: str) -> bytes:
    """Return the workbook with a part of its archive changed by a regular expression."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as book, ZipFile(buffer, "w", ZIP_DEFLATED) as changed:
        for name in book.namelist():
            text = book.read(name)
            if name == part:
                changed_text, count = re.subn(pattern, replacement, text.decode(), flags=re.DOTALL)
                assert count, pattern
                text = changed_text.encode()
            changed.writestr(name, text)
    return buffer.getvalue()


def part_of(sheet: str) -> str:
    """Return the part of the archive that has a sheet, by its name."""
    return f"xl/worksheets/sheet{SHEETS[sheet]}.xml"


def read(content: bytes, name: str = "projects") -> ParsedFile:
    """Read a workbook as a refresh does."""
    context = FileContext(dataset="plan_projects", lists=ACCEPTED)
    layout = plan_workbook if name == "projects" else local_workbook
    parsed: ParsedFile = layout.parse(content, layout.Options(), context)
    return parsed


def rules(parsed: ParsedFile) -> list[str]:
    """Return the rules that rejections have, without the prefix that all share."""
    return [rejection.rule.removeprefix("workbook_") for rejection in parsed.rejected]
