"""Files at the root of the site: robots.txt, favicon.ico, sitemap.xml, the worker of decks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from fastapi import Request, Response

from dashboard.bundle import FOLDER
from dashboard.selection import Selection
from dashboard.site_map import all_paths
from dashboard.views import PRESENT
from warehouse.messages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

    from dashboard.page_cache import Pages
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config

A_DAY = {"Cache-Control": "public, max-age=86400"}


def add_routes(server: FastAPI, config: Config, pages: Pages) -> None:
    """Add the files to the server."""
    prefix = config.server.prefix
    worker = (FOLDER / "deck_worker.js").read_bytes()
    icon = (FOLDER / "assets" / "favicon.ico").read_bytes()

    @server.get("/robots.txt", include_in_schema=False)
    def robots(request: Request) -> Response:
        lines = [
            "User-agent: *",
            f"Disallow: {prefix}/api/",
            f"Disallow: {prefix}/_page/",
            f"Disallow: {prefix}/_places/",
            f"Sitemap: {request.base_url}sitemap.xml",
        ]
        return Response("\n".join([*lines, ""]), media_type="text/plain", headers=A_DAY)

    @server.get("/deck-worker.js", include_in_schema=False)
    def deck_worker() -> Response:
        headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": f"{prefix}{PRESENT}/"}
        return Response(worker, media_type="text/javascript", headers=headers)

    @server.get("/favicon.ico", include_in_schema=False)
    def favicon() -> Response:
        return Response(icon, media_type="image/vnd.microsoft.icon", headers=A_DAY)

    @server.get("/sitemap.xml", include_in_schema=False)
    def sitemap(request: Request) -> Response:
        data = pages.release_data(None)
        day = data.store.manifest.created.date().isoformat()
        root = str(request.base_url).rstrip("/")
        entries = "".join(
            f"<url><loc>{escape(root + address)}</loc><lastmod>{day}</lastmod></url>"
            for address in _addresses(data, config)
        )
        namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
        document = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{namespace}">{entries}'
        return Response(f"{document}</urlset>", media_type="application/xml", headers=A_DAY)


def _addresses(data: ReleaseData, config: Config) -> Iterator[str]:
    """Yield the address of every page but those of single funded works, in each language."""
    for path in all_paths(data):
        for language in LANGUAGES:
            yield Selection(path=path).address(default=config.language, lang=language)
