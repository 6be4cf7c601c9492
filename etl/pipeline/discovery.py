"""The files that a refresh reads, and the digest of everything its result depends on."""

from __future__ import annotations

import fnmatch
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING

from etl import snapshot
from etl.parsing.layout import FileContext
from etl.pipeline.fingerprint import code_digest
from etl.quarantine import reject
from etl.workbook.choices import accepted_lists
from warehouse.config import Years
from warehouse.declarations.sources import OFFICE_PREFIX, SHIPPED_PREFIX
from warehouse.errors import SourceError
from warehouse.files import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from etl.parsing.layout import Lists
    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Dataset
    from warehouse.declarations.sources import Origin, SourceFile

SHIPPED_FOLDER = Path(__file__).parent.parent / "shipped"
LOOKUP = "lookup_file"  # the layout of files that only complete others


@dataclass(frozen=True)
class InputFolder:
    """A folder, and the origin of the declared files that are looked for in it.

    `claimed`: files that other declarations name by their path. Where this is given, a file with
    the name of a declared one counts wherever it is below the folder, unless it is claimed.
    `years`: those that the office's workbooks may mention.
    """

    catalog: Catalog
    folder: Path
    origin: Origin = "folder"
    claimed: frozenset[Path] | None = None
    years: Years = field(default_factory=Years)

    def files(self, pattern: str) -> tuple[Path, ...]:
        """Return the files that match a declared path."""
        matches = snapshot.files(self.folder, pattern)
        if matches or self.claimed is None:
            return matches
        names = fnmatch.filter(self._unclaimed, PurePosixPath(pattern).name)
        return snapshot.in_order(path for name in names for path in self._unclaimed[name])

    @cached_property
    def _unclaimed(self) -> dict[str, list[Path]]:
        """The files below the folder that are not claimed, by name."""
        paths: dict[str, list[Path]] = defaultdict(list)
        for path in snapshot.files(self.folder, "**/*"):
            if path not in (self.claimed or ()):
                paths[path.name].append(path)
        return dict(paths)


@dataclass(frozen=True)
class InputFile:
    """A declared file that exists; `file` is its path below the folder.

    `companions`: the files that complete it, by the name the layout uses.
    """

    dataset: Dataset
    source: SourceFile
    path: Path
    file: str
    period: str | None
    companions: dict[str, Path]
    zone_of: Mapping[str, str | None]
    merged_into: Mapping[str, str]
    lists: Lists | None
    years: Years

    @cached_property
    def sha256(self) -> str:
        """The digest of the bytes; empty if they cannot be read."""
        return _digest_of_file(self.path)

    @cached_property
    def key(self) -> str:
        """The digest of everything that parsing depends on: bytes, declaration, code."""
        companions = {name: _digest_of_file(path) for name, path in self.companions.items()}
        return digest(
            *(self.sha256, self.dataset.id, self.source.layout, companions),
            *(self.source.options, self.period, self.zone_of, self.merged_into, self.lists),
            self.years.model_dump() if self.lists else None,
            code_digest(),
        )

    def content(self) -> bytes:
        """Return the bytes; raises `SourceError` if they changed after discovery."""
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
            years=self.years,
        )


def discover(dataset: Dataset, folder: InputFolder) -> tuple[list[InputFile], list[str]]:
    """Return the files of a dataset that exist, and the declared paths without a file.

    A file that was never fetched, or that the office did not load, is in neither: it counts as
    "not loaded yet".
    """
    files: list[InputFile] = []
    missing: list[str] = []
    for source in dataset.files:
        if source.origin != folder.origin:
            continue
        for path, period in zip(source.paths, source.periods, strict=True):
            pattern = path.removeprefix(SHIPPED_PREFIX).removeprefix(OFFICE_PREFIX)
            matches = folder.files(pattern)
            files.extend(_input_file(dataset, source, match, period, folder) for match in matches)
            if not matches and folder.origin in ("shipped", "folder"):
                missing.append(path)
    return (files if folder.claimed is None else _without_spare_lookups(files)), missing


