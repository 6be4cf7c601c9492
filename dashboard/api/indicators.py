"""Routes of the indicators: figures, their parts, drivers, statuses and comparisons."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request, Response  # noqa: TC002  # it reads the annotations

from dashboard.api.answers import CSV, XLSX, download, existing_release, last_modified
from dashboard.api.parameters import (  # noqa: TC001  # FastAPI reads the annotations
    CsvQuery,
    DriversCsvQuery,
    DriversQuery,
    LanguageQuery,
    PageCsvQuery,
    PartsQuery,
    ReleaseQuery,
    StatusQuery,
)
from dashboard.api.problems import Problem, problem
from dashboard.export import compare, drivers, status, tables
from dashboard.i18n import translations
from dashboard.selection import Selection

if TYPE_CHECKING:
    from dashboard.api.parameters import DriversParameters
    from dashboard.drivers import Drivers
    from dashboard.page_cache import Pages
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config
    from warehouse.declarations.models import Indicator


def add_routes(server: FastAPI, config: Config, pages: Pages) -> None:
    """Add the routes to the server."""
    _add_indicators(server, pages)
    _add_status(server, pages)
    _add_compare(server, config, pages)


def _add_indicators(server: FastAPI, pages: Pages) -> None:
    @server.get("/api/indicators", tags=["indicators"])
    def indicators(query: ReleaseQuery) -> list[dict[str, Any]]:
        """List the indicators of a release with unit, polarity, sources and licences."""
        data = existing_release(pages, query.release)
        return [tables.describe(data, indicator) for indicator in data.indicators]

    @server.get("/api/indicators/{indicator}.csv", tags=["indicators"])
    def as_csv(indicator: str, query: CsvQuery) -> Response:
        """All observations; style `it`: semicolons, decimal comma, BOM for Excel."""
        data = existing_release(pages, query.release)
        content = tables.csv(data, _indicator(data, indicator), query.style, query.lang)
        return download(data, content, CSV, f"{indicator}.csv")

    @server.get("/api/indicators/{indicator}.xlsx", tags=["indicators"])
    def as_xlsx(indicator: str, query: LanguageQuery) -> Response:
        """All observations and a sheet of metadata."""
        data = existing_release(pages, query.release)
        content = tables.xlsx(data, _indicator(data, indicator), query.lang)
        return download(data, content, XLSX, f"{indicator}.xlsx")

    @server.get("/api/indicators/{indicator}/parts", tags=["indicators"])
    def parts(indicator: str, query: PartsQuery) -> list[dict[str, Any]]:
        """List the figures of the municipalities that make one value, with their files."""
        data = existing_release(pages, query.release)
        return data.rows(
            "components_of",
            indicator=_indicator(data, indicator).id,
            territory=query.territory,
            period=query.period,
        )

    @server.get("/api/indicators/{indicator}/drivers", tags=["indicators"])
    def as_drivers(indicator: str, query: DriversQuery) -> dict[str, Any]:
        """Split a change of a zone or the metropolitan city into its municipalities."""
        data = existing_release(pages, query.release)
        return drivers.as_values(_drivers(data, _indicator(data, indicator), query))

    @server.get("/api/indicators/{indicator}/drivers.csv", tags=["indicators"])
    def drivers_as_csv(indicator: str, query: DriversCsvQuery) -> Response:
        """Return the same split as CSV."""
        data = existing_release(pages, query.release)
        declaration = _indicator(data, indicator)
        result = _drivers(data, declaration, query)
        content = drivers.csv(data, declaration, result, style=query.style, lang=query.lang)
        name = f"{indicator}_{query.territory}_{query.before}_{query.after}.csv"
        return download(data, content, CSV, name)

    @server.get("/api/indicators/{indicator}", tags=["indicators"])
    def as_json(indicator: str, query: LanguageQuery, response: Response) -> dict[str, Any]:
        """All observations of an indicator with its metadata and the status of each territory."""
        data = existing_release(pages, query.release)
        response.headers["Last-Modified"] = last_modified(data)
        declaration = _indicator(data, indicator)
        rows = tables.observations(data, declaration, query.lang)
        signs = status.of_indicator(data, declaration, query.lang)
        return {**tables.describe(data, declaration), "status": signs, "observations": rows}


def _add_status(server: FastAPI, pages: Pages) -> None:
    @server.get("/api/status", tags=["indicators"])
    def statuses(query: StatusQuery) -> list[dict[str, Any]]:
        """List direction, target and reliability by indicator and territory, with their numbers."""
        data = existing_release(pages, query.release)
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
        data = existing_release(pages, query.release)
        content = compare.csv(data, *names, query.style, query.lang)
        return download(data, content, CSV, "compare.csv")


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
