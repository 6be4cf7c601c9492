"""The open-data routes: search, outlines, funded works, and indicators as JSON, CSV and XLSX."""

from __future__ import annotations

from datetime import UTC
from email.utils import format_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request, Response

from dashboard.api import decks, problems
from dashboard.api.parameters import (  # noqa: TC001  # FastAPI reads the annotations
    CsvQuery,
    DriversCsvQuery,
    DriversQuery,
    FeedQuery,
    LanguageQuery,
    PageCsvQuery,
    PageQuery,
    PartsQuery,
    ReleaseQuery,
    SearchQuery,
    StatusQuery,
    WorksQuery,
)
from dashboard.api.problems import Problem, problem
from dashboard.bundle import FOREVER
from dashboard.context import Context, route
from dashboard.existence import is_unknown
from dashboard.export import compare, drivers, news, pictures, slides, status, tables, works
from dashboard.i18n import translations
from dashboard.selection import Selection
from dashboard.views import NOT_FOUND
from warehouse.errors import ReleaseError

if TYPE_CHECKING:
    from dashboard.api.parameters import DriversParameters
    from dashboard.drivers import Drivers
    from dashboard.page_cache import Pages
    from dashboard.pictures import Picture
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config
    from warehouse.declarations.models import Indicator

CSV = "text/csv; charset=utf-8"
HTML = "text/html; charset=utf-8"
SVG = "image/svg+xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add_routes(server: FastAPI, config: Config, pages: Pages) -> None:
    """Add the routes to the server; without a release they answer from the published one."""
    problems.add_handlers(server, config)
    _add_pages(server, config, pages)
    _add_indicators(server, pages)
    _add_status(server, pages)
    _add_compare(server, config, pages)
    _add_works(server, config, pages)
    _add_news(server, config, pages)
    _add_slides(server, config, pages)
    _add_pictures(server, config, pages)
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
        document = _release(pages, release).shapes.document()
        return Response(document, media_type="image/svg+xml", headers=FOREVER)


def _add_indicators(server: FastAPI, pages: Pages) -> None:
    @server.get("/api/indicators", tags=["indicators"])
    def indicators(query: ReleaseQuery) -> list[dict[str, Any]]:
        """List the indicators of a release with unit, polarity, sources and licences."""
        data = _release(pages, query.release)
        return [tables.describe(data, indicator) for indicator in data.indicators]

    @server.get("/api/indicators/{indicator}.csv", tags=["indicators"])
    def as_csv(indicator: str, query: CsvQuery) -> Response:
        """All observations; style `it`: semicolons, decimal comma, BOM for Excel."""
        data = _release(pages, query.release)
        content = tables.csv(data, _indicator(data, indicator), query.style, query.lang)
        return _download(data, content, CSV, f"{indicator}.csv")

    @server.get("/api/indicators/{indicator}.xlsx", tags=["indicators"])
    def as_xlsx(indicator: str, query: LanguageQuery) -> Response:
        """All observations and a sheet of metadata."""
        data = _release(pages, query.release)
        content = tables.xlsx(data, _indicator(data, indicator), query.lang)
        return _download(data, content, XLSX, f"{indicator}.xlsx")

    @server.get("/api/indicators/{indicator}/parts", tags=["indicators"])
    def parts(indicator: str, query: PartsQuery) -> list[dict[str, Any]]:
        """List the figures of the municipalities that make one value, with their files."""
        data = _release(pages, query.release)
        return data.rows(
            "components_of",
            indicator=_indicator(data, indicator).id,
            territory=query.territory,
            period=query.period,
        )

    @server.get("/api/indicators/{indicator}/drivers", tags=["indicators"])
    def as_drivers(indicator: str, query: DriversQuery) -> dict[str, Any]:
        """Split a change of a zone or the metropolitan city into its municipalities."""
        data = _release(pages, query.release)
        return drivers.as_values(_drivers(data, _indicator(data, indicator), query))

    @server.get("/api/indicators/{indicator}/drivers.csv", tags=["indicators"])
    def drivers_as_csv(indicator: str, query: DriversCsvQuery) -> Response:
        """Return the same split as CSV."""
        data = _release(pages, query.release)
        declaration = _indicator(data, indicator)
        result = _drivers(data, declaration, query)
        content = drivers.csv(data, declaration, result, style=query.style, lang=query.lang)
        name = f"{indicator}_{query.territory}_{query.before}_{query.after}.csv"
        return _download(data, content, CSV, name)

    @server.get("/api/indicators/{indicator}", tags=["indicators"])
    def as_json(indicator: str, query: LanguageQuery, response: Response) -> dict[str, Any]:
        """All observations of an indicator with its metadata and the status of each territory."""
        data = _release(pages, query.release)
        response.headers["Last-Modified"] = _made(data)
        declaration = _indicator(data, indicator)
        rows = tables.observations(data, declaration, query.lang)
        signs = status.of_indicator(data, declaration, query.lang)
        return {**tables.describe(data, declaration), "status": signs, "observations": rows}


