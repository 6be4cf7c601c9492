"""Rejection of a cell of the office's workbook, with its sheet, line and column in its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.quarantine import reject

if TYPE_CHECKING:
    from etl.workbook.schema import Sheet
    from warehouse.errors import Rejection


def reject_cell(
    sheet: Sheet,
    column: str,
    rule: str,
    line: int,
    value: object,
    *,
    what: object = None,
    **more: object,
) -> Rejection:
    """Return the rejection of a cell; `what` (by default its value) and `more` fill the texts."""
    return reject(
        f"workbook_{rule}",
        value if what is None else what,
        **more,
        line=int(line),
        column=sheet.label(column),
        value=value,
        sheet=sheet.current_title,
    )
