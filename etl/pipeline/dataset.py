"""The steps of one dataset: its files parsed, harmonised, and what was refused on the way."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
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
from warehouse.schema.tables import INPUTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from etl.parsing.layout import FileContext
    from etl.pipeline.cache import Cache
    from etl.pipeline.discovery import InputFile
    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Dataset
    from warehouse.declarations.sources import SourceFile

Inputs = dict[str, pa.Table]
Refused = list[tuple[str, str, Rejection]]  # dataset, file, why

CELL = pa.schema([(name, pa.string()) for name in CELL_COLUMNS])
CELL = CELL.set(CELL_COLUMNS.index("value"), pa.field("value", pa.float64()))
CELL = CELL.set(CELL_COLUMNS.index("line"), pa.field("line", pa.int64()))
REFUSED = [f.name for f in fields(Rejection) if f.name not in {"message", "suggestion"}]
LANGUAGES = ("it", "en")
SHEET = "sheet"
TABLE = "table-"  # begins the names of project tables among those that are kept


def read_dataset(
    dataset: Dataset, raws: Sequence[InputFile], catalog: Catalog, kept: Cache
) -> tuple[Inputs, Refused, str]:
    """Return the tables that the files give, the files refused as a whole, and what was done.

    The outcome is `kept` where nothing that the figures depend on changed, else `read`.
    """
    key = _key(dataset, raws, catalog)
    if known := kept.get(key):
        return known, [], "kept"
    parsed: list[tuple[InputFile, ParsedFile]] = []
    failed: Refused = []
    for raw in raws:
        try:
            content = parse(raw, kept)
            check_complete(content, raw.source, raw.period, catalog)
            parsed.append((raw, content))
        except SourceError as error:
            failed.extend((dataset.id, raw.file, r) for r in error.refusals)
        except ContractError as error:
            tables = [fault.split(":")[0] for fault in error.faults]
            failed.append((dataset.id, raw.file, reject("contract", tables)))
    inputs = _harmonised(dataset, parsed, catalog)
    if not failed:
        kept.put(key, inputs)
    return inputs, failed, "read"


def parse(raw: InputFile, kept: Cache) -> ParsedFile:
    """Return what the layout reads in a file, or read in it before."""
    if known := kept.get(raw.key):
        return _opened(known)
    content, context = raw.content(), raw.context()
    try:
        written = _written(raw.source, content, context)
    except CruscottoError:
        raise
    except Exception as error:  # a fault of ours in one file never stops the rest
        log.line("stumbled", dataset=raw.dataset.id, file=raw.file, fault=format_exc())
        fault = f"{type(error).__name__}: {error}"
        raise SourceError(reject("layout_stumbled", raw.source.layout, fault=fault)) from error
    kept.put(raw.key, written)
    return _opened(written)


def _written(source: SourceFile, content: bytes, context: FileContext) -> Inputs:
    """Return what a layout reads, as the tables that are kept of it."""
    layout = layout_of(source.layout)
    parsed = layout.parse(content, layout.Options.model_validate(source.options), context)
    tables = {name: conform(name, table) for name, table in parsed.tables.items()}
    return {
        "cells": _cells(parsed.cells).replace_schema_metadata({SHEET: parsed.sheet}),
        "refused": pa.Table.from_pylist([_flat(r) for r in parsed.rejected], schema=_REFUSAL),
        **{f"{TABLE}{name}": table for name, table in tables.items()},
    }


def _key(dataset: Dataset, raws: Sequence[InputFile], catalog: Catalog) -> str:
    places = catalog.model_dump_json(exclude={"plan", "units", "indicators", "datasets"})
    return digest(
        dataset.model_dump_json(),
        [(raw.file, raw.path.name, raw.key) for raw in raws],
        *(places, code_digest()),
    )


def _harmonised(
    dataset: Dataset, parsed: Iterable[tuple[InputFile, ParsedFile]], catalog: Catalog
) -> Inputs:
    by_file: list[Inputs] = []
    refused: Refused = []
    cells, snapshots = [], []
    for raw, read in parsed:
        told = ("nationwide", "regional", "by_name", "fills")
        said = {name: getattr(raw.source, name) for name in told}
        where = {"file": raw.file, "sheet": read.sheet}
        cells.append(read.cells.assign(**where, snapshot=raw.sha256, **said))
        rows = len(read.cells) + sum(table.num_rows for table in read.tables.values())
        snapshots.append(
            {"snapshot": raw.sha256, "dataset": dataset.id, "file": raw.file, "rows": rows}
        )
        refused.extend((dataset.id, raw.file, r) for r in read.rejected)
        by_file.append({})
        for name, table in read.tables.items():
            by_file[-1][name], nowhere = with_territories(table, catalog)
            refused.extend((dataset.id, raw.file, r) for r in nowhere)
    tables: dict[str, list[pa.Table]] = defaultdict(list)
    for name, table in ((n, t) for part in merged(by_file) for n, t in part.items()):
        tables[name].append(table)
    workbooks = [(raw.file, read.tables) for raw, read in parsed if raw.source.lists]
    refused.extend((dataset.id, *told) for told in disagreements(workbooks))
    if cells:
        figures, wrong = harmonise(pd.concat(cells, ignore_index=True), dataset, catalog)
        known = [c for c in catalog.corrections if c.dataset == dataset.id]
        tables["correction"].append(correction_table(figures, known, dataset.id))
        figures = correct(figures, known).assign(dataset=dataset.id)
        table = pa.Table.from_pandas(figures, preserve_index=False)
        tables["component"].append(conform("component", table))
        refused.extend((dataset.id, file, r) for file, r in wrong)
    tables["snapshot"] = [pa.Table.from_pylist(snapshots, schema=INPUTS["snapshot"].schema)]
    tables["quarantine"] = [quarantine.table(refused)]
    return {name: pa.concat_tables(parts) for name, parts in tables.items()}


def _cells(cells: pd.DataFrame) -> pa.Table:
    columns = {}
    for name in CELL_COLUMNS:
        given = cells[name]
        if pa.types.is_string(CELL.field(name).type):
            given = given.astype("str")
        columns[name] = pa.array(given, CELL.field(name).type, from_pandas=True)
    return pa.table(columns, schema=CELL)


_WORDS = [f"{part}_{language}" for part in ("message", "suggestion") for language in LANGUAGES]
_REFUSAL = pa.schema(
    [(name, pa.int64() if name == "line" else pa.string()) for name in (*REFUSED, *_WORDS)]
)


def _flat(refused: Rejection) -> dict[str, object]:
    return {
        **{name: getattr(refused, name) for name in REFUSED},
        **{f"message_{language}": refused.message[language] for language in LANGUAGES},
        **{f"suggestion_{language}": refused.suggestion[language] for language in LANGUAGES},
    }


def _opened(kept: Mapping[str, pa.Table]) -> ParsedFile:
    refused = [
        Rejection(
            **{name: row[name] for name in REFUSED},
            message={language: row[f"message_{language}"] for language in LANGUAGES},
            suggestion={language: row[f"suggestion_{language}"] for language in LANGUAGES},
        )
        for row in kept["refused"].to_pylist()
    ]
    tables = {n.removeprefix(TABLE): t for n, t in kept.items() if n.startswith(TABLE)}
    metadata = kept["cells"].schema.metadata or {}
    sheet = metadata.get(SHEET.encode(), b"").decode()
    return ParsedFile(kept["cells"].to_pandas(), tuple(refused), tables, sheet)
