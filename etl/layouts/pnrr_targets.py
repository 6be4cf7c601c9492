"""Target indicators of PNRR projects: planned and achieved values at one extraction."""

from __future__ import annotations

from typing import ClassVar

from etl.parsing.aggregate import single_places, sum_cells
from etl.parsing.cells import reject_cells
from etl.parsing.delimited import read_rows
from etl.parsing.layout import FileContext, ParsedFile, TextOptions
from etl.parsing.numbers import figures

PROJECT = ["cup"]
ACHIEVED, PLANNED, EXTRACTED = "valore_realizzato", "valore_programmato", "data_di_estrazione"
PLACE = "istat_code"


class Options(TextOptions):
    """Nothing to declare."""

    required_companions: ClassVar[tuple[str, ...]] = ("places",)


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return `targets` and `reached` (achieved is at least planned) by municipality.

    The companion file `places` gives the places of the projects; only the targets of projects in
    one municipality count.
    """
    rows, rejected = read_rows(content, [*PROJECT, ACHIEVED, PLANNED, EXTRACTED], **options.reading)
    values = figures(rows, [ACHIEVED, PLANNED], decimal=",", ignored=".")
    for name in (ACHIEVED, PLANNED):
        rejected += reject_cells(rows[values[name].isna()], [name], "number")
    is_readable = values.notna().all(axis="columns")
    reached = (values[ACHIEVED] >= values[PLANNED]).astype(float).where(is_readable)
    rows = rows.assign(targets=1.0, reached=reached, period=rows[EXTRACTED])
    rows = rows.merge(single_places(context, PROJECT, PLACE), on=PROJECT)
    cells = sum_cells(rows, ["targets", "reached"], code=PLACE, column=ACHIEVED)
    return ParsedFile(cells, tuple(rejected))
