"""A list with a row a thing (a library, a school): how many of them each municipality has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.aggregate import summed
from etl.parsing.delimited import cells, in_province, read_rows
from etl.parsing.layout import ParsedFile

if TYPE_CHECKING:
    from collections.abc import Mapping


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return `variable`, the rows of each municipality, in the year `period`.

    `options`: `code` and `key` name the columns of the municipality and of what makes a row the
    same thing, which counts once; `separator`; `province` (three digits) keeps only its own.
    With `whole` the list has everything there is, so that a municipality of today (`zone_of`
    less those of `merged_into`) that is not in it has none: zero, and not missing.
    """
    code, key, variable = options["code"], options["key"], options["variable"]
    rows, refused = read_rows(content, [code, key], separator=options.get("separator", ","))
    rows = rows[in_province(rows[code], options.get("province"))].drop_duplicates(key)
    rows = rows.assign(period=str(options["period"]), **{variable: 1})
    found = [summed(rows, [variable], code=code, column=code)]
    if options.get("whole"):
        found.append(_none(rows, options))
    return ParsedFile(pd.concat(found, ignore_index=True), tuple(refused))


def _none(rows: pd.DataFrame, options: Mapping[str, Any]) -> pd.DataFrame:
    """Return a zero for each municipality of today that no row names."""
    listed = rows[options["code"]].str.strip().str.zfill(6)
    today = options["zone_of"].keys() - options["merged_into"].keys()
    absent = sorted(today - set(listed))
    places = pd.DataFrame({"code": absent, "line": 0})
    return cells(
        places,
        code=places["code"],
        variable=options["variable"],
        period=str(options["period"]),
        value=0.0,
        column=options["code"],
    )
