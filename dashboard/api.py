"""The open-data routes: search, outlines, and every indicator as JSON, CSV and XLSX."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from fastapi import FastAPI, HTTPException, Request, Response

from dashboard.bundle import FOREVER
from dashboard.export import tables, works
from dashboard.pages.shell.search import Search
from dashboard.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from dashboard.release_data import ReleaseData
    from dashboard.selection import Language
    from warehouse.config import Config
    from warehouse.declarations.models import Indicator

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add_routes(server: FastAPI, config: Config, facts: Callable[[str | None], ReleaseData]) -> None:
    """Add the routes to the server; `facts` opens a release by name (None = published)."""
    server.title = "Cruscotto metropolitano"
    _add_search(server, config, facts)
    _add_works(server, config, facts)

    @server.get("/shapes/{release}.svg", include_in_schema=False)
    def shapes(release: str) -> Response:
        document = facts(release).shapes.document()
        return Response(document, media_type="image/svg+xml", headers=FOREVER)

    @server.get("/api/indicators", tags=["indicators"])
    def indicators(release: str | None = None) -> list[dict[str, Any]]:
        """List the indicators of a release with unit, polarity, sources and licences."""
        return [tables.describe(facts(release), i) for i in facts(release).indicators]

    @server.get("/api/indicators/{indicator}.csv", tags=["indicators"])
    def as_csv(
        indicator: str,
        style: Literal["it", "int"] = "int",
        lang: Literal["it", "en"] = "it",
        release: str | None = None,
    ) -> Response:
        """All observations; style `it`: semicolons, decimal comma, BOM for Excel."""
        content = tables.csv(facts(release), _known(facts(release), indicator), style, lang)
        return Response(
            content, media_type="text/csv; charset=utf-8", headers=_name(indicator, "csv")
        )

    @server.get("/api/indicators/{indicator}.xlsx", tags=["indicators"])
    def as_xlsx(
        indicator: str, lang: Literal["it", "en"] = "it", release: str | None = None
    ) -> Response:
        """All observations and a sheet of metadata."""
        content = tables.xlsx(facts(release), _known(facts(release), indicator), lang)
        return Response(content, media_type=XLSX, headers=_name(indicator, "xlsx"))

    @server.get("/api/indicators/{indicator}/parts", tags=["indicators"])
    def parts(
        indicator: str, territory: str, period: str, release: str | None = None
    ) -> list[dict[str, Any]]:
        """Give what one value is made of: the figures of each municipality, with their files."""
        known = _known(facts(release), indicator)
        return facts(release).rows(
            "components_of", indicator=known.id, territory=territory, period=period
        )

    @server.get("/api/indicators/{indicator}", tags=["indicators"])
    def as_json(indicator: str, release: str | None = None) -> dict[str, Any]:
        """All observations of an indicator with its metadata."""
        known = _known(facts(release), indicator)
        frame: pd.DataFrame = tables.observations(facts(release), known)
        rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
        return {**tables.describe(facts(release), known), "observations": rows}


def _add_search(
    server: FastAPI, config: Config, facts: Callable[[str | None], ReleaseData]
) -> None:
    @lru_cache(maxsize=8)
    def search_of(release: str, language: Language) -> Search:
        return Search(facts(release), language, config.language)

    @server.get("/api/search", include_in_schema=False)
    def search(request: Request, q: str) -> dict[str, Any]:
        selection = Selection.read("/", request.url.query, config.language)
        release = facts(selection.release).store.release
        return search_of(release, selection.lang).answer(q, selection)


def _add_works(server: FastAPI, config: Config, facts: Callable[[str | None], ReleaseData]) -> None:
    @server.get("/api/works.csv", tags=["works"])
    def works_as_csv(
        request: Request, style: Literal["it", "int"] = "int", release: str | None = None
    ) -> Response:
        """Give the works that the page of the same query shows, with source and licence."""
        selection = Selection.read("/progetti/opere", request.url.query, config.language)
        content = works.csv(facts(release), selection, style)
        return Response(
            content, media_type="text/csv; charset=utf-8", headers=_name("works", "csv")
        )

    @server.get("/api/works.xlsx", tags=["works"])
    def works_as_xlsx(request: Request, release: str | None = None) -> Response:
        """Give the same works as a workbook."""
        selection = Selection.read("/progetti/opere", request.url.query, config.language)
        content = works.xlsx(facts(release), selection)
        return Response(content, media_type=XLSX, headers=_name("works", "xlsx"))


def _known(facts: ReleaseData, indicator: str) -> Indicator:
    if indicator not in facts.catalog.indicators:
        raise HTTPException(404, f"no indicator {indicator!r}; /api/indicators lists them")
    return facts.catalog.indicators[indicator]


def _name(indicator: str, kind: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{indicator}.{kind}"'}
