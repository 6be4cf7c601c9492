"""SDMX-CSV: a row a figure, whose dimensions say which variable of which place it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from pydantic import Field, ValidationError

from etl.delimited import cells, numbers, read_rows, refuse
from etl.quarantine import refusal, wrong_options
from etl.reading import TOLD, Parsed, Refusal
from warehouse.declarations import Declaration
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

VALUE, STATUS = "OBS_VALUE", "OBS_STATUS"
STATUSES = ("A", "B", "E", "P")  # other flags say nothing that we tell
HIDDEN = "Q"
FACTOR = "UNIT_MULT"


class Chosen(Declaration):
    """The rows of one variable: by dimension the code, or the codes whose figures are added.

    A place without one of the codes that are added has no figure. What is read is multiplied
    by `scale`, and by the power of ten of the column UNIT_MULT where it is there.
    """

    variable: str
    where: dict[str, str | tuple[str, ...]]
    scale: float = 1

    @property
    def parts(self) -> int:
        """How many rows make one figure."""
        count = 1
        for codes in self.where.values():
            count *= 1 if isinstance(codes, str) else len(codes)
        return count


class Options(Declaration):
    """What a file of this kind declares.

    `area` and `time` name the dimensions of place and period; `only` holds for all `variables`.
    `province` (three digits) keeps only its municipalities. Dimensions that are not named have
    to have one code in the rows of a variable, else figures of several kinds would be mixed.
    """

    variables: tuple[Chosen, ...]
    area: str = "REF_AREA"
    time: str = "TIME_PERIOD"
    only: dict[str, str | tuple[str, ...]] = Field(default_factory=dict)
    province: str | None = None


def parse(content: bytes, options: Mapping[str, Any]) -> Parsed:
    """Return a cell for every declared variable of every place and period that has a figure."""
    try:
        told = {*TOLD, "period"}  # rows say theirs
        own = {name: said for name, said in options.items() if name not in told}
        declared = Options.model_validate(own)
    except ValidationError as error:
        raise SourceError(wrong_options("sdmx_csv", error)) from error
    named = {declared.area, declared.time, VALUE, *declared.only}
    named |= {dimension for chosen in declared.variables for dimension in chosen.where}
    rows, refused = read_rows(content, sorted(named))
    if declared.province:
        rows = rows[rows[declared.area].str.startswith(declared.province)]
    rows = _where(rows, declared.only)
    parts: list[pd.DataFrame] = []
    for chosen in declared.variables:
        part, wrong = _variable(_where(rows, chosen.where), chosen, declared)
        parts.append(part)
        refused += wrong
    return Parsed(pd.concat(parts, ignore_index=True), tuple(refused))


def _where(rows: pd.DataFrame, where: Mapping[str, str | tuple[str, ...]]) -> pd.DataFrame:
    for dimension, codes in where.items():
        rows = rows[rows[dimension].isin([codes] if isinstance(codes, str) else codes)]
    return rows


def _variable(
    rows: pd.DataFrame, chosen: Chosen, declared: Options
) -> tuple[pd.DataFrame, list[Refusal]]:
    said = rows[VALUE].str.strip()
    figures = numbers(said) * chosen.scale
    if FACTOR in rows:
        figures *= 10 ** numbers(rows[FACTOR]).fillna(0)
    refused = list(refuse(rows[figures.isna() & (said != "")], [VALUE], "number"))
    status = rows[STATUS].str.upper() if STATUS in rows else pd.Series("A", rows.index, dtype=str)
    status = status.where(status.isin([*STATUSES, HIDDEN]), "A")
    rows = rows.assign(figure=figures, status=status)
    rows = rows[rows["figure"].notna() | (rows["status"] == HIDDEN)]
    keys = [declared.area, declared.time]
    found = rows.groupby(keys, as_index=False).agg(
        figure=("figure", lambda figure: figure.sum(skipna=False)),
        status=("status", "max"),  # of the letters in use the later says more
        line=("line", "min"),
        rows=("line", "size"),
    )
    if (found["rows"] > chosen.parts).any():
        left = _open(rows, chosen, declared)
        dimensions = [f"{name} ({', '.join(codes)})" for name, codes in left.items()]
        raise SourceError(refusal("several_figures", chosen.variable, open=dimensions))
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


def _open(rows: pd.DataFrame, chosen: Chosen, declared: Options) -> dict[str, list[str]]:
    """Return the codes of the columns that are left open, where they have several."""
    named = {*chosen.where, *declared.only, declared.area, declared.time}
    inner = {VALUE, STATUS, "figure", "status", "line"}
    codes = {n: sorted(rows[n].unique())[:9] for n in map(str, rows) if n not in named | inner}
    return {name: found for name, found in codes.items() if len(found) > 1}
