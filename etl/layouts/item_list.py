"""A list with one row per item (a library, a school): how many each municipality has."""

from __future__ import annotations

from typing import ClassVar

import pandas as pd
from pydantic import Field

from etl.parsing.aggregate import sum_cells
from etl.parsing.cells import absent_places, in_province, to_cells
from etl.parsing.delimited import read_rows
from etl.parsing.layout import (
    CodeColumn,
    FileContext,
    ParsedFile,
    Province,
    TextOptions,
)


class Options(TextOptions):
    """What a dataset declares of its file."""

    required_fields: ClassVar[tuple[str, ...]] = ("period",)
    code: CodeColumn
    key: str = Field(description="Column that identifies an item, which counts once.")
    variable: str = Field(description="The variable to return.")
    whole: bool = Field(
        default=False,
        description="The list is complete: a municipality that is not in it has zero items.",
    )
    province: Province = None


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return `variable`, the number of items of each municipality, in the file's period.

    With `whole`, a current municipality (those of `zone_of` that did not merge) without an item
    has zero, and not a missing figure.
    """
    code = options.code
    rows, rejected = read_rows(content, [code, options.key], **options.reading)
    rows = rows[in_province(rows[code], options.province)].drop_duplicates(options.key)
    rows = rows.assign(period=context.period, **{options.variable: 1})
    parts = [sum_cells(rows, [options.variable], code=code, column=code)]
    if options.whole:
        parts.append(_zeros(rows, options, context))
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(rejected))


def _zeros(rows: pd.DataFrame, options: Options, context: FileContext) -> pd.DataFrame:
    """Return a zero for each current municipality without a row."""
    absent = absent_places(rows[options.code], context.zone_of, context.merged_into)
    places = pd.DataFrame({"code": absent, "line": 0})
    return to_cells(
        places,
        code=places["code"],
        variable=options.variable,
        period=context.period,
        value=0.0,
        column=options.code,
    )
