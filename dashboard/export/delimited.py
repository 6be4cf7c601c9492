"""Rows as CSV, each with its source and release."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Style = Literal["it", "int"]


def delimited(columns: Sequence[str], rows: Iterable[Iterable[Any]], style: Style) -> str:
    """Return CSV of `columns`, source and release; style `it` is what Excel in Italian opens.

    That is a byte order mark, semicolons and a decimal comma.
    """
    italian = style == "it"
    out = StringIO()
    writer = csv.writer(out, delimiter=";" if italian else ",", lineterminator="\r\n")
    writer.writerow([*columns, "source", "release"])
    for row in rows:
        writer.writerow(
            str(cell).replace(".", ",") if italian and isinstance(cell, float) else cell
            for cell in row
        )
    return ("\ufeff" if italian else "") + out.getvalue()
