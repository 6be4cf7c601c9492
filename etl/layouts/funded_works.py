"""Funded works of any provider: the declaration names the column of each fact."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import pandas as pd
import pyarrow as pa
from pydantic import Field

from etl.parsing.cells import (
    joined_code,
    no_cells,
    numbered_in_province,
    reject_cells,
    six_digits,
)
from etl.parsing.dates import days
from etl.parsing.delimited import read_rows
from etl.parsing.layout import FileContext, LayoutOptions, ParsedFile, Province, Separator
from etl.parsing.numbers import numbers
from etl.parsing.text import header_names
from etl.projects.funded_works import DATES, Programme, funded, identity, paid, tables
from warehouse.declarations.base import Declaration

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.errors import Rejection

CUP_PATTERN = r"[A-Z]\d{2}[A-Z]\d{11}"
CIG_PATTERN = r"[A-Z0-9]{10}"
PLACE, SHARE, PLACE_SEPARATOR = "territory", "share", ":::"
MONEY_PREFIXES = (funded(""), paid(""))
CODES = ("cup", "local_code", "measure_code")

Fact = Literal[
    "cup", "local_code", "measure_code", "measure", "title", "summary", "body", "tax_code",
    "sector", "phase", "extracted", "planned_start", "planned_end", "actual_start", "actual_end",
    "territory", "share", "cig", "amount",
]  # fmt: skip
Columns = dict[Fact, str | tuple[str, str]]
Money = dict[str, str]


class Companion(Declaration):
    """How a companion file is laid out, where it differs from the file itself."""

    columns: Columns = Field(description="By fact: its column.")


class Options(LayoutOptions):
    """What a dataset declares of its file."""

    columns: Columns = Field(
        description="By fact: its column; `territory` may be two, of province and municipality; "
        "`share` is in percent."
    )
    constants: dict[str, str] = Field(
        default_factory=dict,
        description="By fact: its value for the whole file. Without `extracted`, here or in "
        "`columns`, there is no extraction.",
    )
    funding: Money = Field(
        default_factory=dict, description="By source of money, or `total`: the column of funding."
    )
    paid: Money = Field(
        default_factory=dict, description="By source of money, or `total`: the column of payments."
    )
    renamed: dict[str, str] = Field(
        default_factory=dict,
        description="By column of money: its name in another edition of the file.",
    )
    places: Companion | None = Field(
        None, description="Columns of the companion `places`, joined by CUP (and local code)."
    )
    tenders: Companion | None = Field(
        None, description="Columns of the companion `tenders`, joined by CUP."
    )
    province: Province = None
    separator: Separator = ","
    decimal: str = Field(".", description="The decimal sign.")
    ignored: str = Field("", description="Signs to ignore in figures, such as `.`.")
    blank: tuple[str, ...] = Field((), description="Texts instead of a missing amount.")
    dates: str = Field("%Y-%m-%d", description="Format of the dates.")
    large: bool = Field(
        default=False, description="The file has hundreds of megabytes: load only its columns."
    )
    phases: dict[str, str] = Field(
        default_factory=dict, description="By text of the phase: our phase."
    )
    states: dict[str, str] = Field(
        default_factory=dict, description="By text of the phase: the state of the work."
    )
    ended: tuple[str, ...] | None = Field(
        None, description="The phases in which `actual_end` is an end; without it, all."
    )
    measures: dict[str, str] = Field(
        default_factory=dict,
        description="By beginning of the measure's name: its code, which the file lacks.",
    )
    generic_title: str | None = Field(
        None, description="Pattern of the titles that do not describe the work."
    )
    areas: dict[str, str] = Field(
        default_factory=dict,
        description="By beginning of the measure's code: the policy area; the longest counts.",
    )
    persons: tuple[str, ...] = Field(
        (), description="Measures whose beneficiaries may be private persons: without title."
    )
    programme: str = Field("", description="The programme that pays.")

    def companion_options(self, companion: Companion) -> Options:
        """Return how a companion is read: as the file itself, but for its columns."""
        update = {"columns": companion.columns, "funding": {}, "paid": {}}
        return self.model_copy(update=update)

    @property
    def column_of(self) -> dict[str, str]:
        """The column of each fact; the two columns of a place are `territory0` and `1`."""
        columns: dict[str, str] = {}
        for fact, column in self.columns.items():
            if isinstance(column, str):
                columns[fact] = column
            else:
                columns |= {f"{fact}{index}": name for index, name in enumerate(column)}
        columns |= {funded(source): column for source, column in self.funding.items()}
        return columns | {paid(source): column for source, column in self.paid.items()}


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return the project tables of a file of works; only those of the declared province.

    The companion files `places` and `tenders` complete it where the options describe them.
    """
    options = _of_edition(content, options)
    rows, rejected = _read(content, options)
    rows, wrong_places = _with_places(rows, options, context)
    facts, wrong_facts = _facts(rows, options)
    rejected += [*wrong_places, *wrong_facts]
    programme = Programme(
        areas=options.areas,
        persons=options.persons,
        name=options.programme,
        dataset=context.dataset,
        snapshot=context.snapshot or None,
    )
    project_tables = tables(facts, programme)
    if options.tenders:
        procedures, wrong_tenders = _tenders(
            set(facts["project"]), options.companion_options(options.tenders), context
        )
        project_tables["procedure"] = procedures
        rejected += wrong_tenders
    rejected = _with_file_columns(rejected, options)
    return ParsedFile(no_cells(), tuple(rejected), project_tables)


