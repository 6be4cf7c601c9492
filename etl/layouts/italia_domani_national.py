"""Italia Domani's national files: the projects in one single municipality, counted and summed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from pydantic import Field, ValidationError

from etl.parsing.aggregate import of_whole_places, summed
from etl.parsing.dates import days
from etl.parsing.delimited import numbers, read_rows, refuse, rows_beside
from etl.parsing.layout import TOLD, ParsedFile
from etl.parsing.text import header
from etl.quarantine import wrong_options
from warehouse.declarations.base import Declaration
from warehouse.errors import Rejection, SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

PROJECT = ["CUP", "Codice Locale Progetto"]
MEASURE, DAY = "Codice Univoco Submisura", "Data di Estrazione"
PROVINCE, PLACE = "Provincia", "Comune"
UNTOLD = ("", "N/D", "n.d.")
NOWHERE = "000"  # the whole country or a region: no municipality
CODE = "code"


class Counted(Declaration):
    """A figure of a municipality: its projects, or the sum of one of `sum`, if more are named.

    `sum`: the names that the column has had in the file's editions; without it rows count 1.
    `where`: only rows whose column fits a pattern; `reaches`: only rows whose first column is at
    least the second.
    """

    sum: tuple[str, ...] = ()
    where: dict[str, str] = Field(default_factory=dict)
    reaches: tuple[str, str] | None = None


class Options(Declaration):
    """What is declared: the figures by name, and the beginning of the measures that count."""

    figures: dict[str, Counted]
    measure: str = ""
    beside: dict[str, Any] = Field(default_factory=dict)


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return the declared `figures` by municipality at the day of extraction.

    The money of a project stands whole in each of its places (`beside["places"]`), so that
    only projects in one single municipality of the whole file count. A row without a number
    that a figure needs counts nowhere; where it has another word instead it is refused, and its
    municipality has no figures: half a sum is not published.
    """
    try:
        own = {name: said for name, said in options.items() if name not in {*TOLD, "period"}}
        declared = Options.model_validate(own)
    except ValidationError as error:
        raise SourceError(wrong_options("italia_domani_national", error)) from error
    columns = _columns(content, declared)
    rows, refused = read_rows(content, [*PROJECT, MEASURE, DAY, *columns], separator=";", only=True)
    rows = rows[rows[MEASURE].str.startswith(declared.measure)]
    rows = rows.merge(_places(options), on=PROJECT)
    day = days(rows[DAY].str.strip(), "%d/%m/%Y")
    refused += refuse(rows[day.isna()], [DAY], "date")
    rows = rows.assign(period=day.dt.strftime("%Y-%m-%d"))
    rows = of_whole_places(rows, day.notna(), CODE)
    figures, unread = _figures(rows, declared)
    is_refused = rows["line"].isin([one.line for one in unread])  # its place has no sum
    rows = rows.assign(**figures)[figures.notna().all(axis="columns") | is_refused]
    found = summed(rows, [*declared.figures], code=CODE, column=PROJECT[0])
    return ParsedFile(found, (*refused, *unread))


def _columns(content: bytes, declared: Options) -> list[str]:
    """Return the columns that the figures are read from, by the names of this edition."""
    there = header(content, ";")
    columns: list[str] = []
    for counted in declared.figures.values():
        named = [name for name in counted.sum if name in there]
        columns += [*(named or counted.sum)[:1], *counted.where, *(counted.reaches or ())]
    return list(dict.fromkeys(columns))


def _places(options: Mapping[str, Any]) -> pd.DataFrame:
    """Return the one municipality of each project that has one place only."""
    places = rows_beside(options, "places", [*PROJECT, PROVINCE, PLACE], separator=";", only=True)
    province, place = (places[name].str.strip().str.zfill(3) for name in (PROVINCE, PLACE))
    places = places.assign(**{CODE: province + place.str[-3:]})[[*PROJECT, CODE]]
    single = places.drop_duplicates().drop_duplicates(PROJECT, keep=False)
    return single[(single[CODE].str[:3] != NOWHERE) & (single[CODE].str[3:] != NOWHERE)]


def _figures(rows: pd.DataFrame, declared: Options) -> tuple[pd.DataFrame, list[Rejection]]:
    refused: dict[str, list[Rejection]] = {}

    def read(name: str) -> pd.Series[float]:
        value = numbers(rows[name], decimal=",", ignored=".")
        is_wrong = value.isna() & ~rows[name].str.strip().isin(UNTOLD)
        refused[name] = list(refuse(rows[is_wrong], [name], "number"))
        return value

    found: dict[str, pd.Series[float]] = {}
    for variable, counted in declared.figures.items():
        named = [name for name in counted.sum if name in rows]
        value = read(named[0]) if named else pd.Series(1.0, rows.index)
        for name, pattern in counted.where.items():
            value = value.where(rows[name].str.upper().str.match(pattern), 0.0)
        if counted.reaches:
            done, planned = (read(name) for name in counted.reaches)
            value = value.where(done >= planned, 0.0).where(done.notna() & planned.notna())
        found[variable] = value
    return pd.DataFrame(found, index=rows.index), [r for told in refused.values() for r in told]
