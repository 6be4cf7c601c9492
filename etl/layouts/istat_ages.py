"""Istat's residents by single age: one row per age, or one column per age."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd
from pydantic import Field, model_validator

from etl.parsing.cells import in_province, reject_cells, to_cells
from etl.parsing.delimited import read_rows
from etl.parsing.layout import (
    CodeColumn,
    FileContext,
    Header,
    ParsedFile,
    Province,
    TextOptions,
)
from etl.parsing.numbers import numbers
from etl.quarantine import reject
from warehouse.messages import field_error

if TYPE_CHECKING:
    from collections.abc import Collection

    from warehouse.errors import Rejection

AGES = range(101)  # the last one is 100 and over
BANDS: dict[str, Collection[int]] = {
    "under_15": range(15),
    "from_15_to_64": range(15, 65),
    "over_64": range(65, 101),
    "dependants": [*range(15), *range(65, 101)],
    "under_3": range(3),
    "from_15_to_19": range(15, 20),
    "from_15_to_39": range(15, 40),
    "from_19_to_25": range(19, 26),
    "from_3_to_5": range(3, 6),
    "from_6_to_13": range(6, 14),
    "from_20_to_34": range(20, 35),
    "from_20_to_64": range(20, 65),
    "from_25_to_64": range(25, 65),
    "from_40_to_64": range(40, 65),
    "from_60_to_64": range(60, 65),
    "over_79": range(80, 101),
    "over_89": range(90, 101),
    "residents": AGES,
}
CODE, AGE, ALL, WOMEN, MEN = "code", "age", "n", "women", "men"
BY_SEX = {  # variable → the column that is summed, and the ages
    "women": (WOMEN, AGES),
    "men": (MEN, AGES),
    "women_over_79": (WOMEN, BANDS["over_79"]),
}
YEARS_LIVED = "years_lived"  # by all residents: at age 30, thirty years and a half on average
TOTAL = "999"  # the age in the rows of totals


class Options(TextOptions):
    """What a dataset declares of its file.

    With `age` and `count` there is one row per age; without them the columns 0 to 100 are the
    ages.
    """

    required_fields: ClassVar[tuple[str, ...]] = ("period",)
    code: CodeColumn
    age: str | None = Field(None, description="Column of the age.")
    count: str | None = Field(None, description="Column of the residents.")
    women: str | None = Field(None, description="Column of the women.")
    men: str | None = Field(None, description="Column of the men.")
    header: Header = None
    province: Province = None

    @model_validator(mode="after")
    def _age_and_count_go_together(self) -> Options:
        if (self.age is None) != (self.count is None):
            raise field_error("age_and_count")
        return self

    @property
    def measures(self) -> dict[str, str]:
        """The file's columns of people, by our name."""
        columns = {ALL: self.count, WOMEN: self.women, MEN: self.men}
        return {name: column for name, column in columns.items() if column}


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return the residents of each of `BANDS` on 1 January of the file's period.

    A municipality with an age that is absent, repeated or not a number is rejected as a whole:
    half a sum is not published.
    """
    rows, rejected = _rows(content, options)
    if options.province:
        rows = rows[in_province(rows[CODE], options.province)]
    for name in [measure for measure in (ALL, WOMEN, MEN) if measure in rows]:
        values = numbers(rows[name])
        rejected += _reject_ages(rows[values.isna()], name, "number")
        rejected += _reject_ages(rows[values < 0], name, "below_zero")
        rows = rows.assign(**{name: values.where(values >= 0)})
    rows = rows.assign(age=pd.to_numeric(rows[AGE], errors="coerce"))
    complete = rows.groupby(CODE).filter(lambda group: sorted(group[AGE]) == list(AGES))
    incomplete = rows[~rows[CODE].isin(complete[CODE])].drop_duplicates(CODE)
    rejected += reject_cells(incomplete, [AGE], "ages")
    bands = {name: (ALL, ages) for name, ages in BANDS.items()}
    if WOMEN in rows:
        bands |= BY_SEX
    parts = [
        _band(complete, name, ages, measure, context.period)
        for name, (measure, ages) in bands.items()
    ]
    lived = complete.assign(**{ALL: complete[ALL] * (complete[AGE] + 0.5)})
    parts.append(_band(lived, YEARS_LIVED, AGES, ALL, context.period))
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(rejected))


def _rows(content: bytes, options: Options) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return one row per municipality and age: `code`, `age`, `n`, with sexes `women`, `men`."""
    if options.age:
        columns = {options.code: CODE, options.age: AGE}
        columns |= {column: name for name, column in options.measures.items()}
        rows, rejected = read_rows(content, list(columns), header=options.header, **options.reading)
        return rows[rows[options.age] != TOTAL].rename(columns=columns), rejected
    wide, rejected = read_rows(content, [options.code, *map(str, AGES)], **options.reading)
    wide = wide.rename(columns={options.code: CODE})
    return wide.melt([CODE, "line"], [str(age) for age in AGES], AGE, ALL), rejected


def _band(
    rows: pd.DataFrame, name: str, ages: Collection[int], measure: str, period: str
) -> pd.DataFrame:
    groups = rows[rows[AGE].isin(list(ages))].groupby(CODE, as_index=False)
    lines = groups.agg(line=("line", "min"))
    sums = lines.assign(n=groups[measure].sum(skipna=False)[measure]).dropna()
    return to_cells(sums, code=sums[CODE], variable=name, period=period, value=sums["n"], column="")


def _reject_ages(rows: pd.DataFrame, name: str, rule: str) -> list[Rejection]:
    return [
        reject(rule, line=int(line), column=f"{age}", value=people)
        for line, age, people in zip(rows["line"], rows[AGE], rows[name], strict=True)
    ]
