"""State of what is served: the release that answers, the one the pointer names, the faults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from warehouse.errors import ReleaseError
from warehouse.messages import message
from warehouse.release.publish import has_releases, published

if TYPE_CHECKING:
    from typing import TypeAlias

    from warehouse.config import Config
    from warehouse.errors import Translated

    Fault: TypeAlias = str | Translated

Mark = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class ReleaseState:
    """The release that answers and the one that the pointer names; `faults`: why they differ.

    `created`: when the release that answers was made. Nothing answers where `serving` is None.
    """

    serving: str | None
    created: datetime | None
    pointer: str | None
    faults: tuple[Fault, ...] = ()

    @property
    def age(self) -> timedelta:
        """The time since the release that answers was made; none where nothing answers."""
        return datetime.now(tz=UTC) - self.created if self.created else timedelta()

    def problems(self, language: str) -> tuple[str, ...]:
        """Return why another release answers than the one that should, and what to do."""
        return ReleaseError(*self.faults).in_(language)


def mark_of_pointer(config: Config) -> Mark | None:
    """Return what changes whenever the pointer is written, None where it cannot be read."""
    try:
        state = config.pointer.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_ino, state.st_size


def release_of_pointer(config: Config) -> str:
    """Return the release that the pointer names; raises `ReleaseError` if it names none."""
    release = published(config)
    if release is None:
        known = has_releases(config)
        raise ReleaseError(
            message("pointer_lost", path=config.pointer) if known else message("nothing_published")
        )
    return release
