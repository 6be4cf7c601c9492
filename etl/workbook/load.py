"""Load a filled workbook: check it against the others and the catalogue, keep it for refreshes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.catalog import read_catalog
from etl.quarantine import reject
from etl.snapshot import files
from etl.workbook.choices import accepted_lists
from etl.workbook.differences import differing_rows, in_order
from etl.workbook.generated import without_local, write
from etl.workbook.local_indicators import combined, declarations, without_catalogued
from etl.workbook.names import UNLOADED, find_loaded, kept_name
from etl.workbook.plan_targets import SHEET as TARGETS
from etl.workbook.plan_targets import targets_file, valid_targets
from etl.workbook.reader import read_workbook
from etl.workbook.schema import workbook
from etl.workbook.validate import unknown_parents, validate
from warehouse.config import check_editable
from warehouse.declarations.sources import OFFICE_PREFIX
from warehouse.errors import SourceError
from warehouse.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from etl.parsing.layout import Lists
    from etl.workbook.schema import Sheet, Workbook
    from etl.workbook.validate import Frames
    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog
    from warehouse.errors import Rejection

INDICATORS = "indicators"  # the workbook, and its sheet of declarations


@dataclass(frozen=True, slots=True)
class LoadedWorkbook:
    """Where a workbook is kept, its rows per sheet, its rejections, the changed declarations.

    `changed` and `removed` are files of the catalogue folder; `replaced` is the workbook that this
    one was loaded instead of.
    """

    path: Path
    row_counts: Mapping[str, int]
    rejected: Sequence[Rejection]
    changed: Sequence[Path] = ()
    removed: Sequence[Path] = ()
    replaced: str | None = None


def load_projects(config: Config, file: Path, instead_of: str | None = None) -> LoadedWorkbook:
    """Keep a workbook of the plan's projects; raises `SourceError` if it is not one.

    `instead_of`: the loaded workbook that it replaces.
    """
    name, replaced = _names(config, file, instead_of)
    lists = accepted_lists(read_catalog(config.catalog))
    filled = read_workbook(file.read_bytes(), workbook("projects"), lists, config.years)
    frames, rejected = validate(filled)
    others = _loaded_before(config, "projects", {name, replaced}, lists)
    other_projects = [code for book in others.values() for code in book["projects"]["project"]]
    rejected += unknown_parents(frames, filled.book, other_projects)
    rejected += differing_rows({**others, name: frames}, name, filled.book)
    path = _keep(config, file, name, replaced)
    return LoadedWorkbook(path, _row_counts(frames), rejected, replaced=replaced)


def load_indicators(config: Config, file: Path, instead_of: str | None = None) -> LoadedWorkbook:
    """Keep a workbook of local indicators, and declare those of all such workbooks.

    The declarations are tried on a copy of the catalogue, so that an unreadable one is never
    left behind. Raises `SourceError` or `CatalogError`; then nothing has changed.
    """
    check_editable(config.catalog)
    name, replaced = _names(config, file, instead_of)
    with without_local(config.catalog) as folder:
        catalog = read_catalog(folder)
        lists = accepted_lists(catalog)
        book = workbook(INDICATORS)
        filled = read_workbook(file.read_bytes(), book, lists, config.years)
        frames, rejected = validate(filled)
        sheet = filled.book.sheets[INDICATORS]
        frames, wrong_rows = _declarable(frames, filled.book, catalog)
        rejected += wrong_rows
        if frames[INDICATORS].empty and frames[TARGETS].empty:
            raise SourceError(reject("workbook_empty", sheet.current_title), *rejected)
        others = _loaded_before(config, INDICATORS, {name, replaced}, lists)
        rejected += differing_rows({**others, name: frames}, name, filled.book)
        books = {n: _declarable(f, filled.book, catalog)[0] for n, f in others.items()}
        texts, wrong_rows = _texts({**books, name: frames}, name, sheet)
        rejected += wrong_rows
        write(folder, texts)
        read_catalog(folder)
    path = _keep(config, file, name, replaced)
    changed, removed = write(config.catalog, texts)
    return LoadedWorkbook(path, _row_counts(frames), rejected, changed, removed, replaced)


@dataclass(frozen=True, slots=True)
class UnloadedWorkbook:
    """The name of a workbook that no longer counts, and the declarations that changed."""

    name: str
    changed: Sequence[Path] = ()
    removed: Sequence[Path] = ()


def unload(config: Config, name: str) -> UnloadedWorkbook:
    """Put a loaded workbook aside: no later refresh reads it, and its rows do not stay.

    Raises `SourceError` if no such workbook is loaded.
    """
    name = find_loaded(config, name)
    if name.startswith(INDICATORS):
        check_editable(config.catalog)
    texts = _declarations_without(config, name) if name.startswith(INDICATORS) else None
    changed, removed = ([], []) if texts is None else write(config.catalog, texts)
    aside = config.office / UNLOADED
    aside.mkdir(exist_ok=True)
    (config.office / name).replace(aside / name)
    return UnloadedWorkbook(name, changed, removed)


def _declarations_without(config: Config, name: str) -> dict[str, str]:
    """Return the declarations of the local indicators that the other workbooks have."""
    with without_local(config.catalog) as folder:
        catalog = read_catalog(folder)
        book = workbook(INDICATORS)
        others = _loaded_before(config, INDICATORS, {name}, accepted_lists(catalog))
        books = {n: _declarable(frames, book, catalog)[0] for n, frames in others.items()}
        return _texts(books, name, book.sheets[INDICATORS])[0]


def _declarable(frames: Frames, book: Workbook, catalog: Catalog) -> tuple[Frames, list[Rejection]]:
    """Return the indicators and targets that can be declared, and the rejections of the others."""
    indicators, wrong = without_catalogued(frames[INDICATORS], book.sheets[INDICATORS], catalog)
    sheet = book.sheets[TARGETS]
    targets, wrong_targets = valid_targets(frames[TARGETS], indicators, sheet, catalog)
    return {**frames, INDICATORS: indicators, TARGETS: targets}, [*wrong, *wrong_targets]


def _texts(
    books: Mapping[str, Frames], current: str, sheet: Sheet
) -> tuple[dict[str, str], list[Rejection]]:
    """Return the declarations of all workbooks, by file name, and the rejections of `current`."""
    order = in_order(books)
    targets = targets_file(books[name][TARGETS] for name in order)
    frames = {name: books[name][INDICATORS] for name in order}
    frames = {name: frame for name, frame in frames.items() if not frame.empty}
    if not frames:
        return targets, []
    indicators, rejected = combined(frames, current, sheet)
    return declarations(indicators, f"{OFFICE_PREFIX}indicators*.xlsx") | targets, rejected


def _names(config: Config, file: Path, instead_of: str | None) -> tuple[str, str | None]:
    """Return the name to keep a workbook under, and that of the loaded one that it replaces."""
    name = kept_name(config, file)
    replaced = find_loaded(config, instead_of) if instead_of else None
    return name, None if replaced == name else replaced


def _row_counts(frames: Frames) -> dict[str, int]:
    return {name: len(frame) for name, frame in frames.items()}


def _loaded_before(
    config: Config, name: str, without: set[str | None], lists: Lists
) -> dict[str, Frames]:
    """Return the frames of the loaded workbooks of a kind, but for those of some names."""
    books = {}
    for path in files(config.office, f"{name}*.xlsx"):
        if path.name in without:
            continue
        try:
            content = read_workbook(path.read_bytes(), workbook(name), lists, config.years)
        except SourceError as error:
            raise SourceError(reject("workbook_beside", path), *error.rejections) from error
        books[path.name], _ = validate(content)
    return books


def _keep(config: Config, file: Path, name: str, replaced: str | None) -> Path:
    """Store a workbook, then remove the one that it replaces."""
    path = config.office / name
    write_atomic(path, file.read_bytes())
    (config.office / UNLOADED / name).unlink(missing_ok=True)
    if replaced:
        (config.office / replaced).unlink()
    return path
