"""Workbooks that are rejected as a whole: damaged, of another kind, without loaded data."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest

from tests.support.workbooks import HEAD, read
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable


def _without_sheet(book: openpyxl.Workbook) -> None:
    del book["Fondi"]


def _without_column(book: openpyxl.Workbook) -> None:
    for row in (1, 2):
        book["Pagamenti"].cell(row, 3).value = None


def _without_projects(book: openpyxl.Workbook) -> None:
    book["Progetti"].delete_rows(HEAD + 1, 1000)


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (_without_sheet, "workbook_no_sheet"),
        (_without_column, "workbook_sheet_header"),
        (_without_projects, "workbook_empty"),
    ],
)
def test_a_workbook_that_would_remove_loaded_data_is_rejected_as_a_whole(
    small: bytes, spoil: Callable[[openpyxl.Workbook], None], rule: str
) -> None:
    book = openpyxl.load_workbook(BytesIO(small))
    spoil(book)
    buffer = BytesIO()
    book.save(buffer)
    with pytest.raises(SourceError) as wrong:
        read(buffer.getvalue())
    assert wrong.value.rejections[0].rule == rule


def _stranger() -> bytes:
    buffer = BytesIO()
    pd.DataFrame({"a": [1]}).to_excel(buffer, sheet_name="Foglio1", engine="openpyxl")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [lambda: b"", lambda: b"PK\x03\x04 broken", lambda: b"<html>404</html>", _stranger],
)
def test_a_file_that_is_not_such_a_workbook_is_rejected_as_a_whole(
    content: Callable[[], bytes],
) -> None:
    with pytest.raises(SourceError):
        read(content())


def _member(content: bytes, number: int) -> tuple[int, int]:
    """Return where the packed bytes of a sheet begin and how many they are."""
    with ZipFile(BytesIO(content)) as book:
        packed = book.getinfo(f"xl/worksheets/sheet{number}.xml")
    names = content[packed.header_offset + 26 : packed.header_offset + 30]
    head = 30 + int.from_bytes(names[:2], "little") + int.from_bytes(names[2:], "little")
    return packed.header_offset + head, packed.compress_size


def _flipped(content: bytes) -> bytes:
    start, size = _member(content, 3)
    damaged = b"\xff" * min(size, 40)  # no block of this kind can be unpacked
    return content[:start] + damaged + content[start + len(damaged) :]


def _encrypted(content: bytes) -> bytes:
    """Return it with the flag "encrypted" on every member of its directory."""
    parts = content.split(b"PK\x01\x02")
    return b"PK\x01\x02".join([parts[0], *(p[:4] + bytes([p[4] | 1]) + p[5:] for p in parts[1:])])


def _broken_xml(content: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as book, ZipFile(buffer, "w") as another:
        for name in book.namelist():
            text = book.read(name)
            another.writestr(name, text[: len(text) // 2] if name.endswith("sheet3.xml") else text)
    return buffer.getvalue()


@pytest.mark.parametrize("spoil", [_flipped, _encrypted, _broken_xml])
def test_a_damaged_workbook_is_rejected_as_a_whole(
    small: bytes, spoil: Callable[[bytes], bytes]
) -> None:
    with pytest.raises(SourceError) as wrong:
        read(spoil(small))
    assert [r.rule for r in wrong.value.rejections] == ["workbook_file"]
