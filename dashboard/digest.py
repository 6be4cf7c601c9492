"""Digest of the changes since a release, for the command line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboard.export import news
from dashboard.export.news import PAGE
from dashboard.news.changes import news_since
from dashboard.release_data import ReleaseData
from warehouse.declarations.loader import read_catalog
from warehouse.errors import ReleaseError
from warehouse.messages import message
from warehouse.query.releases import Releases
from warehouse.release.declarations import declarations_of
from warehouse.release.publish import list_releases

if TYPE_CHECKING:
    from dashboard.selection import Selection
    from warehouse.config import Config

__all__ = ["PAGE", "digest"]

FORMS = ("html", "text", "json")


def digest(config: Config, selection: Selection, form: str, base: str | None = None) -> str:
    """Return what changed in the published release since `selection.vs`; empty for nothing.

    `base` is the address that links start with. Raises `ReleaseError` where no earlier release
    has that name.
    """
    data = _published(config)
    since = selection.vs
    if data.release_since(since) is None:
        known = ", ".join(m.release for m in data.earlier_releases()) or "–"
        raise ReleaseError(message("no_earlier_release", release=since or "–", known=known))
    context = news.context_of(config, data, selection)
    if news_since(data, since) is None or not news.rows(context):
        return ""
    if form == "json":
        return news.as_json(context)
    server = config.server
    address = base or f"http://{server.host}:{server.port}{server.prefix}"
    return news.digest(context, address.rstrip("/"), "txt" if form == "text" else form)


def _published(config: Config) -> ReleaseData:
    catalog, releases = read_catalog(config.catalog), Releases(config)

    def data_of(release: str | None) -> ReleaseData:
        names, store = partial(list_releases, config), releases.open(release)
        declared = declarations_of(store.folder, store.manifest, catalog)
        return ReleaseData(declared, store, names, open_release=data_of)

    return data_of(None)
