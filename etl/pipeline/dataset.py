"""One dataset: its files parsed and harmonised, and the rows rejected on the way."""

from __future__ import annotations

import json
from collections import defaultdict
from traceback import format_exc
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from etl import log, quarantine
from etl.catalog import layout as layout_of
from etl.harmonise.completeness import check_complete
from etl.harmonise.corrections import correct, correction_table
from etl.harmonise.figures import harmonise, with_territories
from etl.parsing.layout import CELL_COLUMNS, ParsedFile
from etl.pipeline.discovery import digest
from etl.pipeline.fingerprint import code_digest
from etl.pipeline.workbook_history import disagreements
from etl.projects.reconcile import merged
from etl.quarantine import reject
from warehouse.errors import ContractError, CruscottoError, Rejection, SourceError
from warehouse.schema.conform import conform
from warehouse.schema.input_tables import INPUTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from etl.parsing.layout import FileContext
    from etl.pipeline.cache import Cache
    from etl.pipeline.discovery import InputFile
    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Dataset
    from warehouse.declarations.sources import SourceFile

Inputs = dict[str, pa.Table]
Rejections = list[tuple[str, str, Rejection]]  # dataset, file, rejection
DatasetTables = tuple[Inputs, Rejections, str]
ParsedFiles = list[tuple["InputFile", ParsedFile]]

CELL = pa.schema([(name, pa.string()) for name in CELL_COLUMNS])
CELL = CELL.set(CELL_COLUMNS.index("value"), pa.field("value", pa.float64()))
CELL = CELL.set(CELL_COLUMNS.index("line"), pa.field("line", pa.int64()))
REJECTION = pa.schema(
    [
        *(("line", pa.int64()), ("column", pa.string()), ("value", pa.string())),
        *(("rule", pa.string()), ("values", pa.string()), ("sheet", pa.string())),
    ]
)
SOURCE_FLAGS = ("nationwide", "regional", "by_name", "fills")
SHEET = "sheet"
FINAL = "A"  # the status of a figure that is neither estimated nor provisional
TABLE = "table-"  # begins the names of project tables in the cache


def cached_dataset(
    dataset: Dataset, files: Sequence[InputFile], catalog: Catalog, cache: Cache
) -> DatasetTables | None:
    """Return what `read_dataset` stored, where nothing that the figures depend on changed since."""
    tables = cache.get(_key(dataset, files, catalog))
    return (tables, [], "cached") if tables else None


def read_dataset(
    dataset: Dataset, files: Sequence[InputFile], catalog: Catalog, cache: Cache
) -> DatasetTables:
    """Return the tables of the files, the files rejected as a whole, and the outcome `read`.

    The tables are stored in the cache where no file failed.
    """
    parsed: ParsedFiles = []
    failures: Rejections = []
    for file in files:
        try:
            content = parse(file, cache)
            check_complete(content, file.source, file.period, catalog)
            parsed.append((file, content))
        except SourceError as error:
            failures.extend((dataset.id, file.file, rejection) for rejection in error.rejections)
        except ContractError as error:
            names = [fault.split(":")[0] for fault in error.faults]
            failures.append((dataset.id, file.file, reject("contract", names)))
    inputs = _harmonised(dataset, parsed, catalog)
    if not failures:
        cache.store(_key(dataset, files, catalog), inputs)
    return inputs, failures, "read"


def parse(file: InputFile, cache: Cache) -> ParsedFile:
    """Return what the layout reads in a file, from the cache where it is there."""
    if tables := cache.get(file.key):
        return _from_tables(tables)
    content, context = file.content(), file.context()
    try:
        tables = _parsed_tables(file.source, content, context)
    except CruscottoError:
        raise
    except Exception as error:  # a bug in one layout never stops the other files
        log.line("stumbled", dataset=file.dataset.id, file=file.file, fault=format_exc())
        fault = f"{type(error).__name__}: {error}"
        raise SourceError(reject("layout_stumbled", file.source.layout, fault=fault)) from error
    cache.store(file.key, tables)
    return _from_tables(tables)


def _parsed_tables(source: SourceFile, content: bytes, context: FileContext) -> Inputs:
    """Return what a layout reads, as the tables that the cache stores."""
    layout = layout_of(source.layout)
    parsed = layout.parse(content, layout.Options.model_validate(source.options), context)
    tables = {name: conform(name, table) for name, table in parsed.tables.items()}
    rejections = [_as_row(rejection) for rejection in parsed.rejected]
    return {
        "cells": _cell_table(parsed.cells).replace_schema_metadata({SHEET: parsed.sheet}),
        "rejections": pa.Table.from_pylist(rejections, schema=REJECTION),
        **{f"{TABLE}{name}": table for name, table in tables.items()},
    }


