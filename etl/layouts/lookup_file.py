"""A file that only completes another one (`beside`): it has no figures of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.delimited import read_rows
from etl.parsing.excel import first_sheet
from etl.parsing.layout import CELL_COLUMNS, ParsedFile

if TYPE_CHECKING:
    from collections.abc import Mapping


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return nothing, once the file is seen to have the `columns` that the other one needs.

    With `options["workbook"]` it is an Excel workbook, whose first sheet has them.
    """
    if options.get("workbook"):
        first_sheet(content, options["columns"])
        return ParsedFile(pd.DataFrame(columns=list(CELL_COLUMNS)))
    how = {name: options[name] for name in ("encoding", "separator", "names") if name in options}
    _, refused = read_rows(content, options["columns"], **how)
    return ParsedFile(pd.DataFrame(columns=list(CELL_COLUMNS)), tuple(refused))
