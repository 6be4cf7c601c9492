"""Ispra's consumed soil: a workbook with one row per municipality, increases and last stock."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pandas as pd

from etl.parsing.cells import in_province, reject_cells, to_cells
from etl.parsing.delimited import missing_columns
from etl.parsing.excel import FAILED, FAULTS, check_archive
from etl.parsing.layout import FileContext, LayoutOptions, ParsedFile, Province
from etl.quarantine import reject
from warehouse.errors import Rejection, SourceError

CODE = "PRO_COM"
SHEET = re.compile(r"Comuni(_\d{4}_\d{4})?")
STOCK = re.compile(r"Suolo consumato (\d{4}) \[ettari\]")
INCREASE = re.compile(r"Incremento netto (\d{4})-(\d{4}) \[ettari\]")
PARTS = {  # variable → column of the increase before restoration, and of what was restored
    "gross_yearly_increase": "Incremento lordo {}-{} [ettari]",
    "yearly_restoration": "Ripristino {}-{} [ettari]",
}


class Options(LayoutOptions):
    """What a dataset declares of its file."""

    province: Province = None


def parse(content: bytes, options: Options, _context: FileContext) -> ParsedFile:
    """Return `consumed` and `yearly_increase` (hectares) of each year that the workbook bounds.

    Editions that have them also give the increase before restoration and the restored soil.

    The stock of an earlier year is the last one less the net increases since then. An increase
    over several years is given for its last year, divided by their number.
    """
    rows, sheet = _rows(content)
    if options.province:
        rows = rows[in_province(rows[CODE], options.province)]
    (year, column), increases = _columns([str(name) for name in rows], sheet)
    stock, rejected = _hectares(rows, column)
    parts = [_cells(rows, "consumed", year, stock, column)]
    while year in increases:
        before, column = increases[year]
        increase, wrong_cells = _hectares(rows, column)
        rejected += wrong_cells
        stock = stock - increase
        yearly = increase / (int(year) - int(before))
        parts.append(_cells(rows, "yearly_increase", year, yearly, column))
        parts.append(_cells(rows, "consumed", before, stock, column))
        for variable, title in PARTS.items():
            if (part := title.format(before, year)) in rows:
                hectares, wrong_cells = _hectares(rows, part)
                rejected += wrong_cells
                yearly = hectares / (int(year) - int(before))
                parts.append(_cells(rows, variable, year, yearly, part))
        year = before
    rejected = [replace(rejection, sheet=sheet) for rejection in rejected]
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(rejected), sheet=sheet)


def _rows(content: bytes) -> tuple[pd.DataFrame, str]:
    """Return the rows of the sheet of municipalities, and its name."""
    check_archive(content)
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
    rows = rows.fillna(FAILED).rename(columns=lambda name: str(name).strip())
    if CODE not in rows:
        raise SourceError(_missing_column(CODE, [str(name) for name in rows], sheet))
    rows = rows.assign(line=range(2, len(rows) + 2), **{CODE: rows[CODE].str.strip()})
    return rows[rows[CODE] != ""], sheet  # the row of units has no code


def _columns(names: list[str], sheet: str) -> tuple[tuple[str, str], dict[str, tuple[str, str]]]:
    """Return year and column of the stock; by last year the first year and column of increases."""
    stocks = [(match[1], name) for name in names if (match := STOCK.fullmatch(name))]
    increases = {
        match[2]: (match[1], name) for name in names if (match := INCREASE.fullmatch(name))
    }
    if len({year for year, _ in stocks}) != 1:
        raise SourceError(_missing_column("Suolo consumato <anno> [ettari]", names, sheet))
    if not increases:
        raise SourceError(_missing_column("Incremento netto …", names, sheet))
    return stocks[-1], increases


def _missing_column(column: str, header: list[str], sheet: str) -> Rejection:
    return replace(missing_columns([column], header), sheet=sheet)


def _hectares(rows: pd.DataFrame, column: str) -> tuple[pd.Series[float], list[Rejection]]:
    texts = rows[column].str.strip()
    values = pd.to_numeric(texts.str.replace(",", "."), errors="coerce").astype(float)
    return values, reject_cells(rows[values.isna() & (texts != "")], [column], "number")


def _cells(
    rows: pd.DataFrame, variable: str, period: str, values: pd.Series[float], column: str
) -> pd.DataFrame:
    cells = to_cells(
        rows, code=rows[CODE], variable=variable, period=period, value=values, column=column
    )
    return cells[values.notna()]