def _of_edition(content: bytes, options: Options) -> Options:
    """Return the options with the money's columns as this edition of the file names them."""
    header = header_names(content, options.separator) if options.renamed else frozenset()
    names = {
        old: new for old, new in options.renamed.items() if old not in header and new in header
    }
    update = {
        "funding": {source: names.get(name, name) for source, name in options.funding.items()},
        "paid": {source: names.get(name, name) for source, name in options.paid.items()},
    }
    return options.model_copy(update=update)


def _with_file_columns(rejected: Iterable[Rejection], options: Options) -> list[Rejection]:
    """Return rejections with the file's own column names instead of the facts'."""
    column_of = options.column_of
    return [replace(r, column=column_of.get(r.column, r.column)) for r in rejected]


def _read(content: bytes, options: Options) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the declared columns of a file under the names of their facts, with `line`."""
    column_of = options.column_of
    columns = list(dict.fromkeys(column_of.values()))
    rows, rejected = read_rows(content, columns, separator=options.separator, only=options.large)
    facts = {fact: rows[column].str.strip() for fact, column in column_of.items()}
    return pd.DataFrame({**facts, "line": rows["line"]}), rejected


def _with_places(
    rows: pd.DataFrame, options: Options, context: FileContext
) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return one row per work and municipality of the province; a wrong CUP is rejected."""
    rejected: list[Rejection] = []
    if "cup" in rows:
        is_cup = rows["cup"].str.fullmatch(CUP_PATTERN)
        rejected += reject_cells(rows[~is_cup], ["cup"], "cup")
        rows = rows[is_cup]
    if options.places is None:
        return _located(rows, options), rejected
    content = context.companion("places")
    places, wrong_rows = _read(content, options.companion_options(options.places))
    rejected += wrong_rows
    key = [name for name in ("cup", "local_code") if name in places and name in rows]
    places = _located(places, options).drop(columns="line")
    columns = [name for name in (PLACE, SHARE) if name in places]
    return rows.merge(places[[*key, *columns]], on=key), rejected


