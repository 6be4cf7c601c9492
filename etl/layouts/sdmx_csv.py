"""SDMX-CSV: one row per figure, whose dimensions give its variable and territory."""

from __future__ import annotations

from math import prod

import pandas as pd
from pydantic import Field

from etl.parsing.cells import numbered_in_province, reject_cells, to_cells
from etl.parsing.delimited import read_rows
from etl.parsing.layout import FileContext, ParsedFile, Province, TextOptions
from etl.parsing.numbers import numbers
from etl.quarantine import reject
from warehouse.declarations.base import Declaration
from warehouse.errors import Rejection, SourceError

Codes = dict[str, str | tuple[str, ...]]  # by dimension: a code, or several

VALUE, STATUS, FACTOR = "OBS_VALUE", "OBS_STATUS", "UNIT_MULT"
STATUSES = ("A", "B", "E", "P")  # other flags are not published
HIDDEN = "Q"
MAX_LISTED = 9  # codes that a message lists


class Selection(Declaration):
    """The rows of one variable, by the codes of their dimensions.

    A place without one of the codes has no figure, unless the source leaves out the rows of zero
    (`omits_zero`): then the codes missing for a place and period that has other rows are zero.
    What is read is multiplied by `scale`, and by the power of ten of the column UNIT_MULT if the
    file has it.
    """

    variable: str = Field(description="The variable.")
    where: Codes = Field(description="By dimension: the code, or the codes whose figures add up.")
    less: Codes = Field(
        default_factory=dict, description="By dimension: the codes whose figures are subtracted."
    )
    omits_zero: bool = Field(default=False, description="The source leaves out rows of zero.")
    scale: float = Field(1, description="Factor of the figures.")

    @property
    def row_count(self) -> int:
        """How many rows make one figure."""
        return _combinations(self.where) + (_combinations(self.less) if self.less else 0)


class Options(TextOptions):
    """What a dataset declares of its file.

    Dimensions that no option names must have one code in the rows of a variable, otherwise
    figures of several kinds would be mixed.
    """

    variables: tuple[Selection, ...] = Field(description="The rows of each variable.")
    area: str = Field("REF_AREA", description="Dimension of the territory.")
    time: str = Field("TIME_PERIOD", description="Dimension of the period.")
    value: str = Field(VALUE, description="Column of the figure: `Value` in older exports.")
    status: str = Field(STATUS, description="Column of the status: `Flag Codes` in older exports.")
    only: Codes = Field(
        default_factory=dict, description="By dimension: the codes in the rows of all variables."
    )
    province: Province = None


def parse(content: bytes, options: Options, _context: FileContext) -> ParsedFile:
    """Return a cell for every declared variable of every territory and period with a figure."""
    columns = {options.area, options.time, options.value, *options.only}
    for selection in options.variables:
        columns |= {*selection.where, *selection.less}
    rows, rejected = read_rows(content, sorted(columns), **options.reading)
    if options.province:
        rows = rows[numbered_in_province(rows[options.area], options.province)]
    rows = _matching(rows, options.only)
    parts: list[pd.DataFrame] = []
    for selection in options.variables:
        cells, wrong_cells = _cells(rows, selection, options)
        parts.append(cells)
        rejected += wrong_cells
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(rejected))


def _combinations(codes: Codes) -> int:
    return prod(1 if isinstance(values, str) else len(values) for values in codes.values())


def _matching(rows: pd.DataFrame, codes: Codes) -> pd.DataFrame:
    for dimension, values in codes.items():
        accepted = [values] if isinstance(values, str) else values
        rows = rows[rows[dimension].str.strip().isin(accepted)]
    return rows


def _cells(
    rows: pd.DataFrame, selection: Selection, options: Options
) -> tuple[pd.DataFrame, list[Rejection]]:
    selected, rejected = _selected(rows, selection, options)
    is_read = selected["figure"].notna() | (selected["status"] == HIDDEN)
    keys = [options.area, options.time]
    figures = _sums(selected[is_read], keys)
    if (figures["rows"] > selection.row_count).any():
        dimensions = _open_dimensions(selected, selection, options)
        raise SourceError(reject("several_figures", selection.variable, open=dimensions))
    if selection.omits_zero:
        figures = _with_zeros(figures, rows, selected[~is_read], keys)
    else:
        figures = figures[figures["rows"] == selection.row_count]
    cells = to_cells(
        figures,
        code=figures[options.area],
        variable=selection.variable,
        period=figures[options.time],
        value=figures["figure"],
        obs_status=figures["status"],
        column=options.value,
    )
    return cells, rejected


def _selected(
    rows: pd.DataFrame, selection: Selection, options: Options
) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the rows of a variable with `figure` and `status`, and what is not a number."""
    selected = _matching(rows, selection.where).assign(sign=1)
    if selection.less:
        selected = pd.concat([selected, _matching(rows, selection.less).assign(sign=-1)])
    texts = selected[options.value].str.strip()
    figures = numbers(texts) * selected["sign"] * selection.scale
    if FACTOR in selected:
        figures *= 10 ** numbers(selected[FACTOR]).fillna(0)
    rejected = reject_cells(selected[figures.isna() & (texts != "")], [options.value], "number")
    status = pd.Series("A", selected.index, dtype=str)
    if options.status in selected:
        status = selected[options.status].str.strip().str.upper()
    status = status.where(status.isin([*STATUSES, HIDDEN]), "A")
    return selected.assign(figure=figures, status=status), rejected


def _sums(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return one figure per territory and period, and how many rows it is the sum of."""
    groups = rows.groupby(keys, as_index=False)
    sums = groups.agg(
        status=("status", "max"),  # of the letters in use the later says more
        line=("line", "min"),
        rows=("line", "size"),
    )
    return sums.assign(figure=groups["figure"].sum(skipna=False)["figure"])


def _with_zeros(
    figures: pd.DataFrame, rows: pd.DataFrame, unread: pd.DataFrame, keys: list[str]
) -> pd.DataFrame:
    """Add zeros for territories and periods that have `rows`, but none of these codes.

    Where a row with these codes exists and was not read, the figure is unknown.
    """
    places = rows.groupby(keys, as_index=False).agg(line=("line", "min"))
    absent = places[~_keys(places, keys).isin(_keys(figures, keys))]
    figures = pd.concat([figures, absent.assign(figure=0.0, status="A")], ignore_index=True)
    return figures[~_keys(figures, keys).isin(_keys(unread, keys))]


def _keys(rows: pd.DataFrame, keys: list[str]) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[keys])


def _open_dimensions(rows: pd.DataFrame, selection: Selection, options: Options) -> list[str]:
    """Return the columns that no option names and that have several codes, with the codes."""
    fixed = {*selection.where, *selection.less, *options.only, options.area, options.time}
    computed = {options.value, options.status, "figure", "status", "line", "sign"}
    names = [name for name in map(str, rows) if name not in fixed | computed]
    codes = {name: sorted(rows[name].unique())[:MAX_LISTED] for name in names}
    return [f"{name} ({', '.join(values)})" for name, values in codes.items() if len(values) > 1]
