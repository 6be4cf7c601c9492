"""SDMX-CSV: a row a figure, whose dimensions say which variable of which place it is."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

import pandas as pd
from pydantic import Field, ValidationError

from etl.parsing.delimited import cells, numbers, read_rows, refuse
from etl.parsing.layout import TOLD, ParsedFile
from etl.quarantine import reject, wrong_options
from warehouse.declarations.base import Declaration
from warehouse.errors import Rejection, SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

Where = dict[str, str | tuple[str, ...]]

VALUE, STATUS = "OBS_VALUE", "OBS_STATUS"
STATUSES = ("A", "B", "E", "P")  # other flags say nothing that we tell
HIDDEN = "Q"
FACTOR = "UNIT_MULT"


class Chosen(Declaration):
    """The rows of one variable: by dimension the code, or the codes whose figures are added.

    `less`: codes whose figures are then taken away. A place without one of the codes has no
    figure, unless the source leaves out the rows of zero (`omits_zero`): then what it does not
    write of a place and period of which it writes other rows is zero. What is read is
    multiplied by `scale`, and by the power of ten of the column UNIT_MULT where it is there.
    """

    variable: str
    where: Where
    less: Where = Field(default_factory=dict)
    omits_zero: bool = False
    scale: float = 1

    @property
    def parts(self) -> int:
        """How many rows make one figure."""
        return _count(self.where) + (_count(self.less) if self.less else 0)


class Options(Declaration):
    """What a file of this kind declares.

    `area` and `time` name the dimensions of place and period; `only` holds for all `variables`.
    `province` (three digits) keeps only its municipalities. Dimensions that are not named have
    to have one code in the rows of a variable, else figures of several kinds would be mixed.
    """

    variables: tuple[Chosen, ...]
    area: str = "REF_AREA"
    time: str = "TIME_PERIOD"
    only: Where = Field(default_factory=dict)
    province: str | None = None


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return a cell for every declared variable of every place and period that has a figure."""
    try:
        told = {*TOLD, "period"}  # rows say theirs
        own = {name: said for name, said in options.items() if name not in told}
        declared = Options.model_validate(own)
    except ValidationError as error:
        raise SourceError(wrong_options("sdmx_csv", error)) from error
    named = {declared.area, declared.time, VALUE, *declared.only}
    named |= {d for chosen in declared.variables for d in (*chosen.where, *chosen.less)}
    rows, refused = read_rows(content, sorted(named))
    if declared.province:
        rows = rows[rows[declared.area].str.startswith(declared.province)]
    rows = _where(rows, declared.only)
    parts: list[pd.DataFrame] = []
    for chosen in declared.variables:
        part, wrong = _variable(rows, chosen, declared)
        parts.append(part)
        refused += wrong
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(refused))


def _count(where: Where) -> int:
    return prod(1 if isinstance(codes, str) else len(codes) for codes in where.values())


def _where(rows: pd.DataFrame, where: Where) -> pd.DataFrame:
    for dimension, codes in where.items():
        rows = rows[rows[dimension].isin([codes] if isinstance(codes, str) else codes)]
    return rows


def _variable(
    everything: pd.DataFrame, chosen: Chosen, declared: Options
) -> tuple[pd.DataFrame, list[Rejection]]:
    rows, refused = _figures(everything, chosen)
    is_read = rows["figure"].notna() | (rows["status"] == HIDDEN)
    keys = [declared.area, declared.time]
    found = (
        rows[is_read]
        .groupby(keys, as_index=False)
        .agg(
            figure=("figure", lambda figure: figure.sum(skipna=False)),
            status=("status", "max"),  # of the letters in use the later says more
            line=("line", "min"),
            rows=("line", "size"),
        )
    )
    if (found["rows"] > chosen.parts).any():
        left = _open(rows, chosen, declared)
        dimensions = [f"{name} ({', '.join(codes)})" for name, codes in left.items()]
        raise SourceError(reject("several_figures", chosen.variable, open=dimensions))
    if chosen.omits_zero:
        found = _with_zeros(found, everything, rows[~is_read], keys)
    else:
        found = found[found["rows"] == chosen.parts]
    part = cells(
        found,
        code=found[declared.area],
        variable=chosen.variable,
        period=found[declared.time],
        value=found["figure"],
        obs_status=found["status"],
        column=VALUE,
    )
    return part, refused


def _figures(everything: pd.DataFrame, chosen: Chosen) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the rows of a variable with `figure` and `status`, and what is no number."""
    rows = _where(everything, chosen.where).assign(sign=1)
    if chosen.less:
        rows = pd.concat([rows, _where(everything, chosen.less).assign(sign=-1)])
    said = rows[VALUE].str.strip()
    figures = numbers(said) * rows["sign"] * chosen.scale
    if FACTOR in rows:
        figures *= 10 ** numbers(rows[FACTOR]).fillna(0)
    refused = list(refuse(rows[figures.isna() & (said != "")], [VALUE], "number"))
    status = rows[STATUS].str.upper() if STATUS in rows else pd.Series("A", rows.index, dtype=str)
    status = status.where(status.isin([*STATUSES, HIDDEN]), "A")
    return rows.assign(figure=figures, status=status), refused


def _with_zeros(
    found: pd.DataFrame, rows: pd.DataFrame, unread: pd.DataFrame, keys: list[str]
) -> pd.DataFrame:
    """Add zeros for places and periods of which there are `rows`, but none of these codes.

    Where a row of these codes is there and was not read, nothing is known.
    """
    there = rows.groupby(keys, as_index=False).agg(line=("line", "min"))
    absent = there[~_keys(there, keys).isin(_keys(found, keys))]
    found = pd.concat([found, absent.assign(figure=0.0, status="A")], ignore_index=True)
    return found[~_keys(found, keys).isin(_keys(unread, keys))]


def _keys(rows: pd.DataFrame, keys: list[str]) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[keys])


def _open(rows: pd.DataFrame, chosen: Chosen, declared: Options) -> dict[str, list[str]]:
    """Return the codes of the columns that are left open, where they have several."""
    named = {*chosen.where, *chosen.less, *declared.only, declared.area, declared.time}
    inner = {VALUE, STATUS, "figure", "status", "line", "sign"}
    codes = {n: sorted(rows[n].unique())[:9] for n in map(str, rows) if n not in named | inner}
    return {name: found for name, found in codes.items() if len(found) > 1}
