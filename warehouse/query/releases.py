"""The open releases of a deployment: the one that answers, and the few that permalinks ask for."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from warehouse.errors import ReleaseError
from warehouse.messages import message
from warehouse.query.store import Store
from warehouse.release.publish import folder_of, list_releases, published
from warehouse.release.serving import ReleaseState, mark_of_pointer, release_of_pointer

if TYPE_CHECKING:
    from warehouse.config import Config
    from warehouse.release.serving import Fault, Mark

LOG = logging.getLogger(__name__)
RETRY = 5.0  # seconds after which a release that could not be opened is tried again


@dataclass(frozen=True, slots=True)
class Answering:
    """The store that answers, as the pointer was at the time `checked` of the monotonic clock."""

    store: Store
    mark: Mark | None
    pointer: str | None
    faults: tuple[Fault, ...]
    checked: float

    def holds(self, mark: Mark | None) -> bool:
        """Say whether the pointer is as it was, and no fault may have been repaired since."""
        is_recent = time.monotonic() - self.checked < RETRY
        return self.mark == mark and (is_recent or not self.faults)


class Releases:
    """The releases of a deployment: opened one at a time, few at once.

    The least used is let go. Its memory is free when the last request that uses it has ended, so
    no request loses its connection.
    """

    def __init__(self, config: Config) -> None:
        """Open nothing yet: the pointer is read when a release is requested."""
        self._config = config
        self._opening, self._noting = threading.Lock(), threading.Lock()
        self._recent: dict[str, Store] = {}  # the least used first
        self._alive: WeakValueDictionary[str, Store] = WeakValueDictionary()
        self._answering: Answering | None = None

    def open(self, release: str | None = None) -> Store:
        """Return the store of `release`, by default of the one that answers (one `stat`).

        Where the pointer or its release is damaged, the last whole release answers. Raises
        `ReleaseError` if the release does not exist or is damaged, or if no release is whole.
        """
        if release is None:
            return self._current().store
        store = self._recent.get(release)
        if store is None:
            with self._opening:
                store = self._load(release)
        return self._use(store)

    @property
    def names(self) -> tuple[str, ...]:
        """The releases that are kept open, the least used first."""
        with self._noting:
            return tuple(self._recent)

    def state(self) -> ReleaseState:
        """Return which release answers and why; none where none is whole."""
        try:
            now = self._current()
        except ReleaseError as error:
            return ReleaseState(None, None, published(self._config), error.messages)
        created = now.store.manifest.created
        return ReleaseState(now.store.release, created, now.pointer, now.faults)

    def _current(self) -> Answering:
        """Return what answers; while one thread opens a new release, the others use the last."""
        now, mark = self._answering, mark_of_pointer(self._config)
        if now is not None and now.holds(mark):
            return now
        if not self._opening.acquire(blocking=now is None):
            return now  # type: ignore[return-value]  # it blocks where there is none
        try:
            now = self._answering
            if now is None or not now.holds(mark):
                now = self._answering = self._choose(mark, now)
                self._use(now.store)
        finally:
            self._opening.release()
        return now

    def _choose(self, mark: Mark | None, before: Answering | None) -> Answering:
        """Return the release that the pointer names, else the one before, else the newest whole."""
        pointer = published(self._config)
        faults: tuple[Fault, ...] = ()
        try:
            store = self._load(release_of_pointer(self._config))
        except ReleaseError as error:
            store = before.store if before else self._newest_whole(error)
            faults = (*error.messages, _consequence(store.release, pointer))
            self._report(faults, before)
        return Answering(store, mark, pointer, faults, time.monotonic())

    def _newest_whole(self, error: ReleaseError) -> Store:
        """Return the newest whole release; raises what is wrong with all if there is none."""
        faults = list(error.messages)
        for manifest in list_releases(self._config):
            try:
                return self._load(manifest.release)
            except ReleaseError as other:
                faults += [fault for fault in other.messages if fault not in faults]
        if published(self._config) or len(faults) > 1:
            faults.append(message("none_whole", folder=self._config.releases))
        raise ReleaseError(*faults)

    def _report(self, faults: tuple[Fault, ...], before: Answering | None) -> None:
        """Log why another release answers, once."""
        if before is None or before.faults != faults:
            LOG.error("; ".join(ReleaseError(*faults).in_(self._config.language)))

    def _load(self, release: str) -> Store:
        """Return the store of a release, which another request may still use."""
        store = self._alive.get(release)
        if store is None:
            folder = folder_of(self._config, release)
            store = self._alive[release] = Store(folder, self._config.limits)
        return store

    def _use(self, store: Store) -> Store:
        """Note that a store is used, and let go of the least used of the others."""
        with self._noting:
            self._recent.pop(store.release, None)
            self._recent[store.release] = store
            now = self._answering
            spare = [r for r in self._recent if now is None or r != now.store.release]
            for release in spare[: max(0, len(self._recent) - self._config.limits.releases)]:
                del self._recent[release]
        return store


def _consequence(serving: str, pointer: str | None) -> Fault:
    if pointer is None:
        return message("serving_last", serving=serving)
    return message("serving_other", serving=serving, pointer=pointer)
