"""Publishing: rename the draft's folder, then replace the pointer; roll back; list releases."""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import uuid4

from filelock import FileLock

from warehouse.errors import ReleaseError
from warehouse.files import sync_to_disk, write_atomic
from warehouse.messages import message
from warehouse.release.manifest import (
    MANIFEST,
    Acceptance,
    Manifest,
    read_manifest,
    verify,
    write_manifest,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from warehouse.config import Config
    from warehouse.messages import Message

__all__ = ["Manifest", "drafts", "list_releases", "previous", "publish", "published", "rollback"]

LOG = logging.getLogger(__name__)
DRAFT, GONE = ".draft", ".gone-"
MOST_CHARACTERS = 100  # of a pointer, which has twenty
RELEASE_ID = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{8}")


def published(config: Config) -> str | None:
    """Return the release that the pointer names; None before the first, or if it is damaged."""
    try:
        with config.pointer.open(encoding="utf-8", errors="replace") as pointer:
            release = pointer.read(MOST_CHARACTERS).strip()
    except OSError:  # it is not there, is a folder, may not be read
        return None
    return release if RELEASE_ID.fullmatch(release) else None


def list_releases(config: Config) -> tuple[Manifest, ...]:
    """Return the manifests of all releases, the newest first; drafts are not among them."""
    return _manifests(config, "")


def has_releases(config: Config) -> bool:
    """Say whether anything was ever published here, damaged or not."""
    if not config.releases.is_dir():
        return False
    return any(RELEASE_ID.fullmatch(folder.name) for folder in config.releases.iterdir())


def drafts(config: Config) -> tuple[Manifest, ...]:
    """Return the manifests of the drafts, the newest first."""
    return _manifests(config, DRAFT)


def next_sequence(config: Config) -> int:
    """Return the place of a new draft after every release and draft that can be read."""
    return 1 + max((m.sequence for m in (*list_releases(config), *drafts(config))), default=0)


def previous(config: Config) -> str | None:
    """Return the release made just before the published one."""
    names = [m.release for m in list_releases(config)]
    current = published(config)
    older = names[names.index(current) + 1 :] if current in names else names
    return older[0] if older else None


def publish(config: Config, release: str, accepted: Mapping[str, str] | None = None) -> Manifest:
    """Make a draft (or a release already there) the published one.

    `accepted`: a reason for each failed audit to be published nevertheless, recorded in this
    release's manifest and valid for this release only. Raises `ReleaseError`, and changes
    nothing, if the draft is missing, is damaged, was compared with another release than the
    published one, has a failed `error` audit that is not accepted, or if an audit is accepted
    that did not fail.
    """
    with locked(config):
        draft, final = _folder(config, release, DRAFT), _folder(config, release)
        manifest = verify(draft if draft.exists() else final)
        current = published(config)
        if draft.exists() and manifest.previous != current:
            raise ReleaseError(message("other_base", release=release, current=current or "–"))
        accepting = _with_acceptances(manifest, accepted or {}, is_final=not draft.exists())
        if accepting.refused:
            raise ReleaseError(*_objections(accepting))
        if draft.exists():
            if accepting != manifest:
                write_manifest(draft, accepting)
            sync_to_disk(*draft.iterdir(), draft)
            if final.exists():  # damaged: an intact one is not made again
                final.rename(config.releases / f"{GONE}{release}-{uuid4().hex[:8]}")
            draft.rename(final)
            sync_to_disk(config.releases)
        _point_to(config, release)
    return accepting


def rollback(config: Config, release: str | None = None) -> Manifest:
    """Point back to `release`, by default the one made before the published one."""
    with locked(config):
        target = release or previous(config)
        if target is None:
            raise ReleaseError(message("no_previous"))
        manifest = verify(_folder(config, target))
        _point_to(config, target)
    return manifest


def folder_of(config: Config, release: str) -> Path:
    """Return the folder of a release; raises `ReleaseError` if it is not one."""
    folder = _folder(config, release)
    if not folder.is_dir():
        raise ReleaseError(message("no_release", release=release))
    return folder


def is_whole(config: Config, folder: Path) -> bool:
    """Say whether a release or draft is intact; damage is reported."""
    try:
        verify(folder)
    except ReleaseError as error:
        _warn(config, error)
        return False
    return True


def _warn(config: Config, error: ReleaseError) -> None:
    LOG.warning("; ".join(error.in_(config.language)))


def _folder(config: Config, release: str, suffix: str = "") -> Path:
    if not RELEASE_ID.fullmatch(release):
        raise ReleaseError(message("not_a_release", release=release))
    return config.releases / f"{release}{suffix}"


def _manifests(config: Config, suffix: str) -> tuple[Manifest, ...]:
    if not config.releases.is_dir():
        return ()
    manifests = []
    for folder in config.releases.iterdir():
        if folder.name.endswith(suffix) and RELEASE_ID.fullmatch(folder.name.removesuffix(suffix)):
            try:
                manifests.append(_manifest(folder, _mark(folder / MANIFEST)))
            except ReleaseError as error:
                _warn(config, error)  # a damaged release does not hide the others
    return tuple(sorted(manifests, key=lambda m: m.order, reverse=True))


@lru_cache(maxsize=64)
def _manifest(folder: Path, _mark: tuple[int, ...]) -> Manifest:
    """Return the manifest of a folder, parsed once: a page lists every release."""
    return read_manifest(folder)


def _mark(file: Path) -> tuple[int, ...]:
    """Return what changes with the content of a file; nothing where there is no such file."""
    try:
        stat = file.stat()
    except OSError:
        return ()
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def _with_acceptances(
    manifest: Manifest, accepted: Mapping[str, str], *, is_final: bool
) -> Manifest:
    """Return the manifest with the accepted audits; a published one is not changed."""
    failed = {audit.audit: audit.failures for audit in manifest.failed}
    acceptances = {acceptance.audit: acceptance for acceptance in manifest.accepted}
    faults = [
        message("nothing_to_accept", release=manifest.release, audit=name)
        for name in sorted(accepted.keys() - failed.keys())
    ]
    faults += [
        message("accepted_why", release=manifest.release, audit=name)
        for name, because in accepted.items()
        if not because.strip()
    ]
    if faults:
        raise ReleaseError(*faults)
    if is_final:
        return manifest
    now = datetime.now(tz=UTC).replace(microsecond=0)
    for name, because in accepted.items():
        acceptances[name] = Acceptance(audit=name, because=because, at=now, failures=failed[name])
    return manifest.model_copy(update={"accepted": tuple(acceptances.values())})


def _objections(manifest: Manifest) -> Iterator[Message]:
    for audit in manifest.refused:
        yield message("audit_failed", release=manifest.release, **audit.model_dump())


def _point_to(config: Config, release: str) -> None:
    write_atomic(config.pointer, f"{release}\n", sync=True)


@contextmanager
def locked(config: Config) -> Iterator[None]:
    """Let one process at a time change the releases; readers never wait."""
    config.data.mkdir(parents=True, exist_ok=True)
    with FileLock(config.release_lock):
        yield
