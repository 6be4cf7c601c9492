"""IPA's list of public bodies, and of those that have a digital transition office."""

from __future__ import annotations

from typing import ClassVar

from etl.parsing.aggregate import sum_cells
from etl.parsing.cells import in_province
from etl.parsing.delimited import read_companion, read_rows
from etl.parsing.layout import FileContext, ParsedFile, Province, TextOptions
from etl.quarantine import reject
from warehouse.errors import SourceError

BODY, NATURE, CODE = "Codice_IPA", "Codice_natura", "Codice_comune_ISTAT"
UPDATED = "Data_aggiornamento"  # of each body; the newest is the day of the list
MUNICIPALITY = "2430"
DAY = r"\d{4}-\d{2}-\d{2}"


class Options(TextOptions):
    """What a dataset declares of its file."""

    required_companions: ClassVar[tuple[str, ...]] = ("offices",)
    province: Province = None


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return `municipalities` (1 each) and `with_office` (0 or 1) in the year of the list.

    The companion file `offices` lists the bodies that have one. Raises `SourceError` for a list
    in which no row has a day.
    """
    rows, rejected = read_rows(content, [BODY, NATURE, CODE, UPDATED], only=True, **options.reading)
    updated = rows[UPDATED].str.strip()
    days = updated[updated.str.fullmatch(DAY)]
    if days.empty:
        raise SourceError(reject("undated", UPDATED, column=UPDATED))
    is_municipality = rows[NATURE].str.strip().eq(MUNICIPALITY)
    rows = rows[is_municipality & in_province(rows[CODE], options.province)]
    offices = read_companion(context, "offices", [BODY], only=True)
    has_office = rows[BODY].str.strip().isin(offices[BODY].str.strip())
    rows = rows.assign(
        period=days.max()[:4],
        municipalities=1,
        with_office=has_office.astype(int),
    )
    rows = rows.sort_values("with_office").drop_duplicates(CODE, keep="last")
    cells = sum_cells(rows, ["municipalities", "with_office"], code=CODE, column=BODY)
    return ParsedFile(cells, tuple(rejected))
