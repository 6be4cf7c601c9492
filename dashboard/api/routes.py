"""The routes of the API: search, outlines, funded works and changes; others in modules beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request, Response

from dashboard.api import decks, indicators, problems, take_away
from dashboard.api.answers import CSV, SVG, XLSX, download, existing_release
from dashboard.api.parameters import (  # noqa: TC001  # FastAPI reads the annotations
    FeedQuery,
    PageCsvQuery,
    PageQuery,
    SearchQuery,
    WorksQuery,
)
from dashboard.bundle import FOREVER
from dashboard.context import Context
from dashboard.export import works
from dashboard.feed_links import FEEDS
from dashboard.selection import Selection
from dashboard.views import NEWS, find

if TYPE_CHECKING:
    from dashboard.page_cache import Pages
    from warehouse.config import Config


def add_routes(server: FastAPI, config: Config, pages: Pages) -> None:
    """Add the routes to the server; without a release they answer from the published one."""
    problems.add_handlers(server, config)
    _add_pages(server, config, pages)
    indicators.add_routes(server, config, pages)
    _add_works(server, config, pages)
    _add_news(server, config, pages)
    take_away.add_routes(server, config, pages)
    decks.add_routes(server, config, pages)


def _add_pages(server: FastAPI, config: Config, pages: Pages) -> None:
    """Add what the pages request: search and outlines."""

    @server.get("/api/search", include_in_schema=False)
    def search(request: Request, query: SearchQuery) -> dict[str, Any]:
        selection = Selection.read("/", request.url.query, config.language)
        data = pages.release_data(selection.release)
        return pages.search(data, selection.lang).answer(query.q, selection)

    @server.get("/shapes/{release}.svg", include_in_schema=False)
    def shapes(release: str) -> Response:
        document = existing_release(pages, release).shapes.document()
        return Response(document, media_type=SVG, headers=FOREVER)


def _add_works(server: FastAPI, config: Config, pages: Pages) -> None:
    def selection_of(request: Request) -> Selection:
        return Selection.read("/progetti/opere", request.url.query, config.language)

    @server.get("/api/works.csv", tags=["works"])
    def works_as_csv(request: Request, query: WorksQuery) -> Response:
        """Return all works that the page of the same query selects, with source and licence."""
        data = existing_release(pages, query.release)
        content = works.csv(data, selection_of(request), query.style)
        return download(data, content, CSV, "works.csv")

    @server.get("/api/works.xlsx", tags=["works"])
    def works_as_xlsx(request: Request, query: WorksQuery) -> Response:
        """Return the same works as a workbook."""
        data = existing_release(pages, query.release)
        content = works.xlsx(data, selection_of(request))
        return download(data, content, XLSX, "works.xlsx")


def _add_news(server: FastAPI, config: Config, pages: Pages) -> None:
    def context_of(request: Request, release: str | None = None) -> Context:
        selection = Selection.read(NEWS, request.url.query, config.language)
        return Context(config, existing_release(pages, release), selection, find(NEWS))

    def write(form: str, request: Request, context: Context) -> str:
        from dashboard.export import news  # noqa: PLC0415  # imports what draws

        base = f"{request.url.scheme}://{request.url.netloc}{config.server.prefix}"
        return news.WRITERS[form](context, base)

    @server.get("/api/news.csv", tags=["news"])
    def news_as_csv(request: Request, query: PageCsvQuery) -> Response:
        """Return what changed since the release `vs`, as the page of the same query selects it."""
        context = context_of(request, query.release)
        return download(context.data, write("csv", request, context), CSV, "news.csv")

    @server.get("/api/news.html", tags=["news"])
    def news_as_digest(request: Request, query: PageQuery) -> Response:
        """Return the same changes as a message for e-mail."""
        content = write("html", request, context_of(request, query.release))
        return Response(content, media_type="text/html")

    @server.get("/api/news.atom", tags=["news"])
    def news_as_atom(request: Request, _query: FeedQuery) -> Response:
        """Return what each of the newest releases changed, by area, territory or project."""
        return Response(write("atom", request, context_of(request)), media_type=FEEDS["atom"])

    @server.get("/api/news.json", tags=["news"])
    def news_as_json_feed(request: Request, _query: FeedQuery) -> Response:
        """Return the same feed in the form of JSON Feed 1.1."""
        return Response(write("json", request, context_of(request)), media_type=FEEDS["json"])