def _add_status(server: FastAPI, pages: Pages) -> None:
    @server.get("/api/status", tags=["indicators"])
    def statuses(query: StatusQuery) -> list[dict[str, Any]]:
        """List direction, target and reliability by indicator and territory, with their numbers."""
        data = _release(pages, query.release)
        if query.area is not None and query.area not in {a.id for a in data.catalog.areas}:
            raise problem(HTTPStatus.NOT_FOUND, "no_area", name=query.area)
        codes = query.territory.split(",") if query.territory else []
        for code in codes:
            if code not in data.catalog.territories:
                raise problem(HTTPStatus.NOT_FOUND, "no_territory", name=code)
        return status.of_release(data, query.area, codes, query.lang)


def _add_compare(server: FastAPI, config: Config, pages: Pages) -> None:
    @server.get("/api/compare.csv", tags=["indicators"])
    def compare_as_csv(request: Request, query: PageCsvQuery) -> Response:
        """Every period of several `indicators` in several territories (`territory`)."""
        selection = Selection.read("/confronta", request.url.query, config.language)
        names = selection.territory, selection.indicators
        data = _release(pages, query.release)
        content = compare.csv(data, *names, query.style, query.lang)
        return _download(data, content, CSV, "compare.csv")


def _add_works(server: FastAPI, config: Config, pages: Pages) -> None:
    def selection_of(request: Request) -> Selection:
        return Selection.read("/progetti/opere", request.url.query, config.language)

    @server.get("/api/works.csv", tags=["works"])
    def works_as_csv(request: Request, query: WorksQuery) -> Response:
        """Return all works that the page of the same query selects, with source and licence."""
        data = _release(pages, query.release)
        content = works.csv(data, selection_of(request), query.style)
        return _download(data, content, CSV, "works.csv")

    @server.get("/api/works.xlsx", tags=["works"])
    def works_as_xlsx(request: Request, query: WorksQuery) -> Response:
        """Return the same works as a workbook."""
        data = _release(pages, query.release)
        content = works.xlsx(data, selection_of(request))
        return _download(data, content, XLSX, "works.xlsx")


def _release(pages: Pages, release: str | None) -> ReleaseData:
    """Return the data of a release; a problem where it does not exist."""
    try:
        return pages.existing(release or None)
    except ReleaseError as error:
        raise problem(HTTPStatus.NOT_FOUND, "no_release", name=release) from error


def _add_news(server: FastAPI, config: Config, pages: Pages) -> None:
    def context_of(request: Request, release: str | None = None) -> Context:
        selection = Selection.read(news.PAGE, request.url.query, config.language)
        return news.context_of(config, _release(pages, release), selection)

    def base_of(request: Request) -> str:
        return f"{request.url.scheme}://{request.url.netloc}{config.server.prefix}"

    @server.get("/api/news.csv", tags=["news"])
    def news_as_csv(request: Request, query: PageCsvQuery) -> Response:
        """Return what changed since the release `vs`, as the page of the same query selects it."""
        context = context_of(request, query.release)
        return _download(context.data, news.csv(context), CSV, "news.csv")

    @server.get("/api/news.html", tags=["news"])
    def news_as_digest(request: Request, query: PageQuery) -> Response:
        """Return the same changes as a message for e-mail."""
        content = news.digest(context_of(request, query.release), base_of(request))
        return Response(content, media_type="text/html")

    @server.get("/api/news.atom", tags=["news"])
    def news_as_atom(request: Request, _query: FeedQuery) -> Response:
        """Return what each of the newest releases changed, by area, territory or project."""
        content = news.atom(context_of(request), base_of(request))
        return Response(content, media_type=news.FEEDS["atom"])

    @server.get("/api/news.json", tags=["news"])
    def news_as_json_feed(request: Request, _query: FeedQuery) -> Response:
        """Return the same feed in the form of JSON Feed 1.1."""
        content = news.json_feed(context_of(request), base_of(request))
        return Response(content, media_type=news.FEEDS["json"])


