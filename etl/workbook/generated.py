"""Declarations in a catalogue folder that were generated from workbooks of local indicators."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from warehouse.errors import CatalogError
from warehouse.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from warehouse.errors import Translated

HEAD = "# Written by `etl load` from the workbook of local indicators: change it there.\n"


@contextmanager
def without_local(folder: Path) -> Iterator[Path]:
    """Give a copy of a catalogue folder without generated declarations, valid or not.

    Report the copy's errors with the original folder's paths.
    """
    with TemporaryDirectory(prefix="catalog-") as temporary:
        copy = Path(temporary) / folder.name
        shutil.copytree(folder, copy)
        for path in generated_files(copy):
            path.unlink()
        try:
            yield copy
        except CatalogError as error:
            moved = (Relocated(fault, str(copy), str(folder)) for fault in error.messages)
            raise CatalogError(*moved) from error


@dataclass(frozen=True)
class Relocated:
    """An error of a copied folder, reported with the path of the original."""

    error: str | Translated
    copy: str
    original: str

    def in_(self, language: str) -> str:
        """Return the text in `language`, with the original's path."""
        text = self.error if isinstance(self.error, str) else self.error.in_(language)
        return text.replace(self.copy, self.original)


def generated_files(folder: Path) -> tuple[Path, ...]:
    """Return the files below a catalogue folder that were generated from workbooks."""
    return tuple(p for p in sorted(folder.rglob("*.yaml")) if _is_generated(p))


def write(folder: Path, texts: Mapping[str, str]) -> tuple[list[Path], list[Path]]:
    """Write the declarations, by their path below the folder, replacing the earlier ones.

    Returns the files that are new or changed, and those that were removed.
    """
    removed = [p for p in generated_files(folder) if p.relative_to(folder).as_posix() not in texts]
    changed = []
    for name, text in texts.items():
        path, content = folder / name, HEAD + text
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            write_atomic(path, content)
            changed.append(path)
    for path in removed:
        path.unlink()
    return changed, removed


def _is_generated(path: Path) -> bool:
    with path.open("rb") as file:
        return file.readline() == HEAD.encode()
