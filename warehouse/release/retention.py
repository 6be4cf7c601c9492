"""Retention of releases: pins, and removal of what is old."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from warehouse.errors import ReleaseError
from warehouse.files import is_temporary, write_atomic
from warehouse.messages import message
from warehouse.release.publish import (
    DRAFT,
    GONE,
    RELEASE_ID,
    drafts,
    folder_of,
    list_releases,
    locked,
    previous,
    published,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from warehouse.config import Config

LEFT_OVER = (".draft-", GONE)  # of a build or removal that was killed
STALE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Removed:
    """What `gc` removed: releases, drafts, temporary files and folders, snapshots, by name.

    Drawn pages of releases that are no longer published are temporary.
    """

    releases: tuple[str, ...]
    drafts: tuple[str, ...]
    temporary: tuple[str, ...]
    snapshots: tuple[str, ...]
    bytes: int


def gc(
    config: Config,
    keep: int | None = None,
    pinned: Collection[str] = (),
    *,
    snapshots: bool = False,
    rehearse: bool = False,
) -> Removed:
    """Remove old releases and drafts by `config.retention`; return what was removed.

    Never removed: the published release, the one before it, those pinned (in the configuration,
    by `pin`, or in `pinned`), the `keep` newest, and those made within the days. `snapshots`:
    also remove raw files that no release or draft names. `rehearse`: remove nothing.
    """
    with locked(config):
        gone = _old_releases(config, config.retention.releases if keep is None else keep, pinned)
        over = [m.release for m in drafts(config)[config.retention.drafts :]]
        folders = [config.releases / name for name in gone]
        folders += [config.releases / f"{name}{DRAFT}" for name in over]
        temporary = [*_left_over(config), *_pages(config)]
        unused = list(_unused(config, {path.name for path in folders})) if snapshots else []
        doomed = [*folders, *temporary, *unused]
        size = sum(_size(path) for path in doomed)
        if not rehearse:
            for path in doomed:
                _remove(path)
    return Removed(tuple(gone), tuple(over), _names(temporary), _names(unused), size)


def pins(config: Config) -> tuple[str, ...]:
    """Return the pinned releases: those of the configuration and those of `pin`."""
    return tuple(dict.fromkeys([*config.retention.pins, *pin_reasons(config)]))


def pin(config: Config, release: str, because: str) -> None:
    """Keep a release forever, for a permalink or a meeting.

    Raises `ReleaseError` if it does not exist, or without a reason.
    """
    folder_of(config, release)
    reason = " ".join(because.split())
    if not reason:
        raise ReleaseError(message("pinned_why", release=release))
    with locked(config):
        _write_pins(config, {**pin_reasons(config), release: reason})


def pin_reasons(config: Config) -> dict[str, str]:
    """Return the releases pinned by `pin`, each with its reason."""
    lines = []
    if config.pins.exists():
        lines = config.pins.read_text(encoding="utf-8", errors="replace").splitlines()
    pairs = (line.strip().partition(" ") for line in lines if line.strip())
    return {name: because.strip() for name, _, because in pairs}


def unpin(config: Config, release: str) -> None:
    """Unpin a release; raises `ReleaseError` if `pin` did not pin it."""
    with locked(config):
        reasons = pin_reasons(config)
        if release not in reasons:
            raise ReleaseError(message("not_pinned", release=release, pins=config.pins))
        del reasons[release]
        _write_pins(config, reasons)


def _old_releases(config: Config, keep: int, pinned: Collection[str]) -> list[str]:
    since = datetime.now(tz=UTC) - timedelta(days=config.retention.days)
    releases = list_releases(config)
    safe = {published(config), previous(config), *pins(config), *pinned}
    safe |= {m.release for m in releases[:keep]} | {
        m.release for m in releases if m.created >= since
    }
    return [m.release for m in releases if m.release not in safe]


def _left_over(config: Config) -> Iterator[Path]:
    """Yield what killed processes left in the data folder; what runs now is younger."""
    before = (datetime.now(tz=UTC) - STALE).timestamp()
    for folder, folders, files in os.walk(config.data):
        left = [path for name in (*folders, *files) if _is_left(config, path := Path(folder, name))]
        yield from (path for path in sorted(left) if path.lstat().st_mtime < before)
        folders[:] = [name for name in folders if Path(folder, name) not in left]


def _pages(config: Config) -> Iterator[Path]:
    """Yield the drawn pages of releases that are no longer published."""
    folder, release = config.drawn_pages, published(config)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not path.name.startswith(f"{release}-"):
            yield path


def _is_left(config: Config, path: Path) -> bool:
    is_build = path.parent == config.releases and path.name.startswith(LEFT_OVER)
    return is_build or is_temporary(path)


def _unused(config: Config, going: Collection[str]) -> Iterator[Path]:
    """Yield the raw files that no remaining release or draft names."""
    used: set[str] = set()
    for folder in config.releases.iterdir() if config.releases.is_dir() else ():
        name = folder.name.removesuffix(DRAFT)
        if RELEASE_ID.fullmatch(name) and folder.name not in going:
            used |= _snapshots_of(folder / "snapshot.parquet")
    snapshots = config.snapshots
    before = (datetime.now(tz=UTC) - STALE).timestamp()
    for path in sorted(snapshots.iterdir()) if snapshots.is_dir() else ():
        if path.name not in used and path.is_dir() and path.stat().st_mtime < before:
            yield path


def _snapshots_of(path: Path) -> set[str]:
    """Return the snapshots that a release names; raises if it cannot be read: it may name any."""
    try:
        return set(pc.unique(pq.read_table(path, columns=["snapshot"])["snapshot"]).to_pylist())
    except (OSError, pa.ArrowInvalid) as error:
        raise ReleaseError(message("snapshots_stay", path=path, said=error)) from error


def _remove(path: Path) -> None:
    """Rename a folder before removing it: a half-removed one is never mistaken for a release."""
    if not path.is_dir():
        path.unlink(missing_ok=True)
        return
    doomed = path if path.name.startswith(".") else path.with_name(f"{GONE}{path.name}")
    path.rename(doomed)
    shutil.rmtree(doomed)


def _names(paths: Iterable[Path]) -> tuple[str, ...]:
    return tuple(path.name for path in paths)


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def _write_pins(config: Config, reasons: Mapping[str, str]) -> None:
    lines = [f"{name} {because}".rstrip() for name, because in reasons.items()]
    write_atomic(config.pins, "".join(f"{line}\n" for line in lines))
