"""A new deployment: its `config.yaml` and, on request, a catalogue of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

from warehouse.config import CATALOG, Language, read_config
from warehouse.errors import CatalogError, CruscottoError
from warehouse.files import replace_folder, write_atomic
from warehouse.messages import message, system_error, text

CONFIG, OWN_CATALOG = Path("config.yaml"), Path("catalog")
NOT_COPIED = shutil.ignore_patterns("__pycache__")


def create(folder: Path, language: Language, *, with_catalog: bool) -> list[Path]:
    """Write the files of a new deployment and return their paths.

    Raises `CatalogError` where one of them exists: nothing is overwritten.
    """
    names = [OWN_CATALOG, CONFIG] if with_catalog else [CONFIG]
    paths = [folder / name for name in names]
    if existing := [path for path in paths if path.exists() or path.is_symlink()]:
        raise CatalogError(*(message("already_there", path=path) for path in existing))
    try:
        _write(folder, language, with_catalog=with_catalog)
    except OSError as error:
        raise CruscottoError(system_error(error)) from error
    read_config(folder / CONFIG)
    return paths


def _write(folder: Path, language: Language, *, with_catalog: bool) -> None:
    if not with_catalog:
        write_atomic(folder / CONFIG, _configuration("no_catalog", language))
        return
    with replace_folder(folder / OWN_CATALOG) as catalog:
        shutil.copytree(CATALOG, catalog, ignore=NOT_COPIED, dirs_exist_ok=True)
        write_atomic(folder / CONFIG, _configuration("catalog", language))


def _configuration(catalog: str, language: Language) -> str:
    """Return the text of a `config.yaml`; `catalog` names the line about the catalogue."""
    return "".join(text("init", key, language) for key in ("head", catalog, "settings"))
