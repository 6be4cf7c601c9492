"""Ways to damage a specimen's file, and the result of reading it."""

from __future__ import annotations

import csv
import gzip
import io
import re
import shutil
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import openpyxl

from etl.pipeline.discovery import InputFolder
from etl.pipeline.gather import RunContext, read_files
from tests.support.deployment import PROJECT
from tests.support.specimens import CATALOG, SPECIMENS, of_specimen
from warehouse.declarations.sources import SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import pandas as pd
    import pyarrow as pa

    from etl.pipeline.cache import Cache
    from warehouse.declarations.models import Dataset

    Spoil = Callable[[bytes], bytes]

OUTLINES = PROJECT / "tests" / "second_city" / "files" / "outlines.geojson"
PROJECTS = PROJECT / "etl" / "shipped" / "plan_projects"
SHEET = "Comuni_2015_2016"
STOCK = "Suolo consumato 2016 [ettari]"
SOIL = (
    ["PRO_COM", STOCK, "Incremento netto 2015-2016 [ettari]"],
    ["", "ettari", "ettari"],
    ["15146", 10_000.5, 4.5],
    ["15155", 20, 1],
)
# Datasets whose files are fetched, ship with the project or belong to other deployments.
WITHOUT_SPECIMEN: Mapping[str, tuple[SourceFile, ...]] = {
    "population": tuple(
        file.model_copy(update={"nationwide": False})
        for file in CATALOG.datasets["population"].files[:2]
    ),
    "consumed_soil": (
        SourceFile(path="soil.xlsx", layout="ispra_soil", options={"province": "015"}),
    ),
    "municipal_boundaries": (
        SourceFile(path="outlines.geojson", layout="istat_boundaries", options={"code": "code"}),
    ),
    "plan_projects": tuple(
        SourceFile(path=f"{table}.csv", layout="project_csv", options={"table": table})
        for table in ("project", "project_node", "milestone", "funding_line")
    ),
}
FIGURE = ["variable", "territory", "period", "value", "obs_status"]


@dataclass(frozen=True)
class Read:
    """What was read: the figures with their file, rows of other tables, and the rejections."""

    figures: pd.DataFrame
    rows: set[tuple[object, ...]]
    refused: pd.DataFrame


def folder_of(dataset: str, folder: Path) -> Path:
    """Put the files of a dataset into `folder`."""
    if dataset == "consumed_soil":
        (folder / "soil.xlsx").write_bytes(_workbook())
    elif dataset == "municipal_boundaries":
        text = OUTLINES.read_text("utf-8").replace('"9000', '"0151')
        (folder / "outlines.geojson").write_text(text, "utf-8")
    elif dataset == "plan_projects":
        shutil.copytree(PROJECTS, folder, dirs_exist_ok=True)
    else:
        shutil.copytree(SPECIMENS / dataset, folder, dirs_exist_ok=True)
    return folder


def read(name: str, folder: Path, cache: Cache, at_least: int = 0) -> Read:
    """Read all files of a dataset in `folder`."""
    dataset = _dataset(name, at_least)
    catalog = CATALOG.model_copy(update={"datasets": {name: dataset}})
    tables = read_files(InputFolder(catalog, folder), RunContext(cache=cache))
    snapshots = tables["snapshot"].to_pandas()
    file_of = dict(zip(snapshots["snapshot"], snapshots["file"], strict=True))
    figures = tables["component"].to_pandas()
    project_tables = tables.keys() - {"component", "snapshot", "quarantine"}
    return Read(
        figures=figures[FIGURE].assign(file=figures["snapshot"].map(file_of)),
        rows={(table, *row.values()) for table in project_tables for row in _rows(tables[table])},
        refused=tables["quarantine"].to_pandas(),
    )


def _rows(table: pa.Table) -> list[dict[str, object]]:
    """Return rows without geometries, which depend on their neighbours."""
    shapes = [name for name in table.column_names if name == "geometry"]
    rows: list[dict[str, object]] = table.drop_columns(shapes).to_pylist()
    return rows


def swap(old: str, new: str, count: int = 1) -> Spoil:
    """Replace a text, which must be present."""

    def spoil(content: bytes) -> bytes:
        assert old.encode() in content
        return content.replace(old.encode(), new.encode(), count)

    return spoil


def ends(line_count: int) -> Spoil:
    """Keep the first lines: a file cut off at the end of a row."""
    return lambda content: b"".join(content.splitlines(keepends=True)[:line_count])


def short(signs: int) -> Spoil:
    """Cut off the last bytes of a file."""
    return lambda content: content[:-signs]


def plus(more: str) -> Spoil:
    """Add text below the last line."""
    return lambda content: content.rstrip(b"\r\n") + b"\n" + more.encode()


def becomes(content: bytes) -> Spoil:
    """Replace a file by another."""
    return lambda _: content


def again(pattern: str, new: str) -> Spoil:
    """Replace every match of a pattern, which must be present."""

    def spoil(content: bytes) -> bytes:
        assert re.search(pattern.encode(), content)
        return re.sub(pattern.encode(), new.encode(), content)

    return spoil


def both(first: Spoil, second: Spoil) -> Spoil:
    """Damage a file twice."""
    return lambda content: second(first(content))


def packed(spoil: Spoil) -> Spoil:
    """Damage the content of a gzipped file."""
    return lambda content: gzip.compress(spoil(gzip.decompress(content)))


def each_line(change: Spoil, end: bytes = b"\n") -> Spoil:
    """Change every line."""
    return lambda content: end.join(change(line) for line in content.splitlines()) + end


def encoded(encoding: str) -> Spoil:
    """Convert a UTF-8 file to another encoding."""
    return lambda content: content.decode("utf-8").encode(encoding)


def without(column: str) -> Spoil:
    """Remove a column of a comma-separated table."""

    def spoil(content: bytes) -> bytes:
        rows = list(csv.reader(io.StringIO(content.decode())))
        index = rows[0].index(column)
        text = io.StringIO()
        csv.writer(text).writerows([*row[:index], *row[index + 1 :]] for row in rows)
        return text.getvalue().encode()

    return spoil


def zipped(content: bytes) -> bytes:
    """Pack a file into an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("panel.csv", content)
    return buffer.getvalue()


def cell(where: str, value: str, kind: str = "s") -> Spoil:
    """Write one cell of the workbook."""
    return lambda _: _workbook(where, value, kind)


def sheet(title: str) -> Spoil:
    """Rename the sheet of the workbook."""
    return lambda _: _workbook(title=title)


def _workbook(where: str = "", value: str = "", kind: str = "s", title: str = SHEET) -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = title
    for row in SOIL:
        page.append(row)
    if where:
        page[where] = value
        page[where].data_type = kind
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _dataset(name: str, at_least: int) -> Dataset:
    dataset = CATALOG.datasets[name]
    if name in WITHOUT_SPECIMEN:
        dataset = dataset.model_copy(update={"files": WITHOUT_SPECIMEN[name]})
    else:
        dataset = of_specimen(dataset)
    files = tuple(file.model_copy(update={"at_least": at_least}) for file in dataset.files)
    return dataset.model_copy(update={"files": files})
