"""The day on which each municipality entered the national population register (ANPR)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from pydantic import Field

from etl.parsing.cells import in_province, reject_cells, to_cells
from etl.parsing.dates import days
from etl.parsing.delimited import read_rows
from etl.parsing.layout import FileContext, ParsedFile, Province, TextOptions
from etl.parsing.numbers import numbers

if TYPE_CHECKING:
    from warehouse.errors import Rejection

CODE, DAY = "codice_istat", "data_subentro"
PEOPLE, ABROAD = "popolazione", "popolazione_aire"


class Options(TextOptions):
    """What a dataset declares of its file."""

    years: tuple[int, int] = Field(description="First and last year with figures.")
    province: Province = None


def parse(content: bytes, options: Options, _context: FileContext) -> ParsedFile:
    """Return `entered` (0 or 1) and `municipalities` (1) at the end of each of `years`.

    Also `residents`, the people that the municipality brought in on its day, and
    `residents_entered`, the same or 0; in the last year also `abroad`, its citizens registered
    abroad (AIRE) on that day. A blank date means that the municipality had not entered; one that
    cannot be read is rejected, and so is a number of people.
    """
    rows, rejected = read_rows(content, [CODE, DAY, PEOPLE, ABROAD], **options.reading)
    rows = rows[in_province(rows[CODE], options.province)]
    entry = days(rows[DAY], "%d/%m/%Y")
    unreadable = entry.isna() & (rows[DAY].str.strip() != "")
    rejected += reject_cells(rows[unreadable], [DAY], "date")
    rejected += _unreadable_numbers(rows, PEOPLE) + _unreadable_numbers(rows, ABROAD)
    rows, entry = rows[~unreadable], entry[~unreadable]
    first, last = options.years
    parts = [_year_end(year, rows, entry) for year in range(first, last + 1)]
    parts.append(_abroad(rows, str(last)))
    cells = pd.concat(parts, ignore_index=True)
    return ParsedFile(cells[cells["value"].notna()], tuple(rejected))


def _unreadable_numbers(rows: pd.DataFrame, column: str) -> list[Rejection]:
    return reject_cells(rows[numbers(rows[column]).isna()], [column], "number")


def _abroad(rows: pd.DataFrame, year: str) -> pd.DataFrame:
    return to_cells(
        rows,
        code=rows[CODE],
        variable="abroad",
        period=year,
        value=numbers(rows[ABROAD]),
        column=ABROAD,
    )


def _year_end(year: int, rows: pd.DataFrame, entry: pd.Series[Any]) -> pd.DataFrame:
    entered = (entry.dt.year <= year).astype(float)
    people = numbers(rows[PEOPLE])
    figures: dict[str, pd.Series[float] | float] = {
        "entered": entered,
        "municipalities": 1.0,
        "residents_entered": entered * people,
        "residents": people,
    }
    return pd.concat(
        [
            to_cells(
                rows,
                code=rows[CODE],
                variable=variable,
                period=str(year),
                value=value,
                column=PEOPLE if variable.startswith("residents") else DAY,
            )
            for variable, value in figures.items()
        ]
    )
