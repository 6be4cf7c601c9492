"""The targets of funded works: what each planned to reach by its own indicator, and reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from etl.parsing.cells import no_cells, reject_cells
from etl.parsing.delimited import read_rows
from etl.parsing.layout import FileContext, LayoutOptions, ParsedFile
from etl.parsing.numbers import figures
from etl.projects.funded_works import identity

if TYPE_CHECKING:
    import pandas as pd

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


class Options(LayoutOptions):
    """Nothing to declare."""


def parse(content: bytes, _options: Options, _context: FileContext) -> ParsedFile:
    """Return the table `work_target`; the parts of one CUP are summed by indicator."""
    rows, rejected = read_rows(content, list(COLUMNS))
    values = figures(rows, ["valore_programmato", "valore_realizzato"], ",", ".")
    for name in map(str, values):
        rejected += reject_cells(rows[values[name].isna()], [name], "number")
    rows = rows.assign(**values).rename(columns=COLUMNS)
    rows = rows.assign(project=identity(rows["cup"], rows["cup"]), period=_months(rows))
    groups = rows.groupby(["project", "target"])
    targets = groups.agg({"title": "first", "unit": "first", "period": "max"})
    targets = targets.join(groups[FIGURES].sum(skipna=False)).dropna(subset=FIGURES).reset_index()
    table = pa.Table.from_pandas(targets, preserve_index=False)
    return ParsedFile(no_cells(), tuple(rejected), {"work_target": table})


def _months(rows: pd.DataFrame) -> pd.Series[str]:
    """Return the month that the source names, `2024-08`; missing where it names none."""
    number = rows["month"].map({name: f"{n:02}" for n, name in enumerate(MONTHS, start=1)})
    return rows["year"].str.removesuffix(".0") + "-" + number
