"""The shipped projects, their workbook, and one of a few of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from etl.pipeline.discovery import SHIPPED_FOLDER, InputFolder
from etl.pipeline.gather import RunContext, read_files
from etl.workbook.prefill import rows
from etl.workbook.writer import template
from tests.support.specimens import CATALOG
from tests.support.workbooks import BOOK, FEW, LISTS

if TYPE_CHECKING:
    import pyarrow as pa


@pytest.fixture(scope="session")
def shipped() -> dict[str, pa.Table]:
    return read_files(InputFolder(CATALOG, SHIPPED_FOLDER, "shipped"), RunContext())


@pytest.fixture(scope="session")
def filled_book(shipped: dict[str, pa.Table]) -> bytes:
    return template(BOOK, LISTS, "it", rows({n: t.to_pandas() for n, t in shipped.items()}))


@pytest.fixture(scope="session")
def small(shipped: dict[str, pa.Table]) -> bytes:
    """The workbook of a few projects, quick to spoil and to read."""
    sheets = rows({n: t.to_pandas() for n, t in shipped.items()})
    few = {
        name: [r for r in result if r.get("project", "remix") in FEW]
        for name, result in sheets.items()
    }
    few["contributions"] = few["contributions"][:1]
    return template(BOOK, LISTS, "it", few)