def _key(dataset: Dataset, files: Sequence[InputFile], catalog: Catalog) -> str:
    places = catalog.model_dump_json(exclude={"plan", "units", "indicators", "datasets"})
    keys = [(file.file, file.path.name, file.key) for file in files]
    return digest(dataset.model_dump_json(), keys, places, code_digest())


def _harmonised(dataset: Dataset, parsed: ParsedFiles, catalog: Catalog) -> Inputs:
    rejections = [(dataset.id, file.file, r) for file, content in parsed for r in content.rejected]
    tables: dict[str, list[pa.Table]] = defaultdict(list)
    tables["snapshot"] = [_snapshots(dataset, parsed)]
    project_tables, nowhere = _located(parsed, catalog)
    for name, table in ((n, t) for part in merged(project_tables) for n, t in part.items()):
        tables[name].append(table)
    workbooks = [(file.file, content.tables) for file, content in parsed if file.source.lists]
    by_file = [*nowhere, *disagreements(workbooks)]
    corrections = [c for c in catalog.corrections if c.dataset == dataset.id]
    if any(len(content.cells) for _, content in parsed) or (parsed and corrections):
        figures, failures = harmonise(_cells(parsed), dataset, catalog)
        tables["correction"].append(correction_table(figures, corrections, dataset.id))
        figures = correct(figures, corrections).assign(dataset=dataset.id)
        table = pa.Table.from_pandas(figures, preserve_index=False)
        tables["component"].append(conform("component", table))
        by_file.extend(failures)
    rejections.extend((dataset.id, file, rejection) for file, rejection in by_file)
    tables["quarantine"] = [quarantine.table(rejections)]
    return {name: pa.concat_tables(parts) for name, parts in tables.items()}


def _located(
    parsed: ParsedFiles, catalog: Catalog
) -> tuple[list[Inputs], list[tuple[str, Rejection]]]:
    """Return the project tables of each file with today's territories, and the rows of none."""
    tables: list[Inputs] = []
    nowhere: list[tuple[str, Rejection]] = []
    for file, content in parsed:
        tables.append({})
        for name, table in content.tables.items():
            tables[-1][name], rejections = with_territories(table, catalog)
            nowhere.extend((file.file, rejection) for rejection in rejections)
    return tables, nowhere


def _cells(parsed: ParsedFiles) -> pd.DataFrame:
    """Return the cells of all files, each with its file, sheet, snapshot and the file's flags."""
    cells = pd.concat(
        [
            content.cells.assign(
                file=file.file,
                sheet=content.sheet,
                snapshot=file.sha256,
                obs_status=content.cells["obs_status"].replace(FINAL, file.source.status or FINAL),
                **{flag: getattr(file.source, flag) for flag in SOURCE_FLAGS},
            )
            for file, content in parsed
        ],
        ignore_index=True,
    )
    # Each column in one chunk: Arrow takes four times as long to select from several.
    table = pa.Table.from_pandas(cells, preserve_index=False).combine_chunks()
    return pd.DataFrame(table.to_pandas())


def _snapshots(dataset: Dataset, parsed: ParsedFiles) -> pa.Table:
    rows = [
        {
            "snapshot": file.sha256,
            "dataset": dataset.id,
            "file": file.file,
            "rows": len(content.cells) + sum(t.num_rows for t in content.tables.values()),
        }
        for file, content in parsed
    ]
    return pa.Table.from_pylist(rows, schema=INPUTS["snapshot"].schema)


def _cell_table(cells: pd.DataFrame) -> pa.Table:
    if cells.empty:
        return CELL.empty_table()
    columns = {}
    for name in CELL_COLUMNS:
        column = cells[name]
        if pa.types.is_string(CELL.field(name).type):
            column = column.astype("str")
        columns[name] = pa.array(column, CELL.field(name).type, from_pandas=True)
    return pa.table(columns, schema=CELL)


def _as_row(rejection: Rejection) -> dict[str, object]:
    row = {name: getattr(rejection, name) for name in REJECTION.names}
    return row | {"values": json.dumps(rejection.values, ensure_ascii=False)}


def _from_tables(tables: Mapping[str, pa.Table]) -> ParsedFile:
    rejections = tuple(
        Rejection(**{**row, "values": json.loads(row["values"])})
        for row in tables["rejections"].to_pylist()
    )
    project_tables = {n.removeprefix(TABLE): t for n, t in tables.items() if n.startswith(TABLE)}
    metadata = tables["cells"].schema.metadata or {}
    sheet = metadata.get(SHEET.encode(), b"").decode()
    return ParsedFile(tables["cells"].to_pandas(), rejections, project_tables, sheet)