def _located(rows: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Return one row per municipality of the province, written as its six digits."""
    parts = sorted(
        name for name in map(str, rows.columns) if name.startswith(PLACE) and name != PLACE
    )
    code = rows[PLACE] if not parts else joined_code(rows[parts[0]], rows[parts[1]])
    rows = rows.drop(columns=parts).assign(**{PLACE: code.str.split(PLACE_SEPARATOR)})
    rows = rows.explode(PLACE)
    code = six_digits(rows[PLACE])
    return rows.assign(**{PLACE: code})[numbered_in_province(code, options.province)]


def _facts(rows: pd.DataFrame, options: Options) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the rows with their money as figures, days as ISO and phases in our words."""
    rows = rows.assign(**options.constants)
    rows = rows.assign(**{column: rows.get(column, "") for column in CODES})
    rows["project"] = identity(rows["cup"], rows["local_code"])
    rows, rejected = _with_money(rows, options)
    for column in [name for name in (*DATES, "extracted") if name in rows]:
        day = days(rows[column], options.dates)
        wrong_rows = rows[day.isna() & (rows[column] != "")].drop_duplicates("line")
        rejected += reject_cells(wrong_rows, [column], "date")
        rows[column] = day.dt.strftime("%Y-%m-%d")
    rows["extracted"] = rows["extracted"].fillna("") if "extracted" in rows else ""
    for beginning, code in options.measures.items():
        is_of_measure = rows["measure"].str.startswith(beginning)
        rows["measure_code"] = rows["measure_code"].mask(is_of_measure, code)
    rows = _without_generic_titles(_with_phases(rows, options), options.generic_title)
    return _without_blanks(rows), rejected


def _with_money(rows: pd.DataFrame, options: Options) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the rows with their money as figures; a work with a rejected amount is left out.

    Only on the days of that amount: half a sum is not published.
    """
    rejected: list[Rejection] = []
    values: dict[str, pd.Series[float]] = {}
    for column in map(str, rows.columns):
        if column != SHARE and not column.startswith(MONEY_PREFIXES):
            continue
        texts = rows[column].mask(rows[column].isin(options.blank), "")
        value = numbers(texts, options.decimal, options.ignored)
        is_text = value.isna() & (texts != "")
        rejected += reject_cells(rows[is_text].drop_duplicates("line"), [column], "number")
        rejected += reject_cells(rows[value < 0].drop_duplicates("line"), [column], "below_zero")
        values[column] = value / 100 if column == SHARE else value
    work = [rows[name] for name in ("project", "extracted") if name in rows]
    is_rejected = rows["line"].isin([rejection.line for rejection in rejected])
    is_incomplete = is_rejected.groupby(work).transform("any").astype(bool)
    return rows.assign(**values)[~is_incomplete], rejected


def _with_phases(rows: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Return the rows with phase, state and end in our words."""
    if "phase" not in rows:
        return rows
    phase = rows["phase"].map(options.phases)
    rows = rows.assign(state=rows["phase"].map(options.states), phase=phase)
    if options.ended is not None:
        rows["actual_end"] = rows["actual_end"].where(phase.isin(options.ended))
    return rows


def _without_generic_titles(rows: pd.DataFrame, pattern: str | None) -> pd.DataFrame:
    if pattern is None or "title" not in rows:
        return rows
    return rows.assign(title=rows["title"].mask(rows["title"].str.match(pattern)))


def _without_blanks(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with blank texts as missing, except in codes."""
    texts = map(str, rows.select_dtypes("str").columns)
    columns = [name for name in texts if name not in (*CODES, "extracted")]
    return rows.assign(**{name: rows[name].where(rows[name] != "") for name in columns})


def _tenders(
    projects: set[str], options: Options, context: FileContext
) -> tuple[pa.Table, list[Rejection]]:
    """Return the tenders (CIG) of these works: a work has many, a tender may serve many."""
    rows, rejected = _read(context.companion("tenders"), options)
    rows["project"] = identity(rows["cup"], rows["cup"])
    rows = rows[rows["project"].isin(projects)]
    is_cig = rows["cig"].str.fullmatch(CIG_PATTERN)
    rejected += reject_cells(rows[~is_cig], ["cig"], "workbook_cig")
    rows = rows[is_cig].drop_duplicates(["project", "cig"])
    if "amount" in rows:
        rows = rows.assign(amount=numbers(rows["amount"], options.decimal, options.ignored))
    columns = [name for name in ("project", "cig", "title", "amount") if name in rows]
    tenders = rows[columns].assign(demonstration=False)
    return pa.Table.from_pandas(tenders, preserve_index=False), rejected
