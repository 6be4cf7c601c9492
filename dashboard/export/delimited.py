"""Rows as CSV, each with its source and release."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any, Literal

from dashboard.export.cells import harmless, international, italian, italian_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Style = Literal["it", "int"]


def delimited(
    columns: Sequence[str],
    rows: Iterable[Iterable[Any]],
    style: Style,
    decimals: Mapping[str, int] | None = None,
) -> str:
    """Return CSV of `columns`, source and release; style `it` is what Excel in Italian opens.

    That is a byte order mark, semicolons, Italian column names, a decimal comma and no more
    decimals than the column has in `decimals`. No text is one that a spreadsheet executes.
    """
    is_italian = style == "it"
    head = [*columns, "source", "release"]
    places = [(decimals or {}).get(name) for name in head]
    out = StringIO()
    writer = csv.writer(out, delimiter=";" if is_italian else ",", lineterminator="\r\n")
    writer.writerow(map(harmless, italian_columns(head) if is_italian else head))
    for row in rows:
        writer.writerow(map(italian, row, places) if is_italian else map(international, row))
    return ("\ufeff" if is_italian else "") + out.getvalue()
