"""Ispra's consumed soil: a workbook with a row a municipality, the increases and the last stock."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.delimited import MOST, cells, in_province, refuse
from etl.parsing.layout import ParsedFile
from etl.quarantine import reject
from warehouse.errors import Rejection, SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

CODE = "PRO_COM"
FORMULA = "#ERROR!"  # pandas gives no more of a formula that failed, such as #REF!
SHEET = re.compile(r"Comuni_\d{4}_\d{4}")
STOCK = re.compile(r"Suolo consumato (\d{4}) \[ettari\]")
INCREASE = re.compile(r"Incremento netto (\d{4})-(\d{4}) \[ettari\]")
FAULTS = (zipfile.BadZipFile, ValueError, KeyError, OSError)


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return `consumed` and `yearly_increase` (hectares) of each year that the workbook bounds.

    The stock of an earlier year is the last one without the net increases since then. An
    increase over several years is given for its last year, divided by their number.
    `options["province"]` (three digits) keeps only its municipalities.
    """
    rows, sheet = _rows(content)
    if province := options.get("province"):
        rows = rows[in_province(rows[CODE], province)]
    names = [str(name) for name in rows]
    stocks = {found[1]: name for name in names if (found := STOCK.fullmatch(name))}
    spans = {found[2]: (found[1], name) for name in names if (found := INCREASE.fullmatch(name))}
    if len(stocks) != 1 or not spans:
        absent = "Suolo consumato <anno> [ettari]" if len(stocks) != 1 else "Incremento netto …"
        raise SourceError(_missing(absent, names, sheet))
    ((year, column),) = stocks.items()
    refused: list[Rejection] = []
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
    refused = [replace(fault, sheet=sheet) for fault in refused]
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(refused), sheet=sheet)


def _rows(content: bytes) -> tuple[pd.DataFrame, str]:
    try:
        with pd.ExcelFile(io.BytesIO(content), engine="openpyxl") as book:
            names = [str(name) for name in book.sheet_names]
            sheet = next((name for name in names if SHEET.fullmatch(name)), "")
            rows = pd.DataFrame()
            if sheet:
                rows = pd.read_excel(book, sheet_name=sheet, dtype=str, keep_default_na=False)
    except FAULTS as error:
        raise SourceError(reject("workbook")) from error
    if not sheet:
        raise SourceError(reject("sheet_missing", "Comuni_2023_2024", found=names))
    rows = rows.fillna(FORMULA).rename(columns=lambda name: str(name).strip())
    if CODE not in rows:
        raise SourceError(_missing(CODE, [str(name) for name in rows], sheet))
    rows = rows.assign(line=range(2, len(rows) + 2), **{CODE: rows[CODE].str.strip()})
    return rows[rows[CODE] != ""], sheet  # a row of units has none


def _missing(column: str, header: list[str], sheet: str) -> Rejection:
    listed = header[:MOST]
    return reject(
        "columns_missing", line=1, column=column, sheet=sheet, columns=column, header=listed
    )


def _figures(rows: pd.DataFrame, column: str, refused: list[Rejection]) -> pd.Series[float]:
    said = rows[column].str.strip()
    figures = pd.to_numeric(said.str.replace(",", "."), errors="coerce").astype(float)
    refused += refuse(rows[figures.isna() & (said != "")], [column], "number")
    return figures


def _cells(
    rows: pd.DataFrame, variable: str, period: str, values: pd.Series[float], column: str
) -> pd.DataFrame:
    code = rows[CODE]
    made = cells(rows, code=code, variable=variable, period=period, value=values, column=column)
    return made[values.notna()]
