"""Pages as they are sent, compressed once and kept within a budget."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import brotli
from fastapi import Response

from dashboard import compression
from dashboard.bounded_cache import BoundedCache
from dashboard.page_cache import MIB

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from http import HTTPStatus

    from dashboard.page_cache import Pages
    from dashboard.rendered_page import Question, RenderedPage
    from dashboard.selection import Selection

    Form = Callable[[RenderedPage, Selection], str]


@dataclass(frozen=True, slots=True)
class SentPage:
    """A page in one form, in Brotli."""

    content: bytes
    status: HTTPStatus

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

    def __init__(self, pages: Pages, forms: Mapping[str, Form], megabytes: int) -> None:
        """Make each form of a page with its function; keep as much as the memory allows."""
        self._pages = pages
        self._forms = forms
        self._sent = BoundedCache[SentPage](megabytes * MIB, lambda page: len(page.content))

    def get(self, form: str, question: Question) -> SentPage:
        """Return the page that answers a question, in one of the forms."""
        make = partial(self._make, form, question)
        with self._pages.reader():
            return make() if question.unknown else self._sent.get((form, question.key), make)

    def _make(self, form: str, question: Question) -> SentPage:
        page = self._pages.drawn(question)
        text = self._forms[form](page, question.selection)
        return SentPage(brotli.compress(text.encode(), quality=compression.KEPT), page.status)
