"""Routes of what is taken away: slides of pages and decks, pictures of charts."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response  # it reads the annotations

from dashboard.api.answers import (
    CSV,
    HTML,
    PNG,
    SVG,
    XLSX,
    download,
    existing_release,
    file_name,
    last_modified,
)
from dashboard.api.parameters import (  # noqa: TC001  # FastAPI reads the annotations
    PageCsvQuery,
    PageQuery,
)
from dashboard.api.problems import Moved, problem
from dashboard.canonical import page_path
from dashboard.context import Context, route
from dashboard.existence import is_unknown
from dashboard.export import pictures, slides, values
from dashboard.selection import Selection
from dashboard.views import NOT_FOUND

if TYPE_CHECKING:
    from dashboard.page_cache import Pages
    from dashboard.pictures import Picture
    from warehouse.config import Config


def add_routes(server: FastAPI, config: Config, pages: Pages) -> None:
    """Add the routes to the server."""
    _add_slides(server, config, pages)
    _add_pictures(server, config, pages)


def _page(
    request: Request, path: str, release: str | None, config: Config, pages: Pages
) -> Context:
    """Return the page of an address, or raise the problem that the release does not have it."""
    selection = Selection.read(path, request.url.query, config.language)
    data = existing_release(pages, release)
    if (canonical := page_path(selection.path, data.catalog)) != selection.path:
        raise Moved(selection.path, canonical)
    context = Context(config, data, selection, route(data, selection.path))
    if context.route.view is NOT_FOUND or is_unknown(context):
        raise problem(HTTPStatus.NOT_FOUND, "no_address", path=selection.path)
    return context


def _add_slides(server: FastAPI, config: Config, pages: Pages) -> None:
    def context_of(request: Request, path: str, release: str | None) -> Context:
        page = _page(request, path, release, config, pages)
        return slides.context_of(config, page.data, page.selection)

    @server.get("/api/slides/{path:path}.pptx", tags=["slides"])
    def slides_as_pptx(request: Request, path: str, query: PageQuery) -> Response:
        """Return a page, or a deck (`presentazioni/piano`), as editable slides."""
        context = context_of(request, path, query.release)
        name = f"{file_name(path)}.pptx"
        return download(context.data, slides.as_pptx(context), slides.PPTX, name)

    @server.get("/api/slides/{path:path}.html", tags=["slides"])
    def slides_as_html(request: Request, path: str, query: PageQuery) -> Response:
        """Return the same slides as one HTML file that needs no network."""
        context = context_of(request, path, query.release)
        name = f"{file_name(path)}.html"
        return download(context.data, slides.as_html(context), HTML, name)

    @server.get("/api/slides/{path:path}.xlsx", tags=["slides"])
    def slides_as_xlsx(request: Request, path: str, query: PageQuery) -> Response:
        """Return the values of the same slides, a sheet each, with charts and sources."""
        context = context_of(request, path, query.release)
        name = f"{file_name(path)}.xlsx"
        return download(context.data, slides.as_xlsx(context), XLSX, name)


def _add_pictures(server: FastAPI, config: Config, pages: Pages) -> None:
    def picture_of(
        request: Request, panel: str, path: str, release: str | None
    ) -> tuple[Context, Picture]:
        context = _page(request, path, release, config, pages)
        picture = pictures.picture_of(context, panel)
        if picture is None:
            path = context.selection.path
            raise problem(HTTPStatus.NOT_FOUND, "no_picture", panel=panel, path=path)
        return context, picture

    @server.get("/api/charts/{panel}/{path:path}.svg", tags=["charts"])
    def chart_as_svg(request: Request, panel: str, path: str, query: PageQuery) -> Response:
        """Return a chart of a page as a drawing, with its sentence, source and release in it."""
        context, picture = picture_of(request, panel, path, query.release)
        content = pictures.as_svg(context, picture)
        return download(context.data, content, SVG, f"{file_name(path)}_{panel}.svg")

    @server.get("/api/charts/{panel}/{path:path}.png", tags=["charts"])
    def chart_as_png(request: Request, panel: str, path: str, query: PageQuery) -> Response:
        """Return the same chart as a picture of 2400 pixels."""
        context, picture = picture_of(request, panel, path, query.release)
        content = pictures.as_png(context, picture)
        return download(context.data, content, PNG, f"{file_name(path)}_{panel}.png")

    @server.get("/api/charts/{panel}/{path:path}.csv", tags=["charts"])
    def chart_as_csv(request: Request, panel: str, path: str, query: PageCsvQuery) -> Response:
        """Return the values of the same chart; style `it` is what Excel in Italian opens."""
        context, picture = picture_of(request, panel, path, query.release)
        content = values.csv(context, picture, query.style)
        return download(context.data, content, CSV, f"{file_name(path)}_{panel}.csv")

    @server.get("/api/charts/{panel}/{path:path}.html", tags=["charts"])
    def chart_as_page(request: Request, panel: str, path: str, query: PageQuery) -> Response:
        """Return a page of the chart and its values, to be shown inside others where allowed."""
        context, picture = picture_of(request, panel, path, query.release)
        headers = {"Last-Modified": last_modified(context.data)}
        return Response(pictures.as_page(context, panel, picture), media_type=HTML, headers=headers)