def _add_slides(server: FastAPI, config: Config, pages: Pages) -> None:
    def context_of(request: Request, path: str, release: str | None) -> Context:
        selection = Selection.read(path, request.url.query, config.language)
        data = _release(pages, release)
        if route(data, selection.path).view is NOT_FOUND:
            raise problem(HTTPStatus.NOT_FOUND, "no_address", path=selection.path)
        return slides.context_of(config, data, selection)

    @server.get("/api/slides/{path:path}.pptx", tags=["slides"])
    def slides_as_pptx(request: Request, path: str, query: PageQuery) -> Response:
        """Return a page, or a deck (`presentazioni/piano`), as editable slides."""
        context = context_of(request, path, query.release)
        name = f"{_file_name(path)}.pptx"
        return _download(context.data, slides.as_pptx(context), slides.PPTX, name)

    @server.get("/api/slides/{path:path}.html", tags=["slides"])
    def slides_as_html(request: Request, path: str, query: PageQuery) -> Response:
        """Return the same slides as one HTML file that needs no network."""
        context = context_of(request, path, query.release)
        name = f"{_file_name(path)}.html"
        return _download(context.data, slides.as_html(context), HTML, name)

    @server.get("/api/slides/{path:path}.xlsx", tags=["slides"])
    def slides_as_xlsx(request: Request, path: str, query: PageQuery) -> Response:
        """Return the values of the same slides, a sheet each, with charts and sources."""
        context = context_of(request, path, query.release)
        name = f"{_file_name(path)}.xlsx"
        return _download(context.data, slides.as_xlsx(context), XLSX, name)


def _add_pictures(server: FastAPI, config: Config, pages: Pages) -> None:
    def picture_of(
        request: Request, panel: str, path: str, release: str | None
    ) -> tuple[Context, Picture]:
        selection = Selection.read(path, request.url.query, config.language)
        data = _release(pages, release)
        context = Context(config, data, selection, route(data, selection.path))
        if context.route.view is NOT_FOUND or is_unknown(context):
            raise problem(HTTPStatus.NOT_FOUND, "no_address", path=selection.path)
        picture = pictures.picture_of(context, panel)
        if picture is None:
            raise problem(HTTPStatus.NOT_FOUND, "no_picture", panel=panel, path=selection.path)
        return context, picture

    @server.get("/api/charts/{panel}/{path:path}.svg", tags=["charts"])
    def chart_as_svg(request: Request, panel: str, path: str, query: PageQuery) -> Response:
        """Return a chart of a page as a drawing, with its sentence, source and release in it."""
        context, picture = picture_of(request, panel, path, query.release)
        content = pictures.as_svg(context, picture)
        return _download(context.data, content, SVG, f"{_file_name(path)}_{panel}.svg")

    @server.get("/api/charts/{panel}/{path:path}.png", tags=["charts"])
    def chart_as_png(request: Request, panel: str, path: str, query: PageQuery) -> Response:
        """Return the same chart as a picture of 2400 pixels."""
        context, picture = picture_of(request, panel, path, query.release)
        content = pictures.as_png(context, picture)
        return _download(context.data, content, "image/png", f"{_file_name(path)}_{panel}.png")


def _file_name(path: str) -> str:
    """Return the last part of a page's path, of letters, digits, `-` and `_` only."""
    name = path.rstrip("/").rpartition("/")[2]
    return "".join(c for c in name if c.isascii() and (c.isalnum() or c in "-_")) or "slides"


def _indicator(data: ReleaseData, name: str) -> Indicator:
    if name not in data.catalog.indicators:
        raise problem(HTTPStatus.NOT_FOUND, "no_indicator", name=name)
    return data.catalog.indicators[name]


def _drivers(data: ReleaseData, indicator: Indicator, query: DriversParameters) -> Drivers:
    """Return the drivers of a change; a problem with the reason where there are none."""
    result = drivers.find(data, indicator, query.territory, query.before, query.after)
    if isinstance(result, str):
        place = data.catalog.territories.get(query.territory)
        name = place.name if place else query.territory
        raise Problem(
            HTTPStatus.NOT_FOUND,
            lambda language: translations(language)(f"drivers.{result}", name=name),
        )
    return result


def _download(data: ReleaseData, content: str | bytes, media_type: str, name: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Last-Modified": _made(data),
    }
    return Response(content, media_type=media_type, headers=headers)


def _made(data: ReleaseData) -> str:
    """Return when a release was made, as a header says it."""
    made = data.store.manifest.created.astimezone(UTC).replace(microsecond=0)
    return format_datetime(made, usegmt=True)
