"""Target indicators of PNRR projects: planned and achieved values at one extraction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.parsing.aggregate import in_one_place, summed
from etl.parsing.delimited import figures, read_rows, refuse
from etl.parsing.layout import ParsedFile

if TYPE_CHECKING:
    from collections.abc import Mapping

PROJECT = ["cup", "codice_locale_progetto"]
ACHIEVED, PLANNED, EXTRACTED = "valore_realizzato", "valore_programmato", "data_di_estrazione"
PLACE = "istat_code"


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return `targets` and `reached` (achieved is at least planned) by municipality.

    The places of the projects are those of the file `options["beside"]["places"]`; only the
    targets of projects that stand in one single municipality count.
    """
    rows, refused = read_rows(content, [*PROJECT, ACHIEVED, PLANNED, EXTRACTED])
    values = figures(rows, [ACHIEVED, PLANNED], decimal=",", ignored=".")
    refused += [
        rejection
        for name in (ACHIEVED, PLANNED)
        for rejection in refuse(rows[values[name].isna()], [name], "number")
    ]
    readable = values.notna().all(axis="columns")
    reached = (values[ACHIEVED] >= values[PLANNED]).astype(float).where(readable)
    rows = rows.assign(targets=1.0, reached=reached, period=rows[EXTRACTED])
    rows = rows.merge(in_one_place(options, PROJECT, PLACE), on=PROJECT)
    found = summed(rows, ["targets", "reached"], code=PLACE, column=ACHIEVED)
    return ParsedFile(found, tuple(refused))