def unclaimed(catalog: Catalog, folder: Path) -> list[str]:
    """Return the files below a folder that no declaration names, the newest first.

    Hidden files, temporary ones of a spreadsheet and notes for people are left out.
    """
    claimed = claimed_files(catalog, folder)
    files = [
        path
        for path in folder.rglob("*")
        if path.is_file() and path not in claimed and not _is_aside(path.relative_to(folder))
    ]
    files.sort(key=lambda path: (-path.stat().st_mtime, path.as_posix()))
    return [path.relative_to(folder).as_posix() for path in files]


def claimed_files(catalog: Catalog, folder: Path) -> frozenset[Path]:
    """Return the files below a folder that a declaration names, by path or as one of `fetch`."""
    by_hand = fetchable(catalog, folder)
    return frozenset((*(by_hand.claimed or ()), *_declared_files(by_hand)))


def fetchable(catalog: Catalog, folder: Path, part: Catalog | None = None) -> InputFolder:
    """Return a folder of providers' files as one of files that are declared with `fetch`.

    `part`: the datasets to look for, default all.
    """
    claimed = frozenset(_declared_files(InputFolder(catalog, folder)))
    return InputFolder(part or catalog, folder, "fetched", claimed)


def fingerprint(
    config: Config, catalog: Catalog, folders: Iterable[InputFolder], *more: object
) -> str:
    """Return the digest of all that a release depends on: equal digests, equal releases."""
    return digest(
        catalog.model_dump_json(),
        config.thresholds.model_dump_json(),
        code_digest(),
        [list(_file_keys(folder)) for folder in folders],
        *more,
    )


def shipped_digest() -> str:
    """Return the digest of the figures that ship with the project."""
    paths = sorted(path for path in SHIPPED_FOLDER.rglob("*") if path.is_file())
    return digest({p.relative_to(SHIPPED_FOLDER).as_posix(): _digest_of_file(p) for p in paths})


def digest(*parts: object) -> str:
    """Return one digest of values that can be written as JSON."""
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()


def _file_keys(folder: InputFolder) -> Iterator[object]:
    for dataset in folder.catalog.datasets.values():
        files, missing = discover(dataset, folder)
        yield dataset.id, [(file.file, file.key) for file in files], missing


def _input_file(
    dataset: Dataset, source: SourceFile, path: Path, period: str | None, folder: InputFolder
) -> InputFile:
    companions = {
        name: matches[0]
        for name, pattern in source.companions.items()
        if (matches := folder.files(pattern))
    }
    file = path.relative_to(folder.folder).as_posix()
    return InputFile(
        *(dataset, source, path, file, period, companions),
        zone_of=_zones(folder.catalog) if source.zoned else {},
        merged_into=_successors(folder.catalog) if source.zoned else {},
        lists=accepted_lists(folder.catalog) if source.lists else None,
        years=folder.years,
    )


def _without_spare_lookups(files: list[InputFile]) -> list[InputFile]:
    """Return the files without lookups that complete none of them."""
    companions = {path for file in files for path in file.companions.values()}
    return [f for f in files if f.source.layout != LOOKUP or f.path in companions]


def _declared_files(folder: InputFolder) -> Iterator[Path]:
    """Yield the files that the declarations of a folder's origin name, and their companions."""
    for dataset in folder.catalog.datasets.values():
        for source in dataset.files:
            if source.origin == folder.origin:
                for pattern in (*source.paths, *source.companions.values()):
                    yield from folder.files(pattern)


def _is_aside(path: PurePath) -> bool:
    """Whether a file is hidden, temporary, or a note for people."""
    is_hidden = any(part.startswith((".", "~$")) for part in path.parts)
    return is_hidden or path.suffix.lower() == ".md" or path.stem.lower() == "readme"


def _zones(catalog: Catalog) -> dict[str, str | None]:
    return {t.territory: t.parent for t in catalog.municipalities}


def _successors(catalog: Catalog) -> dict[str, str]:
    return {s.predecessor: s.successor for s in catalog.successions}


def _digest_of_file(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError:
        return ""
