"""The declarations in a catalogue folder that workbooks of local indicators wrote."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from warehouse.errors import CatalogError
from warehouse.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LANGUAGES = ("it", "en")
HEAD = "# Written by `etl load` from the workbook of local indicators: change it there.\n"


@contextmanager
def without_local(folder: Path) -> Iterator[Path]:
    """Give a copy of a catalogue folder without what workbooks wrote, good or bad as that is.

    Faults of the copy are told with the names of the folder itself.
    """
    with TemporaryDirectory(prefix="catalog-") as temporary:
        copy = Path(temporary) / folder.name
        shutil.copytree(folder, copy)
        for path in written(copy):
            path.unlink()
        try:
            yield copy
        except CatalogError as error:
            texts = {
                to: [f.replace(str(copy), str(folder)) for f in error.in_(to)] for to in LANGUAGES
            }
            told = zip(*texts.values(), strict=True)
            raise CatalogError(
                *(Message(dict(zip(texts, t, strict=True))) for t in told)
            ) from error


def written(folder: Path) -> tuple[Path, ...]:
    """Return the files below a catalogue folder that workbooks wrote."""
    return tuple(p for p in sorted(folder.rglob("*.yaml")) if _begins(p))


def write(folder: Path, texts: Mapping[str, str]) -> tuple[list[Path], list[Path]]:
    """Write the declarations, by their path below the folder, in the place of the earlier ones.

    Returns the files that are new or changed, and those that are gone.
    """
    gone = [p for p in written(folder) if p.relative_to(folder).as_posix() not in texts]
    changed = []
    for name, text in texts.items():
        path, content = folder / name, HEAD + text
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_suffix(".part")
            beside.write_text(content, encoding="utf-8")
            beside.replace(path)
            changed.append(path)
    for path in gone:
        path.unlink()
    return changed, gone


def _begins(path: Path) -> bool:
    with path.open("rb") as file:
        return file.readline() == HEAD.encode()
