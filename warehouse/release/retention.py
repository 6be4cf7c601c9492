"""Which releases are kept: pins, and the rule by which the others go."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from warehouse.errors import ReleaseError
from warehouse.files import write_atomic
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
    from pathlib import Path

    from warehouse.config import Config

LEFT_OVER = (".draft-*", f"{GONE}*")  # of a build or a removal that was killed
STALE = timedelta(days=1)


class Removed(NamedTuple):
    """What `gc` took away: releases, drafts, temporary folders and snapshots, by name."""

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
    """Remove old releases and drafts by the rule of `config.retention`; say what went.

    Never the published release, the one before it, one that is pinned (in the configuration,
    by `pin`, or in `pinned`), one of the `keep` newest, or one made within the days. With
    `snapshots` also raw files that no release or draft names. `rehearse`: only say it.
    """
    with locked(config):
        gone = _old_releases(config, config.retention.releases if keep is None else keep, pinned)
        over = [m.release for m in drafts(config)[config.retention.drafts :]]
        rest = [config.releases / name for name in gone]
        rest += [config.releases / f"{name}{DRAFT}" for name in over]
        temporary = list(_left_over(config))
        unused = list(_unused(config, {path.name for path in rest})) if snapshots else []
        doomed = [*rest, *temporary, *unused]
        size = sum(_size(path) for path in doomed)
        if not rehearse:
            for path in doomed:
                _remove(path)
    return Removed(tuple(gone), tuple(over), _names(temporary), _names(unused), size)


def pins(config: Config) -> tuple[str, ...]:
    """Return the releases that are never removed: those of the configuration and of `pin`."""
    return tuple(dict.fromkeys([*config.retention.pins, *pin_reasons(config)]))


def pin(config: Config, release: str, because: str) -> None:
    """Keep a release for good, for a permalink or a meeting.

    Raises `ReleaseError` if it is not there, or no reason is given.
    """
    folder_of(config, release)
    reason = " ".join(because.split())
    if not reason:
        raise ReleaseError(message("pinned_why", release=release))
    with locked(config):
        _write_pins(config, {**pin_reasons(config), release: reason})


def pin_reasons(config: Config) -> dict[str, str]:
    """Return the releases that `pin` keeps, each with the reason that was given."""
    lines = []
    if config.pins.exists():
        lines = config.pins.read_text(encoding="utf-8", errors="replace").splitlines()
    pairs = (line.strip().partition(" ") for line in lines if line.strip())
    return {name: because.strip() for name, _, because in pairs}


def unpin(config: Config, release: str) -> None:
    """Let a release go when its time has come; raises if it is not pinned here."""
    with locked(config):
        own = pin_reasons(config)
        if release not in own:
            raise ReleaseError(message("not_pinned", release=release, pins=config.pins))
        del own[release]
        _write_pins(config, own)


def _old_releases(config: Config, keep: int, pinned: Collection[str]) -> list[str]:
    since = datetime.now(tz=UTC) - timedelta(days=config.retention.days)
    found = list_releases(config)
    safe = {published(config), previous(config), *pins(config), *pinned}
    safe |= {m.release for m in found[:keep]} | {m.release for m in found if m.created >= since}
    return [m.release for m in found if m.release not in safe]


def _left_over(config: Config) -> Iterator[Path]:
    """Yield what killed builds left; a build that runs now has a younger folder."""
    before = (datetime.now(tz=UTC) - STALE).timestamp()
    for pattern in LEFT_OVER:
        for path in sorted(config.releases.glob(pattern)):
            if path.stat().st_mtime < before:
                yield path


def _unused(config: Config, going: Collection[str]) -> Iterator[Path]:
    """Yield the raw files that no release or draft that stays names."""
    named: set[str] = set()
    for folder in config.releases.iterdir() if config.releases.is_dir() else ():
        name = folder.name.removesuffix(DRAFT)
        if RELEASE_ID.fullmatch(name) and folder.name not in going:
            named |= _named(folder / "snapshot.parquet")
    kept = config.snapshots
    before = (datetime.now(tz=UTC) - STALE).timestamp()
    for path in sorted(kept.iterdir()) if kept.is_dir() else ():
        if path.name not in named and path.is_dir() and path.stat().st_mtime < before:
            yield path


def _named(path: Path) -> set[str]:
    """Return the snapshots that a release names; who cannot be read may name any of them."""
    try:
        return set(pc.unique(pq.read_table(path, columns=["snapshot"])["snapshot"]).to_pylist())
    except (OSError, pa.ArrowInvalid) as error:
        raise ReleaseError(message("snapshots_stay", path=path, said=error)) from error


def _remove(path: Path) -> None:
    """Take the name away first: what is half removed is never taken for a release."""
    beside = path if path.name.startswith(".") else path.with_name(f"{GONE}{path.name}")
    path.rename(beside)
    shutil.rmtree(beside)


def _names(paths: Iterable[Path]) -> tuple[str, ...]:
    return tuple(path.name for path in paths)


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def _write_pins(config: Config, reasons: Mapping[str, str]) -> None:
    lines = [f"{name} {because}".rstrip() for name, because in reasons.items()]
    write_atomic(config.pins, "".join(f"{line}\n" for line in lines))
