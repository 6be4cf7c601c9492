"""Cache of rendered pages by release and selection; a release never changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from threading import Thread, main_thread
from typing import TYPE_CHECKING

from dashboard.pages.shell.search import Search, search_box
from dashboard.patch import patches
from dashboard.release_data import ReleaseData
from dashboard.render import render
from dashboard.selection import Selection
from warehouse.errors import ReleaseError
from warehouse.release.publish import list_releases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dash.development.base_component import Component

    from dashboard.patch import Patches
    from dashboard.selection import Language
    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog
    from warehouse.query.releases import Releases

RELEASES_KEPT, PAGES_KEPT = 8, 1024


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as the browser gets it; `patches` by id where it may be changed in place."""

    panels: list[Component]
    patches: Patches
    view: str
    chrome: str
    search: str
    release: str = ""

    @property
    def signature(self) -> str:
        """What two pages must share for one to be changed into the other in place.

        The release among it: a page never mixes two, whichever worker answers.
        """
        return " ".join([self.view, self.release, *self.patches]) if self.patches else ""


class Pages:
    """The pages of a deployment: its open releases and their rendered pages."""

    def __init__(self, config: Config, catalog: Catalog, releases: Releases) -> None:
        self._config = config
        self._catalog = catalog
        self._releases = releases
        self._release_data = lru_cache(RELEASES_KEPT)(self._open)
        self._rendered = lru_cache(PAGES_KEPT)(self._draw)
        self.search = lru_cache(RELEASES_KEPT)(self._search)

    @property
    def empty(self) -> RenderedPage:
        """The shell before its page is known."""
        return RenderedPage([], {}, "view", "", search_box(self._config.language))

    def release_data(self, release: str | None) -> ReleaseData:
        """Return the data of a release; of the published one where it does not exist."""
        try:
            return self._release_data(self._releases.open(release).release)
        except ReleaseError:
            return self._release_data(self._releases.open().release)

    def page(self, path: str, query: str) -> RenderedPage:
        """Return the page of an address."""
        selection = Selection.read(path, query, self._config.language)
        return self._rendered(self.release_data(selection.release).store.release, selection)

    def _open(self, release: str) -> ReleaseData:
        store = self._releases.open(release)
        data = ReleaseData(self._catalog, store, lambda: list_releases(self._config))
        search = partial(self.search, release, self._config.language)
        reads = chain(data.preloads(), [search])
        Thread(target=_warm, args=[reads], name=f"warm {release}", daemon=False).start()
        return data

    def _search(self, release: str, language: Language) -> Search:
        return Search(
            self.release_data(release), language, self._config.language, self._config.server.prefix
        )

    def _draw(self, release: str, selection: Selection) -> RenderedPage:
        panels, view, chrome = render(self._config, self.release_data(release), selection)
        box = search_box(selection.lang)
        return RenderedPage(panels, patches(panels), view, chrome, box, release)


def _warm(reads: Iterable[Callable[[], object]]) -> None:
    """Read ahead until all is read or the server ends; a thread killed in DuckDB would abort it."""
    for read in reads:
        if not main_thread().is_alive():
            return
        read()
