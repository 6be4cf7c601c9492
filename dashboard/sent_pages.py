"""Pages as they are sent: compressed once, kept within a budget, and the plain ones on disk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

import brotli
from fastapi import Response

from dashboard import compression
from dashboard.bounded_cache import BoundedCache
from dashboard.page_cache import MIB
from dashboard.site_map import headline_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dashboard.page_cache import Pages
    from dashboard.release_data import ReleaseData
    from dashboard.rendered_page import Question, RenderedPage
    from dashboard.selection import Selection
    from dashboard.stored_pages import StoredPages

    Form = tuple[Callable[[RenderedPage, Selection], str], int]


@dataclass(frozen=True, slots=True)
class SentPage:
    """A page in one form, in Brotli."""

    content: bytes
    status: HTTPStatus = HTTPStatus.OK

    def response(
        self, headers: Mapping[str, str], media_type: str, status: HTTPStatus | None = None
    ) -> Response:
        """Return the answer to a request with these headers, by default with the page's status."""
        is_brotli = compression.takes_brotli(headers)
        content = self.content if is_brotli else brotli.decompress(self.content)
        encoding = compression.BROTLI if is_brotli else {"Vary": "Accept-Encoding"}
        return Response(content, status or self.status, encoding, media_type=media_type)


class SentPages:
    """The pages in each of their forms: the document, and what the scripts draw it from."""

    def __init__(
        self, pages: Pages, forms: Mapping[str, Form], stored: StoredPages, megabytes: int
    ) -> None:
        """Make each form of a page with its function and level of Brotli; keep what fits."""
        self._pages = pages
        self._forms = forms
        self._stored = stored
        self._sent = BoundedCache[SentPage](megabytes * MIB, lambda page: len(page.content))

    def get(self, form: str, path: str, query: str) -> tuple[SentPage, Question]:
        """Return the page of an address in one of the forms, and what was asked.

        What is read ahead waits from the beginning: also where this request opens the release.
        """
        with self._pages.reader():
            question = self._pages.question(path, query)
            read = self._read_or_make if question.is_plain else self._make
            make = partial(read, form, question)
            page = make() if question.unknown else self._sent.get((form, question.key), make)
        return page, question

    def headlines(self, data: ReleaseData) -> Iterator[Callable[[], object]]:
        """Yield what draws and stores the pages that are read first."""
        for path in headline_paths(data):
            yield partial(self.store, data, path)

    def store(self, data: ReleaseData, path: str, query: str = "") -> None:
        """Draw a plain page of the release today and store its forms, if they are not stored."""
        question = self._pages.question(path, query)
        if question.data is not data or not question.is_plain:
            return
        for form in self._forms:
            self._read_or_make(form, question)

    def _read_or_make(self, form: str, question: Question) -> SentPage:
        name = f"{form} {question.selection.lang} {question.selection.path}"
        place = self._stored.place(question.current, name)
        if content := self._stored.read(place):
            return SentPage(content)
        with self._stored.alone(place):
            if content := self._stored.read(place):
                return SentPage(content)
            page = self._make(form, question)
            if page.status == HTTPStatus.OK:
                self._stored.write(place, page.content)
        return page

    def _make(self, form: str, question: Question) -> SentPage:
        page = self._pages.drawn(question)
        make, level = self._forms[form]
        text = make(page, question.selection)
        return SentPage(brotli.compress(text.encode(), quality=level), page.status)
