"""A filled workbook checked against the others and the catalogue, and kept for every refresh."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from etl.catalog import read_catalog
from etl.quarantine import reject
from etl.snapshot import files
from etl.workbook.choices import understood
from etl.workbook.generated import without_local, write
from etl.workbook.local_indicators import declarations, of_the_catalogue, together
from etl.workbook.reader import read
from etl.workbook.schema import workbook
from etl.workbook.validate import checked, parents
from warehouse.declarations.sources import OFFICE_PREFIX
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from etl.parsing.layout import Lists
    from etl.workbook.validate import Frames
    from warehouse.config import Config
    from warehouse.errors import Rejection


class Loaded(NamedTuple):
    """Where the workbook is kept, the rows a sheet, what was refused, which declarations changed.

    `declared` and `gone` are files of the catalogue folder, written and removed.
    """

    kept: Path
    rows: Mapping[str, int]
    refused: Sequence[Rejection]
    declared: Sequence[Path] = ()
    gone: Sequence[Path] = ()


def load_projects(config: Config, file: Path) -> Loaded:
    """Keep a workbook of the plan's projects; raises `SourceError` if it is none."""
    lists = understood(read_catalog(config.catalog))
    filled = read(file.read_bytes(), workbook("projects"), lists)
    frames, refused = checked(filled)
    others = _others(config, "projects", file.name, lists)
    elsewhere = [code for other in others.values() for code in other["projects"]["project"]]
    refused += parents(frames, filled.book, elsewhere)
    return Loaded(_keep(config, file), _counted(frames), refused)


def load_indicators(config: Config, file: Path) -> Loaded:
    """Keep a workbook of local indicators, and declare those of all such workbooks.

    The declarations are tried on a copy of the catalogue: one that nobody can read is never
    left behind. Raises `SourceError` or `CatalogError`; then all is as it was.
    """
    with without_local(config.catalog) as folder:
        catalog = read_catalog(folder)
        lists = understood(catalog)
        filled = read(file.read_bytes(), workbook("indicators"), lists)
        frames, refused = checked(filled)
        sheet = filled.book.sheets["indicators"]
        mine, taken = of_the_catalogue(frames["indicators"], sheet, catalog)
        if mine.empty:
            raise SourceError(reject("workbook_empty", sheet.called), *refused, *taken)
        books = {
            name: of_the_catalogue(other["indicators"], sheet, catalog)[0]
            for name, other in _others(config, "indicators", file.name, lists).items()
        } | {file.name: mine}
        in_order = sorted(books, key=lambda name: Path(name).stem)
        indicators, otherwise = together({n: books[n] for n in in_order}, file.name, sheet)
        texts = declarations(indicators, f"{OFFICE_PREFIX}indicators*.xlsx")
        write(folder, texts)
        read_catalog(folder)
    kept = _keep(config, file)
    declared, gone = write(config.catalog, texts)
    rows = _counted({**frames, "indicators": mine})
    return Loaded(kept, rows, [*refused, *taken, *otherwise], declared, gone)


def _counted(frames: Frames) -> dict[str, int]:
    return {name: len(frame) for name, frame in frames.items()}


def _others(config: Config, name: str, mine: str, lists: Lists) -> dict[str, Frames]:
    """Return what the other workbooks of this kind say that were loaded before."""
    found = {}
    for path in files(config.office, f"{name}*.xlsx"):
        if path.name != mine:
            try:
                found[path.name] = checked(read(path.read_bytes(), workbook(name), lists))[0]
            except SourceError as error:
                beside = reject("workbook_beside", path)
                raise SourceError(beside, *error.refusals) from error
    return found


def _keep(config: Config, file: Path) -> Path:
    kept = config.office / file.name
    kept.parent.mkdir(parents=True, exist_ok=True)
    beside = kept.with_suffix(".part")
    shutil.copyfile(file, beside)
    beside.replace(kept)
    return kept
