"""Ispra's consumed soil: a workbook with a row a municipality, the increases and the last stock."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.delimited import NUMBER, cells, refuse
from etl.reading import Parsed, Refusal
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

CODE = "PRO_COM"
SHEET = re.compile(r"Comuni_\d{4}_\d{4}")
STOCK = re.compile(r"Suolo consumato (\d{4}) \[ettari\]")
INCREASE = re.compile(r"Incremento netto (\d{4})-(\d{4}) \[ettari\]")
FAULTS = (zipfile.BadZipFile, ValueError, KeyError, OSError)


def parse(content: bytes, options: Mapping[str, Any]) -> Parsed:
    """Return `consumed` and `yearly_increase` (hectares) of each year that the workbook bounds.

    The stock of an earlier year is the last one without the net increases since then. An
    increase over several years is given for its last year, divided by their number.
    `options["province"]` (three digits) keeps only its municipalities.
    """
    rows = _rows(content)
    if province := options.get("province"):
        rows = rows[rows[CODE].str.zfill(6).str.startswith(province)]
    names = [str(name) for name in rows]
    stocks = {found[1]: name for name in names if (found := STOCK.fullmatch(name))}
    spans = {found[2]: (found[1], name) for name in names if (found := INCREASE.fullmatch(name))}
    if len(stocks) != 1 or not spans:
        raise SourceError(f"no stock and increases; the header has {list(rows.columns)[:12]}")
    ((year, column),) = stocks.items()
    refused: list[Refusal] = []
    stock = _figures(rows, column, refused)
    parts = [_cells(rows, "consumed", year, stock, column)]
    while year in spans:
        before, column = spans[year]
        increase = _figures(rows, column, refused)
        stock = stock - increase
        yearly = increase / (int(year) - int(before))
        parts.append(_cells(rows, "yearly_increase", year, yearly, column))
        parts.append(_cells(rows, "consumed", before, stock, column))
        year = before
    return Parsed(pd.concat(parts, ignore_index=True), tuple(refused))


def _rows(content: bytes) -> pd.DataFrame:
    try:
        with pd.ExcelFile(io.BytesIO(content), engine="openpyxl") as book:
            sheet = next(str(name) for name in book.sheet_names if SHEET.fullmatch(str(name)))
            rows = pd.read_excel(book, sheet_name=sheet, dtype=str, keep_default_na=False)
        rows = rows.rename(columns=lambda name: str(name).strip())
        rows = rows.assign(line=range(2, len(rows) + 2), **{CODE: rows[CODE].str.strip()})
    except StopIteration:
        raise SourceError("no sheet Comuni_<year>_<year> in the workbook") from None
    except FAULTS as error:
        raise SourceError(f"not Ispra's workbook: {error}") from error
    return rows[rows[CODE].str.fullmatch(r"\d{1,6}")]  # a row of units has none


def _figures(rows: pd.DataFrame, column: str, refused: list[Refusal]) -> pd.Series[float]:
    said = rows[column].str.strip()
    figures = pd.to_numeric(said.str.replace(",", "."), errors="coerce").astype(float)
    refused += refuse(rows[figures.isna() & (said != "")], [column], "number", NUMBER)
    return figures


def _cells(
    rows: pd.DataFrame, variable: str, period: str, values: pd.Series[float], column: str
) -> pd.DataFrame:
    code = rows[CODE]
    made = cells(rows, code=code, variable=variable, period=period, value=values, column=column)
    return made[values.notna()]
