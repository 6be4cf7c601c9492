"""Addresses of the pages, each in two forms: the document, and the tree that the scripts draw."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from dashboard import documents
from dashboard.api.problems import problem
from dashboard.compression import KEPT, QUICK
from dashboard.feed_links import feed_links
from dashboard.frame import tree
from dashboard.selection import Selection
from dashboard.views import MOVED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fastapi import FastAPI

    from dashboard.page_cache import Pages
    from dashboard.rendered_page import RenderedPage
    from dashboard.sent_pages import Form, SentPages
    from warehouse.config import Config

JSON = "application/json"
DOCUMENT, TREE = "document", "tree"
CHANGE = "/_page/{version}/{path:path}"  # the address of a page as a tree
PLACES = "/_places/{version}/{path:path}"  # what the places of the map of a page say
A_MINUTE = {"Cache-Control": "private, max-age=60"}  # from pointing at a link to following it
NO_PAGE = (
    "_dash-", "_page/", "_places/", "_reload", "_favicon",
    "api/", "assets/", "bundle/", "shapes/", "health/",
)  # fmt: skip


def forms(shell: Callable[[], str], config: Config) -> Mapping[str, Form]:
    """Return what makes each form of a page; `shell` returns the document around every page."""
    around = cache(shell)

    def document(page: RenderedPage, selection: Selection) -> str:
        text = documents.document(around(), page, selection)
        return text.replace("</head>", f"{feed_links(config, selection.path)}</head>", 1)

    def answer(page: RenderedPage, _: Selection) -> str:
        return tree(page)

    return {DOCUMENT: (document, KEPT), TREE: (answer, QUICK)}


def add_routes(server: FastAPI, pages: Pages, sent: SentPages, prefix: str) -> None:
    """Add the pages, after all other addresses: they take what nothing else does."""

    @server.get(CHANGE, include_in_schema=False)
    def change(version: str, path: str, request: Request) -> Response:
        page, question = sent.get(TREE, f"/{path}", request.url.query)
        answer = page.response(request.headers, JSON, HTTPStatus.OK)
        if version == pages.version(question):
            answer.headers.update(A_MINUTE)
        return answer

    @server.get(PLACES, include_in_schema=False)
    def places(version: str, path: str, request: Request) -> Response:
        question = pages.question(f"/{path}", request.url.query)
        cells = pages.cells(question)
        if cells is None:
            raise problem(HTTPStatus.NOT_FOUND, "no_address", path=f"/{path}")
        headers = A_MINUTE if version == pages.version(question) else None
        return JSONResponse(cells, headers=headers)

    @server.get("/{path:path}", include_in_schema=False)
    def page(path: str, request: Request) -> Response:
        if f"{path}/".startswith(NO_PAGE):
            raise problem(HTTPStatus.NOT_FOUND, "no_address", path=f"/{path}")
        query = request.url.query
        if moved := MOVED.get(f"/{path}".rstrip("/")):
            return RedirectResponse(prefix + moved + (f"?{query}" if query else ""), 308)
        document, question = sent.get(DOCUMENT, f"/{path}", query)
        canonical = question.selection.path
        if canonical != Selection.read(path, "").path:
            return RedirectResponse(prefix + canonical + (f"?{query}" if query else ""), 308)
        return document.response(request.headers, "text/html")


def layout(pages: Pages, sent: SentPages, headers: Mapping[str, str], prefix: str) -> Response:
    """Return the tree of the page whose document asks; without one, where it does not say which."""
    address = _address_of_page(headers.get("referer", ""))
    if address is None:
        return Response(tree(pages.empty), media_type=JSON)
    page, _ = sent.get(TREE, _without(prefix, address[0]), address[1])
    return page.response(headers, JSON, HTTPStatus.OK)


def _without(prefix: str, path: str) -> str:
    """Return an address of the browser without the prefix."""
    return path.removeprefix(prefix) if (path + "/").startswith(prefix + "/") else path


def _address_of_page(referer: str) -> tuple[str, str] | None:
    """Return path and query of the page that a `Referer` names, if it names one."""
    try:
        page = urlsplit(referer)
    except ValueError:  # http://[
        return None
    return (page.path, page.query) if page.path else None
