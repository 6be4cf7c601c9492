"""Which files a refresh reads, and the digest of all that its result depends on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from etl import snapshot
from etl.parsing.layout import FileContext
from etl.pipeline.fingerprint import code_digest
from etl.quarantine import reject
from etl.workbook.choices import understood
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from etl.parsing.layout import Lists
    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Dataset
    from warehouse.declarations.sources import SourceFile

SHIPPED_FOLDER = Path(__file__).parent.parent / "shipped"  # what ships with the project
SHIPPED_PREFIX = "shipped:"  # a path with this beginning is a file that ships with `etl`
OFFICE = "office:"  # … is a workbook that the office loaded

Kind = Literal["shipped", "office", "fetched", "given"]


@dataclass(frozen=True)
class InputFolder:
    """A folder, and which of the declared files are looked for there."""

    catalog: Catalog
    folder: Path
    kind: Kind = "given"


@dataclass(frozen=True)
class InputFile:
    """One file that was found; `file` is its path below the folder."""

    dataset: Dataset
    source: SourceFile
    path: Path
    file: str
    period: str | None
    companions: dict[str, Path]
    zone_of: Mapping[str, str | None]
    merged_into: Mapping[str, str]
    lists: Lists | None

    @cached_property
    def sha256(self) -> str:
        """The digest of the bytes; empty if they cannot be read."""
        return _of_file(self.path)

    @cached_property
    def key(self) -> str:
        """The digest of everything that parsing depends on: bytes, declaration, code."""
        return digest(
            self.sha256,
            *(self.dataset.id, self.source.layout),
            *({n: _of_file(path) for n, path in self.companions.items()}, self.source.options),
            *(self.period, self.zone_of, self.merged_into, self.lists),
            code_digest(),
        )

    def content(self) -> bytes:
        """Return the bytes; raises `SourceError` if they are not those that were found."""
        content = snapshot.read(self.path)
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise SourceError(reject("file_changed", self.file))
        return content

    def context(self) -> FileContext:
        """Return what the layout gets besides the content and its options."""
        return FileContext(
            dataset=self.dataset.id,
            snapshot=self.sha256,
            declared_period=self.period,
            companions={name: snapshot.read(path) for name, path in self.companions.items()},
            lists=self.lists or {},
            zone_of=self.zone_of,
            merged_into=self.merged_into,
        )


def kind(source: SourceFile) -> Kind:
    """Return where a declared file is looked for."""
    if source.path.startswith(SHIPPED_PREFIX):
        return "shipped"
    if source.path.startswith(OFFICE):
        return "office"
    return "fetched" if source.fetch else "given"


def found(dataset: Dataset, place: InputFolder) -> tuple[list[InputFile], list[str]]:
    """Return the files of a dataset that are there, and the paths where none is.

    A file that is fetched and never was, or that the office did not load, is in neither: not
    loaded yet is no fault.
    """
    raws: list[InputFile] = []
    missing: list[str] = []
    for source in dataset.files:
        if kind(source) != place.kind:
            continue
        for wanted, period in zip(source.paths, source.periods, strict=True):
            plain = wanted.removeprefix(SHIPPED_PREFIX).removeprefix(OFFICE)
            paths = snapshot.files(place.folder, plain)
            raws.extend(_raw(dataset, source, path, period, place) for path in paths)
            if not paths and place.kind in ("shipped", "given"):
                missing.append(wanted)
    return raws, missing


def fingerprint(
    config: Config, catalog: Catalog, places: Iterable[InputFolder], *more: object
) -> str:
    """Return the digest of all that a release depends on; the same means the same release."""
    return digest(
        catalog.model_dump_json(),
        config.thresholds.model_dump_json(),
        code_digest(),
        [list(_said(place)) for place in places],
        *more,
    )


def shipped() -> str:
    """Return the digest of the figures that ship with the project."""
    paths = sorted(path for path in SHIPPED_FOLDER.rglob("*") if path.is_file())
    return digest({path.relative_to(SHIPPED_FOLDER).as_posix(): _of_file(path) for path in paths})


def digest(*parts: object) -> str:
    """Return one digest of values that can be written as JSON."""
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()


def _said(place: InputFolder) -> Iterator[object]:
    for dataset in place.catalog.datasets.values():
        raws, missing = found(dataset, place)
        yield dataset.id, [(raw.file, raw.key) for raw in raws], missing


def _raw(
    dataset: Dataset, source: SourceFile, path: Path, period: str | None, place: InputFolder
) -> InputFile:
    companions = {
        name: there[0]
        for name, pattern in source.companions.items()
        if (there := snapshot.files(place.folder, pattern))
    }
    file = path.relative_to(place.folder).as_posix()
    return InputFile(
        *(dataset, source, path, file, period, companions),
        zone_of=_zones(place.catalog) if source.zoned else {},
        merged_into=_successors(place.catalog) if source.zoned else {},
        lists=understood(place.catalog) if source.lists else None,
    )


def _zones(catalog: Catalog) -> dict[str, str | None]:
    return {t.territory: t.parent for t in catalog.municipalities}


def _successors(catalog: Catalog) -> dict[str, str]:
    return {s.predecessor: s.successor for s in catalog.successions}


def _of_file(path: Path) -> str:
    try:
        return snapshot.digest(path)
    except OSError:
        return ""
