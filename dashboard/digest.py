"""Digest of the changes since a release, for the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.export import news
from dashboard.news.changes import news_since
from dashboard.opener import open_release_data
from warehouse.errors import ReleaseError
from warehouse.messages import message

if TYPE_CHECKING:
    from dashboard.selection import Selection
    from warehouse.config import Config

FORMS = ("html", "text", "json")


def digest(config: Config, selection: Selection, form: str, base: str | None = None) -> str:
    """Return what changed in the published release since `selection.vs`; empty for nothing.

    `base` is the address that links start with. Raises `ReleaseError` where no earlier release
    has that name.
    """
    data = open_release_data(config)
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
