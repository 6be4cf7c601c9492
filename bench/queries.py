"""Duration of the ten queries that pages run most often."""

from __future__ import annotations

import time
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.figure import Figure
from bench.walks import every_page
from dashboard.release_data import ReleaseData
from dashboard.render import render
from dashboard.selection import Selection
from warehouse.release.publish import list_releases

if TYPE_CHECKING:
    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog
    from warehouse.query.store import Store

MOST_USED = 10
TIMES = 50


class _Listener:
    """A store that counts its queries."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.calls: Counter[str] = Counter()
        self.last: dict[str, dict[str, Any]] = {}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever else a store has
        return getattr(self._store, name)

    def columns(self, query: str, **parameters: Any) -> Any:  # noqa: ANN401  # as the store
        self._note(query, parameters)
        return self._store.columns(query, **parameters)

    def rows(self, query: str, **parameters: Any) -> list[dict[str, Any]]:  # noqa: ANN401  # as above
        self._note(query, parameters)
        return self._store.rows(query, **parameters)

    def _note(self, query: str, parameters: dict[str, Any]) -> None:
        self.calls[query] += 1
        self.last[query] = parameters


def measure(config: Config, catalog: Catalog, store: Store) -> list[Figure]:
    """Draw every kind of page, then time the most frequent queries."""
    listener = _Listener(store)
    for address in every_page(catalog):
        path, _, query = address.partition("?")
        facts = ReleaseData(catalog, listener, lambda: list_releases(config))  # type: ignore[arg-type]  # quacks
        render(config, facts, Selection.read(path, query, config.language))
    return [
        Figure(f"query {name} (asked {calls}×)", _time(store, name, listener.last[name]), "ms")
        for name, calls in listener.calls.most_common(MOST_USED)
    ]


def _time(store: Store, name: str, parameters: dict[str, Any]) -> float:
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        store.rows(name, **parameters)
        times.append((time.perf_counter() - start) * 1000)
    return median(times)
