"""Names of the office's workbooks: what kind a file has, and under what name it is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from etl.quarantine import reject
from etl.snapshot import files
from etl.workbook.schema import NAMES
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from warehouse.config import Config

ITALIAN = {"progetti": "projects", "indicatori": "indicators"}
SUFFIX = ".xlsx"
READ = (SUFFIX, ".xlsm")
OTHER_FORMATS = (".xls", ".xlsb", ".xltx", ".ods", ".fods", ".numbers")
UNLOADED = "unloaded"  # folder below that of the loaded workbooks


def which(file: Path) -> str:
    """Return which workbook a file is, one of `NAMES`, by the beginning of its name.

    Raises `SourceError` for another name, and for a format that is not read.
    """
    if file.suffix.casefold() in OTHER_FORMATS:
        raise SourceError(reject("workbook_format"))
    beginning = _beginning(file)
    if not beginning or file.suffix.casefold() not in READ:
        expected = " | ".join(f"{name}…{SUFFIX}" for name in (*NAMES, *ITALIAN))
        raise SourceError(reject("workbook_which", file.name, expected=expected))
    return ITALIAN.get(beginning, beginning)


def kept_name(config: Config, file: Path) -> str:
    """Return the name under which a workbook is kept: in English, in lower case, as .xlsx.

    A workbook that is loaded already keeps its name, whatever its capital letters.
    """
    stem = file.stem.strip().casefold()
    name = f"{which(file)}{stem.removeprefix(_beginning(file))}{SUFFIX}"
    return next((kept for kept in loaded(config) if kept.casefold() == name), name)


def loaded(config: Config) -> list[str]:
    """Return the names of the loaded workbooks, in the order in which they count."""
    paths = (path for name in NAMES for path in files(config.office, f"{name}*{SUFFIX}"))
    return [path.name for path in paths]


def find_loaded(config: Config, name: str) -> str:
    """Return the loaded workbook that a person names; raises `SourceError` if there is none."""
    names = loaded(config)
    with_suffix = name if Path(name).suffix.casefold() in READ else f"{name}{SUFFIX}"
    spellings = {Path(name).name.casefold()}
    if _beginning(Path(with_suffix)):
        spellings.add(kept_name(config, Path(with_suffix)).casefold())
    kept = next((kept for kept in names if kept.casefold() in spellings), None)
    if kept is None:
        raise SourceError(reject("workbook_not_loaded", name, loaded=names or "–"))
    return kept


def _beginning(file: Path) -> str:
    stem = file.stem.strip().casefold()
    return next((name for name in (*NAMES, *ITALIAN) if stem.startswith(name)), "")
