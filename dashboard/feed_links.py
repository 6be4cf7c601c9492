"""The feeds of changes, and the elements of a page's head by which readers of feeds find them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from markupsafe import escape

from dashboard.i18n import translations
from dashboard.views import find

if TYPE_CHECKING:
    from warehouse.config import Config

FEEDS = {"atom": "application/atom+xml", "json": "application/feed+json"}


def feed_links(config: Config, path: str) -> str:
    """Return the elements of a page's head by which a reader of feeds finds those about it."""
    values = {n: v for n, v in find(path).values.items() if n in {"area", "territory", "project"}}
    queries = [{}, values] if values else [{}]
    return "".join(_feed_link(config, query, form) for query in queries for form in FEEDS)


def _feed_link(config: Config, query: dict[str, str], form: str) -> str:
    name = " · ".join([translations(config.language)("nav.news"), *query.values()])
    address = f"{config.server.prefix}/api/news.{form}"
    address += f"?{urlencode(query)}" if query else ""
    return f'<link rel="alternate" type="{FEEDS[form]}" title="{escape(name)}" href="{address}">'
