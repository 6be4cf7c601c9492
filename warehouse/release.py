"""Draft to published: rename the folder, then move the one-line pointer; nothing is edited."""

from __future__ import annotations

import fcntl
import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from warehouse.errors import ReleaseError
from warehouse.manifest import Manifest, read_manifest, verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warehouse.config import Config

__all__ = ["Manifest", "drafts", "list_releases", "previous", "publish", "published", "rollback"]

DRAFT = ".draft"
RELEASE_ID = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{8}")


def published(config: Config) -> str | None:
    """Return the release that the pointer names, None before the first."""
    try:
        return config.pointer.read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None


def list_releases(config: Config) -> tuple[Manifest, ...]:
    """Return the manifests of all releases, the newest first; drafts are not among them."""
    return _manifests(config, "")


def drafts(config: Config) -> tuple[Manifest, ...]:
    """Return the manifests of the drafts that wait to be published, the newest first."""
    return _manifests(config, DRAFT)


def previous(config: Config) -> str | None:
    """Return the release made just before the published one."""
    names = [m.release for m in list_releases(config)]
    current = published(config)
    rest = names[names.index(current) + 1 :] if current in names else names
    return rest[0] if rest else None


def publish(config: Config, release: str) -> Manifest:
    """Make a draft (or a release already there) the published one.

    Raises `ReleaseError`, and leaves everything as it was, when the draft is not there, is
    damaged, or has an `error` audit that found bad rows.
    """
    with _locked(config):
        draft, final = _folder(config, release, DRAFT), _folder(config, release)
        manifest = verify(final if final.exists() else draft)
        if manifest.failed:
            raise ReleaseError(
                *(
                    f"{release}: audit {a.audit}: {a.failures} bad rows, such as {a.sample}"
                    for a in manifest.failed
                )
            )
        if not final.exists():
            _sync(*draft.iterdir(), draft)
            draft.rename(final)
            _sync(config.releases)
        _point_to(config, release)
    return manifest


def rollback(config: Config, release: str | None = None) -> Manifest:
    """Point back to `release`, by default the one made before the published one."""
    with _locked(config):
        target = release or previous(config)
        if target is None:
            raise ReleaseError("there is no release to go back to; see `etl releases`")
        manifest = verify(_folder(config, target))
        _point_to(config, target)
    return manifest


def folder_of(config: Config, release: str) -> Path:
    """Return the folder of a release; raises `ReleaseError` if it is not one."""
    folder = _folder(config, release)
    if not folder.is_dir():
        raise ReleaseError(f"{release}: there is no such release; see `etl releases`")
    return folder


def _folder(config: Config, release: str, suffix: str = "") -> Path:
    if not RELEASE_ID.fullmatch(release):
        raise ReleaseError(f"{release!r} is not a release; they look like 2026-01-31-0123abcd")
    return config.releases / f"{release}{suffix}"


def _manifests(config: Config, suffix: str) -> tuple[Manifest, ...]:
    if not config.releases.is_dir():
        return ()
    found = [
        read_manifest(folder)
        for folder in config.releases.iterdir()
        if folder.name.endswith(suffix) and RELEASE_ID.fullmatch(folder.name.removesuffix(suffix))
    ]
    return tuple(sorted(found, key=lambda m: (m.created, m.release), reverse=True))


def _point_to(config: Config, release: str) -> None:
    beside = config.pointer.with_name(f"{config.pointer.name}.{os.getpid()}")
    beside.write_text(f"{release}\n", encoding="utf-8")
    _sync(beside)
    beside.replace(config.pointer)
    _sync(config.data)


def _sync(*paths: Path) -> None:
    """Have the disk itself keep what was written, in this order."""
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _locked(config: Config) -> Iterator[None]:
    """One process at a time moves the pointer; readers never wait."""
    config.data.mkdir(parents=True, exist_ok=True)
    with (config.data / "lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
