"""Electors and voters of one election by municipality, and the turnout of the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.delimited import cells, numbers, read_rows, refuse
from etl.parsing.layout import ParsedFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return `electors`, `voters` and `turnout` (%), and the `turnout` of the election before.

    `options`: `code`, `electors` and `voters` name columns, `period` the year; `sexes` those of
    the same counts of women and men, by the name of the variable; `previous` maps
    the column with the turnout of an earlier election (decimal sign `decimal`) to its year: a
    blank or a zero there says that the municipality did not exist. `references` gives, for a
    territory, the beginning that column `region` has in its rows (blank: in all); its turnout
    is of all of them. `province` (three digits) keeps its municipalities only.
    """
    counts = {"electors": options["electors"], "voters": options["voters"]}
    counts |= options.get("sexes", {})
    previous = {str(c): str(year) for c, year in options.get("previous", {}).items()}
    region = [options["region"]] if "region" in options else []
    rows, refused = read_rows(content, [options["code"], *counts.values(), *previous, *region])
    given = pd.DataFrame({name: numbers(rows[column]) for name, column in counts.items()})
    refused += [
        rejection
        for name, column in counts.items()
        for rejection in refuse(rows[given[name].isna()], [column], "number")
    ]
    parts = [*_references(rows, given, options)]
    rows, given = (part[given.notna().all(axis="columns")] for part in (rows, given))
    if "province" in options:
        own = rows[options["code"]].str.zfill(6).str.startswith(options["province"])
        rows, given = rows[own], given[own]
    given = given.assign(turnout=100 * given["voters"] / given["electors"])
    parts += [
        _cells(rows, options, variable=name, value=given[name], column=column)
        for name, column in (*counts.items(), ("turnout", counts["voters"]))
    ]
    parts += [
        _cells(rows, {**options, "period": year}, variable="turnout", value=share, column=column)
        for column, year in previous.items()
        for share in [numbers(rows[column], options.get("decimal", "."))]
    ]
    found = pd.concat(parts, ignore_index=True)
    return ParsedFile(found[found["value"] > 0], tuple(refused))


def _cells(rows: pd.DataFrame, options: Mapping[str, Any], **given: object) -> pd.DataFrame:
    period = str(options["period"])
    return cells(rows, code=rows[options["code"]].str.strip(), period=period, **given)


def _references(
    rows: pd.DataFrame, given: pd.DataFrame, options: Mapping[str, Any]
) -> Iterator[pd.DataFrame]:
    for territory, start in options.get("references", {}).items():
        sums = given[rows[options["region"]].str.startswith(start)].sum(skipna=False)
        yield cells(
            rows.head(1),
            code=territory,
            variable="turnout",
            period=str(options["period"]),
            value=100 * sums["voters"] / sums["electors"],
            column=options["voters"],
        )
