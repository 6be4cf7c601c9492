"""The selected funded works as CSV and XLSX, each row with its source, licence and release."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from dashboard.export.cells import new_workbook, write_table
from dashboard.export.delimited import Style, delimited
from dashboard.i18n import translations
from dashboard.pages.works import filters
from dashboard.pages.works.table import Order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.release_data import ReleaseData
    from dashboard.selection import Selection

COLUMNS = (
    "project", "cup", "local_code", "title", "body", "place", "municipalities", "measure_code",
    "measure", "sector", "area", "state", "phase", "planned_start", "planned_end", "actual_start",
    "actual_end", "funding", "available", "paid", "extracted", "datasets",
)  # fmt: skip


def csv(data: ReleaseData, selection: Selection, style: Style) -> str:
    """Return CSV; style `it` is what Excel in Italian opens: BOM, semicolon, decimal comma."""
    return delimited(COLUMNS, _rows(data, selection), style)


def xlsx(data: ReleaseData, selection: Selection) -> bytes:
    """Return a workbook with one sheet, which can be filtered by every column."""
    out = BytesIO()
    book = new_workbook(out, data.store.manifest)
    sheet = book.add_worksheet(translations(selection.lang)("export.values"))
    head = book.add_format({"bold": True, "bottom": 1})
    write_table(sheet, (*COLUMNS, "source", "release"), _rows(data, selection), head)
    book.close()
    return out.getvalue()


def _rows(data: ReleaseData, selection: Selection) -> Iterator[list[Any]]:
    """Yield the cells of each selected work, in the order of the page; a missing one is empty."""
    order = Order.read(selection.sort)
    territories = [t for t in selection.territory if t in data.catalog.territories]
    rows = data.store.rows(
        "selected_works",
        territory=territories[-1] if territories else None,
        column=order.column,
        descending=order.descending,
        count=None,
        first=0,
        **filters.parameters(selection),
    )
    sources = {name: _source(data, name, selection.lang) for name in data.catalog.datasets}
    for row in rows:
        names = [name for name in str(row["datasets"]).split() if name in sources]
        yield [
            *(_cell(row[column]) for column in COLUMNS),
            " | ".join(sources[name] for name in names),
            data.store.release,
        ]


def _cell(value: object) -> object:
    """Return a cell: a day as ISO, nothing as an empty text."""
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    return "" if value is None else value


def _source(data: ReleaseData, name: str, lang: str) -> str:
    dataset = data.catalog.datasets[name]
    return f"{dataset.attribution.in_(lang)} ({dataset.licence}) {dataset.address}"
