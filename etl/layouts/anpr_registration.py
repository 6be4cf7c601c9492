"""The day on which each municipality entered the national population register (ANPR)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.dates import days
from etl.parsing.delimited import cells, in_province, numbers, read_rows, refuse
from etl.parsing.layout import ParsedFile

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY, PEOPLE, ABROAD = "data_subentro", "popolazione", "popolazione_aire"


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return `entered` (0 or 1) and `municipalities` (1) at the end of each of `years`.

    And `residents`, the people that the municipality brought in on its day, with
    `residents_entered`, the same or 0; in the last year also `abroad`, its citizens registered
    abroad (AIRE) on that day. `options`: `province` (three digits, or none for all)
    and `years` (first, last). A blank date says that the municipality had not entered; one that
    cannot be read is refused, and so is a number of people.
    """
    rows, refused = read_rows(content, ["codice_istat", DAY, PEOPLE, ABROAD])
    rows = rows[in_province(rows["codice_istat"], options.get("province"))]
    entry = days(rows[DAY], "%d/%m/%Y")
    unreadable = entry.isna() & (rows[DAY].str.strip() != "")
    first, last = options["years"]
    parts = [
        _at_the_end_of(year, rows[~unreadable], entry[~unreadable])
        for year in range(first, last + 1)
    ]
    parts.append(_abroad(rows[~unreadable], str(last)))
    refused += [
        *refuse(rows[unreadable], [DAY], "date"),
        *(r for name in (PEOPLE, ABROAD) for r in refuse(_unread(rows, name), [name], "number")),
    ]
    found = pd.concat(parts, ignore_index=True)
    return ParsedFile(found[found["value"].notna()], tuple(refused))


def _unread(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    return rows[numbers(rows[name]).isna()]


def _abroad(rows: pd.DataFrame, year: str) -> pd.DataFrame:
    given = {"code": rows["codice_istat"], "value": numbers(rows[ABROAD])}
    return cells(rows, variable="abroad", period=year, column=ABROAD, **given)


def _at_the_end_of(year: int, rows: pd.DataFrame, entry: pd.Series[Any]) -> pd.DataFrame:
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
            cells(
                rows,
                code=rows["codice_istat"],
                variable=variable,
                period=str(year),
                value=value,
                column=PEOPLE if variable.startswith("residents") else DAY,
            )
            for variable, value in figures.items()
        ]
    )
