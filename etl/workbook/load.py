"""Load a filled workbook: check it against the others and the catalogue, keep it for refreshes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from etl.catalog import read_catalog
from etl.quarantine import reject
from etl.snapshot import files
from etl.workbook.choices import accepted_lists
from etl.workbook.generated import without_local, write
from etl.workbook.local_indicators import combined, declarations, without_catalogued
from etl.workbook.reader import read_workbook
from etl.workbook.schema import workbook
from etl.workbook.validate import unknown_parents, validate
from warehouse.declarations.sources import OFFICE_PREFIX
from warehouse.errors import SourceError
from warehouse.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from etl.parsing.layout import Lists
    from etl.workbook.validate import Frames
    from warehouse.config import Config
    from warehouse.errors import Rejection


@dataclass(frozen=True, slots=True)
class LoadedWorkbook:
    """Where a workbook is kept, its rows per sheet, its rejections, the changed declarations.

    `changed` and `removed` are files of the catalogue folder.
    """

    path: Path
    row_counts: Mapping[str, int]
    rejected: Sequence[Rejection]
    changed: Sequence[Path] = ()
    removed: Sequence[Path] = ()


def load_projects(config: Config, file: Path) -> LoadedWorkbook:
    """Keep a workbook of the plan's projects; raises `SourceError` if it is not one."""
    lists = accepted_lists(read_catalog(config.catalog))
    filled = read_workbook(file.read_bytes(), workbook("projects"), lists, config.years)
    frames, rejected = validate(filled)
    loaded_before = _loaded_before(config, "projects", file.name, lists)
    other_projects = [
        code for book in loaded_before.values() for code in book["projects"]["project"]
    ]
    rejected += unknown_parents(frames, filled.book, other_projects)
    return LoadedWorkbook(_keep(config, file), _row_counts(frames), rejected)


def load_indicators(config: Config, file: Path) -> LoadedWorkbook:
    """Keep a workbook of local indicators, and declare those of all such workbooks.

    The declarations are tried on a copy of the catalogue, so that an unreadable one is never
    left behind. Raises `SourceError` or `CatalogError`; then nothing has changed.
    """
    with without_local(config.catalog) as folder:
        catalog = read_catalog(folder)
        lists = accepted_lists(catalog)
        filled = read_workbook(file.read_bytes(), workbook("indicators"), lists, config.years)
        frames, rejected = validate(filled)
        sheet = filled.book.sheets["indicators"]
        indicators, wrong_rows = without_catalogued(frames["indicators"], sheet, catalog)
        rejected += wrong_rows
        if indicators.empty:
            raise SourceError(reject("workbook_empty", sheet.current_title), *rejected)
        books = {
            name: without_catalogued(book["indicators"], sheet, catalog)[0]
            for name, book in _loaded_before(config, "indicators", file.name, lists).items()
        }
        books[file.name] = indicators
        all_indicators, wrong_rows = combined(_by_name(books), file.name, sheet)
        rejected += wrong_rows
        texts = declarations(all_indicators, f"{OFFICE_PREFIX}indicators*.xlsx")
        write(folder, texts)
        read_catalog(folder)
    path = _keep(config, file)
    changed, removed = write(config.catalog, texts)
    row_counts = _row_counts({**frames, "indicators": indicators})
    return LoadedWorkbook(path, row_counts, rejected, changed, removed)


def _by_name(books: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {name: books[name] for name in sorted(books, key=lambda name: Path(name).stem)}


def _row_counts(frames: Frames) -> dict[str, int]:
    return {name: len(frame) for name, frame in frames.items()}


def _loaded_before(config: Config, name: str, file: str, lists: Lists) -> dict[str, Frames]:
    """Return the frames of the workbooks of this kind that were loaded before, but for `file`."""
    books = {}
    for path in files(config.office, f"{name}*.xlsx"):
        if path.name == file:
            continue
        try:
            content = read_workbook(path.read_bytes(), workbook(name), lists, config.years)
            books[path.name], _ = validate(content)
        except SourceError as error:
            raise SourceError(reject("workbook_beside", path), *error.rejections) from error
    return books


def _keep(config: Config, file: Path) -> Path:
    path = config.office / file.name
    write_atomic(path, file.read_bytes())
    return path
