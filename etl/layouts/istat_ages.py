"""Istat's residents by single age: a row an age, or a row a municipality and a column an age."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.delimited import cells, in_province, numbers, read_rows, refuse
from etl.parsing.layout import ParsedFile
from etl.quarantine import reject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warehouse.errors import Rejection

AGES = range(101)  # the last one is 100 and over
BANDS = {
    "under_15": range(15),
    "from_15_to_64": range(15, 65),
    "over_64": range(65, 101),
    "dependants": [*range(15), *range(65, 101)],
    "under_3": range(3),
    "from_15_to_19": range(15, 20),
    "from_15_to_39": range(15, 40),
    "from_19_to_25": range(19, 26),
    "from_40_to_64": range(40, 65),
    "from_60_to_64": range(60, 65),
    "over_79": range(80, 101),
    "residents": AGES,
}
BY_SEX = {"women": AGES, "men": AGES, "women_over_79": BANDS["over_79"]}  # … of women or men
ALL, WOMEN, MEN = "n", "women", "men"
TOTAL = "999"


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return the residents of each of `BANDS` on 1 January of `options["period"]`.

    `code` names the code's column. With `age` and `count` they are the columns of a row an
    age; without, the columns 0 to 100 are the ages. `women` and `men` name the columns of each,
    for `BY_SEX`. A municipality with an age that is absent, twice there or no number is refused
    as a whole: half a sum is not published. `header` and `separator` are those of Istat's own
    file, with a title above and the total as age 999; `province` (three digits) keeps only its
    municipalities.
    """
    rows, refused = _rows(content, options)
    if "province" in options:
        rows = rows[in_province(rows["code"], options["province"])]
    for name in [measure for measure in (ALL, WOMEN, MEN) if measure in rows]:
        values = numbers(rows[name])
        refused += _refused(rows[values.isna()], name, "number")
        refused += _refused(rows[values < 0], name, "below_zero")
        rows = rows.assign(**{name: values.where(values >= 0)})
    rows = rows.assign(age=pd.to_numeric(rows["age"], errors="coerce"))
    whole = rows.groupby("code").filter(lambda g: sorted(g["age"]) == list(AGES))
    partial = rows[~rows["code"].isin(whole["code"])].drop_duplicates("code")
    refused += refuse(partial, ["age"], "ages")
    period = str(options["period"])
    parts = [_band(whole, name, ages, ALL, period) for name, ages in BANDS.items()]
    if WOMEN in rows:
        parts += [
            _band(whole, name, ages, MEN if name == MEN else WOMEN, period)
            for name, ages in BY_SEX.items()
        ]
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(refused))


def _rows(content: bytes, options: Mapping[str, Any]) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return a row a municipality and age: `code`, `age`, `n`, and women and men if told."""
    code = options["code"]
    if "age" in options:
        how = {name: options[name] for name in ("header", "separator") if name in options}
        named = {code: "code", options["age"]: "age", options["count"]: ALL}
        named |= {options[sex]: sex for sex in (WOMEN, MEN) if sex in options}
        rows, refused = read_rows(content, list(named), **how)
        return rows[rows[options["age"]] != TOTAL].rename(columns=named), refused
    wide, refused = read_rows(content, [code, *map(str, AGES)])
    wide = wide.rename(columns={code: "code"})
    return wide.melt(["code", "line"], [str(a) for a in AGES], "age", ALL), refused


def _band(rows: pd.DataFrame, name: str, ages: object, of: str, period: str) -> pd.DataFrame:
    chosen = rows[rows["age"].isin(ages)].groupby("code", as_index=False)  # type: ignore[arg-type]
    sums = chosen.agg(n=(of, lambda n: n.sum(skipna=False)), line=("line", "min")).dropna()
    return cells(sums, code=sums["code"], variable=name, period=period, value=sums["n"], column="")


def _refused(rows: pd.DataFrame, name: str, rule: str) -> list[Rejection]:
    return [
        reject(rule, line=int(line), column=f"{age}", value=n)
        for line, age, n in zip(rows["line"], rows["age"], rows[name], strict=True)
    ]
