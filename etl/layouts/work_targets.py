"""The targets of funded works: what each was to reach by its own indicator, and what it did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from etl.parsing.delimited import figures, read_rows, refuse
from etl.parsing.layout import CELL_COLUMNS, ParsedFile
from etl.projects.funded_works import identity

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS = {
    "cup": "cup",
    "codice_indicatore": "target",
    "descrizione_indicatore": "title",
    "descrizione_unita_di_misura": "unit",
    "valore_programmato": "planned",
    "valore_realizzato": "realised",
    "mese": "month",
    "anno": "year",
}
MONTHS = (
    "Gennaio", "Febbraio", "Marzo", "Aprile", "Maggio", "Giugno", "Luglio", "Agosto", "Settembre",
    "Ottobre", "Novembre", "Dicembre",
)  # fmt: skip
FIGURES = ["planned", "realised"]


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:  # noqa: ARG001  # as every layout
    """Return the table `work_target`; the parts of one CUP are summed by indicator."""
    read, refused = read_rows(content, list(COLUMNS))
    values = figures(read, ["valore_programmato", "valore_realizzato"], ",", ".")
    for name in values:
        refused += refuse(read[values[name].isna()], [str(name)], "number")
    rows = read.assign(**values).rename(columns=COLUMNS)
    rows = rows.assign(project=identity(rows["cup"], rows["cup"]), period=_months(rows))
    groups = rows.groupby(["project", "target"])
    targets = groups.agg({"title": "first", "unit": "first", "period": "max"})
    targets = targets.join(groups[FIGURES].sum(skipna=False)).dropna(subset=FIGURES).reset_index()
    table = pa.Table.from_pandas(targets, preserve_index=False)
    return ParsedFile(
        pd.DataFrame(columns=list(CELL_COLUMNS)), tuple(refused), {"work_target": table}
    )


def _months(rows: pd.DataFrame) -> pd.Series[str]:
    """Return the month that the source names, `2024-08`; missing where it names none."""
    number = rows["month"].map({name: f"{at:02}" for at, name in enumerate(MONTHS, start=1)})
    return rows["year"].str.removesuffix(".0") + "-" + number
