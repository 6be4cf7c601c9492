"""The open-data routes: search, outlines, funded works, and indicators as JSON, CSV and XLSX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from fastapi import FastAPI, HTTPException, Request, Response

from dashboard.bundle import FOREVER
from dashboard.export import compare, drivers, news, tables, works
from dashboard.i18n import translations
from dashboard.selection import Selection
from warehouse.errors import ReleaseError

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.drivers import Drivers
    from dashboard.page_cache import Pages
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config
    from warehouse.declarations.models import Indicator

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add_routes(server: FastAPI, config: Config, pages: Pages) -> None:
    """Add the routes to the server; without a release they answer from the published one."""
    server.title = "Cruscotto metropolitano"
    _add_pages(server, config, pages)
    _add_indicators(server, pages)
    _add_compare(server, config, pages)
    _add_works(server, config, pages)
    _add_news(server, config, pages)


def _add_pages(server: FastAPI, config: Config, pages: Pages) -> None:
    """Add what the pages request: search and outlines."""

    @server.get("/api/search", include_in_schema=False)
    def search(request: Request, q: str) -> dict[str, Any]:
        selection = Selection.read("/", request.url.query, config.language)
        data = pages.release_data(selection.release)
        return pages.search(data, selection.lang).answer(q, selection)

    @server.get("/shapes/{release}.svg", include_in_schema=False)
    def shapes(release: str) -> Response:
        try:
            document = pages.existing(release).shapes.document()
        except ReleaseError as error:  # of no release: another answer would be kept forever
            raise HTTPException(404, f"no outlines of {release!r}") from error
        return Response(document, media_type="image/svg+xml", headers=FOREVER)


def _add_indicators(server: FastAPI, pages: Pages) -> None:
    @server.get("/api/indicators", tags=["indicators"])
    def indicators(release: str | None = None) -> list[dict[str, Any]]:
        """List the indicators of a release with unit, polarity, sources and licences."""
        data = pages.release_data(release)
        return [tables.describe(data, indicator) for indicator in data.indicators]

    @server.get("/api/indicators/{indicator}.csv", tags=["indicators"])
    def as_csv(
        indicator: str,
        style: Literal["it", "int"] = "int",
        lang: Literal["it", "en"] = "it",
        release: str | None = None,
    ) -> Response:
        """All observations; style `it`: semicolons, decimal comma, BOM for Excel."""
        data = pages.release_data(release)
        content = tables.csv(data, _indicator(data, indicator), style, lang)
        return _download(content, CSV, f"{indicator}.csv")

    @server.get("/api/indicators/{indicator}.xlsx", tags=["indicators"])
    def as_xlsx(
        indicator: str, lang: Literal["it", "en"] = "it", release: str | None = None
    ) -> Response:
        """All observations and a sheet of metadata."""
        data = pages.release_data(release)
        content = tables.xlsx(data, _indicator(data, indicator), lang)
        return _download(content, XLSX, f"{indicator}.xlsx")

    @server.get("/api/indicators/{indicator}/parts", tags=["indicators"])
    def parts(
        indicator: str, territory: str, period: str, release: str | None = None
    ) -> list[dict[str, Any]]:
        """List the figures of the municipalities that make one value, with their files."""
        data = pages.release_data(release)
        name = _indicator(data, indicator).id
        return data.rows("components_of", indicator=name, territory=territory, period=period)

    @server.get("/api/indicators/{indicator}/drivers", tags=["indicators"])
    def as_drivers(
        indicator: str, territory: str, before: str, after: str, release: str | None = None
    ) -> dict[str, Any]:
        """Split a change of a zone or the metropolitan city into its municipalities."""
        data = pages.release_data(release)
        result = _drivers(data, _indicator(data, indicator), territory, before, after)
        return drivers.as_values(result)

    @server.get("/api/indicators/{indicator}/drivers.csv", tags=["indicators"])
    def drivers_as_csv(
        indicator: str,
        territory: str,
        before: str,
        after: str,
        style: Literal["it", "int"] = "int",
        lang: Literal["it", "en"] = "it",
        release: str | None = None,
    ) -> Response:
        """Return the same split as CSV."""
        data = pages.release_data(release)
        declaration = _indicator(data, indicator)
        result = _drivers(data, declaration, territory, before, after)
        content = drivers.csv(data, declaration, result, style=style, lang=lang)
        return _download(content, CSV, f"{indicator}_{territory}_{before}_{after}.csv")

    @server.get("/api/indicators/{indicator}", tags=["indicators"])
    def as_json(
        indicator: str, lang: Literal["it", "en"] = "it", release: str | None = None
    ) -> dict[str, Any]:
        """All observations of an indicator with its metadata."""
        data = pages.release_data(release)
        declaration = _indicator(data, indicator)
        frame = tables.observations(data, declaration, lang)
        rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
        return {**tables.describe(data, declaration), "observations": rows}


def _add_compare(server: FastAPI, config: Config, pages: Pages) -> None:
    @server.get("/api/compare.csv", tags=["indicators"])
    def compare_as_csv(
        request: Request,
        style: Literal["it", "int"] = "int",
        lang: Literal["it", "en"] = "it",
        release: str | None = None,
    ) -> Response:
        """Every period of several `indicators` in several territories (`territory`)."""
        selection = Selection.read("/confronta", request.url.query, config.language)
        names = selection.territory, selection.indicators
        content = compare.csv(pages.release_data(release), *names, style, lang)
        return _download(content, CSV, "compare.csv")


def _add_works(server: FastAPI, config: Config, pages: Pages) -> None:
    def selection_of(request: Request) -> Selection:
        return Selection.read("/progetti/opere", request.url.query, config.language)

    @server.get("/api/works.csv", tags=["works"])
    def works_as_csv(
        request: Request, style: Literal["it", "int"] = "int", release: str | None = None
    ) -> Response:
        """Return all works that the page of the same query selects, with source and licence."""
        content = works.csv(pages.release_data(release), selection_of(request), style)
        return _download(content, CSV, "works.csv")

    @server.get("/api/works.xlsx", tags=["works"])
    def works_as_xlsx(request: Request, release: str | None = None) -> Response:
        """Return the same works as a workbook."""
        content = works.xlsx(pages.release_data(release), selection_of(request))
        return _download(content, XLSX, "works.xlsx")


def _add_news(server: FastAPI, config: Config, pages: Pages) -> None:
    def context_of(request: Request, release: str | None = None) -> Context:
        selection = Selection.read(news.PAGE, request.url.query, config.language)
        return news.context_of(config, pages.release_data(release), selection)

    def base_of(request: Request) -> str:
        return f"{request.url.scheme}://{request.url.netloc}{config.server.prefix}"

    @server.get("/api/news.csv", tags=["news"])
    def news_as_csv(request: Request, release: str | None = None) -> Response:
        """Return what changed since the release `vs`, as the page of the same query selects it."""
        return _download(news.csv(context_of(request, release)), CSV, "news.csv")

    @server.get("/api/news.html", tags=["news"])
    def news_as_digest(request: Request, release: str | None = None) -> Response:
        """Return the same changes as a message for e-mail."""
        content = news.digest(context_of(request, release), base_of(request))
        return Response(content, media_type="text/html")

    @server.get("/api/news.atom", tags=["news"])
    def news_as_atom(request: Request) -> Response:
        """Return what each of the newest releases changed, by area, territory or project."""
        content = news.atom(context_of(request), base_of(request))
        return Response(content, media_type=news.FEEDS["atom"])

    @server.get("/api/news.json", tags=["news"])
    def news_as_json_feed(request: Request) -> Response:
        """Return the same feed in the form of JSON Feed 1.1."""
        content = news.json_feed(context_of(request), base_of(request))
        return Response(content, media_type=news.FEEDS["json"])


def _indicator(data: ReleaseData, name: str) -> Indicator:
    if name not in data.catalog.indicators:
        raise HTTPException(404, f"no indicator {name!r}; /api/indicators lists them")
    return data.catalog.indicators[name]


def _drivers(
    data: ReleaseData, indicator: Indicator, territory: str, before: str, after: str
) -> Drivers:
    """Return the drivers of a change; 404 with the reason where there are none."""
    result = drivers.find(data, indicator, territory, before, after)
    if isinstance(result, str):
        place = data.catalog.territories.get(territory)
        name = place.name if place else territory
        raise HTTPException(404, translations("en")(f"drivers.{result}", name=name))
    return result


def _download(content: str | bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
