"""Funded works of any provider: the declaration says which column tells what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from etl.parsing.dates import days
from etl.parsing.delimited import numbers, read_rows, refuse
from etl.parsing.layout import CELL_COLUMNS, ParsedFile
from etl.parsing.text import header
from etl.projects.funded_works import DATES, funded, identity, paid, tables
from etl.quarantine import reject
from warehouse.errors import Rejection, SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

CUP = r"[A-Z]\d{2}[A-Z]\d{11}"
CIG = r"[A-Z0-9]{10}"
PLACE, SHARE, SEVERAL = "territory", "share", ":::"
Refused = list[Rejection]
MONEY = (funded(""), paid(""))
CODES = ("cup", "local_code", "measure_code")


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return the project tables of a file of works.

    `options["columns"]` names the column of each fact (`cup`, `local_code`, `measure_code`,
    `measure`, `title`, `summary`, `body`, `tax_code`, `sector`, `phase`, `extracted`, dates,
    `territory`, `share` in percent); `territory` may be the columns of province and
    municipality. `funding` and `paid` name those of the money by source and in `total`.
    `said` are facts that hold of the whole file; without its day there is no extraction.
    `places` and `tenders` describe the files beside this one, joined by CUP (and local code).
    `phases` and `states` translate the words of the phase, `ended` are the phases in which
    `actual_end` is an end, `untold` is what a title looks like that says nothing, `measures`
    the codes of measures that the file only names, `renamed` what a column of money is called
    in another edition. `province` keeps only its municipalities.
    """
    options = _of_this_edition(content, options)
    rows, refused = _read(content, options)
    rows, wrong = _places(rows, options)
    said, unreadable = _said(rows, options)
    found = tables(said, options)
    if options.get("tenders"):
        found["procedure"], faults = _tenders(set(said["project"]), options)
        refused += faults
    told = [_in_the_words_of_the_file(r, options) for r in (*refused, *wrong, *unreadable)]
    return ParsedFile(pd.DataFrame(columns=list(CELL_COLUMNS)), tuple(told), found)


