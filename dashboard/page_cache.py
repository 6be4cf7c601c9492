"""Cache of rendered pages by release and selection; a release never changes."""

from __future__ import annotations

import gc
import logging
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from itertools import chain
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from dashboard.bounded_cache import BoundedCache
from dashboard.canonical import canonical
from dashboard.context import Context, route
from dashboard.existence import is_unknown
from dashboard.pages.shell.search import Search, search_box
from dashboard.reading_ahead import last_readers, main_readers, municipal_readers, read_all
from dashboard.release_data import ReleaseData
from dashboard.render import class_name, render
from dashboard.rendered_page import Question, RenderedPage, size_of
from dashboard.selection import Selection
from dashboard.signature import leaf_ids
from dashboard.turns import Turns
from dashboard.views import NOT_FOUND
from warehouse.errors import ReleaseError
from warehouse.release.declarations import declarations_of
from warehouse.release.publish import list_releases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from dashboard.selection import Language
    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog
    from warehouse.query.releases import Releases
    from warehouse.query.store import Store
    from warehouse.release.serving import ReleaseState

LOG = logging.getLogger(__name__)
MIB = 1 << 20
DRAWN_SHARE = 8  # of the memory for pages, what may be in trees; the rest is for what is sent
LANGUAGES_OF_SEARCH = 2
MISSING = class_name(NOT_FOUND)


class Pages:
    """The pages of a deployment: its open releases and their rendered pages."""

    def __init__(
        self, config: Config, catalog: Catalog, releases: Releases, code: str = ""
    ) -> None:
        """Draw with the code whose digest is `code`."""
        self._config = config
        self._code = code
        self._catalog = catalog
        self._releases = releases
        self._data: dict[str, ReleaseData] = {}  # of the open releases
        self._reading, self._ahead = Lock(), ""
        self._turns = Turns()
        self._rendered = BoundedCache[RenderedPage](
            config.limits.pages * MIB // DRAWN_SHARE, size_of
        )
        self.drawn_ahead: Callable[[ReleaseData], Iterable[Callable[[], object]]] | None = None
        self._searches = BoundedCache[Search](config.limits.releases * LANGUAGES_OF_SEARCH)

    @property
    def empty(self) -> RenderedPage:
        """The shell before its page is known."""
        return RenderedPage([], (), "view", "", search_box(self._config.language))

    def state(self) -> ReleaseState:
        """Return which release answers, and why."""
        return self._releases.state()

    def existing(self, release: str | None) -> ReleaseData:
        """Return the data of a release; raises `ReleaseError` if it is not there, or not whole.

        One request asks once: what it shows is of one release, also while another is published.
        """
        store = self._releases.open(release)
        with self._reading:
            data = self._data.get(store.release)
            is_unread = data is None or data.store is not store
            if data is None or is_unread:
                data = self._data[store.release] = self._read(store)
            is_new = release is None and data.store.release != self._ahead
            self._ahead = data.store.release if is_new else self._ahead
        if is_unread:
            self._let_go()
        if is_new and self.drawn_ahead:
            self._read_ahead(data, self.drawn_ahead(data))
        return data

    def release_data(self, release: str | None) -> ReleaseData:
        """Return the data of a release; of the one that answers where it does not exist."""
        try:
            return self.existing(release)
        except ReleaseError:
            return self.existing(None)

    def page(self, path: str, query: str) -> RenderedPage:
        """Return the page of an address, which also shows whether its release is the current."""
        with self.reader():
            return self.drawn(self.question(path, query))

    def reader(self) -> AbstractContextManager[None]:
        """Let what is read ahead wait while a reader does."""
        return self._turns.reader()

    def question(self, path: str, query: str) -> Question:
        """Return what an address asks; of an unknown release, what it asks today's."""
        selection, unknown = Selection.read(path, query, self._config.language), ""
        try:
            data = self.existing(selection.release)
        except ReleaseError:
            data, unknown = self.existing(None), selection.release or ""
            selection = replace(selection, release=None)
        selection = canonical(selection, data)
        newest = self.existing(None) if selection.release else data
        problems = self.state().problems(selection.lang)
        return Question(data, selection, newest.store.release, problems, unknown)

    def drawn(self, question: Question) -> RenderedPage:
        """Return the page that answers a question.

        One with the notice that its release is not there is not kept: anybody may ask for any name.
        """
        draw = partial(self._draw, question)
        if question.unknown:
            return replace(draw(), status=HTTPStatus.NOT_FOUND)
        return self._rendered.get(question.key, draw)

    def cells(self, question: Question) -> dict[str, tuple[int | None, str]] | None:
        """Return class and tooltip of every place of the page's map; None of a page without one."""
        data, selection = question.data, question.selection
        match = route(data, selection.path)
        context = Context(self._config, data, selection, match, question.current)
        if match.view.name != "indicator" or is_unknown(context):
            return None
        from dashboard.pages.indicator.map import every_cell  # noqa: PLC0415  # imports what draws

        with self.reader():
            return every_cell(context)

    def version(self, question: Question) -> str:
        """Return a name of the published release and the code that answer."""
        return f"{question.current}-{self._code}"

    def search(self, data: ReleaseData, language: Language) -> Search:
        """Return the search of a release in one language."""
        key = data.store.release, language
        return self._searches.get(key, partial(self._search, data, language))

    def _read(self, store: Store) -> ReleaseData:
        releases = partial(list_releases, self._config)
        budget = self._config.limits.figures * MIB
        catalog = declarations_of(store.folder, store.manifest, self._catalog)
        return ReleaseData(catalog, store, releases, budget, self.existing, self.state)

    def _let_go(self) -> None:
        """Free what the releases that are no longer open hold; one in use ends with its request."""
        names = self._releases.names
        with self._reading:
            surplus = [name for name in self._data if name not in names]
            for name in surplus:
                del self._data[name]
        if surplus:
            gc.unfreeze()
            gc.collect()  # the context of a page refers to itself

    def _read_ahead(self, data: ReleaseData, drawn: Iterable[Callable[[], object]]) -> None:
        """Read what the pages of the release that answers need most, once, beside the requests."""
        search = partial(self.search, data, self._config.language)
        last = chain(last_readers(data), [search])
        readers = chain(main_readers(data), drawn, municipal_readers(data), last)
        name = f"warm {data.store.release}"
        Thread(target=read_all, args=[readers, self._turns], name=name, daemon=False).start()

    def _search(self, data: ReleaseData, language: Language) -> Search:
        return Search(data, language, self._config.language, self._config.server.prefix)

    def _draw(self, question: Question) -> RenderedPage:
        data, selection = question.data, question.selection

        def search(question: str) -> dict[str, Any]:
            return self.search(data, selection.lang).answer(question, selection)

        panels, view, chrome = render(
            self._config,
            data,
            selection,
            question.current,
            unknown_release=question.unknown,
            search=search,
        )
        return RenderedPage(
            panels,
            leaf_ids(panels),
            view,
            chrome,
            search_box(selection.lang),
            data.store.release,
            HTTPStatus.NOT_FOUND if view == MISSING else HTTPStatus.OK,
            self._config.server.prefix + selection.address(default=self._config.language),
            self.version(question),
        )