def _of_this_edition(content: bytes, options: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the options with the money's columns as the file calls them (`renamed`)."""
    if "renamed" not in options:
        return options
    there = header(content, options.get("separator", ","))
    new = {
        old: name for old, name in options["renamed"].items() if old not in there and name in there
    }
    groups = {group: options.get(group, {}) for group in ("funding", "paid")}
    called = {g: {of: new.get(name, name) for of, name in s.items()} for g, s in groups.items()}
    return {**options, **called}


def _in_the_words_of_the_file(refused: Rejection, options: Mapping[str, Any]) -> Rejection:
    named = _named(options)
    return replace(refused, column=named.get(refused.column, refused.column))


def _named(options: Mapping[str, Any]) -> dict[str, str]:
    """Return the column of each fact; the two columns of a place are `territory0` and `1`."""
    named = {fact: column for fact, column in options["columns"].items() if isinstance(column, str)}
    parts = options["columns"].get(PLACE)
    if isinstance(parts, list):
        named |= {f"{PLACE}{at}": column for at, column in enumerate(parts)}
    for of, group in ((funded, "funding"), (paid, "paid")):
        named |= {of(source): column for source, column in options.get(group, {}).items()}
    return named


def _read(content: bytes, options: Mapping[str, Any]) -> tuple[pd.DataFrame, Refused]:
    """Return the declared columns of a file under the names of their facts, with `line`."""
    named = _named(options)
    rows, refused = _table(content, list(dict.fromkeys(named.values())), options)
    told = {fact: rows[column].str.strip() for fact, column in named.items()}
    return pd.DataFrame({**told, "line": rows["line"]}), refused


def _table(
    content: bytes, columns: list[str], options: Mapping[str, Any]
) -> tuple[pd.DataFrame, Refused]:
    """Return some columns; of a file of hundreds of megabytes (`large`) nothing else is held."""
    how = {"separator": options.get("separator", ","), "only": bool(options.get("large"))}
    return read_rows(content, columns, **how)


def _places(rows: pd.DataFrame, options: Mapping[str, Any]) -> tuple[pd.DataFrame, Refused]:
    """Return a row a work and municipality of the province; a wrong CUP is refused."""
    refused: Refused = []
    if "cup" in rows:
        known = rows["cup"].str.fullmatch(CUP)
        refused += refuse(rows[~known], ["cup"], "cup")
        rows = rows[known]
    if "places" in options:
        if "places" not in options.get("beside", {}):
            raise SourceError(reject("beside_missing", "places"))
        places, faults = _read(options["beside"]["places"], _beside(options, "places"))
        refused += faults
        segment = [c for c in ("cup", "local_code") if c in places and c in rows]
        places = _located(places, options).drop(columns="line")
        rows = rows.merge(
            places[[*segment, *(c for c in (PLACE, SHARE) if c in places)]], on=segment
        )
        return rows, refused
    return _located(rows, options), refused


def _beside(options: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return how the file beside is read: as this one, but for what is said of it."""
    return {**options, "funding": {}, "paid": {}, **options[name]}


def _located(rows: pd.DataFrame, options: Mapping[str, Any]) -> pd.DataFrame:
    """Write the municipality as its six digits, a row for each; only those of the province."""
    parts = sorted(c for c in map(str, rows.columns) if c.startswith(PLACE) and c != PLACE)
    code = (
        rows[parts[0]].str.zfill(3) + rows[parts[1]].str.zfill(3).str[-3:] if parts else rows[PLACE]
    )
    rows = rows.drop(columns=parts).assign(**{PLACE: code.str.split(SEVERAL)}).explode(PLACE)
    code = rows[PLACE].str.strip().str.removesuffix(".0").str.zfill(6).str[-6:]
    return rows.assign(**{PLACE: code})[code.str.startswith(options.get("province", ""))]


def _said(rows: pd.DataFrame, options: Mapping[str, Any]) -> tuple[pd.DataFrame, Refused]:
    """Return the rows with their money as figures, days as ISO and phases in our words."""
    rows = rows.assign(**options.get("said", {}))
    rows = rows.assign(**{column: rows.get(column, "") for column in CODES})
    rows["project"] = identity(rows["cup"], rows["local_code"])
    rows, refused = _money(rows, options)
    for column in [c for c in (*DATES, "extracted") if c in rows]:
        day = days(rows[column], options.get("dates", "%Y-%m-%d"))
        wrong = rows[day.isna() & (rows[column] != "")].drop_duplicates("line")
        refused += refuse(wrong, [column], "date")
        rows[column] = day.dt.strftime("%Y-%m-%d")
    rows["extracted"] = rows["extracted"].fillna("") if "extracted" in rows else ""
    for beginning, code in options.get("measures", {}).items():
        rows["measure_code"] = rows["measure_code"].mask(
            rows["measure"].str.startswith(beginning), code
        )
    return _phases(rows, options), refused


def _money(rows: pd.DataFrame, options: Mapping[str, Any]) -> tuple[pd.DataFrame, Refused]:
    """Return the rows with their money as figures; a work of which a part is refused is left out.

    On the days of that part only: half a sum is not published.
    """
    refused: Refused = []
    read = {}
    for column in [c for c in map(str, rows.columns) if c.startswith(MONEY) or c == SHARE]:
        text = rows[column].mask(rows[column].isin(options.get("blank", [])), "")
        value = numbers(text, options.get("decimal", "."), options.get("ignored", ""))
        for rule, is_wrong in (
            ("number", value.isna() & (text != "")),
            ("below_zero", value < 0),
        ):
            refused += refuse(rows[is_wrong].drop_duplicates("line"), [column], rule)
        read[column] = value / 100 if column == SHARE else value
    work = [c for c in ("project", "extracted") if c in rows]
    is_lost = rows["line"].isin([r.line for r in refused])
    lost = is_lost.groupby([rows[c] for c in work]).transform("any").astype(bool)
    return rows.assign(**read)[~lost], refused


def _phases(rows: pd.DataFrame, options: Mapping[str, Any]) -> pd.DataFrame:
    if "phase" in rows:
        rows["state"] = rows["phase"].map(options.get("states", {}))
        rows["phase"] = rows["phase"].map(options.get("phases", {}))
        if "ended" in options:
            rows["actual_end"] = rows["actual_end"].where(rows["phase"].isin(options["ended"]))
    if "untold" in options and "title" in rows:
        rows["title"] = rows["title"].mask(rows["title"].str.match(options["untold"]))
    words = map(str, rows.select_dtypes("str").columns)
    blank = [name for name in words if name not in (*CODES, "extracted")]
    rows[blank] = rows[blank].where(rows[blank] != "")
    return rows


def _tenders(projects: set[str], options: Mapping[str, Any]) -> tuple[pa.Table, Refused]:
    """Return the tenders (CIG) of these works: a work has many, a tender may serve many."""
    if "tenders" not in options.get("beside", {}):
        raise SourceError(reject("beside_missing", "tenders"))
    how = _beside(options, "tenders")
    rows, refused = _read(options["beside"]["tenders"], how)
    rows["project"] = identity(rows["cup"], rows["cup"])
    own = rows[rows["project"].isin(projects)]
    wrong = ~own["cig"].str.fullmatch(CIG)
    refused += refuse(own[wrong], ["cig"], "workbook_cig")
    own = own[~wrong].drop_duplicates(["project", "cig"])
    if "amount" in own:
        own = own.assign(
            amount=numbers(own["amount"], options.get("decimal", "."), options.get("ignored", ""))
        )
    columns = [c for c in ("project", "cig", "title", "amount") if c in own]
    return pa.Table.from_pandas(
        own[columns].assign(demonstration=False), preserve_index=False
    ), refused
